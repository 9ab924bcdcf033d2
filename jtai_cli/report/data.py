"""Facts as plain data in the shapes that the contract fixes, for JSON and CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jtai_cli.facts.summary import DUE_SOON_DAYS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from jtai_cli.facts.records import Record
    from jtai_cli.facts.status import GroupStatus, PlanStatus, Status
    from jtai_cli.facts.summary import Share, Summary
    from jtai_cli.plan.model import Update

Data = dict[str, Any]

FORMAT_VERSION = 1


def status_data(status: Status) -> Data:
    """The object of `status --format json`."""
    return {
        "jtai": FORMAT_VERSION,
        "kind": "status",
        "as_of": status.as_of.isoformat(),
        "plans": [_plan(plan) for plan in status.plans],
        "total": summary_data(status.total),
    }


def actions_data(kind: str, records: Sequence[Record], as_of: dt.date) -> Data:
    """The object of `actions --format json` and `overdue --format json`."""
    return {
        "jtai": FORMAT_VERSION,
        "kind": kind,
        "as_of": as_of.isoformat(),
        "actions": [action_data(record) for record in records],
    }


def action_data(record: Record) -> Data:
    """One action: ratings by their keys, dates as ISO text, null where there is nothing."""
    action, objective = record.action, record.objective
    return {
        "plan": record.plan.id,
        "ref": action.ref,
        "objective": objective.ref,
        "text": action.text,
        "lead": objective.lead,
        "owners": list(action.owners),
        "support": list(action.support),
        "due": iso(action.due),
        "due_note": action.due_note,
        "theme": action.theme,
        "level": action.level,
        "progress": record.progress.key if record.progress else None,
        "impact": record.impact.key if record.impact else None,
        "standing": record.standing,
        "overdue": record.overdue,
        "days_overdue": record.days_overdue,
        "measures": list(action.measures),
        "evidence": list(action.evidence),
        "completed": iso(action.completed),
        "updates": updates_data(action.updates),
        "file": record.file,
        "line": record.line,
    }


def updates_data(updates: Iterable[Update]) -> list[Data]:
    """Updates, the oldest first."""
    return [{"on": one.on.isoformat(), "by": one.by, "text": one.text} for one in updates]


def show_data(record: Record, as_of: dt.date, life: Data | None = None) -> Data:
    """The object of `show --format json`: one action with all that is known of it.

    `life` is what `life_data` says of it.
    """
    action, objective = record.action, record.objective
    approved, withdrawn = action.approved, action.withdrawn
    more = {
        "approved": approved and {"by": approved.by, "on": iso(approved.on)},
        "withdrawn": withdrawn
        and {
            "on": withdrawn.on.isoformat(),
            "reason": withdrawn.reason,
            "replaced_by": withdrawn.replaced_by,
        },
        "note": action.note,
        "risk": objective.risk,
        "priority": objective.priority,
        "answers": list(objective.answers),
    }
    data = actions_data("show", [record], as_of)
    data["actions"] = [data["actions"][0] | more | (life or {})]
    return data


def summary_data(summary: Summary) -> Data:
    """SUMMARY of the contract; ratings are left out of a total over different schemes."""
    data: Data = {
        "actions": summary.actions,
        "complete": share_data(summary.complete),
        "complete_or_on_track": share_data(summary.complete_or_on_track),
        "standing": summary.standing,
    }
    if summary.progress is not None:
        data["progress"] = summary.progress
        data["impact"] = summary.impact
    return data | {
        "overdue": {"count": summary.overdue, "standing": summary.overdue_standing},
        "due_soon": {"count": summary.due_soon, "days": DUE_SOON_DAYS},
        "undated": summary.undated,
        "withdrawn": summary.withdrawn,
    }


def _plan(plan: PlanStatus) -> Data:
    return {
        "id": plan.plan.id,
        "title": plan.plan.title,
        "file": plan.file,
        "scheme": plan.plan.rag.name,
        "summary": summary_data(plan.summary),
        "groups": [_group(group) for group in plan.groups],
    }


def _group(status: GroupStatus) -> Data:
    group = status.group
    return {
        "by": group.by,
        "key": group.key,
        "title": group.title,
        "lead": group.lead,
        "risk": group.risk,
        "summary": summary_data(status.summary),
    }


def share_data(share: Share) -> Data:
    """So many of so many, and the percentage."""
    return {"count": share.part, "of": share.of, "percent": share.percent}


def iso(date: dt.date | None) -> str | None:
    """A date as data, null where there is none."""
    return date.isoformat() if date else None
