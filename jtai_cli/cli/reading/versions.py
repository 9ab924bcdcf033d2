"""Plans as a commit has them: where they are there, and what is in them."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from jtai_cli import files
from jtai_cli.cli.reading.project import NothingToJudge
from jtai_cli.plan.problem import Problem, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from jtai_cli.cli.reading.project import Project
    from jtai_cli.git import Entry, Repository

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
    """Where to look for the repository of some plans; of what is staged, without any.

    It is the folder with `.git`: git itself takes any folder for a repository that looks like one.
    """
    if asked.paths and asked.every and project.folder:
        return files.root_of_repository(Path(files.real(project.folder)))
    if asked.paths:
        # a link may lead out of the repository that it stands in
        path = next((path for path in asked.paths if not files.is_link(path)), asked.paths[0])
        return files.root_of_repository(Path(files.real(path)).parent)
    beside = project.config_path or project.folder
    start = beside.parent if beside else files.here()
    if start is None:
        raise NothingToJudge("the working directory is gone")
    return files.root_of_repository(start)


def paths_asked_about(found: Repository, asked: Asked) -> set[str]:
    """The paths of files that are asked about; of a link, also that of where it leads."""
    leads = (found.path_of(Path(files.real(path))) for path in asked.paths)
    return {path_in(found, path) for path in asked.paths} | {path for path in leads if path}


def policy_then(found: Repository, path: str) -> Text | None:
    """The policy that the opened commit has, if it has one."""
    return policy_in(found, path, entry_then(found, path))


def policy_in(found: Repository, path: str, entry: Entry | None) -> Text | None:
    """The policy under a name in the repository, or why it is none."""
    name = shown(found, path)
    if entry is None or entry.kind == "file":
        return contents(found, {name: entry})[name] if entry else None
    return no_plan(name, entry)


def plans_then(found: Repository, folders: Sequence[str]) -> dict[str, Entry]:
    """The plans of the opened commit by path, and links and other repositories beside them."""
    if found.commit is None:
        return {}
    entries: dict[str, Entry] = {}
    for folder in folders:
        entries |= found.tree(found.commit, folder)
    return {
        path: entry
        for path, entry in entries.items()
        if is_plan(path, folders) or (entry.kind != "file" and is_seen(path, folders))
    }


def entry_then(found: Repository, path: str) -> Entry | None:
    """What the opened commit has by this name, unless it is a folder."""
    entry = found.entry(found.commit, path) if found.commit else None
    return None if entry is None or entry.kind == "folder" else entry


def folders_asked_about(found: Repository, asked: Asked) -> list[str]:
    """The folders all of whose plans are asked about."""
    places = (found.path_of(Path(files.real(folder))) for folder in asked.folders)
    return [""] if asked.every else [place for place in places if place is not None]


def _below(path: str, folder: str) -> str | None:
    """The path as seen from a folder, "" for the folder itself; None outside of it."""
    if not folder or path == folder:
        return path if not folder else ""
    return path.removeprefix(f"{folder}/") if path.startswith(f"{folder}/") else None


def is_in(path: str, folders: Iterable[str]) -> bool:
    """Whether it is in one of these folders, or is one."""
    return any(_below(path, folder) is not None for folder in folders)


def is_seen(path: str, folders: Iterable[str]) -> bool:
    """Whether it is in a folder, and neither hidden there nor in a hidden one."""
    inside = (_below(path, folder) for folder in folders)
    return any(below is not None and "/." not in f"/{below}" for below in inside)


def is_plan(path: str, folders: Iterable[str]) -> bool:
    """Whether a file of this name would be a plan in one of these folders."""
    inside = (_below(path, folder) for folder in folders)
    return any(below is not None and files.is_plan_path(below) for below in inside)


def hides_plans(found: Repository, path: str, entry: Entry) -> bool:
    """Whether plans may be behind what is no file."""
    named = files.is_plan_name(path.rpartition("/")[2])
    return entry.kind == "submodule" or named or files.is_folder(found.root / path)


def path_in(found: Repository, path: Path) -> str:
    """A file's name in the repository.

    Raises:
        NothingToJudge: it is not there.
    """
    name = found.path_of(path)
    if name is None:
        raise NothingToJudge(
            f"{visible(path.as_posix())} is not in the repository {visible(str(found.root))}: "
            "it has no earlier version there"
        )
    return name


def shown(found: Repository, name: str) -> str:
    """A file of the repository as messages name it: as seen from the working directory."""
    return files.from_here(found.root / name).as_posix()


def contents(found: Repository, entries: Mapping[str, Entry]) -> dict[str, bytes]:
    """The bytes of files, and of links where they lead; other repositories have none."""
    from jtai_cli.plan.source import MAX_BYTES

    hashes = {name: entry.hash for name, entry in entries.items() if entry.kind != "submodule"}
    blobs = found.blobs(hashes.values(), MAX_BYTES)
    return {name: blobs[hash_] for name, hash_ in hashes.items()}


def no_plan(name: str, entry: Entry) -> Problem:
    """The problem of a link, or of another repository, where a plan should be."""
    held = "a link under this name, and not what it leads to"
    if entry.kind == "submodule":
        held = "another repository under this name, and not what is in it"
    message = f"git keeps {held}"
    hint = "put what it leads to there itself"
    return Problem(name, 1, 1, "unreadable-file", "error", message, hint)
