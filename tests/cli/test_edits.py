"""`jtai validate --against` and `--staged` in real repositories."""

import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.cli.editing import change

Jtai = Callable[..., CompletedProcess[str]]
Git = Callable[..., str]
Found = list[tuple[str, str]]
Judge = Callable[..., Found]

PLAN = "plans/our-plan.yaml"
LATER = ("2025-06-30", "2025-12-31")
WHY = ("progress: green}", "progress: green, updates: [{on: 2025-08-01, text: Agreed}]}")
MOVED = "due-moved-later"
BOTH = pytest.mark.parametrize("how", [("--staged",), ("--against", "HEAD")], ids=" ".join)


@pytest.fixture
def judge(jtai: Jtai) -> Judge:
    """What `jtai validate` finds in plans: the file and the rule of each problem.

    Changes of the policy itself have a test of their own.
    """

    def run(root: Path, *arguments: str | Path, **options: object) -> Found:
        done = jtai("validate", "--format", "json", *arguments, cwd=root, **options)
        assert done.stderr == ""
        problems = json.loads(done.stdout)["problems"]
        assert done.returncode == any(problem["severity"] == "error" for problem in problems)
        found = [(problem["file"], problem["rule"]) for problem in problems]
        return [one for one in found if one[1] != "policy-changed"]

    return run


