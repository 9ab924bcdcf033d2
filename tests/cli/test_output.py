"""Where answers go, in which colours and characters, and that nothing else is touched."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from jtai_cli.report import FORMATS

Jtai = Callable[..., CompletedProcess[str]]

ESCAPE = "\x1b["
DRAWN = "────"


# --as-of and JTAI_AS_OF


@pytest.mark.parametrize(
    ("option", "variable", "as_of"),
    [
        ((), "2025-08-07", "2025-08-07"),
        (("--as-of", "2025-06-01"), "2025-08-07", "2025-06-01"),
        (("--as-of", "0001-01-01"), "", "0001-01-01"),
        (("--as-of", "9999-12-31"), "", "9999-12-31"),
        (("--as-of", "2024-02-29"), "", "2024-02-29"),
    ],
)
def test_as_of(option: tuple[str, ...], variable: str, as_of: str, small: Path, jtai: Jtai) -> None:
    done = jtai("status", "--format", "json", *option, cwd=small, env={"JTAI_AS_OF": variable})
    assert json.loads(done.stdout)["as_of"] == as_of


def test_a_bad_variable_is_refused_by_its_name(small: Path, jtai: Jtai) -> None:
    done = jtai("status", cwd=small, env={"JTAI_AS_OF": "2025-06-31"})
    assert (done.returncode, done.stdout) == (2, "")
    assert "2025-06-31 is not a real date" in done.stderr


def test_without_a_date_it_is_today_in_london(small: Path, jtai: Jtai) -> None:
    from jtai_cli.cli.request import today

    before = today()
    done = jtai("status", "--format", "json", cwd=small, env={"JTAI_AS_OF": "", "TZ": "Asia/Tokyo"})
    assert before.isoformat() <= json.loads(done.stdout)["as_of"] <= today().isoformat()


# colour


@pytest.mark.parametrize(
    ("option", "env", "coloured"),
    [
        ((), {}, True),
        ((), {"NO_COLOR": "1"}, False),
        ((), {"NO_COLOR": ""}, True),
        ((), {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ((), {"TERM": "dumb"}, False),
        ((), {"TERM": "dumb", "FORCE_COLOR": "1"}, True),
        (("--color", "never"), {"FORCE_COLOR": "1"}, False),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
    ],
)
def test_colour_on_a_terminal(
    option: tuple[str, ...], env: dict[str, str], small: Path, on_terminal: Jtai, *, coloured: bool
) -> None:
    done = on_terminal("status", *option, cwd=small, env=env)
    assert (ESCAPE in done.stdout) is coloured
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("option", "env", "coloured"),
    [
        ((), {}, False),
        ((), {"TERM": "xterm"}, False),
        ((), {"FORCE_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": "0"}, False),
        ((), {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        (("--color", "always"), {}, True),
        (("--color", "never"), {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colour_on_a_pipe(
    option: tuple[str, ...], env: dict[str, str], small: Path, jtai: Jtai, *, coloured: bool
) -> None:
    done = jtai("status", *option, cwd=small, env=env)
    assert (ESCAPE in done.stdout) is coloured
    assert (DRAWN in done.stdout) is coloured


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "terminal"])
def test_formats_for_programs_have_no_colour(form: str, small: Path, jtai: Jtai) -> None:
    forced = jtai("status", "--format", form, "--color", "always", cwd=small)
    assert forced.stdout == jtai("status", "--format", form, cwd=small).stdout
    assert ESCAPE not in forced.stdout


# terminals


@pytest.mark.parametrize("columns", [60, 80, 140])
def test_a_terminal_is_filled_and_not_exceeded(columns: int, real: Path, on_terminal: Jtai) -> None:
    done = on_terminal("status", columns=columns, cwd=real, env={"NO_COLOR": "1"})
    assert columns - 15 < max(map(len, done.stdout.split("\n"))) <= columns


def test_a_terminal_that_does_not_say_its_width(small: Path, on_terminal: Jtai) -> None:
    done = on_terminal("status", columns=0, cwd=small)
    assert (done.returncode, DRAWN in done.stdout) == (0, True)


@pytest.mark.parametrize(
    "env", [{"TERM": "dumb"}, {"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "cp1252"}]
)
@pytest.mark.parametrize("command", ["status", "actions"])
def test_a_terminal_that_can_not_draw_gets_ascii(
    command: str, env: dict[str, str], real: Path, on_terminal: Jtai
) -> None:
    plans = ["reading-improvement-2016"] if env.get("TERM") else []
    encoding = env.get("PYTHONIOENCODING", "utf-8")
    done = on_terminal(command, *plans, cwd=real, env=env, encoding=encoding)
    assert done.returncode == 0
    assert DRAWN not in done.stdout
    assert "…" not in done.stdout
    assert "----" in done.stdout


@pytest.mark.parametrize(
    ("encoding", "title"), [("ascii", "Reading - Multi"), ("cp1252", "Reading – Multi")]
)
def test_what_an_encoding_lacks_is_written_with_what_it_has(
    encoding: str, title: str, jtai: Jtai
) -> None:
    done = jtai(
        "status", "reading-jtai-2025", env={"PYTHONIOENCODING": encoding}, encoding=encoding
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert title in done.stdout
    assert "?" not in done.stdout


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "terminal"])
def test_formats_for_programs_are_utf_8_whatever_the_terminal(form: str, jtai: Jtai) -> None:
    plain = jtai("actions", "--format", form)
    assert jtai("actions", "--format", form, env={"PYTHONIOENCODING": "cp1252"}).stdout == (
        plain.stdout
    )


# --output


@pytest.mark.parametrize("form", FORMATS)
def test_output_has_what_standard_output_would(form: str, small: Path, jtai: Jtai) -> None:
    piped = jtai("status", "--format", form, cwd=small)
    written = jtai("status", "--format", form, "--output", "out", cwd=small)
    assert (written.returncode, written.stdout, written.stderr) == (0, "", "")
    assert (small / "out").read_bytes() == piped.stdout.encode()


@pytest.mark.parametrize("form", ["text", "sarif"])
def test_output_of_problems(form: str, broken: Path, jtai: Jtai) -> None:
    piped = jtai("validate", "--format", form, cwd=broken)
    written = jtai("validate", "--format", form, "--output", "out", cwd=broken)
    assert (written.returncode, written.stdout, written.stderr) == (1, "", "")
    assert (broken / "out").read_bytes() == piped.stdout.encode()


def test_output_on_a_terminal_is_as_on_a_pipe(small: Path, jtai: Jtai, on_terminal: Jtai) -> None:
    on_terminal("status", "--output", "out", cwd=small)
    assert (small / "out").read_text(encoding="utf-8") == jtai("status", cwd=small).stdout


def test_output_needs_no_standard_output(small: Path, jtai: Jtai) -> None:
    options = {"stdout": None, "preexec_fn": lambda: os.close(1)}
    done = jtai("status", "--output", "out", cwd=small, **options)
    assert (done.returncode, done.stderr) == (0, "")
    assert (small / "out").exists()


def test_output_may_be_a_device(small: Path, jtai: Jtai) -> None:
    assert jtai("status", "--output", "/dev/null", cwd=small).returncode == 0
    assert jtai("status", "--output", "/dev/stdout", cwd=small).stdout.startswith("Our plan")


@pytest.mark.parametrize("output", ["nowhere/out", "plans", "plans/our-plan.yaml/out", "/dev/full"])
def test_output_that_can_not_be_written_is_one_line(output: str, small: Path, jtai: Jtai) -> None:
    done = jtai("status", "--output", output, cwd=small)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"can't write {output}: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("command", ["status", "validate"])
@pytest.mark.parametrize("output", ["plans/our-plan.yaml", "plans/broken.yaml", "link.yaml"])
def test_output_never_overwrites_a_plan(
    command: str, output: str, broken: Path, jtai: Jtai
) -> None:
    (broken / "link.yaml").symlink_to("plans/our-plan.yaml")
    before = (broken / output).read_bytes()
    done = jtai(command, "--output", output, cwd=broken)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"--output {output} would overwrite the plan plans/" in done.stderr
    assert (broken / output).read_bytes() == before


def test_output_may_be_a_link_that_leads_to_itself(small: Path, jtai: Jtai) -> None:
    (small / "loop").symlink_to("loop")
    done = jtai("status", "--output", "loop", cwd=small)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (small / "loop").read_text(encoding="utf-8").startswith("Our plan")


def test_output_by_a_name_that_leads_through_nothing(small: Path, jtai: Jtai) -> None:
    plan = small / "plans" / "our-plan.yaml"
    before = plan.read_bytes()
    (small / "link").symlink_to("nowhere/../plans/our-plan.yaml")
    for output in ("nowhere/../plans/our-plan.yaml", "link"):
        done = jtai("status", "--output", output, cwd=small)
        assert (done.returncode, done.stdout) == (2, "")
        assert f"--output {output} would overwrite the plan plans/our-plan.yaml" in done.stderr
    assert plan.read_bytes() == before


def test_output_by_a_link_to_what_may_be_a_plan(small: Path, jtai: Jtai) -> None:
    (small / "other.YAML").write_text("jtai: 1", encoding="utf-8")
    (small / "link.txt").symlink_to("other.YAML")
    done = jtai("status", "--output", "link.txt", cwd=small)
    assert (done.returncode, done.stdout) == (2, "")
    assert "would overwrite a file that may be a plan" in done.stderr


def test_output_to_a_pipe_that_nobody_reads_is_refused(small: Path, jtai: Jtai) -> None:
    os.mkfifo(small / "pipe")
    done = jtai("status", "--output", "pipe", cwd=small)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "can't write pipe: it is a pipe that nobody reads from\n"


def test_output_may_be_a_pipe_that_is_read_from(small: Path, jtai: Jtai) -> None:
    shell = f"{sys.executable} -m jtai_cli explain >/dev/null; "
    shell += f"{sys.executable} -m jtai_cli status --as-of 2025-08-07 --output >(cat); sleep 0.2"
    done = subprocess.run(["bash", "-c", shell], cwd=small, capture_output=True, check=True)
    assert done.stdout.startswith(b"Our plan\n")


@pytest.mark.parametrize("length", [255, 256, 5_000])
def test_output_with_a_long_name(length: int, small: Path, jtai: Jtai) -> None:
    done = jtai("status", "--output", "x" * length, cwd=small)
    assert done.returncode == (0 if length == 255 else 2)
    assert done.stderr.count("\n") == (0 if length == 255 else 1)
    assert "fault" not in done.stderr


def test_names_of_files_are_shown_and_never_obeyed(small: Path, jtai: Jtai) -> None:
    (small / "plans" / "our-plan.yaml").rename(small / "plans" / "a\x1b\n.yaml")
    shown = "a<U+001B><U+000A>.yaml"
    assert f"Stands in: plans/{shown}:11" in jtai("show", "1.1", cwd=small).stdout
    for output in ("gone/\x1b\n", "plans/a\x1b\n.yaml"):
        refused = jtai("status", "--output", output, cwd=small).stderr
        assert "<U+001B><U+000A>" in refused
    below = small / "b\x1b\n"
    (below / ".git").mkdir(parents=True)
    assert "b<U+001B><U+000A>" in jtai("status", cwd=below).stderr
    assert "b<U+001B><U+000A>/schemas" in jtai("schema", cwd=below).stdout


@pytest.mark.parametrize("name", ["other.yaml", "other.yml", "other.YML"])
def test_output_never_overwrites_what_may_be_a_plan_either(
    name: str, small: Path, jtai: Jtai
) -> None:
    (small / name).write_text("jtai: 1", encoding="utf-8")
    done = jtai("status", "--output", name, cwd=small)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"--output {name} would overwrite a file that may be a plan" in done.stderr
    assert (small / name).read_text(encoding="utf-8") == "jtai: 1"
