import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jtai_cli.facts.calendar import Every
from jtai_cli.facts.moments import Moment
from jtai_cli.facts.select import Wanted, select
from jtai_cli.facts.summary import summarise
from jtai_cli.facts.trend import MOST_POINTS, Rate, Trend, path_of, trend_of
from tests.facts.moments import Broken, history, plan

BLUE, GREEN, AMBER = ({"progress": key} for key in ("blue", "green", "amber"))


def day(written: str) -> dt.date:
    return dt.date.fromisoformat(written)


def moments_on(versions: dict[str, Any]) -> list[Moment]:
    """A moment for each plan, or list of plans, on its day."""
    return [
        moment._replace(revision=moment.revision._replace(day=day(on)))
        for on, moment in zip(versions, history(*versions.values()), strict=True)
    ]


def trend(
    versions: dict[str, Any],
    as_of: str,
    every: Every = "month",
    wanted: Wanted = Wanted(),  # noqa: B008 - a NamedTuple never changes
) -> Trend:
    return trend_of(path_of(moments_on(versions), day(as_of), every), wanted)


def points(found: Trend) -> list[tuple[str, int, int]]:
    """Day, actions complete, and all actions."""
    return [(stand.as_of.isoformat(), *stand.summary.complete[:2]) for stand in found.total.stands]


def planned(found: Trend) -> list[tuple[int, int]]:
    return [(stand.planned_original, stand.planned_current) for stand in found.total.stands]


def test_points_are_the_first_day_the_ends_of_months_and_the_end() -> None:
    versions = {"2025-01-20": plan(GREEN, AMBER), "2025-03-05": plan(BLUE, AMBER)}
    assert points(trend(versions, "2025-04-10")) == [
        ("2025-01-20", 0, 2),
        ("2025-01-31", 0, 2),
        ("2025-02-28", 0, 2),
        ("2025-03-31", 1, 2),
        ("2025-04-10", 1, 2),
    ]


@pytest.mark.parametrize(
    ("every", "days"),
    [
        ("week", ["2025-03-21", "2025-03-23", "2025-03-30", "2025-04-02"]),
        ("quarter", ["2025-03-21", "2025-03-31", "2025-04-02"]),
    ],
)
def test_weeks_and_quarters(every: Every, days: list[str]) -> None:
    found = trend({"2025-03-21": plan(GREEN)}, "2025-04-02", every)
    assert [on for on, *_ in points(found)] == days


@pytest.mark.parametrize("as_of", ["2025-01-31", "2025-01-01"])
def test_a_history_of_one_day_has_one_point(as_of: str) -> None:
    found = trend({"2025-01-31": plan(GREEN)}, as_of)
    assert points(found) == [(as_of, 0, 1)]
    assert found.total.rate is None


def test_the_first_point_is_the_end_of_the_first_day() -> None:
    first, last = moments_on({"2025-01-31": plan(GREEN), "2025-02-01": plan(BLUE, AMBER)})
    same_day = last._replace(revision=last.revision._replace(day=first.revision.day))
    found = trend_of(path_of([first, same_day], day("2025-02-10"), "month"), Wanted())
    assert points(found) == [("2025-01-31", 1, 2), ("2025-02-10", 1, 2)]


def test_too_many_points_are_cut_but_for_the_first_day() -> None:
    found = trend({"1970-01-01": plan(GREEN)}, "2025-01-15")
    assert found.is_cut
    assert len(found.total.stands) == MOST_POINTS + 2
    assert [on for on, *_ in points(found)][:2] == ["1970-01-01", "1991-09-30"]
    assert not trend({"1970-01-01": plan(GREEN)}, "2025-01-15", "quarter").is_cut
    assert not trend({"2025-01-01": None}, "2025-01-15").is_cut


def test_no_plan_was_ever_there() -> None:
    found = trend({"2025-01-01": None}, "2025-01-15")
    assert (points(found), found.plans) == ([("2025-01-15", 0, 0)], ())


