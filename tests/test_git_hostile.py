"""What git is asked for by hooks, and by repositories that nobody should trust."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

import jtai_cli
from jtai_cli.git import GitError, open_repository, running

ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
    "HOME": os.devnull,
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    **{f"GIT_{who}_NAME": "A. Person" for who in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{who}_EMAIL": "a@example.org" for who in ("AUTHOR", "COMMITTER")},
}
LIMIT = 1_000


def git(root: Path, *words: str, typed: str = "", fails: bool = False) -> str:
    """Plain git, as anyone runs it."""
    done = subprocess.run(
        ["git", "-C", root, *words],
        input=typed,
        env=ENVIRONMENT,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert fails or done.returncode == 0, done.stderr
    return done.stdout.strip()


def make(root: Path, files: Mapping[str, str]) -> Path:
    root.mkdir(parents=True)
    git(root, "init", "-q", "-b", "main")
    stage(root, files)
    git(root, "commit", "-q", "-m", "x")
    return root


def stage(root: Path, files: Mapping[str, str]) -> None:
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content, encoding="utf-8")
        git(root, "add", name)


def everything(start: Path, variables: Mapping[str, str] = ENVIRONMENT) -> dict[str, object]:
    """All that can be asked of a repository."""
    with open_repository(start, "HEAD", environment=variables) as repository:
        commit = repository.commit
        assert commit is not None
        below = repository.tree(commit)
        return {
            "root": repository.root,
            "git_dir": repository.git_dir,
            "commit": commit,
            "head": open_repository(start, environment=variables).commit,
            "tree": below,
            "entry": repository.entry(commit, "plans/a.yaml"),
            "blobs": repository.blobs((entry.hash for entry in below.values()), LIMIT),
            "staged": repository.staged(commit),
            "new": repository.staged(None, ["plans"]),
            "index": repository.indexed(["plans", "x"]),
        }


# hooks

SCRIPT = """
import json, os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from jtai_cli.git import open_repository
with open_repository(Path(sys.argv[2]), environment=os.environ) as repository:
    changes = repository.staged(repository.commit)
    contents = repository.blobs((change.new.hash for change in changes if change.new), 100)
print(json.dumps({
    "root": str(repository.root),
    "commit": repository.commit,
    "staged": {c.path: contents[c.new.hash].decode() if c.new else None for c in changes},
}))
"""


def hook(root: Path, start: str = ".") -> Path:
    """Make a repository's pre-commit hook write down what is staged where it starts; the file."""
    (root / ".git" / "judge.py").write_text(SCRIPT, encoding="utf-8")
    result = root / ".git" / "result.json"
    package = Path(jtai_cli.__file__).parent.parent
    path = root / ".git" / "hooks" / "pre-commit"
    path.parent.mkdir(exist_ok=True)
    path.write_text(
        f"#!/bin/sh\nexec '{sys.executable}' '{root}/.git/judge.py' '{package}' '{start}' "
        f">'{result}'\n",
        encoding="utf-8",
    )
    path.chmod(0o755)
    return result


def judged(result: Path) -> dict[str, str | None]:
    found: dict[str, str | None] = json.loads(result.read_text(encoding="utf-8"))["staged"]
    return found


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files = {"plans/a.yaml": "old a", "plans/b.yaml": "old b", "x": "old x"}
    return make(tmp_path / "repository", files)


def test_a_hook_judges_what_is_committed(root: Path) -> None:
    result = hook(root)
    stage(root, {"plans/a.yaml": "staged"})
    (root / "plans" / "a.yaml").write_text("not staged", encoding="utf-8")
    git(root, "commit", "-m", "x")
    assert judged(result) == {"plans/a.yaml": "staged"}


def test_a_hook_judges_a_partial_commit_and_nothing_else_that_is_staged(root: Path) -> None:
    result = hook(root)
    stage(root, {"plans/b.yaml": "new b"})
    (root / "plans" / "a.yaml").write_text("new a", encoding="utf-8")
    git(root / "plans", "commit", "-m", "x", "--", "a.yaml")
    assert judged(result) == {"plans/a.yaml": "new a"}
    git(root, "commit", "-m", "x")
    assert judged(result) == {"plans/b.yaml": "new b"}


