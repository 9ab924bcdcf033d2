"""Where the plans of a commit are: that is for the commit to say, whatever is on disk now."""

from __future__ import annotations

import posixpath
from contextlib import suppress
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from jtai_cli import files
from jtai_cli.cli.reading.project import NothingToJudge
from jtai_cli.cli.reading.versions import contents, is_in, is_plan, is_seen, shown
from jtai_cli.plan.problem import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from jtai_cli.git import Entry, Repository, Step

    Lookup = Callable[[str], Entry | None]
    Changes = Mapping[str, Entry | None]


class Where:
    """Where plans are looked for: as on disk, from here upwards, or from the plans that are named.

    The policy furthest up says where they are; without one, the nearest folder with plans is it.
    """

    def __init__(self, found: Repository, plans: Sequence[str]) -> None:
        self._found = found
        paths = [found.path_of(Path(name)) for name in plans]
        self.named = frozenset(path for path in paths if path is not None)
        starts = [posixpath.dirname(path) for path in sorted(self.named)]
        here = files.here()
        if not starts and here is not None:
            starts = [found.path_of(here) or ""]
        self._ways = list(dict.fromkeys(map(_way_up, starts))) or [("",)]
        self._policies = frozenset(_policy(place) for way in self._ways for place in way)
        self._by_policy: dict[str, str | None] = {}

    def concerns(self, path: str, entry: Entry | None) -> bool:
        """Whether a name, and what a commit has under it, may matter for plans."""
        return _may_matter(path) or entry is None or entry.kind != "file" or path in self.named

    def may_say(self, path: str) -> bool:
        """Whether a file of this name would be the policy."""
        return path in self._policies

    def folders(self, entry_of: Lookup, has_plans: Callable[[str], bool]) -> list[str]:
        """The folders of plans, in a commit in which these names stand for something.

        Raises:
            NothingToJudge: its policy can't be read.
        """
        found = (self._folder(way, entry_of, has_plans) for way in self._ways)
        return list(dict.fromkeys(folder for folder in found if folder is not None))

    def folders_then(self) -> list[str]:
        """The folders of plans in the opened commit.

        Raises:
            NothingToJudge: its policy can't be read.
        """
        found, commit = self._found, self._found.commit or ""
        return self.folders(
            lambda path: found.entry(commit, path), lambda folder: bool(plans_in(found, [folder]))
        )

    def _folder(
        self, way: Sequence[str], entry_of: Lookup, has_plans: Callable[[str], bool]
    ) -> str | None:
        for place in reversed(way):
            entry = entry_of(_policy(place))
            if entry is not None and entry.kind != "folder":
                folder = posixpath.normpath(f"{place or '.'}/{self._said(_policy(place), entry)}")
                return "" if folder == "." else folder
        looked_in = (posixpath.join(place, files.FOLDER) for place in way)
        return next(filter(has_plans, looked_in), None)

    def _said(self, path: str, entry: Entry) -> str:
        """The folder that a policy names."""
        if entry.hash not in self._by_policy:
            from jtai_cli.plan.config import folder_in

            written = contents(self._found, {path: entry}).get(path) if is_file(entry) else None
            self._by_policy[entry.hash] = None if written is None else folder_in(written)
        said = self._by_policy[entry.hash]
        if said is None:
            name = visible(shown(self._found, path))
            raise NothingToJudge(
                f"where the plans were can't be known: {name}, as it was committed then, does not "
                "say it in a way that can be read"
            )
        return said


@lru_cache(maxsize=4096)
def _may_matter(path: str) -> bool:
    """Whether a name is one of a plan or a policy."""
    name = posixpath.basename(path)
    return files.is_plan_name(name) or name == files.CONFIG


def is_file(entry: Entry) -> bool:
    """Whether it is neither a link nor another repository."""
    return entry.kind == "file"


def _way_up(start: str) -> tuple[str, ...]:
    """A folder and those above it, the nearest first, up to the root of the repository."""
    way = [start]
    while way[-1]:
        way.append(posixpath.dirname(way[-1]))
    return tuple(way)


def _policy(place: str) -> str:
    return posixpath.join(place, files.CONFIG)


