"""Finding the folder of plans, the policy, and the files of plans."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from jtai_cli.files.paths import is_folder, is_link, is_there, real

FOLDER = "plans"
CONFIG = "jtai.yaml"
SUFFIXES = (".yaml", ".yml")


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


def find_configs(start: Path) -> list[Path]:
    """The policy files from a directory upwards to its repository's root, the nearest first.

    Outside of a repository, where folders above are of other matters, the nearest alone.
    """
    found = []
    for directory in (start, *start.parents):
        if is_there(directory / CONFIG):
            found.append(directory / CONFIG)
        if is_there(directory / ".git"):
            return found
    return found[:1]


def configs_below(folder: Path, top: Path) -> list[Path]:
    """The policy files in a folder, in those in it, and in those on the way to it from the top.

    That of the top is left out, and so is what is hidden or behind a link.
    """
    way = [above for above in (folder, *folder.parents) if above.is_relative_to(top)]
    found = [above / CONFIG for above in way[1:] if is_there(above / CONFIG)]
    for directory, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(directory, CONFIG)] if CONFIG in names else []
    return sorted(path for path in found if path.parent != top)


def root_of_repository(start: Path) -> Path:
    """The nearest folder upwards with a `.git` in it; the folder itself where there is none."""
    above = (folder for folder in (start, *start.parents) if is_there(folder / ".git"))
    return next(above, start)


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
