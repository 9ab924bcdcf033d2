"""Plans as a commit or the index has them, beside those on disk."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from jtai_cli import files
from jtai_cli.cli.project import NothingToJudge, folders_by, folders_on_disk, path_of_policy
from jtai_cli.cli.reading import texts
from jtai_cli.plan.problem import Problem, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

    from jtai_cli.cli.project import Project
    from jtai_cli.git import Change, Entry, Repository

    Text = bytes | Problem


class Asked(NamedTuple):
    """The plans that are asked about: files, and folders with what is no longer in them."""

    paths: Sequence[Path]
    folders: Sequence[Path] = ()
    every: bool = False


class Edit(NamedTuple):
    """Plan files before and after an edit, by their names as messages show them.

    Only files that differ are in it: `old` has the bytes of those that were there, `new` the bytes,
    or the problem, of those that are there now and asked about. `removed` are names of `old` that
    are gone, and whose plans are asked about.
    """

    old: Mapping[str, bytes]
    new: Mapping[str, Text]
    removed: frozenset[str]


class StagedEdit(NamedTuple):
    """An edit that is about to be committed, and the policy that will be in force then.

    `beside` are the other plans that will be in the commit. `policy` is the name of the policy
    file and what is in it, None where there will be none.
    """

    edit: Edit
    beside: Mapping[str, Entry]
    policy: tuple[str, Text | None]


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


def start_of(project: Project, asked: Asked) -> Path:
    """Where to look for the repository of some plans; of what is staged, without any."""
    if asked.paths and asked.every and project.folder:
        return Path(files.real(project.folder))
    if asked.paths:
        # a link may lead out of the repository that it stands in
        path = next((path for path in asked.paths if not files.is_link(path)), asked.paths[0])
        return Path(files.real(path)).parent
    beside = project.config_path or project.folder
    start = beside.parent if beside else files.here()
    if start is None:
        raise NothingToJudge("the working directory is gone")
    return start


def edit_since(found: Repository, project: Project, asked: Asked) -> Edit:
    """From the opened commit to what is on disk.

    Raises:
        NothingToJudge: a plan is not in the repository.
    """
    before = _plans_then(found, _folders_since(found, project))
    here = {_path_on_disk(found, path): path for path in asked.paths}
    new: dict[str, Text] = {}
    then: dict[str, Entry] = {}
    for path, (name, text) in zip(here, texts(list(here.values())), strict=True):
        entry = before.get(path) or _entry_then(found, path)
        if entry and entry.kind == "link" and files.is_link(here[path]):
            new[name] = _no_plan(name, entry)
        elif isinstance(text, Problem) or not entry or found.blob_hash(text) != entry.hash:
            new[name] = text
            then |= {name: entry} if entry else {}
    rest = {path: entry for path, entry in before.items() if path not in here}
    within = _within(found, asked)
    new |= _no_plans_on_disk(found, rest, here, within)
    plans = {path: entry for path, entry in rest.items() if entry.kind == "file"}
    gone = [path for path in plans if asked.every or not files.is_there(found.root / path)]
    old = contents(found, then | {_shown(found, path): plans[path] for path in gone})
    old |= _under_other_names(found, {} if asked.every else plans, old, new)
    judged = set(map(files.real, asked.paths))
    removed = [path for path in gone if files.real(found.root / path) not in judged]
    return Edit(old, new, frozenset(_shown(found, one) for one in removed if _is_in(one, within)))


def _path_on_disk(found: Repository, path: Path) -> str:
    """A file's path in the repository; of a link that git does not have, of where it leads."""
    name = _path_in(found, path)
    if files.is_link(path) and _entry_then(found, name) is None:
        return found.path_of(Path(files.real(path))) or name
    return name


def _no_plans_on_disk(
    found: Repository, rest: Mapping[str, Entry], here: Iterable[str], within: Sequence[str]
) -> dict[str, Problem]:
    """The problems of links that lead to plans still, and of other repositories with some."""
    links = [
        path
        for path, entry in rest.items()
        if entry.kind == "link" and files.is_link(found.root / path)
        if _is_in(path, within) and _hides_plans(found, path, entry)
    ]
    inner = [path for path, entry in rest.items() if entry.kind == "submodule"]
    inner = [path for path in inner if any(_is_in(one, [path]) for one in here)]
    names = {_shown(found, path): rest[path] for path in links + inner}
    return {name: _no_plan(name, entry) for name, entry in names.items()}


