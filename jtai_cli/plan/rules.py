"""What one field can't see: checks over a whole plan, each a small function in one tuple.

A rule yields faults whose path names the field that should change, also when it is not written;
`explanations.py` says what each rule means and whether breaking it is an error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jtai_cli.plan.fault import Fault, Path
from jtai_cli.plan.problem import brief, quoted
from jtai_cli.plan.references import (
    duplicate_rating,
    duplicate_ref,
    replaced_by_nothing,
    unknown_finding,
    unknown_partner,
    unknown_priority,
    unknown_rating,
)
from jtai_cli.plan.subject import subject_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jtai_cli.plan.model import Action, Period, Plan
    from jtai_cli.plan.subject import Placed, Subject


def missing_evidence(subject: Subject) -> Iterator[Fault]:
    """A rating that requires evidence, on an action that has none."""
    hint = "say under 'evidence' what shows it, or rate it otherwise"
    for path, action in _rated_as_needing(subject, "evidence"):
        if not action.evidence:
            message = f"{_rated(action)} without evidence"
            yield Fault((*path, "evidence"), "missing-evidence", message, hint)


def missing_approval(subject: Subject) -> Iterator[Fault]:
    """A rating that requires approval, on an action that nobody approved."""
    hint = "say under 'approved' by whom and on which day, or rate it otherwise"
    for path, action in _rated_as_needing(subject, "approval"):
        if not action.approved:
            message = f"{_rated(action)} without approval"
            yield Fault((*path, "approved"), "missing-approval", message, hint)


def _rated_as_needing(subject: Subject, what: str) -> Iterator[Placed]:
    """The actions that count whose progress rating needs this; most schemes need nothing."""
    scheme = subject.plan.rag
    if any(what in rating.needs for rating in scheme.ratings):
        for placed in _open_to_question(subject):
            rating = scheme.find(placed.action.progress)
            if rating and what in rating.needs:
                yield placed


def _rated(action: Action) -> str:
    return f"{brief(action.ref)} is rated {quoted(action.progress or '')}"


def _open_to_question(subject: Subject) -> Iterator[Placed]:
    """The actions that count: not withdrawn."""
    return (placed for placed in subject.actions if placed.action.withdrawn is None)


def completed_but_open(subject: Subject) -> Iterator[Fault]:
    """A completed date on an action whose rating is not one of completion."""
    scheme = subject.plan.rag
    for path, action in subject.actions:
        if action.completed is None:
            continue
        rating = scheme.find(action.progress)
        if action.progress is None or (rating and rating.counts_as != "complete"):
            stands = f"rated {quoted(action.progress)}" if action.progress else "not rated"
            message = f"{brief(action.ref)} has a completed date, yet its progress is {stands}"
            hint = "rate the progress as complete, or remove 'completed'"
            written = action.completed.isoformat()
            yield Fault((*path, "completed"), "completed-but-open", message, hint, written)


def updates_out_of_order(subject: Subject) -> Iterator[Fault]:
    """An update dated before the one above it."""
    for path, action in subject.actions:
        for number in range(1, len(action.updates)):
            above, update = action.updates[number - 1], action.updates[number]
            if update.on < above.on:
                message = f"this update is dated {update.on}, before the one above it ({above.on})"
                hint = "updates stand oldest first: move it up, or mend the date"
                where = (*path, "updates", number, "on")
                written = update.on.isoformat()
                yield Fault(where, "updates-out-of-order", message, hint, written)


def ends_before_start(subject: Subject) -> Iterator[Fault]:
    """A period whose last day comes before its first."""
    inspection = subject.plan.inspection
    periods: list[tuple[Path, Period | None]] = [(("period",), subject.plan.period)]
    if inspection:
        periods.append((("inspection", "fieldwork"), inspection.fieldwork))
    for path, period in periods:
        if period and period.start and period.end and period.end < period.start:
            message = f"the last day, {period.end}, comes before the first, {period.start}"
            where = (*path, "end")
            hint = "look for a slip in the two dates"
            yield Fault(where, "ends-before-start", message, hint, period.end.isoformat())


def no_actions(subject: Subject) -> Iterator[Fault]:
    """An objective with nothing to do in it, or a plan without an objective."""
    if not subject.plan.objectives:
        hint = "write under 'objectives' what is to be achieved, each with its actions"
        yield Fault(("objectives",), "no-actions", "the plan has no objective", hint)
    for path, objective in subject.objectives():
        if not objective.actions:
            message = f"objective {brief(objective.ref)} has no action"
            hint = "write under 'actions' what will be done for it, or remove the objective"
            yield Fault((*path, "actions"), "no-actions", message, hint)


def undated(subject: Subject) -> Iterator[Fault]:
    """An action without a due date."""
    for path, action in _open_to_question(subject):
        if action.due is None:
            message = f"{brief(action.ref)} has no due date"
            if action.due_note:
                message += f"; the plan says {quoted(action.due_note)}"
            hint = "the law asks for the period of each action: agree a date and write it as 'due'"
            yield Fault((*path, "due"), "undated", message, hint)


def no_owner(subject: Subject) -> Iterator[Fault]:
    """An action that nobody owns."""
    for path, action in _open_to_question(subject):
        if not action.owners:
            message = f"{brief(action.ref)} has no owner"
            hint = "write the code of the partner who owes it under 'owners'"
            yield Fault((*path, "owners"), "no-owner", message, hint)


def unanswered_finding(subject: Subject) -> Iterator[Fault]:
    """A finding that asks for something and that no objective answers."""
    answered = {ref for objective in subject.plan.objectives for ref in objective.answers}
    for number, finding in enumerate(subject.plan.findings):
        if finding.kind != "strength" and finding.ref not in answered:
            message = f"no objective answers the finding {quoted(finding.ref)}"
            hint = "add its ref to 'answers' of the objective that answers it"
            where = ("findings", number, "ref")
            yield Fault(where, "unanswered-finding", message, hint, finding.ref)


def outside_period(subject: Subject) -> Iterator[Fault]:
    """A due date before or after the plan's own period."""
    period = subject.plan.period
    if period is None:
        return
    for path, action in _open_to_question(subject):
        if action.due is None:
            continue
        if period.end and action.due > period.end:
            message = f"{brief(action.ref)} is due after the plan ends on {period.end}"
        elif period.start and action.due < period.start:
            message = f"{brief(action.ref)} is due before the plan begins on {period.start}"
        else:
            continue
        hint = "mend the date, or the plan's 'period'"
        written = action.due.isoformat()
        yield Fault((*path, "due"), "outside-period", message, hint, written)


RULES: tuple[Callable[[Subject], Iterator[Fault]], ...] = (
    duplicate_ref,
    unknown_partner,
    unknown_rating,
    duplicate_rating,
    unknown_finding,
    unknown_priority,
    missing_evidence,
    missing_approval,
    completed_but_open,
    updates_out_of_order,
    replaced_by_nothing,
    ends_before_start,
    no_actions,
    undated,
    no_owner,
    unanswered_finding,
    outside_period,
)
"""Every rule over a whole plan."""


def faults_of(plan: Plan) -> Iterator[Fault]:
    """What the rules say of a plan, rule by rule."""
    subject = subject_of(plan)
    return (fault for rule in RULES for fault in rule(subject))
