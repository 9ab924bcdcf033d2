"""What git says of how a repository came to be: real repositories, odd ones and hostile ones."""

import datetime as dt
import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from jtai_cli.git import (
    Commit,
    Entry,
    GitError,
    Step,
    commit_of,
    first_parents,
    last_until,
    open_repository,
    steps_as_text,
    steps_in,
)
from tests.history import Commit as Made
from tests.history import environment, record

ENVIRONMENT = {
    **environment(),
    **{f"GIT_{who}_NAME": "A. Person" for who in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{who}_EMAIL": "a@example.org" for who in ("AUTHOR", "COMMITTER")},
}
NOON = dt.datetime(2025, 1, 1, 12, tzinfo=dt.UTC)
LAST = dt.datetime(9999, 12, 31, 23, 59, 59, tzinfo=dt.UTC)
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)

Happened = list[tuple[str, Mapping[str, Entry | None]]]


def git(root: Path, *words: str, typed: bytes = b"", **variables: str) -> str:
    """Plain git, as anyone runs it."""
    done = subprocess.run(
        ["git", "-C", root, *words],
        input=typed,
        env=ENVIRONMENT | variables,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return os.fsdecode(done.stdout).strip()


def steps(root: Path, variables: Mapping[str, str] = ENVIRONMENT) -> Happened:
    """The commits that led to HEAD, by hash, and what each changed."""
    return [(step.commit.hash, step.changes) for step in read(root, variables)]


def commits(root: Path) -> list[Commit]:
    return [step.commit for step in read(root)]


def read(root: Path, variables: Mapping[str, str] = ENVIRONMENT) -> list[Step]:
    """The history of HEAD, which is the same when it was kept as text meanwhile."""
    with open_repository(root, "HEAD", environment=variables) as repository:
        found = first_parents(repository, repository.commit or "")
    assert steps_in(steps_as_text(found)) == found
    return found


def names(root: Path) -> list[list[str]]:
    return [sorted(changes) for _, changes in steps(root)]


def last(root: Path, time: dt.datetime) -> Commit | None:
    with open_repository(root, "HEAD", environment=ENVIRONMENT) as repository:
        return last_until(repository, repository.commit or "", time)


def only(root: Path) -> Commit:
    with open_repository(root, "HEAD", environment=ENVIRONMENT) as repository:
        found = commit_of(repository, repository.commit or "")
        assert first_parents(repository, found.hash)[-1].commit == found
        return found


def file(root: Path, revision: str, path: str) -> Entry:
    mode, _, hashed, _ = git(root, "ls-tree", revision, "--", path).replace("\t", " ").split(" ", 3)
    return Entry(mode, hashed)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "repository"
    root.mkdir()
    git(root, "init", "-q", "-b", "main")
    return root


def commit(root: Path, files: Mapping[str, str | None] = {}) -> str:
    """Write or delete files and commit whatever has changed, be it nothing; the hash."""
    for name, content in files.items():
        if content is None:
            (root / name).unlink()
        else:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(content, encoding="utf-8")
    git(root, "add", "-A")
    git(root, "commit", "-q", "--allow-empty", "-m", "x")
    return git(root, "rev-parse", "HEAD")


# what each commit changed


def test_what_each_commit_added_changed_and_took_away_the_oldest_first(tmp_path: Path) -> None:
    hashes = record(
        tmp_path,
        [
            Made({"plans/a.yaml": "1", "x": "x"}),
            Made({"plans/a.yaml": "2"}),
            Made(),
            Made({"plans/a.yaml": None, "plans/b.yaml": "2"}),
        ],
    )
    one, two = file(tmp_path, hashes[0], "plans/a.yaml"), file(tmp_path, hashes[1], "plans/a.yaml")
    assert steps(tmp_path) == [
        (hashes[0], {"plans/a.yaml": one, "x": file(tmp_path, hashes[0], "x")}),
        (hashes[1], {"plans/a.yaml": two}),
        (hashes[2], {}),
        (hashes[3], {"plans/a.yaml": None, "plans/b.yaml": two}),
    ]


def test_an_empty_first_commit(root: Path) -> None:
    hashed = commit(root)
    assert steps(root) == [(hashed, {})]


def test_every_tree_is_the_sum_of_the_changes(tmp_path: Path) -> None:
    record(
        tmp_path,
        [
            Made({"a": "1", "b/c": "1", "b/d/e": "1"}),
            Made({"b/c": None, "b/d/e": None, "b": "a file now"}),
            Made({"a": None, "a/in/it": "2", "b": "3"}),
        ],
    )
    with open_repository(tmp_path, "HEAD", environment=ENVIRONMENT) as repository:
        tree: dict[str, Entry] = {}
        for step in first_parents(repository, repository.commit or ""):
            for path, entry in step.changes.items():
                tree.pop(path, None)
                if entry:
                    tree[path] = entry
            assert tree == repository.tree(step.commit.hash)


def test_a_merge_says_what_it_brought_to_the_branch_that_it_was_made_on(root: Path) -> None:
    commit(root, {"a": "1"})
    git(root, "checkout", "-q", "-b", "side")
    commit(root, {"b": "1"})
    commit(root, {"b": "2", "c": "1"})
    git(root, "checkout", "-q", "main")
    commit(root, {"a": "2"})
    git(root, "merge", "-q", "--no-ff", "-m", "x", "side")
    assert names(root) == [["a"], ["a"], ["b", "c"]]


def test_an_octopus_merge(root: Path) -> None:
    commit(root, {"a": "1"})
    for side in ("b", "c", "d"):
        git(root, "checkout", "-q", "-b", side, "main")
        commit(root, {side: "1"})
    git(root, "checkout", "-q", "main")
    commit(root, {"a": "2"})
    git(root, "merge", "-q", "-m", "x", "b", "c", "d")
    assert len(git(root, "rev-parse", "HEAD^@").split()) == 4
    assert names(root) == [["a"], ["a"], ["b", "c", "d"]]


def test_a_merge_that_takes_nothing_and_one_that_takes_all(root: Path) -> None:
    commit(root, {"a": "1", "b": "1"})
    git(root, "checkout", "-q", "-b", "side")
    commit(root, {"a": "2"})
    git(root, "checkout", "-q", "main")
    commit(root, {"b": "2"})
    git(root, "merge", "-q", "-s", "ours", "-m", "x", "side")
    assert names(root) == [["a", "b"], ["b"], []]
    theirs = git(root, "commit-tree", "side^{tree}", "-p", "HEAD~1", "-p", "side", "-m", "x")
    git(root, "reset", "-q", "--hard", theirs)
    assert names(root) == [["a", "b"], ["b"], ["a", "b"]]


def test_a_merge_that_changes_what_neither_side_did(root: Path) -> None:
    commit(root, {"a": "1", "b": "1"})
    git(root, "checkout", "-q", "-b", "side")
    commit(root, {"b": "2"})
    git(root, "checkout", "-q", "main")
    commit(root, {"c": "1"})
    git(root, "merge", "-q", "--no-commit", "--no-ff", "side")
    hashed = commit(root, {"a": "evil"})
    assert steps(root)[-1][1] == {name: file(root, hashed, name) for name in ("a", "b")}


def test_a_change_of_mode_alone_a_link_and_another_repository(root: Path) -> None:
    first = commit(root, {"a": "1"})
    (root / "a").chmod(0o755)
    second = commit(root)
    (root / "a").unlink()
    (root / "a").symlink_to("b")
    third = commit(root)
    git(root, "update-index", "--add", "--cacheinfo", f"160000,{first},inner")
    git(root, "commit", "-q", "-m", "x")
    found = [changes for _, changes in steps(root)]
    assert found[:3] == [{"a": file(root, one, "a")} for one in (first, second, third)]
    assert found[3] == {"inner": Entry("160000", first)}
    kinds = [entry.kind for one in found for entry in one.values() if entry]
    assert kinds == ["file", "file", "link", "submodule"]


def test_odd_names(tmp_path: Path) -> None:
    odd = [
        "plain",
        ":begins with a colon",
        "a\nb",
        "\n:100644 000000",
        '"quoted" \\ \t',
        "-",
        " ",
        "ü",
        os.fsdecode(b"\xff\xfe"),
        "{a => b}",
        "a:b/c d/*",
    ]
    record(tmp_path, [Made(dict.fromkeys(odd, "1")), *(Made({name: None}) for name in odd)])
    assert names(tmp_path) == [sorted(odd), *([name] for name in odd)]


# times


def test_the_last_commit_until_a_time_is_the_last_in_the_chain(tmp_path: Path) -> None:
    """A clock that went wrong gave the second commit a later time than the third."""
    hours = (0, 50, 2, 3)
    times = [NOON + dt.timedelta(hours=hour) for hour in hours]
    hashes = record(tmp_path, [Made({"a": str(time)}, time) for time in times])
    assert [one.time for one in commits(tmp_path)] == times
    second = dt.timedelta(seconds=1)
    for time, number in [
        (NOON, 0),
        (times[2] - second, 0),
        (times[2], 2),
        (times[3] - second, 2),
        (times[3], 3),
        (times[1] + second, 3),
        (LAST, 3),
    ]:
        assert last(tmp_path, time) == commits(tmp_path)[number]
        assert (last(tmp_path, time) or only(tmp_path)).hash == hashes[number]
    assert last(tmp_path, NOON - second) is None


def test_it_is_the_committers_time_that_counts_and_the_authors_name(tmp_path: Path) -> None:
    later = NOON.astimezone(dt.timezone(dt.timedelta(hours=-9))) + dt.timedelta(days=3)
    record(
        tmp_path,
        [Made({"a": "1"}, NOON, "B <b@example.org>", committed=later, committer="C <c@x.org>")],
    )
    found = only(tmp_path)
    assert (found.time, found.time.tzinfo, found.author) == (later, dt.UTC, "B")


def odd_commit(root: Path, *lines: bytes, parent: str | None = None) -> str:
    """A commit with these lines in its head, which git would not write so."""
    tree = git(root, "hash-object", "-t", "tree", "-w", "--stdin")
    head = [b"tree %s" % tree.encode(), *([b"parent %s" % parent.encode()] if parent else [])]
    text = b"\n".join([*head, *lines, b"", b"x", b""])
    words = ("hash-object", "--literally", "-t", "commit", "-w", "--stdin")
    hashed = git(root, *words, typed=text)
    git(root, "update-ref", "HEAD", hashed)
    return hashed


A = b"A <a@example.org>"
TIMES: dict[bytes, dt.datetime] = {
    b"0": EPOCH,
    b"1735732800": NOON,
    b"17179869185": EPOCH + dt.timedelta(seconds=17_179_869_185),
    b"253402300799": LAST,
    b"253402300800": LAST,
    b"9223372036854775807": LAST,
    b"9223372036854775808": LAST,
    b"18446744073709551616": LAST,
    b"9" * 5_000: LAST,
    # before 1970 git knows no time
    b"-500": EPOCH,
    b"": EPOCH,
    b"yesterday": EPOCH,
}


@pytest.mark.parametrize("graph", [False, True], ids=["plain", "with a commit-graph"])
@pytest.mark.parametrize("written", TIMES, ids=lambda written: written[:20].decode())
def test_odd_times(written: bytes, graph: bool, root: Path) -> None:
    time = TIMES[written]
    head = (b"author %s 1735732800 +0000" % A, b"committer %s %s +0000" % (A, written))
    hashed = odd_commit(root, *head)
    if graph:
        git(root, "commit-graph", "write", "--reachable")
    assert only(root) == Commit(hashed, time, "A")
    assert last(root, time) == only(root)
    if time > EPOCH:
        assert last(root, time - dt.timedelta(seconds=1)) is None


def test_a_commit_that_nobody_can_date_does_not_hide_the_others(root: Path) -> None:
    dated = (b"author %s 1735732800 +0000" % A, b"committer %s 1735732800 +0000" % A)
    first = odd_commit(root, *dated)
    without = odd_commit(root, dated[0], parent=first)
    bare = odd_commit(root, b"author nobody", b"committer", parent=without)
    final = odd_commit(root, *dated, parent=bare)
    found = [(one.hash, one.time) for one in commits(root)]
    assert found == [(first, NOON), (without, EPOCH), (bare, EPOCH), (final, NOON)]
    assert (last(root, NOON - dt.timedelta(1)) or only(root)).hash == bare


# authors

NAMES: dict[str, tuple[bytes, str | None, str]] = {
    "plain": (b"A. Person", None, "A. Person"),
    "UTF-8": ("Zoë Ó Briain".encode(), None, "Zoë Ó Briain"),
    "said to be Latin-1": ("Zoë".encode("latin-1"), "ISO-8859-1", "Zoë"),
    "said to be Windows": ("Zoë – €".encode("cp1252"), "windows-1252", "Zoë – €"),
    "Latin-1, not said": ("Zoë".encode("latin-1"), None, "Zo\ufffd"),
    "said to be what nobody knows": (b"Zo\xeb", "x-klingon", "Zo\ufffd"),
    "without a name": (b"", None, ""),
    "numbers": (b"1 2 :3", None, "1 2 :3"),
    "colon": (b":100644 100644", None, ":100644 100644"),
    "format": (b"%H %an %x00", None, "%H %an %x00"),
    "odd characters": (b'"\\\t$(x) \x1b[31m', None, '"\\\t$(x) \x1b[31m'),
    "long": (b"x" * 100_000, None, "x" * 100_000),
}


@pytest.mark.parametrize("name", NAMES)
def test_names_of_authors(name: str, tmp_path: Path) -> None:
    written, encoding, read = NAMES[name]
    author = written + b" <a@example.org>"
    record(tmp_path, [Made({"a": "1"}, NOON, author, encoding=encoding)])
    assert (only(tmp_path).time, only(tmp_path).author) == (NOON, read)


def test_an_encoding_that_makes_nonsense_of_a_commit_does_not_hide_it(root: Path) -> None:
    head = (b"author %s 1735732800 +0000" % A, b"committer %s 1735732800 +0000" % A)
    for encoding in (b"UTF-16", b"UTF-32", b"IBM037", b"UTF-7", b"", b"\xff", b"hex"):
        hashed = odd_commit(root, *head, b"encoding %s" % encoding)
        assert only(root).hash == hashed
        assert last(root, NOON) == only(root)


# storage


def everything(start: Path, variables: Mapping[str, str] = ENVIRONMENT) -> object:
    """All that can be asked of how a repository came to be."""
    with open_repository(start, "HEAD", environment=variables) as repository:
        commit = repository.commit or ""
        found = first_parents(repository, commit)
        entries = [one for step in found for one in step.changes.values() if one]
        files = [entry.hash for entry in entries if entry.kind == "file"]
        times = [step.commit.time for step in found]
        texts = list(repository.each_blob(files, 100))
        assert [name for name, _ in texts] == list(dict.fromkeys(files))
        return (
            found,
            commit_of(repository, commit),
            [last_until(repository, commit, time) for time in [*times, NOON]],
            texts,
        )


@pytest.fixture
def busy(root: Path) -> Path:
    """A repository with a bit of everything in its history."""
    commit(root, {"plans/a.yaml": "a", "b": "b", "plans/b.yaml": "b"})
    git(root, "checkout", "-q", "-b", "side")
    commit(root, {"plans/c.yaml": "c" * 200})
    git(root, "checkout", "-q", "main")
    git(root, "mv", "plans/a.yaml", "plans/moved.yaml")
    commit(root)
    git(root, "merge", "-q", "--no-ff", "-m", "x", "side")
    commit(root, {"plans/moved.yaml": "a\nb\n", "b": None})
    git(root, "update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},inner")
    git(root, "commit", "-q", "-m", "x")
    git(root, "update-index", "--add", "--cacheinfo", f"160000,{'2' * 40},inner")
    git(root, "commit", "-q", "-m", "x", "--author", "Zoë <z@example.org>")
    return root


def test_packed_or_loose(busy: Path) -> None:
    before = everything(busy)
    git(busy, "repack", "-a", "-d", "-q")
    git(busy, "prune-packed")
    git(busy, "pack-refs", "--all")
    assert not list((busy / ".git" / "objects").glob("??/*"))
    assert everything(busy) == before


def test_objects_of_another_repository(busy: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--shared", str(busy), "clone")
    assert not list((tmp_path / "clone" / ".git" / "objects").glob("??/*"))
    assert everything(tmp_path / "clone") == everything(busy)


def test_a_linked_worktree(busy: Path, tmp_path: Path) -> None:
    git(busy, "worktree", "add", "-q", "--detach", str(tmp_path / "linked"))
    assert everything(tmp_path / "linked" / "plans") == everything(busy)


def test_hashes_of_another_kind(tmp_path: Path) -> None:
    made = [Made({"a": "1"}), Made({"a": "2", "b": "1"}), Made({"a": None})]
    hashes = record(tmp_path, made, algorithm="sha256")
    assert {len(hashed) for hashed in hashes} == {64}
    assert [hashed for hashed, _ in steps(tmp_path)] == hashes
    assert names(tmp_path) == [["a"], ["a", "b"], ["a"]]
    everything(tmp_path)


def test_thousands_of_commits(tmp_path: Path) -> None:
    made = [Made({f"plans/{number % 7}.yaml": str(number)}) for number in range(5_000)]
    hashes = record(tmp_path, made)
    assert [hashed for hashed, _ in steps(tmp_path)] == hashes
    with open_repository(tmp_path, environment=ENVIRONMENT) as repository:
        found = first_parents(repository, hashes[-1])
        blobs = [entry.hash for step in found for entry in step.changes.values() if entry]
        texts = dict(repository.each_blob([*blobs, *blobs], 100))
        assert [texts[blob] for blob in blobs] == [b"%d" % number for number in range(5_000)]
    assert last(tmp_path, NOON + dt.timedelta(hours=17.5)) == found[17].commit


def test_a_shallow_clone_says_so_unless_the_answer_is_there(tmp_path: Path) -> None:
    hashes = record(tmp_path / "whole", [Made({"a": str(number)}) for number in range(4)])
    url = (tmp_path / "whole").as_uri()
    git(tmp_path, "clone", "-q", "--depth=2", url, "clone")
    with open_repository(tmp_path / "clone", environment=ENVIRONMENT) as repository:
        with pytest.raises(GitError, match="fetch-depth: 0"):
            first_parents(repository, hashes[-1])
        with pytest.raises(GitError, match="fetch-depth: 0"):
            last_until(repository, hashes[-1], NOON + dt.timedelta(hours=1))
        found = last_until(repository, hashes[-1], NOON + dt.timedelta(hours=2))
        assert found is not None
        assert found.hash == hashes[2]
        assert commit_of(repository, hashes[3]).hash == hashes[3]


def test_a_commit_is_asked_for_by_its_full_hash(busy: Path) -> None:
    asking: list[Callable[[str], object]] = []
    with open_repository(busy, environment=ENVIRONMENT) as repository:
        asking += [lambda name: first_parents(repository, name)]
        asking += [lambda name: commit_of(repository, name)]
        asking += [lambda name: last_until(repository, name, NOON)]
        for ask in asking:
            for name in ("HEAD", "", "--output=x", (repository.commit or "")[:12], "1" * 41):
                with pytest.raises(ValueError, match="full hash"):
                    ask(name)
            with pytest.raises(GitError, match="git can't read"):
                ask("1" * 40)


def test_a_damaged_history_is_no_short_history(busy: Path) -> None:
    with open_repository(busy, environment=ENVIRONMENT) as repository:
        first = first_parents(repository, repository.commit or "")[0].commit.hash
        (busy / ".git" / "objects" / first[:2] / first[2:]).unlink()
        with pytest.raises(GitError, match="git can't read"):
            first_parents(repository, repository.commit or "")
        with pytest.raises(GitError, match="git can't read"):
            last_until(repository, repository.commit or "", EPOCH)
        tree = git(busy, "rev-parse", "HEAD~2:plans")
        (busy / ".git" / "objects" / tree[:2] / tree[2:]).unlink()
        with pytest.raises(GitError, match="git can't read"):
            first_parents(repository, repository.commit or "")


def sentinel(folder: Path, name: str) -> str:
    """A program that leaves a file when it is run."""
    folder.mkdir(exist_ok=True)
    program = folder / name
    program.write_text(f"#!/bin/sh\ntouch '{folder}/ran-{name}'\nexit 1\n", encoding="utf-8")
    program.chmod(0o755)
    return str(program)


@pytest.mark.parametrize("kept", ["blob:none", "tree:0"])
def test_what_a_partial_clone_lacks_is_not_fetched(kept: str, busy: Path, tmp_path: Path) -> None:
    clone, programs = tmp_path / "clone", tmp_path / "programs"
    git(busy, "config", "uploadpack.allowFilter", "true")
    url = busy.as_uri()
    git(tmp_path, "clone", "-q", "--no-checkout", f"--filter={kept}", url, str(clone))
    git(clone, "config", "remote.origin.uploadpack", sentinel(programs, "fetch"))
    git(clone, "config", "protocol.allow", "always")
    with open_repository(clone, environment=ENVIRONMENT) as repository:
        commit = repository.commit or ""
        assert commit_of(repository, commit) == only_commit(busy)
        assert last_until(repository, commit, LAST) == only_commit(busy)
        if kept == "tree:0":
            with pytest.raises(GitError, match="git can't read"):
                first_parents(repository, commit)
        else:
            found = first_parents(repository, commit)
            assert [(step.commit.hash, step.changes) for step in found] == steps(busy)
            blob = git(busy, "rev-parse", "HEAD:plans/b.yaml")
            with pytest.raises(GitError, match=f"{blob}.* partial clone"):
                list(repository.each_blob([blob], 100))
    assert list(programs.glob("ran-*")) == []


def only_commit(root: Path) -> Commit:
    return commits(root)[-1]


# who else has a say


def test_replaced_commits_and_grafts_show_no_other_history(busy: Path) -> None:
    before = everything(busy)
    tip, first = git(busy, "rev-parse", "HEAD", "HEAD~3").split()
    git(busy, "replace", "--graft", tip, first)
    assert len(git(busy, "rev-list", "--first-parent", "HEAD").split()) == 4
    assert everything(busy) == before
    git(busy, "replace", "-d", tip)
    (busy / ".git" / "info" / "grafts").write_text(f"{tip} {first}\n", encoding="ascii")
    assert len(git(busy, "rev-list", "--first-parent", "HEAD").split()) == 4
    assert everything(busy) == before
    with open_repository(busy, "HEAD~1", environment=ENVIRONMENT) as repository:
        assert repository.commit == steps(busy)[-2][0]
        with pytest.raises(GitError) as refused:
            first_parents(repository, "1" * 40)
    # git would talk of grafts instead
    assert "hint" not in str(refused.value)


def test_a_commit_graph_that_is_wrong_is_not_asked(busy: Path) -> None:
    before = everything(busy)
    git(busy, "commit-graph", "write", "--reachable")
    assert everything(busy) == before
    graph = busy / ".git" / "objects" / "info" / "commit-graph"
    content = bytearray(graph.read_bytes())
    content[200:] = bytes(len(content) - 200)
    graph.chmod(0o600)
    graph.write_bytes(content)
    assert everything(busy) == before


CONFIGURATION: dict[str, str] = {
    "log.showSignature": "true",
    "log.follow": "true",
    "log.diffMerges": "off",
    "log.showRoot": "false",
    "log.date": "relative",
    "log.decorate": "full",
    "log.abbrevCommit": "true",
    "log.mailmap": "true",
    "mailmap.file": "MAILMAP",
    "format.pretty": "oneline",
    "format.notes": "*",
    "notes.displayRef": "*",
    "core.notesRef": "refs/notes/x",
    "diff.orderFile": "gone",
    "diff.renames": "copies",
    "diff.external": "PROGRAM",
    "diff.evil.command": "PROGRAM",
    "diff.evil.textconv": "PROGRAM",
    "diff.ignoreSubmodules": "all",
    "submodule.inner.ignore": "all",
    "diff.submodule": "log",
    "diff.noprefix": "true",
    "diff.relative": "true",
    "diff.context": "0",
    "diff.algorithm": "histogram",
    "core.quotePath": "false",
    "core.abbrev": "5",
    "core.pager": "PROGRAM",
    "pager.log": "PROGRAM",
    "core.commitGraph": "true",
    "core.fsmonitor": "PROGRAM",
    "core.hooksPath": "PROGRAMS",
    "core.attributesFile": "gone",
    "core.ignoreCase": "true",
    "core.sparseCheckout": "true",
    "i18n.logOutputEncoding": "UTF-16",
    "i18n.commitEncoding": "ISO-8859-1",
    "color.ui": "always",
    "color.diff": "always",
    "gpg.program": "PROGRAM",
    "gpg.ssh.program": "PROGRAM",
    "alias.log": "!PROGRAM",
    "alias.cat-file": "!PROGRAM",
    "advice.graftFileDeprecated": "true",
}


@pytest.fixture
def hostile(busy: Path, tmp_path: Path) -> Iterator[tuple[Path, dict[str, str]]]:
    """A repository in which a setting might matter, and settings; at its end none has run."""
    programs = tmp_path / "programs"
    program = sentinel(programs, "evil")
    (programs / "post-index-change").symlink_to(program)
    (tmp_path / "mailmap").write_text("Somebody Else <a@example.org>\n", encoding="utf-8")
    commit(busy, {".gitattributes": "*.yaml diff=evil\n"})
    commit(busy, {".gitmodules": '[submodule "inner"]\n\tpath = inner\n\tignore = all\n'})
    git(busy, "notes", "--ref=x", "add", "-m", "a note")
    signature = b"gpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----"
    head, _, rest = os.fsencode(git(busy, "cat-file", "commit", "HEAD")).partition(b"\n\n")
    signed = head + b"\n" + signature + b"\n\n" + rest + b"\n"
    words = ("hash-object", "-t", "commit", "-w", "--stdin")
    git(busy, "update-ref", "HEAD", git(busy, *words, typed=signed))
    told = {
        name: value.replace("PROGRAMS", str(programs))
        .replace("PROGRAM", program)
        .replace("MAILMAP", str(tmp_path / "mailmap"))
        for name, value in CONFIGURATION.items()
    }
    yield busy, told
    assert list(programs.glob("ran-*")) == []


def test_no_configuration_changes_the_answer(hostile: tuple[Path, dict[str, str]]) -> None:
    root, settings = hostile
    before = everything(root)
    for name, value in settings.items():
        git(root, "config", name, value)
        assert everything(root) == before, name
        assert everything(root / "plans") == before, name
    for name in settings:
        git(root, "config", "--unset", name, GIT_PAGER="cat")


def test_all_of_a_configuration_together_does_not(
    hostile: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    root, settings = hostile
    before = everything(root)
    own = {"GIT_CONFIG_COUNT": str(len(settings))}
    for number, (name, value) in enumerate(settings.items()):
        own |= {f"GIT_CONFIG_KEY_{number}": name, f"GIT_CONFIG_VALUE_{number}": value}
    assert everything(root, ENVIRONMENT | own) == before
    lines = [f'[{name.rpartition(".")[0]}]\n\t{name.rpartition(".")[2]} = "{value}"\n'
             for name, value in settings.items() if name.count(".") == 1]  # fmt: skip
    (tmp_path / "config").write_text("".join(lines), encoding="utf-8")
    everywhere = {"GIT_CONFIG_GLOBAL": str(tmp_path / "config")}
    assert everything(root, ENVIRONMENT | everywhere) == before


@pytest.mark.parametrize(
    "variables",
    [
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "de"},
        {"GIT_EXTERNAL_DIFF": "PROGRAM", "GIT_PAGER": "PROGRAM", "PAGER": "PROGRAM"},
        {"GIT_DIFF_OPTS": "-u0", "GIT_NOTES_REF": "refs/notes/x", "GIT_NOTES_DISPLAY_REF": "*"},
        {"GIT_TRACE": "1", "GIT_TRACE2": "1", "GIT_FLUSH": "0", "GIT_ICASE_PATHSPECS": "1"},
        {"GIT_TEST_COMMIT_GRAPH": "1", "GIT_SHALLOW_FILE": "x", "GIT_GRAFT_FILE": "x"},
        {"GIT_NO_REPLACE_OBJECTS": "0", "GIT_REPLACE_REF_BASE": "refs/heads/"},
    ],
    ids=lambda variables: next(iter(variables)),
)
def test_no_environment_changes_the_answer(
    variables: dict[str, str], hostile: tuple[Path, dict[str, str]]
) -> None:
    root, settings = hostile
    told = {name: value.replace("PROGRAM", settings["diff.external"])
            for name, value in variables.items()}  # fmt: skip
    assert everything(root, ENVIRONMENT | told) == everything(root)


def test_reading_a_history_never_writes(busy: Path) -> None:
    def state() -> dict[str, tuple[int, bytes | None]]:
        return {
            str(path): (path.lstat().st_mtime_ns, path.read_bytes() if path.is_file() else None)
            for path in [busy, *busy.rglob("*")]
        }

    before = state()
    everything(busy)
    assert state() == before


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"[",
        b"{}",
        b"[5]",
        b'[["a"]]',
        b'[["a", "b", "c", {}]]',
        b'[["a", 1e99, "c", {}]]',
        b'[["a", 99999999999999, "c", {}]]',
        b'[["a", 0, "c", []]]',
        b'[["a", 0, "c", {"p": ["100644"]}]]',
        b"[" * 100_000,
    ],
)
def test_what_is_no_history_in_text_is_none(text: bytes) -> None:
    assert steps_in(text) == []