def _under_other_names(
    found: Repository,
    others: Mapping[str, Entry],
    old: Mapping[str, bytes],
    new: Mapping[str, Text],
) -> dict[str, bytes]:
    """The earlier versions of plans that had another file, which is there still."""
    from jtai_cli.plan.ids import id_in

    now = {id_in(text) for text in new.values() if isinstance(text, bytes)}
    wanted = now - {None} - set(map(id_in, old.values()))
    named = {_shown(found, path): others[path] for path in others} if wanted else {}
    return {name: text for name, text in contents(found, named).items() if id_in(text) in wanted}


def staged_edit(found: Repository, project: Project, asked: Asked) -> StagedEdit:
    """From the last commit to what is about to be committed.

    Raises:
        NothingToJudge: a plan that is asked about is not in the repository.
    """
    changes = {change.path: change for change in found.staged(found.commit)}
    config = path_of_policy(found, project)
    policy = _staged_policy(found, config, changes.pop(config, None))
    folders = _staged_folders(found, project, policy)
    named = _named(found, asked)
    plans = [one for one in changes.values() if _may_be_plan(found, one, folders, named)]
    then = _plans_then(found, [*folders, *folders_by(found, project, _policy_then(found, config))])
    changed = {one.path for one in plans}
    rest = {path: entry for path, entry in then.items() if path not in changed}
    # a policy that looks elsewhere leaves plans behind
    gone = {path: entry for path, entry in rest.items() if not _is_plan(path, folders)}
    gone |= {one.path: one.old for one in plans if one.old and not one.new and not one.unmerged}
    old = gone | {one.path: one.old for one in plans if one.old}
    within = _within(found, asked)
    wanted = [one for one in plans if one.path in named or _is_in(one.path, within)]
    removed = [path for path in gone if path in named or _is_in(path, within)]
    edit = Edit(
        contents(found, {_shown(found, path): entry for path, entry in old.items()}),
        _staged_texts(found, wanted),
        frozenset(_shown(found, path) for path in removed if gone[path].kind == "file"),
    )
    beside = {path: entry for path, entry in rest.items() if path not in gone}
    beside |= {one.path: one.new for one in plans if one.new}
    others = {_shown(found, path): entry for path, entry in beside.items()}
    others = {name: entry for name, entry in others.items() if name not in edit.new}
    return StagedEdit(edit, others, (_shown(found, config), policy))


def _named(found: Repository, asked: Asked) -> set[str]:
    """The paths of files that are asked about; of a link, also that of where it leads."""
    leads = (found.path_of(Path(files.real(path))) for path in asked.paths)
    return {_path_in(found, path) for path in asked.paths} | {path for path in leads if path}


def _may_be_plan(
    found: Repository, change: Change, folders: Sequence[str], named: Set[str]
) -> bool:
    """Whether a plan changes, or something behind which plans may be."""
    path, new = change.path, change.new
    if path in named or _is_plan(path, folders):
        return True
    if new is None or new.kind == "file" or not _is_seen(path, folders):
        return False
    return _hides_plans(found, path, new)


def _staged_texts(found: Repository, changes: Iterable[Change]) -> dict[str, Text]:
    """What will be in the commit, in the order of names."""
    new: dict[str, Text] = {}
    plans: dict[str, Entry] = {}
    for change in changes:
        name = _shown(found, change.path)
        if change.unmerged:
            new[name] = _unmerged(name)
        elif change.new and change.new.kind == "file":
            plans[name] = change.new
        elif change.new:
            new[name] = _no_plan(name, change.new)
    new |= contents(found, plans)
    return {name: new[name] for name in sorted(new, key=lambda name: name.split("/"))}


def _staged_policy(found: Repository, path: str, change: Change | None) -> Text | None:
    """The policy that will be in force, or why it can't be read; None where there is none."""
    if change is not None and change.unmerged:
        return _unmerged(_shown(found, path))
    entry = change.new if change else _entry_then(found, path)
    if change is None and entry and entry.kind == "link":
        # it stays as it is, and leads to what is on disk
        ((_, text),) = texts([files.from_here(found.root / path)])
        return text
    return _policy_in(found, path, entry)