def test_what_was_planned_at_first_and_is_now() -> None:
    first = plan(*({"due": f"2025-0{month}-10"} for month in (1, 2, 3)), {})
    later = plan(*({"due": f"2025-0{month}-28"} for month in (2, 2, 4)), {"due": "2025-03-31"})
    found = trend({"2025-01-01": first, "2025-02-15": later}, "2025-05-01")
    assert [on[:7] for on, *_ in points(found)] == [
        *("2025-01", "2025-01", "2025-02", "2025-03", "2025-04", "2025-05")
    ]
    assert planned(found) == [(0, 0), (1, 1), (2, 2), (4, 3), (4, 4), (4, 4)]


def test_a_date_is_planned_from_its_day_on() -> None:
    versions = {"2025-01-01": plan({"due": "2025-01-31"}, {"due": "2025-02-01"})}
    assert planned(trend(versions, "2025-02-01")) == [(0, 0), (1, 1), (2, 2)]


def test_only_actions_that_count_are_planned() -> None:
    due = {"due": "2025-01-10", "owners": ["TVP"]}
    gone = due | {"withdrawn": {"on": "2025-01-20", "reason": "Merged"}}
    versions = {"2025-01-15": plan(due, gone, due | {"owners": ["BFFC"]})}
    wanted = Wanted(owner=("TVP",))
    records = path_of(moments_on(versions), day("2025-02-01"), "month").records
    assert {record.action.ref for record in records} == {"1.1", "1.2", "1.3"}
    assert planned(trend(versions, "2025-02-01", wanted=wanted)) == [(2, 2), (1, 1), (1, 1)]


def test_the_rate_of_closing_is_over_90_days() -> None:
    versions = {
        "2025-01-01": plan(BLUE, GREEN, GREEN, GREEN),
        "2025-05-01": plan(BLUE, BLUE, GREEN, GREEN),
    }
    rate = trend(versions, "2025-06-10").total.rate
    assert rate == Rate(day("2025-03-12"), day("2025-06-10"), 1, 2, 2)
    assert (rate.days, rate.closed, rate.in_30_days) == (90, 1, 0.3)
    assert (rate.days_left, rate.done_by) == (180, day("2025-12-07"))


def test_the_rate_of_closing_since_the_beginning() -> None:
    versions = {"2025-01-01": plan(GREEN, GREEN, BLUE), "2025-01-05": plan(BLUE, GREEN, BLUE)}
    rate = trend(versions, "2025-01-11").total.rate
    assert rate == Rate(day("2025-01-01"), day("2025-01-11"), 1, 2, 1)
    assert rate.done_by == day("2025-01-21")


@pytest.mark.parametrize(
    ("before", "now", "remaining"), [(2, 2, 5), (3, 2, 5), (1, 4, 0), (0, 0, 0)]
)
def test_where_nothing_is_closed_or_left_no_date_follows(
    before: int, now: int, remaining: int
) -> None:
    rate = Rate(day("2025-01-01"), day("2025-04-01"), before, now, remaining)
    assert (rate.days_left, rate.done_by) == (None, None)


def test_a_date_beyond_the_calendar() -> None:
    rate = Rate(day("2025-01-01"), day("2025-04-01"), 0, 1, 100_000)
    assert (rate.days_left, rate.done_by) == (9_000_000, None)


def test_the_rate_looks_back_as_far_as_the_calendar_does() -> None:
    rate = trend({"0001-01-05": plan(BLUE)}, "0001-02-01").total.rate
    assert rate == Rate(day("0001-01-05"), day("0001-02-01"), 1, 1, 0)


def test_a_newer_plan_counts_from_its_own_first_version() -> None:
    old, new = plan(GREEN), plan(BLUE, BLUE, GREEN, id="q")
    versions = {"2025-01-01": old, "2025-05-01": [old, new], "2025-05-02": [plan(BLUE), new]}
    found = trend(versions, "2025-06-10")
    assert found.total.rate == Rate(day("2025-03-12"), day("2025-06-10"), 2, 3, 1)
    rates = {series.plan.id: series.rate for series in found.plans if series.plan}
    assert rates["q"] == Rate(day("2025-05-01"), day("2025-06-10"), 2, 2, 1)


