"""The way from texts to plans: {name: bytes} in, plans and problems out.

Nothing here reads a disk, so that plans from a commit take the same way. A plan with an error in
it is not given out: nothing should be computed from what can't be judged.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from jtai_cli.plan.document import Kind, in_order, read_document
from jtai_cli.plan.model import Plan
from jtai_cli.plan.places import NOWHERE, LaterPlaces, locate
from jtai_cli.plan.rules import faults_of
from jtai_cli.plan.source import read_source
from jtai_cli.plan.stand_ins import is_stand_in
from jtai_cli.plan.used_ids import PlanIds

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jtai_cli.plan.fault import Path
    from jtai_cli.plan.places import Places
    from jtai_cli.plan.problem import Problem
    from jtai_cli.plan.source import Node


class LoadedPlan(NamedTuple):
    """A sound plan, the file it came from, and the places in it."""

    plan: Plan
    file: str
    places: Places | LaterPlaces

    def line_of(self, *path: str | int) -> int:
        """The line, from 1, of the value at a path."""
        return locate(self.places, path).line + 1


class Read(NamedTuple):
    """What one file turned out to be: a plan unless it has an error, and its problems in order.

    `mended` is what could be read of a plan whether or not it is sound, faulty values left out,
    which stood at the paths `lost`: it says what was once promised, and nothing may be counted from
    it. `places` are those of what could be read.
    """

    loaded: LoadedPlan | None
    plan_id: str | None
    id_place: tuple[int, int]
    problems: tuple[Problem, ...]
    mended: Plan | None = None
    lost: frozenset[Path] = frozenset()
    places: Places | None = None


class Loaded(NamedTuple):
    """Plans in the order of their files, and every problem in file order."""

    plans: tuple[LoadedPlan, ...]
    problems: tuple[Problem, ...]


def load(texts: Mapping[str, bytes], known: Callable[[bytes], Plan | None] | None = None) -> Loaded:
    """Read plan files: names, as messages show them, to the bytes of each.

    A text that is known as a sound plan is not judged again: nothing is warned of in it.
    """
    ids = PlanIds()
    plans, problems = [], []
    for name, content in texts.items():
        plan = known(content) if known else None
        read = (
            load_plan(name, content)
            if plan is None or ids.has(plan.id)
            else _as_known(name, content, plan)
        )
        twice = ids.twice(name, read.plan_id, read.id_place)
        problems += in_order([*read.problems, *twice])
        if read.loaded and not twice:
            plans.append(read.loaded)
    return Loaded(tuple(plans), tuple(problems))


def _as_known(name: str, content: bytes, plan: Plan) -> Read:
    """A text that is known to be a plan; its lines are looked up when they are asked for."""
    places = LaterPlaces(partial(_places, content))
    return Read(LoadedPlan(plan, name, places), plan.id, (1, 1), ())


def _places(content: bytes) -> Places:
    return read_source("", content).places or NOWHERE


def load_plan(name: str, content: bytes, parser: Any = None) -> Read:
    """Read one plan file; never raises for anything that stands in it."""
    document = read_document(name, content, _PLAN, parser)
    plan, places = document.model, document.places
    if plan is None or places is None:
        return Read(None, None, (1, 1), document.problems)
    mark = locate(places, ("id",))
    plan_id = None if ("id",) in document.lost else plan.id
    problems = document.problems
    if problems and plan_id is not None:
        problems = tuple(problem._replace(plan=plan_id) for problem in problems)
    loaded = LoadedPlan(plan, name, places) if document.sound else None
    place = (mark.line + 1, mark.column + 1)
    return Read(loaded, plan_id, place, problems, plan, document.lost, places)


def _ref_at(data: Node | None, path: Path) -> str | None:
    """The ref, as written, of the action that a path lies in."""
    if len(path) < 4 or (path[0], path[2]) != ("objectives", "actions"):
        return None
    found: Any = data
    try:
        for step in path[:4]:
            found = found[step]
        ref = found["ref"]
    except (KeyError, IndexError, TypeError):
        return None
    return ref if isinstance(ref, str) and not is_stand_in(ref) else None


_PLAN = Kind(
    Plan,
    begins="a plan begins with 'jtai: 1'",
    faults=faults_of,
    looks_in={
        "unknown-partner": frozenset({"partners"}),
        "unknown-finding": frozenset({"findings"}),
        "unanswered-finding": frozenset({"findings", "answers"}),
        "unknown-priority": frozenset({"priorities"}),
        "replaced-by-nothing": frozenset({"ref"}),
        "unknown-rating": frozenset({"rag"}),
        "completed-but-open": frozenset({"rag"}),
        "missing-evidence": frozenset({"rag"}),
        "missing-approval": frozenset({"rag"}),
    },
    looks_everywhere=frozenset({"unanswered-finding", "replaced-by-nothing"}),
    ref_at=_ref_at,
)
