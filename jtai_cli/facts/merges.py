"""Merges: what the result lost of what was merged in, though neither side gave it up.

The plan of this side, that of the other and that which both began with say what a merge should
give: all that either side changed. That is taken for the earlier version, and the rules on edits
say what became of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from jtai_cli.facts.edits import edit_problems, plan_problems, removed_plan
from jtai_cli.facts.pairing import PlanEdit
from jtai_cli.facts.reasons import last_day_of_reasons
from jtai_cli.plan.model import Action
from jtai_cli.plan.subject import subject_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from jtai_cli.facts.pairing import Version
    from jtai_cli.plan.model import Plan
    from jtai_cli.plan.problem import Problem

NEED_A_REASON = frozenset(
    {
        *("due-moved-later", "reopened"),
        *("rating-improved-without-update", "rating-worsened-without-update"),
    }
)
"""The rules that an update satisfies."""

LOGS = frozenset({"updates", "evidence"})


class Side(NamedTuple):
    """The plans that are merged in, and those that both sides began with."""

    base: Sequence[Version]
    theirs: Sequence[Version]


class Merge(NamedTuple):
    """The plans of this side, what is merged into them, and the result; files that differ."""

    ours: Sequence[Version]
    sides: Sequence[Side]
    result: Sequence[Version]


class _Plans(NamedTuple):
    """One plan of both sides, that which they began with, if any, and the result, if any."""

    base: Plan | None
    ours: Plan
    theirs: Plan
    now: Plan | None


def merge_problems(
    edits: Sequence[Problem], merge: Merge, as_of: dt.date | None = None
) -> list[Problem]:
    """What the rules on edits say of a merge; `edits` is what they say against this side alone.

    Added is, as far as it is an error, what the result lost of the other sides. Left out is what
    came from there with a reason, though updates of this side may be younger than that.
    """
    expected = _expected(merge)
    lost = _lost(merge, expected, as_of)
    wrong = set(map(_key, lost))
    # the reason may be what was lost
    dropped = {(one.plan, one.ref) for one in lost if one.rule == "update-rewritten"}
    for side in merge.sides:
        wrong.update(map(_key, edit_problems(side.base, side.theirs, as_of=as_of)))
    kept = [
        problem
        for problem in edits
        if problem.rule not in NEED_A_REASON
        or problem.plan not in expected
        or _key(problem) in wrong
        or (problem.plan, problem.ref) in dropped
    ]
    return kept + [
        problem._replace(message=f"{problem.message}, against the branch that is merged in")
        for problem in lost
        if problem.severity == "error" and problem not in kept
    ]


def _key(problem: Problem) -> tuple[str, str | None, str | None]:
    return problem.rule, problem.plan, problem.ref


def _by_id(versions: Sequence[Version]) -> dict[str, Version]:
    """The plans by their ids; of two with one id, which is an error of its own, the first."""
    named = ((version.read.plan_id, version) for version in reversed(versions))
    return {plan_id: version for plan_id, version in named if plan_id is not None}


def _lost(merge: Merge, expected: Mapping[str, Plan], as_of: dt.date | None) -> list[Problem]:
    """What the rules say of the way from what a merge should give to what it gave."""
    ours, now = _by_id(merge.ours), _by_id(merge.result)
    unread = {version.file for version in merge.result if version.read.plan_id is None}
    theirs = {key: one for side in merge.sides for key, one in _by_id(side.theirs).items()}
    problems = []
    for plan_id, plan in expected.items():
        loaded = now[plan_id].read.loaded if plan_id in now else None
        if loaded:
            edit = PlanEdit(plan, loaded, last_day=last_day_of_reasons(as_of))
            problems += plan_problems(edit)
        elif not {plan_id} & (now.keys() | ours.keys()) and theirs[plan_id].file not in unread:
            problems.append(removed_plan(theirs[plan_id]))
    return problems


def _expected(merge: Merge) -> dict[str, Plan]:
    """The plans that a merge should give, of those that are merged in and can be read."""
    ours, now = _by_id(merge.ours), _by_id(merge.result)
    found: dict[str, Plan] = {}
    for side in merge.sides:
        base = _by_id(side.base)
        for plan_id, version in _by_id(side.theirs).items():
            versions = (base.get(plan_id), ours.get(plan_id), version, now.get(plan_id))
            if any(one and one.read.loaded is None for one in versions[:3]):
                continue
            began, mine, theirs, result = map(_plan, versions)
            mine = found.get(plan_id, mine)
            if mine and theirs:
                found[plan_id] = _merged_plan(_Plans(began, mine, theirs, result))
            elif theirs and not began:
                found[plan_id] = theirs
    return found


def _plan(version: Version | None) -> Plan | None:
    return version.read.loaded.plan if version and version.read.loaded else None


def _merged_plan(plans: _Plans) -> Plan:
    """The other side's plan with all that this side changed in its actions, and their ratings."""
    by_ref = [_actions(plan) if plan else {} for plan in plans]
    objectives = tuple(
        objective.model_copy(
            update={
                "actions": tuple(
                    merged
                    for action in objective.actions
                    if (merged := _merged_action(*(refs.get(action.ref) for refs in by_ref)))
                )
            }
        )
        for objective in plans.theirs.objectives
    )
    schemes = [plan and plan.rag for plan in plans]
    return plans.theirs.model_copy(update={"objectives": objectives, "rag": _chosen(*schemes)})


def _actions(plan: Plan) -> dict[str, Action]:
    return {placed.action.ref: placed.action for placed in reversed(subject_of(plan).actions)}


def _merged_action(
    base: Action | None, ours: Action | None, theirs: Action | None, now: Action | None
) -> Action | None:
    """What both sides changed in an action; None for one that this side gave up."""
    if ours is None or theirs is None:
        return None if base else theirs
    four = (base, ours, theirs, now)
    fields: dict[str, Any] = {
        field: _chosen(*(action and getattr(action, field) for action in four))
        for field in Action.model_fields
    }
    for field in LOGS:
        was, mine, other = (getattr(action, field, ()) for action in four[:3])
        kept = [one for one in other if one in mine or one not in was]
        fields[field] = (*kept, *(one for one in mine if one not in other and one not in was))
    return theirs.model_copy(update=fields)


def _chosen(base: object, ours: object, theirs: object, now: object) -> object:
    """The value that one side changed; of two changed ones that which was decided for, or ours."""
    if ours == base:
        return theirs
    return now if now == theirs != base else ours
