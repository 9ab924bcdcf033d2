"""What is seen under a name; nothing here raises for what the system refuses."""

from __future__ import annotations

import os
import stat
from pathlib import Path


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
    return stat.S_ISDIR(mode_of(path) or 0)


def is_file(path: Path) -> bool:
    """Whether an ordinary file is seen there."""
    return stat.S_ISREG(mode_of(path) or 0)


def is_link(path: Path) -> bool:
    """Whether a link is seen there, wherever it leads."""
    try:
        return stat.S_ISLNK(path.lstat().st_mode)
    except (OSError, ValueError):
        return False


def is_own_folder(path: Path) -> bool:
    """Whether a folder, and no link to one, is the user's, and nobody else may write there."""
    try:
        found = path.lstat()
    except (OSError, ValueError):
        return False
    # where users have no numbers, the folders of one are closed to others
    user = os.geteuid() if hasattr(os, "geteuid") else found.st_uid
    others_may = found.st_mode & (stat.S_IWGRP | stat.S_IWOTH) if hasattr(os, "geteuid") else 0
    return stat.S_ISDIR(found.st_mode) and found.st_uid == user and not others_may


def is_there(path: Path) -> bool:
    """Whether something has this name, be it a link to nothing; what may not be seen may be."""
    try:
        path.lstat()
    except PermissionError:
        return True
    except (OSError, ValueError):
        return False
    return True


def mode_of(path: Path) -> int | None:
    """The kind and the permissions of what a name leads to; None where nothing is seen."""
    try:
        return path.stat().st_mode
    except (OSError, ValueError):
        return None
