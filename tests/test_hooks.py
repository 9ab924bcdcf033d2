"""Where jtai runs: real pre-commit in real repositories, and the commands of each CI workflow.

The hooks come from a clone of this repository, as `.pre-commit-hooks.yaml` offers them, and from
what `jtai init` writes. Environments are built once, which needs a package index.
"""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any, NamedTuple

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
HIDDEN = re.compile("GIT_|PRE_COMMIT|JTAI_|VIRTUAL_ENV|PYTHON|SKIP$|COLUMNS$|GITHUB_|CI_|COV_")
IDENTITY = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    **{f"GIT_{who}_NAME": "A. Person" for who in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{who}_EMAIL": "a@example.org" for who in ("AUTHOR", "COMMITTER")},
}
PLAN = """\
jtai: 1
id: our-plan
title: Our plan
rag: brag
partners: {TVP: Thames Valley Police, BFFC: Brighter Futures}
objectives:
  - ref: "1"
    title: Listen
    lead: TVP
    actions:
      - ref: "1.1"
        text: Ask children
        owners: [TVP]
        due: 2025-09-30
        progress: amber
        updates:
          - {on: 2025-06-01, text: Begun.}
      - ref: "1.2"
        text: Act on what they say
        owners: [BFFC]
        due: 2025-12-31
        progress: green
"""
SECOND = PLAN[PLAN.index('      - ref: "1.2"') :]
OTHER = PLAN.replace("our-plan", "other-plan").replace("Our plan", "Other plan")

UPDATE = ("text: Begun.}\n", "text: Begun.}\n          - {on: 2025-08-01, text: Staff fell ill.}\n")
MOVED = ("due: 2025-09-30", "due: 2025-10-31")
IMPROVED = ("progress: amber", "progress: green")
RED = ("progress: amber", "progress: red")
MISTAKEN = ("due: 2025-12-31", "due: 2025-11-31")
REFUSED_MOVE = "plans/our-plan.yaml:14:14: error: 1.1 was due 2025-09-30 and is now due 2025-10-31"

Edit = tuple[str, str]


def edited(text: str, *edits: Edit) -> str:
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


class Repository:
    """A work tree, and git as a person calls it there."""

    def __init__(self, root: Path, environment: Mapping[str, str]) -> None:
        self.root = root
        self.environment = dict(environment)

    def run(self, *command: str | Path, below: str = ".") -> CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=self.root / below,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )

    def git(self, *words: str | Path, below: str = ".") -> str:
        done = self.run("git", *words, below=below)
        assert done.returncode == 0, done.stdout
        return done.stdout.strip()

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def read(self, name: str) -> str:
        return (self.root / name).read_text(encoding="utf-8")

    def edit(self, *edits: Edit, name: str = "plans/our-plan.yaml") -> None:
        self.write(name, edited(self.read(name), *edits))

    def head(self) -> str:
        return self.run("git", "rev-parse", "--quiet", "--verify", "HEAD").stdout.strip()

    def passes(self, *words: str, below: str = ".") -> str:
        """Commit, which must succeed; what is said."""
        before = self.head()
        done = self.run("git", "commit", "-m", "x", *words, below=below)
        assert done.returncode == 0, done.stdout
        assert self.head() != before
        return done.stdout

    def is_refused(self, *words: str, below: str = ".") -> str:
        """Commit, which must fail and change nothing; what is said."""
        before, index = self.head(), self.git("ls-files", "--stage")
        done = self.run("git", "commit", "-m", "x", *words, below=below)
        assert done.returncode == 1, done.stdout
        assert (self.head(), self.git("ls-files", "--stage")) == (before, index)
        assert "Traceback" not in done.stdout
        assert "fault of its own" not in done.stdout
        return done.stdout


