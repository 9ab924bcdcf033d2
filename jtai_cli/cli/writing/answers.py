"""Giving an answer: what the output can show, the chosen format, and the exit code."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from jtai_cli.cli.writing.output import append, complain, plainer, write
from jtai_cli.cli.writing.target import target_of
from jtai_cli.report import FORMATS, PROBLEM_FORMATS, Display, Judged

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jtai_cli.cli.request import ProblemRequest, Request
    from jtai_cli.plan.load import Loaded
    from jtai_cli.plan.problem import Problem
    from jtai_cli.report import Answer, Committed

NARROWEST, WIDEST = 40, 140
_DRAWN = "─…×"
_OFF = ("", "0", "false", "no")


def give(
    answer: Answer, request: Request, loaded: Loaded, committed: Committed | None = None
) -> int:
    """Write the answer; first, on standard error, what kept plans from loading.

    The answer says where the plans were committed, when that is where they were read from.

    Returns:
        0, or 2 when a plan did not load. JSON is then not written: half of an answer might be
        taken for the whole.
    """
    failed = say_what_failed(loaded)
    if not failed or (loaded.plans and request.format != "json"):
        names = [problem.file for problem in loaded.problems]
        target = target_of(request.output, [*names, *(one.file for one in loaded.plans)])
        shown = display(request.color, request.output)
        if committed is not None:
            # only a look back needs it
            from jtai_cli.report.committed import as_committed

            answer = as_committed(answer, committed)
        text = FORMATS[request.format](answer, shown)
        if not shown.unicode:
            text = plainer(text)
        write(text, target, always_utf8=request.format != "terminal")
    return 2 if failed else 0


def give_problems(judged: Judged, request: ProblemRequest, names: Iterable[str] = ()) -> None:
    """Write what was found; `names` are of files that were read, beside those with problems.

    On GitHub, a table goes into the summary of the job as well.
    """
    known = dict.fromkeys([*names, *(problem.file for problem in judged.problems)])
    target = target_of(request.output, known)
    wanted = os.environ.get("GITHUB_STEP_SUMMARY") if request.format == "github" else None
    summary = target_of(Path(wanted), known, "GITHUB_STEP_SUMMARY") if wanted else None
    text = PROBLEM_FORMATS[request.format](judged, display(request.color, request.output))
    commands = request.format == "github"
    write(text, target, always_utf8=request.format != "text", commands=commands)
    if summary is not None:
        from jtai_cli.report.github import github_summary

        append(github_summary(judged), summary.path)


def say_what_failed(loaded: Loaded) -> bool:
    """Print the problems of plans that do not load; False when there are none."""
    errors = [problem for problem in loaded.problems if problem.severity == "error"]
    say_errors(errors)
    return bool(errors)


def say_errors(errors: list[Problem]) -> None:
    """Print what keeps plans from being judged, if anything does."""
    if errors:
        failed = {problem.file for problem in errors}
        judged = Judged(errors, len(failed))
        complain(PROBLEM_FORMATS["text"](judged, Display(width=120)))


def display(color: str, output: Path | None) -> Display:
    """What the output can show.

    An explicit --color wins; then NO_COLOR, which FORCE_COLOR does not override; then FORCE_COLOR;
    then whether standard output is a terminal.
    """
    on_terminal = output is None and sys.stdout is not None and sys.stdout.isatty()
    forced = os.environ.get("FORCE_COLOR", "").lower() not in _OFF
    refused = bool(os.environ.get("NO_COLOR"))
    dumb = os.environ.get("TERM") == "dumb"
    if color == "auto":
        forced = forced and output is None
        colour = not refused and (forced or (on_terminal and not dumb))
    else:
        colour = color == "always"
    drawn = on_terminal or (colour and output is None)
    if not drawn:
        return Display(colour=colour)
    return Display(_width(), drawn, colour, not dumb and _can_draw(), _palette())


def _width() -> int:
    # slow to import, and only drawing needs it
    import shutil

    columns = shutil.get_terminal_size((80, 24)).columns
    return min(max(columns, NARROWEST), WIDEST)


def _palette() -> Literal["standard", "256", "truecolor"]:
    """How many colours the terminal says it has."""
    if os.environ.get("COLORTERM", "").lower() in ("truecolor", "24bit"):
        return "truecolor"
    return "256" if "256" in os.environ.get("TERM", "") else "standard"


def _can_draw() -> bool:
    try:
        _DRAWN.encode(sys.stdout.encoding if sys.stdout else "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
