"""Why a text is not a date that a plan can hold, and which date may be meant."""

from __future__ import annotations

import calendar
import re
from typing import NamedTuple

FIRST_YEAR, LAST_YEAR = 2000, 2100

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[./ -]([0-9]{1,2})[./ -]([0-9]{4}|[0-9]{2})")
_DAY_NAMED = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[ -]+([a-z]+)\.?,?[ -]+([0-9]{4}|[0-9]{2})")
_MONTH_NAMED = re.compile(r"([a-z]+)[ -]+([0-9]{4})")
_FORM = "a date is written as YYYY-MM-DD"
_NOTHING = frozenset({"null", "~", "none", "n/a", "na", "tbc", "tba", "tbd", "-", "?"})


class NotADate(NamedTuple):
    """Which rule a text breaks as a date, in what way, and what to write."""

    rule: str
    message: str
    hint: str | None


def why_not_a_date(written: str, field: str) -> NotADate:
    """Explain why the text of a date field is not YYYY-MM-DD in 2000 to 2100.

    Numbers separated by points, slashes or spaces are read as day, month, year, as in Britain.
    """
    otherwise = (
        "put the words in 'due_note' and leave 'due' out"
        if field == "due"
        else "leave the line out if the date is not known"
    )
    text = written.strip().casefold()
    iso = _ISO.fullmatch(text)
    if iso:
        year, month, day = map(int, iso.groups())
        why = _iso(written.strip(), (year, month, day), otherwise)
        spaced = why.message == _FORM and written != written.strip()
        return why._replace(message=f"{_FORM}, with no space around it") if spaced else why
    parts = _parts(text)
    if parts is None:
        if text in _NOTHING:
            return NotADate("date-format", f"'{text}' is not a date", otherwise)
        month_only = _MONTH_NAMED.fullmatch(text)
        if month_only and month_only[1][:3] in _MONTHS:
            month = _MONTHS.index(month_only[1][:3]) + 1
            last = f"{month_only[2]}-{month:02}-{_days(int(month_only[2]), month):02}"
            hint = f"write the day too, for example {last} for the end of the month"
            return NotADate("date-format", _FORM, hint)
        return NotADate("date-format", _FORM, f"for example 2025-06-30; {otherwise}")
    year, month, day = parts
    if _real(year, month, day) and FIRST_YEAR <= year <= LAST_YEAR:
        return NotADate("date-format", _FORM, f"write {year}-{month:02}-{day:02}")
    wrong = _impossible(year, month, day)
    return NotADate("date-format", f"{_FORM}, and {wrong}" if wrong else _FORM, otherwise)


def _iso(written: str, date: tuple[int, int, int], otherwise: str) -> NotADate:
    year, month, day = date
    wrong = _impossible(year, month, day)
    if wrong:
        message = f"{written} is not a real date; {wrong}"
        return NotADate("impossible-date", message, f"write the date that is meant, or {otherwise}")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        message = f"{written} is not between {FIRST_YEAR} and {LAST_YEAR}"
        return NotADate("date-out-of-range", message, "look for a slip in the year")
    return NotADate("date-format", _FORM, f"write {year}-{month:02}-{day:02}")


def _parts(text: str) -> tuple[int, int, int] | None:
    """Year, month and day of a date in a British form, if the text has one."""
    numbers = _DAY_FIRST.fullmatch(text)
    if numbers:
        day, month, year = map(int, numbers.groups())
    else:
        named = _DAY_NAMED.fullmatch(text)
        if not named or named[2][:3] not in _MONTHS:
            return None
        day, month, year = int(named[1]), _MONTHS.index(named[2][:3]) + 1, int(named[3])
    return (year + 2000 if year < 100 else year), month, day


def _real(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= _days(year, month)


def _impossible(year: int, month: int, day: int) -> str | None:
    if not 1 <= month <= 12:
        return f"there is no month {month}"
    if not 1 <= day <= _days(year, month):
        of_year = f" in {year}" if month == 2 else ""
        return f"{calendar.month_name[month]} has {_days(year, month)} days{of_year}"
    return None


def _days(year: int, month: int) -> int:
    # the calendar knows no year 0, which a text can say
    return calendar.monthrange(max(year, 1), month)[1]
