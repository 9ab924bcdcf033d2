"""One file on its way from bytes to a model: read, checked, and every problem with its place.

Plans and the policy take the same way. A file with an error in it is still mended in memory, so
that rules over the whole of it can say what they see in the rest.
"""

from __future__ import annotations

import codecs
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from pydantic import ValidationError

from jtai_cli.plan.explanations import EXPLANATIONS
from jtai_cli.plan.fields import Model
from jtai_cli.plan.places import MappingPlaces, locate
from jtai_cli.plan.problem import MAX_MESSAGES, Found, Problem, did_you_mean
from jtai_cli.plan.quoting import cut_by_comment, needs_quotes, tabs
from jtai_cli.plan.source import read_source
from jtai_cli.plan.stand_ins import without_stand_ins
from jtai_cli.plan.text import Lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from pydantic_core import ErrorDetails

    from jtai_cli.plan.fault import Fault, Path
    from jtai_cli.plan.places import LaterPlaces, Places
    from jtai_cli.plan.problem import Severity
    from jtai_cli.plan.source import Node, Source

# Longer lines are not shown below a problem, and files with more faults in their shape not mended.
MAX_EXCERPT = 2_000
MAX_MENDED = 1_000
MORE = "more-problems"

Read = TypeVar("Read", bound=Model)


class Kind(NamedTuple, Generic[Read]):
    """What a file is read as.

    `looks_in` says in which fields a rule looks things up: when some of them were lost to faults,
    what the rule misses may have been there. `ref_at` gives the ref of the action that a path lies
    in.
    """

    model: type[Read]
    begins: str
    faults: Callable[[Read], Iterable[Fault]]
    looks_in: Mapping[str, frozenset[str]]
    looks_everywhere: frozenset[str] = frozenset()
    ref_at: Callable[[Node | None, Path], str | None] = lambda _data, _path: None


class Document(NamedTuple, Generic[Read]):
    """What a file turned out to be.

    `model` is None where nothing could be made of it; where `sound` is False there is an error in
    the file, and the values at the paths `lost` are left out of the model.
    """

    model: Read | None
    places: Places | None
    lost: frozenset[Path]
    sound: bool
    problems: tuple[Problem, ...]


def read_document(
    name: str, content: bytes, kind: Kind[Read], parser: Any = None
) -> Document[Read]:
    """Read one file; never raises for anything that stands in it."""
    source = read_source(name, content, parser, kind.begins)
    found = source.found
    lines = cache(partial(Lines, source.text))
    if source.data is None or source.places is None:
        return Document(None, None, frozenset(), sound=False, problems=_finished(found, lines))
    needs_quotes(source, lines)
    cut_by_comment(source, lines, parser)
    tabs(source, lines, parser)
    model, lost = _validated(kind, source, found)
    if model is not None:
        _judge(kind, model, source, lost)
    problems = _finished(found, lines) if found.errors or found.warnings else ()
    return Document(model, source.places, lost, model is not None and not found.errors, problems)


