"""What the README shows is what the program says."""

import fcntl
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from tests import story

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONSOLE = re.compile(r"^```console\n\$ ([^\n]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
YAML = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def on_a_terminal(arguments: list[str], folder: Path) -> str:
    """What a program prints on a terminal of 80 columns, without colour."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 80, 0, 0))
    hidden = ("COLUMNS", "LINES", "FORCE_COLOR", "JTAI_AS_OF")
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    environment |= {"NO_COLOR": "1", "TERM": "xterm", "PYTHONUTF8": "1"}
    with subprocess.Popen(
        [sys.executable, "-m", "jtai_cli", *arguments],
        cwd=folder,
        env=environment,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    ):
        os.close(theirs)
        parts = []
        while True:
            try:
                part = os.read(ours, 65_536)
            except OSError:
                break
            if not part:
                break
            parts.append(part)
    os.close(ours)
    return b"".join(parts).decode().replace("\r\n", "\n")


def block(part: str) -> str:
    """The YAML of the README that has this in it."""
    return next(found[1] for found in YAML.finditer(README) if part in found[1])


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A folder with the real plans and the faulty plan that the README shows."""
    shutil.copytree(ROOT / "plans", tmp_path / "plans")
    (tmp_path / "slips.yaml").write_text(block("# slips.yaml\n"), encoding="utf-8")
    return tmp_path


@pytest.fixture
def edited(tmp_path: Path) -> Path:
    """A repository in which the edit that the README tells of is about to be committed."""
    plan = tmp_path / "plans" / "our-plan.yaml"
    plan.parent.mkdir()
    written = block("yaml-language-server")
    plan.write_text(written, encoding="utf-8")
    person = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "core.hooksPath=")
    for command in (["init", "-q"], ["add", "."], [*person, "commit", "-q", "-m", "A plan"]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    edited = written.replace("due: 2025-06-30", "due: 2025-09-30")
    plan.write_text(edited.replace("progress: green", "progress: blue"), encoding="utf-8")
    subprocess.run(["git", "add", "."], cwd=tmp_path, check=True)
    return tmp_path


@pytest.fixture
def year(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The invented year of the plan of 2025."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    story.build(tmp_path / "year")
    return tmp_path / "year"


def _fixture_for(arguments: list[str]) -> str:
    """The fixture that makes the folder in which a command of the README is run."""
    if arguments[0] in ("tracker", "changes", "trend", "slippage", "ages"):
        return "year"
    return "edited" if "--staged" in arguments else "example"


@pytest.mark.parametrize(("command", "shown"), CONSOLE.findall(README))
def test_console_blocks_show_what_the_program_prints(
    command: str, shown: str, request: pytest.FixtureRequest
) -> None:
    program, *arguments = command.split()
    folder = request.getfixturevalue(_fixture_for(arguments))

    assert program == "jtai"
    assert on_a_terminal(arguments, folder).rstrip() == shown.rstrip()


def test_the_example_policy_has_no_problem(tmp_path: Path) -> None:
    (tmp_path / "jtai.yaml").write_text(block("# jtai.yaml\n"), encoding="utf-8")

    said = on_a_terminal(["validate", "jtai.yaml"], tmp_path)

    assert said == "the policy jtai.yaml, no problem found\n"


def test_every_condition_is_in_the_table() -> None:
    from jtai_cli.plan.config import CONDITION_NAMES

    table = README.partition("| condition |")[2].partition("\n\n")[0]
    assert set(re.findall(r"`([a-z-]+)`", table)) == set(CONDITION_NAMES)


def test_the_example_plan_has_no_problem(tmp_path: Path) -> None:
    file = tmp_path / "our-plan.yaml"
    file.write_text(block("yaml-language-server"), encoding="utf-8")

    assert on_a_terminal(["validate", "our-plan.yaml"], tmp_path) == "1 plan, no problem found\n"


def test_the_example_scheme_is_one(tmp_path: Path) -> None:
    scheme = block("\n  ratings:\n")
    file = tmp_path / "own.yaml"
    file.write_text(f"jtai: 1\nid: own\ntitle: Own\nobjectives: []\n{scheme}", encoding="utf-8")

    assert "error" not in on_a_terminal(["validate", "own.yaml"], tmp_path)


def test_every_command_is_in_the_table() -> None:
    from jtai_cli.cli.group import COMMANDS

    table = README.partition("## Every day")[2]
    assert re.findall(r"^\| `jtai (\w+)", table, re.MULTILINE) == list(COMMANDS)