def plans_in(found: Repository, folders: Iterable[str]) -> dict[str, Entry]:
    """The plans in folders of the opened commit, by path, and what may hide some."""
    commit = found.commit or ""
    entries = {path: one for folder in folders for path, one in found.tree(commit, folder).items()}
    wanted = list(folders)
    return {
        path: entry
        for path, entry in entries.items()
        if is_or_hides_plans(found, commit, path, entry, wanted)
    }


def is_or_hides_plans(
    found: Repository, commit: str, path: str, entry: Entry, folders: Sequence[str]
) -> bool:
    """Whether it is a plan in one of these folders, or a link or another repository with some.

    A link under another name than a plan's is harmless if it leads to a file of the commit.
    """
    if entry.kind == "file":
        return is_plan(path, folders)
    if any(is_in(folder, [path]) for folder in folders):
        return True
    if not is_seen(path, folders):
        return False
    return (
        entry.kind == "submodule"
        or files.is_plan_name(posixpath.basename(path))
        or not _leads_to_file(found, commit, path, entry)
    )


def _leads_to_file(found: Repository, commit: str, path: str, link: Entry) -> bool:
    written = contents(found, {path: link})[path].decode("utf-8", "surrogateescape")
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), written))
    entry = None if target.startswith(("/", "..")) else found.entry(commit, target)
    return entry is not None and entry.kind == "file"


def plan_changes(found: Repository, where: Where, steps: Iterable[Step]) -> Iterator[Changes]:
    """What each commit changed of plans, and of what may hide some; None where they are gone.

    Where the plans are is for each commit to say; one whose policy can't be read moves nothing.
    """
    standing = _Standing(found, where)
    for step in steps:
        yield standing.changed(step)


class _Standing:
    """What stands in a commit: the names that may matter, which of them are plans, and where."""

    def __init__(self, found: Repository, where: Where) -> None:
        self._found = found
        self._where = where
        self._tree: dict[str, Entry] = {}
        self._plans: dict[str, Entry] = {}
        self._folders: list[str] = []

    def changed(self, step: Step) -> Changes:
        """Go on to a commit; what it changed of plans."""
        touched = self._that_matters(step.changes)
        # most commits edit a plan, and that moves nothing
        may_move = any(map(self._where.may_say, touched))
        if may_move or not all(_is_edit(self._plans.get(path), touched[path]) for path in touched):
            return self._changed(step.commit.hash, touched, may_move=may_move)
        _take(self._tree, touched)
        _take(self._plans, touched)
        return touched

    def _that_matters(self, changes: Changes) -> Changes:
        """What may matter, or did; mostly that is all, and then it is the same mapping."""
        matters = {
            path: one
            for path, one in changes.items()
            if path in self._tree or self._where.concerns(path, one)
        }
        return changes if len(matters) == len(changes) else matters

    def _changed(self, commit: str, touched: Changes, *, may_move: bool) -> Changes:
        tree, plans, before = self._tree, self._plans, self._folders
        come_or_gone = any((path in tree) != (one is not None) for path, one in touched.items())
        _take(tree, touched)
        if come_or_gone or may_move:
            has_plans = partial(_has_plans, self._found, commit, tree)
            with suppress(NothingToJudge):
                self._folders = self._where.folders(tree.get, has_plans)
        looked_at = touched if self._folders == before else {**plans, **tree}
        now = {
            path: tree[path] for path in looked_at if path in tree and self._is_plan(commit, path)
        }
        changed = {path: now.get(path) for path in looked_at if now.get(path) != plans.get(path)}
        _take(plans, changed)
        return changed

    def _is_plan(self, commit: str, path: str) -> bool:
        """Whether a name of a commit is a plan that is looked for, or may hide some."""
        named = self._where.named
        inside = [*self._folders, *named]
        return path in named or is_or_hides_plans(
            self._found, commit, path, self._tree[path], inside
        )


def _is_edit(old: Entry | None, new: Entry | None) -> bool:
    """Whether what was a plan has another text, and nothing else has changed."""
    return (
        old is not None
        and new is not None
        and old.kind == new.kind == "file"
        and old.hash != new.hash
    )


def _take(tree: dict[str, Entry], changed: Changes) -> None:
    for path, entry in changed.items():
        if entry is None:
            tree.pop(path, None)
        else:
            tree[path] = entry


def _has_plans(found: Repository, commit: str, tree: Mapping[str, Entry], folder: str) -> bool:
    return any(
        is_or_hides_plans(found, commit, path, entry, [folder]) for path, entry in tree.items()
    )
