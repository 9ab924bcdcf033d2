"""Problems for people, as compilers list them, and as one JSON object."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from jtai_cli.plan.problem import visible
from jtai_cli.report.totals import totals

if TYPE_CHECKING:
    from jtai_cli.facts.verdict import Verdict, Waived
    from jtai_cli.plan.problem import Problem
    from jtai_cli.report import Display, Judged

_PIPED_WIDTH = 120
_COLOURS = {
    "error": "\x1b[1;31m",
    "warning": "\x1b[1;33m",
    "waived": "\x1b[1;36m",
    "Passed": "\x1b[1;32m",
    "Failed": "\x1b[1;31m",
}
_PLAIN = "\x1b[0m"


def text(judged: Judged, display: Display) -> str:
    """Each problem with its place first, the line, a caret, and a hint; then what it comes to."""
    shown = [_problem(problem, display) for problem in judged.problems]
    if judged.verdict is None:
        return "\n".join([*shown, totals(judged), ""])
    from jtai_cli.report import verdict_text

    verdict = judged.verdict
    shown += [_waived(one, verdict_text.waiver(one), display) for one in verdict.waived]
    closed = [line for one in verdict_text.closed(verdict) for line in _wrapped(one, display)]
    if closed:
        shown.append("\n".join([*closed, ""]))
    closing = verdict_text.closing(judged, verdict)
    first, *rest = [line for one in closing for line in _wrapped(one, display)]
    word, _, said = first.partition(" ")
    return "\n".join([*shown, f"{_coloured(word, display)} {said}", *rest, ""])


def conclusion(judged: Judged) -> list[str]:
    """What it all comes to, the most important sentence first."""
    if judged.verdict is None:
        return [totals(judged)]
    # words that only the gate needs
    from jtai_cli.report import verdict_text

    verdict = judged.verdict
    return [*verdict_text.closing(judged, verdict), *verdict_text.closed(verdict)]


def whole(problem: Problem) -> str:
    """The message, and the hint where there is one."""
    return f"{problem.message} ({problem.hint})" if problem.hint else problem.message


def _problem(problem: Problem, display: Display) -> str:
    lines = [_first_line(problem, problem.severity, display)]
    if problem.excerpt:
        width = display.width if display.drawn else _PIPED_WIDTH
        lines += _excerpt(problem.excerpt, problem.column - 1, width - 4)
    if problem.hint:
        lines.append(f"  {visible(problem.hint)}")
    return "\n".join(lines) + "\n"


def _waived(waived: Waived, waiver: str, display: Display) -> str:
    """A breach that is let pass: where, and until when and why; nothing there is to be mended."""
    lines = [_first_line(waived.problem, "waived", display), *_wrapped(waiver, display, "  ")]
    return "\n".join(lines) + "\n"


def _first_line(problem: Problem, kind: str, display: Display) -> str:
    place = f"{visible(problem.file)}:{problem.line}:{problem.column}"
    return f"{place}: {_coloured(kind, display)}: {visible(problem.message)} [{problem.rule}]"


def _coloured(word: str, display: Display) -> str:
    return f"{_COLOURS[word]}{word}{_PLAIN}" if display.colour and word in _COLOURS else word


def _wrapped(sentence: str, display: Display, indent: str = "") -> list[str]:
    """The sentence folded to a terminal's width, between words only; on one line elsewhere."""
    if not display.drawn:
        return [f"{indent}{sentence}"]
    first, *words = sentence.split(" ")
    lines, used = [f"{indent}{first}"], len(indent) + _width(first)
    for word in words:
        used += 1 + _width(word)
        if used <= display.width:
            lines[-1] += f" {word}"
        else:
            lines.append(f"{indent}  {word}")
            used = len(indent) + 2 + _width(word)
    return lines


def _excerpt(line: str, column: int, width: int) -> list[str]:
    """The part of a line that fits around a column, and a caret below the column."""
    start = max(0, min(column - width // 2, len(line) - width)) if len(line) > width else 0
    before = visible(line[start:column].replace("\t", " "))
    after = visible(line[column : start + width].replace("\t", " "))
    caret = " " * _width(before) + "^"
    return [f"    {before}{after}".rstrip(), f"    {caret}"]


def _width(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def json(judged: Judged, _display: Display) -> str:
    """The object that the contract fixes."""
    # most often problems are given as text
    import json as json_library

    data: dict[str, Any] = {"jtai": 1, "kind": "problems"}
    if judged.verdict is not None:
        data |= _verdict_data(judged.verdict)
    if judged.committed is not None:
        # only a look back needs it
        from jtai_cli.report.committed import with_commit

        data = with_commit(data, judged.committed)
    data["problems"] = [problem_data(problem) for problem in judged.problems]
    return json_library.dumps(data, indent=2, ensure_ascii=False) + "\n"


def problem_data(problem: Problem) -> dict[str, str | int | None]:
    """One problem with the names that the contract fixes."""
    return {
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "rule": problem.rule,
        "severity": problem.severity,
        "message": problem.message,
        "hint": problem.hint,
        "value": problem.value,
        "plan": problem.plan,
        "ref": problem.ref,
    }


def _verdict_data(verdict: Verdict) -> dict[str, Any]:
    overdue = {"count": sum(verdict.overdue.values()), "standing": verdict.overdue}
    return {
        "kind": "check",
        "as_of": verdict.as_of.isoformat(),
        "passed": verdict.passed,
        "fail_on": list(verdict.fail_on),
        "against": verdict.against,
        "old": verdict.old,
        "overdue": overdue,
        "waived": [
            problem_data(one.problem)
            | {"until": one.until.isoformat(), "reason": one.reason, "agreed": one.agreed}
            for one in verdict.waived
        ],
        "closed": [
            {"plan": one.plan, "file": one.file, "closed": one.closed.isoformat()}
            for one in verdict.closed
        ],
    }
