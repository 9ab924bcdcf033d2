"""Two versions of a plan that are dropped into `tests/cases/edits`: the new one says what broke."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from jtai_cli.facts.edits import edit_problems
from jtai_cli.facts.pairing import Version
from jtai_cli.plan.explanations import EXPLANATIONS
from jtai_cli.plan.explanations_of_the_gate import EDITS
from jtai_cli.plan.load import load_plan
from jtai_cli.plan.problem import Problem

CASES = sorted((Path(__file__).parent.parent / "cases" / "edits").iterdir())

every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


def edit_problems_of(case: Path) -> list[Problem]:
    old, new = (
        Version("plan.yaml", load_plan("plan.yaml", (case / name).read_bytes()))
        for name in ("old.yaml", "new.yaml")
    )
    return edit_problems([old], [new])


@every_case
def test_exactly_what_broke_is_said(
    case: Path, exactly_as_expected: Callable[[Path, Iterable[Problem]], None]
) -> None:
    exactly_as_expected(case / "new.yaml", edit_problems_of(case))


@every_case
def test_the_severity_is_the_one_that_is_explained(case: Path) -> None:
    for problem in edit_problems_of(case):
        assert problem.severity == EXPLANATIONS[problem.rule].severity


@every_case
def test_every_problem_reads_as_a_whole(case: Path) -> None:
    for problem in edit_problems_of(case):
        assert problem.message.isprintable()
        assert "lost" not in problem.message
        assert len(problem.message) < 400
        assert problem.hint


@every_case
def test_nothing_broke_from_the_new_version_to_itself(case: Path) -> None:
    new = Version("plan.yaml", load_plan("plan.yaml", (case / "new.yaml").read_bytes()))
    assert edit_problems([new], [new]) == []


def test_every_rule_on_edits_has_a_case(
    rules_expected: Callable[[Iterable[Path]], set[str]],
) -> None:
    assert rules_expected(case / "new.yaml" for case in CASES) == set(EDITS)
