import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from jtai_cli.facts.records import all_records, counted, records_of
from jtai_cli.plan.load import LoadedPlan

PLANS = Path(__file__).parents[2] / "plans"
DUE = dt.date(2025, 6, 30)
WITHDRAWN = {"withdrawn": {"on": "2025-01-01", "reason": "Merged"}}

Build = Callable[..., LoadedPlan]


def days_overdue(plan: LoadedPlan, as_of: str) -> list[int]:
    return [record.days_overdue for record in records_of(plan, dt.date.fromisoformat(as_of))]


@pytest.mark.parametrize(
    ("as_of", "days"),
    [("2025-06-29", 0), ("2025-06-30", 0), ("2025-07-01", 1), ("2026-06-30", 365)],
)
def test_due_on_the_as_of_date_is_not_overdue(build: Build, as_of: str, days: int) -> None:
    assert days_overdue(build({"due": "2025-06-30", "progress": "green"}), as_of) == [days]


def test_complete_is_never_overdue(build: Build) -> None:
    assert days_overdue(build({"due": "2025-06-30", "progress": "blue"}), "2030-01-01") == [0]


def test_not_rated_can_be_overdue(build: Build) -> None:
    assert days_overdue(build({"due": "2025-06-30"}), "2025-07-02") == [2]


def test_undated_is_never_overdue(build: Build) -> None:
    plan = build({"progress": "red"}, {"due_note": "31/06/25", "progress": "red"})
    assert days_overdue(plan, "2099-12-31") == [0, 0]


def test_withdrawn_is_never_overdue_and_does_not_count(build: Build) -> None:
    plan = build({"due": "2025-06-30", "progress": "red", **WITHDRAWN}, {})
    records = records_of(plan, dt.date(2025, 8, 7))
    assert [record.overdue for record in records] == [False, False]
    assert [record.action.ref for record in counted(records)] == ["1.2"]


def test_both_of_the_five_point_schemes_best_ratings_are_complete(build: Build) -> None:
    proof = {"evidence": ["E"], "approved": {"by": "Chair"}, "due": "2025-06-30"}
    plan = build(
        {"progress": "Dark-Green", **proof}, {"progress": "completed", **proof}, rag="five-point"
    )
    records = records_of(plan, dt.date(2025, 8, 7))
    assert [record.complete for record in records] == [True, True]
    assert [record.progress and record.progress.key for record in records] == [
        "dark green",
        "completed",
    ]


def test_a_scheme_of_the_plans_own_says_what_counts_as_complete(build: Build) -> None:
    own = {"ratings": [{"rating": "gold", "counts_as": "complete"}]}
    plan = build({"progress": "GOLD", "due": "2025-06-30"}, rag=own)
    (record,) = records_of(plan, dt.date(2025, 8, 7))
    assert (record.standing, record.overdue) == ("complete", False)


@pytest.mark.parametrize(
    ("as_of", "days", "within"),
    [
        ("2025-06-30", 0, True),
        ("2025-07-01", 30, False),
        ("2025-05-31", 30, True),
        ("2025-05-30", 30, False),
    ],
)
def test_due_within_days(build: Build, as_of: str, days: int, *, within: bool) -> None:
    date = dt.date.fromisoformat(as_of)
    open_one, done, undated = records_of(
        build({"due": "2025-06-30"}, {"due": "2025-06-30", "progress": "blue"}, {}), date
    )
    assert open_one.due_within(date, days) is within
    assert not done.due_within(date, days)
    assert not undated.due_within(date, days)


def test_a_record_knows_its_file_and_line(reading_2025: LoadedPlan) -> None:
    lines = (PLANS / "reading-jtai-2025.yaml").read_text(encoding="utf-8").splitlines()
    for record in records_of(reading_2025, DUE):
        assert record.file == "plans/a.yaml"
        assert f'ref: "{record.action.ref}"' in lines[record.line - 1]


def test_a_line_is_sought_only_when_it_is_asked_for(
    reading_2025: LoadedPlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    sought: list[object] = []

    def line_of(_loaded: LoadedPlan, *path: str | int) -> int:
        sought.append(path)
        return 7

    monkeypatch.setattr(LoadedPlan, "line_of", line_of)
    first, *_ = records_of(reading_2025, DUE)
    assert sought == []
    assert first.line == 7
    assert sought == [("objectives", 0, "actions", 0)]


def test_records_of_several_plans_stand_plan_by_plan(
    reading_2025: LoadedPlan, reading_2016: LoadedPlan
) -> None:
    records = all_records([reading_2025, reading_2016], DUE)
    assert [record.plan.id for record in records] == (
        ["reading-jtai-2025"] * 20 + ["reading-improvement-2016"] * 62
    )
