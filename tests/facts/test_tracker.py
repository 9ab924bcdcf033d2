import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jtai_cli.facts.known_actions import KnownActions
from jtai_cli.facts.moments import Moment, Point
from jtai_cli.facts.records import UNRATED
from jtai_cli.facts.select import Wanted, select
from jtai_cli.facts.snapshots import survey_of
from jtai_cli.facts.summary import summarise
from jtai_cli.facts.tracker import Asked, Grid, PlanTracker, Tracker, tracker_of
from tests.facts.moments import Broken, history, plan, revision

AS_OF = dt.date(2025, 1, 31)
BLUE, GREEN, AMBER, RED = ({"progress": key} for key in ("blue", "green", "amber", "red"))
OWN = {"ratings": [{"rating": "well", "counts_as": "on_track"}]}
GONE = {"on": "2025-01-02", "reason": "Merged"}


def at(day: int) -> Point:
    return Point(day=dt.date(2025, 1, day))


def tracker(moments: list[Moment], previous: Point | None = None, **asked: Any) -> Tracker:
    """The tracker of moments of 1 January and the days after, as of 31 January."""
    wanted = Asked(asked.pop("as_of", AS_OF), previous, **asked)
    commit = previous.commit if previous else None
    known = KnownActions()
    return tracker_of(survey_of(known.watched(moments), wanted.days, commit), wanted, known)


def rows(grid: Grid | None) -> dict[str, tuple[int | None, ...]]:
    assert grid
    return {row.key: row.actions for row in (*grid.rows, grid.total)}


def table(*args: Any, **asked: Any) -> dict[str, tuple[int | None, ...]]:
    (one,) = tracker(*args, **asked).plans
    return rows(one.grid)


def test_a_row_for_each_rating_and_a_total() -> None:
    moments = history(plan(AMBER, AMBER), plan(AMBER, GREEN), plan(BLUE, GREEN, {}))
    assert table(moments, at(2)) == {
        "blue": (0, 0, 1),
        "green": (0, 1, 1),
        "amber": (2, 1, 0),
        "red": (0, 0, 0),
        UNRATED: (0, 0, 1),
        "total": (2, 2, 3),
    }


def test_the_direction_of_travel() -> None:
    grid = tracker(history(plan(AMBER, RED), plan(GREEN, RED)), at(1)).plans[0].grid
    changes = {row.key: row.change for row in (*grid.rows, grid.total)}
    assert changes == {"blue": 0, "green": 1, "amber": -1, "red": 0, "total": 0}


def test_impact() -> None:
    first, then = {"impact": "amber", "progress": "blue"}, {"impact": "red", "progress": "green"}
    found = tracker(history(plan(first), plan(then)), at(1), of="impact").plans[0]
    assert (rows(found.grid)["red"], rows(found.grid)["blue"]) == ((0, 0, 1), (0, 0, 0))
    assert found.moved
    assert found.moved["worsened"] == ("1.1",)


def test_columns_are_the_first_version_the_end_of_the_last_month_and_the_end() -> None:
    found = tracker(history(plan(AMBER), plan(BLUE)), as_of=dt.date(2025, 2, 15))
    columns = [(column.name, column.as_of.isoformat()) for column in found.plans[0].grid.columns]
    assert columns == [
        ("initial", "2025-01-01"),
        ("previous", "2025-01-31"),
        ("current", "2025-02-15"),
    ]


def test_the_previous_column_at_a_commit() -> None:
    moments = history(plan(AMBER), plan(GREEN), plan(BLUE))
    found = tracker(moments, Point(commit=revision(1).commit))
    assert rows(found.plans[0].grid)["green"] == (0, 1, 0)
    assert found.plans[0].grid.columns[1].as_of == revision(1).day


def test_months() -> None:
    found = tracker(history(plan(AMBER)), months=3, as_of=dt.date(2025, 3, 15)).plans[0]
    columns = [(column.name, column.as_of.isoformat()) for column in found.grid.columns]
    assert columns == [
        ("month", "2024-12-31"),
        ("month", "2025-01-31"),
        ("month", "2025-02-28"),
        ("current", "2025-03-15"),
    ]
    assert rows(found.grid)["total"] == (None, 1, 1, 1)


def test_a_plan_that_was_not_there_yet() -> None:
    found = tracker(history(None, plan(AMBER)), at(1)).plans[0]
    assert rows(found.grid)["amber"] == (1, None, 1)
    assert found.grid.total.change is None
    assert found.moved is None
    assert found.begun.number == 1


def test_nothing_at_all_was_there_yet() -> None:
    asked = Point(day=dt.date(2024, 12, 1))
    found = tracker(history([plan(AMBER), plan(GREEN, id="q")]), asked)
    assert rows(found.plans[0].grid)["amber"] == (1, None, 1)
    assert rows(found.total)["total"] == (2, None, 2)


def test_a_plan_that_is_not_there_any_more() -> None:
    found = tracker(history(plan(AMBER), None), at(1)).plans[0]
    assert rows(found.grid)["total"] == (1, 1, None)
    assert found.moved
    assert found.moved["vanished"] == ("1.1",)


def test_no_plan_was_ever_there() -> None:
    found = tracker(history(None, None))
    assert (found.plans, found.total, found.records) == ((), None, ())


def test_a_scheme_that_changed() -> None:
    old = plan(AMBER, GREEN)
    new = plan({"progress": "well"}, {}, rag=OWN)
    assert table(history(old, new), at(1)) == {
        "well": (0, 0, 1),
        "green": (1, 1, 0),
        "amber": (1, 1, 0),
        UNRATED: (0, 0, 1),
        "total": (2, 2, 2),
    }


