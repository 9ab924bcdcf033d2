"""What a repository holds: commits, trees, blobs and the index."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from jtai_cli.git.objects import HASH, WINDOW, Objects, unreadable
from jtai_cli.git.running import GitError, run_git

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Literal, Self

    Variables = Mapping[str, str]
    Kind = Literal["file", "link", "submodule", "folder"]

_KINDS: dict[str, Kind] = {"100": "file", "120": "link", "040": "folder"}
# no honest folder of plans comes near, but a few small trees can hold each other a billion times
MOST_ENTRIES = 500_000
MOST_LEVELS = 64
_LARGEST = 32 * 1024 * 1024  # of trees, in bytes
_COMPARE = (
    *("diff-index", "--cached", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff"),
    *("--no-textconv", "--ignore-submodules=none", "--ita-invisible-in-index"),
)


class Entry(NamedTuple):
    """What a tree or the index has under one name."""

    mode: str  # such as "100644"
    hash: str

    @property
    def kind(self) -> Kind:
        """What it is; git takes any odd mode for a submodule's."""
        return _KINDS.get(self.mode[:3], "submodule")


class Change(NamedTuple):
    """What the index has against a commit, for one path."""

    path: str  # from the top of the work tree, with "/"; other bytes than UTF-8 as surrogates
    old: Entry | None  # in the commit
    new: Entry | None  # in the index; None when deleted, and while unmerged
    unmerged: bool


