"""Why a headline moved: the actions that rose, fell, came and went between two moments.

The arithmetic is exact: what a share had, less what fell and went, and what rose and came, is what
it has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from jtai_cli.facts.ends import Key, Pair, key_of, pairs
from jtai_cli.facts.select import EVERYTHING, Wanted
from jtai_cli.facts.summary import Share
from jtai_cli.plan.refs import ref_key

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from jtai_cli.facts.records import Record
    from jtai_cli.plan.refs import RefKey

Way = Literal["fell", "rose", "added", "reinstated", "joined", "withdrawn", "vanished", "left"]
"""How an action moves a share: by its rating, or by coming into the totals or leaving them."""

WAYS: tuple[Way, ...] = get_args(Way)
COMING: frozenset[Way] = frozenset({"added", "reinstated", "joined"})
LEAVING: frozenset[Way] = frozenset({"withdrawn", "vanished", "left"})


class Moved(NamedTuple):
    """The actions that moved a share in one way, and how many of them have what it counts.

    `keys` are by plan and ref. Those that leave had it, those that come have it; of what rose or
    fell that is all of them. One whose ref is another action's now is among those that vanished,
    and the other among the added.
    """

    way: Way
    keys: tuple[Key, ...]
    counting: int

    @property
    def part(self) -> int:
        """By how much it moved the number of those that have what the share counts."""
        return -self.counting if self.way in LEAVING or self.way == "fell" else self.counting

    @property
    def of(self) -> int:
        """By how much it moved the number of all actions."""
        if self.way in LEAVING:
            return -len(self.keys)
        return len(self.keys) if self.way in COMING else 0


class Movement(NamedTuple):
    """A share before and after, and what moved it, in the order of `WAYS`."""

    before: Share
    after: Share
    moved: tuple[Moved, ...]

    def of(self, way: Way) -> Moved:
        """What moved it in one way, be it nothing."""
        return next(one for one in self.moved if one.way == way)


class Movements(NamedTuple):
    """What moved the two shares of a headline."""

    complete: Movement
    complete_or_on_track: Movement


def movements(
    before: Sequence[Record],
    after: Sequence[Record],
    wanted: Wanted = EVERYTHING,
    reused: Collection[Key] | None = None,
) -> Movements:
    """What moved between two moments; records of all actions at both, withdrawn ones included.

    Counted is what is wanted, at each of the moments by itself. `reused` are the refs that were
    given to other words on the way, None when nobody knows: then the words at both ends decide.
    """
    ends = tuple(pairs(before, after, wanted, reused))
    return Movements(
        _movement(ends, lambda record: record.complete),
        _movement(ends, lambda record: record.standing in ("complete", "on_track")),
    )


def _movement(ends: Sequence[Pair], has_it: Callable[[Record], bool]) -> Movement:
    found: dict[Way, list[tuple[Key, bool]]] = {way: [] for way in WAYS}
    for way, key, having in sorted(_ways(ends, has_it), key=lambda one: _order(one[1])):
        found[way].append((key, having))
    moved = (
        Moved(way, tuple(key for key, _ in some), sum(having for _, having in some))
        for way, some in found.items()
    )
    before = (one.was for one in ends if one.was and one.counted[0])
    after = (one.now for one in ends if one.now and one.counted[1])
    return Movement(_share(before, has_it), _share(after, has_it), tuple(moved))


def _ways(
    ends: Iterable[Pair], has_it: Callable[[Record], bool]
) -> Iterator[tuple[Way, Key, bool]]:
    """How each action moves a share, and whether it has what the share counts, or had it."""
    for one in ends:
        if one.now and one.coming:
            yield one.coming, key_of(one.now), has_it(one.now)
        elif one.was and one.going:
            yield one.going, key_of(one.was), has_it(one.was)
        elif one.was and one.now and all(one.counted) and has_it(one.now) != has_it(one.was):
            yield "rose" if has_it(one.now) else "fell", key_of(one.now), True


def _order(key: Key) -> tuple[str, RefKey]:
    """By plan, then by ref as people count."""
    return key[0], ref_key(key[1])


def _share(records: Iterable[Record], has_it: Callable[[Record], bool]) -> Share:
    having = [has_it(record) for record in records]
    return Share(sum(having), len(having))
