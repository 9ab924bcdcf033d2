"""What every command has: help with an example, a name, a place in the listing."""

import importlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from jtai_cli import __version__
from jtai_cli.cli.group import COMMANDS
from jtai_cli.plan.explanations import EXPLANATIONS
from jtai_cli.plan.explanations_of_the_gate import ALSO_CONDITIONS, CONDITIONS

Jtai = Callable[..., CompletedProcess[str]]
every_command = pytest.mark.parametrize("command", COMMANDS)

NOT_COMMANDS = {"__init__", "completing", "group", "inputs", "request"}


def test_every_module_with_a_command_is_a_command() -> None:
    folder = Path(__file__).parents[2] / "jtai_cli" / "cli"
    assert {file.stem for file in folder.glob("*.py")} - NOT_COMMANDS == set(COMMANDS)


@every_command
def test_a_command_is_called_as_its_module(command: str) -> None:
    assert importlib.import_module(f"jtai_cli.cli.{command}").command.name == command


@every_command
def test_help_has_an_example_that_is_the_command(command: str, jtai: Jtai) -> None:
    done = jtai(command, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"Usage: jtai {command} ")
    assert f"Example: jtai {command}" in done.stdout


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_lists_every_command_in_order(option: str, jtai: Jtai) -> None:
    done = jtai(option)
    assert done.returncode == 0
    assert "Example: jtai " in done.stdout
    listing = done.stdout.split("Commands:\n")[1].split("\n\n")[0]
    assert [line.split()[0] for line in listing.splitlines()] == list(COMMANDS)
    assert not listing.count("...")


def test_no_command_gets_the_help_page_as_an_error(jtai: Jtai) -> None:
    done = jtai()
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == jtai("--help").stdout


@pytest.mark.parametrize("arguments", [("--version",), ("--version", "status")])
def test_version(arguments: tuple[str, ...], jtai: Jtai) -> None:
    done = jtai(*arguments)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"jtai {__version__}\n", "")


def test_explain_lists_every_rule(jtai: Jtai) -> None:
    done = jtai("explain")
    assert done.returncode == 0
    names = [line.split()[0] for line in done.stdout.splitlines() if not line.startswith(" ")]
    assert names == list(EXPLANATIONS)


def test_explain_every_rule(capfd: pytest.CaptureFixture[str]) -> None:
    from jtai_cli.cli.explain import command

    for name, explanation in EXPLANATIONS.items():
        also = ", and a condition" if name in ALSO_CONDITIONS else ""
        kind = "condition" if name in CONDITIONS else f"{explanation.severity}{also}"
        assert command.main([name], standalone_mode=False) == 0
        text = capfd.readouterr().out
        words = " ".join(text.split())
        assert text.startswith(f"{name} ({kind})\n\n")
        assert explanation.meaning in words
        assert f"Why it matters: {explanation.reason}" in words
        assert f"How to mend it: {explanation.mending}" in words


def test_explain_takes_a_rule_as_messages_print_it(jtai: Jtai) -> None:
    assert jtai("explain", "[undated]").stdout == jtai("explain", "undated").stdout


def test_schema_writes_beside_the_plans_and_check_says_whether_it_is_current(
    small: Path, jtai: Jtai
) -> None:
    folder = small / "schemas"
    files = [folder / "plan.schema.json", folder / "config.schema.json"]
    missing = jtai("schema", "--check", cwd=small)
    assert (missing.returncode, folder.exists()) == (1, False)
    assert missing.stdout == "".join(f"{file}: not current: run jtai schema\n" for file in files)
    (small / "plans" / "deeper").mkdir()
    written = jtai("schema", cwd=small / "plans" / "deeper")
    assert written.returncode == 0
    assert written.stdout == "".join(f"{file}: written\n" for file in files)
    current = jtai("schema", "--check", cwd=small)
    assert current.returncode == 0
    assert current.stdout == "".join(f"{file}: current\n" for file in files)
    for file in files:
        file.write_text("{}", encoding="utf-8")
        assert jtai("schema", "--check", cwd=small).returncode == 1
        assert file.read_text(encoding="utf-8") == "{}"


def test_a_schema_that_can_not_be_written_is_one_line(small: Path, jtai: Jtai) -> None:
    (small / "schemas").write_text("", encoding="utf-8")
    done = jtai("schema", cwd=small)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("can't ")
    assert done.stderr.count("\n") == 1


SPECIAL: dict[str, Callable[[Path], None]] = {
    "a link": lambda path: path.symlink_to("../plans/our-plan.yaml"),
    "a loop": lambda path: path.symlink_to(path.name),
    "a pipe": os.mkfifo,
    "a folder": lambda path: path.mkdir(),
}


