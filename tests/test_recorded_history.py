"""Histories as tests record them, asked of plain git."""

import datetime as dt
import os
import subprocess
from pathlib import Path

import pytest

from tests.history import Commit, environment, record

ONE = Commit({"a/x": "1\n"})


def git(root: Path, *words: str, **variables: str) -> str:
    env = environment() | variables
    done = subprocess.run(["git", "-C", root, *words], env=env, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    return os.fsdecode(done.stdout)


def parents(root: Path, hashed: str) -> list[str]:
    return git(root, "show", "-s", "--format=%P", hashed).split()


def listed(root: Path, hashed: str) -> list[str]:
    return git(root, "ls-tree", "-r", "-z", "--name-only", hashed).split("\0")[:-1]


def test_each_commit_follows_the_one_before_and_changes_what_it_names(tmp_path: Path) -> None:
    hashes = record(tmp_path, [ONE, Commit({"y": b"\xff\r\n"}), Commit({"a/x": None})])
    assert git(tmp_path, "rev-list", "--reverse", "main").split() == hashes
    assert [listed(tmp_path, hashed) for hashed in hashes] == [["a/x"], ["a/x", "y"], ["y"]]
    assert git(tmp_path, "status", "--porcelain") == ""
    assert (tmp_path / "y").read_bytes() == b"\xff\r\n"
    assert not (tmp_path / "a").exists()


def test_the_same_commits_have_the_same_hashes_as_those_of_plain_git(tmp_path: Path) -> None:
    when = dt.datetime(2025, 8, 7, 16, 45, tzinfo=dt.timezone(dt.timedelta(hours=1)))
    one = Commit({"a/x": "1\n"}, when, "Zoë <z@example.org>", "Subject\n\nMore of it.")
    hashes = record(tmp_path / "one", [one])
    assert record(tmp_path / "two", [one], packed=False, bare=True) == hashes
    git(tmp_path, "init", "-q", "plain")
    (tmp_path / "plain" / "a").mkdir()
    (tmp_path / "plain" / "a" / "x").write_text("1\n")
    git(tmp_path / "plain", "add", "a/x")
    signed = {"NAME": "Zoë", "EMAIL": "z@example.org", "DATE": "2025-08-07T16:45:00+0100"}
    variables = {
        f"GIT_{who}_{what}": said
        for who in ("AUTHOR", "COMMITTER")
        for what, said in signed.items()
    }
    git(tmp_path / "plain", "commit", "-q", "-m", "Subject", "-m", "More of it.", **variables)
    assert git(tmp_path / "plain", "rev-parse", "HEAD").split() == hashes


def test_parents_are_positions(tmp_path: Path) -> None:
    commits = [
        ONE,
        Commit({"b": "2"}),
        Commit({"c": "3"}, parents=[0]),
        Commit({"d": "4"}, parents=[]),
        Commit(parents=[1, 2, 3]),
    ]
    first, second, third, other_root, octopus = record(tmp_path, commits)
    assert parents(tmp_path, third) == [first]
    assert parents(tmp_path, other_root) == []
    assert listed(tmp_path, other_root) == ["d"]
    assert parents(tmp_path, octopus) == [second, third, other_root]
    assert listed(tmp_path, octopus) == ["a/x", "b"]
    assert git(tmp_path, "branch", "--all").split() == ["*", "main"]


def test_clocks_may_go_wrong(tmp_path: Path) -> None:
    east = dt.timezone(dt.timedelta(hours=5, minutes=45))
    late, early = dt.datetime(2026, 3, 1, 9, tzinfo=east), dt.datetime(1999, 1, 1, tzinfo=dt.UTC)
    record(tmp_path, [Commit(when=late), Commit(when=early, committed=late)])
    said = git(tmp_path, "log", "--reverse", "--format=%aI %cI").split()
    assert said[:2] == ["2026-03-01T09:00:00+05:45", "2026-03-01T09:00:00+05:45"]
    assert said[2:] == ["1999-01-01T00:00:00+00:00", "2026-03-01T09:00:00+05:45"]


def test_a_moment_without_an_offset_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="has no offset"):
        record(tmp_path, [Commit(when=dt.datetime(2026, 1, 1))])  # noqa: DTZ001


def test_names_and_messages_may_be_any_bytes(tmp_path: Path) -> None:
    author, subject = "Zoë <z@example.org>".encode("latin-1"), "Né".encode("latin-1")
    commits = [
        Commit(author=author, subject=subject),
        Commit(
            author=author, subject=subject, encoding="ISO-8859-1", committer="B <b@example.org>"
        ),
    ]
    plain, told = (
        os.fsencode(git(tmp_path, "cat-file", "commit", hashed))
        for hashed in record(tmp_path, commits)
    )
    assert b"\nauthor Zo\xeb <z@example.org> " in plain
    assert b"\ncommitter Zo\xeb <z@example.org> " in plain
    assert plain.endswith(b"\n\nN\xe9\n")
    assert b"\nencoding ISO-8859-1\n" in told
    assert b"\ncommitter B <b@example.org> " in told


def test_files_may_have_any_name(tmp_path: Path) -> None:
    names = sorted(
        ['quote " back \\ slash', "line\nbreak", "é", "\udcff", " a", "-x"], key=os.fsencode
    )
    (hashed,) = record(tmp_path, [Commit(dict.fromkeys(names, "1"))], bare=True)
    assert listed(tmp_path, hashed) == names


def test_a_folder_may_take_the_place_of_a_file_and_give_it_back(tmp_path: Path) -> None:
    commits = [Commit({"a": "1"}), Commit({"a/b": "2", "a": None}), Commit({"a": "3", "a/b": None})]
    hashes = record(tmp_path, commits)
    assert [listed(tmp_path, hashed) for hashed in hashes] == [["a"], ["a/b"], ["a"]]


@pytest.mark.parametrize("packed", [True, False])
def test_objects_are_in_one_pack_or_loose(tmp_path: Path, packed: bool) -> None:
    record(tmp_path, [ONE, *[Commit({"y": str(number)}) for number in range(60)]], packed=packed)
    objects = dict(line.split(": ") for line in git(tmp_path, "count-objects", "-v").splitlines())
    made = 4 + 60 * 3
    assert (objects["count"], objects["in-pack"]) == (
        ("0", f"{made}") if packed else (f"{made}", "0")
    )


def test_a_repository_may_be_bare_of_another_algorithm_or_without_commits(tmp_path: Path) -> None:
    (hashed,) = record(tmp_path / "bare", [ONE], bare=True, algorithm="sha256")
    assert len(hashed) == 64
    assert (tmp_path / "bare" / "HEAD").exists()
    assert record(tmp_path / "empty", []) == []
    assert git(tmp_path / "empty", "symbolic-ref", "HEAD") == "refs/heads/main\n"


def test_thousands_of_commits_are_no_trouble(tmp_path: Path) -> None:
    hashes = record(tmp_path, [Commit({"y": str(number)}) for number in range(3000)])
    assert git(tmp_path, "rev-list", "--count", "main") == "3000\n"
    assert git(tmp_path, "rev-parse", "main").strip() == hashes[-1]
