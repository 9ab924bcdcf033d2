"""What was read of a repository's history, kept in the user's cache folder.

It may be deleted at any time, and what does not look as it was written is ignored. Nothing is
judged by it: the gate reads the texts themselves. What is known by its hash is not asked of git
again, so a repository that has lost it since, which is damaged, is not noticed.
"""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from jtai_cli import __version__, files
from jtai_cli.git import first_parents, steps_as_text, steps_in
from jtai_cli.plan.stored import FORMAT, restored, stored
from jtai_cli.plan.versions import PlanVersion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jtai_cli.git import Repository, Step
    from jtai_cli.plan.stored import Read

LARGEST = 64 * 1024 * 1024  # bytes; more would be slower to read than what it saves


class Kept(NamedTuple):
    """What is kept: the commits of a history, and the versions of plans in them, as text."""

    steps: bytes = b""
    versions: bytes = b""


class Cache:
    """The commits of a history, and the versions of its plans by the hash of their text.

    What is known already is not read again; nothing is known, nor kept, when it is not `used`.
    """

    def __init__(self, found: Repository, *, used: bool) -> None:
        self._found = found
        self._path = _path(found) if used else None
        self._kept = _known(self._path) if self._path and _is_own(self._path) else Kept()
        self._known = restored(self._kept.versions)
        self._read: dict[str, Read] = {}
        self._steps: list[Step] | None = None

    def steps(self, commit: str) -> list[Step]:
        """The commits that led to one, as `first_parents` has them.

        Raises:
            GitError: git can't read them all, or the clone has not the whole history.
        """
        known = [] if self._found.shallow else steps_in(self._kept.steps)
        position = next((at for at, one in enumerate(known) if one.commit.hash == commit), None)
        if position is not None:
            return known[: position + 1]
        self._steps = first_parents(self._found, commit)
        return self._steps

    def version(self, name: str) -> Read | None:
        """What the text with this hash is, if that is known."""
        read = self._read.get(name)
        if read is None and name in self._known:
            read = self._read[name] = self._known[name]
        return read

    @property
    def versions(self) -> Iterator[PlanVersion]:
        """The versions that were known from the beginning."""
        return (one for _, one in self._known.values() if isinstance(one, PlanVersion))

    def add(self, name: str, read: Read) -> None:
        """Know from now on what the text with this hash is."""
        self._read[name] = read

    def keep(self) -> None:
        """Keep what was read, if it is more than was known; where it can't be, nothing is said."""
        has_new = not self._read.keys() <= self._known.keys()
        if self._path is None or not (has_new or self._steps):
            return
        content = sealed(self._to_keep(has_new=has_new))
        if len(content) > LARGEST:
            return
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError:
            return
        if _is_own(self._path):
            # written beside and renamed: whoever reads it at the same time has the old one whole
            files.write(self._path, content)

    def _to_keep(self, *, has_new: bool) -> Kept:
        steps = self._kept.steps if self._steps is None else steps_as_text(self._steps)
        if not has_new:
            return Kept(steps, self._kept.versions)
        versions = stored({**self._known, **self._read})
        return Kept(steps, versions if len(versions) <= LARGEST else stored(self._read))


def sealed(kept: Kept) -> bytes:
    """What is kept, as a file of it begins: with the format, this version of jtai, a checksum."""
    return b"\n".join((_seal(kept), kept.steps, kept.versions))


def unsealed(content: bytes) -> Kept:
    """What a file keeps; whatever is not as it was written is as good as nothing."""
    seal, *parts = content.split(b"\n", 2)
    kept = Kept(*parts) if len(parts) == len(Kept._fields) else Kept()
    return kept if seal == _seal(kept) else Kept()


def _seal(kept: Kept) -> bytes:
    checksum = hashlib.sha256(kept.steps + b"\n")
    checksum.update(kept.versions)
    return f"jtai {__version__} {FORMAT} {checksum.hexdigest()}".encode()


def _is_own(path: Path) -> bool:
    """Whether nobody but the user can have put there what stands under this name, if anything does.

    A cache folder that many share may hold a file that somebody made up, or a link to one that the
    user would not want to lose.
    """
    if files.is_link(path) or (files.is_there(path) and not files.is_file(path)):
        return False
    return files.is_own_folder(path.parent)


def _known(path: Path) -> Kept:
    content = files.read(path, LARGEST)
    return unsealed(content) if isinstance(content, bytes) else Kept()


def _path(found: Repository) -> Path | None:
    """The file for a repository, by where it is: two of them never share one."""
    folder = _folder()
    name = hashlib.sha256(os.fsencode(files.real(found.git_dir))).hexdigest()[:32]
    return folder / "jtai" / f"history-{name}.json" if folder else None


def _folder() -> Path | None:
    """The user's folder for what may be deleted; None where there is none."""
    if sys.platform == "win32":
        named = os.environ.get("LOCALAPPDATA")
    else:
        named = os.environ.get("XDG_CACHE_HOME")
    if named and Path(named).is_absolute():
        return Path(named)
    try:
        home = Path.home()
    except RuntimeError:
        return None
    below = {"darwin": "Library/Caches", "win32": "AppData/Local"}.get(sys.platform, ".cache")
    return home / below if home.is_absolute() and files.is_folder(home) else None
