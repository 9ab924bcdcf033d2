"""Plans that are dropped into `tests/cases`: valid ones, and ones with what is wrong written in.

What is expected stands on the line that is wrong, in a comment: `# ! rule`, or more exactly
`# ! rule @column part of the message`; further ones follow on the same line after another ` ! `.
Where no comment can stand, `# ! line:column rule` says it elsewhere in the file, and lines of the
same form without `# ! ` in a file with the ending `.expect` beside it.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from jtai_cli.plan.explanations import EXPLANATIONS, READING, SENSE, SHAPE
from jtai_cli.plan.load import load_plan
from jtai_cli.plan.problem import Problem

CASES = Path(__file__).parent.parent / "cases"
VALID = sorted((CASES / "valid").glob("*.yaml"))
INVALID = sorted((CASES / "invalid").glob("*.yaml"))

NOT_IN_ONE_TEXT = {"unreadable-file", "duplicate-plan-id"}

EXPECTATION = re.compile(
    r"(?:(?P<line>\d+):(?P<place>\d+) )?(?P<rule>[a-z0-9-]+)"
    r"(?: @(?P<column>\d+))?(?: (?P<part>.+))?"
)


class Expected(NamedTuple):
    line: int
    rule: str
    column: int | None
    part: str

    def meets(self, problem: Problem) -> bool:
        return (
            (self.line, self.rule) == (problem.line, problem.rule)
            and self.column in (None, problem.column)
            and self.part in problem.message
        )


def expectations(path: Path) -> Iterator[Expected]:
    beside = path.with_suffix(".expect")
    text = path.read_bytes().decode(errors="replace")
    stated = [
        (number, line.partition("# ! ")[2])
        for number, line in enumerate(re.split("\r\n|\n", text), start=1)
        if "# ! " in line
    ]
    if beside.exists():
        stated = [(0, line) for line in beside.read_text().splitlines()]
    for number, several in stated:
        for one in several.split(" ! "):
            found = EXPECTATION.fullmatch(one.strip())
            assert found, f"{path.name}: can't be read as an expectation: {one}"
            column = found["place"] or found["column"]
            yield Expected(
                int(found["line"] or number),
                found["rule"],
                int(column) if column else None,
                found["part"] or "",
            )


def name(path: Path) -> str:
    return path.stem


@pytest.mark.parametrize("path", VALID, ids=name)
def test_nothing_is_wrong_with_a_valid_plan(path: Path, parser: Callable[[str], Any]) -> None:
    read = load_plan(path.name, path.read_bytes(), parser)

    assert read.problems == ()
    assert read.loaded is not None


@pytest.mark.parametrize("path", INVALID, ids=name)
def test_exactly_what_is_wrong_is_said(path: Path, parser: Callable[[str], Any]) -> None:
    problems = list(load_plan(path.name, path.read_bytes(), parser).problems)

    missing = []
    for expected in expectations(path):
        met = next((problem for problem in problems if expected.meets(problem)), None)
        if met:
            problems.remove(met)
        else:
            missing.append(expected)
    assert not missing, f"expected, and not said: {missing}; said instead: {problems}"
    assert not problems, f"said, and not expected: {problems}"


def test_every_rule_of_reading_has_a_case() -> None:
    shown = {expected.rule for path in INVALID for expected in expectations(path)}

    assert shown | NOT_IN_ONE_TEXT == set(READING | SHAPE | SENSE)


@pytest.mark.parametrize("path", INVALID, ids=name)
def test_the_severity_is_the_one_that_is_explained(path: Path) -> None:
    for problem in load_plan(path.name, path.read_bytes()).problems:
        if problem.rule != "more-problems":
            assert problem.severity == EXPLANATIONS[problem.rule].severity


@pytest.mark.parametrize("path", INVALID, ids=name)
def test_every_problem_reads_as_a_whole(path: Path) -> None:
    for problem in load_plan(path.name, path.read_bytes()).problems:
        assert problem.file == path.name
        assert problem.message.isprintable()
        assert len(problem.message) < 400
        assert problem.hint or problem.rule in {"missing-field", "wrong-type", "unknown-value"}
        assert problem.excerpt is None or problem.column <= len(problem.excerpt) + 1