def _judge(kind: Kind[Read], model: Read, source: Source, lost_paths: frozenset[Path]) -> None:
    """Note what the rules over the whole say of it."""
    lost = _lost(lost_paths)
    for fault in kind.faults(model):
        if not lost_paths or _stands(kind, fault, lost):
            describe = partial(_described, kind, source, fault)
            severity = EXPLANATIONS[fault.rule].severity
            source.found.note(severity, partial(_reworded, describe) if lost_paths else describe)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Problems of one file, from its top to its end."""
    return sorted(problems, key=lambda problem: (problem.line, problem.column, problem.rule))


def placed(
    name: str, places: Places | LaterPlaces, fault: Fault, ref: str | None = None
) -> Problem:
    """The problem of a fault, at the place in the file that its path leads to."""
    mark = locate(places, fault.path, at_name=fault.at_name)
    severity = EXPLANATIONS[fault.rule].severity
    hint = did_you_mean(fault.value or "", fault.known) or fault.hint
    return Problem(
        name,
        mark.line + 1,
        mark.column + 1,
        fault.rule,
        severity,
        fault.message,
        hint,
        fault.value,
        ref=ref,
    )


def _described(kind: Kind[Read], source: Source, fault: Fault) -> Problem:
    assert source.places is not None  # noqa: S101 - faults are of files that could be read
    return placed(source.name, source.places, fault, kind.ref_at(source.data, fault.path))


def _reworded(describe: Callable[[], Problem]) -> Problem:
    problem = describe()
    return problem._replace(message=without_stand_ins(problem.message))


def _misshapen(kind: Kind[Read], source: Source, error: ErrorDetails) -> Problem:
    # slow to import, and only a faulty file needs it
    from jtai_cli.plan.shape import fault_of

    return _described(kind, source, fault_of(error, kind.model))


def _position(places: Places, error: ErrorDetails) -> tuple[int, int]:
    mark = locate(places, error["loc"])
    return mark.line, mark.column


def _validated(
    kind: Kind[Read], source: Source, found: Found
) -> tuple[Read | None, frozenset[Path]]:
    """The model, and the paths whose values were lost to faults."""
    data, places = source.data, source.places
    try:
        return kind.model.model_validate(data), frozenset()
    except ValidationError as error:
        # slow to import, and only a faulty file needs it
        from jtai_cli.plan.repair import errors_of, repaired

        errors = errors_of(error)
    if not isinstance(data, dict) or not isinstance(places, MappingPlaces):
        message = f"this file is not made of 'name: value' lines; {kind.begins}"
        found.add(Problem(source.name, 1, 1, "wrong-type", "error", message))
        return None, frozenset()
    errors.sort(key=partial(_position, places))
    for each in errors:
        found.note("error", partial(_misshapen, kind, source, each))
    if len(errors) > MAX_MENDED:
        return None, frozenset()
    return repaired(kind.model, data, places, errors)


class _Lost(NamedTuple):
    """The paths whose values were lost to faults, and the names of fields in them."""

    paths: frozenset[Path]
    names: frozenset[str | int]
    whole_items: bool


def _lost(paths: frozenset[Path]) -> _Lost:
    whole_items = any(isinstance(path[-1], int) or path[-1] == "actions" for path in paths)
    return _Lost(paths, frozenset(step for path in paths for step in path), whole_items)


def _stands(kind: Kind[Read], fault: Fault, lost: _Lost) -> bool:
    """Whether a fault is one of the file as written, not of what was lost from it."""
    if any(fault.path[:length] in lost.paths for length in range(1, len(fault.path) + 1)):
        return False
    if not lost.names.isdisjoint(kind.looks_in.get(fault.rule, ())):
        return False
    return not (lost.whole_items and fault.rule in kind.looks_everywhere)


def _finished(found: Found, lines: Callable[[], Lines]) -> tuple[Problem, ...]:
    """The problems to report, each with its line."""
    return tuple(problem._replace(excerpt=_excerpt(problem, lines)) for problem in first_of(found))


def first_of(found: Found) -> list[Problem]:
    """The problems of one file to report: errors first where there are too many, and their rest."""
    kept = in_order((found.first_errors + found.first_warnings)[:MAX_MESSAGES])
    rest = found.errors + found.warnings - len(kept)
    if rest:
        last = kept[-1]
        severity: Severity = "error" if found.errors > MAX_MESSAGES else "warning"
        message = f"{rest:,} more problems in this file are not listed"
        hint = "mend the ones above and validate again"
        kept.append(
            Problem(
                last.file, last.line, last.column, MORE, severity, message, hint, plan=last.plan
            )
        )
    return kept


def with_lines(problems: Iterable[Problem], content: bytes) -> tuple[Problem, ...]:
    """Problems of a file that could be read, each with its line."""
    listed = tuple(problems)
    # bytes end their lines where YAML does, and few of them are needed as text
    lines = content.removeprefix(codecs.BOM_UTF8).splitlines() if listed else []
    return tuple(problem._replace(excerpt=_shown(problem, lines)) for problem in listed)


def _shown(problem: Problem, lines: Sequence[bytes]) -> str | None:
    line = lines[problem.line - 1] if problem.line <= len(lines) else b""
    # no character takes more than four bytes
    if not line or len(line) > 4 * MAX_EXCERPT or problem.rule == MORE:
        return None
    text = line.decode("utf-8", "replace")
    return text if len(text) <= MAX_EXCERPT else None


def _excerpt(problem: Problem, lines: Callable[[], Lines]) -> str | None:
    if problem.rule == MORE:
        return None
    line = lines().line(problem.line)
    return line if 0 < len(line) <= MAX_EXCERPT else None