def test_a_hook_judges_a_commit_of_all(root: Path) -> None:
    result = hook(root)
    (root / "plans" / "a.yaml").write_text("new a", encoding="utf-8")
    (root / "x").unlink()
    git(root / "plans", "commit", "-a", "-m", "x")
    assert judged(result) == {"plans/a.yaml": "new a", "x": None}


def test_a_hook_judges_the_first_commit(tmp_path: Path) -> None:
    root = tmp_path / "repository"
    root.mkdir()
    git(root, "init", "-q")
    result = hook(root)
    stage(root, {"a": "1", "b": "2"})
    git(root, "commit", "-m", "x", "--", "a")
    assert judged(result) == {"a": "1"}


def test_a_hook_of_a_linked_worktree_judges_that(root: Path, tmp_path: Path) -> None:
    result = hook(root)
    linked = tmp_path / "linked"
    git(root, "worktree", "add", "-q", str(linked))
    stage(root, {"x": "staged in the first"})
    stage(linked, {"plans/b.yaml": "new b"})
    (linked / "x").write_text("new x", encoding="utf-8")
    git(linked, "commit", "-m", "x", "--", "x")
    assert judged(result) == {"x": "new x"}
    git(linked, "commit", "-m", "x")
    assert judged(result) == {"plans/b.yaml": "new b"}
    assert json.loads(result.read_text(encoding="utf-8"))["root"] == str(linked)


@pytest.mark.parametrize("partial", [False, True])
def test_a_hook_that_goes_to_another_repository_judges_that(
    partial: bool, root: Path, tmp_path: Path
) -> None:
    other = make(tmp_path / "other", {"y": "old y"})
    stage(other, {"y": "new y"})
    result = hook(root, start=str(other))
    stage(root, {"x": "new x"})
    git(root, "commit", "-m", "x", *(["--", "x"] if partial else []))
    assert judged(result) == {"y": "new y"}


@pytest.mark.parametrize("partial", [False, True])
def test_a_hook_of_a_linked_worktree_may_judge_the_first(
    partial: bool, root: Path, tmp_path: Path
) -> None:
    linked = tmp_path / "linked"
    git(root, "worktree", "add", "-q", str(linked))
    result = hook(root, start=str(root))
    stage(root, {"x": "staged in the first"})
    stage(linked, {"x": "staged in the second"})
    git(linked, "commit", "-m", "x", *(["--", "x"] if partial else []))
    assert judged(result) == {"x": "staged in the first"}


def test_a_relative_index_is_one_of_the_top_of_the_work_tree(root: Path) -> None:
    whole = everything(root)
    stage(root, {"x": "new x"})
    changed = everything(root)
    (root / ".git" / "index").rename(root / ".git" / "next-index-1.lock")
    git(root, "read-tree", "HEAD")
    named = ENVIRONMENT | {"GIT_INDEX_FILE": ".git/next-index-1.lock"}
    assert everything(root / "plans")["staged"] == whole["staged"] == []
    assert everything(root / "plans", named)["staged"] == changed["staged"] != []


