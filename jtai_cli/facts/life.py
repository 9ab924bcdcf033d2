"""The life of one action, and how long it has stood as it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from jtai_cli.facts.lives import Lives

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from jtai_cli.facts.gaps import GapSpan
    from jtai_cli.facts.happenings import Happening, Kind
    from jtai_cli.facts.moments import Moment, Revision
    from jtai_cli.facts.records import Record
    from jtai_cli.plan.model import Action

_SINCE: Mapping[Kind, Literal["progress", "impact", "due"]] = {
    "completed": "progress",
    "reopened": "progress",
    "improved": "progress",
    "worsened": "progress",
    "impact-improved": "impact",
    "impact-worsened": "impact",
    "due-moved": "due",
    "due-set": "due",
    "due-removed": "due",
}


class Since(NamedTuple):
    """The commit from which on something has been as it is.

    `at_least` when it was so where the history of the plan begins: it may have been so before.
    """

    revision: Revision
    at_least: bool = False

    def days(self, as_of: dt.date) -> int:
        """The days from then to a date, 0 where it is before."""
        return max((as_of - self.revision.day).days, 0)


class Age(NamedTuple):
    """Since when an action is in the plan, and has its ratings and its date, or has none."""

    known: Since
    progress: Since
    impact: Since
    due: Since


class Life(NamedTuple):
    """What happened to an action from its beginning on, the first of which is that it is "added".

    `updated` is the day of its last update, None where it has none. `gaps` are those of its plan.
    """

    happenings: tuple[Happening, ...]
    age: Age
    updated: dt.date | None
    gaps: tuple[GapSpan, ...]


def life_of(moments: Iterable[Moment], record: Record, as_of: dt.date) -> Life | None:
    """The life of an action of the last moment; None when it is not there.

    Only the plan that it stands in is looked at.
    """
    lives, plan_id, ref = Lives(), record.plan.id, record.action.ref
    files: set[str] = set()
    told: dict[int, list[Happening]] = {}
    current: int | None = None
    for event in lives.events(_of_plan(moment, plan_id, files) for moment in moments):
        if event.happening.ref == ref:
            told.setdefault(event.life, []).append(event.happening)
            current = None if event.happening.kind == "vanished" else event.life
    if current is None:
        return None
    happenings = told[current]
    age = begin(happenings[0], lives.begun)
    for happening in happenings:
        age = aged(age, happening)
    gaps = (span for span in lives.gaps if span.gap.plan_id == plan_id or span.gap.file in files)
    return Life(tuple(happenings), age, last_update(record.action, as_of), tuple(gaps))


def begin(beginning: Happening, begun: Mapping[str, Revision]) -> Age:
    """The age of an action at its beginning; `begun` says where each plan is first seen."""
    revision = beginning.revision
    since = Since(revision, at_least=begun[beginning.plan_id] == revision)
    return Age(since, since, since, since)


def aged(age: Age, happening: Happening) -> Age:
    """The age after something happened to the action."""
    field = _SINCE.get(happening.kind)
    return age if field is None else age._replace(**{field: Since(happening.revision)})


def last_update(action: Action, as_of: dt.date) -> dt.date | None:
    """The day of the last update up to a date, None when there is none."""
    return max((update.on for update in action.updates if update.on <= as_of), default=None)


def _of_plan(moment: Moment, plan_id: str, files: set[str]) -> Moment:
    """A plan alone, the files that it stands in noted, and what may be it and can't be read."""
    held = moment.plans.get(plan_id)
    if held is not None:
        files.add(held.file)
    gaps = {file: gap for file, gap in moment.gaps.items() if gap.plan_id in (plan_id, None)}
    return moment._replace(plans={plan_id: held} if held else {}, gaps=gaps)
