"""The same actions at two moments: which came into what is counted, and which went."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from jtai_cli.facts.select import Wanted, concerns
from jtai_cli.facts.wording import same_action

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from jtai_cli.facts.records import Record

Key = tuple[str, str]
"""An action by plan id and ref."""

Coming = Literal["added", "reinstated", "joined"]
Going = Literal["withdrawn", "vanished", "left"]


class Pair(NamedTuple):
    """An action at two moments, None where it is not there, and whether it counts at each.

    It counts when it is not withdrawn and among the wanted ones.
    """

    was: Record | None
    now: Record | None
    counted: tuple[bool, bool]

    @property
    def coming(self) -> Coming | None:
        """How it came to be counted; None when it was already, or is not.

        What "joined" was in the totals at both moments, and among the wanted ones only at the last.
        """
        if self.counted != (False, True):
            return None
        if self.was is None:
            return "added"
        return "reinstated" if self.was.withdrawn else "joined"

    @property
    def going(self) -> Going | None:
        """How it came to be counted no longer; None when it is, or was not.

        What "left" is in the totals at both moments, and among the wanted ones only at the first.
        """
        if self.counted != (True, False):
            return None
        if self.now is None:
            return "vanished"
        return "withdrawn" if self.now.withdrawn else "left"


def pairs(
    before: Iterable[Record],
    after: Iterable[Record],
    wanted: Wanted,
    reused: Collection[Key] | None,
) -> Iterator[Pair]:
    """All actions of two moments, each with itself; what is there no longer comes last.

    `reused` are the refs that were given to other words on the way, None when nobody knows: then
    the words at both ends decide. An action whose ref is another's now is not there any more.
    """
    old = by_key(before)
    for key, now in by_key(after).items():
        was = old.get(key)
        known = reused is not None and key not in reused
        if was is not None and (known or same_action(was.action.text, now.action.text)):
            del old[key]
        else:
            was = None
        yield _pair(was, now, wanted)
    for was in old.values():
        yield _pair(was, None, wanted)


def by_key(records: Iterable[Record]) -> dict[Key, Record]:
    """Records by plan id and ref."""
    return {key_of(record): record for record in records}


def key_of(record: Record) -> Key:
    """The plan id and ref of an action."""
    return record.plan.id, record.action.ref


def _pair(was: Record | None, now: Record | None, wanted: Wanted) -> Pair:
    return Pair(was, now, (_counts(was, wanted), _counts(now, wanted)))


def _counts(record: Record | None, wanted: Wanted) -> bool:
    return record is not None and not record.withdrawn and concerns(record, wanted)