OTHER = "/other"
HOOK_VARIABLES: list[dict[str, str]] = [
    {"GIT_DIR": f"{OTHER}/.git"},
    {"GIT_DIR": ".git"},
    {"GIT_DIR": f"{OTHER}/.git", "GIT_WORK_TREE": OTHER, "GIT_PREFIX": "plans/"},
    {"GIT_DIR": f"{OTHER}/.git", "GIT_INDEX_FILE": f"{OTHER}/.git/index"},
    {"GIT_INDEX_FILE": f"{OTHER}/.git/index"},
    {"GIT_INDEX_FILE": ".git/next-index-1.lock"},
    {"GIT_INDEX_FILE": ".git/objects/../index"},
    {"GIT_INDEX_FILE": "x"},
    {"GIT_INDEX_FILE": ""},
    {"GIT_COMMON_DIR": f"{OTHER}/.git"},
    {"GIT_OBJECT_DIRECTORY": f"{OTHER}/.git/objects", "GIT_QUARANTINE_PATH": OTHER},
    {"GIT_ALTERNATE_OBJECT_DIRECTORIES": f"{OTHER}/.git/objects"},
    {"GIT_NAMESPACE": "x", "GIT_REPLACE_REF_BASE": "refs/heads/", "GIT_DEFAULT_HASH": "sha256"},
    {"GIT_SHALLOW_FILE": f"{OTHER}/x", "GIT_GRAFT_FILE": f"{OTHER}/x"},
    {"GIT_ICASE_PATHSPECS": "1"},
    {"GIT_GLOB_PATHSPECS": "1"},
    {"GIT_NOGLOB_PATHSPECS": "1"},
    {"GIT_TRACE": "1", "GIT_TRACE2": "2", "GIT_TRACE_SETUP": "1", "GIT_CURL_VERBOSE": "1"},
    {"GIT_EXEC_PATH": OTHER, "GIT_CONFIG": f"{OTHER}/x", "GIT_ATTR_SOURCE": "gone"},
    {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.bare", "GIT_CONFIG_VALUE_0": "false"},
    {"GIT_CONFIG_PARAMETERS": "'core.warnAmbiguousRefs'='false'"},
    {"LC_ALL": "de_DE.UTF-8", "LANGUAGE": "de", "LANG": "de_DE.UTF-8"},
]


@pytest.mark.parametrize("variables", HOOK_VARIABLES, ids=" ".join)
def test_what_a_hook_is_told_of_another_repository_is_left_out(
    variables: dict[str, str], root: Path, tmp_path: Path
) -> None:
    make(tmp_path / "other", {"x": "another", "plans/a.yaml": "another"})
    stage(root, {"plans/a.yaml": "new a", "PLANS": "1"})
    told = {
        name: value.replace(OTHER, str(tmp_path / "other")) for name, value in variables.items()
    }
    assert everything(root, ENVIRONMENT | told) == everything(root)


def test_what_a_trace_would_write_is_not_written(root: Path, tmp_path: Path) -> None:
    traced = {"GIT_TRACE": "trace", "GIT_TRACE2_EVENT": "trace2", "GIT_TRACE_PACKET": "packet"}
    variables = {name: str(tmp_path / value) for name, value in traced.items()}
    everything(root, ENVIRONMENT | variables)
    assert [path.name for path in tmp_path.iterdir()] == ["repository"]


# programs that a repository's configuration names

PLAIN = {
    "fsmonitor": ["status"],
    "hook": ["update-ref", "refs/heads/new", "HEAD"],
    "external": ["diff"],
    "driver": ["diff", "--", "plans"],
    "textconv": ["diff", "--no-ext-diff"],
    "filter": ["status"],
    "gpg": ["log"],
    "pager": ["log"],
}


def sentinel(folder: Path, name: str) -> str:
    """A program that leaves a file when it is run."""
    folder.mkdir(exist_ok=True)
    program = folder / name
    program.write_text(f"#!/bin/sh\ntouch '{folder}/ran-{name}'\nexit 1\n", encoding="utf-8")
    program.chmod(0o755)
    return str(program)


def ran(folder: Path) -> set[str]:
    """What has been run since this was asked last."""
    found = set(folder.glob("ran-*"))
    for path in found:
        path.unlink()
    return {path.name.removeprefix("ran-") for path in found}


def sign(root: Path) -> None:
    """Give the commit a signature that has to be looked at by a program."""
    head, _, rest = git(root, "cat-file", "commit", "HEAD").partition("\n\n")
    signature = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----"
    signed = f"{head}\n{signature}\n\n{rest}\n"
    commit = git(root, "hash-object", "-t", "commit", "-w", "--stdin", typed=signed)
    git(root, "update-ref", "HEAD", commit)


@pytest.fixture
def hostile(tmp_path: Path) -> tuple[Path, Path]:
    """A repository that has a program for all occasions, and the folder of these programs."""
    root = make(tmp_path / "hostile", {"plans/a.yaml": "old", "a.txt": "old", "x": "old"})
    stage(root, {".gitattributes": "*.yaml diff=evil filter=evil\n", "x": "staged"})
    git(root, "commit", "-q", "-m", "x")
    stage(root, {"x": "staged again"})
    sign(root)
    programs = tmp_path / "programs"
    for name in ("reference-transaction", "post-index-change", "pre-commit"):
        Path(sentinel(programs, "hook")).rename(programs / name)
    pager = sentinel(programs, "pager")
    configuration = {
        "core.fsmonitor": sentinel(programs, "fsmonitor"),
        "core.hooksPath": str(programs),
        "diff.external": sentinel(programs, "external"),
        "diff.evil.command": sentinel(programs, "driver"),
        "diff.evil.textconv": sentinel(programs, "textconv"),
        "filter.evil.clean": sentinel(programs, "filter"),
        "filter.evil.smudge": sentinel(programs, "filter"),
        "gpg.program": sentinel(programs, "gpg"),
        "log.showSignature": "true",
        "core.pager": pager,
        **{f"pager.{name}": pager for name in ("rev-parse", "cat-file", "diff-index", "log")},
        "core.editor": sentinel(programs, "editor"),
        "core.askPass": sentinel(programs, "askpass"),
        "core.sshCommand": sentinel(programs, "ssh"),
        "credential.helper": f"!{sentinel(programs, 'credential')}",
        "alias.rev-parse": f"!{sentinel(programs, 'alias')}",
        "diff.ignoreSubmodules": "all",
    }
    for name, value in configuration.items():
        git(root, "config", name, value)
    for name in ("a.txt", "plans/a.yaml"):
        # as long as it was, so that git must look into it
        (root / name).write_text("new", encoding="utf-8")
    ran(programs)
    return root, programs


def on_terminal(root: Path, words: list[str]) -> None:
    """Plain git, writing to a terminal."""
    ours, its = os.openpty()
    try:
        with subprocess.Popen(["git", "-C", root, *words], env=ENVIRONMENT, stdout=its, stderr=its):
            pass
    finally:
        os.close(ours)
        os.close(its)


@pytest.mark.parametrize("name", PLAIN)
def test_plain_git_runs_what_the_configuration_names(name: str, hostile: tuple[Path, Path]) -> None:
    root, programs = hostile
    if name == "pager":
        on_terminal(root, PLAIN[name])
    else:
        git(root, *PLAIN[name], fails=True)
    assert name in ran(programs)


def test_reading_runs_nothing_that_the_configuration_names(hostile: tuple[Path, Path]) -> None:
    root, programs = hostile
    found = everything(root)
    assert [change.path for change in found["staged"]] == ["x"]  # type: ignore[attr-defined]
    for start in (root / "plans", root / ".git"):
        try:
            everything(start)
        except GitError:
            continue
    assert ran(programs) == set()


def test_reading_runs_nothing_that_the_environment_names(
    hostile: tuple[Path, Path], root: Path
) -> None:
    _, programs = hostile
    names = [
        *("GIT_EXTERNAL_DIFF", "GIT_PAGER", "PAGER", "GIT_EDITOR", "GIT_SEQUENCE_EDITOR"),
        *("GIT_SSH", "GIT_SSH_COMMAND", "GIT_ASKPASS", "SSH_ASKPASS", "GIT_PROXY_COMMAND"),
    ]
    variables = {name: sentinel(programs, "environment") for name in names}
    monitor = sentinel(programs, "monitor")
    variables |= {
        "GIT_CONFIG_PARAMETERS": f"'core.fsmonitor'='{monitor}'",
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "core.fsmonitor",
        "GIT_CONFIG_VALUE_0": monitor,
    }
    everything(root, ENVIRONMENT | variables)
    assert ran(programs) == set()


def test_git_is_run_without_questions_locks_pagers_hooks_and_translation(
    root: Path, tmp_path: Path
) -> None:
    (tmp_path / "bin").mkdir()
    fake = tmp_path / "bin" / "git"
    fake.write_text(
        f"#!/bin/sh\n(echo \"$@\"; env | grep -E '^(GIT_|LC_ALL)' | sort) >>'{tmp_path}/run'\n"
        f'PATH="{os.environ["PATH"]}" exec git "$@"\n',
        encoding="utf-8",
    )
    fake.chmod(0o755)
    noise = dict.fromkeys(("GIT_TERMINAL_PROMPT", "GIT_OPTIONAL_LOCKS", "GIT_FLUSH", "LC_ALL"), "1")
    paths = {"PATH": f"{fake.parent}{os.pathsep}{os.environ['PATH']}"}
    everything(root, ENVIRONMENT | noise | paths)
    commands = (tmp_path / "run").read_text(encoding="utf-8").split("--no-pager ")[1:]
    assert len(commands) == 6
    for command in commands:
        words, *variables = command.splitlines()
        assert words.startswith(
            "--literal-pathspecs -c core.fsmonitor= -c core.hooksPath=/dev/null"
        )
        assert variables == [
            "GIT_ALLOW_PROTOCOL=",
            f"GIT_CONFIG_GLOBAL={os.devnull}",
            "GIT_CONFIG_NOSYSTEM=1",
            "GIT_GRAFT_FILE=/dev/null/none",
            "GIT_NO_LAZY_FETCH=1",
            "GIT_NO_REPLACE_OBJECTS=1",
            "GIT_OPTIONAL_LOCKS=0",
            "GIT_TERMINAL_PROMPT=0",
            "LC_ALL=C",
        ]


# partial clones

REMOTES = {
    "uploadpack": {},
    "ext": {"remote.origin.url": "ext::PROGRAM %S"},
    "ssh": {"remote.origin.url": "ssh://example.org/x", "core.sshCommand": "PROGRAM"},
}


def partial(source: Path, clone: Path, remote: str, kept: str) -> None:
    """A clone that lacks objects, with a program that would fetch them."""
    git(source, "config", "uploadpack.allowFilter", "true")
    git(source, "clone", "-q", "--no-checkout", f"--filter={kept}", f"file://{source}", str(clone))
    program = sentinel(clone.parent / "programs", remote)
    settings = {
        "remote.origin.uploadpack": program,
        "protocol.allow": "always",
        **{f"protocol.{name}.allow": "always" for name in ("file", "ext", "ssh")},
        **REMOTES[remote],
    }
    for name, value in settings.items():
        git(clone, "config", name, value.replace("PROGRAM", program))


@pytest.fixture(params=["newer", "older"])
def age(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """An older git is one that does not know how to be told never to fetch."""
    if request.param == "older":
        monkeypatch.delitem(running.SET, "GIT_NO_LAZY_FETCH")


@pytest.mark.usefixtures("age")
@pytest.mark.parametrize("remote", REMOTES)
@pytest.mark.parametrize("kept", ["blob:none", "tree:0"])
def test_what_a_partial_clone_lacks_is_not_fetched(
    kept: str, remote: str, root: Path, tmp_path: Path
) -> None:
    clone, programs = tmp_path / "clone", tmp_path / "programs"
    blob, tree = git(root, "rev-parse", "HEAD:x"), git(root, "rev-parse", "HEAD^{tree}")
    missing = blob if kept == "blob:none" else tree
    partial(root, clone, remote, kept)
    git(clone, "cat-file", "-p", missing, fails=True)
    assert ran(programs) == {remote}

    with open_repository(clone, environment=ENVIRONMENT) as repository:
        commit = repository.commit
        assert commit is not None
        with pytest.raises(GitError, match=f"can't read the object {blob}.* partial clone"):
            repository.blobs([blob], LIMIT)
        if kept == "blob:none":
            assert len(repository.tree(commit)) == 3
            assert len(repository.staged(commit)) == 3
        else:
            with pytest.raises(GitError, match="partial clone"):
                repository.tree(commit)
            with pytest.raises(GitError, match="can't compare"):
                repository.staged(commit)
    with pytest.raises(GitError, match="finds no commit"):
        open_repository(clone, blob, environment=ENVIRONMENT)
    with pytest.raises(GitError, match="finds no commit"):
        open_repository(clone, "1" * 40, environment=ENVIRONMENT)
    assert ran(programs) == set()


# writing


def snapshot(root: Path) -> dict[str, tuple[int, bytes | None]]:
    return {
        str(path): (path.lstat().st_mtime_ns, path.read_bytes() if path.is_file() else None)
        for path in [root, *root.rglob("*")]
    }


def test_reading_never_writes(root: Path) -> None:
    stage(root, {"x": "new x", "new": "1"})
    git(root, "add", "-N", ".")
    # the index has other times than the files, which plain git sets right when it looks
    later = time.time() + 10
    for path in (root / "plans").iterdir():
        os.utime(path, (later, later))
    before = snapshot(root)
    everything(root)
    with open_repository(root, environment=ENVIRONMENT) as repository:
        repository.path_of(root / "x")
        repository.blob_hash(b"1")
    assert snapshot(root) == before
    git(root, "status")
    assert snapshot(root) != before


def test_reading_goes_on_while_git_holds_its_lock(root: Path) -> None:
    stage(root, {"x": "new x"})
    before = everything(root)
    (root / ".git" / "index.lock").write_bytes(b"")
    assert everything(root) == before
