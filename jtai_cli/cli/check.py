"""jtai check: does any plan breach the policy?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from jtai_cli import files
from jtai_cli.cli import COULD_NOT_JUDGE
from jtai_cli.cli.inputs import as_of_option, at_option, plans_argument, problem_options
from jtai_cli.cli.reading.plans import other_ids, plan_paths
from jtai_cli.cli.reading.project import project_of_plans, refuse_bad_policy
from jtai_cli.cli.request import ProblemRequest, date_at, today
from jtai_cli.cli.writing.answers import give_problems, say_errors
from jtai_cli.plan.config import CONDITION_NAMES
from jtai_cli.report import Judged

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from jtai_cli.cli.reading.gating import JudgedFile
    from jtai_cli.cli.reading.project import Project
    from jtai_cli.facts.verdict import Terms
    from jtai_cli.plan.config import Condition
    from jtai_cli.report import Committed

_NOT_BOTH = (
    "--at and --against can't be given together: --at judges plans as they were in a commit, "
    "--against what is on disk beside one. To see what changed up to a commit: jtai changes"
)
# What a reader may take for the whole: without the plans that can't be judged, it is not given.
WHOLE_OR_NOTHING = frozenset({"json", "gitlab", "sarif", "junit"})


class _Request(NamedTuple):
    """What to judge by instead of what the policy says, and how to give the answer."""

    as_of: dt.date | None
    at: str | None
    fail_on: tuple[Condition, ...]
    stale_after: int | None
    format: str
    output: Path | None
    color: str

    @property
    def output_options(self) -> ProblemRequest:
        """How to give the answer."""
        return ProblemRequest(self.format, self.output, self.color)


class _Looked(NamedTuple):
    """The files that were judged, by what, and the names and ids of the plans beside them.

    `committed` is where they were read from, None for what is on disk.
    """

    project: Project
    terms: Terms
    files: list[JudgedFile]
    beside: Iterable[tuple[str, str | None]]
    committed: Committed | None = None


@click.command(
    "check", epilog="Example: jtai check --fail-on overdue-red --fail-on overdue-on-track"
)
@plans_argument
@as_of_option
@at_option
@click.option(
    "--fail-on",
    type=click.Choice(CONDITION_NAMES),
    metavar="CONDITION",
    multiple=True,
    help="Fail on this, instead of what the policy says; may be given several times. "
    f"One of: {', '.join(CONDITION_NAMES)}.",
)
@click.option(
    "--stale-after",
    type=click.IntRange(1, 9999),
    metavar="DAYS",
    help="Days without an update after which an open action is stale, instead of the policy's.",
)
@click.option(
    "--against",
    metavar="REVISION",
    help="Fail only on what was not so already in this commit, branch or tag.",
)
@click.option("--strict", is_flag=True, help="Fail on warnings about the policy, too.")
@problem_options
def command(plans: tuple[str, ...], against: str | None, *, strict: bool, **shared: Any) -> int:
    """Judge plans by the policy in jtai.yaml: by default, no action is overdue and rated off track.

    Ends with 0 when the policy is kept, 1 when it is breached, 2 when something can't be judged.
    'jtai explain' says what each condition means.
    """
    # slow to import, and not needed to refuse an option
    from jtai_cli.cli.reading.gating import errors_in, stood_before
    from jtai_cli.facts.gate import verdict

    request = _Request(**shared)
    if request.at is not None and against is not None:
        raise click.UsageError(_NOT_BOTH)
    look = _on_disk if request.at is None else _as_committed
    project, terms, judged, beside, committed = look(plans, request)
    paths = [Path(one.checked.name) for one in judged]
    errors = errors_in(judged, beside)
    say_errors(errors)
    left_out = {problem.file for problem in errors}
    gated = [one.gated for one in judged if one.gated and one.gated.file not in left_out]
    before = stood_before(against, project, paths, terms, gated) if against is not None else None
    # a waiver of a plan that is left out may well let something pass
    terms = terms._replace(every_plan=terms.every_plan and not left_out)
    found = verdict(gated, terms, before)._replace(unjudged=len(left_out))
    # a waiver that lets nothing pass then may well be for what came later
    warnings = [*terms.config.problems, *([] if committed else found.warnings)]
    if not left_out or request.format not in WHOLE_OR_NOTHING:
        # who reads annotations does not see standard error
        shown = errors if request.format == "github" else []
        problems = [*warnings, *shown, *found.breaches]
        listed = Judged(problems, len(gated), found, committed=committed)
        if gated or shown:
            give_problems(listed, request.output_options, [path.as_posix() for path in paths])
    if left_out:
        return COULD_NOT_JUDGE
    return 0 if found.passed and not (strict and warnings) else 1


def _on_disk(plans: Sequence[str], request: _Request) -> _Looked:
    from jtai_cli.cli.reading.gating import judge_files

    paths = plan_paths(plans)
    project = project_of_plans(paths if plans else ())
    refuse_bad_policy(project)
    terms = _terms(project, request, request.as_of or today(), every_plan=not plans)
    return _Looked(project, terms, judge_files(paths, terms), other_ids(paths))


def _as_committed(plans: Sequence[str], request: _Request) -> _Looked:
    """The plans of a commit, judged by the policy that is on disk."""
    from jtai_cli.cli.reading.gating import judge_texts
    from jtai_cli.cli.reading.past import texts_as_committed

    # a folder has the policy that a file in it would have
    named = (Path(name) for name in plans)
    project = project_of_plans(
        path / files.CONFIG if files.is_folder(path) else path for path in named
    )
    refuse_bad_policy(project)
    then = texts_as_committed(plans, request.at or "")
    as_of = date_at(request.as_of, then.day)
    terms = _terms(project, request, as_of, every_plan=not plans)
    return _Looked(project, terms, judge_texts(then.texts, terms), then.beside, then.committed)


def _terms(project: Project, request: _Request, as_of: dt.date, *, every_plan: bool) -> Terms:
    """What to judge by: what the policy says, and options that are given instead."""
    from jtai_cli.facts.verdict import Terms
    from jtai_cli.plan.config import Config

    policy = project.policy
    if request.fail_on:
        policy = policy.model_copy(update={"fail_on": tuple(dict.fromkeys(request.fail_on))})
    if request.stale_after is not None:
        policy = policy.model_copy(update={"stale_after": request.stale_after})
    return Terms(project.config or Config(policy), policy, as_of, every_plan)
