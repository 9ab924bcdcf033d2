"""`--as-of` a day of the past: ratings of a later day are not taken for those of that day."""

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.cli.conftest import SMALL
from tests.history import Commit, record

Jtai = Callable[..., CompletedProcess[str]]

PLAN = "plans/our-plan.yaml"
SAID = (
    "The plans are as they are on disk, with what was committed up to 1 July 2025; only dates are "
    "judged as of {}. For the plans as they were then: --at {}\n"
)
JUNE = SAID.format("15 June 2025", "2025-06-15")
EVERY = pytest.mark.parametrize("command", ["status", "overdue", "actions"])


@pytest.fixture
def year(tmp_path: Path) -> Path:
    """A plan that was committed on 1 June, and once more on 1 July."""
    days = (dt.datetime(2025, month, 1, 12, tzinfo=dt.UTC) for month in (6, 7))
    texts = (SMALL, SMALL.replace("green", "blue"))
    record(tmp_path, [Commit({PLAN: text}, day) for text, day in zip(texts, days, strict=True)])
    return tmp_path


@EVERY
def test_ratings_of_a_later_day_are_not_taken_for_those_of_the_as_of_date(
    command: str, year: Path, jtai: Jtai
) -> None:
    for arguments in ((), ("our-plan",), (PLAN,), ("plans", "--format", "json")):
        done = jtai(command, *arguments, "--as-of", "2025-06-15", cwd=year)
        assert (done.returncode, done.stderr) == (0, JUNE)


@EVERY
def test_a_day_that_stands_in_for_today_is_none_of_the_past(
    command: str, year: Path, jtai: Jtai
) -> None:
    done = jtai(command, cwd=year, env={"JTAI_AS_OF": "2025-06-15"})
    assert (done.returncode, done.stderr) == (0, "")


@EVERY
def test_what_is_answered_is_the_same_as_without_git(command: str, year: Path, jtai: Jtai) -> None:
    words = (command, "--as-of", "2025-06-15")
    told = jtai(*words, cwd=year).stdout
    no_git = jtai(*words, cwd=year, env={"PATH": str(year)})
    assert (no_git.returncode, no_git.stdout, no_git.stderr) == (0, told, "")
    shutil.rmtree(year / ".git")
    outside = jtai(*words, cwd=year)
    assert (outside.returncode, outside.stdout, outside.stderr) == (0, told, "")


@EVERY
@pytest.mark.parametrize(
    "arguments",
    [
        # from the day of the last commit on, nothing is later
        ("--as-of", "2025-07-01"),
        # nothing had been committed by then
        ("--as-of", "2025-05-31"),
        ("--as-of", "2999-01-01"),
        ("--at", "2025-06-15"),
        ("--at", "HEAD", "--as-of", "2025-06-15"),
    ],
)
def test_nothing_is_said_where_nothing_is_mistaken(
    command: str, arguments: tuple[str, ...], year: Path, jtai: Jtai
) -> None:
    done = jtai(command, *arguments, cwd=year)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_shallow_clone_says_nothing_of_what_it_has_not(
    year: Path, jtai: Jtai, git: Callable[..., str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    clone = tmp_path_factory.mktemp("clone") / "c"
    git(year, "clone", "-q", "--depth", "1", year.as_uri(), str(clone))
    done = jtai("status", "--as-of", "2025-06-15", cwd=clone)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_repository_without_a_commit_says_nothing(
    small: Path, jtai: Jtai, git: Callable[..., str]
) -> None:
    git(small, "init", "-q")
    done = jtai("status", "--as-of", "2025-06-15", cwd=small)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_gate_is_told_nothing(year: Path, jtai: Jtai) -> None:
    done = jtai("check", "--as-of", "2025-06-15", cwd=year)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_look_back_advises_no_day_on_which_nothing_had_been_committed(
    year: Path, jtai: Jtai
) -> None:
    for day, said in (("2025-06-15", JUNE), ("2025-05-31", "")):
        done = jtai("trend", "--as-of", day, cwd=year)
        assert (done.returncode, done.stderr) == (0, said)
