"""Reading files, ordinary ones only, and none that a link takes elsewhere."""

from __future__ import annotations

import os
import stat
from functools import cache
from pathlib import Path
from typing import NamedTuple

from jtai_cli.files.paths import is_link, is_there, real

# not every system has them; without them a FIFO is refused before it is opened, by its kind
QUIETLY = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


class Unreadable(NamedTuple):
    """Why a file can't be read, in words, and what to do where that is known."""

    reason: str
    hint: str | None = None


def read(path: Path, limit: int) -> bytes | Unreadable:
    """The bytes of an ordinary file, at most one more than the limit; never waits for a FIFO."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return Unreadable(_not_ordinary(path))
        descriptor = os.open(path, os.O_RDONLY | QUIETLY)
        with os.fdopen(descriptor, "rb", buffering=0) as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                return Unreadable("it is not an ordinary file")
            return _read_up_to(file, limit + 1)
    except (OSError, ValueError) as error:
        return Unreadable(reason(error))


def read_own(path: Path, limit: int) -> bytes | Unreadable:
    """The same, of a file that no link takes out of the repository that it is named in.

    What stands elsewhere is nobody's business who reads the plans: it would be quoted to them.
    """
    home = _home(os.path.abspath(path.parent))  # noqa: PTH100 - links are not to be followed yet
    if home and not (_leads_into(home.root, path) if is_link(path) else home.holds_folder):
        hint = "put what it leads to there itself"
        return Unreadable("it is behind a link that leads out of the repository", hint)
    return read(path, limit)


class _Home(NamedTuple):
    """The repository that a folder is named in: its root, and whether the folder is in it."""

    root: Path
    holds_folder: bool


@cache
def _home(folder: str) -> _Home | None:
    """None for a folder in no repository."""
    above = [place for place in (Path(folder), *Path(folder).parents) if is_there(place / ".git")]
    if not above:
        return None
    # what a link leads to may be a repository of its own
    root = next((place for place in above if not is_link(place)), above[-1])
    return _Home(root, _leads_into(root, Path(folder)))


def _leads_into(root: Path, path: Path) -> bool:
    return Path(real(path)).is_relative_to(real(root))


def _read_up_to(file: object, most: int) -> bytes:
    parts, left = [], most
    while left > 0:
        part: bytes = file.read(left)  # type: ignore[attr-defined]
        if not part:
            break
        parts.append(part)
        left -= len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _not_ordinary(path: Path) -> str:
    if not path.is_dir():
        return "it is not an ordinary file"
    # what keeps it from being looked into says more than that it is a folder
    os.scandir(path).close()
    return "it is a folder"


def reason(error: OSError | ValueError) -> str:
    """What the system says, as the end of a sentence."""
    said = getattr(error, "strerror", None) or str(error)
    return f"the system says: {said.lower()}"
