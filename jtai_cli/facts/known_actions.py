"""The actions that a history comes to know: their first due dates, and refs given to others."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from jtai_cli.facts.wording import same_action

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping

    from jtai_cli.facts.moments import Held, Moment
    from jtai_cli.plan.model import Action

    Key = tuple[str, str]


class _Set(NamedTuple):
    """The first date of an action, from the moment with this number on; None: it has none yet."""

    number: int
    due: dt.date | None


class _Gone(NamedTuple):
    """An action whose ref was another's from a moment on, and its first date, if it had one."""

    number: int
    action: Action
    due: dt.date | None


class KnownActions:
    """The first due date of each action, as far as a history had come at each of its moments.

    Moments are numbered from 0. A ref that is given to another action begins anew. An action that
    vanished and is there again has the date that it had, also when its ref was another's meanwhile.
    """

    def __init__(self) -> None:
        self._known: dict[str, dict[str, Action]] = {}
        self._sets: dict[str, dict[str, list[_Set]]] = {}
        self._gone: dict[Key, list[_Gone]] = {}

    def watched(self, moments: Iterable[Moment]) -> Iterator[Moment]:
        """The same moments, with an eye on their actions."""
        seen: Mapping[str, Held] = {}
        for number, moment in enumerate(moments):
            if moment.plans is not seen:
                for plan_id, held in moment.plans.items():
                    was = seen.get(plan_id)
                    # while a plan does not change, moments share what they hold of it
                    if was is not held and (was is None or was.version is not held.version):
                        self._look(number, plan_id, held, was)
                seen = moment.plans
            yield moment

    def first_due(self, number: int, plan_id: str, ref: str) -> dt.date | None:
        """The first date that an action had been given by the moment with this number, if any."""
        sets = self._sets.get(plan_id, {}).get(ref, ())
        # mostly there is one, and it is asked for once it is set
        if sets and sets[-1].number <= number:
            return sets[-1].due
        return next((one.due for one in reversed(sets) if one.number <= number), None)

    def reused(self, plan_id: str, after: int, until: int) -> frozenset[str]:
        """The refs of a plan that were given to another action after a moment, up to another."""
        return frozenset(
            ref
            for (of, ref), gone in self._gone.items()
            if of == plan_id and any(after < one.number <= until for one in gone)
        )

    def _look(self, number: int, plan_id: str, held: Held, last: Held | None) -> None:
        known = self._known.setdefault(plan_id, {})
        before = last.version.actions if last else ()
        for actions, old in zip_longest(held.version.actions, before, fillvalue=()):
            # mostly, only one objective has something new in it, and versions share the others
            for action in () if actions is old else actions:
                was = known.get(action.ref)
                if was is not action:
                    known[action.ref] = action
                    self._note(number, plan_id, was, action)

    def _note(self, number: int, plan_id: str, was: Action | None, now: Action) -> None:
        sets = self._sets.setdefault(plan_id, {}).setdefault(now.ref, [])
        if was is not None and not same_action(was.text, now.text):
            gone = self._gone.setdefault((plan_id, now.ref), [])
            had = (one.due for one in reversed(gone) if same_action(one.action.text, now.text))
            sets.append(_Set(number, next(had, None) or now.due))
            gone.append(_Gone(number, was, sets[-2].due))
        elif not sets or (sets[-1].due is None and now.due is not None):
            sets.append(_Set(number, now.due))
