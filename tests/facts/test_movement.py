"""What moved a share between two moments, and that its arithmetic is exact."""

import datetime as dt
from typing import Any

import pytest

from jtai_cli.facts.movement import WAYS, Movement, movements
from jtai_cli.facts.records import Record, records_of
from jtai_cli.facts.select import Wanted
from jtai_cli.facts.summary import Share
from tests.facts.moments import plan

Action = dict[str, Any]
AS_OF = dt.date(2025, 8, 7)
WITHDRAWN = {"withdrawn": {"on": "2025-01-02", "reason": "Merged"}}
LATER = {"withdrawn": {"on": "2025-08-08", "reason": "Merged"}}
ASK, FEED = {"text": "Ask the children"}, {"text": "Feed a thousand ducks"}


def records(*actions: Action | None, **fields: Any) -> list[Record]:
    return records_of(plan(*actions, **fields), AS_OF)


def moved(movement: Movement) -> dict[str, tuple[list[str], int, int]]:
    """The refs of each way, and by how much it moved the part and the whole."""
    return {
        one.way: ([ref for _, ref in one.keys], one.part, one.of)
        for one in movement.moved
        if one.keys
    }


def on_track(
    before: list[Record], after: list[Record], **options: Any
) -> dict[str, tuple[list[str], int, int]]:
    return moved(movements(before, after, **options).complete_or_on_track)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"progress": "green"}, {"progress": "blue"}, {}),
        ({"progress": "amber"}, {"progress": "green"}, {"rose": (["1.1"], 1, 0)}),
        ({"progress": "green"}, {}, {"fell": (["1.1"], -1, 0)}),
        (None, {"progress": "green"}, {"added": (["1.1"], 1, 1)}),
        (None, {}, {"added": (["1.1"], 0, 1)}),
        (None, WITHDRAWN, {}),
        (WITHDRAWN, None, {}),
        ({"progress": "green"}, None, {"vanished": (["1.1"], -1, -1)}),
        ({"progress": "red"}, None, {"vanished": (["1.1"], 0, -1)}),
        ({"progress": "green"}, WITHDRAWN, {"withdrawn": (["1.1"], -1, -1)}),
        ({"progress": "green"}, LATER, {"fell": (["1.1"], -1, 0)}),
        (WITHDRAWN, {"progress": "green"}, {"reinstated": (["1.1"], 1, 1)}),
        (WITHDRAWN | ASK, FEED, {"added": (["1.1"], 0, 1)}),
        (ASK, FEED | WITHDRAWN, {"vanished": (["1.1"], 0, -1)}),
        (
            ASK | {"progress": "green"},
            FEED | {"progress": "green"},
            {"added": (["1.1"], 1, 1), "vanished": (["1.1"], -1, -1)},
        ),
    ],
)
def test_ways(before: Action | None, after: Action | None, expected: dict[str, Any]) -> None:
    assert on_track(records(before), records(after)) == expected


def test_shares_and_their_ways() -> None:
    before = records({"progress": "blue"}, {"progress": "green"}, {"progress": "red"}, {})
    after = records({"progress": "green"}, {"progress": "blue"}, None, {}, {"progress": "blue"})
    found = movements(before, after)
    assert (found.complete.before, found.complete.after) == (Share(1, 4), Share(2, 4))
    assert moved(found.complete) == {
        "rose": (["1.2"], 1, 0),
        "fell": (["1.1"], -1, 0),
        "added": (["1.5"], 1, 1),
        "vanished": (["1.3"], 0, -1),
    }
    assert found.complete_or_on_track.after == Share(3, 4)
    assert tuple(one.way for one in found.complete.moved) == WAYS
    assert found.complete.of("reinstated").keys == ()


def test_the_walk_may_know_that_a_ref_is_still_that_of_its_action() -> None:
    before, after = records(ASK), records(FEED | {"progress": "green"})
    assert set(on_track(before, after, reused=frozenset())) == {"rose"}
    assert set(on_track(before, after, reused={("p", "1.1")})) == {"added", "vanished"}


def test_a_ref_that_was_lent_to_another_action_is_that_of_its_own_again() -> None:
    assert on_track(records(ASK), records(ASK), reused={("p", "1.1")}) == {}


def test_the_same_word_counts_for_something_else_in_another_scheme() -> None:
    schemes = (
        {"rag": {"ratings": [{"rating": "done", "counts_as": counts_as}]}}
        for counts_as in ("complete", "on_track")
    )
    before, after = (records({"progress": "done"}, **scheme) for scheme in schemes)
    found = movements(before, after)
    assert moved(found.complete) == {"fell": (["1.1"], -1, 0)}
    assert moved(found.complete_or_on_track) == {}


def test_what_is_wanted_at_one_end_only_joins_or_leaves() -> None:
    ours, theirs = {"owners": ["TVP"], "progress": "green"}, {"owners": ["BFFC"]}
    wanted = Wanted(owner=("TVP",))
    found = on_track(records(ours, theirs), records(theirs, ours), wanted=wanted)
    assert found == {"joined": (["1.2"], 1, 1), "left": (["1.1"], -1, -1)}


def test_what_is_withdrawn_is_withdrawn_whoever_owns_it_then() -> None:
    ours = {"owners": ["TVP"]}
    found = on_track(records(ours), records(WITHDRAWN), wanted=Wanted(owner=("TVP",)))
    assert set(found) == {"withdrawn"}
