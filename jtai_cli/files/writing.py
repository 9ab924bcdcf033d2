"""Writing files, whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from jtai_cli.files.paths import mode_of, real
from jtai_cli.files.reading import QUIETLY, Unreadable, reason


def resolved(path: Path) -> Path:
    """The file that is written when this name is; a device or a pipe keeps its name."""
    mode = mode_of(path)
    return Path(real(path)) if mode is None or stat.S_ISREG(mode) else path


def write(path: Path, content: bytes) -> Unreadable | None:
    """Write a file whole or not at all; a device or a pipe that is read from is written to."""
    try:
        target = resolved(path)
        mode = mode_of(target)
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
    mode = mode_of(path)
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
        descriptor = os.open(path, os.O_WRONLY | QUIETLY)
    except OSError as error:
        if error.errno == errno.ENXIO and stat.S_ISFIFO(mode):
            return Unreadable("it is a pipe that nobody reads from")
        raise
    with os.fdopen(descriptor, "wb") as file:
        if hasattr(os, "O_NONBLOCK"):
            os.set_blocking(descriptor, True)
        file.write(content)
    return None
