"""Which updates of an edit give a reason for it."""

import datetime as dt
from typing import Any

import pytest

from jtai_cli.facts.reasons import last_day_of_reasons, misdated, reasons
from jtai_cli.plan.model import Action
from tests.facts.moments import plan

OLD = {"on": "2025-05-01", "text": "Asked"}
NEW = {"on": "2025-06-01", "text": "Answered"}
LATE = {"on": "2025-07-01", "text": "Asked again"}


def action(*updates: dict[str, Any]) -> Action:
    return plan({"updates": list(updates)}).plan.objectives[0].actions[0]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([], [], []),
        ([OLD], [OLD], []),
        ([], [OLD, NEW], ["Asked", "Answered"]),
        ([OLD], [OLD, NEW], ["Answered"]),
        ([OLD], [OLD, {"on": "2025-05-01", "text": "Also"}], ["Also"]),
        # dated before what was there
        ([NEW], [OLD, NEW], []),
        # a copy, with its lines broken otherwise
        ([OLD], [OLD, OLD], []),
        ([{"on": "2025-05-01", "text": "a b"}], [{"on": "2025-05-01", "text": "a\nb"}], []),
        # another wording of the one that was there, and one beside it
        ([OLD], [{"on": "2025-05-01", "text": "Has asked"}], []),
        ([OLD], [{"on": "2025-05-01", "text": "Has asked"}, NEW], ["Has asked", "Answered"]),
        # nothing is said
        ([], [{"on": "2025-05-01", "text": "…"}], []),
        ([], [{"on": "2025-05-01", "text": "TBC."}], []),
        ([], [{"on": "2025-05-01", "text": "n/a"}], []),
    ],
)
def test_reasons(old: list[Any], new: list[Any], expected: list[str]) -> None:
    assert [update.text for update in reasons(action(*old), action(*new))] == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2025-05-30", []), ("2025-05-31", ["Answered"]), ("9999-12-31", ["Answered"])],
)
def test_an_update_of_the_future_gives_no_reason(day: str, expected: list[str]) -> None:
    found = reasons(action(OLD), action(OLD, NEW), last_day_of_reasons(dt.date.fromisoformat(day)))
    assert [update.text for update in found] == expected


def test_an_earlier_update_of_the_future_keeps_no_reason_out() -> None:
    found = reasons(action(LATE), action(NEW, LATE), dt.date(2025, 6, 1))
    assert [update.text for update in found] == ["Answered"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([NEW], [NEW], None),
        ([OLD], [OLD, NEW], None),
        ([NEW], [OLD, NEW], "its new update is dated 2025-05-01, before that of 2025-06-01"),
        ([], [LATE], "its new update is dated 2025-07-01, a day that is still to come"),
        ([LATE], [OLD, LATE], None),
        # another wording of one that was there is no new one
        ([OLD, NEW], [{"on": "2025-05-01", "text": "Has asked"}, NEW], None),
    ],
)
def test_whoever_dates_a_reason_wrongly_is_told_so(
    old: list[Any], new: list[Any], expected: str | None
) -> None:
    hint = misdated(action(*old), action(*new), dt.date(2025, 6, 2))
    assert hint == (expected and f"{expected}: date it today")
