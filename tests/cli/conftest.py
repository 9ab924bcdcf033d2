"""The real program, in a process of its own: on pipes, or on a terminal."""

import fcntl
import json
import os
import pty
import shutil
import struct
import subprocess
import sys
import tempfile
import termios
from collections.abc import Callable, Mapping
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from tests.cli.answers import Story
from tests.story import build

ROOT = Path(__file__).parents[2]
SCHEMAS = ROOT / "tests" / "report" / "schemas"
HIDDEN = (
    *("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "TERM", "COLORTERM", "TZ", "LANG", "LC_ALL"),
    *("PYTHONIOENCODING", "PYTHONUTF8", "PYTHONHASHSEED", "JTAI_AS_OF", "JTAI_DEBUG"),
    "GITHUB_STEP_SUMMARY",
)
# nothing that a test reads of a history stays with whoever runs it
_CACHE = tempfile.TemporaryDirectory(prefix="jtai-tests-")
IDENTITY = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    **{f"GIT_{who}_NAME": "A. Person" for who in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{who}_EMAIL": "a@example.org" for who in ("AUTHOR", "COMMITTER")},
}
SMALL = """\
jtai: 1
id: our-plan
title: Our plan
rag: brag
partners: {TVP: Thames Valley Police, BFFC: Brighter Futures}
objectives:
  - ref: "1"
    title: Listen
    lead: TVP
    actions:
      - {ref: "1.1", text: Ask children, owners: [TVP], due: 2025-06-30, progress: green}
      - {ref: "1.2", text: Act on it, owners: [BFFC], due: 2025-09-30, progress: blue}
"""


def environment(changes: Mapping[str, str]) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in HIDDEN and not name.startswith("GIT_")
    }
    ours = {"LC_ALL": "C.UTF-8", "JTAI_AS_OF": "2025-08-07", "XDG_CACHE_HOME": _CACHE.name}
    return kept | IDENTITY | ours | dict(changes)


@pytest.fixture(scope="session")
def jtai() -> Callable[..., CompletedProcess[str]]:
    """Runs `jtai` on pipes; `env` adds to a clean environment, in which today is 7 August 2025."""

    def run(
        *arguments: str | Path,
        cwd: Path = ROOT,
        env: Mapping[str, str] | None = None,
        encoding: str = "utf-8",
        **options: Any,
    ) -> CompletedProcess[str]:
        done: CompletedProcess[Any] = subprocess.run(
            [sys.executable, "-m", "jtai_cli", *map(str, arguments)],
            cwd=cwd,
            env=environment(env or {}),
            stdin=subprocess.DEVNULL,
            timeout=60,
            check=False,
            **({"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options),
        )
        out, err = (part and part.decode(encoding) for part in (done.stdout, done.stderr))
        return CompletedProcess(done.args, done.returncode, out or "", err or "")

    return run


@pytest.fixture(scope="session")
def on_terminal() -> Callable[..., CompletedProcess[str]]:
    """Runs `jtai` on a terminal so many columns wide; what it writes is in `stdout`."""

    def run(
        *arguments: str | Path,
        columns: int = 80,
        cwd: Path = ROOT,
        env: Mapping[str, str] | None = None,
        encoding: str = "utf-8",
    ) -> CompletedProcess[str]:
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
        command = [sys.executable, "-m", "jtai_cli", *map(str, arguments)]
        variables = environment({"TERM": "xterm-256color"} | dict(env or {}))
        with subprocess.Popen(
            command, cwd=cwd, env=variables, stdin=theirs, stdout=theirs, stderr=theirs
        ) as process:
            os.close(theirs)
            written = b"".join(iter(lambda: _part(ours), b""))
        os.close(ours)
        text = written.decode(encoding).replace("\r\n", "\n")
        return CompletedProcess(command, process.returncode, text, "")

    return run


def _part(terminal: int) -> bytes:
    """What a terminal has to give; nothing when the program has left it."""
    try:
        return os.read(terminal, 65_536)
    except OSError:
        return b""


@pytest.fixture(scope="session")
def git() -> Callable[..., str]:
    """Runs plain git in a folder, as a person without configuration; what it answers."""

    def run(folder: Path, *words: str | bytes | Path, typed: str = "", fails: bool = False) -> str:
        done = subprocess.run(
            ["git", "-C", folder, *words],
            env=environment({}),
            input=typed,
            capture_output=True,
            check=False,
            encoding="utf-8",
            errors="surrogateescape",
        )
        assert fails or done.returncode == 0, done.stderr
        return done.stdout.removesuffix("\n")

    return run


@pytest.fixture
def repository(small: Path, git: Callable[..., str]) -> Path:
    """A repository with one small plan in `plans`, committed."""
    git(small, "init", "-q", "-b", "main")
    git(small, "add", ".")
    git(small, "commit", "-q", "-m", "x")
    return small


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A folder with one small plan in `plans`."""
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "our-plan.yaml").write_text(SMALL, encoding="utf-8")
    return tmp_path


@pytest.fixture
def real(tmp_path: Path) -> Path:
    """A folder with copies of the two real plans in `plans`."""
    shutil.copytree(ROOT / "plans", tmp_path / "plans")
    return tmp_path


@pytest.fixture
def broken(small: Path) -> Path:
    """A folder with a sound plan and one that does not load."""
    text = SMALL.replace("our-plan", "broken").replace("2025-06-30", "2025-06-31")
    (small / "plans" / "broken.yaml").write_text(text, encoding="utf-8")
    return small


@pytest.fixture(scope="session")
def holds_to_schema() -> Callable[[str, str], Any]:
    """Holds a JSON answer against the schema of this name, and gives what is in it."""

    def hold(name: str, answer: str) -> Any:
        found = json.loads(answer)
        schema = json.loads((SCHEMAS / f"{name}.json").read_bytes())
        Draft202012Validator.check_schema(schema)
        formats = Draft202012Validator.FORMAT_CHECKER
        Draft202012Validator(schema, format_checker=formats).validate(found)
        return found

    return hold


@pytest.fixture(scope="session")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """The invented year of plan A; tests only read it."""
    folder = tmp_path_factory.mktemp("story") / "repository"
    return Story(folder, build(folder))
