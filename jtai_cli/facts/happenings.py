"""What happened to actions, commit by commit: ratings, dates, owners, words, coming and going."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, get_args

from jtai_cli.facts.gaps import Gaps
from jtai_cli.facts.ladder import Ladder
from jtai_cli.facts.reasons import last_day_of_reasons, reasons
from jtai_cli.facts.wording import one_line, same_action

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from jtai_cli.facts.moments import Held, Moment, Revision
    from jtai_cli.plan.model import Action, Objective, Update, Withdrawal
    from jtai_cli.plan.scheme import Scheme
    from jtai_cli.plan.versions import PlanVersion

Kind = Literal[
    "completed",
    "reopened",
    "improved",
    "worsened",
    "impact-improved",
    "impact-worsened",
    "due-moved",
    "due-set",
    "due-removed",
    "owner-changed",
    "text-changed",
    "added",
    "withdrawn",
    "withdrawn-by-date",
    "reinstated",
    "vanished",
]
"""What can happen to an action: to its progress, impact, date, owners, words or place in the plan.

A first rating is an improvement or a worsening of "not rated". "withdrawn" is also that a
withdrawal has another date. "withdrawn-by-date" is the coming of the day for which a withdrawal was
written: no edit, so no walk gives it. "vanished" is gone without being withdrawn, or with its ref
on another action; one that comes back is "added" again.
"""

KINDS: tuple[Kind, ...] = get_args(Kind)

Value: TypeAlias = "str | dt.date | tuple[str, ...] | None"


class Standing(NamedTuple):
    """An action as one version of its plan has it."""

    objective: Objective
    action: Action
    scheme: Scheme


class Happening(NamedTuple):
    """One thing that happened to one action, by one commit.

    `before` and `after` are what changed: a rating as written, a date, owners, words, the reason of
    a withdrawal; `after` of what vanished are the words that its ref was given. `was` and `now` are
    the whole action, None where it is not in the plan. `why` are the updates that the same edit
    added, none of them dated after the day that followed it.
    """

    revision: Revision
    plan_id: str
    ref: str
    kind: Kind
    before: Value
    after: Value
    was: Standing | None
    now: Standing | None
    why: tuple[Update, ...] = ()

    @property
    def standing(self) -> Standing:
        """The action as it is after this, or as it last was."""
        found = self.now or self.was
        assert found is not None  # noqa: S101 - something happened to something
        return found

    @property
    def when_withdrawn(self) -> bool:
        """Whether it befell an action that was withdrawn on the day of the commit.

        Also where the same edit withdraws it; the withdrawal itself does not count as such.
        """
        own = self.kind in ("withdrawn", "withdrawn-by-date")
        return not own and _has_left(self.standing.action, self.revision.day)

    @property
    def days(self) -> int | None:
        """By how many days a date moved, below 0 when it was brought forward."""
        if isinstance(self.before, dt.date) and isinstance(self.after, dt.date):
            return (self.after - self.before).days
        return None


class Walk:
    """A walk through a history, which says what happens and remembers where it could not see.

    What happened while a plan did not load is known when it loads again, and is said of that
    commit. The first moment at which there are plans is where the walk begins: there, nothing
    happens.
    """

    def __init__(self) -> None:
        self.gaps = Gaps()
        self._last: dict[str, Held] = {}
        self._begun = False
        self._seen: tuple[object, object] = (None, None)

    @property
    def begun(self) -> bool:
        """Whether there has been a plan."""
        return self._begun

    @property
    def plans(self) -> dict[str, Held]:
        """The plans as they stand, by id; of one that can't be read, the last that could be."""
        return dict(self._last)

    def happenings(self, moments: Iterable[Moment]) -> Iterator[Happening]:
        """What happens from moment to moment, in order; may be called again to walk on."""
        for moment in moments:
            plans, gaps = self._seen
            # while no plan changes, moments share their mappings
            if moment.plans is not plans or moment.gaps is not gaps:
                self._seen = moment.plans, moment.gaps
                yield from self._step(moment)

    def _step(self, moment: Moment) -> Iterator[Happening]:
        self.gaps.at(moment)
        for plan_id, held in moment.plans.items():
            last = self._last.get(plan_id)
            if last is None or last.version is not held.version:
                before = last.version if last else None
                if self._begun:
                    yield from between(moment.revision, plan_id, before, held.version)
            self._last[plan_id] = held
        for plan_id in sorted(self._last.keys() - moment.plans.keys()):
            if moment.gap_of(plan_id, self._last[plan_id].file) is None:
                gone = self._last.pop(plan_id)
                yield from between(moment.revision, plan_id, gone.version, None)
        self._begun = self._begun or bool(moment.plans)


