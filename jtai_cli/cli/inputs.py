"""What commands share: their options, the clock, and reading the plans that are meant."""

from __future__ import annotations

import datetime as dt
import os
import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from jtai_cli import files
from jtai_cli.plan.problem import Problem, did_you_mean, quoted
from jtai_cli.report import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from click.shell_completion import CompletionItem

    from jtai_cli.plan.load import Loaded, LoadedPlan


class NothingToJudge(click.ClickException):
    """What is asked for is not there; how the command is used has no part in it."""

    exit_code = 2


class Request(NamedTuple):
    """The shared options of a command that gives facts."""

    plans: tuple[str, ...]
    as_of: dt.date | None
    format: str
    output: Path | None
    color: str

    @property
    def date(self) -> dt.date:
        """The date to judge by: the one that is asked for, else today in London."""
        return self.as_of or today()


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
        advice = f" ({hint})" if hint and hint.startswith("write") else ""
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

    plans = _plans_quietly()
    refs = [
        (one.plan.id, action)
        for one in plans
        for objective in one.plan.objectives
        for action in objective.actions
    ]
    known = [action.ref for _, action in refs]
    items = []
    for plan_id, action in refs:
        whole = f"{plan_id}#{action.ref}"
        ref = action.ref if known.count(action.ref) == 1 and "#" not in incomplete else whole
        if ref.startswith(incomplete) or (incomplete and whole.startswith(incomplete)):
            items.append(CompletionItem(ref, help=" ".join(action.text.split())[:60]))
    return items


def _plans_quietly() -> Sequence[LoadedPlan]:
    """The plans that load, for completion: whatever is wrong, it must say nothing."""
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
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Write to a file instead of standard output.",
    )(command)


def facts_options(command: Any) -> Any:
    """What every command that gives facts has: PLANS, --as-of, --format, --output, --color."""
    command = output_options(command)
    command = click.option(
        "--format",
        type=click.Choice(list(FORMATS)),
        default="terminal",
        help="terminal is for reading, also when piped; the others are for programs and pages.",
    )(command)
    command = click.option(
        "--as-of",
        type=_Date(),
        envvar="JTAI_AS_OF",
        metavar="DATE",
        help="Judge dates as of this day, YYYY-MM-DD; ratings and updates are those in the file. "
        "Default: JTAI_AS_OF, else today in London.",
    )(command)
    return plans_argument(command)


def plan_paths(plans: Sequence[str]) -> list[Path]:
    """The plan files that are meant, each once, in the order given.

    Raises:
        NothingToJudge: there are none, or a name is neither a file nor a folder.
    """
    if not plans:
        return _all_plans()
    found: dict[str, Path] = {}
    for name in plans:
        path = Path(name)
        if path.is_dir():
            inside = files.plan_files(path)
            if not inside:
                raise NothingToJudge(f"the folder {quoted(name)} has no .yaml file in it")
        elif os.path.lexists(path):
            inside = [path]
        else:
            inside = [_file_of_id(name)]
        for one in inside:
            # under whatever name a file is given, it is one plan
            found.setdefault(os.path.realpath(one), one)
    return list(found.values())


def _all_plans() -> list[Path]:
    search = files.find_folder(Path.cwd())
    if search.found is None:
        looked_in = ", ".join(str(directory) for directory in search.looked_in)
        raise NothingToJudge(
            f"no plan found: there is no folder '{files.FOLDER}' in {looked_in}. "
            f"Go to the folder that holds it, or name a plan: jtai status path/to/plan.yaml"
        )
    folder = Path(os.path.relpath(search.found))
    paths = files.plan_files(folder)
    if not paths:
        raise NothingToJudge(f"no plan found: the folder {search.found} has no .yaml file in it")
    return paths


def _file_of_id(name: str) -> Path:
    """The file of the plan with this id, for a name that is no file."""
    ids = {}
    if files.find_folder(Path.cwd()).found:
        loaded = load_plans(())
        ids = {one.plan.id: Path(one.file) for one in loaded.plans}
        if name not in ids:
            from jtai_cli.cli.answers import say_what_failed

            say_what_failed(loaded)
    if name in ids:
        return ids[name]
    hint = did_you_mean(name, ids)
    raise NothingToJudge(
        f"{quoted(name)} is neither a file, a folder nor the id of a plan"
        + f"; {hint}" * bool(hint)
    )


def texts(paths: Sequence[Path]) -> Iterator[tuple[str, bytes | Problem]]:
    """The name of each file, as messages show it, with its bytes or the problem of reading it."""
    from jtai_cli.plan.source import MAX_BYTES

    for path in paths:
        name = path.as_posix()
        content = files.read(path, MAX_BYTES)
        if isinstance(content, files.Unreadable):
            message = f"this file can't be read: {content.reason}"
            hint = "check its name, and who may read it"
            yield name, Problem(name, 1, 1, "unreadable-file", "error", message, hint)
        else:
            yield name, content


def other_ids(paths: Sequence[Path]) -> Iterator[tuple[str, str | None]]:
    """The names and plan ids of the plans that stand in one folder with these, and are not these.

    An id must be the only one of its repository, whichever of its plans are looked at.
    """
    from jtai_cli.plan.ids import id_in

    folder = files.find_folder(Path.cwd()).found
    if folder is None:
        return
    # unlike Path.resolve, it takes a link that leads to itself
    real = os.path.realpath
    given = {real(path) for path in paths}
    if not any(Path(path).is_relative_to(real(folder)) for path in given):
        return
    others = [path for path in files.plan_files(folder) if real(path) not in given]
    for name, text in texts([Path(os.path.relpath(path)) for path in others]):
        if isinstance(text, bytes):
            yield name, id_in(text)


def load_plans(plans: Sequence[str]) -> Loaded:
    """Read the plans that are meant; a file that can't be read is one of the problems."""
    from jtai_cli.plan.load import Loaded, load

    found = list(texts(plan_paths(plans)))
    loaded = load({name: text for name, text in found if isinstance(text, bytes)})
    unreadable = [problem for _, problem in found if isinstance(problem, Problem)]
    order = {name: number for number, (name, _) in enumerate(found)}
    problems = [*loaded.problems, *unreadable]
    problems.sort(key=lambda problem: order[problem.file])
    return Loaded(loaded.plans, tuple(problems))
