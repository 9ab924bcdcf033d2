"""Plans with a history: what git's part, reading every version, and looking at them again cost."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.environment import call
from benchmarks.past import LIST, REPOSITORY, VERSIONS, Past
from benchmarks.targets import (
    GIT_CALLS_AT,
    LOOKING_BACK,
    MORE_COMMITS,
    allowed_at,
    by_hand,
    events_of_versions,
    first_run,
    git_part,
    reading,
    second_run,
    status_at,
    status_of,
)
from benchmarks.timing import Case, Measured, Sample, run

if TYPE_CHECKING:
    from benchmarks.environment import Environment

_GIT = "one git process in a history"


def history_cases(environment: Environment, past: Past, work: Path) -> list[Case]:
    """What is measured on one history, each beside what it is compared with."""
    folder = _generated(past, work)
    root, versions = folder / REPOSITORY, folder / VERSIONS / LIST
    jtai, python = environment.program("jtai"), str(environment.python)
    inside = str(Path(__file__).parent / "inside.py")
    known, unknown = folder / "cache", folder / "cache, emptied"
    shutil.rmtree(known, ignore_errors=True)
    run(Case("", (jtai, "trend"), root, cache=known))
    return [
        Case(by_hand(past.name), (python, inside, "git-by-hand"), root, reports="wall"),
        Case(git_part(past.name), (python, inside, "git-part"), root, reports="wall"),
        Case(
            events_of_versions(past.name),
            (python, inside, "events-of", str(versions)),
            root,
            reports="cpu",
        ),
        Case(first_run(past.name), (jtai, "trend"), root, cache=unknown, anew=True),
        Case(second_run(past.name), (jtai, "trend"), root, cache=known),
        Case(status_of(past.name), (jtai, "status"), root),
        Case(status_at(past.name), (jtai, "status", "--at", "HEAD"), root),
        Case(_GIT, ("git", "rev-parse", "HEAD"), root),
    ]


def _generated(past: Past, work: Path) -> Path:
    """A folder with a history, written by another process: what that needs is not in the peak."""
    folder = work / "history" / past.name.replace(" ", "-").replace(",", "")
    command = [sys.executable, "-m", "benchmarks.past", str(folder)]
    command += ["--plans", str(past.plans), "--commits", str(past.commits)]
    command += ["--again", str(past.again), *([] if past.packed else ["--loose"])]
    call(command, Path(__file__).parent.parent)
    return folder


def with_more_commits(past: Past) -> tuple[Past, Past]:
    """A history, and one of the same texts in many more commits."""
    return past, past._replace(again=MORE_COMMITS)


def memory_cases(environment: Environment, past: Past, work: Path) -> list[Case]:
    """A first run over each of the two."""
    jtai = environment.program("jtai")
    cases = []
    for one in with_more_commits(past):
        folder = _generated(one, work)
        root, cache = folder / REPOSITORY, folder / "cache, emptied"
        cases.append(Case(first_run(one.name), (jtai, "trend"), root, cache=cache, anew=True))
    return cases


def add_reading(measured: Measured, name: str) -> None:
    """What a first run costs more than one that knows every version, round by round."""
    first, second = (measured.samples.get(of(name), {}) for of in (first_run, second_run))
    for number in first.keys() & second.keys():
        cpu = first[number].cpu - second[number].cpu
        measured.add(reading(name), number, Sample(cpu, cpu))


def add_allowed_at(measured: Measured, name: str) -> None:
    """What looking at a commit may cost, round by round."""
    plain, git = measured.samples.get(status_of(name), {}), measured.samples.get(_GIT, {})
    for number in plain.keys() & git.keys():
        wall = LOOKING_BACK * plain[number].wall + GIT_CALLS_AT * git[number].wall
        measured.add(allowed_at(name), number, Sample(wall, wall))
