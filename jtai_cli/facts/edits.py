"""Rules on edits: what may not change in a plan without a word of why.

Each action is compared with itself in an earlier version, by plan id and ref, wherever the file
stands. A rule yields faults whose paths lead into the new version; `explanations_of_the_gate.py`
says what each means.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from jtai_cli.facts.action_edits import (
    ActionEdit,
    action_faults,
    new_action_faults,
)
from jtai_cli.facts.pairing import PlanEdit, Version, Versions
from jtai_cli.facts.reasons import last_day_of_reasons
from jtai_cli.facts.record_edits import record_faults
from jtai_cli.facts.wording import one_line, same_action
from jtai_cli.plan.document import in_order, placed
from jtai_cli.plan.explanations import READING
from jtai_cli.plan.fault import Fault, Path
from jtai_cli.plan.load import LoadedPlan
from jtai_cli.plan.model import Action, Objective, Plan
from jtai_cli.plan.problem import Problem, brief, quoted, visible
from jtai_cli.plan.refs import ref_key
from jtai_cli.plan.stand_ins import is_stand_in
from jtai_cli.plan.subject import subject_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from jtai_cli.plan.subject import Placed

MAX_CHANGES = 6


def edit_problems(
    old: Sequence[Version],
    new: Sequence[Version],
    *,
    removed: Iterable[str] = (),
    as_of: dt.date | None = None,
) -> list[Problem]:
    """What the rules on edits say of the way from some old versions to the new ones.

    Only files that differ need be given. `removed` are the files that are there no longer, and
    whose plans should be among the new ones under another name. Of a new version with an error,
    whose errors are listed anyway, only what is sound is compared. `as_of` is the day of the edit:
    an update that is dated after the next one gives no reason yet. Without it, every update does.
    """
    versions = Versions(old, new)
    gone = set(removed)
    problems: list[Problem] = []
    for was in old:
        now = versions.of(was)
        if now is not None:
            problems += _compared(was, now, last_day_of_reasons(as_of))
        elif was.file in versions.by_file:
            problems += _replaced(was, versions.by_file[was.file])
        elif was.file in gone:
            problems.append(removed_plan(was))
    return problems


def _compared(was: Version, now: Version, last_day: dt.date) -> list[Problem]:
    """The problems of a plan that is still there."""
    loaded = now.read.loaded
    if loaded is None:
        return _compared_in_part(was, now, last_day)
    if was.read.mended is None:
        message = "the earlier version of this plan can't be read, so nothing can be compared"
        hint = "compare with an older version that can be read: --against REVISION"
        plan_id = loaded.plan.id
        return [Problem(now.file, 1, 1, "not-compared", "error", message, hint, plan=plan_id)]
    return plan_problems(PlanEdit(was.read.mended, loaded, was.read.lost, last_day))


def plan_problems(edit: PlanEdit) -> list[Problem]:
    """What the rules say of the edit of one plan, from the top of its file."""
    return _placed(edit, (fault for rule in PLAN_RULES for fault in rule(edit)))


def _placed(edit: PlanEdit, faults: Iterable[Fault]) -> list[Problem]:
    loaded = edit.new
    refs = {one.path: one.action.ref for one in subject_of(loaded.plan).actions}
    return in_order(
        placed(loaded.file, loaded.places, fault, refs.get(fault.path[:4]))._replace(
            plan=loaded.plan.id
        )
        for fault in faults
    )


def _compared_in_part(was: Version, now: Version, last_day: dt.date) -> list[Problem]:
    """The problems of what is sound in a plan with errors: actions without any, and those gone.

    A misspelt field may be any, so an action with an error may have what seems to be gone from it.
    """
    old, read = was.read.mended, now.read
    errors = [problem for problem in read.problems if problem.severity == "error"]
    unsure = any(problem.rule in READING for problem in errors)
    if old is None or read.mended is None or read.places is None or unsure:
        return []
    if {path[0] for path in read.lost} - (Plan.model_fields.keys() - {"jtai", "rag"}):
        return []
    edit = PlanEdit(old, LoadedPlan(read.mended, now.file, read.places), was.read.lost, last_day)
    faulty = {path[:4] for path in read.lost}
    refs = {problem.ref for problem in errors}
    faulty |= {path for path, one in subject_of(read.mended).actions if one.ref in refs}
    faults = [fault for fault in action_rules(edit) if fault.path[:4] not in faulty]
    faults += action_removed(edit) if all(map(_keeps_actions, read.lost)) else ()
    return _placed(edit, faults)


def _keeps_actions(path: Path) -> bool:
    """Whether all actions, and their refs, can be read though what stands at a path can't."""
    if path[0] != "objectives":
        return True
    if len(path) > 4:
        return path[4] in Action.model_fields.keys() - {"ref"}
    return len(path) > 2 and path[2] in Objective.model_fields.keys() - {"ref", "actions"}


