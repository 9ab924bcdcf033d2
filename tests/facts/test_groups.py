import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from jtai_cli.facts.groups import WAYS, By, grouped
from jtai_cli.facts.records import records_of
from jtai_cli.plan.load import LoadedPlan

Build = Callable[..., LoadedPlan]
AS_OF = dt.date(2025, 8, 7)


def refs_by(plan: LoadedPlan, by: By) -> dict[str | None, list[str]]:
    groups = grouped(plan.plan, records_of(plan, AS_OF), by)
    return {group.key: [record.action.ref for record in group.records] for group in groups}


def objective(ref: str, **fields: Any) -> dict[str, Any]:
    return {"ref": ref, "title": f"Title {ref}", "actions": [{}]} | fields


def test_an_action_with_two_owners_is_in_the_group_of_each(build: Build) -> None:
    plan = build({"owners": ["TVP", "BFFC"]}, {"owners": ["TVP"]})
    assert refs_by(plan, "owner") == {"BFFC": ["1.1"], "TVP": ["1.1", "1.2"]}


def test_an_owner_named_twice_counts_once(build: Build) -> None:
    assert refs_by(build({"owners": ["TVP", "TVP"]}), "owner") == {"TVP": ["1.1"]}


@pytest.mark.parametrize("by", [way for way in WAYS if way != "objective"])
def test_none_comes_last(build: Build, by: By) -> None:
    having = {"owners": ["TVP"], "theme": "Zeal", "level": "operational"}
    plan = build(
        priorities=[{"ref": "9", "title": "P"}],
        objectives=[
            objective("1"),
            objective("2", lead="TVP", risk="low", priority="9", actions=[having]),
        ],
    )
    refs = refs_by(plan, by)
    assert list(refs)[-1] is None
    assert list(refs.values()) == [["2.1"], ["1.1"]]


def test_objectives_stand_as_in_the_plan_also_without_actions(build: Build) -> None:
    plan = build(objectives=[objective("7"), objective("2", actions=[]), objective("10")])
    assert refs_by(plan, "objective") == {"7": ["7.1"], "2": [], "10": ["10.1"]}


def test_a_group_by_objective_knows_its_lead_and_risk(build: Build) -> None:
    plan = build(objectives=[objective("1", lead="TVP", risk="high")])
    (group,) = grouped(plan.plan, records_of(plan, AS_OF), "objective")
    assert (group.title, group.lead, group.risk) == ("Title 1", "TVP", "high")


def test_risks_stand_from_the_highest(build: Build) -> None:
    plan = build(
        objectives=[
            objective("1", risk="low"),
            objective("2", risk="high"),
            objective("3", risk="moderate"),
        ]
    )
    assert list(refs_by(plan, "risk")) == ["high", "moderate", "low"]


def test_levels_stand_from_the_top(build: Build) -> None:
    plan = build({"level": "operational"}, {"level": "strategic"})
    assert list(refs_by(plan, "level")) == ["strategic", "operational"]


def test_priorities_stand_as_in_the_plan(build: Build) -> None:
    plan = build(
        priorities=[{"ref": "2", "title": "Two"}, {"ref": "1"}],
        objectives=[objective("1", priority="1"), objective("2", priority="2")],
    )
    groups = grouped(plan.plan, records_of(plan, AS_OF), "priority")
    assert [(group.key, group.title) for group in groups] == [("2", "Two"), ("1", None)]


def test_owners_and_leads_have_their_full_names(build: Build) -> None:
    plan = build(objectives=[objective("1", lead="TVP", actions=[{"owners": ["BFFC"]}])])
    records = records_of(plan, AS_OF)
    ways: tuple[By, ...] = ("owner", "lead")
    assert [grouped(plan.plan, records, way)[0].title for way in ways] == [
        "Brighter Futures for Children",
        "Thames Valley Police",
    ]


def test_themes_stand_by_name(build: Build) -> None:
    plan = build({"theme": "Learning"}, {"theme": "Data"}, {"theme": "Learning"})
    assert refs_by(plan, "theme") == {"Data": ["1.2"], "Learning": ["1.1", "1.3"]}
