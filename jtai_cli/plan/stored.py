"""Versions of plans as text to keep, and back: so that what was read once need not be again.

Who keeps it has to see to it that it comes back as it was: what is in it is not judged again.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeAlias

from pydantic import ValidationError

from jtai_cli.plan.model import Plan
from jtai_cli.plan.problem import Problem
from jtai_cli.plan.versions import PlanVersion

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jtai_cli.plan.model import Action

Read: TypeAlias = "tuple[str | None, PlanVersion | Problem]"
"""What a text turned out to be: the plan's id, and the version, or the first error in it."""

FORMAT = 2
"""To be raised whenever the same text would be read, or kept, in another way."""

# pydantic is fastest with one text for all actions, and a plan is what it knows
_HOLDER = '{"jtai":"1","id":"-","title":"-","rag":"brag","objectives":[%s]}'
_OBJECTIVE = '{"ref":"-","title":"-","actions":[%s]}'


def stored(read: Mapping[str, Read]) -> bytes:
    """Versions by the hash of their text, each with the plan's id; or why there is none."""
    actions, groups, frames = _Numbers(), _Numbers(), _Numbers()
    versions = {name: _numbered(one, groups, frames) for name, one in read.items()}
    members = [[actions.of(action) for action in group] for group in groups.things]
    lines = (
        _HOLDER % _OBJECTIVE % ",".join(map(_text, actions.things)),
        json.dumps([_frame(frame) for frame in frames.things], ensure_ascii=False),
        json.dumps(members),
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
    except (ValidationError, ValueError, TypeError, LookupError):
        return {}


class _Numbers:
    """A number for each thing, the same for the same one. Whoever has them keeps the things."""

    def __init__(self) -> None:
        self.things: list[Any] = []
        self._numbers: dict[int, int] = {}

    def of(self, thing: object) -> int:
        number = self._numbers.setdefault(id(thing), len(self.things))
        if number == len(self.things):
            self.things.append(thing)
        return number


def _numbered(read: Read, groups: _Numbers, frames: _Numbers) -> list[Any]:
    plan_id, version = read
    if isinstance(version, Problem):
        return [plan_id, list(version)]
    return [plan_id, frames.of(version.frame), [groups.of(group) for group in version.actions]]


def _text(action: Action) -> str:
    return action.model_dump_json(exclude_unset=True)


def _frame(frame: Plan) -> dict[str, Any]:
    data = frame.model_dump(mode="json", exclude_unset=True)
    if frame.rag.name != "own":
        data["rag"] = frame.rag.name
    return data


def _read(one: list[Any], groups: list[tuple[Action, ...]], frames: list[Plan]) -> Read:
    plan_id, what, *numbers = one
    if not numbers:
        return plan_id, Problem(*what)
    return plan_id, PlanVersion(frames[what], tuple(map(groups.__getitem__, numbers[0])))