def copied(root: Path, name: str, plan_id: str, *changes: tuple[str, str]) -> Path:
    """Another plan like the small one."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(root / PLAN, path)
    change(path, ("our-plan", plan_id), *changes)
    return path


def commit(root: Path, git: Git) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "x")


def refused(done: CompletedProcess[str]) -> str:
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    return done.stderr


# what is said


def test_an_edit_is_an_error_with_its_place_and_what_to_add(
    repository: Path, git: Git, jtai: Jtai
) -> None:
    change(repository / PLAN, LATER)
    against = jtai("validate", "--against", "HEAD", cwd=repository)
    assert (against.returncode, against.stderr) == (1, "")
    assert against.stdout == (
        "plans/our-plan.yaml:11:62: error: 1.1 was due 2025-06-30 and is now due 2025-12-31, "
        "184 days later, without a reason [due-moved-later]\n"
        '          - {ref: "1.1", text: Ask children, owners: [TVP], due: 2025-12-31, progress: '
        "green}\n"
        f"    {' ' * 61}^\n"
        "  add an entry to its 'updates' that says why: '- {on: …, by: …, text: …}'\n"
        "\n"
        "1 error in 1 plan\n"
    )
    git(repository, "add", ".")
    assert jtai("validate", "--staged", cwd=repository).stdout == against.stdout


def test_json_is_that_of_problems(repository: Path, git: Git, jtai: Jtai) -> None:
    change(repository / PLAN, LATER)
    git(repository, "add", ".")
    done = jtai("validate", "--staged", "--format", "json", cwd=repository)
    assert json.loads(done.stdout) == {
        "jtai": 1,
        "kind": "problems",
        "problems": [
            {
                "file": PLAN,
                "line": 11,
                "column": 62,
                "rule": MOVED,
                "severity": "error",
                "message": "1.1 was due 2025-06-30 and is now due 2025-12-31, 184 days later, "
                "without a reason",
                "hint": "add an entry to its 'updates' that says why: '- {on: …, by: …, text: …}'",
                "value": "2025-12-31",
                "plan": "our-plan",
                "ref": "1.1",
            }
        ],
    }
    assert jtai("validate", "--against", "@", "--format", "json", cwd=repository).stdout == (
        done.stdout
    )


@BOTH
def test_an_edit_that_says_why_is_fine(
    how: tuple[str, ...], repository: Path, git: Git, jtai: Jtai
) -> None:
    change(repository / PLAN, LATER, WHY)
    git(repository, "add", ".")
    done = jtai("validate", *how, cwd=repository)
    assert (done.returncode, done.stdout, done.stderr) == (0, "1 plan, no problem found\n", "")


@pytest.fixture
def explained(repository: Path, git: Git, jtai: Jtai) -> Jtai:
    """Runs `jtai validate` where a date was moved, and a reason of some day is given."""

    def run(day: str, *how: str) -> CompletedProcess[str]:
        change(repository / PLAN, LATER, (WHY[0], WHY[1].replace("2025-08-01", day)))
        git(repository, "add", ".")
        return jtai("validate", *how, cwd=repository)

    return run


@BOTH
@pytest.mark.parametrize(
    ("day", "as_of", "code"),
    [
        ("2025-08-07", (), 0),
        ("2025-08-08", (), 0),
        ("2025-08-09", (), 1),
        ("2025-08-09", ("--as-of", "2025-08-08"), 0),
        ("2100-12-31", ("--as-of", "9999-12-31"), 0),
    ],
)
def test_an_update_of_the_future_gives_no_reason_yet(
    day: str,
    as_of: tuple[str, ...],
    code: int,
    how: tuple[str, ...],
    explained: Jtai,
) -> None:
    done = explained(day, *how, *as_of)
    hint = f"its new update is dated {day}, a day that is still to come: date it today"
    assert (done.returncode, hint in done.stdout) == (code, bool(code))


@BOTH
def test_many_problems_of_an_edit_are_counted_and_the_first_listed(
    how: tuple[str, ...], repository: Path, git: Git, jtai: Jtai
) -> None:
    lines = (f"      - {{ref: a{n}, text: Act, owners: [TVP], due: 2025-06-30}}" for n in range(60))
    text = (repository / PLAN).read_text("utf-8") + "\n".join(lines) + "\n"
    (repository / PLAN).write_text(text, encoding="utf-8")
    commit(repository, git)
    change(repository / PLAN, ("2025-06-30", "2025-07-31"), ("Our", "Your"))
    change(repository / PLAN, ("owners: [BFFC]", "owners: [TVP]"))
    git(repository, "add", ".")

    def rules() -> list[str]:
        done = jtai("validate", *how, "--format", "json", cwd=repository)
        return [
            f"{problem['severity']} {problem['rule']}"
            for problem in json.loads(done.stdout)["problems"]
            if problem["rule"] != "policy-changed"
        ]

    assert rules() == [f"error {MOVED}"] * 50 + ["error more-problems"]
    said = jtai("validate", *how, cwd=repository).stdout
    assert "error: 12 more problems in this file are not listed [more-problems]\n  mend" in said
    policy(repository, "rules: {due-moved-later: warning}\n")
    git(repository, "add", ".")
    git(repository, "commit", "-q", "-m", "x", "jtai.yaml")
    assert rules()[-1] == "warning more-problems"


def test_nothing_staged_is_fine(repository: Path, jtai: Jtai) -> None:
    change(repository / PLAN, LATER)
    done = jtai("validate", "--staged", cwd=repository)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "what is staged (no plan), no problem found\n"


@BOTH
def test_of_a_plan_with_errors_what_is_sound_is_compared(
    how: tuple[str, ...], repository: Path, git: Git, judge: Judge
) -> None:
    change(repository / PLAN, LATER, ("title: Our plan\n", ""))
    git(repository, "add", ".")
    assert judge(repository, *how) == [(PLAN, "missing-field"), (PLAN, MOVED)]
    change(repository / PLAN, ("owners: [TVP]", "owner: [TVP]"))
    git(repository, "add", ".")
    found = [rule for _, rule in judge(repository, *how)]
    assert found == ["missing-field", "no-owner", "unknown-field"]


def test_problems_stand_in_the_order_of_files_and_lines_and_what_is_gone_comes_last(
    repository: Path, git: Git, judge: Judge
) -> None:
    for name in ("a", "b", "z"):
        copied(repository, f"plans/{name}.yaml", name)
    commit(repository, git)
    git(repository, "rm", "-q", "plans/a.yaml")
    change(repository / "plans" / "z.yaml", LATER, ("progress: blue", "progress: red"))
    change(repository / "plans" / "b.yaml", LATER, ("jtai: 1", "jtai: 2"))
    change(repository / PLAN, (", due: 2025-09-30", ""), LATER)
    git(repository, "add", "-A")
    expected = [
        ("plans/b.yaml", "unknown-version"),
        *((PLAN, MOVED), (PLAN, "undated"), (PLAN, "due-removed")),
        *(("plans/z.yaml", MOVED), ("plans/z.yaml", "reopened")),
        ("plans/a.yaml", "plan-removed"),
    ]
    for how in (("--staged",), ("--against", "HEAD")):
        found = judge(repository, *how)
        assert [sorted(found[1:4]), *found[4:]] == [sorted(expected[1:4]), *expected[4:]]
        assert found[0][0] == "plans/b.yaml"


# what is staged, and what is not


def test_what_is_staged_counts_and_not_what_is_on_disk(
    repository: Path, git: Git, judge: Judge
) -> None:
    change(repository / PLAN, LATER)
    git(repository, "add", ".")
    change(repository / PLAN, WHY)
    assert judge(repository, "--staged") == [(PLAN, MOVED)]
    assert judge(repository, "--against", "HEAD") == []
    git(repository, "add", ".")
    change(repository / PLAN, (WHY[1], WHY[0]))
    assert judge(repository, "--staged") == []
    assert judge(repository, "--against", "HEAD") == [(PLAN, MOVED)]


def test_a_plan_that_is_gone_from_disk_is_judged_as_staged(
    repository: Path, git: Git, judge: Judge
) -> None:
    change(repository / PLAN, LATER)
    git(repository, "add", ".")
    (repository / PLAN).unlink()
    assert judge(repository, "--staged") == [(PLAN, MOVED)]


def test_what_is_only_meant_to_be_added_is_not_judged(
    repository: Path, git: Git, judge: Judge
) -> None:
    copied(repository, "plans/new.yaml", "our-plan")
    git(repository, "add", "-N", ".")
    assert judge(repository, "--staged") == []


def test_an_untracked_plan_is_only_judged_on_disk(repository: Path, judge: Judge) -> None:
    copied(repository, "plans/new.yaml", "new", ("owners: [TVP], ", ""))
    assert judge(repository, "--staged") == []
    assert judge(repository, "--against", "HEAD") == [("plans/new.yaml", "no-owner")]


def test_what_is_not_in_the_folder_of_plans_is_no_plan(
    repository: Path, git: Git, judge: Judge
) -> None:
    for name in ("x.yaml", "docs/x.yaml", "plans/.x.yaml", "plans/.x/x.yaml", "plans/x.txt"):
        copied(repository, name, "our-plan", ("jtai: 1", "jtai: x"))
    git(repository, "add", "-A")
    assert judge(repository, "--staged") == []
    assert judge(repository, "--against", "HEAD") == []


# deleted, moved, renamed


@pytest.mark.parametrize("kept", [False, True])
def test_a_plan_that_is_deleted(kept: bool, repository: Path, git: Git, judge: Judge) -> None:
    copied(repository, "plans/other.yaml", "other")
    commit(repository, git)
    git(repository, "rm", "-q", PLAN, *(["--cached"] if kept else []))
    assert judge(repository, "--staged") == [(PLAN, "plan-removed")]
    # on disk it is there
    gone = [] if kept else [(PLAN, "plan-removed")]
    assert judge(repository, "--against", "HEAD") == gone


def test_the_last_plan_is_deleted(repository: Path, git: Git, jtai: Jtai, judge: Judge) -> None:
    git(repository, "rm", "-q", PLAN)
    assert judge(repository, "--staged") == [(PLAN, "plan-removed")]
    assert "no plan found" in refused(jtai("validate", "--against", "HEAD", cwd=repository))


@BOTH
@pytest.mark.parametrize("edited", [False, True])
def test_a_plan_that_moves_is_the_same_plan(
    edited: bool, how: tuple[str, ...], repository: Path, git: Git, jtai: Jtai
) -> None:
    moved = repository / "plans" / "deeper" / "x.yml"
    moved.parent.mkdir()
    git(repository, "mv", PLAN, moved)
    if edited:
        change(moved, LATER)
        git(repository, "add", ".")
    done = jtai("validate", *how, cwd=repository)
    said = done.stdout.splitlines()
    assert said[-1] == ("1 error in 1 plan" if edited else "1 plan, no problem found")
    assert [line.split()[0] for line in said if MOVED in line] == (
        ["plans/deeper/x.yml:11:62:"] if edited else []
    )


@BOTH
def test_a_plan_that_moves_out_of_the_folder_is_gone(
    how: tuple[str, ...], repository: Path, git: Git, judge: Judge
) -> None:
    copied(repository, "plans/other.yaml", "other")
    commit(repository, git)
    git(repository, "mv", PLAN, "x.yaml")
    assert judge(repository, *how) == [(PLAN, "plan-removed")]


@BOTH
def test_two_plans_that_change_places(
    how: tuple[str, ...], repository: Path, git: Git, judge: Judge
) -> None:
    copied(repository, "plans/other.yaml", "other")
    commit(repository, git)
    git(repository, "mv", PLAN, "x")
    git(repository, "mv", "plans/other.yaml", PLAN)
    git(repository, "mv", "x", "plans/other.yaml")
    assert judge(repository, *how) == []
    # and one of them alone
    change(repository / PLAN, LATER)
    git(repository, "add", ".")
    assert judge(repository, *how, PLAN) == [(PLAN, MOVED)]
    assert judge(repository, *how, "plans/other.yaml") == []


@BOTH
def test_a_copy_under_the_same_id(
    how: tuple[str, ...], repository: Path, git: Git, judge: Judge
) -> None:
    copied(repository, "plans/copy.yaml", "our-plan", LATER)
    git(repository, "add", ".")
    found = judge(repository, *how)
    assert [rule for _, rule in found if rule == "duplicate-plan-id"] == ["duplicate-plan-id"]


@BOTH
def test_of_two_plans_with_one_id_one_gets_another(
    how: tuple[str, ...], repository: Path, git: Git, judge: Judge
) -> None:
    other = copied(repository, "plans/z.yaml", "our-plan")
    commit(repository, git)
    change(other, ("our-plan", "other"))
    git(repository, "add", ".")
    assert judge(repository, *how) == []


@BOTH
def test_of_two_plans_with_one_id_one_is_deleted(
    how: tuple[str, ...], repository: Path, git: Git, judge: Judge
) -> None:
    copied(repository, "plans/z.yaml", "our-plan")
    commit(repository, git)
    git(repository, "rm", "-q", "plans/z.yaml")
    assert judge(repository, *how) == []


@BOTH
def test_an_id_that_changes_is_a_plan_that_is_gone(
    how: tuple[str, ...], repository: Path, git: Git, judge: Judge
) -> None:
    change(repository / PLAN, ("id: our-plan", "id: other"))
    git(repository, "add", ".")
    assert judge(repository, *how) == [(PLAN, "plan-removed")]


# which plans


@pytest.fixture
def edited(repository: Path, git: Git) -> Path:
    """A repository in which three plans are staged with a date moved, one in a folder of its own,
    and two are deleted.
    """
    names = ("plans/a/a.yaml", "plans/b.yaml", "plans/a/gone.yaml", "plans/gone.yaml")
    for name in names:
        copied(repository, name, name.replace("/", "."))
    commit(repository, git)
    for name in (PLAN, *names[:2]):
        change(repository / name, LATER)
    for name in names[2:]:
        (repository / name).unlink()
    git(repository, "add", "-A")
    return repository


@BOTH
@pytest.mark.parametrize(
    ("plans", "expected"),
    [
        ([PLAN], [(PLAN, MOVED)]),
        (["our-plan"], [(PLAN, MOVED)]),
        (["plans/b.yaml", "./plans/our-plan.yaml"], None),
        (["plans/a"], [("plans/a/a.yaml", MOVED), ("plans/a/gone.yaml", "plan-removed")]),
        (
            ["plans"],
            [
                *(("plans/a/a.yaml", MOVED), ("plans/b.yaml", MOVED), (PLAN, MOVED)),
                *(("plans/a/gone.yaml", "plan-removed"), ("plans/gone.yaml", "plan-removed")),
            ],
        ),
    ],
)
def test_only_what_is_named_is_judged(
    plans: list[str],
    expected: Found | None,
    how: tuple[str, ...],
    edited: Path,
    judge: Judge,
) -> None:
    found = judge(edited, *how, *plans)
    if expected is None:
        assert sorted(found) == [("plans/b.yaml", MOVED), (PLAN, MOVED)]
    else:
        assert found == expected


@BOTH
def test_a_plan_that_moved_is_compared_though_it_alone_is_named(
    how: tuple[str, ...], repository: Path, git: Git, judge: Judge
) -> None:
    git(repository, "mv", PLAN, "plans/new.yaml")
    change(repository / "plans" / "new.yaml", LATER)
    git(repository, "add", ".")
    assert judge(repository, *how, "plans/new.yaml") == [("plans/new.yaml", MOVED)]


@BOTH
def test_a_plan_outside_of_the_folder_is_judged_when_it_is_named(
    how: tuple[str, ...], repository: Path, git: Git, judge: Judge
) -> None:
    path = copied(repository, "x.yaml", "other")
    commit(repository, git)
    change(path, LATER)
    git(repository, "add", ".")
    assert judge(repository, *how, "x.yaml") == [("x.yaml", MOVED)]


@BOTH
def test_from_a_folder_below_names_are_as_seen_from_there(
    how: tuple[str, ...], edited: Path, judge: Judge
) -> None:
    below = edited / "docs"
    below.mkdir()
    assert judge(below, *how) == [
        *(("../plans/a/a.yaml", MOVED), ("../plans/b.yaml", MOVED), (f"../{PLAN}", MOVED)),
        *(("../plans/a/gone.yaml", "plan-removed"), ("../plans/gone.yaml", "plan-removed")),
    ]
    assert judge(edited / "plans" / "a", *how, "a.yaml") == [("a.yaml", MOVED)]


@BOTH
def test_a_link_that_git_does_not_have_is_the_plan_it_leads_to(
    how: tuple[str, ...], repository: Path, git: Git, judge: Judge, tmp_path: Path
) -> None:
    change(repository / PLAN, LATER)
    git(repository, "add", ".")
    outside = tmp_path.with_name(f"{tmp_path.name}-link.yaml")
    outside.symlink_to(repository / PLAN)
    ((_, rule),) = judge(repository, *how, outside)
    outside.unlink()
    (repository / "plans" / "a.yaml").symlink_to("our-plan.yaml")
    ((_, same),) = judge(repository, *how)
    assert rule == same == MOVED


# the policy


def policy(root: Path, text: str) -> None:
    (root / "jtai.yaml").write_text(text, encoding="utf-8")


@BOTH
def test_severities_are_those_of_the_policy(
    how: tuple[str, ...], repository: Path, git: Git, jtai: Jtai
) -> None:
    policy(repository, "rules: {due-moved-later: warning, text-changed: error}\n")
    commit(repository, git)
    change(repository / PLAN, LATER)
    git(repository, "add", ".")
    done = jtai("validate", *how, cwd=repository)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "1 warning in 1 plan")
    assert jtai("validate", "--strict", *how, cwd=repository).returncode == 1
    change(repository / PLAN, ("Ask children", "Ask the children"))
    git(repository, "add", ".")
    done = jtai("validate", *how, cwd=repository)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (1, "1 error and 1 warning in 1 plan")


def test_the_policy_that_is_staged_counts(repository: Path, git: Git, jtai: Jtai) -> None:
    milder = "rules: {due-moved-later: warning}\n"
    change(repository / PLAN, LATER)
    git(repository, "add", ".")

    def severity() -> str:
        done = jtai("validate", "--staged", cwd=repository)
        return done.stdout.splitlines()[-1]

    policy(repository, milder)
    assert severity() == "1 error in 1 plan"
    git(repository, "add", "jtai.yaml")
    git(repository, "commit", "-q", "-m", "milder", "jtai.yaml")
    policy(repository, "fail_on: [nonsense]\n")
    assert severity() == "1 warning in 1 plan"
    git(repository, "add", "jtai.yaml")
    policy(repository, milder)
    assert severity() == "2 errors in 1 plan"


@BOTH
@pytest.mark.parametrize("before", [None, "fail_on: [overdue]\n", "rules: {reopened: error}\n"])
def test_who_loosens_a_rule_can_not_break_it_in_the_same_edit(
    before: str | None, how: tuple[str, ...], repository: Path, git: Git, jtai: Jtai
) -> None:
    if before:
        policy(repository, before)
        commit(repository, git)
    policy(repository, "rules: {due-moved-later: warning}\n")
    change(repository / PLAN, LATER)
    git(repository, "add", ".")
    done = jtai("validate", *how, cwd=repository)
    assert done.returncode == 1
    assert f"{PLAN}:11:62: error: 1.1 was due 2025-06-30 and is now due 2025-12-31" in done.stdout


@BOTH
def test_a_change_of_the_policy_is_seen(
    how: tuple[str, ...], repository: Path, git: Git, jtai: Jtai
) -> None:
    policy(repository, "fail_on: [overdue]\n")
    commit(repository, git)
    policy(repository, "fail_on: [overdue-red]\n")
    git(repository, "add", ".")
    done = jtai("validate", *how, cwd=repository)
    assert done.returncode == 0
    assert done.stdout.startswith(
        "jtai.yaml:1:10: warning: 'fail_on' was overdue and is now overdue-red [policy-changed]\n"
        "    fail_on: [overdue-red]\n"
        "             ^\n"
    )


def test_a_policy_that_is_taken_out_no_longer_counts(
    repository: Path, git: Git, jtai: Jtai
) -> None:
    policy(repository, "rules: {due-moved-later: warning}\n")
    commit(repository, git)
    change(repository / PLAN, LATER)
    git(repository, "add", ".")
    git(repository, "rm", "-q", "--cached", "jtai.yaml")
    assert jtai("validate", "--staged", cwd=repository).returncode == 1


@pytest.mark.parametrize(
    "text", ["fail_on: [overdue-rd]\n", "rules: {due-moved-latr: warning}\n", ": x\n"]
)
def test_a_bad_policy_that_is_staged_is_a_problem(
    text: str, repository: Path, git: Git, judge: Judge
) -> None:
    policy(repository, text)
    change(repository / PLAN, LATER)
    git(repository, "add", ".")
    policy(repository, "fail_on: [overdue]\n")
    (first, _), *rest = judge(repository, "--staged")
    assert first == "jtai.yaml"
    assert rest == [(PLAN, MOVED)]


@BOTH
@pytest.mark.parametrize("before", ["", "plans: plans\n", "plans: [\n"])
def test_a_folder_that_is_renamed_by_the_policy(
    before: str, how: tuple[str, ...], repository: Path, git: Git, judge: Judge
) -> None:
    copied(repository, "plans/gone.yaml", "gone")
    if before:
        policy(repository, before)
    commit(repository, git)
    policy(repository, "plans: improvement/2025\n")
    (repository / "improvement").mkdir()
    git(repository, "mv", "plans", "improvement/2025")
    change(repository / "improvement" / "2025" / "our-plan.yaml", LATER)
    (repository / "improvement" / "2025" / "gone.yaml").unlink()
    git(repository, "add", "-A")
    assert judge(repository, *how) == [
        ("improvement/2025/our-plan.yaml", MOVED),
        ("plans/gone.yaml", "plan-removed"),
    ]


@BOTH
def test_a_plan_that_is_left_behind_in_the_old_folder_is_gone(
    how: tuple[str, ...], repository: Path, git: Git, judge: Judge
) -> None:
    policy(repository, "plans: other\n")
    copied(repository, "other/other.yaml", "other")
    git(repository, "add", ".")
    assert judge(repository, *how) == [(PLAN, "plan-removed")]


def test_the_folder_of_plans_is_where_the_staged_policy_says(
    repository: Path, git: Git, judge: Judge
) -> None:
    policy(repository, "plans: new\n")
    copied(repository, "new/a.yaml", "a", ("owners: [TVP], ", ""))
    git(repository, "add", ".")
    policy(repository, "plans: plans\n")
    assert judge(repository, "--staged") == [("new/a.yaml", "no-owner"), (PLAN, "plan-removed")]


@BOTH
def test_plans_may_be_at_the_root(
    how: tuple[str, ...], repository: Path, git: Git, judge: Judge
) -> None:
    git(repository, "mv", PLAN, "x.yaml")
    policy(repository, "plans: .\n")
    commit(repository, git)
    (repository / "plans").mkdir(exist_ok=True)
    git(repository, "mv", "x.yaml", PLAN)
    change(repository / PLAN, LATER)
    policy(repository, "plans: plans\n")
    git(repository, "add", ".")
    assert judge(repository, *how) == [(PLAN, MOVED)]


@BOTH
def test_plans_of_a_folder_without_a_policy_in_a_larger_repository(
    how: tuple[str, ...], repository: Path, git: Git, judge: Judge
) -> None:
    copied(repository, "team/plans/a.yaml", "a")
    copied(repository, "team/plans/b.yaml", "b")
    commit(repository, git)
    change(repository / "team" / "plans" / "a.yaml", LATER)
    change(repository / PLAN, LATER)
    (repository / "team" / "plans" / "b.yaml").unlink()
    git(repository, "add", "-A")
    assert judge(repository / "team", *how) == [
        ("plans/a.yaml", MOVED),
        ("plans/b.yaml", "plan-removed"),
    ]


def test_a_folder_of_plans_that_is_gone_from_disk_is_still_looked_at(
    repository: Path, git: Git, judge: Judge
) -> None:
    copied(repository, "team/plans/a.yaml", "a")
    commit(repository, git)
    git(repository, "rm", "-q", "-r", "team/plans")
    (repository / "team").mkdir(exist_ok=True)
    assert judge(repository / "team", "--staged") == [("plans/a.yaml", "plan-removed")]


def test_a_policy_that_is_deleted_leaves_its_plans_behind(
    repository: Path, git: Git, judge: Judge
) -> None:
    (repository / "team").mkdir()
    git(repository, "mv", "plans", "team/improvement")
    policy(repository / "team", "plans: improvement\n")
    commit(repository, git)
    git(repository, "rm", "-q", "team/jtai.yaml")
    assert judge(repository / "team", "--staged") == [("improvement/our-plan.yaml", "plan-removed")]


def test_a_policy_may_be_a_link_that_git_has_already(
    repository: Path, git: Git, judge: Judge, jtai: Jtai
) -> None:
    (repository / "common.yaml").write_text("rules: {due-moved-later: warning}\n", "utf-8")
    (repository / "jtai.yaml").symlink_to("common.yaml")
    git(repository, "add", ".")
    assert judge(repository, "--staged") == [("jtai.yaml", "unreadable-file")]
    commit(repository, git)
    change(repository / PLAN, LATER)
    git(repository, "add", ".")
    assert jtai("validate", "--staged", cwd=repository).returncode == 0
    (repository / "common.yaml").unlink()
    assert judge(repository, "--staged") == [("jtai.yaml", "unreadable-file"), (PLAN, MOVED)]


@pytest.mark.parametrize("revision", ["HEAD", "nowhere"])
def test_the_policy_alone_is_checked_with_a_revision_that_must_exist(
    revision: str, repository: Path, jtai: Jtai
) -> None:
    policy(repository, "fail_on: [overdue]\n")
    done = jtai("validate", "--against", revision, "jtai.yaml", cwd=repository)
    assert done.returncode == {"HEAD": 0, "nowhere": 2}[revision]


def test_a_policy_of_elsewhere_is_not_passed_over(repository: Path, jtai: Jtai) -> None:
    (repository / "other").mkdir()
    policy(repository / "other", "fail_on: [overdue-rd]\n")
    said = refused(jtai("validate", PLAN, "other/jtai.yaml", cwd=repository))
    assert "these plans are judged by different policies" in said


# states of a repository


def test_a_repository_without_commits(small: Path, git: Git, jtai: Jtai, judge: Judge) -> None:
    git(small, "init", "-q")
    assert judge(small, "--staged") == []
    git(small, "add", ".")
    assert judge(small, "--staged") == []
    copied(small, "plans/two.yaml", "our-plan", ("due: 2025-06-30, ", ""))
    git(small, "add", ".")
    assert judge(small, "--staged") == [
        ("plans/two.yaml", "duplicate-plan-id"),
        ("plans/two.yaml", "undated"),
    ]
    said = refused(jtai("validate", "--against", "HEAD", cwd=small))
    assert said == "git finds no commit 'HEAD': nothing has been committed here yet\n"


@pytest.fixture
def conflict(repository: Path, git: Git) -> Path:
    """A repository in the midst of a merge: ours moved a date and said why, theirs did not.

    Theirs has also moved a date in a plan of its own, which there is no conflict about.
    """
    copied(repository, "plans/other.yaml", "other")
    commit(repository, git)
    git(repository, "branch", "theirs")
    change(repository / PLAN, LATER, WHY)
    commit(repository, git)
    git(repository, "checkout", "-q", "theirs")
    change(repository / PLAN, ("2025-06-30", "2025-10-31"))
    change(repository / "plans" / "other.yaml", LATER)
    commit(repository, git)
    git(repository, "checkout", "-q", "main")
    git(repository, "merge", "-q", "theirs", fails=True)
    return repository


def test_a_merge_in_progress(conflict: Path, git: Git, judge: Judge) -> None:
    assert judge(conflict, "--staged") == [("plans/other.yaml", MOVED), (PLAN, "merge-conflict")]
    on_disk = judge(conflict, "--against", "HEAD")
    assert set(on_disk) == {("plans/other.yaml", MOVED), (PLAN, "merge-conflict")}
    git(conflict, "checkout", "--theirs", PLAN)
    git(conflict, "add", PLAN)
    assert judge(conflict, "--staged") == [
        ("plans/other.yaml", MOVED),
        *((PLAN, "update-rewritten"), (PLAN, "due-moved-earlier")),
    ]
    git(conflict, "checkout", "-q", "HEAD", "plans")
    assert judge(conflict, "--staged") == []


def test_a_policy_that_is_not_merged(repository: Path, git: Git, judge: Judge) -> None:
    git(repository, "branch", "theirs")
    policy(repository, "stale_after: 10\n")
    commit(repository, git)
    git(repository, "checkout", "-q", "theirs")
    policy(repository, "stale_after: 20\n")
    commit(repository, git)
    git(repository, "merge", "-q", "main", fails=True)
    assert judge(repository, "--staged") == [("jtai.yaml", "merge-conflict")]


def test_a_plan_that_one_side_deleted_is_not_merged(
    repository: Path, git: Git, judge: Judge
) -> None:
    copied(repository, "plans/other.yaml", "other")
    commit(repository, git)
    git(repository, "branch", "theirs")
    change(repository / PLAN, LATER, WHY)
    commit(repository, git)
    git(repository, "checkout", "-q", "theirs")
    git(repository, "rm", "-q", PLAN)
    commit(repository, git)
    git(repository, "merge", "-q", "main", fails=True)
    assert judge(repository, "--staged") == [(PLAN, "merge-conflict")]


def test_a_detached_head(repository: Path, git: Git, judge: Judge) -> None:
    change(repository / PLAN, LATER)
    commit(repository, git)
    git(repository, "checkout", "-q", "HEAD~")
    change(repository / PLAN, LATER)
    git(repository, "add", ".")
    assert judge(repository, "--staged") == [(PLAN, MOVED)]
    assert judge(repository, "--against", "HEAD") == [(PLAN, MOVED)]
    assert judge(repository, "--against", "main") == []


def test_a_revision_is_a_branch_a_tag_or_a_commit(repository: Path, git: Git, judge: Judge) -> None:
    git(repository, "tag", "-a", "-m", "x", "v1.0")
    first = git(repository, "rev-parse", "HEAD")
    git(repository, "checkout", "-q", "-b", "work")
    change(repository / PLAN, LATER)
    commit(repository, git)
    for revision in ("main", "v1.0", "HEAD~1", first[:9]):
        assert judge(repository, "--against", revision) == [(PLAN, MOVED)]
    assert judge(repository, "--against", "work") == []


@pytest.mark.parametrize("revision", ["nowhere", "", "HEAD..main", "main:plans", "\x1b[31m"])
def test_what_is_no_revision_is_refused(revision: str, repository: Path, jtai: Jtai) -> None:
    said = refused(jtai("validate", f"--against={revision}", cwd=repository))
    assert "\x1b" not in said
    assert said.count("\n") == 1


def test_against_and_staged_are_refused_together(repository: Path, jtai: Jtai) -> None:
    said = refused(jtai("validate", "--staged", "--against", "HEAD", cwd=repository))
    assert said.startswith("--staged compares with the last commit: leave --against out\n")


def test_a_linked_worktree(repository: Path, git: Git, judge: Judge, tmp_path: Path) -> None:
    linked = tmp_path / "linked"
    git(repository, "worktree", "add", "-q", linked)
    change(linked / PLAN, LATER)
    git(linked, "add", ".")
    for how in (("--staged",), ("--against", "main")):
        assert judge(linked, *how) == [(PLAN, MOVED)]
        assert judge(repository, *how) == []


def test_a_repository_of_sha256(small: Path, git: Git, judge: Judge) -> None:
    git(small, "init", "-q", "--object-format=sha256")
    commit(small, git)
    change(small / PLAN, LATER)
    git(small, "add", ".")
    assert judge(small, "--staged") == [(PLAN, MOVED)]
    assert judge(small, "--against", "HEAD") == [(PLAN, MOVED)]


@pytest.mark.parametrize("how", [("--staged",), ("--against", "HEAD")], ids=" ".join)
def test_a_bare_repository_is_refused(
    how: tuple[str, ...],
    repository: Path,
    git: Git,
    jtai: Jtai,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    bare = tmp_path_factory.mktemp("elsewhere") / "bare"
    git(repository, "clone", "-q", "--bare", ".", bare)
    (bare / "plans").mkdir()
    shutil.copy(repository / PLAN, bare / PLAN)
    said = refused(jtai("validate", *how, cwd=bare))
    assert "is in a repository without its files" in said
    assert said.count("\n") == 1


@pytest.mark.parametrize("start", [".", "plans"])
def test_what_looks_like_a_repository_in_the_folder_of_plans_is_not_asked(
    start: str, repository: Path, git: Git, jtai: Jtai
) -> None:
    change(repository / PLAN, LATER)
    commit(repository, git)
    false = repository / "plans"
    shutil.copytree(repository / ".git" / "objects", false / "objects")
    (false / "refs" / "heads").mkdir(parents=True)
    shutil.copy(repository / ".git" / "refs" / "heads" / "main", false / "refs" / "heads" / "main")
    git(repository, "update-ref", "refs/heads/main", "HEAD^")
    (false / "HEAD").write_text("ref: refs/heads/main\n", encoding="utf-8")
    (false / "config").write_text(
        "[core]\nrepositoryformatversion = 0\nbare = false\nworktree = ..\n", encoding="utf-8"
    )
    for how in ("--staged", "--against=HEAD"):
        done = jtai("validate", how, cwd=repository / start)
        assert (done.returncode, MOVED in done.stdout) == (1, True)


def test_plans_of_a_deeper_folder_are_judged_from_the_root(
    repository: Path, git: Git, judge: Judge
) -> None:
    (repository / "children").mkdir()
    git(repository, "mv", "plans", "children/plans")
    (repository / "other" / "plans").mkdir(parents=True)
    (repository / "other" / "plans" / "deploy.yaml").write_text("kind: Job\n", encoding="utf-8")
    commit(repository, git)
    change(repository / "children" / PLAN, LATER)
    change(repository / "other" / "plans" / "deploy.yaml", ("Job", "Task"))
    git(repository, "add", ".")
    assert judge(repository, "--staged") == [(f"children/{PLAN}", MOVED)]


def test_a_branch_that_can_not_be_read_is_not_one_without_commits(
    repository: Path, git: Git, jtai: Jtai
) -> None:
    change(repository / PLAN, LATER)
    git(repository, "add", ".")
    (repository / ".git" / "refs" / "heads" / "main").write_text("zzz\n", encoding="utf-8")
    assert "the last commit can't be read" in refused(jtai("validate", "--staged", cwd=repository))


@BOTH
def test_without_a_repository_it_is_refused(how: tuple[str, ...], small: Path, jtai: Jtai) -> None:
    said = refused(jtai("validate", *how, cwd=small))
    assert "is not in a git repository" in said
    assert said.count("\n") == 1
    assert jtai("validate", cwd=small).returncode == 0


@BOTH
def test_files_outside_of_the_repository_are_refused(
    how: tuple[str, ...],
    repository: Path,
    jtai: Jtai,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "x.yaml"
    shutil.copy(repository / PLAN, elsewhere)
    change(elsewhere, ("our-plan", "other"))
    alone = refused(jtai("validate", *how, elsewhere, cwd=repository))
    assert "is not in a git repository" in alone
    beside = refused(jtai("validate", *how, PLAN, elsewhere, cwd=repository))
    assert f"{elsewhere} is not in the repository {repository}" in beside


@BOTH
def test_git_variables_that_point_elsewhere_are_not_followed(
    how: tuple[str, ...],
    repository: Path,
    git: Git,
    judge: Judge,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    other = tmp_path_factory.mktemp("other")
    git(other, "init", "-q")
    git(other, "commit", "-q", "--allow-empty", "-m", "x")
    change(repository / PLAN, LATER)
    git(repository, "add", ".")
    elsewhere = {
        "GIT_DIR": f"{other}/.git",
        "GIT_WORK_TREE": str(other),
        "GIT_INDEX_FILE": f"{other}/.git/index",
        "GIT_OBJECT_DIRECTORY": f"{other}/.git/objects",
    }
    assert judge(repository, *how, env=elsewhere) == [(PLAN, MOVED)]


def test_the_index_of_a_partial_commit_counts(repository: Path, git: Git, judge: Judge) -> None:
    copied(repository, "plans/other.yaml", "other")
    commit(repository, git)
    shutil.copy(repository / ".git" / "index", repository / ".git" / "next-index-1.lock")
    change(repository / PLAN, LATER)
    git(repository, "add", ".")
    index = {"GIT_INDEX_FILE": ".git/next-index-1.lock"}
    assert judge(repository, "--staged", env=index) == []


# links and other repositories


@pytest.mark.parametrize("target", ["our-plan.yaml", "../x.yaml", "nowhere"])
def test_a_link_among_the_plans_is_a_problem(
    target: str, repository: Path, git: Git, judge: Judge
) -> None:
    copied(repository, "x.yaml", "x")
    (repository / "plans" / "z.yaml").symlink_to(target)
    git(repository, "add", ".")
    problem = ("plans/z.yaml", "unreadable-file")
    assert judge(repository, "--staged") == [problem]
    commit(repository, git)
    assert judge(repository, "--staged") == [problem]
    assert judge(repository, "--against", "HEAD") == [problem]
    change(repository / PLAN, LATER)
    git(repository, "add", ".")
    assert judge(repository, "--against", "HEAD") == [(PLAN, MOVED), problem]
    assert judge(repository, "--against", "HEAD", PLAN) == [(PLAN, MOVED)]


@BOTH
def test_a_link_and_a_plan_that_take_each_others_place(
    how: tuple[str, ...], repository: Path, git: Git, judge: Judge
) -> None:
    link = repository / "plans" / "link.yaml"
    copied(repository, "x.yaml", "x")
    link.symlink_to("../x.yaml")
    commit(repository, git)
    link.unlink()
    shutil.copy(repository / "x.yaml", link)
    git(repository, "add", ".")
    assert judge(repository, *how) == [("plans/link.yaml", "not-compared")]
    commit(repository, git)
    assert judge(repository, *how) == []
    link.unlink()
    link.symlink_to("../x.yaml")
    git(repository, "add", ".")
    # in git it is a link once it is committed
    rules = {("--staged",): "unreadable-file"}
    expected = [("plans/link.yaml", rules[how])] if how in rules else []
    assert judge(repository, *how) == expected


@BOTH
def test_a_link_that_is_taken_away_is_no_plan_that_is_gone(
    how: tuple[str, ...], repository: Path, git: Git, judge: Judge
) -> None:
    (repository / "plans" / "link.yaml").symlink_to("our-plan.yaml")
    commit(repository, git)
    git(repository, "rm", "-q", "plans/link.yaml")
    assert judge(repository, *how) == []


def test_a_link_to_a_folder_hides_plans(repository: Path, git: Git, judge: Judge) -> None:
    copied(repository, "old/x.yaml", "x")
    (repository / "plans" / "old").symlink_to("../old")
    (repository / "plans" / "README.md").symlink_to("../old/x.yaml")
    git(repository, "add", ".")
    assert judge(repository, "--staged") == [("plans/old", "unreadable-file")]
    commit(repository, git)
    change(repository / "old" / "x.yaml", LATER)
    assert judge(repository, "--against", "HEAD") == [
        ("plans/old/x.yaml", MOVED),
        ("plans/old", "unreadable-file"),
    ]


def test_a_folder_of_plans_that_is_a_link(repository: Path, git: Git, judge: Judge) -> None:
    git(repository, "mv", "plans", "improvement")
    (repository / "plans").symlink_to("improvement")
    git(repository, "add", ".")
    assert ("plans", "unreadable-file") in judge(repository, "--staged")
    commit(repository, git)
    change(repository / "improvement" / "our-plan.yaml", LATER)
    assert judge(repository, "--against", "HEAD") == [
        (PLAN, MOVED),
        ("plans", "unreadable-file"),
    ]


@pytest.mark.parametrize("name", ["plans/inner", "plans/inner.yaml"])
def test_another_repository_among_the_plans_is_a_problem(
    name: str, repository: Path, git: Git, judge: Judge
) -> None:
    inner = repository / name
    inner.mkdir()
    shutil.copy(repository / PLAN, inner / "x.yaml")
    change(inner / "x.yaml", ("our-plan", "x"))
    git(inner, "init", "-q")
    commit(inner, git)
    git(repository, "-c", "advice.addEmbeddedRepo=false", "add", ".")
    assert judge(repository, "--staged") == [(name, "unreadable-file")]
    commit(repository, git)
    assert (name, "unreadable-file") in judge(repository, "--against", "HEAD")


# earlier versions that can't be compared


UNREADABLE = {
    "list.yaml": "- a list\n",
    "nothing.yaml": "",
    "syntax.yaml": "x: [",
    "too-large.yaml": f"title: {'x' * 5_000_000}\n",
}


@BOTH
def test_an_earlier_version_that_can_not_be_read(
    how: tuple[str, ...], repository: Path, git: Git, judge: Judge
) -> None:
    for name, text in UNREADABLE.items():
        (repository / "plans" / name).write_text(text, encoding="utf-8")
    commit(repository, git)
    for name in UNREADABLE:
        copied(repository, f"plans/{name}", name)
    git(repository, "add", ".")
    assert judge(repository, *how) == [(f"plans/{name}", "not-compared") for name in UNREADABLE]


@BOTH
def test_an_earlier_version_with_errors_is_compared_as_far_as_it_can_be_read(
    how: tuple[str, ...], repository: Path, git: Git, judge: Judge
) -> None:
    change(repository / PLAN, ("2025-09-30", "2025-09-31"))
    commit(repository, git)
    change(repository / PLAN, ("2025-09-31", "2025-10-31"), LATER)
    git(repository, "add", ".")
    assert judge(repository, *how) == [(PLAN, MOVED)]


# names and bytes


# as they are, and as messages show them
NAMES = {
    b"*.yaml": "*.yaml",
    b"--all.yaml": "--all.yaml",
    b"latin-\xe9.yaml": "latin-<U+DCE9>.yaml",
    b"new\nline.yaml": "new<U+000A>line.yaml",
    b"our own plan.yaml": "our own plan.yaml",
    "pläne 漢字.yaml".encode(): "pläne 漢字.yaml",
}


@pytest.fixture
def odd(repository: Path, git: Git) -> list[Path]:
    """Plans of odd names, committed."""
    paths = []
    for number, name in enumerate(NAMES):
        path = copied(repository, f"plans/{number}.yaml", f"p{number}")
        paths.append(path.rename(path.with_name(os.fsdecode(name))))
    commit(repository, git)
    return paths


@BOTH
def test_files_of_any_name(
    how: tuple[str, ...], odd: list[Path], repository: Path, git: Git, jtai: Jtai
) -> None:
    for path in odd:
        change(path, LATER)
    git(repository, "add", ".")
    for arguments in ((), odd):
        done = jtai("validate", *how, *arguments, cwd=repository)
        assert (done.returncode, done.stderr) == (1, "")
        said = [line for line in done.stdout.splitlines() if f"[{MOVED}]" in line]
        folder = f"{repository}/plans" if arguments and how[0] == "--against" else "plans"
        expected = [f"{folder}/{shown}:11:62: error: 1.1 was" for shown in NAMES.values()]
        assert [line[: len(start)] for line, start in zip(said, expected, strict=True)] == expected


@BOTH
def test_a_deleted_file_of_any_name(
    how: tuple[str, ...], odd: list[Path], repository: Path, git: Git, jtai: Jtai
) -> None:
    for path in odd:
        path.unlink()
    git(repository, "add", "-A")
    done = jtai("validate", *how, cwd=repository)
    assert (done.returncode, done.stderr) == (1, "")
    said = [line for line in done.stdout.splitlines() if "[plan-removed]" in line]
    expected = [f"plans/{shown}:1:1: error: the plan" for shown in NAMES.values()]
    assert [line[: len(start)] for line, start in zip(said, expected, strict=True)] == expected


def test_ends_of_lines_that_git_changes_are_no_edit(
    repository: Path, git: Git, judge: Judge
) -> None:
    git(repository, "config", "core.autocrlf", "true")
    text = (repository / PLAN).read_bytes()
    (repository / PLAN).write_bytes(text.replace(b"\n", b"\r\n"))
    git(repository, "add", ".")
    assert judge(repository, "--against", "HEAD") == []
    assert judge(repository, "--staged") == []
    change(repository / PLAN, LATER)
    git(repository, "add", ".")
    assert judge(repository, "--against", "HEAD") == [(PLAN, MOVED)]
    assert judge(repository, "--staged") == [(PLAN, MOVED)]


# nothing is written, and little is run


def state(root: Path) -> dict[str, tuple[int, int, bytes]]:
    return {
        str(path): (path.lstat().st_mtime_ns, path.lstat().st_mode, path.read_bytes())
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def test_reading_never_writes_and_gives_the_same_bytes_twice(
    edited: Path, git: Git, jtai: Jtai
) -> None:
    # times that the index does not know: plain git would refresh it
    os.utime(edited / PLAN, (1, 1))
    copied(edited, "plans/untracked.yaml", "untracked")
    before = state(edited)
    for how in ("--staged", "--against=HEAD", "--staged --format=json plans/our-plan.yaml"):
        once, again = (
            jtai("validate", *how.split(), cwd=edited, env={"PYTHONHASHSEED": seed, "TZ": zone})
            for seed, zone in (("1", "UTC"), ("2", "Pacific/Kiritimati"))
        )
        assert (once.returncode, once.stderr) == (1, "")
        assert once.stdout == again.stdout
    assert state(edited) == before


@pytest.fixture
def counted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A file that gets a line for each run of git, and the PATH that makes it so."""
    folder = tmp_path_factory.mktemp("bin")
    log = folder / "log"
    real = shutil.which("git")
    (folder / "git").write_text(f'#!/bin/sh\necho "$*" >>{log}\nexec {real} "$@"\n', "utf-8")
    (folder / "git").chmod(0o755)
    return log, {"PATH": f"{folder}:{os.environ['PATH']}"}


