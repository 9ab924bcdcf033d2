"""What must hold for every plan: parts add up to wholes, and the order of actions is no matter."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from jtai_cli.facts.groups import WAYS
from jtai_cli.facts.records import counted, records_of
from jtai_cli.facts.select import Wanted, overdue, select
from jtai_cli.facts.status import status_of
from jtai_cli.facts.summary import Summary
from jtai_cli.plan.load import LoadedPlan

Build = Callable[..., LoadedPlan]

DATES = st.dates(dt.date(2025, 1, 1), dt.date(2025, 12, 31))
RATINGS = st.sampled_from(["blue", "green", "amber", "red"])
WITHDRAWAL = {"on": "2025-01-01", "reason": "Merged"}
ACTIONS = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "owners": st.lists(st.sampled_from(["TVP", "BFFC", "HM"]), max_size=3),
            "due": DATES.map(dt.date.isoformat),
            "progress": RATINGS,
            "impact": RATINGS,
            "theme": st.sampled_from(["Data", "Learning"]),
            "level": st.sampled_from(["operational", "strategic"]),
            "withdrawn": st.just(WITHDRAWAL),
        },
    ),
    max_size=12,
)

plans = settings(max_examples=60, deadline=None)


def sums_of(summary: Summary) -> set[int]:
    assert summary.progress is not None
    assert summary.impact is not None
    return {
        sum(summary.standing.values()),
        sum(summary.progress.values()),
        sum(summary.impact.values()),
        summary.complete.of,
        summary.complete_or_on_track.of,
    }


@plans
@given(actions=ACTIONS, as_of=DATES)
def test_the_parts_of_a_summary_add_up(
    build: Build, actions: list[dict[str, Any]], as_of: dt.date
) -> None:
    total = status_of([build(*actions)], as_of).total
    assert sums_of(total) == {total.actions}
    assert total.actions + total.withdrawn == len(actions)
    assert sum(total.overdue_standing.values()) == total.overdue
    assert total.complete.part == total.standing["complete"]
    assert total.overdue + total.due_soon + total.undated <= total.actions + total.complete.part


@plans
@given(actions=ACTIONS, as_of=DATES)
def test_objectives_add_up_to_the_plan(
    build: Build, actions: list[dict[str, Any]], as_of: dt.date
) -> None:
    halves = [
        {"ref": "1", "title": "A", "actions": actions[::2]},
        {"ref": "2", "title": "B", "actions": actions[1::2]},
    ]
    status = status_of([build(objectives=halves)], as_of)
    groups = [group.summary for group in status.plans[0].groups]
    for field in ("actions", "overdue", "due_soon", "undated", "withdrawn"):
        assert sum(getattr(group, field) for group in groups) == getattr(status.total, field)


@plans
@given(actions=ACTIONS, by=st.sampled_from(WAYS), as_of=DATES)
def test_every_action_is_in_a_group(
    build: Build, actions: list[dict[str, Any]], by: Any, as_of: dt.date
) -> None:
    (plan,) = status_of([build(*actions)], as_of, by).plans
    refs = [{record.action.ref for record in group.group.records} for group in plan.groups]
    assert set().union(*refs) == {record.action.ref for record in plan.records}
    if by != "owner":
        assert sum(map(len, refs)) == len(plan.records)


@plans
@given(actions=ACTIONS, as_of=DATES)
def test_progress_by_impact_adds_up_both_ways(
    build: Build, actions: list[dict[str, Any]], as_of: dt.date
) -> None:
    (plan,) = status_of([build(*actions)], as_of).plans
    rows = plan.progress_by_impact
    assert {key: sum(row.values()) for key, row in rows.items()} == plan.summary.progress
    columns = {key: sum(row[key] for row in rows.values()) for key in rows}
    assert columns == plan.summary.impact


@plans
@given(actions=ACTIONS, data=st.data(), as_of=DATES)
def test_the_order_of_actions_changes_nothing(
    build: Build, actions: list[dict[str, Any]], data: st.DataObject, as_of: dt.date
) -> None:
    numbered = [action | {"ref": f"1.{number}"} for number, action in enumerate(actions)]
    shuffled = data.draw(st.permutations(numbered))
    one, other = build(*numbered), build(*shuffled)
    assert status_of([one], as_of).total == status_of([other], as_of).total
    for by in WAYS:
        groups = [
            [(group.group.key, group.summary) for group in status_of([plan], as_of, by).plans[0][4]]
            for plan in (one, other)
        ]
        assert groups[0] == groups[1]
    lists = [
        [
            [record.action.ref for record in chosen]
            for chosen in (
                overdue(records_of(plan, as_of)),
                select(records_of(plan, as_of), Wanted(), as_of),
            )
        ]
        for plan in (one, other)
    ]
    assert lists[0] == lists[1]


@plans
@given(actions=ACTIONS, as_of=DATES)
def test_a_later_date_never_makes_less_overdue(
    build: Build, actions: list[dict[str, Any]], as_of: dt.date
) -> None:
    plan = build(*actions)
    now = {record.action.ref for record in overdue(records_of(plan, as_of))}
    later = {record.action.ref for record in overdue(records_of(plan, as_of + dt.timedelta(1)))}
    assert now <= later


@plans
@given(actions=ACTIONS, as_of=DATES)
def test_overdue_actions_are_dated_open_and_counted(
    build: Build, actions: list[dict[str, Any]], as_of: dt.date
) -> None:
    records = records_of(build(*actions), as_of)
    late = [record for record in records if record.overdue]
    assert all(record.action.due and not record.complete for record in late)
    assert len(late) == len([record for record in counted(records) if record.overdue])
