import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jtai_cli.facts.calendar import EVERY, Every, ends_before

DAYS = {"week": 7, "month": 31, "quarter": 92}


@pytest.mark.parametrize(
    ("every", "day", "ends"),
    [
        # 10 August 2025 is a Sunday
        ("week", "2025-08-07", ["2025-07-20", "2025-07-27", "2025-08-03"]),
        ("week", "2025-08-10", ["2025-07-20", "2025-07-27", "2025-08-03"]),
        ("week", "2025-08-11", ["2025-07-27", "2025-08-03", "2025-08-10"]),
        ("month", "2025-08-07", ["2025-05-31", "2025-06-30", "2025-07-31"]),
        ("month", "2025-08-31", ["2025-05-31", "2025-06-30", "2025-07-31"]),
        ("month", "2024-03-01", ["2023-12-31", "2024-01-31", "2024-02-29"]),
        ("quarter", "2025-08-07", ["2024-12-31", "2025-03-31", "2025-06-30"]),
        ("quarter", "2025-12-31", ["2025-03-31", "2025-06-30", "2025-09-30"]),
        ("week", "0001-01-09", ["0001-01-07"]),
        ("month", "0001-03-09", ["0001-01-31", "0001-02-28"]),
        ("quarter", "0001-03-09", []),
    ],
)
def test_the_ends_before_a_day(every: Every, day: str, ends: list[str]) -> None:
    found = ends_before(dt.date.fromisoformat(day), every, 3)
    assert [end.isoformat() for end in found] == ends


@given(day=st.dates(dt.date(1, 1, 1)), every=st.sampled_from(EVERY), count=st.integers(0, 100))
def test_ends_follow_each_other_up_to_the_day(day: dt.date, every: Every, count: int) -> None:
    ends = [*ends_before(day, every, count), day]
    steps = [(later - end).days for end, later in pairwise(ends)]
    assert len(ends) <= count + 1
    assert all(0 < step <= DAYS[every] for step in steps)