def _replaced(was: Version, now: Version) -> list[Problem]:
    """The problem of a plan in whose file there is another plan, if it is known which."""
    old, new = was.read.plan_id, now.read.plan_id
    if new is None:
        return []
    name, hint = "the plan", "put it back, in a file of its own"
    if old is not None:
        name = f"the plan {quoted(old)}"
        hint = f"write 'id: {brief(old)}' again: a plan keeps its id for as long as it lasts"
    message = f"{name} that stood in this file is gone; it has now the id {quoted(new)}"
    place = now.read.id_place
    return [Problem(now.file, *place, "plan-removed", "error", message, hint, new, plan=old)]


def removed_plan(was: Version) -> Problem:
    """The problem of a plan that is gone with its file."""
    plan_id = was.read.plan_id
    name = f"the plan {quoted(plan_id)}" if plan_id else "the plan"
    message = f"{name} that stood in {visible(was.file)} is gone"
    hint = "put the file back; a plan that has ended stays, with 'closed:' and the day"
    return Problem(was.file, 1, 1, "plan-removed", "error", message, hint, plan=plan_id)


def action_rules(edit: PlanEdit) -> Iterator[Fault]:
    """What the rules on actions say of each action, of a new one too."""
    before = defaultdict(list)
    for old in edit.old_actions():
        before[old.action.ref].append(old)
    ladder = edit.ladder
    for path, now in subject_of(edit.new.plan).actions:
        same = before.get(now.ref)
        if same is None:
            yield from new_action_faults(path, now, edit.new.plan.rag)
            continue
        # two actions with one ref were an error; the one that kept it is known by its words
        kept = next((one for one in same if same_action(one.action.text, now.text)), same[0])
        was = kept.beside(now)
        if was != now or not ladder.same:
            yield from action_faults(ActionEdit(path, was, now, ladder, edit.last_day))


def action_removed(edit: PlanEdit) -> Iterator[Fault]:
    """An action that was there, at the objective it stood under if that is still there."""
    plan = edit.new.plan
    before = sorted(edit.old_actions(), key=lambda old: ref_key(old.action.ref))
    new = {placed.action.ref: placed for placed in subject_of(plan).actions}
    added = new.keys() - {old.action.ref for old in before}
    by_words = {one_line(new[ref].action.text): new[ref] for ref in sorted(added)}
    objectives = {objective.ref: number for number, objective in enumerate(plan.objectives)}
    for old in before:
        ref, words = old.action.ref, old.text
        if ref in new:
            continue
        if words in by_words:
            yield _renamed(ref, by_words[words])
            continue
        objective = edit.old.objectives[int(old.path[1])].ref
        where = objectives.get(objective)
        under = "" if is_stand_in(objective) else f" under objective {brief(objective)}"
        message = f"{brief(ref)}{f' ({brief(words)})' if words else ''} was{under} and is gone"
        hint = "put it back with 'withdrawn: {on: …, reason: …}': it then leaves the totals"
        path: Path = ("objectives",)
        if where is not None:
            path = ("objectives", where, *(("actions",) if plan.objectives[where].actions else ()))
        at_name = len(path) != 2
        yield Fault(path, "action-removed", message, hint, ref, at_name=at_name)


def _renamed(ref: str, now: Placed) -> Fault:
    message = f"{brief(ref)} is gone, and its words stand here as {brief(now.action.ref)}"
    hint = f"write {quoted(ref)} again: an action keeps its ref as long as the plan lasts"
    return Fault((*now.path, "ref"), "action-removed", message, hint, now.action.ref)


def scheme_changed(edit: PlanEdit) -> Iterator[Fault]:
    """Another scheme, or other ratings in it."""
    old, new = edit.ladder
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
    if len(changes) > MAX_CHANGES:
        changes[MAX_CHANGES:] = [f"and {len(changes) - MAX_CHANGES} more changes"]
    said = "; ".join(changes) or "its words or its order"
    message = f"the RAG scheme changed: {said}"
    hint = "check with those who rate the actions that it is meant"
    yield Fault(("rag",), "scheme-changed", message, hint, at_name=True)


def _words(standing: str) -> str:
    return standing.replace("_", " ")


def plan_closed(edit: PlanEdit) -> Iterator[Fault]:
    """A day from which the gate leaves the plan alone."""
    old, new = edit.old.closed, edit.new.plan.closed
    if new is None or new == old or edit.lost_at("closed"):
        return
    before = f" (before: from {old})" if old else ""
    message = f"from {new} on, nothing in this plan can fail the gate{before}"
    hint = "check with the board that it has agreed to close the plan"
    yield Fault(("closed",), "plan-closed", message, hint, new.isoformat())


def record_changed(edit: PlanEdit) -> Iterator[Fault]:
    """Another partner under a code, another lead, date of the plan, risk or finding."""
    return record_faults(edit.old, edit.new.plan, edit.lost)


PLAN_RULES: tuple[Callable[[PlanEdit], Iterator[Fault]], ...] = (
    action_rules,
    action_removed,
    scheme_changed,
    plan_closed,
    record_changed,
)
"""Every rule on the edit of a plan; those on its actions are in `action_edits.py`."""
