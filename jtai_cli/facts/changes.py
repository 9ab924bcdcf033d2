"""What moved between two points of a history, and which commits moved it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jtai_cli.facts.ends import by_key
from jtai_cli.facts.following import Choice, choice_of
from jtai_cli.facts.happenings import Happening, Standing, Walk, standings
from jtai_cli.facts.lives import last_lives
from jtai_cli.facts.moments import Revision, records_at
from jtai_cli.facts.movement import Movements, movements
from jtai_cli.facts.select import EVERYTHING, Wanted, concerns
from jtai_cli.facts.wording import same_action

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from jtai_cli.facts.ends import Key
    from jtai_cli.facts.gaps import GapSpan
    from jtai_cli.facts.happenings import Kind
    from jtai_cli.facts.moments import Moment, Point
    from jtai_cli.facts.records import Record
    from jtai_cli.plan.model import Plan

_COMING_AND_GOING = frozenset({"added", "withdrawn", "reinstated", "vanished"})


class Window(NamedTuple):
    """What one walk through a history finds from a point of it on.

    `start` and `end` have the plans, those that can't be read there as they last could be. `start`
    is None where no commit had come. `first` is the first commit with a plan, and `begun` whether
    that had come at the start. `reused` are the refs that were given to other words on the way, and
    `withdrawals` says where each withdrawal was written.
    """

    start: Moment | None
    end: Moment
    first: Revision | None
    begun: bool
    happenings: tuple[Happening, ...]
    gaps: tuple[GapSpan, ...]
    reused: frozenset[Key]
    withdrawals: Mapping[Key, Revision]

    @property
    def begin(self) -> Moment:
        """The start, where there is one; else a ValueError."""
        if self.start is None:
            raise ValueError("the history does not reach the start")
        return self.start


class PlanChanges(NamedTuple):
    """One plan, as it last was, and what moved its headline.

    `new_scheme` is whether its ratings count by another scheme now than they did.
    """

    plan: Plan
    movements: Movements
    new_scheme: bool


class Changes(NamedTuple):
    """What moved the headline of some plans, and what happened on the way, in the order of time.

    `plans` are those that have an action that counts, at either end, or to which something
    happened. `since` and `until` are the commits, and `days` the dates by which they are judged.
    `choice` says of which actions.
    """

    since: Revision
    until: Revision
    days: tuple[dt.date, dt.date]
    choice: Choice
    total: Movements
    plans: tuple[PlanChanges, ...]
    happenings: tuple[Happening, ...]
    gaps: tuple[GapSpan, ...]


def window_of(moments: Iterable[Moment], since: Point) -> Window:
    """Walk through a history of one moment or more, and keep what happens after a point.

    The point is a commit: what is on disk is always after it.
    """
    way = iter(moments)
    looking = _Looking(since, next(way))
    for moment in way:
        looking.at(moment)
    return looking.window()


class _Looking:
    """A walk that forgets what came before a point."""

    def __init__(self, since: Point, first: Moment) -> None:
        self._since = since
        self._walk = Walk()
        self._start: Moment | None = None
        self._end = first
        self._first: Revision | None = None
        self._begun = False
        self._happenings: list[Happening] = []
        self._gaps = 0
        self._withdrawals: dict[Key, Revision] = {}
        self.at(first)

    def at(self, moment: Moment) -> None:
        """Go on to a moment."""
        for happening in self._walk.happenings([moment]):
            self._happenings.append(happening)
            now = happening.now
            if now and now.action.withdrawn and happening.kind in ("added", "withdrawn"):
                self._withdrawals[happening.plan_id, happening.ref] = moment.revision
        if self._first is None and self._walk.begun:
            self._first = moment.revision
            self._withdrawals = dict.fromkeys(_withdrawn(moment), moment.revision)
        self._end = moment
        if moment.revision.commit is not None and self._since.reached_by(moment.revision):
            self._start = moment._replace(plans=self._walk.plans)
            self._begun = self._walk.begun
            self._gaps = len(self._walk.gaps.ended)
            self._happenings.clear()

    def window(self) -> Window:
        """What was found, at the end."""
        return Window(
            self._start,
            self._end._replace(plans=self._walk.plans),
            self._first,
            self._begun,
            tuple(self._happenings),
            self._walk.gaps.spans()[self._gaps :],
            frozenset(_reused(self._happenings)),
            self._withdrawals,
        )


def _withdrawn(moment: Moment) -> list[Key]:
    return [
        (plan_id, ref)
        for plan_id, held in moment.plans.items()
        for ref, one in standings(held.version).items()
        if one.action.withdrawn
    ]


def _reused(happenings: Iterable[Happening]) -> set[Key]:
    """The refs that were given to other words than those with which they vanished."""
    gone: dict[Key, Happening] = {}
    found = set()
    for happening in happenings:
        key = happening.plan_id, happening.ref
        if happening.kind == "vanished":
            gone[key] = happening
        elif happening.kind == "added" and key in gone and not _comes_back(gone[key], happening):
            found.add(key)
    return found


def gone_without_a_word(happenings: Iterable[Happening]) -> tuple[Key, ...]:
    """The actions that vanished and did not come back, each once, in the order of time.

    One that had been withdrawn went with a word.
    """
    gone: dict[Key, Happening] = {}
    for happening in happenings:
        key = happening.plan_id, happening.ref
        if happening.kind == "vanished" and not happening.when_withdrawn:
            gone[key] = happening
        elif happening.kind == "added" and key in gone and _comes_back(gone[key], happening):
            del gone[key]
    return tuple(gone)


def _comes_back(vanished: Happening, added: Happening) -> bool:
    return same_action(vanished.standing.action.text, added.standing.action.text)


def changes_in(
    window: Window, since: dt.date, until: dt.date, wanted: Wanted = EVERYTHING
) -> Changes:
    """What moved, as far as it concerns the wanted actions; both ends are judged by a date each.

    At each end those are counted that are wanted there. What happened is told of an action that is
    wanted before it or after it. Those that are chosen by how they stand in the end are the same at
    the start: what had their refs before them is another action's.

    Raises:
        ValueError: the history does not reach the start.
    """
    start, end = window.begin, window.end
    everything = records_at(end.plans, until)
    unread = {span.gap.plan_id for span in window.gaps if span.until is None} & end.plans.keys()
    choice = choice_of(wanted, until, lambda: everything, filter(None, unread))
    before = choice.among(records_at(start.plans, since), window.reused)
    after = choice.among(everything)
    total = movements(before, after, wanted, window.reused)
    happenings = (
        *(one for one in _told_of(choice, window.happenings) if _is_wanted(one, wanted)),
        *_by_date(window, before, after, total),
    )
    return Changes(
        start.revision,
        end.revision,
        (since, until),
        choice,
        total,
        tuple(
            one
            for one in _plans(window, before, after, wanted)
            if _counts(one) or any(each.plan_id == one.plan.id for each in happenings)
        ),
        happenings,
        window.gaps,
    )


def _told_of(choice: Choice, happenings: Sequence[Happening]) -> Sequence[Happening]:
    """What happened to the actions that are followed, but not to others under their refs."""
    if choice.followed is None:
        return happenings
    return last_lives(one for one in happenings if (one.plan_id, one.ref) in choice.followed)


def _is_wanted(happening: Happening, wanted: Wanted) -> bool:
    return any(one and concerns(one, wanted) for one in (happening.was, happening.now))


def _plans(
    window: Window, before: Sequence[Record], after: Sequence[Record], wanted: Wanted
) -> Iterator[PlanChanges]:
    """Each plan that is there at either end, by its id."""
    was, now = window.begin.plans, window.end.plans
    for plan_id in sorted({*was, *now}):
        old, new = (
            [record for record in records if record.plan.id == plan_id]
            for records in (before, after)
        )
        moved = movements(old, new, wanted, window.reused)
        held = now.get(plan_id) or was[plan_id]
        frames = [plans[plan_id].version.frame for plans in (was, now) if plan_id in plans]
        yield PlanChanges(held.version.plan, moved, frames[0].rag != frames[-1].rag)


def _counts(plan: PlanChanges) -> bool:
    shares = plan.movements.complete.before, plan.movements.complete.after
    return any(share.of for share in shares)


def _by_date(
    window: Window, before: Sequence[Record], after: Sequence[Record], total: Movements
) -> Iterator[Happening]:
    """The actions that left the totals by no edit, but because the day of a withdrawal came."""
    edited = {(one.plan_id, one.ref) for one in window.happenings if one.kind in _COMING_AND_GOING}
    old, new = by_key(before), by_key(after)
    for key in total.complete.of("withdrawn").keys:
        withdrawn = new[key].action.withdrawn
        if key not in edited and withdrawn:
            revision = window.withdrawals[key]._replace(day=withdrawn.on)
            standing = _standing(old[key]), _standing(new[key])
            kind: Kind = "withdrawn-by-date"
            yield Happening(revision, *key, kind, None, withdrawn.reason, *standing)


def _standing(record: Record) -> Standing:
    return Standing(record.objective, record.action, record.plan.rag)
