"""Plan texts on disk: finding, reading and writing files. Knows nothing of what stands in them."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import NamedTuple

FOLDER = "plans"
SUFFIXES = (".yaml", ".yml")

# not every system has them; without them a FIFO is refused before it is opened, by its kind
_QUIETLY = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


class Unreadable(NamedTuple):
    """Why a file can't be read, in words."""

    reason: str


class Search(NamedTuple):
    """The folder of plans that was found, or None, and the folders that were looked in."""

    found: Path | None
    looked_in: tuple[Path, ...]


def find_folder(start: Path) -> Search:
    """Look for a folder of plans from a directory upwards, no further than a repository's root."""
    looked_in = []
    for directory in (start, *start.parents):
        looked_in.append(directory)
        if (directory / FOLDER).is_dir():
            return Search(directory / FOLDER, tuple(looked_in))
        if (directory / ".git").exists():
            break
    return Search(None, tuple(looked_in))


def plan_files(folder: Path) -> list[Path]:
    """The YAML files of a folder and of those in it, hidden ones left out, by name."""
    found: list[Path] = []

    def keep(error: OSError) -> None:
        # a folder that can't be looked into is given out as if it were a plan, to be refused
        found.append(Path(error.filename))

    seen = set()
    for directory, folders, names in os.walk(folder, onerror=keep, followlinks=True):
        # links are followed, and may lead in a circle
        real = os.path.realpath(directory)
        if real in seen:
            folders.clear()
            continue
        seen.add(real)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [
            Path(directory, name)
            for name in (*names, *folders)
            if name.endswith(SUFFIXES) and not name.startswith(".")
        ]
    return sorted(found)


def read(path: Path, limit: int) -> bytes | Unreadable:
    """The bytes of an ordinary file, at most one more than the limit; never waits for a FIFO."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return Unreadable(_not_ordinary(path))
        descriptor = os.open(path, os.O_RDONLY | _QUIETLY)
        with os.fdopen(descriptor, "rb", buffering=0) as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                return Unreadable("it is not an ordinary file")
            return _read_up_to(file, limit + 1)
    except (OSError, ValueError) as error:
        return Unreadable(reason(error))


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


def write(path: Path, content: bytes) -> Unreadable | None:
    """Write a file whole or not at all; what is not an ordinary file is written to directly."""
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content)
            return None
        target = Path(os.path.realpath(path))
        temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
        try:
            temporary.write_bytes(content)
            if target.exists():
                temporary.chmod(stat.S_IMODE(target.stat().st_mode))
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
    except (OSError, ValueError) as error:
        return Unreadable(reason(error))
    return None


def reason(error: OSError | ValueError) -> str:
    """What the system says, as the end of a sentence."""
    said = getattr(error, "strerror", None) or str(error)
    return f"the system says: {said.lower()}"
