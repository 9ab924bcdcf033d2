"""How dates moved: from the first that was committed to the one that is there now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from jtai_cli.facts.following import Choice, choice_of
from jtai_cli.facts.lives import Lives
from jtai_cli.facts.records import all_records
from jtai_cli.facts.select import concerning, concerns
from jtai_cli.plan.refs import ref_key

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from jtai_cli.facts.gaps import GapSpan
    from jtai_cli.facts.happenings import Happening
    from jtai_cli.facts.moments import Moment, Revision
    from jtai_cli.facts.records import Record
    from jtai_cli.facts.select import Stands, Wanted
    from jtai_cli.plan.load import LoadedPlan
    from jtai_cli.plan.model import Action, Plan, Update
    from jtai_cli.plan.refs import RefKey


class DateChange(NamedTuple):
    """A date that moved, that was removed, or that was put back as it had been.

    `before` is the last date that was known. `why` are the updates of the edit that says so; of a
    date that moved by being removed and set anew, those of both edits.
    """

    revision: Revision
    kind: Literal["moved", "removed", "put-back"]
    before: dt.date
    after: dt.date | None
    why: tuple[Update, ...]

    @property
    def days(self) -> int | None:
        """By how many days it moved, below 0 when it was brought forward; None where removed."""
        return None if self.after is None else (self.after - self.before).days


class Dates(NamedTuple):
    """The dates of one action: the first, where it was committed, and all that changed it.

    `last` is the last one that was known, also where it is removed.
    """

    first: dt.date | None = None
    committed: Revision | None = None
    last: dt.date | None = None
    changes: tuple[DateChange, ...] = ()

    @property
    def moves(self) -> tuple[DateChange, ...]:
        """The changes from one known date to another."""
        return tuple(change for change in self.changes if change.kind == "moved")

    @property
    def reasons(self) -> int:
        """How many of the moves have an update that says why."""
        return sum(bool(change.why) for change in self.moves)

    @property
    def slipped(self) -> int:
        """The days from the first date to the last that was known."""
        return (self.last - self.first).days if self.first and self.last else 0


class Slip(NamedTuple):
    """An action with its dates, and the days that it is late by the first and the current one."""

    plan_id: str
    stands: Stands
    dates: Dates
    days_overdue_original: int = 0
    days_overdue: int = 0

    @property
    def action(self) -> Action:
        """The action as it is in the end, or as it last was."""
        return self.stands.action

    @property
    def days(self) -> int | None:
        """The days from its first date to its current one; None where it has none now."""
        return None if self.action.due is None else self.dates.slipped

    @property
    def order(self) -> tuple[int, int, str, RefKey]:
        """The most days first, then the most moves."""
        dates = self.dates
        return -dates.slipped, -len(dates.moves), self.plan_id, ref_key(self.action.ref)


class Left(NamedTuple):
    """An action that is no longer counted, whose date had changed.

    It was withdrawn on a day with a reason, or it vanished; `revision` is the commit from which on
    it is not in the plan, None while it is.
    """

    slip: Slip
    how: Literal["withdrawn", "vanished"]
    day: dt.date
    reason: str | None = None
    revision: Revision | None = None


class Totals(NamedTuple):
    """Counts over the actions that count, whether or not their dates changed.

    `dated` have or had a date. `moved` have at least one move, `later` are those of them that now
    stand later than at first, and `removed` have no date any more. `net_days` are the days from
    first to current dates, added up. `overdue` is against current dates, as everywhere else.
    """

    actions: int
    dated: int
    moved: int
    later: int
    removed: int
    moves: int
    reasons: int
    net_days: int
    overdue: int
    overdue_original: int


class Slippage(NamedTuple):
    """How dates moved up to a date; `slips` with the most days first, `plans` those of the end.

    `choice` says of which actions. Where they are chosen by how they stand in the end, none `left`.
    """

    as_of: dt.date
    choice: Choice
    totals: Totals
    slips: tuple[Slip, ...]
    left: tuple[Left, ...]
    gaps: tuple[GapSpan, ...]
    plans: tuple[Plan, ...]


class _Life(NamedTuple):
    """The dates of a life, and what ended it."""

    dates: Dates
    end: Happening | None


def slippage_of(
    moments: Iterable[Moment], plans: Sequence[LoadedPlan], as_of: dt.date, wanted: Wanted
) -> Slippage:
    """How the dates of actions moved; `plans` are those of the last moment."""
    lives = Lives()
    alive: dict[tuple[str, str], int] = {}
    told: dict[int, _Life] = {}
    for life, happening in lives.events(moments):
        was = told.get(life)
        end = happening if happening.kind == "vanished" else None
        told[life] = _Life(dates_after(was.dates if was else Dates(), happening), end)
        alive[happening.plan_id, happening.ref] = life
    everything = all_records(plans, as_of)
    choice = choice_of(wanted, as_of, lambda: everything)
    records = concerning(choice.among(everything), wanted)
    slips = [
        _slip(record, told[alive[record.plan.id, record.action.ref]].dates, as_of)
        for record in records
    ]
    counting = [slip for slip, record in zip(slips, records, strict=True) if not record.withdrawn]
    vanished = _vanished(told.values(), wanted) if choice.followed is None else ()
    left = [*_withdrawn(records, slips), *vanished]
    return Slippage(
        as_of,
        choice,
        _totals(counting),
        tuple(sorted(filter(_changed, counting), key=lambda slip: slip.order)),
        tuple(sorted((one for one in left if _changed(one.slip)), key=lambda one: one.slip.order)),
        lives.gaps,
        tuple(loaded.plan for loaded in plans),
    )


def dates_after(dates: Dates, happening: Happening) -> Dates:
    """The dates of an action after something happened to it."""
    begins = happening.kind == "added" and happening.was is None
    if not begins and happening.kind not in ("due-set", "due-moved", "due-removed"):
        return dates
    due = happening.standing.action.due
    if dates.first is None or dates.last is None:
        return Dates(due, happening.revision, due) if due else dates
    change = DateChange(happening.revision, "moved", dates.last, due, happening.why)
    if due is None:
        change = change._replace(kind="removed")
    elif happening.kind == "due-set":
        same = due == dates.last
        change = change._replace(
            kind="put-back" if same else "moved",
            why=(*_why_removed(dates), *happening.why),
        )
    return dates._replace(last=due or dates.last, changes=(*dates.changes, change))


def _why_removed(dates: Dates) -> tuple[Update, ...]:
    last = dates.changes[-1] if dates.changes else None
    return last.why if last and last.kind == "removed" else ()


def _slip(record: Record, dates: Dates, as_of: dt.date) -> Slip:
    """An action as it counts; by neither date is it late when it is complete or withdrawn."""
    can_be_late = dates.first is not None and not record.complete and not record.withdrawn
    late = (as_of - dates.first).days if can_be_late and dates.first else 0
    return Slip(record.plan.id, record, dates, max(late, 0), record.days_overdue)


def _withdrawn(records: Iterable[Record], slips: Iterable[Slip]) -> Iterator[Left]:
    for record, slip in zip(records, slips, strict=True):
        withdrawn = record.action.withdrawn
        if record.withdrawn and withdrawn:
            yield Left(slip, "withdrawn", withdrawn.on, withdrawn.reason)


def _vanished(lives: Iterable[_Life], wanted: Wanted) -> Iterator[Left]:
    for dates, end in lives:
        if end is None or not concerns(end.standing, wanted):
            continue
        slip = Slip(end.plan_id, end.standing, dates)
        withdrawn = end.standing.action.withdrawn
        if withdrawn:
            yield Left(slip, "withdrawn", withdrawn.on, withdrawn.reason, end.revision)
        else:
            yield Left(slip, "vanished", end.revision.day, revision=end.revision)


def _changed(slip: Slip) -> bool:
    return bool(slip.dates.changes)


def _totals(slips: Sequence[Slip]) -> Totals:
    moved = [slip for slip in slips if slip.dates.moves]
    return Totals(
        actions=len(slips),
        dated=sum(slip.dates.first is not None for slip in slips),
        moved=len(moved),
        later=sum((slip.days or 0) > 0 for slip in moved),
        removed=sum(slip.dates.first is not None and slip.action.due is None for slip in slips),
        moves=sum(len(slip.dates.moves) for slip in moved),
        reasons=sum(slip.dates.reasons for slip in moved),
        net_days=sum(slip.days or 0 for slip in moved),
        overdue=sum(slip.days_overdue > 0 for slip in slips),
        overdue_original=sum(slip.days_overdue_original > 0 for slip in slips),
    )
