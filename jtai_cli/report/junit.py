"""Problems as a test report in the form of JUnit's."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from jtai_cli.plan.problem import visible
from jtai_cli.report.problems import conclusion, whole

if TYPE_CHECKING:
    from jtai_cli.plan.problem import Problem
    from jtai_cli.report import Display, Judged


class _Case(NamedTuple):
    """One case: `inner` is what it has to say, nothing for one that passed."""

    classname: str
    name: str
    inner: str = ""
    outcome: str = "passed"


def render(judged: Judged, _display: Display) -> str:
    """A suite with a failed case for each error, and a skipped one for what is let pass.

    Warnings pass, and are written to the output of their case. What it all comes to is the output
    of the suite.
    """
    cases = _numbered([*map(_case, judged.problems), *_let_pass(judged)])
    command = "validate" if judged.verdict is None else "check"
    if all(case.outcome == "skipped" for case in cases):
        cases.append(_Case("jtai", command))
    counts = Counter(case.outcome for case in cases)
    numbers = f'tests="{len(cases)}" failures="{counts["failed"]}" errors="0"'
    said = "\n".join(map(_xml, conclusion(judged)))
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<testsuites name="jtai" {numbers}>',
            f'  <testsuite name="jtai {command}" {numbers} skipped="{counts["skipped"]}">',
            *map(_element, cases),
            f"    <system-out>{said}</system-out>",
            "  </testsuite>",
            "</testsuites>",
            "",
        ]
    )


def _case(problem: Problem) -> _Case:
    body = _xml(_placed(problem, whole(problem)))
    if problem.severity == "error":
        what = f"type={quoteattr(problem.rule)} message={_quoted(problem.message)}"
        return _named(problem, f"<failure {what}>{body}</failure>", "failed")
    return _named(problem, f"<system-out>warning: {body}</system-out>", "passed")


def _let_pass(judged: Judged) -> list[_Case]:
    """Waived breaches and closed plans: what the gate knows of, and does not count."""
    if judged.verdict is None:
        return []
    from jtai_cli.report import verdict_text

    cases = []
    for one in judged.verdict.waived:
        body = _placed(one.problem, verdict_text.waived_breach(one))
        inner = _skipped(verdict_text.waiver(one), body)
        cases.append(_named(one.problem, inner, "skipped"))
    said = verdict_text.closed(judged.verdict)
    for plan, sentence in zip(judged.verdict.closed, said, strict=True):
        cases.append(_Case(plan.plan, "closed", _skipped(sentence, sentence), "skipped"))
    return cases


def _named(problem: Problem, inner: str, outcome: str) -> _Case:
    name = problem.rule if problem.ref is None else f"{problem.ref} {problem.rule}"
    return _Case(problem.plan or problem.file, name, inner, outcome)


def _skipped(message: str, body: str) -> str:
    return f"<skipped message={_quoted(message)}>{_xml(body)}</skipped>"


def _numbered(cases: list[_Case]) -> list[_Case]:
    """The cases with names of their own, as readers keep only one of each name."""
    before: Counter[tuple[str, str]] = Counter()
    numbered = []
    for case in cases:
        same = case.classname, case.name
        before[same] += 1
        number = f" ({before[same]})" if before[same] > 1 else ""
        numbered.append(case._replace(name=f"{case.name}{number}"))
    return numbered


def _placed(problem: Problem, text: str) -> str:
    return f"{problem.file}:{problem.line}:{problem.column}: {text}"


def _element(case: _Case) -> str:
    head = f"    <testcase classname={_quoted(case.classname)} name={_quoted(case.name)}"
    return f"{head}>{case.inner}</testcase>" if case.inner else f"{head}/>"


def _xml(text: str) -> str:
    return escape(visible(text))


def _quoted(text: str) -> str:
    return quoteattr(visible(text))
