from typing import Any

import pytest

from jtai_cli.facts.planned import FirstDates
from tests.facts.moments import Broken, history, plan

JUNE, JULY, MAY = ({"due": f"2025-0{month}-01"} for month in (6, 7, 5))
ASK, TRAIN = {"text": "Ask every child what they think"}, {"text": "Train all managers"}


def first_dates(*versions: Any) -> list[str | None]:
    """The first date of 1.1 at each of the moments, in short."""
    firsts = FirstDates()
    moments = list(firsts.watched(history(*versions)))
    dates = [firsts.at(number, "p", "1.1") for number in range(len(moments))]
    return [date.strftime("%b") if date else None for date in dates]


@pytest.mark.parametrize(
    ("actions", "dates"),
    [
        ([JUNE, JULY, MAY], ["Jun", "Jun", "Jun"]),
        ([{}, JULY, MAY], [None, "Jul", "Jul"]),
        ([JUNE, {}, JULY], ["Jun", "Jun", "Jun"]),
        ([JUNE, None, JULY], ["Jun", "Jun", "Jun"]),
        ([ASK | JUNE, TRAIN | JULY], ["Jun", "Jul"]),
        ([ASK | JUNE, TRAIN, TRAIN | JULY], ["Jun", None, "Jul"]),
        ([ASK | JUNE, ASK | {"text": "Ask every child"} | JULY], ["Jun", "Jun"]),
    ],
)
def test_the_first_date_of_an_action(
    actions: list[dict[str, Any] | None], dates: list[str | None]
) -> None:
    assert first_dates(*(plan(action) for action in actions)) == dates


def test_what_can_not_be_read_changes_nothing() -> None:
    assert first_dates(None, plan(JUNE), Broken("p"), plan(JULY)) == [None, "Jun", "Jun", "Jun"]


def test_moments_and_versions_that_are_shared() -> None:
    first, second, third = history(plan(JUNE), plan(JULY), None)
    same = second._replace(plans=first.plans)
    version = third._replace(plans=dict(first.plans))
    firsts = FirstDates()
    assert list(firsts.watched([first, same, version])) == [first, same, version]
    dates = [firsts.at(number, "p", "1.1") for number in range(3)]
    assert [date and date.month for date in dates] == [6, 6, 6]
