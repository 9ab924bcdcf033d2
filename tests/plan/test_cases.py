"""Plans that are dropped into `tests/cases`: valid ones, and ones with what is wrong written in."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from jtai_cli.plan.explanations import EXPLANATIONS, READING, SENSE, SHAPE
from jtai_cli.plan.load import load_plan
from jtai_cli.plan.problem import Problem

CASES = Path(__file__).parent.parent / "cases"
VALID = sorted((CASES / "valid").glob("*.yaml"))
INVALID = sorted((CASES / "invalid").glob("*.yaml"))

NOT_IN_ONE_TEXT = {"unreadable-file", "duplicate-plan-id"}


def name(path: Path) -> str:
    return path.stem


@pytest.mark.parametrize("path", VALID, ids=name)
def test_nothing_is_wrong_with_a_valid_plan(path: Path, parser: Callable[[str], Any]) -> None:
    read = load_plan(path.name, path.read_bytes(), parser)

    assert read.problems == ()
    assert read.loaded is not None


@pytest.mark.parametrize("path", INVALID, ids=name)
def test_exactly_what_is_wrong_is_said(
    path: Path,
    parser: Callable[[str], Any],
    exactly_as_expected: Callable[[Path, Iterable[Problem]], None],
) -> None:
    exactly_as_expected(path, load_plan(path.name, path.read_bytes(), parser).problems)


def test_every_rule_of_reading_has_a_case(
    rules_expected: Callable[[Iterable[Path]], set[str]],
) -> None:
    assert rules_expected(INVALID) | NOT_IN_ONE_TEXT == set(READING | SHAPE | SENSE)


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
