"""Plans as a commit or the index has them, beside those on disk."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from jtai_cli import files
from jtai_cli.cli.project import NothingToJudge
from jtai_cli.cli.reading import texts
from jtai_cli.plan.problem import Problem, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from jtai_cli.cli.project import Project
    from jtai_cli.git import Entry, Repository


class Edit(NamedTuple):
    """Plan files before and after an edit, by their names as messages show them.

    Only files that differ are in it: `old` has the bytes of those that were there, `new` the bytes,
    or the problem, of those that are there now. `removed` are names of `old` that are gone, and
    whose plans are asked about. `policy` is the name of the policy file, and what is in it where it
    is not that of the disk.
    """

    old: Mapping[str, bytes]
    new: Mapping[str, bytes | Problem]
    removed: frozenset[str]
    policy: tuple[str, bytes | Problem | None] = (files.CONFIG, None)


@contextmanager
def repository(start: Path, revision: str | None = None) -> Iterator[Repository]:
    """The repository that a folder lies in, open while it is asked.

    Raises:
        NothingToJudge: git can't say what is asked.
    """
    # slow to import, and only some commands need it
    from jtai_cli.git import GitError, open_repository

    try:
        with open_repository(start, revision, environment=os.environ) as found:
            yield found
    except GitError as error:
        raise NothingToJudge(visible(str(error))) from error


def start_of(project: Project, paths: Sequence[Path]) -> Path:
    """Where to look for the repository of some plans."""
    if paths:
        return Path(files.real(paths[0])).parent
    beside = project.config_path or project.folder
    start = beside.parent if beside else files.here()
    if start is None:
        raise NothingToJudge("the working directory is gone")
    return start


def edit_since(
    found: Repository, project: Project, paths: Sequence[Path], *, every_plan: bool
) -> Edit:
    """From a commit to what is on disk under these paths.

    Raises:
        NothingToJudge: a plan is not in the repository.
    """
    here = {_path_in(found, path): path for path in paths}
    before = plans_at(found, project, here)
    new: dict[str, bytes | Problem] = {}
    asked: dict[str, Entry] = {}
    for (path, entry), (name, text) in zip(
        ((path, before.get(path)) for path in here), texts(paths), strict=True
    ):
        if entry is not None and entry.kind != "file" and files.is_link(here[path]):
            new[name] = _no_plan(name, entry)
        elif isinstance(text, Problem) or not entry or found.blob_hash(text) != entry.hash:
            new[name] = text
            asked |= {name: entry} if entry else {}
    gone = {
        _shown(found, path): entry
        for path, entry in before.items()
        if path not in here and not files.is_there(found.root / path)
    }
    removed = frozenset(gone) if every_plan else frozenset[str]()
    return Edit(_contents(found, asked | gone), new, removed)


def staged_edit(found: Repository, project: Project, only: Sequence[Path]) -> Edit:
    """From the last commit to what is about to be committed; `only` these files, if there are any.

    Raises:
        NothingToJudge: one of them is not in the repository.
    """
    folders = _folders(found, project)
    wanted = [_path_in(found, path) for path in only]
    config = _config_path(found, project)
    changes = {
        _shown(found, change.path): change
        for change in found.staged(found.commit, [*(wanted or folders), config])
        if change.path in (*wanted, config) or (not wanted and _is_plan(change.path, folders))
    }
    old = {name: change.old for name, change in changes.items() if change.old}
    now = {name: change.new for name, change in changes.items() if change.new}
    new: dict[str, bytes | Problem] = {**_contents(found, now)}
    new |= {name: _no_plan(name, entry) for name, entry in now.items() if entry.kind != "file"}
    new |= {name: _unmerged(name) for name, change in changes.items() if change.unmerged}
    policy = _shown(found, config)
    old.pop(policy, None)
    written = new.pop(policy, None)
    if policy not in changes:
        written = _policy_then(found, config)
    removed = frozenset(name for name in old if name not in new)
    return Edit(_contents(found, old), new, removed, (policy, written))


def unchanged_plans(found: Repository, project: Project, edit: Edit) -> dict[str, bytes]:
    """The plans of the opened commit that an edit leaves alone, by name."""
    plans = {_shown(found, path): entry for path, entry in plans_at(found, project).items()}
    changed = {*edit.old, *edit.new}
    return _contents(found, {name: plans[name] for name in plans if name not in changed})


def _config_path(found: Repository, project: Project) -> str:
    """Where the policy stands in the repository, or would stand."""
    path = found.path_of(project.config_path) if project.config_path else None
    return path or files.CONFIG


def _policy_then(found: Repository, path: str) -> bytes | None:
    """The policy that the opened commit has, if it has one."""
    from jtai_cli.plan.source import MAX_BYTES

    entry = found.entry(found.commit, path) if found.commit else None
    if entry is None or entry.kind != "file":
        return None
    return found.blobs([entry.hash], MAX_BYTES)[entry.hash]


def plans_at(found: Repository, project: Project, also: Iterable[str] = ()) -> dict[str, Entry]:
    """The plans of the opened commit, by path; `also` are paths outside of the plans' folder."""
    if found.commit is None:
        return {}
    entries: dict[str, Entry] = {}
    folders = _folders(found, project)
    for folder in folders:
        tree = found.tree(found.commit, folder)
        entries |= {path: entry for path, entry in tree.items() if _is_plan(path, folders)}
    for path in also:
        entry = found.entry(found.commit, path) if path not in entries else None
        if entry is not None and entry.kind != "folder":
            entries[path] = entry
    return entries


def _folders(found: Repository, project: Project) -> list[str]:
    """The folders of plans: as the policy has it now, and as it had it in the commit."""
    folder = found.path_of(project.folder) if project.folder else None
    folders = [files.FOLDER if folder is None else folder]
    path = _config_path(found, project)
    written = _policy_then(found, path)
    if written is not None:
        from jtai_cli.plan.config import load_config

        policy = load_config(path, written).policy
        folders += [(Path(path).parent / policy.plans).as_posix()] if policy else []
    return list(dict.fromkeys(folders))


def _is_plan(path: str, folders: Sequence[str]) -> bool:
    return any(
        files.is_plan_path(path.removeprefix(f"{folder}/"))
        for folder in folders
        if path.startswith(f"{folder}/") or folder in ("", ".")
    )


def _path_in(found: Repository, path: Path) -> str:
    name = found.path_of(path)
    if name is None:
        raise NothingToJudge(
            f"{visible(path.as_posix())} is not in the repository {visible(str(found.root))}: "
            "it has no earlier version there"
        )
    return name


def _shown(found: Repository, name: str) -> str:
    return files.from_here(found.root / name).as_posix()


def _contents(found: Repository, entries: Mapping[str, Entry]) -> dict[str, bytes]:
    """The bytes of those that are files; links and submodules are no plans."""
    from jtai_cli.plan.source import MAX_BYTES

    plans = {name: entry.hash for name, entry in entries.items() if entry.kind == "file"}
    blobs = found.blobs(plans.values(), MAX_BYTES)
    return {name: blobs[hash_] for name, hash_ in plans.items()}


def _no_plan(name: str, entry: Entry) -> Problem:
    what = "a link" if entry.kind == "link" else "another repository"
    message = f"git keeps {what} under this name, which can't be compared with a plan"
    hint = "put the plan itself there"
    return Problem(name, 1, 1, "unreadable-file", "error", message, hint)


def _unmerged(name: str) -> Problem:
    message = "this file is not merged yet: git has two versions of it"
    hint = "choose between them, and then 'git add' the file"
    return Problem(name, 1, 1, "merge-conflict", "error", message, hint)
