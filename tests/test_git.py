import io
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jtai_cli.git import Change, Entry, GitError, Repository, objects, open_repository, running
from jtai_cli.git import repository as git_repository

ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
    "HOME": os.devnull,
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    **{f"GIT_{who}_NAME": "A. Person" for who in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{who}_EMAIL": "a@example.org" for who in ("AUTHOR", "COMMITTER")},
}
ODD_NAMES = [
    b"a b.yaml",
    b"line\nbreak",
    b"tab\tquote\"back\\slash'",
    b"-dash",
    b"--all",
    b"*",
    b":(x)",
    b":/top",
    b"!not",
    b"\xc3\xa9",
    b"latin-\xe9",
    b"\xff\xfe",
    b" ",
    b"100644 name",
]
LIMIT = 1_000


class Made:
    """A repository that a test makes with plain git."""

    def __init__(self, root: Path, *options: str) -> None:
        self.root = root
        if not root.exists():
            root.mkdir(parents=True)
            self.git("init", "-q", "-b", "main", *options)

    def git(self, *words: str | bytes, typed: bytes = b"", fails: bool = False) -> str:
        command = ["git", "-C", self.root, *words]
        done = subprocess.run(
            command, input=typed, env=ENVIRONMENT, capture_output=True, check=False
        )
        assert fails or done.returncode == 0, done.stderr
        return os.fsdecode(done.stdout).removesuffix("\n")

    def write(self, name: str | bytes, content: str) -> None:
        path = self.root / os.fsdecode(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")

    def stage(self, files: Mapping[str, str]) -> None:
        for name, content in files.items():
            self.write(name, content)
            self.git("--literal-pathspecs", "add", "--", name)

    def commit(self, files: Mapping[str, str] | None = None) -> str:
        """Commit these files with what is staged; the hash."""
        self.stage(files or {})
        self.git("commit", "-q", "--allow-empty", "-m", "x")
        return self.git("rev-parse", "HEAD")

    def hash(self, name: str) -> str:
        return self.git("rev-parse", name)

    def stored(self, kind: str, content: bytes) -> str:
        """Put an object into the repository, however damaged."""
        return self.git("hash-object", "-t", kind, "--literally", "-w", "--stdin", typed=content)

    def committed(self, tree: str) -> str:
        return self.git("commit-tree", "-m", "x", tree)

    def tree_of(self, *entries: tuple[str, bytes, str]) -> str:
        raw = b"".join(
            mode.encode() + b" " + name + b"\0" + bytes.fromhex(hashed)
            for mode, name, hashed in entries
        )
        return self.stored("tree", raw)


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return Made(tmp_path / "repository")


def opened(place: Made | Path, revision: str | None = None) -> Repository:
    start = place.root if isinstance(place, Made) else place
    return open_repository(start, revision, environment=ENVIRONMENT)


def refused(place: Made | Path, revision: str | None = None, **variables: str) -> str:
    start = place.root if isinstance(place, Made) else place
    with pytest.raises(GitError) as error:
        open_repository(start, revision, environment=ENVIRONMENT | variables)
    assert "\n" not in str(error.value)
    return str(error.value)


# opening


def test_a_repository_is_found_from_any_folder_in_it(made: Made, tmp_path: Path) -> None:
    commit = made.commit({"a/b/x": "1"})
    (tmp_path / "link").symlink_to(made.root / "a")
    for start in (made.root, made.root / "a" / "b", tmp_path / "link" / "b"):
        repository = opened(start)
        assert repository.root == made.root
        assert repository.git_dir == made.root / ".git"
        assert repository.commit == commit
        assert repository.algorithm == "sha1"
        assert not repository.shallow


def test_the_working_directory_may_be_meant(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    made.commit({"a/x": "1"})
    monkeypatch.chdir(made.root / "a")
    assert opened(Path()).root == made.root
    assert opened(Path("..")).path_of(Path("x")) == "a/x"


def test_a_repository_without_commits_has_none(made: Made) -> None:
    assert opened(made).commit is None
    assert "'HEAD'" in refused(made, "HEAD")
    made.git("checkout", "-q", "--orphan", "other/branch")
    assert opened(made).commit is None


def test_a_detached_head_is_a_head(made: Made) -> None:
    first = made.commit({"x": "1"})
    made.commit({"x": "2"})
    made.git("checkout", "-q", "--detach", first)
    assert opened(made).commit == first


def test_a_linked_worktree_has_its_own_head_and_index(made: Made, tmp_path: Path) -> None:
    commit = made.commit({"x": "1"})
    linked = Made(tmp_path / "linked")
    shutil.rmtree(linked.root)
    made.git("worktree", "add", "-q", "-b", "other", str(linked.root))
    linked.stage({"x": "2"})
    repository = opened(linked)
    assert repository.root == linked.root
    assert repository.git_dir == made.root / ".git" / "worktrees" / "linked"
    assert [change.path for change in repository.staged(commit)] == ["x"]
    assert opened(made).staged(commit) == []


def test_a_revision_may_be_written_in_many_ways(made: Made) -> None:
    first = made.commit({"x": "1"})
    second = made.commit({"x": "2"})
    made.git("tag", "-a", "-m", "x", "v1", first)
    made.git("branch", "with space é".replace(" ", "-"), first)
    for revision in (
        "HEAD~1",
        "v1",
        "main^",
        first[:10],
        "with-space-é",
        "HEAD@{1}",
        "v1^{commit}",
    ):
        assert opened(made, revision).commit == first
    for revision in ("HEAD", "@", "main", "refs/heads/main", second, "HEAD^0"):
        assert opened(made, revision).commit == second


@pytest.mark.parametrize(
    "revision",
    [
        *("", " ", "-", "-h", "--all", "--output=x", "--git-dir", "-n1", "--end-of-options"),
        *("main\nmain", "main\0", "\x1b[31m", "a b", "*", "main:", "nope", "refs/heads"),
        *("HEAD~9", "HEAD@{9}", "HEAD:x", "HEAD^{tree}", "HEAD^{blob}", "main^{commit", "@{u}"),
        *("HEAD..main", "main...main", "main..", "^main", "HEAD^@", "HEAD^!", ":x", ":/x"),
        *("0" * 40, "1" * 40, "1" * 64),
    ],
)
def test_what_names_no_commit_is_refused(revision: str, made: Made) -> None:
    made.commit({"x": "1"})
    before = sorted(made.root.rglob("*"))
    assert repr(revision) in refused(made, revision)
    assert sorted(made.root.rglob("*")) == before


def test_the_hash_of_a_file_or_a_tree_is_no_commit(made: Made) -> None:
    made.commit({"x": "1"})
    assert "finds no commit" in refused(made, made.hash("HEAD:x"))
    assert "finds no commit" in refused(made, made.hash("HEAD^{tree}"))
    made.git("tag", "t", "HEAD^{tree}")
    assert "finds no commit" in refused(made, "t")


@pytest.mark.parametrize("silenced", [False, True])
def test_a_name_of_two_things_is_refused(silenced: bool, made: Made) -> None:
    made.commit({"x": "1"})
    made.git("tag", "both")
    made.commit({"x": "2"})
    made.git("branch", "both")
    if silenced:
        made.git("config", "core.warnAmbiguousRefs", "false")
    assert "more than one thing" in refused(made, "both")
    assert opened(made, "refs/tags/both").commit == made.hash("HEAD~1")
    assert opened(made, "refs/heads/both").commit == made.hash("HEAD")


def test_a_branch_can_not_pass_for_a_hash(made: Made) -> None:
    first = made.commit({"x": "1"})
    made.commit({"x": "2"})
    made.git("update-ref", f"refs/heads/{first}", "HEAD")
    assert "more than one thing" in refused(made, first)
    made.git("branch", first[:8])
    assert "more than one thing" in refused(made, first[:8])


def test_head_is_head_whatever_a_branch_is_called(made: Made) -> None:
    first = made.commit({"x": "1"})
    second = made.commit({"x": "2"})
    made.git("update-ref", "refs/heads/HEAD", first)
    assert opened(made).commit == second


def test_a_shallow_clone_says_how_to_get_the_rest(made: Made, tmp_path: Path) -> None:
    first = made.commit({"x": "1"})
    second = made.commit({"x": "2"})
    made.git("clone", "-q", "--depth", "1", f"file://{made.root}", str(tmp_path / "shallow"))
    repository = opened(tmp_path / "shallow")
    assert repository.shallow
    assert repository.commit == second
    for revision in ("HEAD~1", first, "origin/other"):
        said = refused(tmp_path / "shallow", revision)
        assert "git fetch --unshallow" in said
        assert "fetch-depth: 0" in said
    assert "fetch-depth" not in refused(made, "origin/other")


def test_what_is_no_repository_says_so(made: Made, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    ceiling = {"GIT_CEILING_DIRECTORIES": str(tmp_path)}
    assert "not in a git repository" in refused(tmp_path / "empty", **ceiling)
    assert "No such file" in refused(tmp_path / "gone")
    made.write("file", "x")
    assert "Not a directory" in refused(made.root / "file")
    assert "could not be started" in refused(Path("a\0b"))
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / ".git").write_text("gitdir: nowhere", encoding="utf-8")
    assert "not in a git repository" in refused(tmp_path / "broken")


def test_a_repository_without_files_says_so(made: Made, tmp_path: Path) -> None:
    Made(tmp_path / "bare", "--bare")
    assert "without its files" in refused(tmp_path / "bare")
    assert "without its files" in refused(made.root / ".git")
    assert "without its files" in refused(made.root / ".git" / "objects")


def test_a_work_tree_elsewhere_is_refused(made: Made, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    made.git("config", "core.worktree", str(tmp_path / "elsewhere"))
    assert "is not in its repository's work tree" in refused(made)


def test_a_damaged_configuration_is_git_s_own_words(made: Made) -> None:
    (made.root / ".git" / "config").write_text("[[", encoding="utf-8")
    assert "bad config line 1" in refused(made)


def test_a_folder_with_a_line_break_in_its_name(tmp_path: Path) -> None:
    made = Made(tmp_path / "line\nbreak")
    assert "can't open" in refused(made)


def fake_git(folder: Path, script: str) -> dict[str, str]:
    """A PATH on which git is a script."""
    folder.mkdir()
    (folder / "git").write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    (folder / "git").chmod(0o755)
    return {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}


def strangers(folder: Path) -> dict[str, str]:
    """A PATH on which git takes every repository for another user's."""
    real = shutil.which("git")
    script = f'GIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec "{real}" "$@"'
    return fake_git(folder, script)


def test_another_user_s_repository_is_refused_with_git_s_advice(made: Made, tmp_path: Path) -> None:
    said = refused(made, **strangers(tmp_path / "bin"))
    assert "does not trust" in said
    assert f"git config --global --add safe.directory {made.root}" in said


def test_another_user_s_repository_may_be_trusted(made: Made, tmp_path: Path) -> None:
    commit = made.commit({"x": "1"})
    trust = tmp_path / "gitconfig"
    trust.write_text(f"[safe]\n\tdirectory = {made.root}\n", encoding="utf-8")
    variables = strangers(tmp_path / "bin") | {"GIT_CONFIG_GLOBAL": str(trust)}
    with open_repository(made.root, environment=ENVIRONMENT | variables) as repository:
        assert repository.commit == commit
        assert list(repository.tree(commit)) == ["x"]
        assert repository.staged(commit) == []


def test_without_git_one_line_says_so(made: Made, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    assert refused(made, PATH=str(tmp_path / "bin")).startswith("git is needed for this")
    (tmp_path / "bin" / "git").write_text("", encoding="utf-8")
    assert refused(made, PATH=str(tmp_path / "bin")).startswith("git is needed for this")
    (tmp_path / "bin" / "git").chmod(0o755)
    assert "could not be started" in refused(made, PATH=str(tmp_path / "bin"))


@pytest.mark.parametrize("entry", ["", ".", "bin", "./bin", "../{name}"])
def test_git_of_the_working_directory_is_never_run(
    entry: str, made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in (tmp_path / "bin", tmp_path / "planted"):
        fake_git(folder, f"touch '{tmp_path}/run'; exit 1")
    (tmp_path / "git").symlink_to("planted/git")
    monkeypatch.chdir(tmp_path)
    path = entry.format(name=tmp_path.name)
    assert refused(made, PATH=path).startswith("git is needed for this")
    commit = made.commit({"x": "1"})
    paths = {"PATH": os.pathsep.join((path, os.environ["PATH"]))}
    with open_repository(made.root, environment=ENVIRONMENT | paths) as repository:
        assert repository.commit == commit
    assert not (tmp_path / "run").exists()


def test_git_that_is_too_old_says_so(made: Made, tmp_path: Path) -> None:
    variables = fake_git(
        tmp_path / "bin", "printf -- 'false\\n--show-object-format\\nx\\nx\\nx\\n'"
    )
    assert "git 2.30 or later" in refused(made, **variables)


def test_a_head_that_git_can_not_tell_is_not_taken_for_none(made: Made, tmp_path: Path) -> None:
    script = f"printf 'false\\nsha1\\n{made.root}/.git\\n{made.root}\\n'; echo odd >&2; exit 128"
    assert "finds no commit 'HEAD'" in refused(made, **fake_git(tmp_path / "bin", script))


def test_git_goes_while_it_is_needed(made: Made, tmp_path: Path) -> None:
    commit = made.commit({"x": "1"})
    variables = strangers(tmp_path / "bin") | {"PATH": str(tmp_path / "bin")}
    (tmp_path / "bin" / "git").unlink()
    (tmp_path / "bin" / "git").symlink_to(str(shutil.which("git")))
    repository = open_repository(made.root, environment=ENVIRONMENT | variables)
    (tmp_path / "bin" / "git").unlink()
    with pytest.raises(GitError, match="git is needed"):
        repository.tree(commit)
    with pytest.raises(GitError, match="git is needed"):
        repository.staged(commit)


# commits


def filled(made: Made) -> str:
    """A commit with each kind of entry."""
    made.stage({"plans/a.yaml": "a", "plans/deep/er/b.yaml": "b", "plans/.hidden/c": "c", "x": "x"})
    (made.root / "plans" / "link.yaml").symlink_to("a.yaml")
    (made.root / "away").symlink_to("plans")
    made.git("add", "plans/link.yaml", "away")
    made.git("update-index", "--chmod=+x", "x")
    made.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},plans/sub")
    return made.commit()


def test_a_tree_is_all_that_lies_below_a_folder(made: Made) -> None:
    commit = filled(made)
    with opened(made) as repository:
        below = repository.tree(commit, "plans")
        assert {path: entry.kind for path, entry in below.items()} == {
            "plans/.hidden/c": "file",
            "plans/a.yaml": "file",
            "plans/deep/er/b.yaml": "file",
            "plans/link.yaml": "link",
            "plans/sub": "submodule",
        }
        assert below["plans/a.yaml"] == ("100644", made.hash("HEAD:plans/a.yaml"))
        assert repository.tree(commit, "plans/deep") == repository.tree(commit, "plans/deep/er")
        assert repository.tree(commit, "") == repository.tree(commit)
        assert set(repository.tree(commit)) == {"x", "away", *below}
        assert repository.tree(commit)["x"].mode == "100755"


def test_a_folder_that_is_none_is_given_as_what_it_is(made: Made) -> None:
    commit = filled(made)
    with opened(made) as repository:
        assert repository.tree(commit, "gone") == {}
        assert repository.tree(commit, "plans/gone/deeper") == {}
        for folder, kind in (("x", "file"), ("away", "link"), ("plans/sub", "submodule")):
            for asked in (folder, f"{folder}/below"):
                found = repository.tree(commit, asked)
                assert [(path, entry.kind) for path, entry in found.items()] == [(folder, kind)]


def test_an_entry_is_what_has_exactly_this_name(made: Made) -> None:
    commit = filled(made)
    with opened(made) as repository:
        kinds = {"x": "file", "away": "link", "plans/sub": "submodule", "plans/deep": "folder"}
        for path, kind in kinds.items():
            entry = repository.entry(commit, path)
            assert entry is not None
            assert entry.kind == kind
        assert repository.entry(commit, "plans/deep") == ("040000", made.hash("HEAD:plans/deep"))
        for path in ("gone", "x/below", "away/a.yaml", "plans/sub/x", "plans/deep/gone", "X"):
            assert repository.entry(commit, path) is None


def test_an_empty_commit_has_nothing(made: Made) -> None:
    commit = made.commit()
    with opened(made) as repository:
        assert repository.tree(commit) == {}
        assert repository.staged(commit) == []
        assert repository.indexed() == {}


def test_names_may_be_any_bytes(made: Made) -> None:
    hashed = made.stored("blob", b"1")
    lines = [b"100644 %s\tplans/%s" % (hashed.encode(), name) for name in ODD_NAMES]
    made.git("update-index", "-z", "--index-info", typed=b"\0".join(lines))
    commit = made.commit()
    names = {f"plans/{os.fsdecode(name)}" for name in ODD_NAMES}
    with opened(made) as repository:
        assert set(repository.tree(commit, "plans")) == names
        assert set(repository.indexed()) == names
        for name in names:
            assert repository.entry(commit, name) == ("100644", hashed)
            assert repository.tree(commit, name) == {name: ("100644", hashed)}
            assert list(repository.indexed([name])) == [name]
            assert [change.path for change in repository.staged(None, [name])] == [name]


def test_a_sha256_repository_is_read_alike(tmp_path: Path) -> None:
    made = Made(tmp_path / "repository", "--object-format=sha256")
    assert opened(made).staged(None) == []
    commit = made.commit({"plans/a": "1", "b": "2"})
    made.stage({"b": "3"})
    with opened(made, commit[:12]) as repository:
        assert repository.commit == commit
        assert len(commit) == 64
        below = repository.tree(commit)
        assert set(below) == {"plans/a", "b"}
        hashed = below["b"].hash
        assert repository.blobs([hashed], LIMIT) == {hashed: b"2"}
        assert repository.blob_hash(b"2") == hashed
        assert repository.staged(commit) == [
            Change("b", Entry("100644", hashed), Entry("100644", made.hash(":b")), unmerged=False)
        ]


def test_packed_objects_are_read_alike(made: Made) -> None:
    commit = filled(made)
    with opened(made) as repository:
        loose = repository.tree(commit)
    made.git("gc", "-q")
    made.git("prune-packed")
    with opened(made, "main") as repository:
        assert repository.tree(commit) == loose
        hashed = loose["plans/a.yaml"].hash
        assert repository.blobs([hashed], LIMIT) == {hashed: b"a"}


def test_a_commit_is_what_was_committed_not_what_replaces_it(made: Made) -> None:
    first = made.commit({"x": "1"})
    second = made.commit({"x": "2"})
    made.git("replace", second, first)
    assert made.git("show", f"{second}:x") == "1"
    with opened(made) as repository:
        hashed = repository.tree(second)["x"].hash
        assert repository.blobs([hashed], LIMIT) == {hashed: b"2"}


def test_modes_of_old_trees_are_those_of_files(made: Made) -> None:
    hashed = made.stored("blob", b"1")
    tree = made.tree_of(("100664", b"a", hashed), ("0100644", b"b", hashed), ("7", b"c", hashed))
    commit = made.committed(tree)
    with opened(made) as repository:
        kinds = [entry.kind for entry in repository.tree(commit).values()]
    assert kinds == ["file", "submodule", "submodule"]


@pytest.mark.parametrize("names", [[b".."], [b"."], [b"a/b"], [b"a", b"a"], [b""]])
def test_a_tree_that_no_git_would_write_is_refused(names: list[bytes], made: Made) -> None:
    hashed = made.stored("blob", b"1")
    commit = made.committed(made.tree_of(*(("100644", name, hashed) for name in names)))
    with opened(made) as repository, pytest.raises(GitError, match="damaged"):
        repository.tree(commit)


def test_a_tree_that_breaks_off_is_refused(made: Made) -> None:
    commit = made.committed(made.stored("tree", b"100644 a\0" + bytes(19)))
    with opened(made) as repository, pytest.raises(GitError, match="damaged"):
        repository.tree(commit)


def test_a_folder_that_is_a_file_inside_is_refused(made: Made) -> None:
    commit = made.committed(made.tree_of(("40000", b"a", made.stored("blob", b"1"))))
    with opened(made) as repository, pytest.raises(GitError, match="damaged"):
        repository.tree(commit)


def test_a_tree_of_billions_of_files_is_refused(made: Made) -> None:
    kind, hashed = "100644", made.stored("blob", b"1")
    for _ in range(10):
        hashed = made.tree_of(*((kind, b"%02d" % number, hashed) for number in range(20)))
        kind = "40000"
    commit = made.committed(hashed)
    with opened(made) as repository, pytest.raises(GitError, match="more than 500,000 files"):
        repository.tree(commit)


def test_a_tree_of_too_many_levels_is_refused(made: Made) -> None:
    made.write("/".join("a" * git_repository.MOST_LEVELS), "1")
    made.git("add", ".")
    commit = made.commit()
    with opened(made) as repository:
        with pytest.raises(GitError, match="or than 64 levels"):
            repository.tree(commit)
        assert len(repository.tree(commit, "a")) == 1


def test_a_tree_that_is_too_large_is_refused(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    commit = made.commit({"a": "1", "b": "2"})
    size = int(made.git("cat-file", "-s", "HEAD^{tree}"))
    monkeypatch.setattr(git_repository, "_LARGEST", size)
    with opened(made) as repository:
        assert len(repository.tree(commit)) == 2
    monkeypatch.setattr(git_repository, "_LARGEST", size - 1)
    with opened(made) as repository, pytest.raises(GitError, match="can't read the object"):
        repository.tree(commit)


def test_a_missing_commit_or_tree_is_refused(made: Made) -> None:
    commit = made.commit({"x": "1", "a/x": "1"})
    folder = made.hash("HEAD:a")
    loose = made.root / ".git" / "objects"
    (loose / folder[:2] / folder[2:]).unlink()
    with opened(made) as repository:
        assert repository.entry(commit, "x") is not None
        with pytest.raises(GitError, match=f"can't read the object {folder}"):
            repository.tree(commit)
    (loose / commit[:2] / commit[2:]).unlink()
    with opened(made) as repository:
        assert repository.commit == commit
        with pytest.raises(GitError, match=f"can't read the object {commit}"):
            repository.tree(commit)


# contents


def test_blobs_by_their_hashes(made: Made) -> None:
    commit = made.commit({"empty": "", "x": "1\r\n2\0", "same": "1\r\n2\0", "y": "é"})
    with opened(made) as repository:
        below = repository.tree(commit)
        found = repository.blobs((entry.hash for entry in below.values()), LIMIT)
        assert len(found) == 3
        assert found[below["empty"].hash] == b""
        assert found[below["x"].hash] == b"1\r\n2\0"
        assert found[below["y"].hash] == "é".encode()
        assert repository.blobs([], LIMIT) == {}
        assert {repository.blob_hash(content) for content in found.values()} == set(found)


def test_at_most_one_byte_more_than_the_limit_is_read(made: Made) -> None:
    sizes = [0, LIMIT - 1, LIMIT, LIMIT + 1, LIMIT + 2, 300_000]
    hashes = {made.stored("blob", b"x" * size): size for size in sizes}
    with opened(made) as repository:
        found = repository.blobs(hashes, LIMIT)
        assert [len(content) for content in found.values()] == [
            min(size, LIMIT + 1) for size in sizes
        ]
        assert repository.blobs(hashes, 0) == {name: b"x"[:size] for name, size in hashes.items()}


def test_many_and_large_blobs_never_wait_for_each_other(made: Made) -> None:
    # more than a pipe holds of both the questions and the answers
    contents = [b"%d " % number * (20_000 if number % 100 == 0 else 20) for number in range(3_000)]
    stream = b"".join(b"blob\ndata %d\n%s\n" % (len(text), text) for text in contents)
    made.git("fast-import", "--quiet", typed=stream)
    with opened(made) as repository:
        names = [repository.blob_hash(content) for content in contents]
        assert repository.blobs(names, 1_000_000) == dict(zip(names, contents, strict=True))


@pytest.mark.parametrize(
    "wrong", ["HEAD", "main:x", "x\ny", "", "1" * 39, "1" * 41, f"{'1' * 40}\n"]
)
def test_only_full_hashes_are_asked_for(wrong: str, made: Made) -> None:
    made.commit({"x": "1"})
    with opened(made) as repository:
        with pytest.raises(ValueError, match="full hash"):
            repository.blobs([wrong], LIMIT)
        with pytest.raises(ValueError, match="full hash"):
            repository.tree(wrong, "a")
        with pytest.raises(ValueError, match="full hash"):
            repository.staged(wrong or " ")


def test_what_is_missing_or_no_blob_is_refused_and_reading_goes_on(made: Made) -> None:
    commit = made.commit({"x": "1"})
    with opened(made) as repository:
        blob = repository.tree(commit)["x"].hash
        for wrong in ("1" * 40, commit, made.hash("HEAD^{tree}")):
            with pytest.raises(GitError, match=f"can't read the object {wrong}"):
                repository.blobs([blob, wrong, blob], LIMIT)
            assert repository.blobs([blob], LIMIT) == {blob: b"1"}


def test_a_damaged_blob_is_refused_and_reading_goes_on(made: Made) -> None:
    commit = made.commit({"x": "1", "y": "2"})
    damaged, sound = made.hash("HEAD:x"), made.hash("HEAD:y")
    path = made.root / ".git" / "objects" / damaged[:2] / damaged[2:]
    path.chmod(0o644)
    path.write_bytes(b"damage")
    with opened(made) as repository:
        assert repository.tree(commit)["x"].hash == damaged
        with pytest.raises(GitError, match=f"can't read the object {damaged}"):
            repository.blobs([sound, damaged], LIMIT)
        assert repository.blobs([sound], LIMIT) == {sound: b"2"}


@pytest.mark.parametrize("said", [b"", b"odd\n", b"1 blob 9\n", b"1 blob 9\n12", b"1 blob 3\n123"])
def test_an_answer_that_breaks_off_is_not_taken_for_less(said: bytes) -> None:
    with pytest.raises(ValueError, match=r"breaks off|not enough values"):
        objects._answer(io.BytesIO(said), LIMIT)


def test_closing_leaves_no_process(made: Made) -> None:
    commit = made.commit({"x": "1" * 200_000})
    repository = opened(made)
    below = repository.tree(commit)
    reader = repository._objects._reader
    assert reader is not None
    assert reader.stdin is not None
    # its answer fills the pipe, and is never read
    reader.stdin.write(below["x"].hash.encode() + b"\n")
    reader.stdin.flush()
    repository.close()
    repository.close()
    assert reader.returncode is not None


def test_an_error_leaves_no_process_and_closed_may_be_read_again(made: Made) -> None:
    commit = made.commit({"x": "1"})
    repository = opened(made)

    def fail() -> None:
        with repository:
            repository.tree(commit)
            raise KeyError

    for _ in range(2):
        with pytest.raises(KeyError):
            fail()
        assert repository._objects._reader is None
    with repository:
        assert list(repository.blobs([made.hash("HEAD:x")], LIMIT).values()) == [b"1"]


def test_a_reader_that_ends_is_refused_and_started_anew(made: Made) -> None:
    commit = made.commit({"x": "1", "a/x": "2"})
    with opened(made) as repository:
        repository.entry(commit, "x")
        assert repository._objects._reader is not None
        repository._objects._reader.kill()
        repository._objects._reader.wait()
        with pytest.raises(GitError, match="can't read"):
            repository.tree(commit)
        assert set(repository.tree(commit)) == {"x", "a/x"}


@pytest.fixture(scope="module")
def long_lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Made, Repository]]:
    made = Made(tmp_path_factory.mktemp("property") / "repository")
    with opened(made) as repository:
        yield made, repository


names = st.binary(min_size=1, max_size=8).map(
    lambda raw: b"n" + raw.replace(b"/", b"-").replace(b"\0", b"*")
)
paths = st.builds(
    lambda folders, name: b"/".join([*(b"d" + folder for folder in folders), name]),
    st.lists(names, max_size=3),
    names,
)


@settings(max_examples=20)
@given(files=st.dictionaries(paths, st.binary(max_size=200), max_size=8))
def test_what_was_committed_is_what_is_read(
    files: dict[bytes, bytes], long_lived: tuple[Made, Repository]
) -> None:
    made, repository = long_lived
    made.git("read-tree", "--empty")
    lines = [
        b"100644 %s\t%s" % (made.stored("blob", content).encode(), path)
        for path, content in files.items()
    ]
    made.git("update-index", "-z", "--index-info", typed=b"\0".join(lines))
    commit = made.committed(made.git("write-tree"))
    below = repository.tree(commit)
    contents = repository.blobs((entry.hash for entry in below.values()), LIMIT)
    assert {os.fsencode(path): contents[entry.hash] for path, entry in below.items()} == files
    assert repository.indexed() == below
    assert repository.staged(commit) == []


# the index


def changes(made: Made, *folders: str) -> dict[str, tuple[str | None, str | None]]:
    """What is staged against HEAD: the modes before and after, by path."""
    repository = opened(made)
    found = repository.staged(repository.commit, folders or ("",))
    assert len({change.path for change in found}) == len(found)
    return {
        path: (old.mode if old else None, "unmerged" if unmerged else new.mode if new else None)
        for path, old, new, unmerged in found
    }


def test_what_is_staged_is_told_from_what_is_not(made: Made) -> None:
    made.commit({"changed": "1", "left": "1", "gone": "1", "a/kept": "1", "both": "1"})
    made.stage({"changed": "2", "new": "1", "both": "2"})
    made.write("both", "3")
    made.write("left", "2")
    made.write("untracked", "1")
    (made.root / "a" / "kept").unlink()
    made.git("rm", "-q", "gone")
    repository = opened(made)
    old = made.hash("HEAD:both"), made.hash(":both")
    assert changes(made) == {
        "both": ("100644", "100644"),
        "changed": ("100644", "100644"),
        "gone": ("100644", None),
        "new": (None, "100644"),
    }
    assert repository.staged(repository.commit, ["both"]) == [
        Change("both", Entry("100644", old[0]), Entry("100644", old[1]), unmerged=False)
    ]


def test_kinds_may_change(made: Made) -> None:
    made.commit({"run": "1", "link": "1", "folder": "1", "file/x": "1"})
    made.git("update-index", "--chmod=+x", "run")
    (made.root / "link").unlink()
    (made.root / "link").symlink_to("run")
    (made.root / "folder").unlink()
    shutil.rmtree(made.root / "file")
    made.stage({"folder/x": "1", "file": "1"})
    made.git("add", "link")
    made.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},sub")
    assert changes(made) == {
        "file": (None, "100644"),
        "file/x": ("100644", None),
        "folder": ("100644", None),
        "folder/x": (None, "100644"),
        "link": ("100644", "120000"),
        "run": ("100644", "100755"),
        "sub": (None, "160000"),
    }


def test_a_submodule_that_is_to_be_ignored_is_not(made: Made) -> None:
    made.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},sub")
    made.commit({".gitmodules": '[submodule "sub"]\npath = sub\nurl = x\nignore = all\n'})
    made.git("config", "diff.ignoreSubmodules", "all")
    made.git("config", "submodule.sub.ignore", "all")
    made.git("update-index", "--cacheinfo", f"160000,{'2' * 40},sub")
    assert made.git("diff", "--cached") == ""
    assert changes(made) == {"sub": ("160000", "160000")}


def test_a_moved_file_is_gone_and_new(made: Made) -> None:
    made.git("config", "diff.renames", "copies")
    made.commit({"plans/a": "1" * 100})
    made.git("mv", "plans/a", "plans/b")
    assert changes(made) == {"plans/a": ("100644", None), "plans/b": (None, "100644")}
    assert changes(made, "plans/b") == {"plans/b": (None, "100644")}


def test_only_the_folders_that_are_asked_for(made: Made) -> None:
    made.commit({"x": "1"})
    made.stage(dict.fromkeys(("x", "plans/a", "plans/b/c", "plans2/d", "plan", "*", "p*"), "2"))
    assert set(changes(made, "plans")) == {"plans/a", "plans/b/c"}
    assert set(changes(made, "plans/b", "x")) == {"plans/b/c", "x"}
    assert set(changes(made, "p*")) == {"p*"}
    assert set(changes(made, "gone", "*")) == {"*"}
    assert len(changes(made, "plans", "")) == 7
    repository = opened(made)
    assert repository.staged(None, []) == []
    assert repository.indexed([]) == {}


def test_before_the_first_commit_all_is_new(made: Made) -> None:
    made.stage({"plans/a": "1", "b": "2"})
    assert changes(made) == {"b": (None, "100644"), "plans/a": (None, "100644")}
    assert changes(made, "plans") == {"plans/a": (None, "100644")}
    assert list((made.root / ".git" / "objects").glob("4b/825dc*")) == []


def test_what_is_only_intended_to_be_added_is_not_there(made: Made) -> None:
    made.write("intended", "1")
    made.git("add", "-N", "intended")
    assert changes(made) == {}
    made.commit({"x": "1"})
    made.git("rm", "-q", "--cached", "x")
    made.git("add", "-N", "x", "intended")
    assert changes(made) == {"x": ("100644", None)}
    assert opened(made).indexed() == {}


def conflict(made: Made) -> None:
    made.commit({"content": "1", "deleted": "1", "calm": "1"})
    made.git("checkout", "-q", "-b", "other")
    made.git("rm", "-q", "deleted")
    made.commit({"content": "2", "added": "2", "theirs": "2"})
    made.git("checkout", "-q", "main")
    made.commit({"content": "3", "added": "3", "deleted": "3"})
    made.git("merge", "-q", "other", fails=True)


def test_an_unmerged_path_is_given_once(made: Made) -> None:
    conflict(made)
    assert changes(made) == {
        "added": ("100644", "unmerged"),
        "content": ("100644", "unmerged"),
        "deleted": ("100644", "unmerged"),
        "theirs": (None, "100644"),
    }
    assert set(opened(made).indexed()) == {"calm", "theirs"}
    assert {change.path for change in opened(made).staged(None) if change.unmerged} == {
        "added",
        "content",
        "deleted",
    }
    made.git("add", "added", "content")
    made.git("rm", "-q", "deleted")
    assert changes(made) == {
        "deleted": ("100644", None),
        "theirs": (None, "100644"),
    } | dict.fromkeys(("added", "content"), ("100644", "100644"))


def test_files_that_are_not_checked_out_are_no_change(made: Made) -> None:
    commit = made.commit({"a/x": "1", "b/c/x": "1", "x": "1"})
    everything = set(opened(made).indexed())
    made.git("update-index", "--skip-worktree", "x")
    made.git("update-index", "--assume-unchanged", "a/x")
    made.write("x", "2")
    (made.root / "a" / "x").unlink()
    assert changes(made) == {}
    made.git("update-index", "--no-skip-worktree", "x")
    made.git("reset", "-q", "--hard")
    made.git("sparse-checkout", "init", "--cone", "--sparse-index")
    made.git("sparse-checkout", "set", "a")
    assert not (made.root / "b").exists()
    assert "b/c/x" not in made.git("ls-files", "--sparse")
    assert changes(made) == {}
    made.stage({"a/x": "2"})
    assert changes(made) == {"a/x": ("100644", "100644")}
    assert set(opened(made).indexed()) == everything
    assert set(opened(made).indexed(["b/c"])) == {"b/c/x"}
    assert [change.path for change in opened(made).staged(commit, ["b"])] == []


def test_an_index_that_can_not_be_read_is_refused(made: Made) -> None:
    commit = made.commit({"x": "1"})
    (made.root / ".git" / "index").write_bytes(b"damage")
    with pytest.raises(GitError, match=r"can't compare its index .* git says: "):
        opened(made).staged(commit)


def test_an_index_that_is_gone_is_empty(made: Made) -> None:
    made.commit({"x": "1"})
    (made.root / ".git" / "index").unlink()
    assert changes(made) == {"x": ("100644", None)}


# names


def test_a_file_s_name_in_the_repository(made: Made, tmp_path: Path) -> None:
    made.write("plans/a.yaml", "1")
    (tmp_path / "shortcut").symlink_to(made.root / "plans")
    (tmp_path / "outside.yaml").symlink_to(made.root / "plans" / "a.yaml")
    (made.root / "inside.yaml").symlink_to("plans/a.yaml")
    (made.root / "out").symlink_to(tmp_path)
    (made.root / "loop").symlink_to("loop")
    repository = opened(made.root / "plans")
    expected = {
        made.root: "",
        made.root / "plans": "plans",
        made.root / "plans" / "a.yaml": "plans/a.yaml",
        made.root / "plans" / ".." / "gone" / "b.YAML": "gone/b.YAML",
        made.root / "plans" / "..": "",
        tmp_path / "shortcut" / "new.yaml": "plans/new.yaml",
        tmp_path / "shortcut": "plans",
        tmp_path / "outside.yaml": "plans/a.yaml",
        made.root / "inside.yaml": "inside.yaml",
        made.root / "loop": "loop",
        made.root / os.fsdecode(b"\xff"): "\udcff",
        made.root / "out" / "x": None,
        tmp_path: None,
        tmp_path / "repository-2" / "x": None,
        Path("a\0b"): None,
    }
    assert {path: repository.path_of(path) for path in expected} == expected


def test_paths_may_be_relative(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    made.write("plans/a.yaml", "1")
    monkeypatch.chdir(made.root / "plans")
    repository = opened(Path())
    assert repository.path_of(Path("a.yaml")) == "plans/a.yaml"
    assert repository.path_of(Path("../b")) == "b"
    assert repository.path_of(Path()) == "plans"
    assert repository.path_of(Path("..")) == ""
    assert repository.path_of(Path("../..")) is None


# cost


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What git was started for."""
    found: list[str] = []
    start = running.start_git

    def counted(place: Path, command: tuple[str, ...], *rest: object) -> object:
        found.append(command[0])
        return start(place, command, *rest)  # type: ignore[arg-type]

    for module in (running, objects):
        monkeypatch.setattr(module, "start_git", counted)
    return found


def test_a_comparison_takes_two_processes_and_one_of_what_is_staged_three(
    made: Made, started: list[str]
) -> None:
    commit = filled(made)
    for name in ("a.yaml", "deep/er/b.yaml"):
        made.stage({f"plans/{name}": "changed"})
    with opened(made, "HEAD") as repository:
        for folder in ("plans", "", "away"):
            below = repository.tree(commit, folder)
            files = [entry.hash for entry in below.values() if entry.kind == "file"]
            repository.blobs(files, LIMIT)
            repository.entry(commit, "x")
        assert started == ["rev-parse", "cat-file"]
        found = repository.staged(commit, ["plans"])
        repository.blobs([change.new.hash for change in found if change.new], LIMIT)
    assert started == ["rev-parse", "cat-file", "diff-index"]
