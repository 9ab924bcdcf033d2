"""Versions of plans as text to keep, and back: so that what was read once need not be again.

Who keeps it has to see to it that it comes back as it was: what is in it is not judged again.
"""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from pydantic import ValidationError

from jtai_cli.plan.model import Plan
from jtai_cli.plan.problem import Problem
from jtai_cli.plan.versions import PlanVersion

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from jtai_cli.plan.model import Action

    Group = tuple[Action, ...]
    Numbers = Mapping[int, int]

Read: TypeAlias = "tuple[str | None, PlanVersion | Problem]"
"""What a text turned out to be: the plan's id, and the version, or the first error in it."""

FORMAT = 2
"""To be raised whenever the same text, or commit, would be read or kept in another way."""

_T = TypeVar("_T")

# pydantic is fastest with one text for all actions, and a plan is what it knows
_OBJECTIVE = {"ref": "-", "title": "-"}
_HOLDER = {"jtai": "1", "id": "-", "title": "-", "rag": "brag", "objectives": [_OBJECTIVE]}


def stored(read: Mapping[str, Read]) -> bytes:
    """Versions by the hash of their text, each with the plan's id; or why there is none."""
    found = [version for _, version in read.values() if isinstance(version, PlanVersion)]
    frames, frame_number = _numbered(version.frame for version in found)
    groups, group_number = _grouped(chain.from_iterable(version.actions for version in found))
    actions, action_number = _numbered(chain.from_iterable(groups))
    versions = {name: _written(one, frame_number, group_number) for name, one in read.items()}
    lines = (
        _together(actions),
        json.dumps([_frame(frame) for frame in frames], ensure_ascii=False),
        json.dumps([[action_number[id(action)] for action in group] for group in groups]),
        json.dumps(versions, ensure_ascii=False),
    )
    return "\n".join(lines).encode()


def restored(content: bytes) -> dict[str, Read]:
    """What `stored` was given; nothing where the content is not what it wrote."""
    try:
        holder, frames, members, versions = content.split(b"\n")
        (objective,) = Plan.model_validate_json(holder).objectives
        plans = [Plan.model_validate(frame) for frame in json.loads(frames)]
        action = objective.actions.__getitem__
        groups = [tuple(map(action, group)) for group in json.loads(members)]
        return {name: _read(one, groups, plans) for name, one in json.loads(versions).items()}
    except (ValidationError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return {}


def _numbered(things: Iterable[_T]) -> tuple[list[_T], dict[int, int]]:
    """Each thing once, in the order in which they come, and its number by its identity."""
    distinct = {id(thing): thing for thing in things}
    return list(distinct.values()), {one: number for number, one in enumerate(distinct)}


def _grouped(groups: Iterable[Group]) -> tuple[list[Group], dict[int, int]]:
    """The same of groups of actions, of which those with the same members are one."""
    distinct, _ = _numbered(groups)
    members = [tuple(map(id, group)) for group in distinct]
    once = dict(zip(members, distinct, strict=True))
    number = {key: number for number, key in enumerate(once)}
    pairs = zip(distinct, members, strict=True)
    return list(once.values()), {id(group): number[key] for group, key in pairs}


def _written(read: Read, frame_number: Numbers, group_number: Numbers) -> list[Any]:
    plan_id, version = read
    if isinstance(version, Problem):
        return [plan_id, list(version)]
    groups = [group_number[id(group)] for group in version.actions]
    return [plan_id, frame_number[id(version.frame)], groups]


def _together(actions: Sequence[Action]) -> str:
    holder = Plan.model_validate(_HOLDER)
    (empty,) = holder.objectives
    objective = empty.model_copy(update={"actions": tuple(actions)})
    filled = holder.model_copy(update={"objectives": (objective,)})
    return filled.model_dump_json(exclude_unset=True)


def _frame(frame: Plan) -> dict[str, Any]:
    data = frame.model_dump(mode="json", exclude_unset=True)
    if frame.rag.name != "own":
        data["rag"] = frame.rag.name
    return data


def _read(one: list[Any], groups: list[tuple[Action, ...]], frames: list[Plan]) -> Read:
    plan_id, what, *numbers = one
    if not numbers:
        return plan_id, Problem(*what)
    frame, those = frames[what], tuple(map(groups.__getitem__, numbers[0]))
    if len(those) != len(frame.objectives):
        raise ValueError("a version has a list of actions for each objective")
    return plan_id, PlanVersion(frame, those)
