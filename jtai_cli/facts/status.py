"""How plans stand as of a date: the facts behind `jtai status`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jtai_cli.facts.contradictions import Contradictions, contradictions
from jtai_cli.facts.groups import By, Group, grouped
from jtai_cli.facts.matrix import progress_by_impact
from jtai_cli.facts.records import Record, records_of
from jtai_cli.facts.summary import Summary, shared_scheme, summarise

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from jtai_cli.plan.load import LoadedPlan
    from jtai_cli.plan.model import Plan


class GroupStatus(NamedTuple):
    """A group of a plan's actions and its figures."""

    group: Group
    summary: Summary


class PlanStatus(NamedTuple):
    """One plan: its figures, its groups, progress against impact, and what contradicts itself."""

    plan: Plan
    file: str
    records: list[Record]
    summary: Summary
    groups: list[GroupStatus]
    progress_by_impact: dict[str, dict[str, int]]
    contradictions: Contradictions


class Status(NamedTuple):
    """Plans as of a date, and their total."""

    as_of: dt.date
    by: By
    plans: list[PlanStatus]
    total: Summary


def status_of(plans: Sequence[LoadedPlan], as_of: dt.date, by: By = "objective") -> Status:
    """Work out how plans stand."""
    statuses = [_plan_status(loaded, as_of, by) for loaded in plans]
    everything = [record for status in statuses for record in status.records]
    scheme = shared_scheme(status.plan.rag for status in statuses)
    return Status(as_of, by, statuses, summarise(everything, as_of, scheme))


def _plan_status(loaded: LoadedPlan, as_of: dt.date, by: By) -> PlanStatus:
    plan = loaded.plan
    records = records_of(loaded, as_of)
    return PlanStatus(
        plan,
        loaded.file,
        records,
        summarise(records, as_of, plan.rag),
        [
            GroupStatus(group, summarise(group.records, as_of, plan.rag))
            for group in grouped(plan, records, by)
        ],
        progress_by_impact(records, plan.rag),
        contradictions(records),
    )
