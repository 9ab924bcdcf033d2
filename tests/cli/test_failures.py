"""Plans that do not load, outputs that can't be written, and being interrupted."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from jtai_cli.cli.group import COMMANDS

Jtai = Callable[..., CompletedProcess[str]]

PROBLEM = "plans/broken.yaml:11:62: error: 2025-06-31 is not a real date; June has 30 days"
EVERY_WAY = [
    *(("--help",), ("--version",), ("--version", "status")),
    *((command, "--help") for command in COMMANDS),
    *(("status",), ("overdue",), ("actions",), ("show", "1.1"), ("validate",), ("explain",)),
    *(("explain", "undated"), ("schema", "--check"), ("status", "--format", "json")),
    *(("validate", "--format", "sarif"), ("actions", "--format", "csv")),
]
SOME_WAYS = [
    *(("--help",), ("--version",), ("--version", "status"), ("status", "--help"), ("status",)),
    *(("validate",), ("explain",), ("schema", "--check"), ("status", "--format", "json")),
]
every_way = pytest.mark.parametrize("arguments", EVERY_WAY, ids=" ".join)
some_ways = pytest.mark.parametrize("arguments", SOME_WAYS, ids=" ".join)


# a plan that does not load


def test_validate_lists_what_is_wrong(broken: Path, jtai: Jtai) -> None:
    done = jtai("validate", cwd=broken)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith(PROBLEM)
    assert done.stdout.endswith("\n1 error in 2 plans\n")


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (("status",), "Our plan\n"),
        (("overdue",), "Our plan\n1 of 2 actions overdue, as of 7 August 2025\n"),
        (("actions",), "Our plan\n2 of 2 actions, as of 7 August 2025\n"),
        (("show", "1.1"), "Action 1.1\n"),
    ],
)
def test_others_say_what_is_wrong_and_show_the_rest(
    arguments: tuple[str, ...], shown: str, broken: Path, jtai: Jtai
) -> None:
    done = jtai(*arguments, cwd=broken)
    assert done.returncode == 2
    assert done.stderr.startswith(PROBLEM)
    assert done.stdout.startswith(shown)


@pytest.mark.parametrize("command", ["status", "overdue", "actions"])
def test_json_is_whole_or_not_at_all(command: str, broken: Path, jtai: Jtai) -> None:
    done = jtai(command, "--format", "json", cwd=broken)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(PROBLEM)
    jtai(command, "--format", "json", "--output", "out.json", cwd=broken)
    assert not (broken / "out.json").exists()


@pytest.mark.parametrize("arguments", [("status",), ("overdue",), ("actions",), ("show", "1.1")])
def test_when_no_plan_loads_nothing_is_shown(
    arguments: tuple[str, ...], broken: Path, jtai: Jtai
) -> None:
    done = jtai(*arguments, "plans/broken.yaml", cwd=broken)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(PROBLEM)


def test_an_id_of_a_plan_that_does_not_load(broken: Path, jtai: Jtai) -> None:
    done = jtai("status", "broken", cwd=broken)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(PROBLEM)


def test_a_filter_that_nothing_fits_is_refused_after_the_problems(broken: Path, jtai: Jtai) -> None:
    done = jtai("actions", "--owner", "X", cwd=broken)
    assert done.returncode == 2
    assert done.stderr.startswith(PROBLEM)
    assert "no action has the owner 'X'" in done.stderr


def test_a_plan_id_in_two_files(small: Path, jtai: Jtai) -> None:
    text = (small / "plans" / "our-plan.yaml").read_text(encoding="utf-8")
    (small / "plans" / "second.yaml").write_text(text, encoding="utf-8")
    done = jtai("validate", cwd=small)
    assert done.returncode == 1
    assert "second.yaml:2:5: error: the plan id 'our-plan' is already used in" in done.stdout
    assert jtai("status", cwd=small).returncode == 2


@pytest.mark.parametrize(("option", "code"), [((), 0), (("--strict",), 1)])
def test_warnings_alone_count_when_asked_to(
    option: tuple[str, ...], code: int, small: Path, jtai: Jtai
) -> None:
    plan = small / "plans" / "our-plan.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace(", due: 2025-06-30", ""), "utf-8")
    done = jtai("validate", *option, cwd=small)
    assert (done.returncode, done.stderr) == (code, "")
    assert "warning: 1.1 has no due date [undated]" in done.stdout


def test_a_sound_plan_is_said_to_be(small: Path, jtai: Jtai) -> None:
    done = jtai("validate", "--strict", cwd=small)
    assert (done.returncode, done.stdout, done.stderr) == (0, "1 plan, no problem found\n", "")


# an output that can't be written


@every_way
def test_a_full_disk_is_one_line_and_not_0(
    arguments: tuple[str, ...], small: Path, jtai: Jtai
) -> None:
    with Path("/dev/full").open("wb") as full:
        done = jtai(*arguments, cwd=small, stdout=full)
    assert (done.returncode, done.stderr) == (
        2,
        "can't write the answer: no space left on device\n",
    )


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit")
def test_half_an_answer_is_no_answer_however_python_writes(small: Path, jtai: Jtai) -> None:
    import resource

    # room for a part of it; without a buffer of Python's, writing that part is no error
    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))

    for unbuffered in ("", "1"):
        env = {"PYTHONUNBUFFERED": unbuffered}
        with (small / "answer").open("wb") as answer:
            done = jtai("status", cwd=small, stdout=answer, env=env, preexec_fn=limit)
        assert (done.returncode, done.stderr) == (2, "can't write the answer: file too large\n")


@some_ways
def test_closed_output_is_one_line_and_not_0(
    arguments: tuple[str, ...], small: Path, jtai: Jtai
) -> None:
    done = jtai(*arguments, cwd=small, stdout=None, preexec_fn=lambda: os.close(1))
    assert (done.returncode, done.stderr) == (
        2,
        "can't write the answer: standard output is closed\n",
    )


@some_ways
def test_a_reader_that_goes_away_ends_it_quietly(
    arguments: tuple[str, ...], small: Path, jtai: Jtai
) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = jtai(*arguments, cwd=small, stdout=writer)
    os.close(writer)
    assert done.stderr == ""
    assert done.returncode == (1 if arguments == ("schema", "--check") else 0)


def test_a_reader_that_goes_away_midway(jtai: Jtai) -> None:
    shell = f"{sys.executable} -m jtai_cli actions --format json | head -n 1"
    done = subprocess.run(["bash", "-c", shell], capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"{\n", b"")


def test_closed_standard_error_changes_nothing_else(broken: Path, jtai: Jtai) -> None:
    with_it = jtai("status", cwd=broken)
    without = jtai("status", cwd=broken, stderr=None, preexec_fn=lambda: os.close(2))
    assert (without.returncode, without.stdout) == (2, with_it.stdout)
    refused = jtai("status", "nowhere", cwd=broken, stderr=None, preexec_fn=lambda: os.close(2))
    assert (refused.returncode, refused.stdout) == (2, "")


def test_full_standard_error_changes_nothing_else(broken: Path, jtai: Jtai) -> None:
    with Path("/dev/full").open("wb") as full:
        done = jtai("status", cwd=broken, stderr=full)
    assert done.returncode == 2
    assert done.stdout.startswith("Our plan\n")


def test_all_three_closed(small: Path, jtai: Jtai) -> None:
    done = jtai("status", cwd=small, preexec_fn=lambda: os.closerange(0, 3))
    assert done.returncode == 2


def test_a_fault_of_its_own_is_one_line(small: Path) -> None:
    script = (
        "import sys; from jtai_cli.cli import run; import jtai_cli.cli.reading.plans as reading; "
        "reading.load_plans = None; sys.exit(run(['status']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=small, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("jtai met a fault of its own (TypeError: ")
    assert done.stderr.count("\n") == 1


def test_too_little_memory_is_no_fault_of_its_own(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    from jtai_cli import cli

    def fill(_arguments: list[str]) -> int:
        raise MemoryError

    monkeypatch.setattr(cli, "_run", fill)
    assert cli.run([]) == 2
    assert capfd.readouterr().err.startswith("memory ran out")


# Ctrl-C


@pytest.mark.parametrize("command", ["actions", "validate"])
def test_interrupted_is_130(command: str, small: Path) -> None:
    # more than a pipe holds: the program is still writing when the signal comes
    actions = "".join(f'\n      - {{ref: "2.{n}", text: {"x" * 9_000}}}' for n in range(20))
    for number in range(20):
        text = (small / "plans" / "our-plan.yaml").read_text(encoding="utf-8")
        file = small / "plans" / f"{number}.yaml"
        file.write_text(text.replace("our-plan", f"p{number}").rstrip() + actions, "utf-8")
    with subprocess.Popen(
        [sys.executable, "-m", "jtai_cli", command, "--format", "json"],
        cwd=small,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout
        process.stdout.read(1)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert (process.returncode, err.split()) == (130, [b"interrupted"])


def test_interrupted_while_it_is_imported_is_130() -> None:
    script = (
        "import sys; from jtai_cli.__main__ import main\n"
        "class Interrupted:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'jtai_cli.cli': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupted()); main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "interrupted\n")


def test_validation_of_what_can_not_be_read_is_json_too(small: Path, jtai: Jtai) -> None:
    (small / "plans" / "x.yaml").mkdir()
    done = jtai("validate", "--format", "json", cwd=small)
    assert done.returncode == 1
    (problem,) = json.loads(done.stdout)["problems"]
    assert (problem["file"], problem["rule"]) == ("plans/x.yaml", "unreadable-file")


def test_a_fault_of_its_own_is_shown_whole_when_asked_for(small: Path) -> None:
    script = (
        "from jtai_cli.cli import run; import jtai_cli.cli.reading.plans as plans; "
        "plans.load_plans = None; "
    )
    done = subprocess.run(
        [sys.executable, "-c", f"{script} run(['status'])"],
        cwd=small,
        env=os.environ | {"JTAI_DEBUG": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr.startswith("Traceback")
