"""The conditions that the gate can fail on, each judged for one action, in one table."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from jtai_cli.facts.contradictions import has_good_impact
from jtai_cli.facts.records import UNRATED
from jtai_cli.facts.wording import says_something
from jtai_cli.plan.fault import Fault, Path
from jtai_cli.plan.problem import brief, quoted

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from jtai_cli.facts.records import Record
    from jtai_cli.plan.config import Condition
    from jtai_cli.plan.model import Plan


class Yardstick(NamedTuple):
    """By what every action of a plan is judged: the date, and the days that the policy allows."""

    as_of: dt.date
    stale_after: int


Judge: TypeAlias = "Callable[[Record, Yardstick], Fault | None]"
"""What is wrong with an action by a condition, or None."""


def _late(name: Condition, standing: str | None) -> Judge:
    """The condition of an overdue action that counts as this, or as anything."""

    def judge(record: Record, _by: Yardstick) -> Fault | None:
        if not record.overdue or standing not in (None, record.standing):
            return None
        action = record.action
        days = f"{record.days_overdue:,} day{'' if record.days_overdue == 1 else 's'}"
        rated = f"rated {quoted(record.progress.word)}" if record.progress else "not rated"
        owners = brief(", ".join(action.owners)) or "nobody"
        due = str(action.due)
        message = f"{brief(action.ref)} is {days} overdue: due {due}, {rated}, owned by "
        message += f"{owners} ({brief(action.text)})"
        hint = "do it, or agree a new date, with an update that says why it moves"
        return Fault(_at(record, "due"), name, message, hint, due)

    return judge


def _undated(record: Record, _by: Yardstick) -> Fault | None:
    if record.complete or record.action.due is not None:
        return None
    hint = "agree a date and write it as 'due'"
    return Fault(_at(record, "due"), "undated", f"{_ref(record)} has no due date", hint)


def _no_owner(record: Record, _by: Yardstick) -> Fault | None:
    if record.complete or record.action.owners:
        return None
    hint = "write the code of the partner who owes it under 'owners'"
    return Fault(_at(record, "owners"), "no-owner", f"{_ref(record)} has no owner", hint)


def _stale(record: Record, by: Yardstick) -> Fault | None:
    """An open action whose last update, of those up to the date, is too old.

    Without an update the days run from the start of the plan, or what is known nearest to it; where
    nothing is, it can't be shown to be fresh.
    """
    if record.complete:
        return None
    known = [update.on for update in record.action.updates if update.on <= by.as_of]
    since = max(known) if known else start_of(record.plan)
    days = (by.as_of - since).days if since else None
    if days is not None and days <= by.stale_after:
        return None
    if known:
        said = f"was last updated on {max(known)}, {days:,} days ago"
    else:
        said = "has had no update" + (f" in the {days:,} days since {since}" if since else "")
    message = f"{_ref(record)} {said}; owned by {_owners(record)}"
    hint = "ask the owner how it stands, and add an update"
    return Fault(_at(record, "updates"), "stale", message, hint)


def start_of(plan: Plan) -> dt.date | None:
    """The day on which a plan began, or what is known nearest to it; None where nothing is."""
    days = [
        plan.period.start if plan.period else None,
        plan.statement.submitted if plan.statement else None,
        plan.inspection.published if plan.inspection else None,
        plan.inspection.received if plan.inspection else None,
    ]
    return next((day for day in days if day is not None), None)


def _complete_without_evidence(record: Record, _by: Yardstick) -> Fault | None:
    if not record.complete or any(map(says_something, record.action.evidence)):
        return None
    message = f"{_ref(record)} is complete without evidence; owned by {_owners(record)}"
    hint = "list under 'evidence' what shows that it was done"
    where = _at(record, "evidence")
    return Fault(where, "complete-without-evidence", message, hint)


def _complete_without_impact(record: Record, _by: Yardstick) -> Fault | None:
    if not record.complete or has_good_impact(record):
        return None
    impact = f"rated {quoted(record.impact.word)}" if record.impact else "not rated"
    message = f"{_ref(record)} is complete, and its impact {impact}; owned by {_owners(record)}"
    hint = "rate the impact, with evidence, or open the action again"
    where = _at(record, "impact")
    return Fault(where, "complete-without-impact", message, hint, record.action.impact)


def _of_no_action(_record: Record, _by: Yardstick) -> None:
    """Warnings are not of actions alone: see `gate`."""


def _at(record: Record, field: str) -> Path:
    return (*record.path, field)


def _ref(record: Record) -> str:
    return brief(record.action.ref)


def _owners(record: Record) -> str:
    return brief(", ".join(record.action.owners)) or "nobody"


CONDITIONS: dict[Condition, Judge] = {
    "overdue-red": _late("overdue-red", "off_track"),
    "overdue-amber": _late("overdue-amber", "at_risk"),
    "overdue-on-track": _late("overdue-on-track", "on_track"),
    "overdue-not-started": _late("overdue-not-started", "not_started"),
    "overdue-unrated": _late("overdue-unrated", UNRATED),
    "overdue": _late("overdue", None),
    "undated": _undated,
    "no-owner": _no_owner,
    "stale": _stale,
    "complete-without-evidence": _complete_without_evidence,
    "complete-without-impact": _complete_without_impact,
    "invalid-warnings": _of_no_action,
}
"""Every condition, as it is judged for one action."""
