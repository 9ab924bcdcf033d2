"""Plans that are about to be committed beside those of the last commit."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from jtai_cli import files
from jtai_cli.cli.reading.plans import texts
from jtai_cli.cli.reading.project import folders_by, folders_on_disk, path_of_policy
from jtai_cli.cli.reading.versions import (
    Asked,
    Edit,
    contents,
    entry_then,
    folders_asked_about,
    hides_plans,
    is_in,
    is_plan,
    is_seen,
    no_plan,
    paths_asked_about,
    plans_then,
    policy_in,
    policy_then,
    shown,
)
from jtai_cli.plan.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence, Set

    from jtai_cli.cli.reading.project import Project
    from jtai_cli.git import Change, Entry, Repository

    Text = bytes | Problem


_VERSION = re.compile(rb"^jtai:", re.MULTILINE)


class StagedEdit(NamedTuple):
    """An edit that is about to be committed, and the policy that will be in force then.

    `beside` are the other plans that will be in the commit. `policy` is the name of the policy
    file and what is in it, None where there will be none; `second` are the names of policy files
    below it. `folders` are those of the plans.
    """

    edit: Edit
    beside: Mapping[str, Entry]
    policy: tuple[str, Text | None]
    second: Sequence[str]
    folders: Sequence[str]


def staged_edit(found: Repository, project: Project, asked: Asked) -> StagedEdit:
    """From the last commit to what is about to be committed.

    Raises:
        NothingToJudge: a plan that is asked about is not in the repository.
    """
    changes = {change.path: change for change in found.staged(found.commit)}
    config = path_of_policy(found, project)
    policy = _staged_policy(found, config, changes.pop(config, None))
    folders = _staged_folders(found, project, policy)
    folders += folders_elsewhere(found, changes.values(), folders)
    named = paths_asked_about(found, asked)
    plans = [one for one in changes.values() if _may_be_plan(found, one, folders, named)]
    then = plans_then(found, [*folders, *folders_by(found, project, policy_then(found, config))])
    changed = {one.path for one in plans}
    rest = {path: entry for path, entry in then.items() if path not in changed}
    # a policy that looks elsewhere leaves plans behind
    gone = {path: entry for path, entry in rest.items() if not is_plan(path, folders)}
    gone |= {one.path: one.old for one in plans if one.old and not one.new and not one.unmerged}
    old = gone | {one.path: one.old for one in plans if one.old}
    within = folders_asked_about(found, asked)
    wanted = [one for one in plans if one.path in named or is_in(one.path, within)]
    removed = [path for path in gone if path in named or is_in(path, within)]
    # what is behind a link or in another repository changes without being staged
    hidden = {
        shown(found, path): no_plan(shown(found, path), entry)
        for path, entry in rest.items()
        if entry.kind != "file" and is_in(path, within) and hides_plans(found, path, entry)
    }
    edit = Edit(
        contents(found, {shown(found, path): entry for path, entry in old.items()}),
        {**_staged_texts(found, wanted), **hidden},
        frozenset(shown(found, path) for path in removed if gone[path].kind == "file"),
    )
    beside = {path: entry for path, entry in rest.items() if path not in gone}
    beside |= {one.path: one.new for one in plans if one.new}
    others = {shown(found, path): entry for path, entry in beside.items()}
    others = {name: entry for name, entry in others.items() if name not in edit.new}
    second = _second_policies(found, config, folders, changes, alone=policy is None)
    return StagedEdit(edit, others, (shown(found, config), policy), second, folders)


def _second_policies(
    found: Repository,
    config: str,
    folders: Sequence[str],
    changes: Mapping[str, Change],
    *,
    alone: bool,
) -> list[str]:
    """The names of policy files below the one that counts: among the plans, and all that is new.

    Where none counts, those that stand `alone` among the plans.
    """
    there = {path for folder in folders for path in _policies_then(found, folder)}
    there -= {path for path, change in changes.items() if not change.new}
    there |= {path for path, change in changes.items() if change.new and _is_policy(path)}
    top = config.removesuffix(files.CONFIG)
    below = sorted(path for path in there - {config} if path.startswith(top))
    below = [path for path in below if not alone or is_in(path, folders)]
    return [shown(found, path) for path in below if not _leads_to(found, path, config)]


def _leads_to(found: Repository, path: str, config: str) -> bool:
    """Whether a link to the policy that counts has this name."""
    link = found.root / path
    return files.is_link(link) and files.same(link, found.root / config)


def _policies_then(found: Repository, folder: str) -> list[str]:
    """The policy files of the opened commit in a folder, in those in it and on the way to it."""
    if found.commit is None:
        return []
    above = [f"{one}/{files.CONFIG}" for one in PurePosixPath(folder).parents if one.name]
    way = [path for path in above if entry_then(found, path)]
    return [*filter(_is_policy, found.tree(found.commit, folder)), *way]


def _is_policy(path: str) -> bool:
    return path.rpartition("/")[2] == files.CONFIG


def folders_elsewhere(
    found: Repository, changes: Iterable[Change], folders: Sequence[str]
) -> list[str]:
    """Folders called `plans`, outside of those that are looked at, in which plans change.

    A hook runs at the root of a repository, and plans may stand deeper. Other things are kept in
    folders of that name too: a plan has the version of its format in it.
    """
    entries = {
        change.path: entry
        for change in changes
        if (entry := change.new or change.old) and entry.kind == "file"
        if f"/{files.FOLDER}/" in change.path and not is_plan(change.path, folders)
        if files.is_plan_path(change.path)
    }
    plans = [path for path, text in contents(found, entries).items() if _VERSION.search(text)]
    return sorted({f"{path.partition(f'/{files.FOLDER}/')[0]}/{files.FOLDER}" for path in plans})


def _may_be_plan(
    found: Repository, change: Change, folders: Sequence[str], named: Set[str]
) -> bool:
    """Whether a plan changes, or something behind which plans may be."""
    path, new = change.path, change.new
    if path in named or is_plan(path, folders):
        return True
    if new is None or new.kind == "file" or not is_seen(path, folders):
        return False
    return hides_plans(found, path, new)


def _staged_texts(found: Repository, changes: Iterable[Change]) -> dict[str, Text]:
    """What will be in the commit, in the order of names."""
    new: dict[str, Text] = {}
    plans: dict[str, Entry] = {}
    for change in changes:
        name = shown(found, change.path)
        if change.unmerged:
            new[name] = _unmerged(name)
        elif change.new and change.new.kind == "file":
            plans[name] = change.new
        elif change.new:
            new[name] = no_plan(name, change.new)
    new |= contents(found, plans)
    return {name: new[name] for name in sorted(new, key=lambda name: name.split("/"))}


def _staged_policy(found: Repository, path: str, change: Change | None) -> Text | None:
    """The policy that will be in force, or why it can't be read; None where there is none."""
    if change is not None and change.unmerged:
        return _unmerged(shown(found, path))
    entry = change.new if change else entry_then(found, path)
    if change is None and entry and entry.kind == "link":
        # it stays as it is, and leads to what is on disk
        ((_, text),) = texts([files.from_here(found.root / path)])
        return text
    return policy_in(found, path, entry)


def _staged_folders(found: Repository, project: Project, policy: Text | None) -> list[str]:
    """The folders of plans as it is staged."""
    folders = folders_by(found, project, policy)
    # a policy that is on disk alone may say where plans are that are staged
    folders += [] if isinstance(policy, bytes) else folders_on_disk(found, project)
    return list(dict.fromkeys(folders))


def _unmerged(name: str) -> Problem:
    message = "this file is not merged yet: git has two versions of it"
    hint = "choose between them, and then 'git add' the file"
    return Problem(name, 1, 1, "merge-conflict", "error", message, hint)
