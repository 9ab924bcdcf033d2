"""A policy below another one: never the law, and never silent."""

import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Jtai = Callable[..., CompletedProcess[str]]
Git = Callable[..., str]

PLAN = "plans/our-plan.yaml"
STRICT, LAX = "fail_on: [overdue]\n", "plans: .\nfail_on: [no-owner]\n"
SAID = (
    "{}:1:1: error: this policy does not count: it stands below {}, which does [second-policy]\n"
    "  write what is to hold into {}, and delete this file\n"
)


def policy(root: Path, text: str) -> None:
    root.mkdir(parents=True, exist_ok=True)
    (root / "jtai.yaml").write_text(text, encoding="utf-8")


@pytest.fixture
def strict(repository: Path) -> Path:
    """A repository in which the gate fails by the policy at its root."""
    policy(repository, STRICT)
    return repository


@pytest.fixture
def planted(strict: Path) -> Path:
    """The same with a laxer policy in the folder of plans."""
    policy(strict / "plans", LAX)
    return strict


@pytest.mark.parametrize(
    ("start", "plans"),
    [
        (".", ()),
        (".", ("plans",)),
        (".", (PLAN,)),
        ("plans", ()),
        ("plans", ("our-plan.yaml",)),
    ],
)
def test_a_laxer_policy_deeper_down_is_never_silently_the_law(
    start: str, plans: tuple[str, ...], planted: Path, jtai: Jtai
) -> None:
    name, law = {".": ("plans/jtai.yaml", "jtai.yaml"), "plans": ("jtai.yaml", "../jtai.yaml")}[
        start
    ]
    said = SAID.format(name, law, law)
    checked = jtai("check", *plans, cwd=planted / start)
    assert (checked.returncode, checked.stdout) == (2, "")
    assert checked.stderr == f"{said}\nnothing is judged before {name} is gone\n"
    for how in ((), ("--against", "HEAD")):
        validated = jtai("validate", *how, *plans, cwd=planted / start)
        assert (validated.returncode, said in validated.stdout) == (1, True)
    assert jtai("status", cwd=planted / start).returncode == 0
    (planted / "plans" / "jtai.yaml").unlink()
    assert jtai("check", *plans, cwd=planted / start).returncode == 1
    assert jtai("validate", *plans, cwd=planted / start).returncode == 0


def test_it_is_seen_by_its_own_name_too(planted: Path, jtai: Jtai) -> None:
    done = jtai("validate", "plans/jtai.yaml", cwd=planted)
    assert (done.returncode, "[second-policy]" in done.stdout) == (1, True)


def test_on_the_way_to_the_plans(repository: Path, git: Git, jtai: Jtai) -> None:
    policy(repository, "plans: children/our/plans\n")
    (repository / "children" / "our").mkdir(parents=True)
    git(repository, "mv", "plans", "children/our/plans")
    policy(repository / "children", LAX)
    for _ in range(2):
        for start in (".", "children"):
            assert jtai("check", cwd=repository / start).returncode == 2
            for how in ((), ("--against", "HEAD")):
                done = jtai("validate", *how, cwd=repository / start)
                assert done.stdout.count("[second-policy]") == 1
        git(repository, "add", ".")
        assert "[second-policy]" in jtai("validate", "--staged", cwd=repository).stdout
        git(repository, "commit", "-q", "-m", "x", "--allow-empty")


@pytest.mark.parametrize("where", ["plans", "plans/deeper", "elsewhere"])
def test_what_is_staged_counts(where: str, strict: Path, git: Git, jtai: Jtai) -> None:
    git(strict, "add", ".")
    policy(strict / where, LAX)
    assert jtai("validate", "--staged", cwd=strict).returncode == 0
    git(strict, "add", ".")
    done = jtai("validate", "--staged", cwd=strict)
    assert (done.returncode, done.stdout.count(f"{where}/jtai.yaml:1:1: error")) == (1, 1)
    git(strict, "rm", "-q", "--cached", f"{where}/jtai.yaml")
    assert jtai("validate", "--staged", cwd=strict).returncode == 0


def test_one_that_is_committed_among_the_plans_is_said_until_it_is_gone(
    planted: Path, git: Git, jtai: Jtai
) -> None:
    git(planted, "add", ".")
    git(planted, "commit", "-q", "-m", "x")
    assert "[second-policy]" in jtai("validate", "--staged", cwd=planted).stdout
    git(planted, "rm", "-q", "plans/jtai.yaml")
    assert jtai("validate", "--staged", cwd=planted).returncode == 0


def test_before_the_first_commit(small: Path, git: Git, jtai: Jtai) -> None:
    policy(small, STRICT)
    policy(small / "plans", LAX)
    git(small, "init", "-q")
    git(small, "add", ".")
    assert "[second-policy]" in jtai("validate", "--staged", cwd=small).stdout


def test_a_link_to_the_one_that_counts_is_no_second_one(strict: Path, jtai: Jtai) -> None:
    (strict / "plans" / "jtai.yaml").symlink_to("../jtai.yaml")
    assert jtai("validate", cwd=strict).returncode == 0
    assert jtai("check", cwd=strict / "plans").returncode == 1


def test_projects_beside_each_other_have_policies_of_their_own(
    repository: Path, git: Git, jtai: Jtai
) -> None:
    for name, text in (("a", STRICT), ("b", "fail_on: [overdue-red]\n")):
        policy(repository / name, text)
        shutil.copytree(repository / "plans", repository / name / "plans")
    git(repository, "rm", "-q", "-r", "plans")
    git(repository, "add", ".")
    for name, code in (("a", 1), ("b", 0)):
        assert jtai("validate", cwd=repository / name).returncode == 0
        assert jtai("check", cwd=repository / name).returncode == code
        assert jtai("check", cwd=repository / name / "plans").returncode == code
        done = jtai("validate", "--staged", cwd=repository / name)
        assert "[second-policy]" not in done.stdout


def test_a_repository_in_a_folder_has_its_own(strict: Path, git: Git, jtai: Jtai) -> None:
    inner = strict / "inner"
    shutil.copytree(strict / "plans", inner / "plans")
    policy(inner, "fail_on: [overdue-red]\n")
    git(inner, "init", "-q")
    assert jtai("check", cwd=inner).returncode == 0


def test_outside_of_a_repository_folders_above_are_of_other_matters(
    small: Path, jtai: Jtai
) -> None:
    policy(small.parent, "nonsense")
    policy(small, "fail_on: [overdue-red]\n")
    assert jtai("check", cwd=small).returncode == 0
    (small.parent / "jtai.yaml").unlink()


@pytest.mark.parametrize("start", [".", "plans"])
@pytest.mark.parametrize(("command", "code"), [("validate", 1), ("check", 2)])
def test_one_among_the_plans_does_not_count_where_there_is_no_other(
    command: str, code: int, start: str, repository: Path, jtai: Jtai
) -> None:
    policy(repository / "plans", LAX)
    done = jtai(command, cwd=repository / start)
    assert done.returncode == code
    assert "it stands among the plans" in done.stdout + done.stderr


def test_one_among_the_plans_is_refused_when_it_is_staged(
    repository: Path, git: Git, jtai: Jtai
) -> None:
    policy(repository / "plans", LAX)
    git(repository, "add", ".")
    done = jtai("validate", "--staged", cwd=repository)
    assert (done.returncode, "[second-policy]" in done.stdout) == (1, True)
