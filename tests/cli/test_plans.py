"""Which plans are meant: by file, folder or id, or all that are found."""

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Jtai = Callable[..., CompletedProcess[str]]


def ids(done: CompletedProcess[str]) -> list[str]:
    assert done.returncode == 0, done.stderr
    return [plan["id"] for plan in json.loads(done.stdout)["plans"]]


@pytest.fixture
def two(small: Path) -> Path:
    """A folder with two plans: our-plan, and other in a folder below."""
    text = (small / "plans" / "our-plan.yaml").read_text(encoding="utf-8")
    (small / "plans" / "deeper").mkdir()
    other = small / "plans" / "deeper" / "x.yml"
    other.write_text(text.replace("our-plan", "other"), encoding="utf-8")
    return small


@pytest.mark.parametrize(
    ("plans", "expected"),
    [
        ([], ["other", "our-plan"]),
        (["plans"], ["other", "our-plan"]),
        (["plans/"], ["other", "our-plan"]),
        (["plans/our-plan.yaml"], ["our-plan"]),
        (["our-plan", "other"], ["our-plan", "other"]),
        (["plans/our-plan.yaml", "plans/deeper"], ["our-plan", "other"]),
        (["our-plan", "plans", "./plans/our-plan.yaml"], ["our-plan", "other"]),
    ],
)
def test_plans_by_file_folder_or_id(
    plans: list[str], expected: list[str], two: Path, jtai: Jtai
) -> None:
    assert ids(jtai("status", *plans, "--format", "json", cwd=two)) == expected


@pytest.mark.parametrize("command", ["validate", "status"])
def test_one_file_by_two_names_is_one_plan(command: str, small: Path, jtai: Jtai) -> None:
    file = small / "plans" / "our-plan.yaml"
    (small / "link.yaml").symlink_to(file)
    done = jtai(command, "plans/our-plan.yaml", file, "link.yaml", cwd=small)
    assert (done.returncode, done.stderr) == (0, "")


def test_plans_are_found_from_a_folder_below(two: Path, jtai: Jtai) -> None:
    below = two / "a" / "b"
    below.mkdir(parents=True)
    done = jtai("status", "--format", "json", cwd=below)
    assert ids(done) == ["other", "our-plan"]
    assert json.loads(done.stdout)["plans"][1]["file"] == "../../plans/our-plan.yaml"


def test_an_id_is_found_from_a_folder_below(two: Path, jtai: Jtai) -> None:
    assert ids(jtai("status", "other", "--format", "json", cwd=two / "plans" / "deeper")) == [
        "other"
    ]


def test_plans_are_not_looked_for_above_a_repository(two: Path, jtai: Jtai) -> None:
    inside = two / "repository"
    (inside / ".git").mkdir(parents=True)
    done = jtai("status", cwd=inside)
    assert (done.returncode, done.stdout) == (2, "")
    assert str(inside) in done.stderr
    assert f"in {inside}." in done.stderr


