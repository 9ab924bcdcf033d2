"""What came and what went between two moments; the tracker and the arithmetic tell the same."""

from itertools import product
from typing import Any

import pytest

from jtai_cli.facts.ends import pairs
from jtai_cli.facts.movement import COMING, LEAVING, movements
from jtai_cli.facts.moves import moved_between
from jtai_cli.facts.records import Record, records_of
from jtai_cli.facts.select import EVERYTHING, Wanted
from tests.facts.moments import FIRST, plan

Action = dict[str, Any]
TVP = Wanted(owner=("TVP",))
OURS = {"text": "Ask the children", "owners": ["TVP"]}
THEIRS = {"text": "Ask the children", "owners": ["BFFC"]}
OTHER = {"text": "Feed a thousand ducks", "owners": ["TVP"]}
WITHDRAWN = OURS | {"withdrawn": {"on": "2024-12-01", "reason": "Merged"}}
KEY = ("p", "1.1")


def records(action: Action | None) -> list[Record]:
    return records_of(plan(action), FIRST)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (OURS, OURS, [(None, None)]),
        (None, OURS, [("added", None)]),
        (OURS, None, [(None, "vanished")]),
        (OURS, WITHDRAWN, [(None, "withdrawn")]),
        (WITHDRAWN, OURS, [("reinstated", None)]),
        (OURS, THEIRS, [(None, "left")]),
        (THEIRS, OURS, [("joined", None)]),
        (OURS, OTHER, [("added", None), (None, "vanished")]),
        (WITHDRAWN, None, [(None, None)]),
        (None, WITHDRAWN, [(None, None)]),
        (THEIRS, THEIRS, [(None, None)]),
    ],
)
def test_coming_and_going(before: Action | None, after: Action | None, expected: list[Any]) -> None:
    found = pairs(records(before), records(after), TVP, None)
    assert [(pair.coming, pair.going) for pair in found] == expected


def test_the_way_may_know_more_than_the_words_at_both_ends() -> None:
    ends = records(OURS), records(OTHER)
    assert len(list(pairs(*ends, TVP, frozenset()))) == 1
    assert len(list(pairs(*ends, TVP, {KEY}))) == 2


@pytest.mark.parametrize("wanted", [EVERYTHING, TVP])
@pytest.mark.parametrize("reused", [None, frozenset[Any](), frozenset({KEY})])
def test_what_came_and_went_is_the_same_in_every_command(wanted: Wanted, reused: Any) -> None:
    for before, after in product((None, OURS, THEIRS, OTHER, WITHDRAWN), repeat=2):
        ends = records(before), records(after)
        moved = moved_between(*ends, wanted, "progress", reused)
        told = {str(move): list(refs) for move, refs in moved.items()}
        counted = movements(*ends, wanted, reused).complete
        for way in COMING | LEAVING:
            assert [ref for _, ref in counted.of(way).keys] == told[way]