def between(
    revision: Revision, plan_id: str, old: PlanVersion | None, new: PlanVersion | None
) -> Iterator[Happening]:
    """What happened to the actions of a plan from one version to the next; None where it is not.

    In the order of the new version; what is no longer there comes last.
    """
    before, after = standings(old), standings(new)
    last_day = last_day_of_reasons(revision.day)
    for ref, now in after.items():
        was = before.get(ref)
        if was is not None and was.action is now.action and was.scheme is now.scheme:
            continue
        if was is not None and not same_action(was.action.text, now.action.text):
            words = now.action.text
            yield Happening(revision, plan_id, ref, "vanished", None, words, was, None)
            was = None
        for kind, one, other in differences(was, now, revision.day):
            why = reasons(was.action, now.action, last_day) if was else ()
            yield Happening(revision, plan_id, ref, kind, one, other, was, now, why)
    for ref, was in before.items():
        if ref not in after:
            yield Happening(revision, plan_id, ref, "vanished", None, None, was, None)


def standings(version: PlanVersion | None) -> Mapping[str, Standing]:
    """The actions of a version by ref, in the order they stand."""
    if version is None:
        return {}
    scheme = version.frame.rag
    return {
        action.ref: Standing(objective, action, scheme) for objective, action in version.placed()
    }


def differences(
    was: Standing | None, now: Standing, day: dt.date | None = None
) -> Iterator[tuple[Kind, Value, Value]]:
    """What sets an action apart from what it was: kind, before and after of each difference.

    Of what has left the totals by the day, if one is given, nothing is said that it no longer says.
    """
    if was is None:
        yield "added", None, None
        return
    old, new = was.action, _as_it_was(was.action, now.action, day)
    ladder = Ladder(was.scheme, now.scheme)
    yield from _progress(ladder, old, new)
    impact = ladder.move(old.impact, new.impact)
    if impact:
        yield "impact-improved" if impact > 0 else "impact-worsened", old.impact, new.impact
    if old.due != new.due:
        kind: Kind = "due-moved" if old.due and new.due else "due-set"
        yield kind if new.due else "due-removed", old.due, new.due
    if set(old.owners) != set(new.owners):
        yield "owner-changed", old.owners, new.owners
    if one_line(old.text) != one_line(new.text):
        yield "text-changed", old.text, new.text
    yield from _withdrawal(old.withdrawn, new.withdrawn)


def _as_it_was(old: Action, new: Action, day: dt.date | None) -> Action:
    """What has left the totals; ratings and owners that it no longer has are as they were."""
    if day is None or not _has_left(new, day):
        return new
    fields = ("progress", "impact", "owners")
    return new.model_copy(update={f: getattr(old, f) for f in fields if not getattr(new, f)})


def _has_left(action: Action, day: dt.date) -> bool:
    """Whether an action has left the totals by a day."""
    return action.withdrawn is not None and action.withdrawn.on <= day


def _withdrawal(
    was: Withdrawal | None, now: Withdrawal | None
) -> Iterator[tuple[Kind, Value, Value]]:
    if now and (was is None or was.on != now.on):
        yield "withdrawn", was.reason if was else None, now.reason
    if was and now is None:
        yield "reinstated", was.reason, None


def _progress(ladder: Ladder, old: Action, new: Action) -> Iterator[tuple[Kind, Value, Value]]:
    was, now = ladder.complete(old.progress, new.progress)
    move = ladder.move(old.progress, new.progress)
    if was != now:
        yield "completed" if now else "reopened", old.progress, new.progress
    elif move:
        yield "improved" if move > 0 else "worsened", old.progress, new.progress
