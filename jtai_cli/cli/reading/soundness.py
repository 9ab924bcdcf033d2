"""Whether plan files are sound, each for itself and all beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jtai_cli.cli.reading.plans import texts
from jtai_cli.cli.reading.project import second_policies
from jtai_cli.plan.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from jtai_cli.cli.reading.project import Project
    from jtai_cli.plan.config import Policy
    from jtai_cli.plan.load import Read
    from jtai_cli.plan.problem import Severity


class Checked(NamedTuple):
    """What validation keeps of one file: little, so that thousands can be read in a row."""

    name: str
    plan_id: str | None
    id_place: tuple[int, int]
    problems: tuple[Problem, ...]


def check_file(path: Path) -> Checked:
    """Read and check one file."""
    ((name, text),) = texts([path])
    return checked(name, read_text(name, text))


def read_text(name: str, text: bytes | Problem) -> Read:
    """What a file turns out to be, also one that could not be read."""
    from jtai_cli.plan.load import Read, load_plan

    return Read(None, None, (1, 1), (text,)) if isinstance(text, Problem) else load_plan(name, text)


def checked(name: str, read: Read) -> Checked:
    """What validation keeps of a file that was read."""
    return Checked(name, read.plan_id, read.id_place, read.problems)


def problems_of(
    files: Iterable[Checked], others: Iterable[tuple[str, str | None]]
) -> list[Problem]:
    """The problems of files, in their order; `others` are names and plan ids of further ones."""
    from jtai_cli.plan.document import in_order
    from jtai_cli.plan.used_ids import PlanIds

    ids = PlanIds()
    for name, plan_id in others:
        ids.note(name, plan_id)
    problems: list[Problem] = []
    for one in files:
        twice = ids.twice(one.name, one.plan_id, one.id_place)
        problems += in_order([*one.problems, *twice]) if twice else one.problems
    return problems


def as_the_policy_has_it(
    project: Project,
    problems: list[Problem],
    before: Policy | None = None,
    *,
    second: list[Problem] | None = None,
) -> list[Problem]:
    """The problems of the policy itself, then these, as severe as the policy says.

    `second` are those of policies below it; not given, they are looked for on disk.
    """
    of_policy = [*(project.config.problems if project.config else ())]
    of_policy += second_policies(project) if second is None else second
    return of_policy + with_severities(project, problems, before)


def with_severities(
    project: Project, problems: list[Problem], before: Policy | None = None
) -> list[Problem]:
    """The problems as severe as the policy says.

    `before` is the policy before an edit. None of its problems is milder than by that one: who
    loosens a rule can't break it in the same edit.
    """
    now = project.config.policy if project.config else None
    policies = [now] if before is None else [now, before]
    if any(policy and policy.rules for policy in policies):
        return [one._replace(severity=_severest(policies, one)) for one in problems]
    return problems


def _severest(policies: Sequence[Policy | None], problem: Problem) -> Severity:
    by_each = [policy.severity(problem) if policy else problem.severity for policy in policies]
    return "error" if "error" in by_each else "warning"
