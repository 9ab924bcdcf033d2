"""What one field can't see: checks over a whole plan, each a small function in one tuple.

A rule yields faults whose path names the field that should change, also when it is not written;
`explanations.py` says what each rule means and whether breaking it is an error.
"""

from __future__ import annotations

from functools import partial
from operator import ne
from typing import TYPE_CHECKING, NamedTuple

from jtai_cli.plan.fault import Fault, Path
from jtai_cli.plan.problem import brief, listed, quoted
from jtai_cli.plan.scheme import RESERVED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from jtai_cli.plan.model import Action, Objective, Period, Plan


class Placed(NamedTuple):
    """An action with the path it stands at."""

    path: Path
    action: Action


class Subject(NamedTuple):
    """What rules look at: a plan, and its actions with their paths, in the order they stand."""

    plan: Plan
    actions: list[Placed]

    def objectives(self) -> Iterator[tuple[Path, Objective]]:
        """The objectives with their paths."""
        for number, objective in enumerate(self.plan.objectives):
            yield ("objectives", number), objective


def subject_of(plan: Plan) -> Subject:
    """The plan as rules look at it."""
    return Subject(
        plan,
        [
            Placed(("objectives", o, "actions", a), action)
            for o, objective in enumerate(plan.objectives)
            for a, action in enumerate(objective.actions)
        ],
    )


def duplicate_ref(subject: Subject) -> Iterator[Fault]:
    """Two actions, objectives, findings or priorities with one ref."""
    plan = subject.plan
    refs = [action.ref for _, action in subject.actions]
    if len(set(refs)) < len(refs):
        yield from _duplicates("action", ((path, action.ref) for path, action in subject.actions))
    for name, group, refs in (
        ("objective", "objectives", [objective.ref for objective in plan.objectives]),
        ("finding", "findings", [finding.ref for finding in plan.findings]),
        ("priority", "priorities", [priority.ref for priority in plan.priorities]),
    ):
        yield from _duplicates(name, (((group, number), ref) for number, ref in enumerate(refs)))


def _duplicates(name: str, refs: Iterable[tuple[Path, str]]) -> Iterator[Fault]:
    seen = set()
    for path, ref in refs:
        if ref in seen:
            message = f"another {name} of this plan already has the ref {quoted(ref)}"
            hint = f"give each {name} a ref of its own"
            yield Fault((*path, "ref"), "duplicate-ref", message, hint, ref)
        seen.add(ref)


def unknown_partner(subject: Subject) -> Iterator[Fault]:
    """A lead, owner or supporter that is not among the plan's partners."""
    known = subject.plan.partners
    for path, objective in subject.objectives():
        if objective.lead is not None and objective.lead not in known:
            yield _unknown_partner((*path, "lead"), objective.lead, known)
    for path, action in subject.actions:
        for field, codes in (("owners", action.owners), ("support", action.support)):
            for number, code in enumerate(codes):
                if code not in known:
                    yield _unknown_partner((*path, field, number), code, known)


def _unknown_partner(path: Path, code: str, known: dict[str, str]) -> Fault:
    message = f"{quoted(code)} is not among the plan's partners"
    hint = f"add it under 'partners', as '{code}: its full name'"
    return Fault(path, "unknown-partner", message, hint, code, known=known)


def unknown_rating(subject: Subject) -> Iterator[Fault]:
    """A progress or impact rating that the plan's scheme does not have."""
    scheme = subject.plan.rag
    known = [rating.key for rating in scheme.ratings]
    names = listed(known)
    for path, action in subject.actions:
        for field, written in (("progress", action.progress), ("impact", action.impact)):
            if written is not None and scheme.find(written) is None:
                message = f"{quoted(written)} is not a rating of this plan: {names}"
                hint = "leave the line out if it is not rated"
                where = (*path, field)
                yield Fault(where, "unknown-rating", message, hint, written, known=known)


def duplicate_rating(subject: Subject) -> Iterator[Fault]:
    """Two ratings of the plan's own scheme with one name."""
    if subject.plan.rag.name == "own":
        seen = set(RESERVED)
        for number, rating in enumerate(subject.plan.rag.ratings):
            if rating.key in seen:
                message = f"the rating {quoted(rating.rating)} can't be told from another"
                hint = "each needs a name of its own, and none is called 'unrated' or 'not rated'"
                path = ("rag", "ratings", number, "rating")
                yield Fault(path, "duplicate-rating", message, hint, rating.rating)
            seen.add(rating.key)


