"""Ratings that do not move and actions that nobody updates, by owner."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jtai_cli.facts.conditions import start_of
from jtai_cli.facts.following import Choice, choice_of
from jtai_cli.facts.life import Age, Since, aged, begin, last_update
from jtai_cli.facts.lives import Lives
from jtai_cli.facts.records import all_records, counted
from jtai_cli.facts.select import concerning

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from jtai_cli.facts.gaps import GapSpan
    from jtai_cli.facts.moments import Moment
    from jtai_cli.facts.records import Record
    from jtai_cli.facts.select import Wanted
    from jtai_cli.plan.load import LoadedPlan
    from jtai_cli.plan.model import Plan
    from jtai_cli.plan.refs import RefKey


class Aged(NamedTuple):
    """An open action, and the days since its progress rating changed and since it was updated.

    `updated` is the day of its last update, None where it has none: then `without_update` counts
    from where the action is first known.
    """

    record: Record
    rated: Since
    rated_for: int
    updated: dt.date | None
    without_update: int

    @property
    def quiet(self) -> int:
        """The days since either of the two last happened."""
        return min(self.rated_for, self.without_update)

    @property
    def order(self) -> tuple[int, int, str, RefKey]:
        """The longest quiet first, then the longest of both."""
        longest = max(self.rated_for, self.without_update)
        return -self.quiet, -longest, *self.record.order


class Owned(NamedTuple):
    """The open actions of an owner, by code and full name; None for those without one.

    `actions` are those that are listed, of so many that are `open`. `stale` have had no update for
    more days than the limit, and of `unmoved` the progress rating has not changed for as long.
    """

    code: str | None
    name: str | None
    open: int
    stale: int
    unmoved: int
    actions: tuple[Aged, ...]


class Ages(NamedTuple):
    """Open actions by owner as of a date; one of two owners is under both.

    `open`, `stale` and `unmoved` count each action once. `choice` says which actions are meant,
    `plans` are those of the last moment.
    """

    as_of: dt.date
    choice: Choice
    limit: int
    owners: tuple[Owned, ...]
    open: int
    stale: int
    unmoved: int
    gaps: tuple[GapSpan, ...]
    plans: tuple[Plan, ...]


def ages_of(
    moments: Iterable[Moment],
    plans: Sequence[LoadedPlan],
    as_of: dt.date,
    wanted: Wanted,
    limit: int,
) -> Ages:
    """The ages of all that is open in the end; `plans` are those of the last moment."""
    ages, gaps = _ages(moments)
    everything = all_records(plans, as_of)
    choice = choice_of(wanted, as_of, lambda: everything)
    records = counted(concerning(choice.among(everything), wanted))
    actions = [
        _aged(record, ages[record.plan.id, record.action.ref], as_of)
        for record in records
        if not record.complete
    ]
    owned: dict[tuple[str | None, str | None], list[Aged]] = {}
    for action in sorted(actions, key=lambda action: action.order):
        for owner in _owners(action.record, wanted):
            owned.setdefault(owner, []).append(action)
    owners = [
        Owned(*owner, *_counts(owned[owner], limit), tuple(owned[owner]))
        for owner in sorted(owned, key=_by_name)
    ]
    titled = tuple(loaded.plan for loaded in plans)
    return Ages(as_of, choice, limit, tuple(owners), *_counts(actions, limit), gaps, titled)


def old_only(ages: Ages) -> Ages:
    """The same counts, with only those actions listed that are older than the limit."""
    owners = (
        owned._replace(actions=tuple(one for one in owned.actions if is_old(one, ages.limit)))
        for owned in ages.owners
    )
    return ages._replace(owners=tuple(owners))


def is_old(action: Aged, limit: int) -> bool:
    """Whether an action had no update, or its rating no change, for more than so many days."""
    return action.without_update > limit or action.rated_for > limit


def _ages(
    moments: Iterable[Moment],
) -> tuple[dict[tuple[str, str], Age], tuple[GapSpan, ...]]:
    """The age of each action that ever was, the last life under each plan id and ref."""
    lives = Lives()
    by_life: dict[int, Age] = {}
    found: dict[tuple[str, str], Age] = {}
    for life, happening in lives.events(moments):
        age = by_life.get(life) or begin(happening, lives.begun)
        by_life[life] = found[happening.plan_id, happening.ref] = aged(age, happening)
    return found, lives.gaps


def _aged(record: Record, age: Age, as_of: dt.date) -> Aged:
    updated = last_update(record.action, as_of)
    silent_since = updated or _known_from(record.plan, age.known)
    without_update = max((as_of - silent_since).days, 0)
    return Aged(record, age.progress, age.progress.days(as_of), updated, without_update)


def _known_from(plan: Plan, known: Since) -> dt.date:
    """The day since which an action is known, or its plan, where that is older than its history."""
    start = start_of(plan) if known.at_least else None
    return min(start, known.revision.day) if start else known.revision.day


def _owners(record: Record, wanted: Wanted) -> Sequence[tuple[str | None, str | None]]:
    """Whom to ask about an action: its owners, of whom only those that are wanted, if some are."""
    folded = {code.casefold() for code in wanted.owner}
    codes = [code for code in record.action.owners if not folded or code.casefold() in folded]
    return [(code, record.plan.partners[code]) for code in dict.fromkeys(codes)] or [(None, None)]


def _by_name(owner: tuple[str | None, str | None]) -> tuple[bool, str, str]:
    """By full name, as letters are sorted; nobody comes last."""
    code, name = owner
    return code is None, (name or "").casefold(), code or ""


def _counts(actions: Sequence[Aged], limit: int) -> tuple[int, int, int]:
    """How many there are, how many had no update, and of how many the rating did not change."""
    stale = sum(action.without_update > limit for action in actions)
    return len(actions), stale, sum(action.rated_for > limit for action in actions)
