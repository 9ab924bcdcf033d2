"""The conditions of the gate, each broken and kept, whatever the ratings are called."""

import datetime as dt
from collections.abc import Callable
from typing import Any, get_args

import pytest

from jtai_cli.facts.conditions import CONDITIONS
from jtai_cli.facts.gate import gate
from jtai_cli.plan.config import CONDITION_NAMES, Condition, Policy
from jtai_cli.plan.explanations import EXPLANATIONS
from jtai_cli.plan.load import LoadedPlan
from jtai_cli.plan.problem import Problem

Build = Callable[..., LoadedPlan]

AS_OF = "2025-08-07"
LATE, TODAY = {"due": "2025-08-06"}, {"due": AS_OF}
OWN = {
    "ratings": [
        {"rating": "red", "counts_as": "complete"},
        {"rating": "crimson", "counts_as": "on_track"},
        {"rating": "yellow", "counts_as": "at_risk"},
        {"rating": "green", "counts_as": "off_track"},
        {"rating": "grey", "counts_as": "not_started"},
    ]
}


def breaches(
    plan: LoadedPlan, *fail_on: Condition, as_of: str = AS_OF, stale_after: int = 90
) -> list[Problem]:
    policy = Policy().model_copy(update={"fail_on": fail_on, "stale_after": stale_after})
    return list(gate(plan, (), policy, dt.date.fromisoformat(as_of)).breaches)


def broken(plan: LoadedPlan, **how: Any) -> set[str]:
    return {problem.rule for problem in breaches(plan, *CONDITION_NAMES, **how)}


@pytest.mark.parametrize(
    ("rag", "progress", "conditions"),
    [
        ("brag", "red", {"overdue-red", "overdue"}),
        ("brag", "amber", {"overdue-amber", "overdue"}),
        ("brag", "Green", {"overdue-on-track", "overdue"}),
        ("brag", None, {"overdue-unrated", "overdue"}),
        ("brag", "blue", set()),
        ("five-point", "red", {"overdue-red", "overdue"}),
        ("five-point", "light green", {"overdue-on-track", "overdue"}),
        ("five-point", "dark green", set()),
        (OWN, "green", {"overdue-red", "overdue"}),
        (OWN, "yellow", {"overdue-amber", "overdue"}),
        (OWN, "crimson", {"overdue-on-track", "overdue"}),
        (OWN, "grey", {"overdue-not-started", "overdue"}),
        (OWN, "red", set()),
    ],
)
def test_overdue(build: Build, rag: Any, progress: str | None, conditions: set[str]) -> None:
    rated = {"progress": progress, "evidence": ["E"]} if progress else {}
    late, today = build(LATE | rated, rag=rag), build(TODAY | rated, rag=rag)
    of_overdue = {name for name in CONDITION_NAMES if name.startswith("overdue")}
    assert broken(late) & of_overdue == conditions
    assert broken(today) & of_overdue == set()


@pytest.mark.parametrize(
    ("action", "message"),
    [
        (
            LATE | {"progress": "red", "owners": ["TVP", "BFFC"]},
            "1.1 is 1 day overdue: due 2025-08-06, rated 'Red', owned by TVP, BFFC (Do it)",
        ),
        (
            {"due": "2020-08-07", "progress": "red"},
            "1.1 is 1,826 days overdue: due 2020-08-07, rated 'Red', owned by nobody (Do it)",
        ),
    ],
)
def test_which_is_overdue_whose_and_since_when(
    build: Build, action: dict[str, Any], message: str
) -> None:
    (problem,) = breaches(build(action), "overdue-red")
    assert (problem.message, problem.hint) == (
        message,
        "do it, or agree a new date, with an update that says why it moves",
    )
    assert (problem.value, problem.plan, problem.ref) == (action["due"], "p", "1.1")


@pytest.mark.parametrize(
    ("action", "conditions"),
    [
        ({}, {"undated", "no-owner"}),
        ({"owners": ["TVP"]}, {"undated"}),
        ({"due": "2030-01-01"}, {"no-owner"}),
        ({"due_note": "In place", "owners": ["TVP"]}, {"undated"}),
        ({"due": "2030-01-01", "owners": ["TVP"]}, set()),
        ({"support": ["TVP"], "due": "2030-01-01"}, {"no-owner"}),
        ({"progress": "blue"}, set()),
    ],
)
def test_undated_and_without_owner(
    build: Build, action: dict[str, Any], conditions: set[str]
) -> None:
    problems = breaches(build(action), "undated", "no-owner")
    assert {problem.rule for problem in problems} == conditions
    assert {problem.severity for problem in problems} <= {"error"}


@pytest.mark.parametrize(
    ("action", "conditions"),
    [
        ({"progress": "blue"}, {"complete-without-evidence", "complete-without-impact"}),
        ({"progress": "blue", "evidence": ["E"]}, {"complete-without-impact"}),
        ({"progress": "blue", "impact": "green"}, {"complete-without-evidence"}),
        # what only keeps the place of evidence is none
        (
            {"progress": "blue", "impact": "green", "evidence": ["tbc"]},
            {"complete-without-evidence"},
        ),
        ({"progress": "blue", "impact": "blue", "evidence": ["E"]}, set()),
        ({"progress": "blue", "impact": "amber", "evidence": ["E"]}, {"complete-without-impact"}),
        ({"progress": "green"}, set()),
        ({}, set()),
    ],
)
def test_complete_without_proof(build: Build, action: dict[str, Any], conditions: set[str]) -> None:
    problems = breaches(build(action), "complete-without-evidence", "complete-without-impact")
    assert {problem.rule for problem in problems} == conditions


