"""What the README shows is what the program says."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

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


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A folder with the real plans and the faulty plan that the README shows."""
    (tmp_path / "plans").symlink_to(ROOT / "plans")
    slips = next(block for block in YAML.findall(README) if block.startswith("# slips.yaml\n"))
    (tmp_path / "slips.yaml").write_text(slips, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(("command", "shown"), CONSOLE.findall(README))
def test_console_blocks_show_what_the_program_prints(
    command: str, shown: str, example: Path
) -> None:
    program, *arguments = command.split()

    assert program == "jtai"
    assert on_a_terminal(arguments, example).rstrip() == shown.rstrip()


def test_the_example_plan_has_no_problem(tmp_path: Path) -> None:
    plan = next(block for block in YAML.findall(README) if "yaml-language-server" in block)
    file = tmp_path / "our-plan.yaml"
    file.write_text(plan, encoding="utf-8")

    assert on_a_terminal(["validate", "our-plan.yaml"], tmp_path) == "1 plan, no problem found\n"


def test_the_example_scheme_is_one(tmp_path: Path) -> None:
    scheme = next(block for block in YAML.findall(README) if block.startswith("rag:\n"))
    file = tmp_path / "own.yaml"
    file.write_text(f"jtai: 1\nid: own\ntitle: Own\nobjectives: []\n{scheme}", encoding="utf-8")

    assert "error" not in on_a_terminal(["validate", "own.yaml"], tmp_path)


def test_every_command_is_in_the_table() -> None:
    from jtai_cli.cli.group import COMMANDS

    assert re.findall(r"^\| `jtai (\w+)", README, re.MULTILINE) == list(COMMANDS)
