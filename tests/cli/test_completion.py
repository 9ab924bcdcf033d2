"""Completion in the real shells, set up as the README says."""

import os
import pty
import re
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Jtai = Callable[..., CompletedProcess[str]]

PLAN = """\
jtai: 1
id: {id}
title: Our plan
rag: brag
objectives:
  - ref: "1"
    title: Listen
    actions:
      - {{ref: "1.1", text: Ask children}}
      - {{ref: "{ref}", text: Act on it}}
"""
TYPED = [
    ("expl\tundat\t", "undated (warning, and a condition)"),
    ("status --form\tjson", '"kind": "status"'),
    ("status our-\t", "Our plan"),
    ("show 2\t", "Action 2.7"),
    ("show our-plan#1\t", "Action 1.1"),
    ("status pla\toth\t", "Our plan"),
    ("vali\t--stri\t", "2 plans, no problem found"),
]
OFFERED = [
    ("expl", {"explain"}),
    ("status --form", {"--format"}),
    ("status --format ", {"terminal", "json", "markdown", "csv"}),
    ("status our-", {"our-plan"}),
    ("overdue oth", {"other"}),
    ("show 2", {"2.7"}),
    ("show our-plan#", {"our-plan#1.1", "our-plan#2.7"}),
    ("show ", {"our-plan#1.1", "2.7", "other#1.1", "3.4"}),
    ("explain undat", {"undated"}),
]


def shell(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        if os.environ.get("JTAI_REQUIRE_SHELLS"):
            pytest.fail(f"{name} is not installed, and JTAI_REQUIRE_SHELLS asks for it")
        pytest.skip(f"{name} is not installed")
    return found


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """A folder with two plans that share the ref 1.1."""
    (tmp_path / "plans").mkdir()
    for name, ref in (("our-plan", "2.7"), ("other", "3.4")):
        text = PLAN.format(id=name, ref=ref).replace("text:", "due: 2099-01-01, owners: [X], text:")
        text = text.replace("rag: brag", "rag: brag\npartners: {X: Somebody}")
        (tmp_path / "plans" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def environment(home: Path) -> dict[str, str]:
    """An environment in which `jtai` is the program under test."""
    programs = Path(sys.executable).parent
    return {
        "PATH": f"{programs}:{os.environ['PATH']}",
        "HOME": str(home),
        "TERM": "xterm",
        "LC_ALL": "C.UTF-8",
        "JTAI_AS_OF": "2025-08-07",
        "PS1": "$ ",
        **{name: value for name, value in os.environ.items() if name.startswith("COVERAGE_")},
    }


class Session:
    """A shell on a terminal, typed into as a person does."""

    def __init__(self, command: list[str], folder: Path) -> None:
        self._terminal, theirs = pty.openpty()
        self._process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment(folder),
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)

    def type(self, keys: str, until: str) -> str:
        """What the shell shows from these keys on, until it shows a text or says nothing more."""
        os.write(self._terminal, keys.encode())
        shown, end = "", time.monotonic() + 30
        while until not in shown and time.monotonic() < end:
            if select.select([self._terminal], [], [], 1)[0]:
                part = os.read(self._terminal, 65_536).decode(errors="replace")
                shown = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\r", "", shown + part)
        return shown

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._terminal)


@pytest.fixture
def session(request: pytest.FixtureRequest, two: Path) -> Iterator[Session]:
    name, *setup = request.param
    options = {"bash": ["--norc", "--noprofile", "-i"], "zsh": ["-f", "-i"]}[name]
    started = Session([shell(name), *options], two)
    for line in (*setup, f'eval "$(_JTAI_COMPLETE={name}_source jtai)"'):
        started.type(f"{line}; echo do''ne\r", until="done")
    yield started
    started.end()


@pytest.mark.parametrize(
    "session", [("bash",), ("zsh", "autoload -U compinit", "compinit -u")], indirect=True,
    ids=["bash", "zsh"],
)  # fmt: skip
def test_tab_completes_commands_options_plans_refs_and_rules(session: Session) -> None:
    for keys, shown in TYPED:
        session.type("clear; echo rea''dy\r", until="ready")
        assert shown in session.type(f"jtai {keys}\recho do''ne\r", until="\ndone")