def test_unless_each_plan_is_asked_for_only_the_total_has_points() -> None:
    versions = {"2025-01-20": [plan(GREEN, id="a"), plan(BLUE, id="b")]}
    path = path_of(moments_on(versions), day("2025-01-21"), "month")
    found = trend_of(path, Wanted(), each_plan=False)
    series = [(one.file, one.stands, one.rate) for one in found.plans]
    assert series == [("a.yaml", (), None), ("b.yaml", (), None)]
    assert found.total == trend_of(path, Wanted()).total


def test_a_series_of_each_plan_and_the_total() -> None:
    own = {"ratings": [{"rating": "well", "counts_as": "complete"}]}
    other = plan({"progress": "well"}, id="a", rag=own)
    found = trend({"2025-01-01": plan(GREEN), "2025-02-10": [plan(GREEN), other]}, "2025-03-01")
    days = {
        series.plan.id: [stand.as_of.isoformat()[:7] for stand in series.stands]
        for series in found.plans
        if series.plan
    }
    assert days == {"a": ["2025-02", "2025-03"], "p": ["2025-01", "2025-01", "2025-02", "2025-03"]}
    assert [complete for _, complete, _ in points(found)] == [0, 0, 1, 1]
    schemes = [stand.scheme and stand.scheme.name for stand in found.total.stands]
    assert schemes == ["brag", "brag", None, None]


def test_a_plan_that_is_gone_counts_while_it_was_there() -> None:
    found = trend(
        {"2025-01-01": [plan(GREEN), plan(id="q")], "2025-02-10": plan(GREEN)}, "2025-03-01"
    )
    assert [series.file for series in found.plans] == ["p.yaml"]
    assert trend({"2025-01-01": plan(GREEN), "2025-02-10": None}, "2025-03-01").plans == ()


def test_a_gap_is_named_and_the_version_before_stands_in() -> None:
    versions = {"2025-01-01": plan(BLUE), "2025-01-20": Broken("p"), "2025-02-10": plan(GREEN)}
    found = trend(versions, "2025-03-01")
    assert [complete for _, complete, _ in points(found)] == [1, 1, 0, 0]
    assert [span.until and span.until.day for span in found.gaps] == [day("2025-02-10")]


ACTIONS = st.lists(
    st.fixed_dictionaries(
        {"progress": st.sampled_from(["blue", "green", "amber"])},
        optional={
            "due": st.dates(dt.date(2025, 1, 1), dt.date(2025, 6, 1)).map(dt.date.isoformat),
            "owners": st.sampled_from([["TVP"], ["BFFC"]]),
            "withdrawn": st.just({"on": "2025-03-01", "reason": "Merged"}),
        },
    ),
    max_size=5,
)


def committed(versions: Sequence[tuple[int, list[dict[str, Any]]]]) -> list[Moment]:
    moments = history(*(plan(*actions) for _, actions in versions))
    return [
        moment._replace(revision=moment.revision._replace(day=dt.date(2025, 1, 1 + number)))
        for (number, _), moment in zip(versions, moments, strict=True)
    ]


@settings(max_examples=40)
@given(
    versions=st.lists(st.tuples(st.integers(0, 27), ACTIONS), min_size=1, max_size=6),
    every=st.sampled_from(["week", "month"]),
    wanted=st.sampled_from([Wanted(), Wanted(owner=("TVP",))]),
)
def test_every_point_is_what_status_says_of_its_day(
    versions: list[tuple[int, list[dict[str, Any]]]], every: Every, wanted: Wanted
) -> None:
    moments = committed(versions)
    path = path_of(moments, dt.date(2025, 5, 1), every)
    found = trend_of(path, wanted)
    assert len(found.total.stands) == len(path.stops)
    for stand, stop in zip(found.total.stands, path.stops, strict=True):
        here = [one for one in moments if one.revision.day <= stand.as_of][-1]
        assert stop.snapshot.revision == (here if stand.as_of.month < 5 else moments[-1]).revision
        records = select(stop.snapshot.records(stand.as_of), wanted, stand.as_of)
        expected = summarise(records, stand.as_of, stand.scheme)
        assert stand.summary._replace(withdrawn=0) == expected
        assert stand.planned_current == sum(
            record.action.due is not None and record.action.due <= stand.as_of for record in records
        )
