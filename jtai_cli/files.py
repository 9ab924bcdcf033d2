"""Plan texts on disk: finding, reading and writing files. Knows nothing of what stands in them."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import NamedTuple

FOLDER = "plans"
CONFIG = "jtai.yaml"
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
        if is_folder(directory / FOLDER):
            return Search(directory / FOLDER, tuple(looked_in))
        if is_there(directory / ".git"):
            break
    return Search(None, tuple(looked_in))


def find_config(start: Path) -> Path | None:
    """Look for the policy file from a directory upwards, no further than a repository's root."""
    for directory in (start, *start.parents):
        if is_there(directory / CONFIG):
            return directory / CONFIG
        if is_there(directory / ".git"):
            break
    return None


def root_of_repository(start: Path) -> Path:
    """The nearest folder upwards with a `.git` in it; the folder itself where there is none."""
    above = (folder for folder in (start, *start.parents) if is_there(folder / ".git"))
    return next(above, start)


def here() -> Path | None:
    """The working directory; None where it is gone."""
    try:
        return Path.cwd()
    except OSError:
        return None


def from_here(path: Path) -> Path:
    """The path as seen from the working directory; as it is where there is no way from there."""
    try:
        return Path(os.path.relpath(path))
    except (OSError, ValueError):
        return path


def real(path: Path | str) -> str:
    """Where a path leads; unlike Path.resolve, it takes a link that leads to itself."""
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):
        return str(path)


def same(one: Path, other: Path) -> bool:
    """Whether two names are of one file."""
    try:
        return real(one) == real(other) or one.samefile(other)
    except (OSError, ValueError):
        return False


def is_folder(path: Path) -> bool:
    """Whether a folder is seen there; unlike Path.is_dir, it never raises."""
    return stat.S_ISDIR(_mode(path) or 0)


def is_file(path: Path) -> bool:
    """Whether an ordinary file is seen there."""
    return stat.S_ISREG(_mode(path) or 0)


def is_link(path: Path) -> bool:
    """Whether a link is seen there, wherever it leads."""
    try:
        return stat.S_ISLNK(path.lstat().st_mode)
    except (OSError, ValueError):
        return False


def is_there(path: Path) -> bool:
    """Whether something has this name, be it a link to nothing; what may not be seen may be."""
    try:
        path.lstat()
    except PermissionError:
        return True
    except (OSError, ValueError):
        return False
    return True


def _mode(path: Path) -> int | None:
    try:
        return path.stat().st_mode
    except (OSError, ValueError):
        return None


def plan_files(folder: Path) -> list[Path]:
    """The YAML files of a folder and those in it, by name; hidden ones and the policy left out."""
    found: list[Path] = []

    def keep(error: OSError) -> None:
        # a folder that can't be looked into is given out as if it were a plan, to be refused
        found.append(Path(error.filename))

    seen = set()
    # a link may lead anywhere, and there may be no end to what is there
    bounds = os.path.join(real(folder.parent), "")  # noqa: PTH118 - as text, for speed
    for directory, folders, names in os.walk(folder, onerror=keep, followlinks=True):
        # links are followed, and may lead in a circle
        place = real(directory)
        if place in seen:
            folders.clear()
            continue
        seen.add(place)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        outside = [name for name in folders if not _is_within(Path(directory, name), bounds)]
        found += [Path(directory, name) for name in outside]
        folders[:] = [name for name in folders if name not in outside]
        found += [Path(directory, name) for name in (*names, *folders) if is_plan_name(name)]
    return sorted(found)


def _is_within(folder: Path, bounds: str) -> bool:
    """Whether a folder is no link, or one that leads to somewhere below the bounds."""
    return not is_link(folder) or real(folder).startswith(bounds)


def is_plan_name(name: str) -> bool:
    """Whether a file of this name in a folder of plans is one."""
    return name.lower().endswith(SUFFIXES) and not name.startswith(".") and name != CONFIG


def is_plan_path(path: str) -> bool:
    """Whether a path below a folder of plans, with / between its parts, is that of a plan."""
    *folders, name = path.split("/")
    return is_plan_name(name) and not any(folder.startswith(".") for folder in folders)


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


def resolved(path: Path) -> Path:
    """The file that is written when this name is; a device or a pipe keeps its name."""
    mode = _mode(path)
    return Path(real(path)) if mode is None or stat.S_ISREG(mode) else path


def write(path: Path, content: bytes) -> Unreadable | None:
    """Write a file whole or not at all; a device or a pipe that is read from is written to."""
    try:
        target = resolved(path)
        mode = _mode(target)
        if mode is not None and not stat.S_ISREG(mode):
            return _write_to(target, mode, content)
        temporary = _temporary(target)
        try:
            with temporary.open("xb") as file:
                file.write(content)
            if mode is not None:
                temporary.chmod(stat.S_IMODE(mode))
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
    except (OSError, ValueError) as error:
        return Unreadable(reason(error))
    return None


def _temporary(path: Path) -> Path:
    """A name beside a file that nobody can have put a link under before.

    It is short: the file's own may be as long as a name can be.
    """
    return path.with_name(f".{os.urandom(8).hex()}.tmp")


def create(path: Path, content: bytes) -> Unreadable | None:
    """Make a file, whole or not at all; whatever has this name already is left alone."""
    temporary = _temporary(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with temporary.open("xb") as file:
                file.write(content)
            _link(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)
    except (OSError, ValueError) as error:
        return Unreadable(reason(error))
    return None


def _link(temporary: Path, path: Path) -> None:
    """Give a file its name unless that is taken; a rename would take it from another file."""
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:
        # some file systems have no links: then the name is taken first, and the file put over it
        path.open("xb").close()
        temporary.replace(path)


def append(path: Path, content: bytes) -> Unreadable | None:
    """Write at the end of an ordinary file, which is made where there is none."""
    mode = _mode(path)
    if mode is not None and not stat.S_ISREG(mode):
        return Unreadable("it is not an ordinary file")
    try:
        with path.open("ab") as file:
            file.write(content)
    except (OSError, ValueError) as error:
        return Unreadable(reason(error))
    return None


def _write_to(path: Path, mode: int, content: bytes) -> Unreadable | None:
    """Write to a device or pipe; one that nobody reads from is refused, not waited for."""
    if stat.S_ISDIR(mode):
        return Unreadable("it is a folder")
    if not stat.S_ISCHR(mode) and not stat.S_ISFIFO(mode):
        return Unreadable("it is neither a file, a pipe nor a terminal")
    try:
        descriptor = os.open(path, os.O_WRONLY | _QUIETLY)
    except OSError as error:
        if error.errno == errno.ENXIO and stat.S_ISFIFO(mode):
            return Unreadable("it is a pipe that nobody reads from")
        raise
    with os.fdopen(descriptor, "wb") as file:
        if hasattr(os, "O_NONBLOCK"):
            os.set_blocking(descriptor, True)
        file.write(content)
    return None


def reason(error: OSError | ValueError) -> str:
    """What the system says, as the end of a sentence."""
    said = getattr(error, "strerror", None) or str(error)
    return f"the system says: {said.lower()}"
