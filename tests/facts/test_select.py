import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from jtai_cli.facts.records import all_records, records_of
from jtai_cli.facts.select import VALUE_FIELDS, Wanted, fits, overdue, possible, select
from jtai_cli.plan.load import LoadedPlan

Build = Callable[..., LoadedPlan]
AS_OF = dt.date(2025, 8, 7)
WITHDRAWN = {"withdrawn": {"on": "2025-01-01", "reason": "Merged"}}


def selected(plan: LoadedPlan, **wanted: Any) -> list[str]:
    records = records_of(plan, AS_OF)
    return [record.action.ref for record in select(records, Wanted(**wanted), AS_OF)]


@pytest.fixture(scope="module")
def plan(build: Build) -> LoadedPlan:
    first = {
        "owners": ["TVP", "BFFC"],
        "theme": "Data",
        "level": "strategic",
        "progress": "Green",
        "impact": "amber",
        "due": "2025-08-01",
    }
    second = {"owners": ["BFFC"], "progress": "blue", "due": "2025-08-20"}
    third = {"due": "2025-08-20", "level": "operational"}
    return build(
        objectives=[
            {"ref": "1", "title": "A", "lead": "TVP", "actions": [first, second]},
            {"ref": "2", "title": "B", "actions": [third, {}, {"theme": "Data", **WITHDRAWN}]},
        ]
    )


@pytest.mark.parametrize(
    ("wanted", "refs"),
    [
        ({}, ["1.1", "1.2", "2.1", "2.2"]),
        ({"owner": ("tvp",)}, ["1.1"]),
        ({"owner": ("TVP", "BFFC")}, ["1.1", "1.2"]),
        ({"lead": ("TVP",)}, ["1.1", "1.2"]),
        ({"objective": ("2",)}, ["2.1", "2.2"]),
        ({"theme": ("DATA",)}, ["1.1"]),
        ({"level": ("operational",)}, ["2.1"]),
        ({"progress": ("GREEN",)}, ["1.1"]),
        ({"impact": ("amber",)}, ["1.1"]),
        ({"overdue": True}, ["1.1"]),
        ({"undated": True}, ["2.2"]),
        ({"unrated": True}, ["2.1", "2.2"]),
        ({"due_within": 13}, ["2.1"]),
        ({"due_within": 12}, []),
        ({"owner": ("BFFC",), "progress": ("blue",)}, ["1.2"]),
        ({"owner": ("BFFC",), "undated": True}, []),
    ],
)
def test_select(plan: LoadedPlan, wanted: dict[str, Any], refs: list[str]) -> None:
    assert selected(plan, **wanted) == refs


def test_actions_are_listed_by_plan_and_by_ref_as_people_count(build: Build) -> None:
    refs = ["10.1", "5.4", "5.3.1", "5.3", "2.1"]
    plans = [build(*({"ref": ref} for ref in refs), id=name) for name in ("b", "a")]
    chosen = select(all_records(plans, AS_OF), Wanted(), AS_OF)
    assert [(record.plan.id, record.action.ref) for record in chosen] == [
        (name, ref) for name in "ab" for ref in ("2.1", "5.3", "5.3.1", "5.4", "10.1")
    ]


def test_what_is_late_longest_comes_first_then_by_ref(build: Build) -> None:
    plan = build(
        {"ref": "10.1", "due": "2025-07-01"},
        {"ref": "2.1", "due": "2025-07-01"},
        {"ref": "9.9", "due": "2025-06-01"},
        {"ref": "1.1", "due": "2025-08-07"},
    )
    late = overdue(records_of(plan, AS_OF))
    assert [(record.action.ref, record.days_overdue) for record in late] == [
        ("9.9", 67),
        ("2.1", 37),
        ("10.1", 37),
    ]


def test_what_could_be_asked_for(plan: LoadedPlan) -> None:
    records = records_of(plan, AS_OF)
    known = {field: set(possible([plan], records, field)) for field in VALUE_FIELDS}
    assert known == {
        "owner": {"TVP", "BFFC", "HM"},
        "lead": {"TVP", "BFFC", "HM"},
        "objective": {"1", "2"},
        "theme": {"Data"},
        "level": {"strategic", "operational"},
        "progress": {"blue", "green", "amber", "red"},
        "impact": {"blue", "green", "amber", "red"},
    }


@pytest.mark.parametrize(
    ("field", "value", "fit"),
    [
        ("progress", "Light_Green", True),
        ("progress", "lightgreen", False),
        ("owner", "light green", True),
        ("owner", "light-green", False),
    ],
)
def test_only_ratings_are_free_in_their_hyphens(field: str, value: str, *, fit: bool) -> None:
    assert fits(field, value, ["Light green"]) is fit
