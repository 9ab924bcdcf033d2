"""Judging edits: plans against a commit, and what is staged against the last one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jtai_cli.cli.reading import other_ids
from jtai_cli.cli.soundness import as_the_policy_has_it, check_file, checked, problems_of, read_text
from jtai_cli.cli.versions import (
    edit_since,
    repository,
    staged_edit,
    start_of,
    unchanged_plans,
)
from jtai_cli.cli.workers import map_in_order
from jtai_cli.plan.problem import Problem
from jtai_cli.report import Judged

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from jtai_cli.cli.project import Project
    from jtai_cli.cli.soundness import Checked
    from jtai_cli.cli.versions import Edit
    from jtai_cli.git import Repository
    from jtai_cli.plan.load import Read


def problems_since(
    revision: str, project: Project, paths: Sequence[Path], *, every_plan: bool
) -> list[Problem]:
    """What is wrong in plans on disk, and in their edits since a revision."""
    with repository(start_of(project, paths), revision) as found:
        edit = edit_since(found, project, paths, every_plan=every_plan)
    new = {name: read_text(name, text) for name, text in edit.new.items()}
    sound = problems_of(_in_order(paths, new), other_ids(paths))
    return _by_file([*sound, *_edit_problems(edit, new)], [path.as_posix() for path in paths])


def judge_staged(project: Project, only: Sequence[Path]) -> Judged:
    """What is wrong in the plans that are about to be committed, and in their edits."""
    with repository(start_of(project, only)) as found:
        edit = staged_edit(found, project, only)
        new = {name: read_text(name, text) for name, text in edit.new.items()}
        others = _other_staged_ids(found, project, edit, new)
    sound = problems_of((checked(name, read) for name, read in new.items()), others)
    problems = _by_file([*sound, *_edit_problems(edit, new)], list(new))
    plans = len(new.keys() | edit.old.keys())
    return Judged(
        as_the_policy_has_it(_with_policy(project, edit), problems),
        plans,
        instead=None if plans else "what is staged, with no plan in it",
    )


def _other_staged_ids(
    found: Repository, project: Project, edit: Edit, new: Mapping[str, Read]
) -> list[tuple[str, str | None]]:
    """Names and plan ids of the plans that stay as they are, if an edit brings a new id."""
    from jtai_cli.plan.ids import id_in

    before = {id_in(text) for text in edit.old.values()}
    if all(read.plan_id is None or read.plan_id in before for read in new.values()):
        return []
    return [(name, id_in(text)) for name, text in unchanged_plans(found, project, edit).items()]


def _with_policy(project: Project, edit: Edit) -> Project:
    """The project with the policy that is about to be committed."""
    from jtai_cli.plan.config import Config, load_config

    name, written = edit.policy
    if isinstance(written, Problem):
        return project._replace(config=Config(None, (written,), name))
    if written is None:
        return project
    return project._replace(config=load_config(name, written))


def _in_order(paths: Sequence[Path], changed: Mapping[str, Read]) -> Iterator[Checked]:
    """Every plan, in order; those that changed are read already."""
    same = map_in_order(check_file, [path for path in paths if path.as_posix() not in changed])
    for path in paths:
        name = path.as_posix()
        yield checked(name, changed[name]) if name in changed else next(same)


def _edit_problems(edit: Edit, new: Mapping[str, Read]) -> list[Problem]:
    # slow to import, and only an edit needs it
    from jtai_cli.facts.edits import Version, edit_problems

    old = [Version(name, read_text(name, text)) for name, text in edit.old.items()]
    now = [Version(name, read) for name, read in new.items()]
    problems = edit_problems(old, now, removed=edit.removed)
    return [one for problem in problems for one in _with_line(problem, edit)]


def _with_line(problem: Problem, edit: Edit) -> tuple[Problem, ...]:
    # slow to import, and only an edit needs it
    from jtai_cli.plan.document import with_lines

    text = edit.new.get(problem.file)
    return with_lines([problem], text) if isinstance(text, bytes) else (problem,)


def _by_file(problems: Sequence[Problem], names: Sequence[str]) -> list[Problem]:
    """Problems in the order of files, each file from its top; files that are gone come last."""
    place = {name: number for number, name in enumerate(names)}
    last = len(place)
    return sorted(
        problems,
        key=lambda one: (place.get(one.file, last), one.file, one.line, one.column, one.rule),
    )
