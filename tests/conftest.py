"""What every test shares.

Files in `tests/cases` say themselves what is wrong with them: on the line that is wrong, in a
comment, `# ! rule`, or more exactly `# ! rule @column part of the message`; further ones follow on
the same line after another ` ! `. Where no comment can stand, `# ! line:column rule` says it
elsewhere in the file, and lines of the same form without `# ! ` in a file with the ending `.expect`
beside it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from jtai_cli.plan.problem import Problem

# Examples are the same in every run, so that a failure never depends on the day.
settings.register_profile(
    "jtai", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("jtai")

EXPECTATION = re.compile(
    r"(?:(?P<line>\d+):(?P<place>\d+) )?(?P<rule>[a-z0-9-]+)"
    r"(?: @(?P<column>\d+))?(?: (?P<part>.+))?"
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--renew-golden",
        action="store_true",
        help="write the golden files of tests/report anew; read them before committing",
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


def expected_in(path: Path) -> Iterator[Expected]:
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


@pytest.fixture(scope="session")
def rules_expected() -> Callable[[Iterable[Path]], set[str]]:
    """The rules that some files in `tests/cases` say are broken in them."""
    return lambda paths: {expected.rule for path in paths for expected in expected_in(path)}


@pytest.fixture(scope="session")
def exactly_as_expected() -> Callable[[Path, Iterable[Problem]], None]:
    """Holds problems against what a file in `tests/cases` says is wrong with it."""

    def hold(path: Path, problems: Iterable[Problem]) -> None:
        rest, missing = list(problems), []
        for expected in expected_in(path):
            met = next((problem for problem in rest if expected.meets(problem)), None)
            if met:
                rest.remove(met)
            else:
                missing.append(expected)
        assert not missing, f"expected, and not said: {missing}; said instead: {rest}"
        assert not rest, f"said, and not expected: {rest}"

    return hold