@dataclass(eq=False)
class Repository:
    """A repository: its objects and its index, not its files. To be closed, best by `with`."""

    root: Path  # top of the work tree
    git_dir: Path
    commit: str | None  # that of the revision; None where nothing has been committed yet
    shallow: bool
    algorithm: str  # of its hashes: sha1 or sha256
    variables: Variables = field(repr=False)  # the environment that git is run in
    _objects: Objects = field(init=False, repr=False)
    _trees: dict[str, dict[str, Entry]] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        self._objects = Objects(self.root, self.variables)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process that objects are read through; the next reading starts another."""
        self._objects.close()

    def path_of(self, path: Path) -> str | None:
        """A file's name in the repository, "" for its root; None for what lies outside.

        It need not exist. A link is itself and not where it leads, unless it stands outside.
        """
        try:
            root, whole = os.path.realpath(self.root), Path(os.path.realpath(path))
            itself = Path(os.path.realpath(path.parent), path.name)
        except (OSError, ValueError):  # a name that no system takes
            return None
        for place in (whole if path.name in ("", "..") else itself, whole):
            if place.is_relative_to(root):
                named = place.relative_to(root).as_posix()
                return "" if named == "." else _text(os.fsencode(named))
        return None

    def blob_hash(self, content: bytes) -> str:
        """The hash that a file of this content has here."""
        return self._hash("blob", content)

    def _hash(self, kind: str, content: bytes) -> str:
        # slow to load, and not always needed
        import hashlib

        header = f"{kind} {len(content)}\0".encode()
        return hashlib.new(self.algorithm, header + content, usedforsecurity=False).hexdigest()

    def tree(self, commit: str, folder: str = "") -> dict[str, Entry]:
        """All entries below a folder of a commit, by path, links and submodules among them.

        Nothing, when there is no such folder; when the folder or one on the way to it is a link, a
        submodule or a file, that alone. A tree too deep or too large to be honest is a GitError.
        """
        top = self._find(commit, folder)
        found: dict[str, Entry] = {}
        level, seen = [top] if top else [], 0
        for _ in range(MOST_LEVELS):
            found |= {path: entry for path, entry in level if entry.kind != "folder"}
            folders = [(path, entry.hash) for path, entry in level if entry.kind == "folder"]
            if not folders:
                return found
            self._load([name for _, name in folders])
            trees = [(path and f"{path}/", self._trees[name]) for path, name in folders]
            seen += sum(len(entries) for _, entries in trees)
            if seen > MOST_ENTRIES:
                break
            level = [(path + name, entries[name]) for path, entries in trees for name in entries]
        raise GitError(
            f"{folder or 'the repository'} at {commit[:12]} can't be read: it has more than "
            f"{MOST_ENTRIES:,} files, or than {MOST_LEVELS} levels of folders"
        )

    def entry(self, commit: str, path: str) -> Entry | None:
        """What a commit has by this name, be it a folder; None when there is nothing."""
        found = self._find(commit, path)
        return found[1] if found is not None and found[0] == path else None

    def _find(self, commit: str, path: str) -> tuple[str, Entry] | None:
        """The entry of a name, or the first on the way to it that is no folder."""
        entry, so_far = Entry("040000", f"{commit}^{{tree}}"), ""
        for part in filter(None, path.split("/")):
            if entry.kind != "folder":
                break
            self._load([entry.hash])
            below = self._trees[entry.hash].get(part)
            if below is None:
                return None
            entry, so_far = below, f"{so_far}/{part}" if so_far else part
        return so_far, entry

    def _load(self, names: Iterable[str]) -> None:
        wanted = [name for name in dict.fromkeys(names) if name not in self._trees]
        for name, (found, kind, content) in zip(
            wanted, self._objects.read(wanted, _LARGEST), strict=True
        ):
            if kind != "tree" or len(content) > _LARGEST:
                raise GitError(unreadable(name))
            self._trees[name] = _entries(content, found)

    def blobs(self, hashes: Iterable[str], limit: int) -> dict[str, bytes]:
        """The bytes of each blob, by hash, at most one more than the limit.

        One that is missing or is no blob is a GitError; nothing is fetched from elsewhere.
        """
        wanted = list(dict.fromkeys(hashes))
        found = {}
        for name, (_, kind, content) in zip(wanted, self._objects.read(wanted, limit), strict=True):
            if kind != "blob":
                raise GitError(unreadable(name))
            found[name] = content
        return found

    def each_blob(self, hashes: Iterable[str], limit: int) -> Iterator[tuple[str, bytes]]:
        """Each blob by hash, once, in the order asked for, as `blobs` has them; one at a time.

        Few are asked for as always; for many, git reads on while they are looked at.
        """
        wanted = list(dict.fromkeys(hashes))
        if len(wanted) <= WINDOW:
            yield from self.blobs(wanted, limit).items()
            return
        for name, (_, kind, content) in zip(
            wanted, self._objects.ahead(wanted, limit), strict=True
        ):
            if kind != "blob":
                raise GitError(unreadable(name))
            yield name, content

    def staged(self, commit: str | None, folders: Sequence[str] = ("",)) -> list[Change]:
        """What the index has against a commit, or against nothing, in these folders and files.

        An unmerged path is given once. What is only intended to be added (git add -N) is not there.
        """
        # git knows an empty tree without having one
        against = commit or self._hash("tree", b"")
        if not HASH.fullmatch(against):
            raise ValueError("a commit is asked for by its full hash")
        if not folders:
            return []
        paths = [folder.encode("utf-8", "surrogateescape") for folder in folders]
        command = (*_COMPARE, against, "--", *(paths if all(paths) else ()))
        status, out, said = run_git(self.root, command, self.variables)
        if status != 0:
            raise GitError(f"git can't compare its index in {self.root}: git says: {said}")
        fields = iter(out.split(b"\0")[:-1])
        return [_change(meta, path) for meta, path in zip(fields, fields, strict=True)]

    def indexed(self, folders: Sequence[str] = ("",)) -> dict[str, Entry]:
        """All entries of the index in these folders and files, by path, but the unmerged ones."""
        return {change.path: change.new for change in self.staged(None, folders) if change.new}


def _entries(raw: bytes, name: str) -> dict[str, Entry]:
    """The entries of a tree as git stores it: mode, space, name, NUL, raw hash, and again."""
    width = len(name) // 2
    found = re.findall(rb"([0-7]+) ([^/\0]+)\0(.{%d})" % width, raw, re.DOTALL)
    entries = {
        _text(path): Entry(mode.decode().zfill(6), hashed.hex()) for mode, path, hashed in found
    }
    length = sum(len(mode) + len(path) + 2 + width for mode, path, _ in found)
    if length != len(raw) or len(entries) != len(found) or {".", ".."} & entries.keys():
        raise GitError(unreadable(name))
    return entries


def _change(meta: bytes, path: bytes) -> Change:
    """One change of diff-index --raw: ":MODE MODE HASH HASH STATUS" and the path."""
    old_mode, new_mode, old, new, status = meta.decode("ascii").removeprefix(":").split()
    return Change(
        _text(path),
        Entry(old_mode, old) if int(old_mode) else None,
        Entry(new_mode, new) if int(new_mode) else None,
        unmerged=status == "U",
    )


def _text(path: bytes) -> str:
    return path.decode("utf-8", "surrogateescape")
