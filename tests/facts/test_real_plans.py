"""The figures of the real plans, as anyone can recompute them from the published documents."""

import datetime as dt

import pytest

from jtai_cli.facts.records import counted, records_of
from jtai_cli.facts.select import Wanted, overdue, select
from jtai_cli.facts.status import status_of
from jtai_cli.facts.summary import Share
from jtai_cli.plan.load import LoadedPlan

SUBMITTED = dt.date(2025, 8, 7)


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2025-06-01", 4),
        ("2025-06-30", 4),
        ("2025-07-01", 15),
        ("2025-08-07", 16),
        ("2025-10-15", 17),
    ],
)
def test_2025_overdue(reading_2025: LoadedPlan, as_of: str, expected: int) -> None:
    assert len(overdue(records_of(reading_2025, dt.date.fromisoformat(as_of)))) == expected


@pytest.mark.parametrize(
    ("as_of", "expected"), [("2016-10-03", 2), ("2017-01-01", 16), ("2017-08-01", 53)]
)
def test_2016_overdue(reading_2016: LoadedPlan, as_of: str, expected: int) -> None:
    assert len(overdue(records_of(reading_2016, dt.date.fromisoformat(as_of)))) == expected


def test_2025_overdue_in_june_by_ref(reading_2025: LoadedPlan) -> None:
    late = overdue(records_of(reading_2025, dt.date(2025, 6, 1)))
    assert [record.action.ref for record in late] == ["2.4", "2.5", "4.1", "6.3"]


def test_2025_overdue_and_still_green(reading_2025: LoadedPlan) -> None:
    total = status_of([reading_2025], SUBMITTED).total
    assert total.overdue_standing == {
        "on_track": 10,
        "at_risk": 6,
        "off_track": 0,
        "not_started": 0,
        "unrated": 0,
    }


def test_2025_completion(reading_2025: LoadedPlan) -> None:
    total = status_of([reading_2025], SUBMITTED).total
    assert (total.complete, total.complete.percent) == (Share(2, 20), 10)
    assert (total.complete_or_on_track, total.complete_or_on_track.percent) == (Share(13, 20), 65)


def test_2025_undated(reading_2025: LoadedPlan) -> None:
    records = records_of(reading_2025, SUBMITTED)
    undated = select(records, Wanted(undated=True), SUBMITTED)
    assert [record.action.ref for record in undated] == ["1.1", "2.3"]


def test_2016_undated(reading_2016: LoadedPlan) -> None:
    assert status_of([reading_2016], SUBMITTED).total.undated == 8


def test_actions_of_the_real_plans(reading_2025: LoadedPlan, reading_2016: LoadedPlan) -> None:
    status = status_of([reading_2025, reading_2016], SUBMITTED)
    assert [plan.summary.actions for plan in status.plans] == [20, 62]
    assert status.total.actions == 82


def test_a_total_over_different_schemes_has_standings_and_no_ratings(
    reading_2025: LoadedPlan, reading_2016: LoadedPlan
) -> None:
    total = status_of([reading_2025, reading_2016], SUBMITTED).total
    assert (total.progress, total.impact) == (None, None)
    assert sum(total.standing.values()) == 82


def test_2025_progress_by_impact(reading_2025: LoadedPlan) -> None:
    (plan,) = status_of([reading_2025], SUBMITTED).plans
    assert {
        (progress, impact): count
        for progress, row in plan.progress_by_impact.items()
        for impact, count in row.items()
        if count
    } == {
        ("blue", "amber"): 1,
        ("blue", "unrated"): 1,
        ("green", "amber"): 4,
        ("green", "unrated"): 7,
        ("amber", "unrated"): 7,
    }


def test_2025_contradictions(reading_2025: LoadedPlan) -> None:
    (plan,) = status_of([reading_2025], SUBMITTED).plans
    late, unproven = plan.contradictions
    assert len(late) == 10
    assert {record.standing for record in late} == {"on_track"}
    assert [record.action.ref for record in unproven] == ["1.1", "2.1"]


def test_an_action_stands_under_the_objective_that_prints_it(reading_2016: LoadedPlan) -> None:
    records = counted(records_of(reading_2016, SUBMITTED))
    parents = {record.action.ref: record.objective.ref for record in records}
    assert {ref: parents[ref] for ref in ("2.4", "12.6", "17.4", "14.3", "5.5")} == {
        "2.4": "5",
        "12.6": "13",
        "17.4": "18",
        "14.3": "15",
        "5.5": "3",
    }
