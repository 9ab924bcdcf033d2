import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from jtai_cli.plan.dates import why_not_a_date
from jtai_cli.plan.fields import Date

DATE: TypeAdapter[dt.date] = TypeAdapter(Date)


def is_date(text: object) -> bool:
    try:
        DATE.validate_python(text)
    except ValidationError:
        return False
    return True


@given(st.dates(dt.date(2000, 1, 1), dt.date(2100, 12, 31)))
def test_every_day_of_the_century_is_a_date(day: dt.date) -> None:
    assert DATE.validate_python(day.isoformat()) == day


@pytest.mark.parametrize(
    "written",
    [
        *("1999-12-31", "2101-01-01", "2025-02-29", "2025-02-30", "2025-04-31", "2025-00-10"),
        *("2025-6-30", "20250630", "2025-06-30T00:00:00", "2025-06-30 ", "0", "1750000000"),
        *("२०२५-०६-३०", "2025-06-30\n", "", 0, 1750000000, 1.5, True, None),
    ],
)
def test_nothing_else_is_a_date(written: object) -> None:
    assert not is_date(written)


@pytest.mark.parametrize(
    ("written", "rule", "said"),
    [
        ("2025-06-31", "impossible-date", "2025-06-31 is not a real date; June has 30 days"),
        ("2025-02-29", "impossible-date", "February has 28 days in 2025"),
        ("2024-02-30", "impossible-date", "February has 29 days in 2024"),
        ("2025-13-01", "impossible-date", "there is no month 13"),
        ("0000-01-32", "impossible-date", "January has 31 days"),
        ("1999-12-31", "date-out-of-range", "not between 2000 and 2100"),
        ("2101-01-01", "date-out-of-range", "not between 2000 and 2100"),
        ("2025-1-1", "date-format", "write 2025-01-01"),
        ("2025-06-30 ", "date-format", "no space around it"),
        ("30.06.2025", "date-format", "write 2025-06-30"),
        ("30.06.25", "date-format", "write 2025-06-30"),
        ("30/06/2025", "date-format", "write 2025-06-30"),
        ("1-2-2025", "date-format", "write 2025-02-01"),
        ("30 June 2025", "date-format", "write 2025-06-30"),
        ("3rd Sept. 25", "date-format", "write 2025-09-03"),
        ("31/06/17", "date-format", "June has 30 days"),
        ("31 June 2017", "date-format", "June has 30 days"),
        ("06/30/2025", "date-format", "there is no month 30"),
        ("30/06/1925", "date-format", "a date is written as YYYY-MM-DD"),
        ("June 2025", "date-format", "for example 2025-06-30 for the end of the month"),
        ("February 2024", "date-format", "2024-02-29"),
        ("Smarch 2025", "date-format", "for example 2025-06-30"),
        ("30 Smarch 2025", "date-format", "for example 2025-06-30"),
        ("In place", "date-format", "put the words in 'due_note'"),
        ("TBC", "date-format", "'tbc' is not a date"),
        ("null", "date-format", "put the words in 'due_note'"),
    ],
)
def test_why_a_text_is_not_a_date(written: str, rule: str, said: str) -> None:
    why = why_not_a_date(written, "due")

    assert why.rule == rule
    assert said in f"{why.message}; {why.hint}"


def test_space_is_spoken_of_where_there_is_some() -> None:
    assert why_not_a_date("2025-1-1", "due").message == "a date is written as YYYY-MM-DD"
    assert why_not_a_date(" 2025-1-1", "due").message == (
        "a date is written as YYYY-MM-DD, with no space around it"
    )


def test_an_impossible_date_may_be_known_or_not() -> None:
    assert why_not_a_date("2025-06-31", "closed").hint == (
        "write the date that is meant, or leave the line out if the date is not known"
    )


def test_only_a_due_date_has_a_place_for_words() -> None:
    assert why_not_a_date("In place", "closed").hint == (
        "for example 2025-06-30; leave the line out if the date is not known"
    )


@given(st.text(max_size=30))
def test_there_is_a_reason_for_any_text(text: str) -> None:
    assert why_not_a_date(text, "due").message


@given(st.integers(0, 9999), st.integers(0, 99), st.integers(0, 99))
def test_there_is_a_reason_for_any_numbers(year: int, month: int, day: int) -> None:
    for written in (f"{year:04}-{month:02}-{day:02}", f"{day}/{month}/{year}"):
        assert why_not_a_date(written, "due").message
