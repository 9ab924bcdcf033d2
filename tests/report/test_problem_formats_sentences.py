"""The sentences that close what the gate says, which are the same in every format."""

import datetime as dt
import re
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jtai_cli.facts.verdict import Closed, Verdict, Waived
from jtai_cli.plan.config import Condition
from jtai_cli.plan.problem import Problem
from jtai_cli.report import Judged
from jtai_cli.report.verdict_text import closing

CONDITIONS: tuple[str, ...] = get_args(Condition)
BREACH = Problem("plans/p.yaml", 41, 14, "overdue-red", "error", "late", plan="p", ref="2.1")
WAIVED = Waived(BREACH._replace(severity="warning"), dt.date(2025, 9, 30), "why", "who")
UNMATCHED = Problem("jtai.yaml", 9, 5, "unmatched-waiver", "warning", "it matches no breach")
CLOSED = Closed("old-plan", "plans/old.yaml", dt.date(2025, 3, 31))
PASSED = Verdict(
    as_of=dt.date(2025, 8, 7),
    fail_on=("overdue-red",),
    breaches=[],
    waived=[],
    warnings=[],
    overdue={"on_track": 0, "at_risk": 0, "off_track": 0, "not_started": 0, "unrated": 0},
    closed=[],
)


def sentences(verdict: Verdict, files: int = 2) -> list[str]:
    return closing(Judged([*verdict.warnings, *verdict.breaches], files, verdict), verdict)


def overdue(fail_on: tuple[str, ...], late: dict[str, int], **more: Any) -> str:
    """What is said last of a gate that passes while actions are overdue."""
    verdict = PASSED._replace(fail_on=fail_on, overdue=PASSED.overdue | late, **more)
    return sentences(verdict)[-1]


@pytest.mark.parametrize(
    ("verdict", "files", "said"),
    [
        (PASSED, 2, "Passed as of 7 August 2025: no breach in 2 plans."),
        (
            PASSED._replace(warnings=[UNMATCHED]),
            1,
            "Passed as of 7 August 2025: no breach in 1 plan, and 1 warning.",
        ),
        (
            PASSED._replace(closed=[CLOSED]),
            1,
            "Passed as of 7 August 2025, with nothing to judge: the only plan is closed.",
        ),
        (
            PASSED._replace(closed=[CLOSED] * 3),
            3,
            "Passed as of 7 August 2025, with nothing to judge: all 3 plans are closed.",
        ),
        (
            PASSED._replace(breaches=[BREACH, BREACH]),
            1,
            "Failed as of 7 August 2025: 2 breaches in 1 plan.",
        ),
        (
            PASSED._replace(breaches=[BREACH, BREACH._replace(plan="q")]),
            1_200,
            "Failed as of 7 August 2025: 2 breaches in 2 of 1,200 plans.",
        ),
    ],
)
def test_the_headline(verdict: Verdict, files: int, said: str) -> None:
    assert sentences(verdict, files)[0] == said


@pytest.mark.parametrize(
    ("against", "old", "said"),
    [
        (None, 0, None),
        ("main", 0, "No breach that stood at main is left."),
        ("main", 1, "1 older breach that stood at main already is not counted."),
        ("a\x1b", 2, "2 older breaches that stood at a<U+001B> already are not counted."),
    ],
)
def test_what_stood_before(against: str | None, old: int, said: str | None) -> None:
    assert sentences(PASSED._replace(against=against, old=old))[2:] == ([said] if said else [])


def test_the_real_plan_passes_with_16_actions_overdue() -> None:
    assert overdue(("overdue-red",), {"on_track": 10, "at_risk": 6}) == (
        "16 actions are overdue all the same: 10 on track (overdue-on-track would have caught "
        "them), 6 at risk (overdue-amber would have caught them); 'overdue' catches all."
    )


@pytest.mark.parametrize(
    ("fail_on", "late", "more", "said"),
    [
        (
            ("undated",),
            {"off_track": 1},
            {},
            "1 action is overdue all the same: 1 off track (overdue-red would have caught it).",
        ),
        (
            ("overdue-red", "overdue-amber"),
            {"at_risk": 2, "off_track": 1, "not_started": 3},
            {"waived": [WAIVED]},
            (
                "6 actions are overdue all the same: 2 at risk (waived), 1 off track (waived), "
                "3 not started (overdue-not-started would have caught them)."
            ),
        ),
        (
            ("overdue",),
            {"on_track": 1_000, "unrated": 1},
            {"against": "main", "old": 1_001},
            "1,001 actions are overdue all the same: 1,000 on track (older), 1 not rated (older).",
        ),
        (
            ("overdue-red",),
            {"off_track": 2, "unrated": 1},
            {"waived": [WAIVED], "against": "main", "old": 1},
            (
                "3 actions are overdue all the same: 2 off track (waived or older), "
                "1 not rated (overdue-unrated would have caught or counted it)."
            ),
        ),
    ],
)
def test_what_is_overdue_all_the_same(
    fail_on: tuple[str, ...], late: dict[str, int], more: dict[str, Any], said: str
) -> None:
    assert overdue(fail_on, late, **more) == said


def test_a_gate_that_fails_says_nothing_of_what_else_is_overdue() -> None:
    failed = PASSED._replace(breaches=[BREACH])
    late = failed._replace(overdue=PASSED.overdue | {"at_risk": 6})
    assert sentences(late) == sentences(failed)


@given(
    st.sets(st.sampled_from(CONDITIONS)),
    st.fixed_dictionaries({standing: st.integers(0, 3) for standing in PASSED.overdue}),
)
def test_only_conditions_that_are_not_in_force_are_named(
    fail_on: set[str], late: dict[str, int]
) -> None:
    verdict = PASSED._replace(fail_on=tuple(fail_on), overdue=late, waived=[WAIVED])
    said = " ".join(sentences(verdict)[3:])
    named = set(re.findall(r"overdue-[a-z-]+", said))
    named |= {"overdue"} if "'overdue'" in said else set()
    assert named <= set(CONDITIONS) - fail_on
    assert bool(said) == any(late.values())
