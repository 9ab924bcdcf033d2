"""What a repository, a folder or a flag may do to the commands that look back."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.cli.conftest import SMALL
from tests.history import Commit, record

Jtai = Callable[..., CompletedProcess[str]]
PLAN = "plans/our-plan.yaml"
LATER = SMALL.replace("2025-06-30", "2025-09-30")


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """A repository with two commits, of which the second moves a date."""
    root = tmp_path / "later"
    record(root, [Commit({PLAN: SMALL}), Commit({PLAN: LATER})])
    return root


def slippage(jtai: Jtai, root: Path, cache: Path, *words: str) -> str:
    env = {"XDG_CACHE_HOME": str(cache)}
    done = jtai("slippage", "--format", "json", *words, cwd=root, env=env)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_what_a_link_in_the_cache_leads_to_is_not_overwritten(
    jtai: Jtai, later: Path, tmp_path: Path
) -> None:
    slippage(jtai, later, tmp_path)
    (kept,) = (tmp_path / "jtai").iterdir()
    kept.unlink()
    kept.symlink_to(later / PLAN)
    slippage(jtai, later, tmp_path)
    assert (later / PLAN).read_text(encoding="utf-8") == LATER
    assert kept.is_symlink()


@pytest.mark.parametrize("open_to_others", [0o777, 0o770], ids=["all", "group"])
def test_a_cache_that_others_may_write_is_neither_read_nor_written(
    jtai: Jtai, later: Path, tmp_path: Path, open_to_others: int
) -> None:
    said = slippage(jtai, later, tmp_path)
    (kept,) = (tmp_path / "jtai").iterdir()
    head, rest = kept.read_bytes().split(b"\n", 1)
    made_up = rest.replace(b"2025-06-30", b"2025-03-31")
    assert made_up != rest
    words = head.split()[:-1]
    checksum = hashlib.sha256(made_up).hexdigest().encode()
    kept.write_bytes(b" ".join([*words, checksum]) + b"\n" + made_up)
    assert slippage(jtai, later, tmp_path) != said  # nothing else gives it away
    kept.parent.chmod(open_to_others)
    before = kept.read_bytes()
    assert slippage(jtai, later, tmp_path) == said
    assert kept.read_bytes() == before


def test_a_mailmap_without_an_end_keeps_nobody_waiting(jtai: Jtai, later: Path) -> None:
    os.mkfifo(later / ".mailmap")
    done = jtai("status", "--at", "2025-01-01", cwd=later)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_wrong_setting_of_git_is_not_called_a_damaged_repository(
    jtai: Jtai, later: Path, git: Callable[..., str]
) -> None:
    git(later, "config", "log.date", "nonsense")
    done = jtai("trend", cwd=later)
    assert (done.returncode, done.stdout) == (2, "")
    assert "git says: unknown date format nonsense" in done.stderr


def test_a_tag_called_head_does_not_hide_the_commit_that_is_checked_out(
    jtai: Jtai, later: Path, git: Callable[..., str]
) -> None:
    git(later, "update-ref", "refs/tags/HEAD", "HEAD~")
    done = jtai("slippage", cwd=later)
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 of 2 dates have moved" in done.stdout


def test_months_before_the_calendar_begins_are_refused(jtai: Jtai, later: Path) -> None:
    done = jtai("tracker", "--monthly", "3", "--as-of", "0001-01-31", cwd=later)
    assert (done.returncode, done.stdout) == (2, "")
    assert "no month that ended before" in done.stderr


def test_csv_has_nothing_in_it_that_a_terminal_obeys(jtai: Jtai, tmp_path: Path) -> None:
    author = b"\x1b]0;x\x07\xe2\x80\xae\r <a@example.org>"
    name = "plans/\x1b[31mred.yaml"
    record(tmp_path / "r", [Commit({name: one}, author=author) for one in (SMALL, LATER)])
    for words in (("changes", "--since", "HEAD~"), ("actions", "--at", "HEAD")):
        done = jtai(*words, "--format", "csv", cwd=tmp_path / "r")
        assert done.returncode == 0
        assert "<U+001B>" in done.stdout
        assert done.stdout.replace("\r\n", "").isprintable()


@pytest.mark.parametrize("command", ["slippage", "ages"])
def test_of_two_files_with_one_id_the_one_that_is_named_is_meant(
    jtai: Jtai, tmp_path: Path, command: str
) -> None:
    other = SMALL.replace('"1.', '"2.')
    record(tmp_path / "r", [Commit({PLAN: SMALL, "plans/sub/other.yaml": other})])
    env = {"XDG_CACHE_HOME": str(tmp_path)}
    done = jtai(command, "plans/sub", "--at", "HEAD", cwd=tmp_path / "r", env=env)
    assert (done.returncode, done.stderr) == (0, "")
    alone = jtai("show", "2.1", "plans/sub", "--at", "HEAD", cwd=tmp_path / "r", env=env)
    assert alone.returncode == 0
