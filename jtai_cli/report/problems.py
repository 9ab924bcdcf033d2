"""Problems for people, as compilers list them, and as one JSON object."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from jtai_cli.plan.problem import visible

if TYPE_CHECKING:
    from jtai_cli.plan.problem import Problem
    from jtai_cli.report import Display, Judged

_PIPED_WIDTH = 120
_COLOURS = {"error": "\x1b[1;31m", "warning": "\x1b[1;33m"}
_PLAIN = "\x1b[0m"


def text(judged: Judged, display: Display) -> str:
    """Each problem with its place first, the line, a caret, and a hint; then how many."""
    shown = [_problem(problem, display) for problem in judged.problems]
    return "\n".join([*shown, totals(judged), ""])


def totals(judged: Judged) -> str:
    """How many errors and warnings there are in how many plans."""
    files = _counted(judged.files, "plan")
    errors = sum(problem.severity == "error" for problem in judged.problems)
    warnings = len(judged.problems) - errors
    if not judged.problems:
        return f"{files}, no problem found"
    kinds = [_counted(number, kind) for number, kind in ((errors, "error"), (warnings, "warning"))]
    found = " and ".join(kind for kind in kinds if not kind.startswith("0 "))
    return f"{found} in {files}"


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def _problem(problem: Problem, display: Display) -> str:
    place = f"{visible(problem.file)}:{problem.line}:{problem.column}"
    severity: str = problem.severity
    if display.colour:
        severity = f"{_COLOURS[severity]}{severity}{_PLAIN}"
    lines = [f"{place}: {severity}: {visible(problem.message)} [{problem.rule}]"]
    if problem.excerpt:
        width = display.width if display.drawn else _PIPED_WIDTH
        lines += _excerpt(problem.excerpt, problem.column - 1, width - 4)
    if problem.hint:
        lines.append(f"  {visible(problem.hint)}")
    return "\n".join(lines) + "\n"


def _excerpt(line: str, column: int, width: int) -> list[str]:
    """The part of a line that fits around a column, and a caret below the column."""
    start = max(0, min(column - width // 2, len(line) - width)) if len(line) > width else 0
    before = visible(line[start:column].replace("\t", " "))
    after = visible(line[column : start + width].replace("\t", " "))
    caret = " " * sum(map(_columns, before)) + "^"
    return [f"    {before}{after}".rstrip(), f"    {caret}"]


def _columns(character: str) -> int:
    """How many columns of a terminal a character takes."""
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def json(judged: Judged, _display: Display) -> str:
    """The object that the contract fixes."""
    # most often problems are given as text
    import json as json_library

    data = {
        "jtai": 1,
        "kind": "problems",
        "problems": [problem_data(problem) for problem in judged.problems],
    }
    return json_library.dumps(data, indent=2, ensure_ascii=False) + "\n"


def problem_data(problem: Problem) -> dict[str, str | int | None]:
    """One problem with the names that the contract fixes."""
    return {
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "rule": problem.rule,
        "severity": problem.severity,
        "message": problem.message,
        "hint": problem.hint,
        "value": problem.value,
    }