def test_several_plans_by_what_ratings_count_as() -> None:
    new = plan({"progress": "well"}, id="a", rag=OWN)
    found = tracker(history(plan(AMBER), [plan(GREEN), new]), at(1))
    assert [one.plan.id for one in found.plans] == ["a", "p"]
    assert rows(found.total) == {
        "complete": (0, 0, 0),
        "on_track": (0, 0, 2),
        "at_risk": (1, 1, 0),
        "off_track": (0, 0, 0),
        "not_started": (0, 0, 0),
        "total": (1, 1, 2),
    }


def test_what_is_not_rated_in_several_plans() -> None:
    found = tracker(history([plan({}), plan(GREEN, id="q")]), at(1))
    assert rows(found.total)[UNRATED] == (1, 1, 1)


def test_withdrawn_actions_leave_the_totals_on_their_day() -> None:
    moments = history(plan(AMBER | {"withdrawn": GONE}, GREEN))
    assert table(moments, at(1))["total"] == (2, 2, 1)


def test_only_the_actions_that_are_asked_for() -> None:
    moments = history(plan(AMBER | {"owners": ["TVP"]}, GREEN | {"owners": ["BFFC"]}))
    found = tracker(moments, at(1), wanted=Wanted(owner=("TVP",)))
    assert rows(found.plans[0].grid)["total"] == (1, 1, 1)
    assert {record.action.ref for record in found.records} == {"1.1", "1.2"}


@pytest.mark.parametrize(("day", "named"), [(1, 0), (2, 1), (3, 1), (4, 0)])
def test_a_gap_that_a_column_lies_in_is_named(day: int, named: int) -> None:
    moments = history(plan(AMBER), Broken("p"), Broken("p"), plan(GREEN))
    found = tracker(moments, at(day))
    assert len(found.gaps) == named
    assert rows(found.plans[0].grid)["amber"] == (1, 1 if day < 4 else 0, 0)


RATINGS = st.sampled_from([BLUE, GREEN, AMBER, RED, {}])
WITHDRAWN = st.sampled_from([{}, {}, {"withdrawn": GONE}])
OWNERS = st.sampled_from([{"owners": ["TVP"]}, {"owners": ["BFFC"]}])
ACTIONS = st.lists(
    st.tuples(RATINGS, WITHDRAWN, OWNERS).map(lambda some: some[0] | some[1] | some[2]), max_size=5
)


@settings(max_examples=40)
@given(
    versions=st.lists(ACTIONS, min_size=1, max_size=6),
    day=st.integers(1, 8),
    wanted=st.sampled_from([Wanted(), Wanted(owner=("TVP",))]),
)
def test_rows_add_up_and_columns_are_what_status_says(
    versions: list[list[dict[str, Any]]], day: int, wanted: Wanted
) -> None:
    moments = history(*(plan(*version) for version in versions))
    (found,) = tracker(moments, at(day), wanted=wanted).plans
    grid = found.grid
    for number, column in enumerate(grid.columns):
        assert column.snapshot
        records = select(column.snapshot.records(column.as_of), wanted, column.as_of)
        expected = summarise(records, column.as_of, found.plan.rag)
        figures = {row.key: row.actions[number] for row in grid.rows}
        assert expected.progress is not None
        assert figures == {key: expected.progress[key] for key in figures}
        assert sum(filter(None, figures.values())) == grid.total.actions[number]
        assert grid.total.actions[number] == expected.actions
    assert sum(row.change or 0 for row in grid.rows) == grid.total.change


@given(versions=st.lists(ACTIONS, min_size=1, max_size=6), day=st.integers(1, 8), others=ACTIONS)
def test_every_action_has_moved_in_one_way(
    versions: list[list[dict[str, Any]]], day: int, others: list[dict[str, Any]]
) -> None:
    moments = history(*([plan(*one), plan(*others, id="q")] for one in versions))
    found = tracker(moments, at(day))
    for one in found.plans:
        moved = one.moved
        assert moved
        before, now = one.grid.total.actions[-2:]
        stayed = sum(len(moved[way]) for way in ("improved", "worsened", "unchanged"))
        came = sum(len(moved[way]) for way in ("added", "reinstated", "joined"))
        went = sum(len(moved[way]) for way in ("withdrawn", "vanished", "left"))
        assert (stayed + went, stayed + came) == (before, now)


def test_an_action_that_was_reworded_step_by_step_is_the_same() -> None:
    words = (
        "Consider how thresholds are understood by partners",
        "Survey how thresholds are understood and brief each agency",
        "Survey staff and brief each agency on needs of young children",
    )
    steps = history(*(plan({"text": text} | GREEN) for text in words))
    (found,) = tracker(steps, at(1)).plans
    assert moved(found) == {"unchanged": ("1.1",)}
    (at_once,) = tracker([steps[0], steps[2]], at(1)).plans
    assert moved(at_once) == {"vanished": ("1.1",), "added": ("1.1",)}


def moved(found: PlanTracker) -> dict[str, tuple[str, ...]]:
    return {move: refs for move, refs in (found.moved or {}).items() if refs}


def test_a_gap_in_which_the_file_was_renamed_is_named_under_both_names() -> None:
    first, second, third, last = history(plan(GREEN), Broken("p"), Broken("p"), plan(BLUE))
    gap = third.gaps["p.yaml"]._replace(file="q.yaml", since=revision(1))
    moments = [first, second, third._replace(gaps={"q.yaml": gap}), last]
    found = tracker(moments, at(3)).gaps
    assert [(one.gap.file, one.until) for one in found] == [
        ("p.yaml", revision(2)),
        ("q.yaml", revision(3)),
    ]
