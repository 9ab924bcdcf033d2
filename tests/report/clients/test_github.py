"""Annotations, against those that GitHub's own package for actions writes.

`JTAI_ACTIONS_CORE` names the `package.json` of `@actions/core`. What the runner reads is written
down here from its documentation: it comes in no package.
"""

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from jtai_cli.plan.problem import Problem, visible
from jtai_cli.report import PROBLEM_FORMATS, Display, Judged

Client = Callable[[str], Path]

SCRIPT = Path(__file__).with_name("annotate.mjs")
TRICKY = [
    "50%",
    "%0A%25",
    "a\r\nb\nc\rd",
    "x: y, z=1",
    "::error file=a.yaml,line=1::not ours",
    "a::b",
    "##[error]not ours",
    "::stop-commands::x",
    "  spaces  ",
    "漢字 “é”",
    "",
]
PIECES = st.sampled_from(["%", "\r", "\n", ":", "::", ",", "=", " ", "25", "0A", "a", "é", "##["])
TEXTS = st.lists(PIECES, max_size=12).map("".join)


class Command(NamedTuple):
    level: str
    properties: dict[str, str]
    message: str


def commands(judged: Judged) -> list[str]:
    return PROBLEM_FORMATS["github"](judged, Display()).splitlines()


def read(line: str) -> Command:
    """A workflow command as the runner takes it apart."""
    found = re.fullmatch(r"::([a-z]+) ?(.*?)::(.*)", line)
    assert found
    level, properties, message = found.groups()
    pairs = (pair.split("=", 1) for pair in properties.split(","))
    values = {name: value.replace("%3A", ":").replace("%2C", ",") for name, value in pairs}
    return Command(level, {name: plain(value) for name, value in values.items()}, plain(message))


def plain(text: str) -> str:
    return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


def issued(node: str, package: Path, annotations: list[dict[str, Any]]) -> list[str]:
    """The lines that the client writes for these annotations."""
    done = subprocess.run(
        [node, str(SCRIPT), str(package.parent)],
        input=json.dumps(annotations).encode(),
        capture_output=True,
        check=True,
    )
    return done.stdout.decode().splitlines()


def test_annotations_are_those_of_the_client(node: str, client: Client) -> None:
    problems = [
        Problem(f"plans/{text}.yaml", number, 7, "undated", severity, f"is {text}")
        for number, text in enumerate(TRICKY, 1)
        for severity in ("error", "warning")
    ]
    same = [
        {
            "level": problem.severity,
            "message": problem.message,
            "title": problem.rule,
            "file": problem.file,
            "line": problem.line,
            "column": problem.column,
        }
        for problem in problems
    ]
    _, *ours = commands(Judged(problems, 1))
    assert ours == issued(node, client("JTAI_ACTIONS_CORE"), same)


def test_notices_are_those_of_the_client(node: str, client: Client, judged: Judged) -> None:
    lines = commands(judged)
    notices = [command for command in map(read, lines) if command.level == "notice"]
    same = [
        {
            "level": "notice",
            "message": message,
            "title": properties["title"],
            "file": properties.get("file"),
            "line": int(properties.get("line", 0)),
            "column": int(properties.get("col", 0)),
        }
        for _, properties, message in notices
    ]
    ours = [line for line in lines if line.startswith("::notice ")]
    assert ours == issued(node, client("JTAI_ACTIONS_CORE"), same)


@given(TEXTS, TEXTS)
def test_whatever_a_problem_says_one_line_says_it(file: str, message: str) -> None:
    problem = Problem(file, 3, 7, "undated", "error", message)
    _, line = commands(Judged([problem], 1))
    title = {"title": "undated", "file": file, "line": "3", "col": "7"}
    assert read(line) == Command("error", title, message)


def test_what_a_log_would_obey_is_spelled_out() -> None:
    problem = Problem("a\x1b.yaml", 1, 1, "undated", "error", "b\x1b\x00\u202e")
    _, line = commands(Judged([problem], 1))
    assert read(line).properties["file"] == visible("a\x1b.yaml") == "a<U+001B>.yaml"
    assert read(line).message == "b<U+001B><U+0000><U+202E>"
