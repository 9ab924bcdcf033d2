"""What commands share: their options."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jtai_cli.cli.completing import complete_plans
from jtai_cli.plan.problem import quoted
from jtai_cli.report import FORMATS, PROBLEM_FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable


if TYPE_CHECKING:
    _DateType = click.ParamType[dt.date]
else:
    # older versions of click have a type that can't be subscripted
    _DateType = click.ParamType


class _Date(_DateType):
    """A date as plans write it."""

    name = "date"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.date:
        if isinstance(value, dt.date):
            return value
        if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            with suppress(ValueError):
                return dt.date.fromisoformat(value)
        from jtai_cli.plan.dates import why_not_a_date

        _, message, hint = why_not_a_date(value, "")
        # other hints are about the line of a plan
        advice = f" ({hint})" if hint and hint.startswith("write 2") else ""
        raise click.BadParameter(f"{quoted(value)}: {message}{advice}", ctx, param)


def plans_argument(command: Any) -> Any:
    """PLANS: files, folders or plan ids; all plans found when there are none."""
    return click.argument("plans", nargs=-1, shell_complete=complete_plans)(command)


def output_options(command: Any) -> Any:
    """--output and --color."""
    command = click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        help="Colour and drawn tables: auto is only on a terminal, and minds NO_COLOR.",
    )(command)
    return click.option(
        "--output",
        type=click.Path(readable=False, path_type=Path),
        metavar="FILE",
        help="Write to a file instead of standard output.",
    )(command)


def problem_options(command: Any) -> Any:
    """What every command that lists problems has: --format, --output, --color."""
    return click.option(
        "--format",
        type=click.Choice(list(PROBLEM_FORMATS)),
        default="text",
        help="text is for reading; github, gitlab, sarif and junit are for continuous integration.",
    )(output_options(command))


def as_of_option(command: Any) -> Any:
    """--as-of."""
    return click.option(
        "--as-of",
        type=_Date(),
        envvar="JTAI_AS_OF",
        metavar="DATE",
        help="Judge dates as of this day, YYYY-MM-DD; ratings and updates are those in the file. "
        "Default: JTAI_AS_OF, else today in London.",
    )(command)


def at_option(command: Any) -> Any:
    """--at."""
    return click.option(
        "--at",
        metavar="REVISION|DATE",
        help="The plans as they were committed: in a commit, branch or tag, or at the end of a "
        "day (YYYY-MM-DD, London). Dates are then judged as of that day.",
    )(command)


def cache_option(command: Any) -> Any:
    """--no-cache, for commands that walk through a history."""
    return click.option(
        "--no-cache",
        is_flag=True,
        help="Read every version again, instead of taking what was read before from the cache.",
    )(command)


def until_option(command: Any) -> Any:
    """--until, which is --at under the name that it has beside --since."""
    return click.option(
        "--until",
        "at",
        metavar="REVISION|DATE",
        help="The end: a commit, branch or tag, or the end of a day (YYYY-MM-DD, London). "
        "Default: what is on disk.",
    )(command)


def facts_options(command: Any, point: Callable[[Any], Any] = at_option) -> Any:
    """What every command that gives facts has: PLANS, --as-of, --at, and how to give the answer.

    `point` is the option that takes the place of --at.
    """
    command = output_options(command)
    command = click.option(
        "--format",
        type=click.Choice(list(FORMATS)),
        default="terminal",
        help="terminal is for reading, also when piped; the others are for programs and pages. "
        "CSV of plans as they were committed has the commit in a last column, 'at'.",
    )(command)
    command = as_of_option(point(command))
    return plans_argument(command)
