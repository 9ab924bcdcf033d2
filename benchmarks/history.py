"""Plans with a history: what git's part, reading every version, and looking at them again cost."""

from __future__ import annotations

import random
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.environment import call
from benchmarks.generate import write_plans
from benchmarks.targets import (
    GIT_CALLS_AT,
    LOOKING_BACK,
    allowed_at,
    by_hand,
    events_of_versions,
    first_run,
    git_part,
    second_run,
    status_at,
    status_of,
)
from benchmarks.timing import Case, Measured, Sample
from tests.history import Commit, record

if TYPE_CHECKING:
    from benchmarks.environment import Environment

_DUE = re.compile(r"^        due: (20\d\d)-(\d\d)-(\d\d)$", re.MULTILINE)
_GIT = "one git process in a history"


class Past(NamedTuple):
    """A generated history: so many plans, so many commits, in one pack or loose."""

    plans: int
    commits: int
    packed: bool = True

    @property
    def name(self) -> str:
        """How rows of the table call it."""
        many = "1 plan" if self.plans == 1 else f"{self.plans} plans"
        return f"{many} x {self.commits:,} commits, {'packed' if self.packed else 'loose'}"


def write_history(root: Path, past: Past, seed: int = 1) -> list[Path]:
    """Make a repository in which each commit moves one or two dates of one plan.

    Returns:
        A file for every version of a plan that some commit has, beside the repository.
    """
    shutil.rmtree(root, ignore_errors=True)
    rng = random.Random(f"{seed}/{past}")
    texts = {f"plans/{path.name}": path for path in write_plans(root.parent / "first", past.plans)}
    now = {name: path.read_text(encoding="utf-8") for name, path in texts.items()}
    commits = [Commit(dict(now))]
    for _ in range(past.commits - 1):
        name = rng.choice(list(now))
        for _ in range(rng.choice((1, 1, 2))):
            now[name] = _moved(now[name], rng)
        commits.append(Commit({name: now[name]}))
    record(root, commits, packed=past.packed)
    versions = root.parent / "versions"
    shutil.rmtree(versions, ignore_errors=True)
    versions.mkdir()
    paths = []
    for number, text in enumerate(text for commit in commits for text in commit.files.values()):
        paths.append(versions / f"{number}.yaml")
        paths[-1].write_text(str(text), encoding="utf-8")
    return paths


def _moved(text: str, rng: random.Random) -> str:
    """The plan with the date of one of its actions moved."""
    found = rng.choice(list(_DUE.finditer(text)))
    year, month, day = map(int, found.groups())
    month, year = (1, year + 1) if month == 12 else (month + 1, year)
    moved = f"        due: {year}-{month:02}-{min(day, 28):02}"
    return text[: found.start()] + moved + text[found.end() :]


def history_cases(environment: Environment, past: Past, work: Path) -> list[Case]:
    """What is measured on one history, each beside what it is compared with."""
    folder = work / "history" / past.name.replace(" ", "-").replace(",", "")
    folder.mkdir(parents=True, exist_ok=True)
    root = folder / "repository"
    versions = folder / "versions.txt"
    paths = write_history(root, past)
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


def add_allowed_at(measured: Measured, name: str) -> None:
    """What looking at a commit may cost, round by round."""
    plain, git = measured.samples.get(status_of(name), {}), measured.samples.get(_GIT, {})
    for number in plain.keys() & git.keys():
        wall = LOOKING_BACK * plain[number].wall + GIT_CALLS_AT * git[number].wall
        measured.add(allowed_at(name), number, Sample(wall, wall))
