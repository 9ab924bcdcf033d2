"""Facts made into something to read. Renderers return text; only the shell writes it.

One table of formats feeds the command line's choices, the dispatch and the tests. A renderer is
imported when its format is used: none of them should slow the others down.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from jtai_cli.facts.verdict import Verdict
    from jtai_cli.plan.problem import Problem
    from jtai_cli.report.cells import Document
    from jtai_cli.report.data import Data


class Display(NamedTuple):
    """What the output can show: columns, colours, and characters beyond ASCII.

    `drawn` is True for a terminal, where tables are laid out to the width; everything else gets
    plain lines.
    """

    width: int = 80
    drawn: bool = False
    colour: bool = False
    unicode: bool = True
    palette: Literal["standard", "256", "truecolor"] = "truecolor"


class Answer(NamedTuple):
    """What a command found out, made only in the form that is asked for."""

    document: Callable[[], Document]
    data: Callable[[], Data]


class Committed(NamedTuple):
    """Where plans were read from, when that is not the disk: a commit and its day in London.

    `asked` is what it was asked for by, a revision or a date as it was typed.
    """

    commit: str
    day: dt.date
    asked: str


class Judged(NamedTuple):
    """What was found: problems in file order, in so many plan files.

    `instead` says what was looked at where that was no plan. `verdict` is what the gate says, whose
    breaches are among the problems; None for validation. `committed` is where the plans were read
    from, None for what is on disk.
    """

    problems: list[Problem]
    files: int
    verdict: Verdict | None = None
    instead: str | None = None
    committed: Committed | None = None


def _facts(module: str) -> Callable[[Answer, Display], str]:
    def render(answer: Answer, display: Display) -> str:
        text: str = import_module(f"jtai_cli.report.{module}").render(answer, display)
        return text

    return render


def _problems(module: str, function: str) -> Callable[[Judged, Display], str]:
    def render(judged: Judged, display: Display) -> str:
        renderer = getattr(import_module(f"jtai_cli.report.{module}"), function)
        text: str = renderer(judged, display)
        return text

    return render


FORMATS = {
    "terminal": _facts("terminal"),
    "json": _facts("json"),
    "markdown": _facts("markdown"),
    "csv": _facts("csv"),
}
"""How facts can be given: name to renderer."""

PROBLEM_FORMATS = {
    "text": _problems("problems", "text"),
    "json": _problems("problems", "json"),
    "github": _problems("github", "render"),
    "gitlab": _problems("gitlab", "render"),
    "sarif": _problems("sarif", "render"),
    "junit": _problems("junit", "render"),
}
"""How problems can be given: name to renderer."""
