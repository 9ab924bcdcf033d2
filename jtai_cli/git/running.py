"""Running git so that nothing which a repository names is run with it."""

from __future__ import annotations

import os
from subprocess import DEVNULL, PIPE, Popen
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from typing import IO

    Variables = Mapping[str, str]

# The user's own configuration stays: safe.directory comes from there. All else that is called
# GIT_* would point git elsewhere, trace into its answers, or change what names mean.
_KEPT = (
    *(f"GIT_CONFIG_{what}" for what in ("GLOBAL", "SYSTEM", "NOSYSTEM", "PARAMETERS", "COUNT")),
    *("GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM"),
)
_NUMBERED = ("GIT_CONFIG_KEY", "GIT_CONFIG_VALUE")
SET = {
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "",  # the same for older git; protocol.*.allow can't undo it
    "GIT_NO_REPLACE_OBJECTS": "1",  # a replaced commit is not what was committed
    # grafts are the older way to show another history; of an empty file git would say that
    "GIT_GRAFT_FILE": os.path.join(os.devnull, "none"),  # noqa: PTH118 - it is no path to go to
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
_GIT = (
    *("--no-pager", "--literal-pathspecs"),
    *("-c", "core.fsmonitor="),  # empty, because "false" is a program's name before git 2.36
    *("-c", f"core.hooksPath={os.devnull}"),
    *("-c", "core.warnAmbiguousRefs=true"),
    # it holds parents and times once more, and times only up to the year 2514
    *("-c", "core.commitGraph=false"),
    # a folder that looks like a repository may be no more than files of the repository around it
    *("-c", "safe.bareRepository=explicit"),
)


_NAME = "git.exe" if os.name == "nt" else "git"


def is_kept(name: str) -> bool:
    """Whether git is to see a variable of the environment."""
    begin, _, number = name.rpartition("_")
    numbered = begin in _NUMBERED and number.isdecimal()
    return not name.startswith("GIT_") or name in _KEPT or numbered


class GitError(Exception):
    """Git can't answer: one line that says what was asked, what git says and what to do.

    Names and git's own words stand in it as they are: make control characters visible.
    """

    def __init__(self, message: str) -> None:
        super().__init__(" ".join(message.split()))


def start_git(
    place: Path, command: Sequence[Any], variables: Variables, asks: int | IO[bytes], says: int
) -> Popen[bytes]:
    """Git in a folder; asks and says are what subprocess makes of its stdin and stderr."""
    whole = (_git(variables), *_GIT, "-C", str(place), *command)
    try:
        return Popen(whole, env=variables, stdin=asks, stdout=PIPE, stderr=says)  # noqa: S603
    except (OSError, ValueError) as error:
        raise GitError(f"git could not be started: {error}") from error


def _git(variables: Variables) -> str:
    """Where git is. What a repository may have in it under that name is not looked for.

    An empty or relative entry of the PATH stands for a folder below the working directory.
    """
    folders = variables.get("PATH", os.defpath).split(os.pathsep)
    for folder in filter(os.path.isabs, folders):
        name = os.path.join(folder, _NAME)  # noqa: PTH118 - as text, for speed
        if os.path.isfile(name) and os.access(name, os.X_OK):  # noqa: PTH113
            return name
    raise GitError(
        "git is needed for this, and is not installed or not on the PATH: install git 2.30 or later"
    )


def run_git(place: Path, command: Sequence[Any], variables: Variables) -> tuple[int, bytes, str]:
    """The exit status of git, its answer, and what it says besides."""
    with start_git(place, command, variables, DEVNULL, PIPE) as git:
        answer, said = git.communicate()
    return git.returncode, answer, os.fsdecode(said).replace("fatal: ", "").strip()
