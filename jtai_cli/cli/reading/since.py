"""Plans on disk beside those of a commit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

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
    no_plan,
    path_in,
    plans_then,
    policy_then,
    shown,
)
from jtai_cli.plan.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from jtai_cli.cli.reading.project import Project
    from jtai_cli.git import Entry, Repository

    Text = bytes | Problem


def edit_since(found: Repository, project: Project, asked: Asked) -> Edit:
    """From the opened commit to what is on disk.

    Raises:
        NothingToJudge: a plan is not in the repository.
    """
    before = plans_then(found, folders_since(found, project))
    here = {_path_on_disk(found, path): path for path in asked.paths}
    new: dict[str, Text] = {}
    then: dict[str, Entry] = {}
    for path, (name, text) in zip(here, texts(list(here.values())), strict=True):
        entry = before.get(path) or entry_then(found, path)
        if entry and entry.kind == "link" and files.is_link(here[path]):
            new[name] = no_plan(name, entry)
        elif isinstance(text, Problem) or not entry or found.blob_hash(text) != entry.hash:
            new[name] = text
            then |= {name: entry} if entry else {}
    rest = {path: entry for path, entry in before.items() if path not in here}
    within = folders_asked_about(found, asked)
    new |= _no_plans_on_disk(found, rest, here, within)
    plans = {path: entry for path, entry in rest.items() if entry.kind == "file"}
    gone = [path for path in plans if asked.every or not files.is_there(found.root / path)]
    old = contents(found, then | {shown(found, path): plans[path] for path in gone})
    old |= _under_other_names(found, {} if asked.every else plans, old, new)
    judged = set(map(files.real, asked.paths))
    removed = [path for path in gone if files.real(found.root / path) not in judged]
    return Edit(old, new, frozenset(shown(found, one) for one in removed if is_in(one, within)))


def _path_on_disk(found: Repository, path: Path) -> str:
    """A file's path in the repository; of a link that git does not have, of where it leads."""
    name = path_in(found, path)
    if files.is_link(path) and entry_then(found, name) is None:
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
        if is_in(path, within) and hides_plans(found, path, entry)
    ]
    inner = [path for path, entry in rest.items() if entry.kind == "submodule"]
    inner = [path for path in inner if any(is_in(one, [path]) for one in here)]
    names = {shown(found, path): rest[path] for path in links + inner}
    return {name: no_plan(name, entry) for name, entry in names.items()}


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
    named = {shown(found, path): others[path] for path in others} if wanted else {}
    return {name: text for name, text in contents(found, named).items() if id_in(text) in wanted}


def folders_since(found: Repository, project: Project) -> list[str]:
    """The folders of plans: where they are on disk, and as the opened commit has it."""
    written = policy_then(found, path_of_policy(found, project))
    return list(
        dict.fromkeys([*folders_on_disk(found, project), *folders_by(found, project, written)])
    )
