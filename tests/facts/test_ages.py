"""Ratings that do not move, and actions that nobody updates."""

import datetime as dt
from typing import Any

import pytest

from jtai_cli.facts.ages import Aged, Ages, ages_of, old_only
from jtai_cli.facts.select import Wanted
from jtai_cli.plan.load import LoadedPlan
from tests.facts.moments import PARTNERS, history, plan

Action = dict[str, Any]
AS_OF = dt.date(2025, 1, 31)
GREEN, AMBER, BLUE = ({"progress": one} for one in ("green", "amber", "blue"))


def ages(*plans: LoadedPlan, limit: int = 10, wanted: Wanted | None = None) -> Ages:
    return ages_of(history(*plans), plans[-1:], AS_OF, wanted or Wanted(), limit)


def updated(*days: str) -> Action:
    return {"updates": [{"on": day, "text": "x"} for day in days]}


def the_one(ages: Ages) -> Aged:
    ((action,),) = (owned.actions for owned in ages.owners)
    return action


def listed(ages: Ages) -> list[tuple[str | None, list[str]]]:
    return [(owned.code, [one.record.action.ref for one in owned.actions]) for owned in ages.owners]


def test_days_since_the_rating_changed_and_since_the_last_update() -> None:
    log = updated("2025-01-05", "2025-01-20")
    action = the_one(ages(plan(GREEN), plan(AMBER), plan(AMBER | log)))
    assert (action.rated_for, action.rated.at_least) == (29, False)
    assert (action.updated, action.without_update) == (dt.date(2025, 1, 20), 11)
    assert action.quiet == 11


def test_a_rating_that_never_changed_is_at_least_as_old_as_the_history() -> None:
    action = the_one(ages(plan(GREEN), plan(GREEN)))
    assert (action.rated_for, action.rated.at_least) == (30, True)


@pytest.mark.parametrize(
    ("fields", "days"),
    [
        ({}, 30),
        ({"period": {"start": "2024-12-31"}}, 31),
        ({"period": {"start": "2025-01-10"}}, 30),
    ],
)
def test_what_was_never_updated_is_as_old_as_it_is_known(fields: dict[str, Any], days: int) -> None:
    action = the_one(ages(plan(GREEN, **fields)))
    assert (action.updated, action.without_update) == (None, days)


def test_what_came_later_is_not_as_old_as_its_plan() -> None:
    fields = {"period": {"start": "2024-12-31"}}
    found = ages(plan(GREEN, **fields), plan(GREEN, GREEN, **fields))
    assert [one.without_update for one in found.owners[0].actions] == [31, 29]


def test_only_what_is_open() -> None:
    withdrawn = {"withdrawn": {"on": "2025-01-30", "reason": "Merged"}}
    found = ages(plan(GREEN, BLUE, withdrawn))
    assert listed(found) == [(None, ["1.1"])]
    assert found.open == 1


def test_owners_by_name_and_an_action_of_two_under_both() -> None:
    both = {"owners": ["TVP", "BFFC"]}
    found = ages(plan(both, {"owners": ["TVP"]}, {}))
    assert listed(found) == [("BFFC", ["1.1"]), ("TVP", ["1.1", "1.2"]), (None, ["1.3"])]
    assert [owned.name for owned in found.owners] == [PARTNERS["BFFC"], PARTNERS["TVP"], None]
    assert found.open == 3


def test_only_the_owners_that_are_wanted() -> None:
    both = {"owners": ["TVP", "BFFC"]}
    found = ages(plan(both, {"owners": ["BFFC"]}), wanted=Wanted(owner=("tvp",)))
    assert listed(found) == [("TVP", ["1.1"])]


def test_one_code_with_two_names_is_two_owners() -> None:
    first = plan({"owners": ["TVP"]})
    second = plan({"owners": ["TVP"]}, id="q", partners={"TVP": "Traffic Volunteers"})
    found = ages_of(history([first, second]), [first, second], AS_OF, Wanted(), 10)
    assert [owned.name for owned in found.owners] == ["Thames Valley Police", "Traffic Volunteers"]


def test_the_longest_quiet_come_first() -> None:
    recent, older = updated("2025-01-30"), updated("2025-01-20")
    found = ages(
        plan(GREEN, GREEN, GREEN, GREEN), plan(GREEN | recent, GREEN | older, GREEN, AMBER | older)
    )
    assert listed(found) == [(None, ["1.3", "1.2", "1.4", "1.1"])]


def test_counts_of_what_is_older_than_the_limit() -> None:
    fresh = updated("2025-01-21")
    found = ages(plan(GREEN, GREEN | fresh, GREEN), plan(GREEN, GREEN | fresh, AMBER), limit=29)
    assert (found.open, found.stale, found.unmoved) == (3, 2, 2)
    (owned,) = found.owners
    assert (owned.open, owned.stale, owned.unmoved) == (3, 2, 2)


@pytest.mark.parametrize(("limit", "is_listed"), [(9, True), (10, True), (29, True), (30, False)])
def test_listed_is_what_is_older_than_the_limit_in_either_way(limit: int, is_listed: bool) -> None:
    found = ages(plan(GREEN | updated("2025-01-21")), limit=limit)
    assert listed(old_only(found)) == [(None, ["1.1"] if is_listed else [])]
    assert old_only(found).open == 1


def test_what_is_updated_no_more_is_listed_though_its_rating_moves() -> None:
    found = ages(plan(GREEN), plan(AMBER), limit=29)
    assert listed(old_only(found)) == [(None, ["1.1"])]


def test_an_action_that_comes_back_is_as_old_as_it_was() -> None:
    action = the_one(ages(plan(GREEN, None), plan(None, BLUE), plan(GREEN, BLUE)))
    assert action.rated_for == 30


def test_of_another_action_under_the_same_ref_the_age_is_its_own() -> None:
    action = the_one(
        ages(plan({"text": "Train every officer"}), plan({"text": "Publish a directory"}))
    )
    assert (action.rated_for, action.rated.at_least) == (29, False)