def log(*days: str) -> dict[str, Any]:
    return {"updates": [{"on": day, "text": "Going on"} for day in days]}


PERIOD = {"period": {"start": "2025-05-10", "end": "2026-01-01"}}
STATEMENT = {"statement": {"submitted": "2025-05-10"}}
PUBLISHED = {"inspection": {"received": "2025-05-01", "published": "2025-05-10"}}


@pytest.mark.parametrize(
    ("action", "plan", "as_of", "stale"),
    [
        pytest.param(log("2025-05-09"), {}, AS_OF, False, id="90 days ago"),
        pytest.param(log("2025-05-08"), {}, AS_OF, True, id="91 days ago"),
        pytest.param(log("2025-01-01", "2025-08-07"), {}, AS_OF, False, id="today"),
        pytest.param(log("2025-01-01", "2025-08-08"), {}, AS_OF, True, id="tomorrow only"),
        pytest.param(log("2025-01-01"), PERIOD, AS_OF, True, id="an old one in a young plan"),
        pytest.param(log("2025-08-08"), PERIOD, "2025-08-08", False, id="none before today"),
        pytest.param({}, PERIOD, "2025-08-08", False, id="none, 90 days from the start"),
        pytest.param({}, PERIOD, "2025-08-09", True, id="none, 91 days from the start"),
        pytest.param(log("2030-01-01"), PERIOD, "2025-08-09", True, id="none so far"),
        pytest.param({}, PERIOD, "2025-01-01", False, id="none, before the start"),
        pytest.param({}, STATEMENT, "2025-08-08", False, id="90 days from the statement"),
        pytest.param({}, STATEMENT, "2025-08-09", True, id="91 days from the statement"),
        pytest.param({}, PUBLISHED, "2025-08-08", False, id="90 days from the report"),
        pytest.param({}, PUBLISHED, "2025-08-09", True, id="91 days from the report"),
        pytest.param({}, {"period": {"end": "2026-01-01"}}, AS_OF, True, id="none, no start"),
        pytest.param({}, {}, AS_OF, True, id="none, and no day known"),
        pytest.param({"progress": "blue"}, {}, AS_OF, False, id="complete"),
    ],
)
def test_stale(
    build: Build, action: dict[str, Any], plan: dict[str, Any], as_of: str, *, stale: bool
) -> None:
    assert bool(breaches(build(action, **plan), "stale", as_of=as_of)) is stale


@pytest.mark.parametrize(("stale_after", "stale"), [(1, True), (2, True), (3, False)])
def test_the_policy_says_after_how_many_days(
    build: Build, stale_after: int, *, stale: bool
) -> None:
    plan = build(log("2025-08-04"))
    assert bool(breaches(plan, "stale", stale_after=stale_after)) is stale


@pytest.mark.parametrize(
    ("action", "plan", "message"),
    [
        (
            log("2025-05-08") | {"owners": ["TVP"]},
            {},
            "1.1 was last updated on 2025-05-08, 91 days ago; owned by TVP",
        ),
        (
            {},
            {"period": {"start": "2022-08-07"}},
            "1.1 has had no update in the 1,096 days since 2022-08-07; owned by nobody",
        ),
        ({}, {}, "1.1 has had no update; owned by nobody"),
    ],
)
def test_for_how_long_it_is_stale(
    build: Build, action: dict[str, Any], plan: dict[str, Any], message: str
) -> None:
    (problem,) = breaches(build(action, **plan), "stale")
    assert problem.message == message


@pytest.mark.parametrize(
    ("action", "condition", "message"),
    [
        ({}, "undated", "1.1 has no due date"),
        ({}, "no-owner", "1.1 has no owner"),
        (
            {"progress": "blue", "owners": ["HM"]},
            "complete-without-evidence",
            "1.1 is complete without evidence; owned by HM",
        ),
        (
            {"progress": "blue"},
            "complete-without-impact",
            "1.1 is complete, and its impact not rated; owned by nobody",
        ),
        (
            {"progress": "blue", "impact": "red"},
            "complete-without-impact",
            "1.1 is complete, and its impact rated 'Red'; owned by nobody",
        ),
    ],
)
def test_what_is_said(
    build: Build, action: dict[str, Any], condition: Condition, message: str
) -> None:
    (problem,) = breaches(build(action), condition)
    assert problem.message == message
    assert problem.hint


@pytest.mark.parametrize(("on", "judged"), [("2025-08-06", 0), (AS_OF, 0), ("2025-08-08", 1)])
def test_an_action_is_left_alone_from_the_day_of_its_withdrawal(
    build: Build, on: str, judged: int
) -> None:
    plan = build(LATE | {"withdrawn": {"on": on, "reason": "Merged"}})
    for condition in ("overdue", "no-owner", "stale"):
        assert len(breaches(plan, condition)) == judged


@pytest.mark.parametrize("name", CONDITION_NAMES)
def test_every_condition_is_judged_and_explained(name: Condition) -> None:
    assert name in CONDITIONS
    assert name in EXPLANATIONS


def test_the_conditions_are_in_one_order() -> None:
    assert tuple(CONDITIONS) == CONDITION_NAMES == get_args(Condition)
