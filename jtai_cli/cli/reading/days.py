"""Days where the plans are: a commit's time is a moment, a board's date is a day in London."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

_LONDON = ZoneInfo("Europe/London")


def day_of(time: dt.datetime) -> dt.date:
    """The day in London on which a moment lies."""
    try:
        return time.astimezone(_LONDON).date()
    except OverflowError:  # at either end of the calendar
        return time.date()


def end_of(day: dt.date) -> dt.datetime:
    """The last second of a day in London."""
    following = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), _LONDON)
    return following.astimezone(dt.UTC) - dt.timedelta(seconds=1)