@pytest.mark.parametrize("command", ["status", "overdue", "actions", "validate"])
def test_nothing_found_says_where_it_looked_and_what_to_do(
    command: str, tmp_path: Path, jtai: Jtai
) -> None:
    done = jtai(command, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"no plan found: there is no folder 'plans' in {tmp_path}" in done.stderr
    assert "name a plan (jtai status path/to/plan.yaml)" in done.stderr


def test_an_empty_folder_is_nothing_to_judge(tmp_path: Path, jtai: Jtai) -> None:
    (tmp_path / "plans").mkdir()
    for arguments in (["validate"], ["validate", "plans"]):
        done = jtai(*arguments, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, "")
        assert "no .yaml file in it" in done.stderr


def test_hidden_files_are_left_out(small: Path, jtai: Jtai) -> None:
    shutil.copy(small / "plans" / "our-plan.yaml", small / "plans" / ".our-plan.yaml.swp.yaml")
    (small / "plans" / ".cache").mkdir()
    shutil.copy(small / "plans" / "our-plan.yaml", small / "plans" / ".cache" / "x.yaml")
    assert ids(jtai("status", "--format", "json", cwd=small)) == ["our-plan"]


def test_show_takes_the_plan_before_the_ref(real: Path, jtai: Jtai) -> None:
    several = jtai("show", "2.1", cwd=real)
    assert (several.returncode, several.stdout) == (2, "")
    assert "say reading-improvement-2016#2.1 or reading-jtai-2025#2.1" in several.stderr
    one = jtai("show", "reading-jtai-2025#2.1", cwd=real)
    assert one.stdout.startswith("Action 2.1\n")
    assert jtai("show", "2.1", "reading-jtai-2025", cwd=real).stdout == one.stdout
    assert jtai("show", "18.1", cwd=real).returncode == 0


SPECIAL: dict[str, Callable[[Path], None]] = {
    "fifo": os.mkfifo,
    "folder": lambda path: path.mkdir(),
    "device": lambda path: path.symlink_to("/dev/zero"),
    "loop": lambda path: path.symlink_to(path.name),
    "dangling": lambda path: path.symlink_to("nowhere"),
    "socket": lambda path: socket.socket(socket.AF_UNIX).bind(str(path)),
}


@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
@pytest.mark.parametrize("kind", SPECIAL)
def test_what_is_not_an_ordinary_file_is_a_problem_and_never_a_hang(
    kind: str, small: Path, jtai: Jtai
) -> None:
    path = small / "plans" / "x.yaml"
    SPECIAL[kind](path)
    validated = jtai("validate", cwd=small)
    assert validated.returncode == 1
    assert "plans/x.yaml:1:1: error: this file can't be read: " in validated.stdout
    assert "[unreadable-file]" in validated.stdout
    status = jtai("status", cwd=small)
    assert status.returncode == 2
    assert status.stdout.startswith("Our plan\n")


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_what_may_not_be_read_is_a_problem(kind: str, small: Path) -> None:
    for folder in (small, *small.parents[:2]):
        folder.chmod(0o755)
    secret = small / "plans" / "secret"
    secret.mkdir()
    shutil.copy(small / "plans" / "our-plan.yaml", secret / "x.yaml")
    (secret if kind == "folder" else secret / "x.yaml").chmod(0)
    # root may read everything; whoever it becomes may not read Python's own modules, so that all
    # that is needed is imported by a first run, and nothing is done on leaving
    script = (
        "import os; from jtai_cli.cli import run; run(['validate', '--output', os.devnull]); "
        "os.geteuid() or os.seteuid(65534); os._exit(run(['validate']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=small, capture_output=True, text=True, check=False
    )
    secret.chmod(0o755)
    name = {"file": "plans/secret/x.yaml", "folder": "plans/secret"}[kind]
    said = "this file can't be read: the system says: permission denied"
    assert f"{name}:1:1: error: {said} [unreadable-file]" in done.stdout
    assert (done.returncode, done.stderr) == (1, "")


def test_a_link_to_a_plan_beside_it_is_one_plan(small: Path, jtai: Jtai) -> None:
    (small / "plans" / "link.yaml").symlink_to("our-plan.yaml")
    found, given = jtai("validate", cwd=small), jtai("validate", "plans", cwd=small)
    assert found.stdout == given.stdout == "1 plan, no problem found\n"


def test_a_suffix_in_capitals_is_one(small: Path, jtai: Jtai) -> None:
    (small / "plans" / "our-plan.yaml").rename(small / "plans" / "A.YAML")
    assert ids(jtai("status", "--format", "json", cwd=small)) == ["our-plan"]


WITHOUT_RIGHTS = (
    "import os, sys; from jtai_cli.cli import run; run(['schema', '--check']); "
    "run(['validate', '--output', os.devnull]); run(['status', '--output', os.devnull]); "
    "os.geteuid() or os.seteuid(65534); os._exit(run(sys.argv[1:]))"
)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["validate", "secret/x.yaml"], 1, "secret/x.yaml:1:1: error: this file can't be read"),
        (["validate", "secret"], 1, "secret:1:1: error: this file can't be read"),
        (["status", "secret/deeper"], 2, "secret/deeper:1:1: error: this file can't be read"),
        (["status", "--output", "secret/out"], 2, "can't write secret/out: the system says"),
        (["schema"], 2, "can't make"),
    ],
)
def test_what_may_not_be_looked_into_is_said(
    arguments: list[str], code: int, said: str, small: Path
) -> None:
    for folder in (small, *small.parents[:2]):
        folder.chmod(0o755)
    (small / "secret").mkdir(mode=0)
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_RIGHTS, *arguments],
        cwd=small, capture_output=True, text=True, check=False,
    )  # fmt: skip
    (small / "secret").chmod(0o755)
    assert done.returncode == code, done.stderr
    assert said in done.stdout + done.stderr
    assert "fault" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ("status", 2),
        ("validate", 2),
        ("validate x.yaml", 2),
        ("schema", 2),
        ("validate {plan}", 0),
        ("status {plan}", 0),
        ("status {plan} --output {folder}/out", 0),
        ("status {plan} --output out", 2),
    ],
)
def test_without_a_working_directory(arguments: str, code: int, small: Path, jtai: Jtai) -> None:
    gone = small / "gone"
    gone.mkdir()
    words = arguments.format(plan=small / "plans" / "our-plan.yaml", folder=small)
    program = Path(sys.executable).with_name("jtai")
    done = subprocess.run(
        ["bash", "-c", f"rmdir {gone}; exec {program} {words}"],
        cwd=gone, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == code, done.stderr
    assert done.stderr.count("\n") == (1 if code else 0)
    assert "fault" not in done.stderr


def test_a_file_name_that_is_no_unicode(small: Path, jtai: Jtai) -> None:
    path = os.path.join(os.fsencode(small / "plans"), b"a\xff\n.yaml")  # noqa: PTH118 - bytes
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT))
    for form in ("json", "sarif"):
        done = jtai("validate", "--format", form, cwd=small)
        assert (done.returncode, done.stderr) == (1, "")
        assert jtai("validate", "--format", form, "--output", "out", cwd=small).returncode == 1
        assert (small / "out").read_text(encoding="utf-8") == done.stdout
