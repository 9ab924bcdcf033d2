"""Actions that are chosen by how they stand in the end, found again at earlier moments."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jtai_cli.facts.records import counted
from jtai_cli.facts.select import Wanted, asks_of_standing, concerns, stands_so
from jtai_cli.facts.wording import same_action

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from jtai_cli.facts.known_actions import KnownActions
    from jtai_cli.facts.records import Record

    Key = tuple[str, str]


class Choice(NamedTuple):
    """The actions that a look back is about, as they stand in the end, as of a date.

    `followed` are those that count there and stand as is wanted, by plan id and ref, out of `of`
    that count; None when it does not matter how an action stands: then all of all moments are
    meant. Whose an action is, and where it belongs, is asked at each moment by itself. `unread` are
    the plans, by id, that can't be read in the end, and are taken as they last could be.
    """

    wanted: Wanted
    as_of: dt.date
    followed: Mapping[Key, Record] | None = None
    of: int = 0
    unread: tuple[str, ...] = ()

    @property
    def fitting(self) -> int:
        """How many of those that are followed are in the end whose, and where, is wanted."""
        return sum(concerns(record, self.wanted) for record in (self.followed or {}).values())

    def among(self, records: Iterable[Record], reused: Collection[Key] = ()) -> list[Record]:
        """Those of the actions of a moment that are followed.

        `reused` are the refs that were given to other words since: of these, the words decide.
        """
        if self.followed is None:
            return list(records)
        return [record for record in records if self._has(record, reused)]

    def _has(self, record: Record, reused: Collection[Key]) -> bool:
        key = record.plan.id, record.action.ref
        now = (self.followed or {}).get(key)
        if now is None:
            return False
        return key not in reused or same_action(record.action.text, now.action.text)


def choice_of(
    wanted: Wanted,
    as_of: dt.date,
    end: Callable[[], Sequence[Record]],
    unread: Iterable[str] = (),
) -> Choice:
    """What is chosen out of all actions of the end; these are asked for only where it matters."""
    if not asks_of_standing(wanted):
        return Choice(wanted, as_of)
    records = counted(end())
    followed = {
        (record.plan.id, record.action.ref): record
        for record in records
        if stands_so(record, wanted, as_of)
    }
    return Choice(wanted, as_of, followed, len(records), tuple(sorted(unread)))


class Trail(NamedTuple):
    """The actions of a choice at the moments that `known` has watched, of which one is the end."""

    choice: Choice
    known: KnownActions
    end: int

    def followed(self, records: list[Record], number: int) -> list[Record]:
        """Those of the actions of a moment that are followed, whosever they are there."""
        if self.choice.followed is None:
            return records
        reused = {
            (plan_id, ref)
            for plan_id in {record.plan.id for record in records}
            for ref in self.known.reused(plan_id, number, self.end)
        }
        return self.choice.among(records, reused)