# what all tests share


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A person's environment on 1 September 2025, with a pre-commit of the tests' own."""
    kept = {name: value for name, value in os.environ.items() if not HIDDEN.match(name)}
    home = str(tmp_path_factory.mktemp("pre-commit"))
    return (
        kept | IDENTITY | {"PRE_COMMIT_HOME": home, "JTAI_AS_OF": "2025-09-01", "LC_ALL": "C.UTF-8"}
    )


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> Repository:
    """A clone of this repository, with what is not committed yet."""
    clone = Repository(tmp_path_factory.mktemp("source"), environment)
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, check=True).stdout
    for name in filter(None, os.fsdecode(names).split("\0")):
        if (ROOT / name).is_file():
            (clone.root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, clone.root / name)
    clone.git("init", "-q", "-b", "main")
    clone.git("add", "--all")
    clone.git("commit", "-q", "-m", "x")
    return clone


@pytest.fixture(scope="module")
def adopted(
    tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str], source: Repository
) -> Path:
    """A repository of two plans, committed before the hooks of this one were put into it."""
    root = tmp_path_factory.mktemp("adopted")
    ours = Repository(root, environment)
    hooks = "".join(
        f"      - id: {name}\n" for name in ("jtai-validate", "jtai-edits", "jtai-check")
    )
    ours.write(
        ".pre-commit-config.yaml",
        f"repos:\n  - repo: {source.root}\n    rev: {source.head()}\n    hooks:\n{hooks}",
    )
    ours.git("init", "-q", "-b", "main")
    ours.write("plans/our-plan.yaml", PLAN)
    ours.write("plans/other-plan.yaml", OTHER)
    ours.write("README.txt", "Our plans.\n")
    ours.git("add", "--all")
    ours.git("commit", "-q", "-m", "x")
    done = ours.run(BIN / "pre-commit", "install", "--install-hooks")
    assert done.returncode == 0, done.stdout
    return root


@pytest.fixture
def ours(tmp_path: Path, adopted: Path, environment: dict[str, str]) -> Repository:
    """A repository of two plans with the hooks in it, for one test."""
    shutil.copytree(adopted, tmp_path / "ours", symlinks=True)
    return Repository(tmp_path / "ours", environment)


# edits


def test_a_date_that_moves_needs_an_update(ours: Repository) -> None:
    ours.edit(MOVED)
    ours.git("add", "--all")
    said = ours.is_refused()
    assert f"{REFUSED_MOVE}, 31 days later, without a reason [due-moved-later]" in said
    assert "Edits of plans say why" in said
    assert "add an entry to its 'updates'" in said

    ours.edit(UPDATE)
    ours.git("add", "--all")
    said = ours.passes()
    assert re.search(r"^Plans are sound\.+Passed$", said, re.MULTILINE)
    assert re.search(r"^Edits of plans say why\.+Passed$", said, re.MULTILINE)
    assert re.search(r"^Plans keep to the policy\.+Passed$", said, re.MULTILINE)


def test_all_that_changed_is_committed_and_judged(ours: Repository) -> None:
    ours.edit(MOVED)
    assert REFUSED_MOVE in ours.is_refused("-a")
    ours.edit(UPDATE)
    ours.passes("-a")
    assert ours.git("status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (
            IMPROVED,
            ":15:19: error: 1.1 was rated 'amber' and is now rated 'green', without an update",
        ),
        (("        due: 2025-09-30\n", ""), "1.1 was due 2025-09-30 and has no due date now"),
        ((UPDATE[0], "text: Done.}\n"), "[update-rewritten]"),
        ((SECOND, ""), "1.2 (Act on what they say) was under objective 1 and is gone"),
        (MISTAKEN, "plans/our-plan.yaml:21:14: error: 2025-11-31 is not a real date"),
        (("id: our-plan", "id: our-new-plan"), "[plan-removed]"),
        (("title: Our plan", "title: [Our plan"), "[yaml-syntax]"),
    ],
)
def test_an_edit_that_hides_something_is_refused(edit: Edit, said: str, ours: Repository) -> None:
    ours.edit(edit)
    assert said in ours.is_refused("-a")


def test_a_plan_that_is_deleted_is_refused(ours: Repository) -> None:
    ours.git("rm", "-q", "plans/other-plan.yaml")
    said = ours.is_refused()
    assert "plans/other-plan.yaml:1:1: error: the plan 'other-plan'" in said
    assert "[plan-removed]" in said


@pytest.mark.parametrize("policy", [None, "fail_on: [overdue-red]\n"])
def test_the_last_plan_that_is_deleted_is_refused(policy: str | None, ours: Repository) -> None:
    if policy:
        ours.write("jtai.yaml", policy)
        ours.git("add", "jtai.yaml")
        ours.passes()
    ours.git("rm", "-q", "-r", "plans")
    said = ours.is_refused()
    assert said.count("[plan-removed]") == 2


def test_a_plan_that_is_moved_is_the_same_plan(ours: Repository) -> None:
    (ours.root / "plans/2025").mkdir()
    ours.git("mv", "plans/our-plan.yaml", "plans/2025/a plan.yml")
    ours.passes()
    ours.edit(MOVED, name="plans/2025/a plan.yml")
    assert "plans/2025/a plan.yml:14:14: error: 1.1 was due" in ours.is_refused("-a")


def test_two_plans_with_one_id_are_refused(ours: Repository) -> None:
    ours.write("plans/third.yaml", PLAN.replace("our-plan", "other-plan"))
    ours.git("add", "--all")
    said = ours.is_refused()
    assert "[duplicate-plan-id]" in said
    assert "plans/third.yaml:2:5: error" in said


def test_a_bad_policy_is_refused(ours: Repository) -> None:
    ours.write("jtai.yaml", "fail_on: [overdue-reed]\n")
    ours.git("add", "--all")
    said = ours.is_refused()
    assert "jtai.yaml:1:11: error" in said
    assert "did you mean 'overdue-red'?" in said

    ours.write("jtai.yaml", "fail_on: [overdue-red]\nstale_after: 30\n")
    ours.git("add", "--all")
    ours.passes()


def test_a_policy_and_a_plan_are_judged_together(ours: Repository) -> None:
    ours.write("jtai.yaml", "fail_on: [overdue-reed]\n")
    ours.edit(MISTAKEN)
    ours.git("add", "--all")
    said = ours.is_refused()
    assert "jtai.yaml:1:11: error" in said
    assert "plans/our-plan.yaml:21:14: error" in said


def test_a_link_is_no_plan(ours: Repository) -> None:
    (ours.root / "plans/link.yaml").symlink_to("our-plan.yaml")
    ours.git("add", "--all")
    assert "plans/link.yaml:1:1: error: git keeps a link under this name" in ours.is_refused()


def test_a_commit_without_a_plan_passes(ours: Repository) -> None:
    ours.write("README.txt", "Our plans, and more.\n")
    said = ours.passes("-a")
    assert re.search(r"^Plans are sound\.+\(no files to check\)Skipped$", said, re.MULTILINE)
    assert re.search(r"^Edits of plans say why\.+Passed$", said, re.MULTILINE)


def test_all_files_can_be_judged_without_a_commit(ours: Repository) -> None:
    done = ours.run(BIN / "pre-commit", "run", "--all-files")
    assert done.returncode == 0, done.stdout

    ours.edit(MISTAKEN)
    assert "[impossible-date]" in ours.run(BIN / "pre-commit", "run", "--all-files").stdout


# what is staged, and what is not


def test_what_is_staged_is_judged_when_the_rest_is_bad(ours: Repository) -> None:
    ours.edit(MOVED, UPDATE)
    ours.git("add", "--all")
    ours.edit(IMPROVED, ("2025-06-01", "2025-06-02"), MISTAKEN)
    on_disk = ours.read("plans/our-plan.yaml")

    ours.passes()

    assert ours.read("plans/our-plan.yaml") == on_disk
    assert ours.git("show", "HEAD:plans/our-plan.yaml") == edited(PLAN, MOVED, UPDATE).strip()


def test_what_is_staged_is_judged_when_the_rest_is_good(ours: Repository) -> None:
    ours.edit(MOVED)
    ours.git("add", "--all")
    ours.edit(UPDATE)

    assert REFUSED_MOVE in ours.is_refused()

    assert ours.read("plans/our-plan.yaml") == edited(PLAN, MOVED, UPDATE)


def test_one_file_is_committed_by_name(ours: Repository) -> None:
    ours.edit(MOVED, name="plans/other-plan.yaml")
    ours.git("add", "--all")
    ours.edit(MOVED, UPDATE)

    ours.passes("--", "plans/our-plan.yaml")

    assert ours.git("status", "--porcelain") == "M  plans/other-plan.yaml"
    said = ours.is_refused("--", "plans/other-plan.yaml")
    assert said.count("[due-moved-later]") == 1


def test_a_new_plan_that_is_not_staged_yet_is_left_alone(ours: Repository) -> None:
    ours.write("plans/draft.yaml", "title: [\n")
    ours.edit(MOVED, UPDATE)
    ours.git("add", "plans/our-plan.yaml")
    ours.git("add", "--intent-to-add", "plans/draft.yaml")
    # the gate judges every plan in the folder
    ours.environment["SKIP"] = "jtai-check"

    ours.passes()

    assert ours.read("plans/draft.yaml") == "title: [\n"


# places and kinds of commits


def test_the_first_commit_of_a_repository(ours: Repository, tmp_path: Path) -> None:
    first = Repository(tmp_path / "first", ours.environment)
    shutil.copytree(ours.root, first.root, ignore=shutil.ignore_patterns(".git"))
    first.git("init", "-q", "-b", "main")
    first.git("add", "--all")
    shutil.copy(ours.root / ".git/hooks/pre-commit", first.root / ".git/hooks/pre-commit")
    first.edit(MISTAKEN)
    first.git("add", "--all")
    assert "[impossible-date]" in first.is_refused()

    first.edit(MISTAKEN[::-1])
    first.git("add", "--all")
    first.passes()


def test_a_merge_is_judged_when_it_is_committed(ours: Repository) -> None:
    ours.git("switch", "-q", "-c", "theirs")
    ours.edit(("title: Our plan", "title: Their plan"), MOVED, UPDATE)
    ours.passes("-a")
    ours.git("switch", "-q", "main")
    ours.edit(("title: Our plan", "title: The plan"))
    ours.passes("-a")
    assert ours.run("git", "merge", "theirs").returncode == 1
    assert "[merge-conflict]" in ours.is_refused("-a")

    ours.write("plans/our-plan.yaml", edited(PLAN, MOVED))
    ours.git("add", "--all")
    assert REFUSED_MOVE in ours.is_refused()

    ours.write("plans/our-plan.yaml", edited(PLAN, MOVED, UPDATE))
    ours.git("add", "--all")
    ours.passes()
    assert len(ours.git("rev-parse", "HEAD^@").splitlines()) == 2


def test_a_merge_without_a_conflict_passes(ours: Repository) -> None:
    ours.git("switch", "-q", "-c", "theirs")
    ours.edit(MOVED, UPDATE)
    ours.passes("-a")
    ours.git("switch", "-q", "main")
    ours.edit(MOVED, UPDATE, name="plans/other-plan.yaml")
    ours.passes("-a")
    ours.run(BIN / "pre-commit", "install", "--hook-type", "pre-merge-commit")

    said = ours.git("merge", "--no-edit", "theirs")

    assert re.search(r"^Edits of plans say why\.+Passed$", said, re.MULTILINE)


def test_an_amended_commit_is_judged_as_what_is_added_to_it(ours: Repository) -> None:
    ours.edit(MOVED, UPDATE)
    ours.passes("-a")
    ours.edit(("progress: amber", "progress: blue"))
    assert "[rating-improved-without-update]" in ours.is_refused("-a", "--amend")


def test_a_linked_worktree(ours: Repository) -> None:
    ours.git("worktree", "add", "-q", "../linked", "-b", "linked")
    linked = Repository(ours.root.parent / "linked", ours.environment)
    linked.edit(MOVED)
    assert REFUSED_MOVE in linked.is_refused("-a")
    assert REFUSED_MOVE in linked.is_refused("--", "plans/our-plan.yaml")

    linked.edit(UPDATE)
    linked.git("add", "--all")
    linked.edit(MISTAKEN)
    linked.passes()
    assert ours.git("status", "--porcelain") == ""


def test_a_commit_from_a_folder_below(ours: Repository) -> None:
    ours.edit(MOVED)
    assert REFUSED_MOVE in ours.is_refused("-a", below="plans")
    ours.edit(UPDATE)
    ours.passes("our-plan.yaml", below="plans")


def test_a_detached_head(ours: Repository) -> None:
    ours.git("switch", "-q", "--detach")
    ours.edit(MOVED)
    assert REFUSED_MOVE in ours.is_refused("-a")
    ours.edit(UPDATE)
    ours.passes("-a")


# the gate


def test_a_commit_is_refused_while_a_red_action_is_overdue(ours: Repository) -> None:
    ours.edit(RED, UPDATE)
    ours.passes("-a")
    ours.environment["JTAI_AS_OF"] = "2025-10-01"
    ours.edit(("title: Our plan", "title: Our one plan"))
    said = ours.is_refused("-a")
    assert re.search(r"^Plans are sound\.+Passed$", said, re.MULTILINE)
    assert re.search(r"^Plans keep to the policy\.+Failed$", said, re.MULTILINE)
    assert "[overdue-red]" in said
    assert "plans/our-plan.yaml:14:14: error: 1.1" in said

    ours.git("checkout", "-q", "--", "plans")
    ours.write("README.txt", "Late.\n")
    said = ours.passes("-a")
    assert re.search(
        r"^Plans keep to the policy\.+\(no files to check\)Skipped$", said, re.MULTILINE
    )


def test_readers_of_the_manifest_take_it() -> None:
    done = subprocess.run(
        [BIN / "pre-commit", "validate-manifest", ROOT / ".pre-commit-hooks.yaml"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("plans/a.yaml", True),
        ("plans/2025/a b.yml", True),
        ("plans/A.YAML", True),
        ("council/plans/a.yaml", False),
        ("jtai.yaml", True),
        ("council/jtai.yaml", True),
        ("plans/.hidden.yaml", False),
        ("plans/a.json", False),
        ("plans/a.yaml.orig", False),
        ("floorplans/a.yaml", False),
        ("myjtai.yaml", False),
        (".gitlab-ci.yml", False),
    ],
)
def test_the_hooks_know_plans_by_their_names(name: str, *, is_one: bool) -> None:
    hooks = {hook["id"]: hook for hook in parsed(ROOT / ".pre-commit-hooks.yaml")}
    for hook in ("jtai-validate", "jtai-check"):
        assert (re.search(hooks[hook]["files"], name) is not None) == is_one


def parsed(path: Path) -> Any:
    return YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))


# jtai init

DUE_LATER = ("\n        due: 2025-12-31", "\n        due: 2026-01-31")
RATED_RED = ("\n        progress: green", "\n        progress: red")
REASON = ("is held.\n", "is held.\n          - {on: 2025-09-02, text: It takes longer.}\n")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory, source: Repository) -> Path:
    """The wheel of this repository."""
    # a space, as in many people's folders
    folder = tmp_path_factory.mktemp("a wheel")
    command = (sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", folder, source.root)
    done = source.run(*command)
    assert done.returncode == 0, done.stdout
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def requirement(wheel: Path) -> str:
    return f"jtai @ {wheel.as_uri()}"


def test_the_wheel_has_what_init_writes(wheel: Path) -> None:
    files = {path.name: path.read_bytes() for path in (ROOT / "jtai_cli/starter").iterdir()}
    assert len(files) == 7
    with zipfile.ZipFile(wheel) as opened:
        packed = {
            Path(name).name: opened.read(name)
            for name in opened.namelist()
            if name.startswith("jtai_cli/starter/")
        }
    assert packed == files


def initialised(
    root: Path, environment: Mapping[str, str], *arguments: str
) -> tuple[Repository, list[str]]:
    """A folder in which `jtai init` was run, and the commands that it says to run next."""
    root.mkdir()
    made = Repository(root, environment)
    done = made.run(sys.executable, "-m", "jtai_cli", "init", *arguments)
    assert done.returncode == 0, done.stdout
    return made, re.findall(r"^ {5}(\S.*)$", done.stdout, re.MULTILINE)


@pytest.mark.parametrize("service", ["github", "gitlab"])
def test_what_init_says_to_do_next_works(
    service: str, tmp_path: Path, environment: dict[str, str], requirement: str
) -> None:
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    made, commands = initialised(
        tmp_path / "our plans",
        environment | {"PATH": path},
        "--ci",
        service,
        "--install",
        requirement,
    )
    programs = [command.split()[0] for command in commands]
    assert programs == ["git", "jtai", "pip", "pre-commit", "git", "git"]

    done = [made.run("bash", "-c", command) for command in commands]
    assert [each.returncode for each in done] == [0] * len(done), done[-1].stdout

    assert made.git("status", "--porcelain") == ""
    said = done[-1].stdout
    assert re.search(r"^Plans are sound, and edits say why\.+Passed$", said, re.MULTILINE)
    # a hook that passes is read all the same: it may warn
    assert "1 plan, no problem found" in said
    made.edit(DUE_LATER)
    assert "[due-moved-later]" in made.is_refused("-a")
    made.edit(REASON)
    made.passes("-a")
    made.write("jtai.yaml", "fail_on: [nothing]\n")
    assert "jtai.yaml:1:11: error" in made.is_refused("-a")


# workflows


class Run(NamedTuple):
    """How a job ended, and what its last command said."""

    code: int
    said: str
    script: str


class Runner:
    """Runs the scripts of jobs by bash, with a Python environment of its own on the PATH."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        path = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
        self.environment = {**environment, "PATH": path, "BASH_ENV": ""}

    def run(self, script: str, where: Path, variables: Mapping[str, str]) -> Run:
        done = subprocess.run(
            ["bash", "-eo", "pipefail", "-c", script],
            cwd=where,
            env={**self.environment, **variables},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        return Run(done.returncode, done.stdout, script)


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> Runner:
    return Runner(tmp_path_factory.mktemp("runner") / "venv", environment)


@pytest.fixture(scope="module", params=["github", "gitlab"])
def hosted(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    environment: dict[str, str],
    requirement: str,
) -> Path:
    """What `jtai init` made, committed."""
    root = tmp_path_factory.mktemp(request.param) / "our plans"
    made, _ = initialised(root, environment, "--ci", request.param, "--install", requirement)
    made.git("init", "-q", "-b", "main")
    made.git("add", "--all")
    made.git("commit", "-q", "-m", "x")
    return root


class Change(NamedTuple):
    """A clone as CI checks it out, the commit before and the commit that is new."""

    root: Path
    before: str
    after: str
    service: str


@pytest.fixture
def change(hosted: Path, tmp_path: Path, environment: dict[str, str]) -> Callable[..., Change]:
    """Makes a change on a branch, and a clone of it."""

    def make(*edits: Edit, merged: bool = False) -> Change:
        clone = Repository(tmp_path / "a clone", environment)
        subprocess.run(["git", "clone", "-q", hosted, clone.root], env=environment, check=True)
        before = clone.head()
        if edits:
            clone.git("switch", "-q", "-c", "edit")
            clone.edit(*edits)
            clone.git("commit", "-q", "-a", "-m", "x")
        if merged:
            # elsewhere, somebody else was quicker
            edit = clone.head()
            clone.git("switch", "-q", "--detach", "main")
            clone.write("README.txt", "Our plans.\n")
            clone.git("add", "--all")
            clone.git("commit", "-q", "-m", "x")
            clone.git("merge", "-q", "--no-edit", edit)
        service = "gitlab" if (clone.root / ".gitlab-ci.yml").exists() else "github"
        return Change(clone.root, before, clone.head(), service)

    return make


@pytest.mark.parametrize("event", ["request", "push"])
def test_a_change_is_judged_where_it_is_hosted(
    event: str, change: Callable[..., Change], runner: Runner
) -> None:
    good = change(DUE_LATER, REASON, merged=event == "request")
    runs = list(jobs(good, event, runner))
    assert [run.code for run in runs] == [0] * len(runs), runs[-1].said
    assert "jtai validate --against" in runs[-1].script
    shutil.rmtree(good.root)

    bad = change(DUE_LATER, merged=event == "request")
    *earlier, last = jobs(bad, event, runner)
    assert [run.code for run in earlier] == [0] * len(earlier)
    assert last.code == 1, last.said
    assert "due-moved-later" in last.said


def test_the_first_push_is_judged_by_itself(change: Callable[..., Change], runner: Runner) -> None:
    made = change()
    *_, last = jobs(made, "first push", runner)
    assert last.code == 0, last.said
    assert "--against" not in last.script

    plan = made.root / "plans/our-plan.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("2025-12-31", "2025-12-32"), "utf-8")
    *_, last = jobs(made, "first push", runner)
    assert last.code == 1, last.said
    assert "impossible-date" in last.said


def test_what_is_overdue_is_found_on_a_schedule(
    change: Callable[..., Change], runner: Runner
) -> None:
    made = change(RATED_RED, REASON)
    *earlier, last = jobs(made, "schedule", runner)
    assert [run.code for run in (*earlier, last)] == [0] * (len(earlier) + 1), last.said

    *_, last = jobs(made, "schedule", runner, JTAI_AS_OF="2026-01-01")
    assert last.code == 1, last.said
    assert "overdue-red" in last.said
    assert "jtai check" in last.script
    if made.service == "gitlab":
        report = (made.root / "overdue.junit.xml").read_text(encoding="utf-8")
        assert "<failure" in report


def jobs(change: Change, event: str, runner: Runner, **variables: str) -> Iterator[Run]:
    """Run what a service would run on an event, to the first command that fails."""
    run = github if change.service == "github" else gitlab
    yield from run(change, event, runner, variables)


def github(
    change: Change, event: str, runner: Runner, variables: Mapping[str, str]
) -> Iterator[Run]:
    workflow = parsed(change.root / ".github/workflows/plans.yml")
    name = {"request": "pull_request", "schedule": "schedule"}.get(event, "push")
    assert name in workflow["on"]
    known = {
        "github.event_name": name,
        "github.ref": "refs/heads/main",
        "github.event.repository.default_branch": "main",
        "github.event.before": change.before if event == "push" else None,
        "github.event.created": event == "first push" or None,
    }
    for job in workflow["jobs"].values():
        if not evaluated(job["if"], known):
            continue
        for step in job["steps"]:
            if "run" not in step or not evaluated(step.get("if", "true"), known):
                continue
            summary = change.root.parent / "summary.md"
            own = {key: str(evaluated(value, known)) for key, value in step.get("env", {}).items()}
            given = {"GITHUB_STEP_SUMMARY": str(summary), **workflow["env"], **own, **variables}
            done = runner.run(step["run"], change.root, given)
            yield done
            if "jtai " in step["run"]:
                assert ("::error " in done.said) == (done.code == 1)
                assert summary.read_text(encoding="utf-8")
            if done.code:
                return


def evaluated(expression: str, known: Mapping[str, Any]) -> Any:
    """What an expression of GitHub comes to: its and, or, not and texts are those of Python."""
    bare = re.fullmatch(r"\s*(?:\$\{\{(.*)\}\})?(.*)", expression, re.DOTALL)
    assert bare
    python = (bare[1] or bare[2]).replace("&&", " and ").replace("||", " or ")
    python = re.sub(r"!(?!=)", " not ", python)
    python = re.sub(r"github\.[\w.]+", lambda name: f"known[{name[0]!r}]", python)
    scope = {"known": known, "format": lambda text, *rest: text.format(*rest), "true": True}
    return eval(" ".join(python.split()), scope)  # noqa: S307 - what our own file says


def gitlab(
    change: Change, event: str, runner: Runner, variables: Mapping[str, str]
) -> Iterator[Run]:
    pipeline = parsed(change.root / ".gitlab-ci.yml")
    source = {"request": "merge_request_event", "schedule": "schedule"}.get(event, "push")
    known = {
        "CI_PIPELINE_SOURCE": source,
        "CI_DEFAULT_BRANCH": "main",
        "CI_COMMIT_BRANCH": "" if event == "request" else "main",
        "CI_COMMIT_BEFORE_SHA": change.before if event == "push" else "0" * 40,
        **({"CI_MERGE_REQUEST_DIFF_BASE_SHA": change.before} if event == "request" else {}),
    }
    due = {
        name: job
        for name, job in pipeline.items()
        if "script" in job and any(holds(rule["if"], known) for rule in job["rules"])
    }
    assert len(due) == 1
    (job,) = due.values()
    assert pipeline["variables"]["GIT_DEPTH"] == "0"
    commands = [*pipeline[job["extends"]]["before_script"], *job["script"]]
    given = {**pipeline["variables"], **known, **variables}
    # GitLab runs them in one shell
    done = runner.run("\n".join(commands), change.root, given)
    (report,) = job["artifacts"]["reports"].values()
    assert (change.root / report).stat().st_size
    assert job["artifacts"]["when"] == "always"
    yield done


def holds(rule: str, known: Mapping[str, str]) -> bool:
    """Whether a rule of GitLab holds: its texts are those of Python, as is what joins them."""
    python = rule.replace("&&", " and ").replace("||", " or ")
    python = re.sub(r"(\$\w+) ([=!]~) /(.*?)/", r"matches(\1, '\2', r'\3')", python)
    python = re.sub(r"\$(\w+)", r"known['\1']", python)

    def matches(value: str, operator: str, pattern: str) -> bool:
        return (re.search(pattern, value) is not None) == (operator == "=~")

    return bool(eval(python, {"known": known, "matches": matches}))  # noqa: S307 - as above
