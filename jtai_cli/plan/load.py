"""The way from texts to plans: {name: bytes} in, plans and problems out.

Nothing here reads a disk, so that plans from a commit take the same way. A plan with an error in
it is not given out: nothing should be computed from what can't be judged.
"""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from jtai_cli.plan.explanations import EXPLANATIONS
from jtai_cli.plan.ids import PlanIds
from jtai_cli.plan.model import Plan
from jtai_cli.plan.places import MappingPlaces, SequencePlaces
from jtai_cli.plan.problem import MAX_MESSAGES, Found, Problem, did_you_mean
from jtai_cli.plan.quoting import cut_by_comment, needs_quotes, tabs
from jtai_cli.plan.rules import RULES
from jtai_cli.plan.source import read_source
from jtai_cli.plan.subject import subject_of
from jtai_cli.plan.text import Lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pydantic_core import ErrorDetails

    from jtai_cli.plan.fault import Fault, Path
    from jtai_cli.plan.places import Mark, Places
    from jtai_cli.plan.problem import Severity
    from jtai_cli.plan.source import Source


# Longer lines are not shown below a problem, and plans with more faults in their shape not mended.
MAX_EXCERPT = 2_000
MAX_MENDED = 1_000


class LoadedPlan(NamedTuple):
    """A sound plan, the file it came from, and the places in it."""

    plan: Plan
    file: str
    places: Places

    def line_of(self, *path: str | int) -> int:
        """The line, from 1, of the value at a path."""
        return locate(self.places, path).line + 1


class Read(NamedTuple):
    """What one file turned out to be: a plan unless it has an error, and its problems in order."""

    loaded: LoadedPlan | None
    plan_id: str | None
    id_place: tuple[int, int]
    problems: tuple[Problem, ...]


class Loaded(NamedTuple):
    """Plans in the order of their files, and every problem in file order."""

    plans: tuple[LoadedPlan, ...]
    problems: tuple[Problem, ...]


def load(texts: Mapping[str, bytes]) -> Loaded:
    """Read plan files: names, as messages show them, to the bytes of each."""
    ids = PlanIds()
    plans, problems = [], []
    for name, content in texts.items():
        read = load_plan(name, content)
        twice = ids.twice(name, read.plan_id, read.id_place)
        problems += in_order([*read.problems, *twice])
        if read.loaded and not twice:
            plans.append(read.loaded)
    return Loaded(tuple(plans), tuple(problems))


