"""What commands share: their options, and the clock."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from jtai_cli.plan.problem import quoted
from jtai_cli.report import FORMATS, PROBLEM_FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from click.shell_completion import CompletionItem

    from jtai_cli.plan.load import LoadedPlan


class Request(NamedTuple):
    """The shared options of a command that gives facts."""

    plans: tuple[str, ...]
    as_of: dt.date | None
    at: str | None
    format: str
    output: Path | None
    color: str
    no_cache: bool = False

    @property
    def date(self) -> dt.date:
        """The date to judge by: the one that is asked for, else today in London."""
        return self.as_of or today()

    def date_at(self, day: dt.date) -> dt.date:
        """The date to judge plans by as they were on a day: that day, unless --as-of is given."""
        return date_at(self.as_of, day)


def date_at(as_of: dt.date | None, day: dt.date) -> dt.date:
    """The date to judge plans by as they were on a day: that day, unless --as-of is given.

    JTAI_AS_OF only stands in for today, and so does a date that no command was given.
    """
    command = click.get_current_context(silent=True)
    given = command and command.get_parameter_source("as_of")
    on_command_line = given is click.core.ParameterSource.COMMANDLINE
    return as_of if as_of and on_command_line else day


class ProblemRequest(NamedTuple):
    """The shared options of a command that lists problems."""

    format: str
    output: Path | None
    color: str


def today() -> dt.date:
    """Today's date where the plans are: the only look at the clock in jtai."""
    from zoneinfo import ZoneInfo

    return dt.datetime.now(ZoneInfo("Europe/London")).date()


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


def complete_plans(
    _context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Plan ids that begin so, and files and folders."""
    from click.shell_completion import CompletionItem

    ids = [one.plan.id for one in _plans_quietly() if one.plan.id.startswith(incomplete)]
    # bash forgets what came before files
    return [CompletionItem(incomplete, type="file"), *(CompletionItem(one) for one in ids)]


def complete_refs(
    _context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Refs that begin so, with the plan in front where several plans have the ref."""
    from click.shell_completion import CompletionItem

    actions = [
        (one.plan.id, action)
        for one in _plans_quietly()
        for objective in one.plan.objectives
        for action in objective.actions
    ]
    known = Counter(action.ref for _, action in actions)
    found: dict[str, str] = {}
    for plan_id, action in actions:
        whole = f"{plan_id}#{action.ref}"
        # a shell keeps only what begins as typed, so a ref that is begun is offered as it is
        alone = known[action.ref] == 1 or (incomplete and action.ref.startswith(incomplete))
        ref = action.ref if alone and "#" not in incomplete else whole
        if ref.startswith(incomplete):
            found.setdefault(ref, " ".join(action.text.split())[:60])
    return [CompletionItem(ref, help=text) for ref, text in found.items()]


def _plans_quietly() -> Sequence[LoadedPlan]:
    """The plans that load, for completion: whatever is wrong, it must say nothing."""
    from jtai_cli.cli.reading.plans import load_plans

    try:
        return load_plans(()).plans
    except click.ClickException:
        return ()


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


def name_of_at() -> str:
    """What the running command calls --at."""
    parameters = click.get_current_context().command.params
    return next(one.opts[0] for one in parameters if one.name == "at")


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
