"""Judging edits: plans against a commit, and what is staged against the last one."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from jtai_cli import files
from jtai_cli.cli.reading.merging import judge_merge
from jtai_cli.cli.reading.plans import other_ids
from jtai_cli.cli.reading.project import misplaced_policy, path_of_policy, second_policy
from jtai_cli.cli.reading.since import edit_since
from jtai_cli.cli.reading.soundness import (
    as_the_policy_has_it,
    check_file,
    checked,
    problems_of,
    read_text,
    with_severities,
)
from jtai_cli.cli.reading.staged import staged_edit
from jtai_cli.cli.reading.versions import contents, policy_then, repository, shown, start_of
from jtai_cli.cli.reading.workers import map_in_order
from jtai_cli.plan.problem import Problem, counted
from jtai_cli.report import Judged

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
    from pathlib import Path

    from jtai_cli.cli.reading.project import Project
    from jtai_cli.cli.reading.soundness import Checked
    from jtai_cli.cli.reading.staged import StagedEdit
    from jtai_cli.cli.reading.versions import Asked, Edit
    from jtai_cli.facts.pairing import Version
    from jtai_cli.git import Repository
    from jtai_cli.plan.config import Policy
    from jtai_cli.plan.load import Read


def judge_since(revision: str, project: Project, asked: Asked, as_of: dt.date) -> Judged:
    """What is wrong in plans on disk, and in their edits since a revision.

    An update that is dated later than the day after `as_of` gives no reason yet.
    """
    with repository(start_of(project, asked), revision) as found:
        edit = edit_since(found, project, asked)
        before = _policy_before(found, project)
        policy = _policy_problems(found, project, before, _policy_on_disk(project))
    new = {name: read_text(name, text) for name, text in edit.new.items()}
    judged = list(_in_order(asked.paths, new))
    others = list(other_ids(asked.paths))
    sound = problems_of(judged, others)
    there = {plan_id for _, plan_id in others} | {one.plan_id for one in judged}
    edits = _still_gone(_edit_problems(edit, _old_versions(edit), new, as_of), there)
    edits = _listed(with_severities(project, edits, before), edit.new)
    problems = policy + _by_file([*sound, *edits], [path.as_posix() for path in asked.paths])
    return Judged(as_the_policy_has_it(project, problems, before), len(asked.paths))


def judge_staged(project: Project, asked: Asked, as_of: dt.date) -> Judged:
    """What is wrong in the plans that are about to be committed, and in their edits.

    An update that is dated later than the day after `as_of` gives no reason yet.
    """
    with repository(start_of(project, asked)) as found:
        staged = staged_edit(found, project, asked)
        edit = staged.edit
        old = _old_versions(edit)
        new = {name: read_text(name, text) for name, text in edit.new.items()}
        edits = _edit_problems(edit, old, new, as_of)
        edits, merged = judge_merge(found, staged.folders, asked, edits, as_of)
        edits += _nothing_compared(found, new)
        others = _ids_beside(found, staged, new, edits)
        project = _with_policy(project, staged)
        before = _policy_before(found, project)
        policy = _policy_problems(found, project, before, staged.policy[1])
    law, written = staged.policy
    second = [
        misplaced_policy(name) if written is None else second_policy(name, law)
        for name in staged.second
    ]
    sound = problems_of((checked(name, read) for name, read in new.items()), others)
    edits = _still_gone(edits, {plan_id for _, plan_id in others})
    edits = _listed(with_severities(project, edits, before), {**merged, **edit.new})
    problems = _by_file([*sound, *edits], list(new))
    plans = {one.read.plan_id or one.file for one in old if one.file in edit.removed}
    plans |= {read.plan_id or name for name, read in new.items()}
    plans |= {one.plan or one.file for one in edits if one.file in merged}
    return Judged(
        as_the_policy_has_it(project, policy + problems, before, second=second),
        len(plans),
        instead=None if plans else "what is staged (no plan)",
    )


def _ids_beside(
    found: Repository, staged: StagedEdit, new: Mapping[str, Read], edits: Sequence[Problem]
) -> list[tuple[str, str | None]]:
    """Names and plan ids of the plans that stay as they are, where it matters.

    It does when an id is new, which another plan may have, and when a plan seems to be gone.
    """
    from jtai_cli.plan.ids import id_in

    edit = staged.edit
    before = {id_in(text) for name, text in edit.old.items() if name not in staged.beside}
    known = all(read.plan_id is None or read.plan_id in before for read in new.values())
    if known and all(problem.rule != "plan-removed" for problem in edits):
        return []
    return [(name, id_in(text)) for name, text in contents(found, staged.beside).items()]


def _still_gone(problems: Sequence[Problem], there: Set[str | None]) -> list[Problem]:
    """The problems, less those of plans that seem to be gone and are there in another file."""
    return [one for one in problems if one.rule != "plan-removed" or one.plan not in there - {None}]


def _policy_before(found: Repository, project: Project) -> Policy | None:
    """The policy of the opened commit; the default one where there was none, or a faulty one.

    None where git has a link in its place, which says nothing of what it led to.
    """
    from jtai_cli.plan.config import Policy, load_config

    path = path_of_policy(found, project)
    written = policy_then(found, path)
    if isinstance(written, Problem):
        return None
    return (load_config(path, written).policy if written is not None else None) or Policy()


def _policy_problems(
    found: Repository, project: Project, before: Policy | None, text: bytes | Problem | None
) -> list[Problem]:
    """What the rules on edits say of the policy; `text` is that of the policy as it is now."""
    if before is None:
        return []
    # slow to import, and only an edit needs it
    from jtai_cli.facts.policy_edits import policy_problems
    from jtai_cli.plan.document import with_lines

    name = shown(found, path_of_policy(found, project))
    problems = policy_problems(before, project.config, name)
    return list(with_lines(problems, text)) if isinstance(text, bytes) else problems


def _policy_on_disk(project: Project) -> bytes | None:
    from jtai_cli.plan.source import MAX_BYTES

    path = project.config_path
    content = files.read_own(path, MAX_BYTES) if path else None
    return content if isinstance(content, bytes) else None


def _with_policy(project: Project, staged: StagedEdit) -> Project:
    """The project with the policy that is about to be committed."""
    from jtai_cli.plan.config import Config, load_config

    name, written = staged.policy
    if written is None:
        return project._replace(config=None)
    if isinstance(written, Problem):
        return project._replace(config=Config(None, (written,), name))
    return project._replace(config=load_config(name, written))


def _in_order(paths: Sequence[Path], changed: Mapping[str, Read]) -> Iterator[Checked]:
    """Every plan, in order, and what is no plan; those that changed are read already."""
    same = map_in_order(check_file, [path for path in paths if path.as_posix() not in changed])
    for path in paths:
        name = path.as_posix()
        yield checked(name, changed[name]) if name in changed else next(same)
    names = {path.as_posix() for path in paths}
    yield from (checked(name, read) for name, read in changed.items() if name not in names)


def _old_versions(edit: Edit) -> list[Version]:
    # slow to import, and only an edit needs it
    from jtai_cli.facts.pairing import Version

    return [Version(name, read_text(name, text)) for name, text in edit.old.items()]


def _edit_problems(
    edit: Edit, old: Sequence[Version], new: Mapping[str, Read], as_of: dt.date
) -> list[Problem]:
    from jtai_cli.facts.edits import edit_problems
    from jtai_cli.facts.pairing import Version

    now = [Version(name, read) for name, read in new.items()]
    return edit_problems(old, now, removed=edit.removed, as_of=as_of)


def _nothing_compared(found: Repository, new: Mapping[str, Read]) -> list[Problem]:
    """The problem of a branch that begins anew in a repository that has others."""
    # slow to import, and only a commit needs it
    from jtai_cli.git.beside import has_branches

    if found.commit is not None or not new or not has_branches(found):
        return []
    message = "this branch has no commit yet, so its plans are compared with nothing"
    hint = "the repository has other branches; compare with one: jtai validate --against BRANCH"
    return [Problem(min(new), 1, 1, "not-compared", "warning", message, hint)]


def _listed(problems: Iterable[Problem], texts: Mapping[str, bytes | Problem]) -> list[Problem]:
    """The problems to list of each file, each with its line."""
    # slow to import, and only an edit needs it
    from jtai_cli.plan.document import first_of, with_lines

    listed: list[Problem] = []
    for file, some in groupby(sorted(problems, key=_file), _file):
        first, text = first_of(counted(some)), texts.get(file)
        listed += with_lines(first, text) if isinstance(text, bytes) else first
    return listed


def _file(problem: Problem) -> str:
    return problem.file


def _by_file(problems: Sequence[Problem], names: Sequence[str]) -> list[Problem]:
    """Problems in the order of files, each file from its top; files that are gone come last."""
    place = {name: number for number, name in enumerate(names)}
    last = len(place)
    return sorted(
        problems,
        key=lambda one: (place.get(one.file, last), one.file, one.line, one.column, one.rule),
    )
