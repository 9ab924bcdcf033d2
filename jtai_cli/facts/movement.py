"""Why a headline moved: the actions that rose, fell, came and went between two moments.

The arithmetic is exact: what a share had, less what fell and went, and what rose and came, is what
it has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from jtai_cli.facts.records import counted
from jtai_cli.facts.select import EVERYTHING, Wanted, concerns
from jtai_cli.facts.summary import Share
from jtai_cli.facts.wording import same_action
from jtai_cli.plan.refs import ref_key

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from jtai_cli.facts.records import Record
    from jtai_cli.plan.refs import RefKey

Way = Literal["fell", "rose", "added", "reinstated", "joined", "withdrawn", "vanished", "left"]
"""How an action moves a share: by its rating, or by coming into the totals or leaving them.

What "joined" or "left" is in the totals at both ends, and among the wanted ones at one of them.
"""

WAYS: tuple[Way, ...] = get_args(Way)
COMING: frozenset[Way] = frozenset({"added", "reinstated", "joined"})
LEAVING: frozenset[Way] = frozenset({"withdrawn", "vanished", "left"})

Key = tuple[str, str]
"""An action by plan id and ref."""


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
    ends = _Ends(before, after, wanted, reused)
    return Movements(
        _movement(ends, lambda record: record.complete),
        _movement(ends, lambda record: record.standing in ("complete", "on_track")),
    )


class _Ends:
    """The actions at two moments, by key: all of them, and those that count and are wanted."""

    def __init__(
        self,
        before: Sequence[Record],
        after: Sequence[Record],
        wanted: Wanted,
        reused: Collection[Key] | None,
    ) -> None:
        self._reused = reused
        self._was, self._is = _by_key(before), _by_key(after)
        self.old, self.new = (
            _by_key(record for record in counted(records) if concerns(record, wanted))
            for records in (before, after)
        )

    def same(self, key: Key) -> bool:
        """Whether the ref is that of the same action at both moments."""
        was, now = self._was.get(key), self._is.get(key)
        if was is None or now is None:
            return False
        if self._reused is not None and key not in self._reused:
            return True
        return same_action(was.action.text, now.action.text)

    def coming(self, key: Key) -> Way:
        """How an action came to be counted."""
        if not self.same(key):
            return "added"
        return "reinstated" if self._was[key].withdrawn else "joined"

    def leaving(self, key: Key) -> Way:
        """How an action came to be counted no longer."""
        if not self.same(key):
            return "vanished"
        return "withdrawn" if self._is[key].withdrawn else "left"


def _movement(ends: _Ends, has_it: Callable[[Record], bool]) -> Movement:
    found: dict[Way, list[tuple[Key, bool]]] = {way: [] for way in WAYS}
    for way, key, having in sorted(_ways(ends, has_it), key=lambda one: _order(one[1])):
        found[way].append((key, having))
    moved = (
        Moved(way, tuple(key for key, _ in some), sum(having for _, having in some))
        for way, some in found.items()
    )
    before, after = _share(ends.old.values(), has_it), _share(ends.new.values(), has_it)
    return Movement(before, after, tuple(moved))


def _ways(ends: _Ends, has_it: Callable[[Record], bool]) -> Iterator[tuple[Way, Key, bool]]:
    """How each action moves a share, and whether it has what the share counts, or had it."""
    for key, record in ends.new.items():
        was = ends.old.get(key)
        if was is None or not ends.same(key):
            yield ends.coming(key), key, has_it(record)
        elif has_it(record) != has_it(was):
            yield "rose" if has_it(record) else "fell", key, True
    for key, record in ends.old.items():
        if key not in ends.new or not ends.same(key):
            yield ends.leaving(key), key, has_it(record)


def _order(key: Key) -> tuple[str, RefKey]:
    """By plan, then by ref as people count."""
    return key[0], ref_key(key[1])


def _by_key(records: Iterable[Record]) -> Mapping[Key, Record]:
    return {(record.plan.id, record.action.ref): record for record in records}


def _share(records: Iterable[Record], has_it: Callable[[Record], bool]) -> Share:
    having = [has_it(record) for record in records]
    return Share(sum(having), len(having))
