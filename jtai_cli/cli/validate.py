"""jtai validate: is what is written sound?"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import click

from jtai_cli.cli.answers import display
from jtai_cli.cli.inputs import as_of_option, output_options, plans_argument
from jtai_cli.cli.output import write
from jtai_cli.cli.reading import other_ids, plan_paths, texts
from jtai_cli.cli.target import target_of
from jtai_cli.cli.workers import map_in_order
from jtai_cli.plan.problem import Problem
from jtai_cli.report import PROBLEM_FORMATS, Judged

if TYPE_CHECKING:
    from pathlib import Path


class _Checked(NamedTuple):
    """What validation keeps of one file: little, so that thousands can be read in a row."""

    name: str
    plan_id: str | None
    id_place: tuple[int, int]
    problems: tuple[Problem, ...]


@click.command("validate", epilog="Example: jtai validate plans/our-plan.yaml --strict")
@plans_argument
@as_of_option(used=False)
@click.option("--strict", is_flag=True, help="Warnings count as errors for the exit code.")
@click.option(
    "--format",
    "form",
    type=click.Choice(list(PROBLEM_FORMATS)),
    default="text",
    help="text is for reading; github, gitlab, sarif and junit are for continuous integration.",
)
@output_options
def command(
    plans: tuple[str, ...],
    form: str,
    output: Path | None,
    color: str,
    *,
    strict: bool,
) -> int:
    """Check plans, and list every problem with its place and what to do about it.

    Ends with 0 when there is no error, 1 when there is one, 2 when there is nothing to check.
    """
    paths = plan_paths(plans)
    target = target_of(output, (path.as_posix() for path in paths))
    judged = Judged(_problems(paths), len(paths))
    text = PROBLEM_FORMATS[form](judged, display(color, output))
    write(text, target, always_utf8=form != "text")
    counts = judged.problems if strict else [one for one in judged.problems if _is_error(one)]
    return 1 if counts else 0


def _is_error(problem: Problem) -> bool:
    return problem.severity == "error"


def _problems(paths: list[Path]) -> list[Problem]:
    from jtai_cli.plan.ids import PlanIds
    from jtai_cli.plan.load import in_order

    ids = PlanIds()
    for name, plan_id in other_ids(paths):
        ids.note(name, plan_id)
    problems: list[Problem] = []
    for checked in map_in_order(_check, paths):
        twice = ids.twice(checked.name, checked.plan_id, checked.id_place)
        problems += in_order([*checked.problems, *twice]) if twice else checked.problems
    return problems


def _check(path: Path) -> _Checked:
    from jtai_cli.plan.load import load_plan

    ((name, text),) = texts([path])
    if isinstance(text, Problem):
        return _Checked(name, None, (1, 1), (text,))
    read = load_plan(name, text)
    return _Checked(name, read.plan_id, read.id_place, read.problems)