def unknown_finding(subject: Subject) -> Iterator[Fault]:
    """An objective that answers a finding which the plan does not list."""
    known = dict.fromkeys(finding.ref for finding in subject.plan.findings)
    for path, objective in subject.objectives():
        for number, ref in enumerate(objective.answers):
            if ref not in known:
                message = f"no finding of this plan has the ref {quoted(ref)}"
                hint = "list the finding under 'findings'"
                where = (*path, "answers", number)
                yield Fault(where, "unknown-finding", message, hint, ref, known=known)


def unknown_priority(subject: Subject) -> Iterator[Fault]:
    """An objective under a priority which the plan does not list."""
    known = dict.fromkeys(priority.ref for priority in subject.plan.priorities)
    for path, objective in subject.objectives():
        ref = objective.priority
        if ref is not None and ref not in known:
            message = f"no priority of this plan has the ref {quoted(ref)}"
            hint = "list the priority under 'priorities'"
            where = (*path, "priority")
            yield Fault(where, "unknown-priority", message, hint, ref, known=known)


def missing_evidence(subject: Subject) -> Iterator[Fault]:
    """A rating that requires evidence, on an action that has none."""
    if not _ever_needed(subject.plan, "evidence"):
        return
    for path, action in _open_to_question(subject):
        if not action.evidence and _needs(subject.plan, action, "evidence"):
            message = (
                f"{brief(action.ref)} is rated {quoted(action.progress or '')} without evidence"
            )
            hint = "say under 'evidence' what shows it, or rate it otherwise"
            yield Fault((*path, "evidence"), "missing-evidence", message, hint)


def missing_approval(subject: Subject) -> Iterator[Fault]:
    """A rating that requires approval, on an action that nobody approved."""
    if not _ever_needed(subject.plan, "approval"):
        return
    for path, action in _open_to_question(subject):
        if not action.approved and _needs(subject.plan, action, "approval"):
            message = (
                f"{brief(action.ref)} is rated {quoted(action.progress or '')} without approval"
            )
            hint = "say under 'approved' by whom and on which day, or rate it otherwise"
            yield Fault((*path, "approved"), "missing-approval", message, hint)


def _open_to_question(subject: Subject) -> Iterator[Placed]:
    """The actions that count: not withdrawn."""
    return (placed for placed in subject.actions if placed.action.withdrawn is None)


def _ever_needed(plan: Plan, what: str) -> bool:
    return any(what in rating.needs for rating in plan.rag.ratings)


def _needs(plan: Plan, action: Action, what: str) -> bool:
    rating = plan.rag.find(action.progress)
    return rating is not None and what in rating.needs


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


def replaced_by_nothing(subject: Subject) -> Iterator[Fault]:
    """A withdrawn action whose replacement is not in the plan, or leads back to it."""
    next_ref = {
        action.ref: action.withdrawn.replaced_by if action.withdrawn else None
        for _, action in subject.actions
    }
    circles = _circles(next_ref)
    for path, action in subject.actions:
        ref = action.withdrawn.replaced_by if action.withdrawn else None
        if ref is None:
            continue
        known: Iterable[str] = ()
        if ref not in next_ref:
            why = "no action has that ref"
            known = filter(partial(ne, action.ref), next_ref)
        elif action.ref in circles:
            why = "that leads back to the action itself"
        else:
            continue
        message = f"{brief(action.ref)} can't be replaced by {quoted(ref)}: {why}"
        where = (*path, "withdrawn", "replaced_by")
        hint = "name an action of this plan that is not withdrawn"
        yield Fault(where, "replaced-by-nothing", message, hint, ref, known=known)


def _circles(next_ref: dict[str, str | None]) -> set[str]:
    """The refs from which one comes back to where one began."""
    circles: set[str] = set()
    seen: set[str | None] = {None}
    for start in next_ref:
        chain: list[str] = []
        ref: str | None = start
        while ref is not None and ref not in seen:
            seen.add(ref)
            chain.append(ref)
            ref = next_ref.get(ref)
        if ref in chain:
            circles.update(chain[chain.index(ref) :])
    return circles


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
    """An objective with nothing to do in it."""
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
