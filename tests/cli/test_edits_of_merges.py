"""`jtai validate --staged` while a merge is about to be committed, or the first of a branch."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.cli.editing import change

Jtai = Callable[..., CompletedProcess[str]]
Git = Callable[..., str]
Judge = Callable[..., list[tuple[str, str]]]

PLAN, OTHER = "plans/our-plan.yaml", "plans/other.yaml"
ENTRY = "updates: [{on: 2025-08-01, text: Agreed}]"
EARLIER, LATER = ("2025-06-30", "2025-05-31"), ("2025-06-30", "2025-12-31")
WORSE = ("progress: green}", f"progress: red, {ENTRY}}}")
WHY = ("progress: green}", f"progress: green, {ENTRY}}}")
NEW = (
    '      - {ref: "1.2"',
    '      - {ref: "1.3", text: Tell them, owners: [TVP], due: 2025-09-30}\n      - {ref: "1.2"',
)


def copied(root: Path, name: str, plan_id: str, *changes: tuple[str, str]) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes((root / PLAN).read_bytes())
    change(path, ("our-plan", plan_id), *changes)


@pytest.fixture
def judge(jtai: Jtai) -> Judge:
    """What `jtai validate --staged` finds: the file and the rule of each problem."""

    def run(root: Path, *arguments: str, **options: object) -> list[tuple[str, str]]:
        done = jtai("validate", "--staged", "--format", "json", *arguments, cwd=root, **options)
        assert done.stderr == ""
        return [(one["file"], one["rule"]) for one in json.loads(done.stdout)["problems"]]

    return run


@pytest.fixture
def sides(repository: Path, git: Git) -> Path:
    """A repository of two branches: theirs has a worse rating, an earlier date, an action and a
    plan that ours, which has a plan of its own, has not.
    """

    def commit() -> None:
        git(repository, "add", "-A")
        git(repository, "commit", "-q", "-m", "x")

    copied(repository, OTHER, "other")
    commit()
    git(repository, "checkout", "-q", "-b", "theirs")
    change(repository / PLAN, WORSE, EARLIER)
    change(repository / OTHER, NEW)
    copied(repository, "plans/theirs.yaml", "theirs")
    commit()
    git(repository, "checkout", "-q", "main")
    copied(repository, "plans/ours.yaml", "ours")
    commit()
    return repository


LOST = [
    (OTHER, "action-removed"),
    *((PLAN, "update-rewritten"), (PLAN, "due-moved-later")),
    (PLAN, "rating-improved-without-update"),
    ("plans/theirs.yaml", "plan-removed"),
]


def test_a_merge_that_drops_the_other_side_is_seen(sides: Path, git: Git, judge: Judge) -> None:
    git(sides, "merge", "-q", "-s", "ours", "--no-commit", "theirs")
    assert judge(sides) == LOST
    assert judge(sides, PLAN) == LOST[1:4]
    assert judge(sides / "plans", "other.yaml") == [("other.yaml", "action-removed")]


def test_what_is_lost_is_said_with_its_place_and_against_what(
    sides: Path, git: Git, jtai: Jtai
) -> None:
    git(sides, "merge", "-q", "-s", "ours", "--no-commit", "theirs")
    done = jtai("validate", "--staged", OTHER, cwd=sides)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == (
        "plans/other.yaml:10:5: error: 1.3 (Tell them) was under objective 1 and is gone, against "
        "the branch that is merged in [action-removed]\n"
        "        actions:\n"
        "        ^\n"
        "  put it back with 'withdrawn: {on: …, reason: …}': it then leaves the totals\n"
        "\n"
        "1 error in 1 plan\n"
    )


def test_a_merge_that_is_made_in_one_go_is_seen_by_its_hook(sides: Path, git: Git) -> None:
    hook = sides / ".git" / "hooks" / "pre-merge-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\nexec '{sys.executable}' -m jtai_cli validate --staged\n", "utf-8")
    hook.chmod(0o755)
    head = git(sides, "rev-parse", "HEAD")
    git(sides, "merge", "-q", "-s", "ours", "theirs", fails=True)
    assert git(sides, "rev-parse", "HEAD") == head
    git(sides, "merge", "--abort", fails=True)
    git(sides, "merge", "-q", "theirs")
    assert git(sides, "rev-parse", "HEAD^") == head


def test_an_ordinary_merge_has_no_problem(sides: Path, git: Git, judge: Judge) -> None:
    change(sides / PLAN, ("title: Our plan", "title: Our own plan"))
    change(sides / OTHER, ("due: 2025-09-30, progress: blue", f"due: 2025-10-31, {ENTRY}"))
    git(sides, "commit", "-q", "-a", "-m", "x")
    git(sides, "merge", "-q", "--no-commit", "theirs", fails=True)
    change(sides / OTHER, ("<<<<<<< HEAD\n", ""), ("=======\n", ""), (">>>>>>> theirs\n", ""))
    lines = (sides / OTHER).read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if "progress: blue" not in line]
    (sides / OTHER).write_text("".join(kept), encoding="utf-8")
    git(sides, "add", "-A")
    assert judge(sides) == [(PLAN, "due-moved-earlier")]


def test_what_they_explained_before_our_last_update_is_explained(
    repository: Path, git: Git, judge: Judge
) -> None:
    git(repository, "checkout", "-q", "-b", "theirs")
    change(repository / PLAN, LATER, WHY)
    git(repository, "commit", "-q", "-a", "-m", "x")
    git(repository, "checkout", "-q", "main")
    younger = "updates: [{on: 2025-08-05, text: Asked}]}"
    change(repository / PLAN, ("progress: green}", f"progress: green, {younger}"))
    git(repository, "commit", "-q", "-a", "-m", "x")
    git(repository, "merge", "-q", "theirs", fails=True)
    git(repository, "checkout", "--theirs", PLAN)
    both = ("text: Agreed}]", "text: Agreed}, {on: 2025-08-05, text: Asked}]")
    change(repository / PLAN, both)
    git(repository, "add", ".")
    assert judge(repository) == []
    change(repository / PLAN, both[::-1])
    git(repository, "add", ".")
    assert (PLAN, "update-rewritten") in judge(repository)


def test_a_plan_that_is_not_merged_yet_is_not_said_to_be_lost(
    sides: Path, git: Git, judge: Judge
) -> None:
    copied(sides, "plans/theirs.yaml", "theirs", ("title: Our plan", "title: Ours"))
    git(sides, "add", ".")
    git(sides, "commit", "-q", "-m", "x")
    git(sides, "merge", "-q", "theirs", fails=True)
    assert ("plans/theirs.yaml", "merge-conflict") in judge(sides)
    assert ("plans/theirs.yaml", "plan-removed") not in judge(sides)


def test_plans_of_a_deeper_folder_are_compared_with_what_is_merged_in(
    repository: Path, git: Git, judge: Judge
) -> None:
    (repository / "children").mkdir()
    git(repository, "mv", "plans", "children/plans")
    git(repository, "commit", "-q", "-m", "x")
    git(repository, "checkout", "-q", "-b", "theirs")
    change(repository / "children" / PLAN, EARLIER)
    git(repository, "commit", "-q", "-a", "-m", "x")
    git(repository, "checkout", "-q", "main")
    git(repository, "merge", "-q", "-s", "ours", "--no-ff", "--no-commit", "theirs")
    assert judge(repository) == [(f"children/{PLAN}", "due-moved-later")]


def test_without_a_common_beginning(sides: Path, git: Git, judge: Judge) -> None:
    git(sides, "checkout", "-q", "--orphan", "new", "theirs")
    git(sides, "commit", "-q", "-m", "x")
    git(sides, "checkout", "-q", "main")
    arguments = ("-s", "ours", "--no-commit", "--allow-unrelated-histories")
    git(sides, "merge", "-q", *arguments, "new")
    assert [rule for _, rule in judge(sides)] == [
        "action-removed",
        "update-rewritten",
        *LOST[4][1:],
    ]


def test_a_merge_into_another_repository_is_none_of_this_one(
    repository: Path, git: Git, judge: Judge
) -> None:
    change(repository / PLAN, LATER)
    git(repository, "add", ".")
    assert judge(repository, env={f"GITHEAD_{'0' * 40}": "theirs"}) == [(PLAN, "due-moved-later")]


@pytest.mark.parametrize("noted", ["0" * 40, "main"])
def test_what_is_merged_in_and_can_not_be_read_is_not_passed_over(
    noted: str, repository: Path, jtai: Jtai
) -> None:
    (repository / ".git" / "MERGE_HEAD").write_text(f"{noted}\n", encoding="ascii")
    done = jtai("validate", "--staged", cwd=repository)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"what is merged in, {noted[:12]}, can't be read: ")
    assert done.stderr.count("\n") == 1


# the first commit of a branch


def test_a_branch_that_begins_anew_is_said_to_be_compared_with_nothing(
    repository: Path, git: Git, jtai: Jtai
) -> None:
    git(repository, "checkout", "-q", "--orphan", "anew")
    change(repository / PLAN, LATER)
    git(repository, "add", ".")
    done = jtai("validate", "--staged", cwd=repository)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(
        "plans/our-plan.yaml:1:1: warning: this branch has no commit yet, so its plans are "
        "compared with nothing [not-compared]\n"
    )
    assert "jtai validate --against BRANCH" in done.stdout
    assert jtai("validate", "--staged", "--strict", cwd=repository).returncode == 1
    against = jtai("validate", "--against", "main", cwd=repository)
    assert (against.returncode, "[due-moved-later]" in against.stdout) == (1, True)


@pytest.mark.parametrize("packed", [False, True])
def test_it_is_said_once_and_only_where_plans_are_staged(
    packed: bool, repository: Path, git: Git, judge: Judge
) -> None:
    copied(repository, OTHER, "other")
    if packed:
        git(repository, "pack-refs", "--all")
    git(repository, "checkout", "-q", "--orphan", "anew")
    git(repository, "add", ".")
    assert judge(repository) == [(OTHER, "not-compared")]
    git(repository, "rm", "-q", "-r", "--cached", "plans")
    assert judge(repository) == []


def test_a_new_repository_is_silent(small: Path, git: Git, judge: Judge) -> None:
    git(small, "init", "-q")
    git(small, "add", ".")
    assert judge(small) == []
