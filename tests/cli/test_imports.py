"""What a command does not need is not imported: start-up is a feature."""

import subprocess
import sys
from pathlib import Path

import pytest

from jtai_cli.cli.group import COMMANDS

SLOW = {"click", "pydantic", "rich", "yaml"}


def imported(folder: Path, *arguments: str) -> set[str]:
    """The modules that a command imports; those that Python starts with do not count."""
    script = (
        "import sys; before = set(sys.modules); from jtai_cli.cli import run; "
        f"run({list(arguments)!r}); print(*(set(sys.modules) - before), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=folder, capture_output=True, text=True, check=True
    )
    return set(done.stderr.splitlines()[-1].split())


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (["--version"], {*SLOW, "zoneinfo", "json", "typing", "jtai_cli.plan", "jtai_cli.report"}),
        (["--help"], {*SLOW - {"click"}, "zoneinfo", "jtai_cli.plan"}),
        (["explain"], {*SLOW - {"click"}, "zoneinfo", "jtai_cli.plan.model", "difflib"}),
        (["explain", "undated"], {*SLOW - {"click"}, "zoneinfo", "difflib"}),
        (["validate"], {"rich", "jtai_cli.facts", "difflib"}),
        (["validate", "--format", "json"], {"rich", "jtai_cli.facts", "jtai_cli.cli.status"}),
        (["status"], {"rich", "jtai_cli.cli.validate", "difflib", "jtai_cli.report.drawing"}),
        (["status", "--as-of", "2025-08-07", "--format", "json"], {"rich", "jtai_cli.report.csv"}),
        (["overdue", "--format", "csv"], {"rich", "jtai_cli.report.markdown"}),
        (["actions", "--format", "markdown"], {"rich", "jtai_cli.report.csv"}),
        (["show", "1.1"], {"rich", "difflib"}),
        (["schema", "--check"], {"rich", "jtai_cli.facts"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_is_not_needed_is_not_imported(
    arguments: list[str], unwanted: set[str], small: Path
) -> None:
    assert imported(small, *arguments) & unwanted == set()


def test_help_imports_no_command(small: Path) -> None:
    commands = {f"jtai_cli.cli.{name}" for name in COMMANDS}
    assert imported(small, "--help") & commands == set()


def test_a_command_imports_no_other(small: Path) -> None:
    for name in ("status", "validate", "explain"):
        others = {f"jtai_cli.cli.{other}" for other in COMMANDS if other != name}
        assert imported(small, name) & others == set()


def test_a_terminal_needs_rich(small: Path) -> None:
    assert "rich" in imported(small, "status", "--color", "always")
