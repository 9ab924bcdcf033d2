"""What was read of a repository's history, kept in the user's cache folder.

It may be deleted at any time, and what does not look as it was written is ignored. Nothing is
judged by it: the gate reads the texts themselves.
"""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from jtai_cli import files
from jtai_cli.plan.stored import restored, stored

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jtai_cli.git import Repository
    from jtai_cli.plan.stored import Read

LARGEST = 64 * 1024 * 1024  # bytes; more would be slower to read than what it saves


class Cache:
    """The versions that are known already, by the hash of their text; nothing when not `used`."""

    def __init__(self, found: Repository, *, used: bool) -> None:
        self._path = _path(found) if used else None
        self.known = _known(self._path) if self._path and _is_own(self._path) else {}

    def keep(self, read: Mapping[str, Read]) -> None:
        """Keep what was read, if it is more than is known; where it can't be, nothing is said."""
        if self._path is None or read.keys() <= self.known.keys():
            return
        content = stored({**self.known, **read})
        if len(content) > LARGEST:
            content = stored(read)
        if len(content) > LARGEST:
            return
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError:
            return
        if _is_own(self._path):
            # written beside and renamed: whoever reads it at the same time has the old one whole
            files.write(self._path, content)


def _is_own(path: Path) -> bool:
    """Whether nobody but the user can have put there what stands under this name, if anything does.

    A cache folder that many share may hold a file that somebody made up, or a link to one that the
    user would not want to lose.
    """
    if files.is_link(path) or (files.is_there(path) and not files.is_file(path)):
        return False
    return files.is_own_folder(path.parent)


def _known(path: Path) -> dict[str, Read]:
    content = files.read(path, LARGEST)
    return restored(content) if isinstance(content, bytes) else {}


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
