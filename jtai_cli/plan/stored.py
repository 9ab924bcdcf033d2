"""Versions of plans as text to keep, and back: so that what was read once need not be again.

What is kept is only ever taken whole: its first line names the format, this version of jtai and a
checksum of the rest, and whatever differs is as good as nothing.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, TypeAlias

from pydantic import ValidationError

from jtai_cli import __version__
from jtai_cli.plan.model import Plan
from jtai_cli.plan.problem import Problem
from jtai_cli.plan.versions import PlanVersion

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jtai_cli.plan.model import Action

Read: TypeAlias = "tuple[str | None, PlanVersion | Problem]"
"""What a text turned out to be: the plan's id, and the version, or the first error in it."""

FORMAT = 1
"""To be raised whenever the same text would be read, or kept, in another way."""

# pydantic is fastest with one text for all actions, and a plan is what it knows
_HOLDER = '{"jtai":"1","id":"-","title":"-","rag":"brag","objectives":[%s]}'
_OBJECTIVE = '{"ref":"-","title":"-","actions":[%s]}'


def stored(read: Mapping[str, Read]) -> bytes:
    """Versions by the hash of their text, each with the plan's id; or why there is none."""
    actions, frames = _Numbers(), _Numbers()
    versions = {name: _numbered(one, actions, frames) for name, one in read.items()}
    lines = (
        _HOLDER % _OBJECTIVE % ",".join(map(_text, actions.things)),
        json.dumps([_frame(frame) for frame in frames.things], ensure_ascii=False),
        json.dumps(versions, ensure_ascii=False),
    )
    rest = "\n".join(lines).encode()
    return _head(rest) + rest


def restored(content: bytes) -> dict[str, Read]:
    """What `stored` was given; nothing where the content is not what it wrote."""
    head, _, rest = content.partition(b"\n")
    if head + b"\n" != _head(rest):
        return {}
    try:
        holder, frames, versions = rest.split(b"\n")
        (objective,) = Plan.model_validate_json(holder).objectives
        plans = [Plan.model_validate(frame) for frame in json.loads(frames)]
        return {
            name: _read(one, objective.actions, plans) for name, one in json.loads(versions).items()
        }
    except (ValidationError, ValueError, TypeError, LookupError):
        return {}


def _head(rest: bytes) -> bytes:
    return f"jtai {__version__} {FORMAT} {hashlib.sha256(rest).hexdigest()}\n".encode()


class _Numbers:
    """A number for each thing, the same for the same one."""

    def __init__(self) -> None:
        self.things: list[Any] = []
        self._numbers: dict[int, int] = {}

    def of(self, thing: object) -> int:
        number = self._numbers.setdefault(id(thing), len(self.things))
        if number == len(self.things):
            self.things.append(thing)
        return number


def _numbered(read: Read, actions: _Numbers, frames: _Numbers) -> list[Any]:
    plan_id, version = read
    if isinstance(version, Problem):
        return [plan_id, list(version)]
    numbers = [[actions.of(action) for action in group] for group in version.actions]
    return [plan_id, frames.of(version.frame), numbers]


def _text(action: Action) -> str:
    return action.model_dump_json(exclude_unset=True)


def _frame(frame: Plan) -> dict[str, Any]:
    data = frame.model_dump(mode="json", exclude_unset=True)
    if frame.rag.name != "own":
        data["rag"] = frame.rag.name
    return data


def _read(one: list[Any], actions: tuple[Action, ...], frames: list[Plan]) -> Read:
    plan_id, what, *groups = one
    if not groups:
        return plan_id, Problem(*what)
    grouped = tuple(tuple(actions[number] for number in group) for group in groups[0])
    return plan_id, PlanVersion(frames[what], grouped)
