"""Plans with a history: what git's part, reading every version, and looking at them again cost."""

from __future__ import annotations

import datetime as dt
import random
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.edits import Edits
from benchmarks.environment import call
from benchmarks.generate import REAL_PLANS, write_plans
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
from benchmarks.timing import Case, Measured, Sample
from benchmarks.words import Words
from tests.history import Commit, record

if TYPE_CHECKING:
    from benchmarks.environment import Environment

_BEGUN = dt.datetime(2024, 9, 2, 9, tzinfo=dt.UTC)
_SPAN = dt.timedelta(days=730)
_GIT = "one git process in a history"


class Past(NamedTuple):
    """A generated history: so many plans, so many commits, in one pack or loose.

    With `again`, the same texts come so many times one after the other.
    """

    plans: int
    commits: int
    packed: bool = True
    again: int = 1

    @property
    def name(self) -> str:
        """How rows of the table call it."""
        many = "1 plan" if self.plans == 1 else f"{self.plans} plans"
        texts = f" of {self.commits:,} texts" if self.again > 1 else ""
        commits = f"{self.commits * self.again:,} commits{texts}"
        return f"{many} x {commits}, {'packed' if self.packed else 'loose'}"


def write_history(root: Path, past: Past, seed: int = 1) -> list[Commit]:
    """Make a repository in which each commit edits one or two actions of one plan.

    Its commits are spread evenly over two years.
    """
    shutil.rmtree(root, ignore_errors=True)
    rng = random.Random(f"{seed}/{past}")
    paths = write_plans(root.parent / "first", past.plans)
    edits = Edits(rng, Words.of_plans(REAL_PLANS))
    now = {f"plans/{path.name}": path.read_text(encoding="utf-8") for path in paths}
    commits = [Commit(dict(now), _BEGUN)]
    for number in range(1, past.commits):
        name = rng.choice(list(now))
        for _ in range(rng.choice((1, 1, 2))):
            now[name] = edits.of_one_action(now[name])
        commits.append(Commit({name: now[name]}, _BEGUN + number * _SPAN / past.commits))
    commits += (past.again - 1) * [commit._replace(when=_BEGUN + _SPAN) for commit in commits]
    record(root, commits, packed=past.packed)
    if past.packed:
        # what a clone gets: fast-import itself finds few of the differences
        call(["git", "repack", "-adfq"], root)
    return commits


def _written(folder: Path, commits: list[Commit]) -> list[Path]:
    """A file for every version of a plan that some commit has."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    paths = []
    for number, text in enumerate(text for commit in commits for text in commit.files.values()):
        paths.append(folder / f"{number}.yaml")
        paths[-1].write_text(str(text), encoding="utf-8")
    return paths


def history_cases(environment: Environment, past: Past, work: Path) -> list[Case]:
    """What is measured on one history, each beside what it is compared with."""
    folder = work / "history" / past.name.replace(" ", "-").replace(",", "")
    folder.mkdir(parents=True, exist_ok=True)
    root = folder / "repository"
    versions = folder / "versions.txt"
    paths = _written(folder / "versions", write_history(root, past))
    versions.write_text("\n".join(map(str, paths)), encoding="utf-8")
    jtai, python = environment.program("jtai"), str(environment.python)
    inside = str(Path(__file__).parent / "inside.py")
    call([jtai, "trend"], root)
    return [
        Case(by_hand(past.name), (python, inside, "git-by-hand"), root, reports="wall"),
        Case(git_part(past.name), (python, inside, "git-part"), root, reports="wall"),
        Case(
            events_of_versions(past.name),
            (python, inside, "events-of", str(versions)),
            root,
            reports="cpu",
        ),
        Case(first_run(past.name), (jtai, "trend", "--no-cache"), root),
        Case(second_run(past.name), (jtai, "trend"), root),
        Case(status_of(past.name), (jtai, "status"), root),
        Case(status_at(past.name), (jtai, "status", "--at", "HEAD"), root),
        Case(_GIT, ("git", "rev-parse", "HEAD"), root),
    ]


def memory_cases(environment: Environment, past: Past, work: Path) -> list[Case]:
    """A first run over a history, and one over the same texts in many more commits."""
    jtai = environment.program("jtai")
    cases = []
    for one in (past, past._replace(again=MORE_COMMITS)):
        root = work / "history" / "memory" / str(one.again) / "repository"
        root.parent.mkdir(parents=True, exist_ok=True)
        write_history(root, one)
        cases.append(Case(first_run(one.name), (jtai, "trend", "--no-cache"), root))
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
