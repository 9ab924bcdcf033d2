"""Rules on edits: what may not change in a plan without a word of why.

Each action is compared with itself in an earlier version, by plan id and ref, wherever the file
stands. A rule yields faults whose paths lead into the new version; `explanations_of_the_gate.py`
says what each means.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jtai_cli.facts.action_edits import ACTION_RULES, ActionEdit
from jtai_cli.facts.ladder import Ladder
from jtai_cli.plan.document import in_order, placed
from jtai_cli.plan.fault import Fault, Path
from jtai_cli.plan.problem import Problem, brief, quoted, visible
from jtai_cli.plan.refs import ref_key
from jtai_cli.plan.stand_ins import is_stand_in
from jtai_cli.plan.subject import subject_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from jtai_cli.plan.load import LoadedPlan, Read
    from jtai_cli.plan.model import Plan


class Version(NamedTuple):
    """A plan file as it was or is: its name, as messages show it, and what was read of it."""

    file: str
    read: Read


class PlanEdit(NamedTuple):
    """A plan before and after; of the one before, what could be read, and where it could not."""

    old: Plan
    new: LoadedPlan
    lost: frozenset[Path] = frozenset()


def edit_problems(
    old: Sequence[Version], new: Sequence[Version], *, removed: Iterable[str] = ()
) -> list[Problem]:
    """What the rules on edits say of the way from some old versions to the new ones.

    Only files that differ need be given. `removed` are the files that are there no longer, and
    whose plans should be among the new ones under another name. A new version with an error is
    not compared: its errors are listed anyway.
    """
    here = {version.read.plan_id: version for version in new if version.read.plan_id is not None}
    same_file = {version.file: version for version in new}
    gone = set(removed)
    problems: list[Problem] = []
    for was in old:
        now = here.get(was.read.plan_id) if was.read.plan_id is not None else None
        if now is not None:
            problems += _compared(was, now)
        elif was.file in same_file:
            problems += _replaced(was, same_file[was.file])
        elif was.file in gone:
            problems.append(_removed(was))
    return problems


def _compared(was: Version, now: Version) -> list[Problem]:
    """The problems of a plan that is still there."""
    if was.read.mended is None or now.read.loaded is None:
        return []
    loaded = now.read.loaded
    edit = PlanEdit(was.read.mended, loaded, was.read.lost)
    subject = subject_of(loaded.plan)
    refs = {placed_action.path: placed_action.action.ref for placed_action in subject.actions}
    problems = []
    for rule in PLAN_RULES:
        for fault in rule(edit):
            ref = refs.get(fault.path[:4])
            problem = placed(loaded.file, loaded.places, fault, ref)
            problems.append(problem._replace(plan=loaded.plan.id))
    return in_order(problems)


def _replaced(was: Version, now: Version) -> list[Problem]:
    """The problems of a plan in whose file there is another plan, or none that can be read."""
    if was.read.mended is None:
        if now.read.loaded is None:
            return []
        message = "the earlier version of this plan can't be read, so nothing can be compared"
        hint = "compare with an older version that can be read: --against REVISION"
        return [Problem(now.file, 1, 1, "not-compared", "error", message, hint)]
    if now.read.plan_id is None or was.read.plan_id is None:
        return []
    old, new = was.read.plan_id, now.read.plan_id
    message = f"the plan {quoted(old)} that stood in this file is gone; it has now the id "
    message += quoted(new)
    hint = f"write 'id: {brief(old)}' again: a plan keeps its id for as long as it lasts"
    place = now.read.id_place
    return [Problem(now.file, *place, "plan-removed", "error", message, hint, new, plan=old)]


def _removed(was: Version) -> Problem:
    plan_id = was.read.plan_id
    name = f"the plan {quoted(plan_id)}" if plan_id else "the plan"
    message = f"{name} that stood in {visible(was.file)} is gone"
    hint = "put the file back; a plan that has ended stays, with 'closed:' and the day"
    return Problem(was.file, 1, 1, "plan-removed", "error", message, hint, plan=plan_id)


def action_rules(edit: PlanEdit) -> Iterator[Fault]:
    """What the rules on actions say of each action that was there before."""
    new = {placed.action.ref: placed for placed in subject_of(edit.new.plan).actions}
    ladder = Ladder(edit.old.rag, edit.new.plan.rag)
    for _, old in subject_of(edit.old).actions:
        now = new.get(old.ref)
        if now is None or (old == now.action and ladder.same):
            continue
        action_edit = ActionEdit(now.path, old, now.action, ladder)
        for rule in ACTION_RULES:
            yield from rule(action_edit)


def action_removed(edit: PlanEdit) -> Iterator[Fault]:
    """An action that was there, at the objective it stood under if that is still there."""
    plan = edit.new.plan
    kept = {action.ref for objective in plan.objectives for action in objective.actions}
    objectives = {objective.ref: number for number, objective in enumerate(plan.objectives)}
    for objective in edit.old.objectives:
        gone = [
            action
            for action in objective.actions
            if action.ref not in kept and not is_stand_in(action.ref)
        ]
        for action in sorted(gone, key=lambda action: ref_key(action.ref)):
            where = objectives.get(objective.ref)
            path = ("objectives",) if where is None else ("objectives", where, "actions")
            message = f"{brief(action.ref)} ({brief(action.text)}) was here and is gone"
            hint = "put it back with 'withdrawn: {on: …, reason: …}': it then leaves the totals"
            yield Fault(path, "action-removed", message, hint, action.ref, at_name=True)


def scheme_changed(edit: PlanEdit) -> Iterator[Fault]:
    """Another scheme, or other ratings in it."""
    old, new = edit.old.rag, edit.new.plan.rag
    if old == new:
        return
    was = {rating.key: rating for rating in old.ratings}
    now = {rating.key: rating for rating in new.ratings}
    changes = [f"{quoted(was[key].rating)} is gone" for key in was if key not in now]
    changes += [f"{quoted(now[key].rating)} is new" for key in now if key not in was]
    changes += [
        f"{quoted(key)} counted as {_words(was[key].counts_as)} and counts now as "
        f"{_words(now[key].counts_as)}"
        for key in was
        if key in now and was[key].counts_as != now[key].counts_as
    ]
    changes += [
        f"{quoted(key)} needs {' and '.join(now[key].needs) or 'nothing'} now, and needed "
        f"{' and '.join(was[key].needs) or 'nothing'}"
        for key in was
        if key in now and set(was[key].needs) != set(now[key].needs)
    ]
    said = "; ".join(changes) or "its words or its order"
    message = f"the RAG scheme changed: {said}"
    yield Fault(("rag",), "scheme-changed", message, "look whether it is meant", at_name=True)


def _words(standing: str) -> str:
    return standing.replace("_", " ")


def plan_closed(edit: PlanEdit) -> Iterator[Fault]:
    """A day from which the gate leaves the plan alone."""
    old, new = edit.old.closed, edit.new.plan.closed
    if new is None or new == old:
        return
    before = f" (before: from {old})" if old else ""
    message = f"from {new} on, nothing in this plan can fail the gate{before}"
    hint = "look whether the board has agreed to close the plan"
    yield Fault(("closed",), "plan-closed", message, hint, new.isoformat())


PLAN_RULES: tuple[Callable[[PlanEdit], Iterator[Fault]], ...] = (
    action_rules,
    action_removed,
    scheme_changed,
    plan_closed,
)
"""Every rule on the edit of a plan; those on its actions are in `action_edits.py`."""
