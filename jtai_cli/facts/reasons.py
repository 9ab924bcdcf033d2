"""The updates that an edit adds to an action: the reasons that it gives."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from jtai_cli.facts.wording import one_line, says_something

if TYPE_CHECKING:
    from jtai_cli.plan.model import Action, Update

_ONE_DAY = dt.timedelta(days=1)


def last_day_of_reasons(day: dt.date | None) -> dt.date:
    """The last day on which an update may be dated to give a reason for an edit of a day.

    Where the update is written it may be tomorrow already.
    """
    return dt.date.max if day is None else min(day, dt.date.max - _ONE_DAY) + _ONE_DAY


def reasons(old: Action, new: Action, last_day: dt.date = dt.date.max) -> tuple[Update, ...]:
    """The updates that an edit adds, as the log has them, none of them after a last day.

    One that says nothing gives no reason, nor does one that is dated before those that were there.
    A copy says nothing new, nor does a new wording of an entry that was there. How lines are
    broken makes no difference.
    """
    if old.updates == new.updates:
        return ()
    before, after = set(map(said, old.updates)), set(map(said, new.updates))
    last = _last_update(old, last_day)
    added = {
        said(update): update
        for update in new.updates
        if last <= update.on <= last_day and said(update) not in before
        if says_something(update.text)
    }
    return tuple(added.values()) if len(added) > len(before - after) else ()


def misdated(old: Action, new: Action, last_day: dt.date) -> str | None:
    """A hint to an update that an edit adds and that gives no reason because of its day."""
    before, after = set(map(said, old.updates)), set(map(said, new.updates))
    days = sorted(day for day, _, _ in after - before)
    if days and days[-1] > last_day:
        return f"its new update is dated {days[-1]}, a day that is still to come: date it today"
    last = _last_update(old, last_day)
    if len(days) > len(before - after) and days[-1] < last:
        return f"its new update is dated {days[-1]}, before that of {last}: date it today"
    return None


def _last_update(action: Action, last_day: dt.date) -> dt.date:
    """The day of the last update; what comes before one of the future is not out of its place."""
    days = (update.on for update in action.updates if update.on <= last_day)
    return max(days, default=dt.date.min)


def said(update: Update) -> tuple[dt.date, str | None, str]:
    """What an update says, however its lines are broken."""
    return update.on, update.by, one_line(update.text)
