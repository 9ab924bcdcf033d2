import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jtai_cli.facts.known_actions import KnownActions
from jtai_cli.facts.moments import Held
from jtai_cli.facts.select import Wanted
from jtai_cli.facts.slippage import slippage_of
from jtai_cli.plan.versions import PlanVersion
from tests.facts.moments import Broken, history, plan

JUNE, JULY, MAY = ({"due": f"2025-0{month}-01"} for month in (6, 7, 5))
ASK, TRAIN = {"text": "Ask every child what they think"}, {"text": "Train all managers"}


def first_dates(*versions: Any) -> list[str | None]:
    """The first date of 1.1 at each of the moments, in short."""
    return [date.strftime("%b") if date else None for date in dates_of(*versions)]


def dates_of(*versions: Any) -> list[dt.date | None]:
    known = KnownActions()
    moments = list(known.watched(history(*versions)))
    return [known.first_due(number, "p", "1.1") for number in range(len(moments))]


@pytest.mark.parametrize(
    ("actions", "dates"),
    [
        ([JUNE, JULY, MAY], ["Jun", "Jun", "Jun"]),
        ([{}, JULY, MAY], [None, "Jul", "Jul"]),
        ([JUNE, {}, JULY], ["Jun", "Jun", "Jun"]),
        ([JUNE, None, JULY], ["Jun", "Jun", "Jun"]),
        ([ASK | JUNE, TRAIN | JULY], ["Jun", "Jul"]),
        ([ASK | JUNE, TRAIN, TRAIN | JULY], ["Jun", None, "Jul"]),
        ([ASK | JUNE, ASK | {"text": "Ask every child"} | JULY], ["Jun", "Jun"]),
        ([ASK | JUNE, TRAIN | MAY, ASK | JULY, TRAIN | JULY], ["Jun", "May", "Jun", "May"]),
        ([ASK, TRAIN | MAY, ASK | JULY], [None, "May", "Jul"]),
    ],
)
def test_the_first_date_of_an_action(
    actions: list[dict[str, Any] | None], dates: list[str | None]
) -> None:
    assert first_dates(*(plan(action) for action in actions)) == dates


@given(st.lists(st.sampled_from([ASK, ASK | JUNE, ASK | JULY, TRAIN, TRAIN | MAY, None])))
def test_first_dates_are_those_that_slippage_counts_by(
    actions: list[dict[str, Any] | None],
) -> None:
    versions = [plan(action) for action in [*actions, ASK | JUNE]]
    first = dates_of(*versions)[-1]
    assert first is not None
    for as_of in (first, first + dt.timedelta(days=1)):
        slippage = slippage_of(history(*versions), versions[-1:], as_of, Wanted())
        assert slippage.totals.overdue_original == (as_of > first)


def test_what_can_not_be_read_changes_nothing() -> None:
    assert first_dates(None, plan(JUNE), Broken("p"), plan(JULY)) == [None, "Jun", "Jun", "Jun"]


def test_moments_and_versions_that_are_shared() -> None:
    first, second, third = history(plan(JUNE), plan(JULY), None)
    same = second._replace(plans=first.plans)
    version = third._replace(plans=dict(first.plans))
    known = KnownActions()
    assert list(known.watched([first, same, version])) == [first, same, version]
    dates = [known.first_due(number, "p", "1.1") for number in range(3)]
    assert [date and date.month for date in dates] == [6, 6, 6]


def test_of_an_objective_that_changed_what_did_not_is_shared() -> None:
    first, second = history(plan(JUNE, JUNE), plan(JUNE, JULY))
    ((same, _),), ((_, other),) = (one.plans["p"].version.actions for one in (first, second))
    version = PlanVersion(first.plans["p"].version.frame, ((same, other),))
    known = KnownActions()
    list(known.watched([first, second._replace(plans={"p": Held("p.yaml", version)})]))
    assert {known.first_due(1, "p", ref) for ref in ("1.1", "1.2")} == {dt.date(2025, 6, 1)}


def test_refs_that_were_given_to_another_action() -> None:
    known = KnownActions()
    versions = [plan(ASK, ASK), plan(TRAIN, ASK), plan(None, ASK), plan(ASK, ASK), plan(ASK, TRAIN)]
    list(known.watched(history(*versions)))
    assert known.reused("p", 0, 4) == {"1.1", "1.2"}
    assert known.reused("p", 0, 1) == known.reused("p", 1, 3) == {"1.1"}
    assert known.reused("p", 1, 2) == known.reused("q", 0, 4) == frozenset()
