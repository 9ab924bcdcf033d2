"""What a command about history says, held to its schema, and the year that it is asked about."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any, NamedTuple

from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

Jtai = Callable[..., CompletedProcess[str]]

SCHEMAS = Path(__file__).parents[1] / "report" / "schemas"


class Story(NamedTuple):
    """The repository of the story, and the hashes of its commits by name."""

    folder: Path
    hashes: dict[str, str]


class Answers(NamedTuple):
    """The answers of one command."""

    command: str

    def data(self, jtai: Jtai, folder: Path, *arguments: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.text(jtai, folder, *arguments, "--format", "json"))
        schema = (SCHEMAS / f"{self.command}.json").read_text(encoding="utf-8")
        Draft202012Validator(json.loads(schema)).validate(found)
        return found

    def text(self, jtai: Jtai, folder: Path, *arguments: str) -> str:
        done = jtai(self.command, *arguments, cwd=folder)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def refusal(self, jtai: Jtai, folder: Path, *arguments: str) -> str:
        done = jtai(self.command, *arguments, cwd=folder)
        assert (done.returncode, done.stdout) == (2, "")
        return done.stderr
