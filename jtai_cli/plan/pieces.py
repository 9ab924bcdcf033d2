"""Many versions of plans, read fast: what one version shares with another is parsed once.

`cutting.py` says how a text is cut and why its parts mean alone what they mean together. Whatever
can't be cut with certainty, or has an error in it, is read in one as any plan is.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from jtai_cli.plan.cutting import (
    MAX_CUT,
    STAND_IN,
    Cut,
    cut,
    cut_like,
    fields_of,
    id_line,
    is_deeper_below,
    is_doubtful,
    items_of,
    plain,
    simple_field,
)
from jtai_cli.plan.load import load_plan
from jtai_cli.plan.model import Action, Plan
from jtai_cli.plan.rules_of_parts import (
    ACROSS_ACTIONS,
    OF_EACH_ACTION,
    OF_FRAME,
    are_named_alike,
    is_broken,
)
from jtai_cli.plan.source import read_source
from jtai_cli.plan.versions import PlanVersion, version_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from jtai_cli.plan.problem import Problem
    from jtai_cli.plan.source import Node


class _Frame:
    """A plan without its actions; the objectives, by number, that have lists of them in the text.

    `terms` is what each action is judged by: the plan without its objectives too. `sound` are the
    actions in which no such rule finds an error, by the id of the object: readers keep them all.
    """

    __slots__ = ("objectives", "plan", "sound", "terms")

    def __init__(self, plan: Plan, objectives: Sequence[int]) -> None:
        self.plan = plan
        self.objectives = objectives
        self.terms = plan.model_copy(update={"objectives": ()})
        self.sound: set[int] = set()


class _Parts(NamedTuple):
    """A version in parts: the actions are those of each list of the cut."""

    cut: Cut
    frame: _Frame
    actions: tuple[tuple[Action, ...], ...]

    def version(self) -> PlanVersion:
        """The version, with the actions of each objective."""
        plan = self.frame.plan
        actions: list[tuple[Action, ...]] = [()] * len(plan.objectives)
        for number, those in zip(self.frame.objectives, self.actions, strict=True):
            actions[number] = those
        return PlanVersion(plan, tuple(actions))


class VersionReader:
    """Reads versions of plans, in any order; fastest where each is much like the one before.

    It keeps each distinct item and skeleton that it has read, and the last text of each plan.
    """

    def __init__(self, parser: Any = None) -> None:
        self._parser = parser
        self._items: dict[bytes, Action | None] = {}
        self._fields: dict[bytes, Mapping[str, Node] | None] = {}
        self._skeletons: dict[bytes, _Frame | None] = {}
        self._last: dict[bytes, _Parts] = {}
        self._actions: dict[Action, Action] = {}
        self._plans: dict[tuple[str, str], Plan] = {}

    def know(self, versions: Iterable[PlanVersion]) -> None:
        """Share with versions that were read elsewhere in what is the same."""
        found = list(versions)
        for frame in {id(version.frame): version.frame for version in found}.values():
            self._shared_frame(frame)
        actions = (action for version in found for group in version.actions for action in group)
        for action in {id(action): action for action in actions}.values():
            self._shared(action)

    def read(self, content: bytes) -> PlanVersion | Problem:
        """The version that a text is, or the first error that keeps it from being one.

        It is a version exactly where `load_plan` finds a sound plan, with that plan; the error is
        the first of those that `load_plan` finds, in a file without a name.
        """
        if len(content) <= MAX_CUT:
            version = self._by_parts(plain(content))
            if version is not None:
                return version
        return self._whole(content)

    def _whole(self, content: bytes) -> PlanVersion | Problem:
        read = load_plan("", content, self._parser)
        if read.loaded is None:
            return next(one for one in read.problems if one.severity == "error")
        version = version_of(read.loaded.plan)
        actions = tuple(tuple(map(self._shared, each)) for each in version.actions)
        return PlanVersion(self._shared_frame(version.frame), actions)

    def _shared(self, action: Action) -> Action:
        return self._actions.setdefault(action, action)

    def _shared_frame(self, frame: Plan) -> Plan:
        # a scheme of the plan's own may be equal to a built-in one and yet not be it
        return self._plans.setdefault((frame.rag.name, frame.model_dump_json()), frame)

    def _by_parts(self, text: bytes) -> PlanVersion | None:
        """The version that a text is, where that is certain from its parts."""
        key = id_line(text)
        last = self._last.get(key)
        divided = cut_like(text, last.cut) if last else None
        if last and divided:
            frame: _Frame | None = last.frame
        else:
            last, divided = None, cut(text)
            frame = self._frame(divided)
        parts = self._parts(divided, frame, last) if frame else None
        if parts is None or not _is_sound(parts, last):
            return None
        self._last[key] = parts
        return parts.version()

    def _parts(self, divided: Cut, frame: _Frame, last: _Parts | None) -> _Parts | None:
        """The version of a cut; lists that are those of the last version are not read again."""
        actions = []
        for number, items in enumerate(divided.lists):
            if last and items is last.cut.lists[number]:
                actions.append(last.actions[number])
                continue
            read = tuple(map(self._action, items_of(items, divided.margins[number])))
            found = tuple(filter(None, read))
            if not read or len(found) < len(read):
                return None
            actions.append(found)
        return _Parts(divided, frame, tuple(actions))

    def _action(self, item: bytes) -> Action | None:
        """The action that an item is, alone as in its place."""
        if item not in self._items:
            self._items[item] = self._read_action(item)
        return self._items[item]

    def _read_action(self, item: bytes) -> Action | None:
        fields = fields_of(item)
        new = sum(field not in self._fields for field in fields)
        data = self._by_fields(fields) if 2 * new < len(fields) else None
        if data is None:
            data = self._in_one(item, fields)
        try:
            return self._shared(Action.model_validate(data))
        except ValidationError:
            return None

    def _in_one(self, item: bytes, fields: Sequence[bytes]) -> dict[str, Node] | None:
        """What an item is, whose fields, mostly new, are known from then on."""
        read = self._data(item) if is_deeper_below(item) else None
        if not isinstance(read, list) or len(read) != 1:
            return None
        (data,) = read
        if not isinstance(data, dict):
            return None
        # as many names as lines that begin in their column: none of these is within a text
        if len(data) == len(fields) and all(map(is_deeper_below, fields)):
            alone = ({name: value} for name, value in data.items())
            self._fields.update(zip(fields, alone, strict=True))
        return data

    def _by_fields(self, fields: Sequence[bytes]) -> dict[str, Node] | None:
        """What an item with these fields is; None where it is not certain that they make it up."""
        data: dict[str, Node] = {}
        for field in fields:
            read = self._field(field)
            if read is None:
                return None
            data |= read
        return data if len(data) == len(fields) else None

    def _field(self, field: bytes) -> Mapping[str, Node] | None:
        """The one field that a text is, alone as in its item."""
        if field not in self._fields:
            self._fields[field] = simple_field(field) or self._read_field(field)
        return self._fields[field]

    def _read_field(self, field: bytes) -> dict[str, Node] | None:
        data = self._data(field) if is_deeper_below(field) else None
        return data if isinstance(data, dict) and len(data) == 1 else None

    def _frame(self, divided: Cut) -> _Frame | None:
        """What the heads of a cut are a frame of."""
        skeleton = divided.skeleton
        if skeleton not in self._skeletons:
            self._skeletons[skeleton] = self._read_frame(skeleton, len(divided.lists))
        return self._skeletons[skeleton]

    def _read_frame(self, skeleton: bytes, lists: int) -> _Frame | None:
        data = self._data(skeleton)
        taken = _take_stand_ins(data)
        if len(taken) != lists or STAND_IN in repr(data):
            return None
        try:
            plan = Plan.model_validate(data)
        except ValidationError:
            return None
        if any(objective.actions for objective in plan.objectives):
            return None
        if is_broken(OF_FRAME + OF_EACH_ACTION + ACROSS_ACTIONS, plan, ()):
            return None
        return _Frame(self._shared_frame(plan), taken)

    def _data(self, text: bytes) -> Node | None:
        if is_doubtful(text):
            return None
        source = read_source("", text, self._parser)
        return None if source.found.errors else source.data


def _take_stand_ins(data: Node | None) -> list[int]:
    """Take the stand-ins out of their objectives; the numbers of these."""
    objectives = data.get("objectives") if isinstance(data, dict) else None
    taken = []
    for number, objective in enumerate(objectives if isinstance(objectives, list) else ()):
        if isinstance(objective, dict) and objective.get("actions") == [STAND_IN]:
            objective["actions"] = []
            taken.append(number)
    return taken


def _is_sound(parts: _Parts, last: _Parts | None) -> bool:
    """Whether no rule finds an error in the actions, those of the last version being sound."""
    frame = parts.frame
    before = last.actions if last else ((),) * len(parts.actions)
    changed = [each for each in zip(parts.actions, before, strict=True) if each[0] is not each[1]]
    new = [action for now, _ in changed for action in now if id(action) not in frame.sound]
    if is_broken(OF_EACH_ACTION, frame.terms, new):
        return False
    frame.sound.update(map(id, new))
    if all(are_named_alike(now, then) for now, then in changed):
        return True
    return not is_broken(ACROSS_ACTIONS, frame.plan, chain.from_iterable(parts.actions))
