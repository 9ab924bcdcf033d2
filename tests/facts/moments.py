"""Histories to judge, made of plans: a moment for each, a day after the one before."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from jtai_cli.facts.moments import Gap, Held, Moment, Point, Revision
from jtai_cli.plan.load import LoadedPlan, load_plan
from jtai_cli.plan.problem import Problem
from jtai_cli.plan.versions import version_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FIRST = dt.date(2025, 1, 1)
PARTNERS = {"BFFC": "Brighter Futures for Children", "TVP": "Thames Valley Police"}
FAULT = Problem("", 1, 1, "yaml-syntax", "error", "it is faulty")


class Broken(str):
    """A plan, by its id, that does not load."""

    __slots__ = ()


def plan(*actions: dict[str, Any] | None, **fields: Any) -> LoadedPlan:
    """A plan of one objective with these actions, numbered from 1.1; None leaves a number out."""
    numbered = [
        {"ref": f"1.{number}", "text": "Do it"} | action
        for number, action in enumerate(actions, 1)
        if action is not None
    ]
    written = {
        "jtai": 1,
        "id": "p",
        "title": "T",
        "rag": "brag",
        "partners": PARTNERS,
        "objectives": [{"ref": "1", "title": "O", "actions": numbered}],
    } | fields
    read = load_plan(f"{written['id']}.yaml", json.dumps(written).encode())
    assert read.loaded, read.problems
    return read.loaded


def revision(number: int) -> Revision:
    """The revision of a moment, by its number from 0."""
    return Revision(f"{number:040x}", FIRST + dt.timedelta(days=number), "A. Person")


def history(*moments: LoadedPlan | Broken | Sequence[LoadedPlan | Broken] | None) -> list[Moment]:
    """A moment for each of these: a plan, several, or None for no plan at all."""
    found: list[Moment] = []
    since: dict[str, Revision] = {}
    for number, given in enumerate(moments):
        here = revision(number)
        stood: Sequence[LoadedPlan | Broken] = ()
        if given is not None:
            stood = [given] if isinstance(given, (LoadedPlan, Broken)) else given
        broken = [one for one in stood if isinstance(one, Broken)]
        since = {name: since.get(name, here) for name in broken}
        gaps = {f"{name}.yaml": Gap(f"{name}.yaml", name, since[name], FAULT) for name in broken}
        plans = {
            one.plan.id: Held(one.file, version_of(one.plan))
            for one in stood
            if isinstance(one, LoadedPlan)
        }
        found.append(Moment(here, plans, gaps))
    return found


def moments_at(moments: Iterable[Moment], points: Sequence[Point]) -> list[Moment | None]:
    """The moment of each point: of a day the last that had come, None where none had.

    What is on disk counts as of its day.
    """
    found: list[Moment | None] = [None] * len(points)
    for moment in moments:
        for number, point in enumerate(points):
            if point.reached_by(moment.revision):
                found[number] = moment
    return found
