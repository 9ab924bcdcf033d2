"""jtai validate: is what is written sound, and may it be edited so?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jtai_cli import files
from jtai_cli.cli.inputs import as_of_option, plans_argument, problem_options
from jtai_cli.cli.reading.plans import other_ids, plan_paths
from jtai_cli.cli.reading.project import Project, project_of_plans
from jtai_cli.cli.reading.soundness import as_the_policy_has_it, check_file, problems_of
from jtai_cli.cli.reading.workers import map_in_order
from jtai_cli.cli.request import ProblemRequest, today
from jtai_cli.cli.writing.answers import give_problems
from jtai_cli.plan.problem import visible
from jtai_cli.report import Judged

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from jtai_cli.cli.reading.versions import Asked


@click.command("validate", epilog="Example: jtai validate plans/our-plan.yaml --strict")
@plans_argument
@as_of_option
@click.option("--strict", is_flag=True, help="Warnings count as errors for the exit code.")
@click.option(
    "--against",
    metavar="REVISION",
    help="Judge also the edits since this commit, branch or tag: no date moves without a reason.",
)
@click.option(
    "--staged",
    is_flag=True,
    help="Judge what is about to be committed, and its edits since the last commit; of a merge, "
    "also what it drops of the other branch.",
)
@problem_options
def command(
    plans: tuple[str, ...],
    as_of: dt.date | None,
    against: str | None,
    *,
    strict: bool,
    staged: bool,
    **shared: Any,
) -> int:
    """Check plans, and list every problem with its place and what to do about it.

    With --against or --staged, edits are judged too: each action is compared with itself as it
    was. An update that is dated in the future is no reason yet. The policy in jtai.yaml is checked
    with the plans.

    Ends with 0 when there is no error, 1 when there is one, 2 when there is nothing to check.
    """
    if staged and against is not None:
        raise click.UsageError("--staged compares with the last commit: leave --against out")
    request = ProblemRequest(**shared)
    judged, names = _staged(plans, as_of) if staged else _on_disk(plans, against, as_of)
    give_problems(judged, request, names)
    return 1 if any(strict or one.severity == "error" for one in judged.problems) else 0


def _on_disk(
    plans: Sequence[str], revision: str | None, as_of: dt.date | None = None
) -> tuple[Judged, list[str]]:
    """Judge the plans that are meant, and name their files; the policy may be among them."""
    policies = [Path(name) for name in plans if _is_policy(name)]
    named = [name for name in plans if not _is_policy(name)]
    paths = plan_paths(named) if named else []
    project = project_of_plans([*policies, *paths])
    alone = bool(policies) and not named
    if alone and revision is not None:
        _refuse_unknown(revision, policies)
    if alone or (not named and project.config and project.config.policy is None):
        policy = f"the policy {visible(project.config.file or '')}" if project.config else None
        return Judged(as_the_policy_has_it(project, []), 0, instead=policy), []
    paths = paths or plan_paths(named)
    names = [path.as_posix() for path in paths]
    if revision is not None:
        # slow to import, and only an edit needs it
        from jtai_cli.cli.reading.edits import judge_since

        asked = _asked(paths, named)
        return judge_since(revision, project, asked, as_of or today()), names
    problems = problems_of(map_in_order(check_file, paths), other_ids(paths))
    return Judged(as_the_policy_has_it(project, problems), len(paths)), names


def _refuse_unknown(revision: str, paths: Sequence[Path]) -> None:
    """Refuse a revision that is none, though nothing is compared with it."""
    from jtai_cli.cli.reading.versions import Asked, repository, start_of

    with repository(start_of(Project(None, ()), Asked(paths)), revision):
        pass


def _is_policy(name: str) -> bool:
    return Path(name).name == files.CONFIG and files.is_there(Path(name))


def _asked(paths: Sequence[Path], plans: Sequence[str]) -> Asked:
    """What is asked about by these names of plans, whose files are given."""
    from jtai_cli.cli.reading.versions import Asked

    folders = [Path(name) for name in plans if files.is_folder(Path(name))]
    return Asked(paths, folders, every=not plans)


def _staged(plans: Sequence[str], as_of: dt.date | None) -> tuple[Judged, list[str]]:
    # slow to import, and only an edit needs it
    from jtai_cli.cli.reading.edits import judge_staged

    only = plan_paths(plans) if plans else []
    judged = judge_staged(project_of_plans(only), _asked(only, plans), as_of or today())
    return judged, [path.as_posix() for path in only]