@pytest.mark.parametrize("kind", SPECIAL)
def test_a_schema_is_never_written_over_something_else(kind: str, small: Path, jtai: Jtai) -> None:
    plan = (small / "plans" / "our-plan.yaml").read_bytes()
    (small / "schemas").mkdir()
    SPECIAL[kind](small / "schemas" / "plan.schema.json")
    done = jtai("schema", cwd=small)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"can't write {small}/schemas/plan.schema.json: it is ")
    assert (small / "plans" / "our-plan.yaml").read_bytes() == plan
    assert jtai("schema", "--check", cwd=small).returncode == 1


def test_a_schema_without_explanations_is_refused(small: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-OO", "-m", "jtai_cli", "schema"],
        cwd=small, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith("python -OO takes out the explanations")
    assert not (small / "schemas").exists()


def test_explanations_need_40_columns(jtai: Jtai) -> None:
    narrow, forty = (jtai("explain", "undated", env={"COLUMNS": n}).stdout for n in ("1", "40"))
    assert narrow == forty != ""


def test_a_hint_about_a_line_of_a_plan_is_not_given_for_an_option(small: Path, jtai: Jtai) -> None:
    assert "leave" not in jtai("status", "--as-of", "2025-06-31", cwd=small).stderr


UNKNOWN = [
    (("stats",), "there is no command 'stats'; did you mean 'status'?"),
    (("xyz",), "there is no command 'xyz'; there are: status, overdue"),
    (("status", "--formt", "json"), "--format"),
    (("status", "--format", "xml"), "'xml' is not one of 'terminal', 'json', 'markdown', 'csv'"),
    (("status", "--by", "colour"), "'colour' is not one of 'objective', 'owner'"),
    (("validate", "--format", "csv"), "'csv' is not one of 'text', 'json', 'github'"),
    (("status", "--color", "sometimes"), "'sometimes' is not one of"),
    (("status", ""), "the name of a plan is empty"),
    (("validate", "our-plan", ""), "the name of a plan is empty"),
    (("status", "x" * 5_000), "is neither a file, a folder nor the id of a plan"),
    (("status", "\x1b[31m"), "'<U+001B>[31m' is neither a file"),
    (("status", "our-plam"), "neither a file, a folder nor the id of a plan; did you mean"),
    (("status", "plans/none.yaml"), "neither a file, a folder nor the id of a plan"),
    (("actions", "--owner", "TPV"), "no action has the owner 'TPV'; did you mean 'TVP'?"),
    (("actions", "--owner", "Ofsted"), "no action has the owner 'Ofsted'; there are: TVP, BFFC"),
    (("actions", "--progress", "gren"), "did you mean 'green'?"),
    (("actions", "--theme", "Data"), "no action has the theme 'Data'; there are: none"),
    (("actions", "--due-within", "-1"), "--due-within"),
    (("actions", "--due-within", "soon"), "--due-within"),
    (("show",), "REF"),
    (("show", "1.9"), "no action has the ref '1.9'"),
    (("show", "our-plan#2.1"), "no action has the ref '2.1'"),
    (("show", "ou-plan#1.1"), "no plan has the id 'ou-plan'; did you mean 'our-plan'?"),
    (("show", "x#1.1"), "no plan has the id 'x'; there are: our-plan"),
    (("explain", "undatd"), "there is no rule 'undatd'; did you mean 'undated'?"),
    (("explain", "zzzz"), "there is no rule 'zzzz'; jtai explain lists them"),
]


@pytest.mark.parametrize(("arguments", "words"), UNKNOWN)
def test_what_is_unknown_is_refused_with_the_nearest_word(
    arguments: tuple[str, ...], words: str, small: Path, jtai: Jtai
) -> None:
    done = jtai(*arguments, cwd=small)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("2025-06-31", "2025-06-31 is not a real date; June has 30 days"),
        ("2025-02-29", "2025-02-29 is not a real date"),
        ("30/06/2025", "write 2025-06-30"),
        ("30.06.2025", "write 2025-06-30"),
        ("20250630", "YYYY-MM-DD"),
        ("2025-6-30", "YYYY-MM-DD"),
        ("June 2025", "YYYY-MM-DD"),
        ("today", "YYYY-MM-DD"),
        ("٢٠٢٥-٠٦-٣٠", "YYYY-MM-DD"),
        ("2025-06-30T00:00", "YYYY-MM-DD"),
        ("0000-00-00", "not a real date"),
        (" 2025-06-30", "YYYY-MM-DD"),
    ],
)
def test_a_date_that_is_none_is_refused_in_words(
    written: str, words: str, small: Path, jtai: Jtai
) -> None:
    done = jtai("status", "--as-of", written, cwd=small)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr.replace("\n", " ")
    assert "Traceback" not in done.stderr


def test_the_module_is_the_program(small: Path) -> None:
    program = Path(sys.executable).with_name("jtai")
    outputs = [
        subprocess.run(
            [*command, "status", "--as-of", "2025-08-07"],
            cwd=small,
            capture_output=True,
            check=True,
        ).stdout
        for command in ([sys.executable, "-m", "jtai_cli"], [program])
    ]
    assert outputs[0] == outputs[1] != b""
