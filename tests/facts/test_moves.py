from typing import Any

import pytest

from jtai_cli.facts.moves import MOVES, moved_between
from jtai_cli.facts.records import records_of
from jtai_cli.facts.select import Wanted
from tests.facts.moments import FIRST, plan

GONE = {"on": "2024-12-01", "reason": "Merged"}
OWN = {"ratings": [{"rating": "going well", "counts_as": "on_track"}]}


def moves(
    before: list[dict[str, Any] | None],
    now: list[dict[str, Any] | None],
    wanted: Wanted = Wanted(),  # noqa: B008 - a NamedTuple never changes
    **fields: Any,
) -> dict[str, tuple[str, ...]]:
    was, there = plan(*before), plan(*now, **fields)
    found = moved_between(records_of(was, FIRST), records_of(there, FIRST), wanted, "progress")
    assert list(found) == list(MOVES)
    return {move: refs for move, refs in found.items() if refs}


@pytest.mark.parametrize(
    ("before", "now", "move"),
    [
        ({"progress": "amber"}, {"progress": "green"}, "improved"),
        ({"progress": "green"}, {"progress": "amber"}, "worsened"),
        ({"progress": "green"}, {"progress": "green", "due": "2025-06-30"}, "unchanged"),
        ({"impact": "green"}, {"impact": "red"}, "unchanged"),
        (None, {}, "added"),
        ({}, None, "vanished"),
        ({}, {"withdrawn": GONE}, "withdrawn"),
        ({"withdrawn": GONE}, {}, "reinstated"),
        # it is withdrawn only from a later day on
        ({}, {"withdrawn": GONE | {"on": "2025-03-01"}}, "unchanged"),
    ],
)
def test_what_became_of_an_action(
    before: dict[str, Any] | None, now: dict[str, Any] | None, move: str
) -> None:
    assert moves([before], [now]) == {move: ("1.1",)}


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (None, {"withdrawn": GONE}),
        ({"withdrawn": GONE}, {"withdrawn": GONE}),
        ({"withdrawn": GONE}, None),
    ],
)
def test_what_counted_at_neither_moment(
    before: dict[str, Any] | None, now: dict[str, Any] | None
) -> None:
    assert moves([before], [now]) == {}


def test_a_ref_that_was_given_to_another_action() -> None:
    before, now = {"text": "Ask every child what they think"}, {"text": "Train all managers"}
    assert moves([before], [now]) == {"added": ("1.1",), "vanished": ("1.1",)}


def test_only_those_that_are_asked_for() -> None:
    before = [{"owners": ["TVP"]}, {"owners": ["BFFC"]}, {"owners": ["BFFC"]}, {"owners": ["TVP"]}]
    now = [{"owners": ["BFFC"]}, {"owners": ["TVP"]}, {"owners": ["BFFC"]}, {"owners": ["TVP"]}]
    found = moves([*before], [*now], Wanted(owner=("TVP",)))
    assert found == {"unchanged": ("1.4",), "joined": ("1.2",), "left": ("1.1",)}


def test_a_new_scheme_is_compared_by_what_its_ratings_count_as() -> None:
    before = [{"progress": "green"}, {"progress": "amber"}]
    now = [{"progress": "going well"}] * 2
    found = moves([*before], [*now], rag=OWN)
    assert found == {"unchanged": ("1.1",), "improved": ("1.2",)}


def test_refs_stand_in_the_order_in_which_people_count() -> None:
    assert moves([], [{}] * 10)["added"] == tuple(f"1.{number}" for number in range(1, 11))
