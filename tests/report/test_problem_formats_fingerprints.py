"""What other services know a problem by: the plan, the ref, the rule, and what is written."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jtai_cli.plan.problem import Problem
from jtai_cli.report.fingerprints import fingerprints

LATE = Problem(
    "plans/a.yaml", 4, 14, "overdue-red", "error", "1.1 is 16 days overdue", "Train everybody",
    "2025-06-30", "        due: 2025-06-30", "a", "1.1",
)  # fmt: skip
NAMES = st.sampled_from([None, "", "a", "1.1", "\x00", '"', "a\x00b"])


def fingerprint(problem: Problem) -> str:
    (found,) = fingerprints([problem])
    return found


@pytest.mark.parametrize(
    "change",
    [
        {"line": 90, "column": 2, "excerpt": None},
        {"file": "plans/renamed.yaml"},
        {"message": "1.1 is 17 days overdue"},
        {"hint": None},
        {"severity": "warning"},
    ],
    ids=str,
)
def test_it_stays(change: dict[str, Any]) -> None:
    assert fingerprint(LATE._replace(**change)) == fingerprint(LATE)


@pytest.mark.parametrize(
    "change",
    [{"plan": "b"}, {"ref": "1.10"}, {"ref": None}, {"rule": "overdue"}, {"value": "2025-07-01"}],
    ids=str,
)
def test_it_is_another(change: dict[str, Any]) -> None:
    assert fingerprint(LATE._replace(**change)) != fingerprint(LATE)


def test_the_file_counts_where_the_plan_is_not_known() -> None:
    unknown = LATE._replace(plan=None)
    assert fingerprint(unknown) != fingerprint(unknown._replace(file="plans/renamed.yaml"))
    assert fingerprint(unknown) != fingerprint(unknown._replace(plan=unknown.file))


def test_the_second_of_two_that_are_alike_is_numbered() -> None:
    first, second = fingerprints([LATE, LATE._replace(line=90)])
    assert first == fingerprint(LATE) != second


def test_it_is_the_same_on_every_machine() -> None:
    assert fingerprint(LATE) == "11c3e79fdd6713887828b3498d103d4d"
    assert fingerprint(LATE._replace(file="a\udcff", plan=None)) != fingerprint(LATE)


@given(st.lists(st.tuples(NAMES, NAMES, NAMES, st.sampled_from(["x", "y"])), max_size=20))
def test_no_two_are_alike(found: list[tuple[str | None, str | None, str | None, str]]) -> None:
    problems = [
        LATE._replace(plan=plan, ref=ref, value=value, file=file)
        for plan, ref, value, file in found
    ]
    assert len(set(fingerprints(problems))) == len(problems)