def _policy_then(found: Repository, path: str) -> Text | None:
    """The policy that the opened commit has, if it has one."""
    return _policy_in(found, path, _entry_then(found, path))


def _policy_in(found: Repository, path: str, entry: Entry | None) -> Text | None:
    name = _shown(found, path)
    if entry is None or entry.kind == "file":
        return contents(found, {name: entry})[name] if entry else None
    return _no_plan(name, entry)


def _folders_since(found: Repository, project: Project) -> list[str]:
    """The folders of plans: where they are on disk, and as the opened commit has it."""
    written = _policy_then(found, path_of_policy(found, project))
    return list(
        dict.fromkeys([*folders_on_disk(found, project), *folders_by(found, project, written)])
    )


def _staged_folders(found: Repository, project: Project, policy: Text | None) -> list[str]:
    """The folders of plans as it is staged."""
    folders = folders_by(found, project, policy)
    # a policy that is on disk alone may say where plans are that are staged
    folders += [] if isinstance(policy, bytes) else folders_on_disk(found, project)
    return list(dict.fromkeys(folders))


def _plans_then(found: Repository, folders: Sequence[str]) -> dict[str, Entry]:
    """The plans of the opened commit by path, and links and other repositories beside them."""
    if found.commit is None:
        return {}
    entries: dict[str, Entry] = {}
    for folder in folders:
        entries |= found.tree(found.commit, folder)
    return {
        path: entry
        for path, entry in entries.items()
        if _is_plan(path, folders) or (entry.kind != "file" and _is_seen(path, folders))
    }


def _entry_then(found: Repository, path: str) -> Entry | None:
    """What the opened commit has by this name, unless it is a folder."""
    entry = found.entry(found.commit, path) if found.commit else None
    return None if entry is None or entry.kind == "folder" else entry


def _within(found: Repository, asked: Asked) -> list[str]:
    """The folders all of whose plans are asked about."""
    places = (found.path_of(Path(files.real(folder))) for folder in asked.folders)
    return [""] if asked.every else [place for place in places if place is not None]


def _below(path: str, folder: str) -> str | None:
    """The path as seen from a folder, "" for the folder itself; None outside of it."""
    if not folder or path == folder:
        return path if not folder else ""
    return path.removeprefix(f"{folder}/") if path.startswith(f"{folder}/") else None


def _is_in(path: str, folders: Iterable[str]) -> bool:
    return any(_below(path, folder) is not None for folder in folders)


def _is_seen(path: str, folders: Iterable[str]) -> bool:
    """Whether it is in a folder, and neither hidden there nor in a hidden one."""
    inside = (_below(path, folder) for folder in folders)
    return any(below is not None and "/." not in f"/{below}" for below in inside)


def _is_plan(path: str, folders: Iterable[str]) -> bool:
    inside = (_below(path, folder) for folder in folders)
    return any(below is not None and files.is_plan_path(below) for below in inside)


def _hides_plans(found: Repository, path: str, entry: Entry) -> bool:
    """Whether plans may be behind what is no file."""
    named = files.is_plan_name(path.rpartition("/")[2])
    return entry.kind == "submodule" or named or files.is_folder(found.root / path)


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


def contents(found: Repository, entries: Mapping[str, Entry]) -> dict[str, bytes]:
    """The bytes of files, and of links where they lead; other repositories have none."""
    from jtai_cli.plan.source import MAX_BYTES

    hashes = {name: entry.hash for name, entry in entries.items() if entry.kind != "submodule"}
    blobs = found.blobs(hashes.values(), MAX_BYTES)
    return {name: blobs[hash_] for name, hash_ in hashes.items()}


def _no_plan(name: str, entry: Entry) -> Problem:
    held = "a link under this name, and not what it leads to"
    if entry.kind == "submodule":
        held = "another repository under this name, and not what is in it"
    message = f"git keeps {held}"
    hint = "put what it leads to there itself"
    return Problem(name, 1, 1, "unreadable-file", "error", message, hint)


def _unmerged(name: str) -> Problem:
    message = "this file is not merged yet: git has two versions of it"
    hint = "choose between them, and then 'git add' the file"
    return Problem(name, 1, 1, "merge-conflict", "error", message, hint)
