"""jtai check: does any plan breach the policy?"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from jtai_cli.cli import COULD_NOT_JUDGE
from jtai_cli.cli.inputs import (
    ProblemRequest,
    as_of_option,
    plans_argument,
    problem_options,
    today,
)
from jtai_cli.cli.reading.plans import other_ids, plan_paths, texts
from jtai_cli.cli.reading.project import project_of_plans, refuse_bad_policy
from jtai_cli.cli.reading.soundness import Checked, checked, problems_of, read_text
from jtai_cli.cli.reading.workers import map_in_order
from jtai_cli.cli.writing.answers import give_problems, say_errors
from jtai_cli.plan.config import CONDITION_NAMES
from jtai_cli.plan.problem import Problem
from jtai_cli.report import Judged

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from pathlib import Path

    from jtai_cli.cli.reading.project import Project
    from jtai_cli.facts.gate import Before, Gated
    from jtai_cli.facts.verdict import Terms
    from jtai_cli.plan.config import Condition
    from jtai_cli.plan.load import Read

# What a reader may take for the whole: without the plans that can't be judged, it is not given.
WHOLE_OR_NOTHING = frozenset({"json", "gitlab", "sarif", "junit"})


class _Request(NamedTuple):
    """What to judge by instead of what the policy says, and how to give the answer."""

    as_of: dt.date | None
    fail_on: tuple[Condition, ...]
    stale_after: int | None
    format: str
    output: Path | None
    color: str

    @property
    def output_options(self) -> ProblemRequest:
        """How to give the answer."""
        return ProblemRequest(self.format, self.output, self.color)


class _Judged(NamedTuple):
    """What is kept of one file: whether it is sound, and what the gate finds in it."""

    checked: Checked
    gated: Gated | None
    actions: int


@click.command(
    "check", epilog="Example: jtai check --fail-on overdue-red --fail-on overdue-on-track"
)
@plans_argument
@as_of_option()
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
    from jtai_cli.facts.gate import verdict

    request = _Request(**shared)
    paths = plan_paths(plans)
    project = project_of_plans(paths if plans else ())
    refuse_bad_policy(project)
    terms = _terms(project, request, every_plan=not plans)
    judged = list(map_in_order(partial(_judge, terms=terms), paths))
    errors = _errors(judged, paths)
    say_errors(errors)
    left_out = {problem.file for problem in errors}
    gated = [one.gated for one in judged if one.gated and one.gated.file not in left_out]
    before = _before(against, project, paths, terms, gated) if against is not None else None
    # a waiver of a plan that is left out may well let something pass
    terms = terms._replace(every_plan=terms.every_plan and not left_out)
    found = verdict(gated, terms, before)._replace(unjudged=len(left_out))
    warnings = [*terms.config.problems, *found.warnings]
    if not left_out or request.format not in WHOLE_OR_NOTHING:
        # who reads annotations does not see standard error
        shown = errors if request.format == "github" else []
        listed = Judged([*warnings, *shown, *found.breaches], len(gated), found)
        if gated or shown:
            give_problems(listed, request.output_options, [path.as_posix() for path in paths])
    if left_out:
        return COULD_NOT_JUDGE
    return 0 if found.passed and not (strict and warnings) else 1


def _terms(project: Project, request: _Request, *, every_plan: bool) -> Terms:
    """What to judge by: what the policy says, and options that are given instead."""
    from jtai_cli.facts.verdict import Terms
    from jtai_cli.plan.config import Config

    policy = project.policy
    if request.fail_on:
        policy = policy.model_copy(update={"fail_on": tuple(dict.fromkeys(request.fail_on))})
    if request.stale_after is not None:
        policy = policy.model_copy(update={"stale_after": request.stale_after})
    return Terms(project.config or Config(policy), policy, request.as_of or today(), every_plan)


def _judge(path: Path, terms: Terms) -> _Judged:
    ((name, text),) = texts([path])
    read = read_text(name, text)
    # slow to import, and not needed to refuse an option
    from jtai_cli.facts.records import counted, records_of

    gated, actions = _gated(read, text, terms), 0
    if read.loaded:
        actions = len(counted(records_of(read.loaded, terms.as_of)))
    return _Judged(checked(name, read), gated, actions)


def _gated(read: Read, text: bytes | Problem, terms: Terms) -> Gated | None:
    """What the gate finds in a plan, each breach with its line; None for one that is not sound."""
    # slow to import, and not needed to refuse an option
    from jtai_cli.facts.gate import gate
    from jtai_cli.plan.document import with_lines

    if read.loaded is None or isinstance(text, Problem):
        return None
    gated = gate(read.loaded, read.problems, terms.policy, terms.as_of)
    return gated._replace(breaches=with_lines(gated.breaches, text)) if gated.breaches else gated


def _errors(judged: Sequence[_Judged], paths: Sequence[Path]) -> list[Problem]:
    """What keeps plans from being judged; there must be something to judge in each."""
    problems = problems_of((one.checked for one in judged), other_ids(paths))
    errors = [problem for problem in problems if problem.severity == "error"]
    message = "there is no action in this plan, so nothing can be judged"
    hint = "write its actions, or close it with 'closed:' and the day"
    return errors + [
        Problem(one.checked.name, 1, 1, "no-actions", "error", message, hint, plan=one.gated.plan)
        for one in judged
        if one.gated and not one.actions and not one.gated.closed
    ]


def _before(
    revision: str, project: Project, paths: Sequence[Path], terms: Terms, gated: Sequence[Gated]
) -> Before:
    """The breaches that stood at a revision already, judged as of the same day."""
    # slow to import, and only an edit needs it
    from jtai_cli.cli.reading.since import edit_since
    from jtai_cli.cli.reading.versions import Asked, repository, start_of
    from jtai_cli.facts.gate import Before

    asked = Asked(paths, every=terms.every_plan)
    with repository(start_of(project, asked), revision) as found:
        edit = edit_since(found, project, asked)
    same = [breach for one in gated if one.file not in edit.new for breach in one.breaches]
    for name, text in edit.old.items():
        then = _gated(read_text(name, text), text, terms)
        same += then.breaches if then else ()
    return Before(revision, same)