def load_plan(name: str, content: bytes, parser: Any = None) -> Read:
    """Read one plan file; never raises for anything that stands in it."""
    source = read_source(name, content, parser)
    found = source.found
    lines = cache(partial(Lines, source.text))
    if source.data is None or source.places is None:
        return Read(None, None, (1, 1), _finished(found, lines))
    places = source.places
    needs_quotes(source, lines)
    cut_by_comment(source, lines, parser)
    tabs(source, lines, parser)
    plan, lost_paths = _validated(source, found)
    if plan is None:
        return Read(None, None, (1, 1), _finished(found, lines))
    subject, lost = subject_of(plan), _lost(lost_paths)
    for rule in RULES:
        for fault in rule(subject):
            if not lost_paths or _stands(fault, lost):
                severity = EXPLANATIONS[fault.rule].severity
                placed = partial(_placed, name, places, fault)
                found.note(severity, partial(_reworded, placed) if lost_paths else placed)
    id_mark = locate(places, ("id",))
    sound = LoadedPlan(plan, name, places) if not found.errors else None
    plan_id = None if ("id",) in lost_paths else plan.id
    problems = _finished(found, lines) if found.errors or found.warnings else ()
    return Read(sound, plan_id, (id_mark.line + 1, id_mark.column + 1), problems)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Problems of one file, from its top to its end."""
    return sorted(problems, key=lambda problem: (problem.line, problem.column, problem.rule))


def locate(places: Places, path: Path, *, at_name: bool = False) -> Mark:
    """Where a path leads: to its value, or to the nearest group around it that the text has.

    Segments that the text lacks, such as a field that is missing, are skipped.
    """
    name: Mark | None = None
    for step in path:
        if isinstance(places, MappingPlaces) and step in places.values:
            name = places.keys[str(step)]
            places = places.values[str(step)]
        elif isinstance(places, SequencePlaces) and isinstance(step, int):
            places = places.items[step]
    if at_name and name:
        return name
    return places.mark if isinstance(places, MappingPlaces | SequencePlaces) else places


def _position(places: Places, error: ErrorDetails) -> tuple[int, int]:
    mark = locate(places, error["loc"])
    return mark.line, mark.column


def _placed(name: str, places: Places, fault: Fault) -> Problem:
    mark = locate(places, fault.path, at_name=fault.at_name)
    severity = EXPLANATIONS[fault.rule].severity
    place = (mark.line + 1, mark.column + 1)
    hint = did_you_mean(fault.value or "", fault.known) or fault.hint
    return Problem(name, *place, fault.rule, severity, fault.message, hint, fault.value)


def _reworded(placed: Callable[[], Problem]) -> Problem:
    # slow to import, and only a faulty plan needs it
    from jtai_cli.plan.repair import without_stand_ins

    problem = placed()
    return problem._replace(message=without_stand_ins(problem.message))


def _misshapen(name: str, places: Places, error: ErrorDetails) -> Problem:
    # slow to import, and only a faulty plan needs it
    from jtai_cli.plan.shape import fault_of

    return _placed(name, places, fault_of(error, Plan))


def _validated(source: Source, found: Found) -> tuple[Plan | None, frozenset[Path]]:
    """The plan, and the paths whose values were lost to faults.

    A plan with faults in its shape is mended in memory, so that rules over the whole plan can
    still say what they see in the rest of it.
    """
    data, places = source.data, source.places
    try:
        return Plan.model_validate(data), frozenset()
    except ValidationError as error:
        # slow to import, and only a faulty plan needs it
        from jtai_cli.plan.repair import errors_of, repaired

        errors = errors_of(error)
    if not isinstance(data, dict) or not isinstance(places, MappingPlaces):
        message = "a plan is made of 'name: value' lines and begins with 'jtai: 1'"
        found.add(Problem(source.name, 1, 1, "wrong-type", "error", message))
        return None, frozenset()
    errors.sort(key=partial(_position, places))
    for each in errors:
        found.note("error", partial(_misshapen, source.name, places, each))
    if len(errors) > MAX_MENDED:
        return None, frozenset()
    return repaired(Plan, data, places, errors)


# What a rule looks things up in: when some of it was lost, what it misses may have been there.
_LOOKS_IN = {
    "unknown-partner": {"partners"},
    "unknown-finding": {"findings"},
    "unanswered-finding": {"findings", "answers"},
    "unknown-priority": {"priorities"},
    "replaced-by-nothing": {"ref"},
    "unknown-rating": {"rag"},
    "completed-but-open": {"rag"},
    "missing-evidence": {"rag"},
    "missing-approval": {"rag"},
}
_LOOKS_EVERYWHERE = {"unanswered-finding", "replaced-by-nothing"}


class _Lost(NamedTuple):
    """The paths whose values were lost to faults, and the names of fields in them."""

    paths: frozenset[Path]
    names: frozenset[str | int]
    whole_items: bool


def _lost(paths: frozenset[Path]) -> _Lost:
    whole_items = any(isinstance(path[-1], int) or path[-1] == "actions" for path in paths)
    return _Lost(paths, frozenset(step for path in paths for step in path), whole_items)


def _stands(fault: Fault, lost: _Lost) -> bool:
    """Whether a fault is one of the plan as written, not of what was lost from it."""
    if any(fault.path[:length] in lost.paths for length in range(1, len(fault.path) + 1)):
        return False
    if not lost.names.isdisjoint(_LOOKS_IN.get(fault.rule, ())):
        return False
    return not (lost.whole_items and fault.rule in _LOOKS_EVERYWHERE)


def _finished(found: Found, lines: Callable[[], Lines]) -> tuple[Problem, ...]:
    """The problems to report: errors first where there are too many, each with its line."""
    kept = in_order((found.first_errors + found.first_warnings)[:MAX_MESSAGES])
    rest = found.errors + found.warnings - len(kept)
    shown = [problem._replace(excerpt=_excerpt(problem, lines)) for problem in kept]
    if rest:
        last = shown[-1]
        severity: Severity = "error" if found.errors > MAX_MESSAGES else "warning"
        message = f"{rest:,} more problems in this file are not listed"
        hint = "mend the ones above and validate again"
        shown.append(
            Problem(last.file, last.line, last.column, "more-problems", severity, message, hint)
        )
    return tuple(shown)


def _excerpt(problem: Problem, lines: Callable[[], Lines]) -> str | None:
    line = lines().line(problem.line)
    return line if 0 < len(line) <= MAX_EXCERPT else None
