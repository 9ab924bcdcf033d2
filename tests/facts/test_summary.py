import datetime as dt
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jtai_cli.facts.records import records_of
from jtai_cli.facts.status import status_of
from jtai_cli.facts.summary import Share, shared_scheme, summarise
from jtai_cli.plan.load import LoadedPlan

Build = Callable[..., LoadedPlan]
AS_OF = dt.date(2025, 8, 7)

shares = st.integers(1, 10**6).flatmap(lambda of: st.builds(Share, st.integers(0, of), st.just(of)))


@pytest.mark.parametrize(
    ("part", "of", "percent"),
    [
        (2, 20, 10),
        (13, 20, 65),
        (44, 48, 92),
        (1, 8, 13),
        (1, 200, 1),
        (1, 1000, 1),
        (999, 1000, 99),
        (199, 200, 99),
        (0, 5, 0),
        (5, 5, 100),
        (0, 0, None),
    ],
)
def test_percent(part: int, of: int, percent: int | None) -> None:
    assert Share(part, of).percent == percent


@given(shares)
def test_100_only_for_all_and_0_only_for_none(share: Share) -> None:
    assert (share.percent == 100) == (share.part == share.of)
    assert (share.percent == 0) == (share.part == 0)


@given(shares)
def test_a_percentage_is_rounded_half_up(share: Share) -> None:
    exact = Fraction(100 * share.part, share.of)
    half_up = int(exact + Fraction(1, 2))
    if half_up not in (0, 100):
        assert share.percent == half_up


@given(shares, shares)
def test_a_greater_share_never_has_a_smaller_percentage(one: Share, two: Share) -> None:
    less, more = sorted((one, two), key=lambda share: Fraction(share.part, share.of))
    assert (less.percent or 0) <= (more.percent or 0)


def test_withdrawn_actions_leave_every_total(build: Build) -> None:
    withdrawn = {"withdrawn": {"on": "2025-01-01", "reason": "Merged"}}
    plan = build({"progress": "blue"}, {"progress": "red", "due": "2025-01-01", **withdrawn})
    summary = status_of([plan], AS_OF).total
    assert (summary.actions, summary.withdrawn) == (1, 1)
    assert summary.complete == Share(1, 1)
    assert (summary.overdue, summary.undated, summary.due_soon) == (0, 1, 0)
    assert summary.progress == {"blue": 1, "green": 0, "amber": 0, "red": 0, "unrated": 0}


def test_due_soon_is_from_today_to_thirty_days_on(build: Build) -> None:
    dates = ["2025-08-06", "2025-08-07", "2025-09-06", "2025-09-07"]
    assert status_of([build(*({"due": date} for date in dates))], AS_OF).total.due_soon == 2


def test_not_rated_counts_in_what_a_percentage_is_of(build: Build) -> None:
    summary = status_of([build({"progress": "blue"}, {}, {}, {})], AS_OF).total
    assert summary.complete == Share(1, 4)
    assert summary.standing["unrated"] == 3


def test_nothing_has_no_percentage(build: Build) -> None:
    summary = status_of([build(objectives=[])], AS_OF).total
    assert (summary.actions, summary.complete, summary.complete.percent) == (0, Share(0, 0), None)


def test_no_plan_has_no_scheme() -> None:
    assert shared_scheme([]) is None
    assert status_of([], AS_OF).total.progress is None


def test_the_same_own_scheme_in_two_plans_is_one_scheme(build: Build) -> None:
    own = {"ratings": [{"rating": "gold", "counts_as": "complete"}]}
    one = build({"progress": "gold"}, rag=own)
    two = build({}, rag=own, id="q")
    assert status_of([one, two], AS_OF).total.progress == {"gold": 1, "unrated": 1}


def test_ratings_are_keyed_best_first(build: Build) -> None:
    plan = build({"progress": "red"}, {"progress": "blue"})
    summary = summarise(records_of(plan, AS_OF), AS_OF, plan.plan.rag)
    assert list(summary.progress or ()) == ["blue", "green", "amber", "red", "unrated"]
    assert list(summary.standing) == [
        *("complete", "on_track", "at_risk", "off_track", "not_started", "unrated"),
    ]