@pytest.mark.parametrize(
    ("arguments", "most"),
    [
        (("validate", "--staged"), 3),
        (("validate", "--staged", PLAN), 3),
        (("validate", "--against", "HEAD"), 2),
        (("validate", "--against", "HEAD", "plans/b.yaml", "plans/a"), 2),
        (("check", "--against", "HEAD"), 2),
        (("validate",), 0),
        (("check",), 0),
        (("status",), 0),
        # only of a day of the past it is asked what was committed later
        (("status", "--as-of", "2025-08-07"), 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else str(value),
)
def test_git_is_run_a_few_times_at_most(
    arguments: tuple[str, ...],
    most: int,
    edited: Path,
    jtai: Jtai,
    counted: tuple[Path, dict[str, str]],
) -> None:
    policy(edited, "plans: plans\nrules: {undated: error}\n")
    log, env = counted
    done = jtai(*arguments, cwd=edited, env=env)
    assert done.returncode in (0, 1)
    assert len(log.read_text("utf-8").splitlines() if log.exists() else []) == most


def test_without_git_only_what_needs_it_is_refused(repository: Path, jtai: Jtai) -> None:
    env = {"PATH": str(repository)}
    for command in ("validate", "status", "check"):
        assert jtai(command, cwd=repository, env=env).returncode == 0
    for command in ("validate --staged", "validate --against HEAD", "check --against HEAD"):
        said = refused(jtai(*command.split(), cwd=repository, env=env))
        assert said == (
            "git is needed for this, and is not installed or not on the PATH: "
            "install git 2.30 or later\n"
        )


def test_the_working_directory_may_be_reached_through_a_link(
    repository: Path, git: Git, judge: Judge, tmp_path_factory: pytest.TempPathFactory
) -> None:
    linked = tmp_path_factory.mktemp("x") / "linked"
    linked.symlink_to(repository)
    change(repository / PLAN, LATER)
    git(repository, "add", ".")
    for how in (("--staged",), ("--against", "HEAD")):
        assert judge(linked, *how) == [(PLAN, MOVED)]
        assert judge(linked, *how, PLAN) == [(PLAN, MOVED)]


def test_a_hook_judges_what_is_committed_also_in_part(repository: Path, git: Git) -> None:
    hook = repository / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\nexec '{sys.executable}' -m jtai_cli validate --staged\n", "utf-8")
    hook.chmod(0o755)
    other = copied(repository, "plans/other.yaml", "other")
    git(repository, "add", ".")
    git(repository, "commit", "-q", "-m", "x")
    head = git(repository, "rev-parse", "HEAD")
    change(other, LATER)
    git(repository, "add", ".")
    change(repository / PLAN, ("title: Our plan", "title: Our own plan"))
    git(repository, "commit", "-q", "-m", "x", PLAN)
    assert git(repository, "rev-parse", "HEAD~") == head
    git(repository, "commit", "-q", "-m", "x", fails=True)
    assert git(repository, "rev-parse", "HEAD~") == head
