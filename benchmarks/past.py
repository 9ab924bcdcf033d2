"""Repositories with generated plans that were edited in many commits, and each version as a file.

The same seed and the same real plans give the same commits.

    python -m benchmarks.past --plans 1 --commits 1000 --seed 1 FOLDER
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

from benchmarks.edits import Edits
from benchmarks.generate import REAL_PLANS, write_plans
from benchmarks.words import Words
from tests.history import Commit, environment, record

REPOSITORY = "repository"
VERSIONS = "versions"
LIST = "list.txt"

_BEGUN = dt.datetime(2024, 9, 2, 9, tzinfo=dt.UTC)
_SPAN = dt.timedelta(days=730)


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
    rng = random.Random(f"{seed}/{past.plans}/{past.commits}")
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
        subprocess.run(["git", "repack", "-adfq"], cwd=root, env=environment(), check=True)  # noqa: S607
    return commits


def _write_versions(folder: Path, commits: list[Commit]) -> None:
    """Write a file for every version of a plan that some commit has, and a list of them."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    texts = [str(text) for commit in commits for text in commit.files.values()]
    paths = [folder / f"{number}.yaml" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    (folder / LIST).write_text("\n".join(map(str, paths)), encoding="utf-8")


def main() -> None:
    """Write a history, and its versions, into the folder that the command line names."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.past", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--plans", type=int, default=1)
    parser.add_argument("--commits", type=int, default=100)
    parser.add_argument("--again", type=int, default=1, help="so many times the same texts")
    parser.add_argument("--loose", action="store_true", help="objects one by one, in no pack")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    past = Past(options.plans, options.commits, not options.loose, options.again)
    options.folder.mkdir(parents=True, exist_ok=True)
    commits = write_history(options.folder / REPOSITORY, past, options.seed)
    if past.again == 1:
        _write_versions(options.folder / VERSIONS, commits)


if __name__ == "__main__":
    main()
