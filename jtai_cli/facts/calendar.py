"""The last days of weeks, months and quarters."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Iterator

Every = Literal["week", "month", "quarter"]
"""How far apart days of a series are; a week ends on a Sunday."""

EVERY: tuple[Every, ...] = get_args(Every)
_MONTHS = {"month": 1, "quarter": 3}


def ends_before(day: dt.date, every: Every, count: int) -> list[dt.date]:
    """The last days of so many weeks, months or quarters that end before a day, oldest first.

    Fewer where the calendar begins.
    """
    ends = _weeks(day) if every == "week" else _months(day, _MONTHS[every])
    return [end for end, _ in zip(ends, range(count), strict=False)][::-1]


def _weeks(day: dt.date) -> Iterator[dt.date]:
    end = day.toordinal() - day.isoweekday()
    while end > 0:
        yield dt.date.fromordinal(end)
        end -= 7


def _months(day: dt.date, step: int) -> Iterator[dt.date]:
    """The days before the first of each month, or of every third."""
    months = 12 * day.year + (day.month - 1) // step * step
    while months > 12:
        yield dt.date(months // 12, months % 12 + 1, 1) - dt.timedelta(days=1)
        months -= step
