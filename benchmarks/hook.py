"""Rules on edits, as a hook runs them: one changed plan in a repository."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from benchmarks.environment import call
from benchmarks.targets import AGAINST, CHANGED_PLAN, COMPARING, GIT, GIT_CALLS, STAGED, allowed_for
from benchmarks.timing import CannotMeasureError, Case, Measured, Sample

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.environment import Environment

_GIT = ("git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "core.hooksPath=")


def hook_cases(environment: Environment, plan: Path, work: Path) -> list[Case]:
    """Plain validation of a changed plan, the same with its edit judged, and git alone.

    Raises:
        CannotMeasureError: git is missing, or can't make a repository.
    """
    folder = work / "repository"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "plans").mkdir(parents=True)
    shutil.copy(plan, folder / "plans" / plan.name)
    for arguments in (("init", "-q"), ("add", "."), ("commit", "-q", "-m", "A plan")):
        _git(folder, *arguments)
    changed = folder / "plans" / plan.name
    text = changed.read_text(encoding="utf-8")
    changed.write_text(text.replace("\ntitle: ", "\ntitle: New ", 1), encoding="utf-8")
    _git(folder, "add", ".")
    jtai, name = environment.program("jtai"), f"plans/{plan.name}"
    return [
        Case(CHANGED_PLAN, (jtai, "validate", name), folder),
        Case(AGAINST, (jtai, "validate", name, "--against", "HEAD"), folder),
        Case(STAGED, (jtai, "validate", "--staged"), folder),
        Case(GIT, ("git", "rev-parse", "HEAD"), folder),
    ]


def add_allowed(measured: Measured) -> None:
    """What each edit may cost, round by round."""
    plain, git = measured.samples.get(CHANGED_PLAN, {}), measured.samples.get(GIT, {})
    for edit, calls in GIT_CALLS.items():
        for number in plain.keys() & git.keys():
            wall = COMPARING * plain[number].wall + calls * git[number].wall
            measured.add(allowed_for(edit), number, Sample(wall, wall))


def _git(folder: Path, *arguments: str) -> None:
    if shutil.which("git") is None:
        raise CannotMeasureError("git is not installed")
    call([*_GIT, "-C", str(folder), *arguments])