@pytest.mark.parametrize(("line", "offered"), OFFERED)
def test_fish_offers(line: str, offered: set[str], two: Path) -> None:
    script = f"eval (env _JTAI_COMPLETE=fish_source jtai); complete -C 'jtai {line}'"
    done = subprocess.run(
        [shell("fish"), "--no-config", "-c", script],
        cwd=two,
        env=environment(two),
        capture_output=True,
        text=True,
        check=True,
    )
    found = {candidate.split("\t")[0] for candidate in done.stdout.splitlines()}
    assert found == offered


@pytest.mark.parametrize(("line", "offered"), OFFERED[2:8])
def test_bash_offers(line: str, offered: set[str], two: Path) -> None:
    script = (
        'eval "$(_JTAI_COMPLETE=bash_source jtai)"; read -ra COMP_WORDS <<<"$1"; '
        '[[ $1 == *" " ]] && COMP_WORDS+=(""); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); '
        '_jtai_completion jtai; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(
        [shell("bash"), "--norc", "-c", script, "bash", f"jtai {line}"],
        cwd=two,
        env=environment(two),
        capture_output=True,
        text=True,
        check=True,
    )
    assert set(done.stdout.split()) == offered


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_completion_of_plans_that_do_not_load_says_nothing(
    name: str, broken: Path, jtai: Jtai
) -> None:
    variables = {"COMP_WORDS": "jtai status ", "COMP_CWORD": "2" if name != "fish" else ""}
    done = jtai(cwd=broken, env={"_JTAI_COMPLETE": f"{name}_complete"} | variables)
    assert (done.returncode, done.stderr) == (0, "")
    assert "our-plan" in done.stdout
    assert "broken" not in done.stdout


def test_completion_without_any_plan_says_nothing(tmp_path: Path, jtai: Jtai) -> None:
    variables = {"_JTAI_COMPLETE": "bash_complete", "COMP_WORDS": "jtai show ", "COMP_CWORD": "2"}
    done = jtai(cwd=tmp_path, env=variables)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    "variables",
    [
        {},
        {"COMP_WORDS": "jtai sta"},
        {"COMP_WORDS": "jtai sta", "COMP_CWORD": "x"},
    ],
)
def test_completion_that_is_asked_for_oddly_says_nothing(
    variables: dict[str, str], small: Path, jtai: Jtai
) -> None:
    done = jtai(cwd=small, env={"_JTAI_COMPLETE": "bash_complete"} | variables)
    assert (done.stdout.strip(), done.stderr) == ("", "")


def test_completion_after_an_unknown_command_refuses_nothing(small: Path, jtai: Jtai) -> None:
    variables = {"COMP_WORDS": "jtai nothing x", "COMP_CWORD": "3"}
    done = jtai(cwd=small, env={"_JTAI_COMPLETE": "bash_complete"} | variables)
    assert (done.returncode, done.stderr) == (0, "")


def test_completion_without_a_working_directory_says_nothing(small: Path) -> None:
    (small / "gone").mkdir()
    program = Path(sys.executable).with_name("jtai")
    done = subprocess.run(
        ["bash", "-c", f"rmdir ../gone; exec {program}"],
        cwd=small / "gone",
        env=environment(small)
        | {"_JTAI_COMPLETE": "bash_complete", "COMP_WORDS": "jtai show ", "COMP_CWORD": "2"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.stdout.strip(), done.stderr) == ("", "")


@pytest.mark.parametrize("words", ["jtai explain undat", "jtai explain zzz", "jtai sta"])
def test_completion_imports_no_slow_module(words: str, small: Path) -> None:
    script = (
        "import sys, atexit; from jtai_cli.cli import run; "
        "atexit.register(lambda: print({'pydantic', 'rich', 'yaml'} & set(sys.modules))); run([])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=small,
        env=environment(small)
        | {
            "_JTAI_COMPLETE": "bash_complete",
            "COMP_WORDS": words,
            "COMP_CWORD": str(words.count(" ")),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "set()"
