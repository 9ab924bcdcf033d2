"""The lives of actions: where each begins, what happens in it, and which goes on after a gap."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jtai_cli.facts.happenings import Happening, Walk, differences, standings
from jtai_cli.facts.reasons import last_day_of_reasons, reasons
from jtai_cli.facts.wording import same_action

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jtai_cli.facts.gaps import GapSpan
    from jtai_cli.facts.happenings import Standing
    from jtai_cli.facts.moments import Moment, Revision

    Key = tuple[str, str]


class Event(NamedTuple):
    """Something that happens in a life; lives are numbered in the order in which they begin."""

    life: int
    happening: Happening


class _Gone(NamedTuple):
    """A life that ended, and how the action last stood."""

    life: int
    last: Standing


class Lives:
    """A walk through a history that tells actions apart.

    A life is that of one action under one plan id and ref. It begins with being "added", also where
    the history itself begins. An action that had vanished and is there again in the same words is
    "added" once more, with what it was, and goes on: what changed meanwhile follows.
    """

    def __init__(self) -> None:
        self.begun: dict[str, Revision] = {}
        """Where each plan, by its id, is first seen."""
        self._walk = Walk()
        self._alive: dict[Key, int] = {}
        self._gone: dict[Key, list[_Gone]] = {}
        self._number = 0

    @property
    def gaps(self) -> tuple[GapSpan, ...]:
        """Where the walk could not see; to be asked when it is over."""
        return self._walk.gaps.spans()

    def events(self, moments: Iterable[Moment]) -> Iterator[Event]:
        """What happens from the first moment to the last, in order."""
        rest = iter(moments)
        for moment in rest:
            # up to the first plans nothing happens, and there they begin
            yield from self._told(self._walk.happenings((moment,)))
            if moment.plans:
                yield from self._told(_beginnings(moment))
                break
        yield from self._told(self._walk.happenings(rest))

    def _told(self, happenings: Iterable[Happening]) -> Iterator[Event]:
        for happening in happenings:
            key = happening.plan_id, happening.ref
            if happening.kind == "added":
                yield from self._come(key, happening)
            elif happening.kind == "vanished":
                life = self._alive.pop(key)
                self._gone.setdefault(key, []).append(_Gone(life, happening.standing))
                yield Event(life, happening)
            else:
                yield Event(self._alive[key], happening)

    def _come(self, key: Key, happening: Happening) -> Iterator[Event]:
        self.begun.setdefault(happening.plan_id, happening.revision)
        now = happening.standing
        gone = self._gone.get(key, [])
        was = next((one for one in reversed(gone) if _is_same(one.last, now)), None)
        if was is None:
            self._alive[key] = self._number
            yield Event(self._number, happening)
            self._number += 1
            return
        gone.remove(was)
        self._alive[key] = was.life
        day = happening.revision.day
        why = reasons(was.last.action, now.action, last_day_of_reasons(day))
        again = happening._replace(was=was.last, why=why)
        yield Event(was.life, again)
        for kind, before, after in differences(was.last, now, day):
            yield Event(was.life, again._replace(kind=kind, before=before, after=after))


def last_lives(happenings: Iterable[Happening]) -> list[Happening]:
    """Of what happened, in order, that which happened to the actions that are there in the end.

    What happened to another action while it had the ref of such a one is left out.
    """
    alive: dict[Key, list[int]] = {}
    gone: dict[Key, list[tuple[Standing, list[int]]]] = {}
    told = list(happenings)
    for number, one in enumerate(told):
        key = one.plan_id, one.ref
        if one.kind == "added":
            ended = gone.get(key, [])
            was = next((life for life in reversed(ended) if _is_same(life[0], one.standing)), None)
            if was is not None:
                ended.remove(was)
            alive[key] = was[1] if was is not None else []
        alive.setdefault(key, []).append(number)
        if one.kind == "vanished":
            gone.setdefault(key, []).append((one.standing, alive.pop(key)))
    kept = sorted(number for life in alive.values() for number in life)
    return [told[number] for number in kept]


def _beginnings(moment: Moment) -> Iterator[Happening]:
    for plan_id, held in moment.plans.items():
        for ref, now in standings(held.version).items():
            yield Happening(moment.revision, plan_id, ref, "added", None, None, None, now)


def _is_same(was: Standing, now: Standing) -> bool:
    return same_action(was.action.text, now.action.text)
