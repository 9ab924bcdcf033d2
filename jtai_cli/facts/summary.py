"""Counts and shares over a set of actions."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from jtai_cli.facts.records import UNRATED, Record, counted
from jtai_cli.plan.scheme import STANDINGS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from jtai_cli.plan.scheme import Rating, Scheme

DUE_SOON_DAYS = 30


class Share(NamedTuple):
    """So many of so many."""

    part: int
    of: int

    @property
    def percent(self) -> int | None:
        """The percentage, rounded half up; 100 only for all, 0 only for none; None of nothing."""
        if self.of == 0:
            return None
        if self.part in (0, self.of):
            return 100 * self.part // self.of
        rounded = (200 * self.part + self.of) // (2 * self.of)
        return min(max(rounded, 1), 99)


class Summary(NamedTuple):
    """The figures of a set of actions as of a date; withdrawn actions are counted, and that is all.

    `standing` has every standing and "unrated", best first. `progress` and `impact` have every
    rating of the scheme by its key, best first, and "unrated"; None over different schemes.
    """

    actions: int
    complete: Share
    complete_or_on_track: Share
    standing: dict[str, int]
    progress: dict[str, int] | None
    impact: dict[str, int] | None
    overdue: int
    overdue_standing: dict[str, int]
    due_soon: int
    undated: int
    withdrawn: int


def summarise(records: Sequence[Record], as_of: dt.date, scheme: Scheme | None) -> Summary:
    """Count records; `scheme` is the one that all of them share, or None."""
    actions = counted(records)
    standing = _by_standing(actions)
    total = len(actions)
    overdue = [record for record in actions if record.days_overdue]
    late = _by_standing(overdue)
    # an overdue action is never complete, so the key would always say 0
    del late["complete"]
    return Summary(
        actions=total,
        complete=Share(standing["complete"], total),
        complete_or_on_track=Share(standing["complete"] + standing["on_track"], total),
        standing=standing,
        progress=_by_rating([record.progress for record in actions], scheme),
        impact=_by_rating([record.impact for record in actions], scheme),
        overdue=len(overdue),
        overdue_standing=late,
        due_soon=len([one for one in actions if one.due_within(as_of, DUE_SOON_DAYS)]),
        undated=len([record for record in actions if record.action.due is None]),
        withdrawn=len(records) - total,
    )


def shared_scheme(schemes: Iterable[Scheme]) -> Scheme | None:
    """The scheme that all of them are, if they are one."""
    different = list(schemes)
    first = different[0] if different else None
    return first if all(scheme == first for scheme in different) else None


def _by_standing(records: Iterable[Record]) -> dict[str, int]:
    counts = Counter([record.standing for record in records])
    return {standing: counts[standing] for standing in (*STANDINGS, UNRATED)}


def _by_rating(ratings: Iterable[Rating | None], scheme: Scheme | None) -> dict[str, int] | None:
    if scheme is None:
        return None
    counts = Counter([rating.key if rating else UNRATED for rating in ratings])
    return {key: counts[key] for key in (*(rating.key for rating in scheme.ratings), UNRATED)}
