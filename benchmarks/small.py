"""Single commands on a single plan, against a minimal program; and what they import."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from benchmarks.environment import call
from benchmarks.targets import CLICK, CLICK_HELP, NOT_IMPORTED, ONE_PLAN, PYTHON
from benchmarks.timing import Case

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.environment import Environment

_IMPORTED = re.compile(r"^import time:.*\| *([\w.]+)$", re.MULTILINE)


def small_cases(environment: Environment, plan: Path, work: Path) -> list[Case]:
    """Start-up, one plan, and files that mean harm."""
    jtai, minimal = environment.program("jtai"), environment.program("minimal-click")
    brackets, laughs = _hostile_files(work)
    folder, name = plan.parent.parent, f"plans/{plan.name}"
    return [
        Case(PYTHON, (str(environment.python), "-I", "-c", "pass"), work),
        Case("jtai --version", (jtai, "--version"), work),
        Case(CLICK, (minimal,), work),
        Case("jtai explain RULE", (jtai, "explain", "undated"), work),
        Case(ONE_PLAN, (jtai, "validate", name), folder),
        Case("status, one plan, piped", (jtai, "status", name), folder),
        Case("status, one plan, on a terminal", (jtai, "status", name), folder, terminal=True),
        Case(CLICK_HELP, (minimal, "--help"), work),
        Case("jtai --help", (jtai, "--help"), work),
        Case(
            "validate, 100 KB of [", (jtai, "validate", str(brackets)), work, 1, says=b"[too-deep]"
        ),
        Case(
            "validate, billion laughs", (jtai, "validate", str(laughs)), work, 1, b"[unsafe-yaml]"
        ),
    ]


def forbidden_imports(case: Case, environment: Environment) -> list[str]:
    """Which of the packages that a case must do without it imports all the same."""
    program, *arguments = case.command
    command = [str(environment.python), "-X", "importtime", program, *arguments]
    listing = call(command, case.folder).stderr
    imported = {name.partition(".")[0] for name in _IMPORTED.findall(listing)}
    return sorted(imported.intersection(NOT_IMPORTED[case.name]))


def _hostile_files(work: Path) -> tuple[Path, Path]:
    folder = work / "hostile"
    folder.mkdir(parents=True, exist_ok=True)
    brackets, laughs = folder / "brackets.yaml", folder / "laughs.yaml"
    brackets.write_text("[" * 100_000, encoding="utf-8")
    lines = ["a0: &a0 [" + ", ".join(["lol"] * 9) + "]"]
    lines += [f"a{n}: &a{n} [" + ", ".join([f"*a{n - 1}"] * 9) + "]" for n in range(1, 10)]
    laughs.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return brackets, laughs
