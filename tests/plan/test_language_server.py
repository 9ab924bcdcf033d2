"""The schema in an editor: yaml-language-server, as it comes from npm, over a pipe.

`JTAI_YAML_LANGUAGE_SERVER` names the server's script. Without Node or the server these tests are
skipped, or fail where `JTAI_REQUIRE_NODE` is 1.
"""

import itertools
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
REAL = sorted((ROOT / "plans").glob("*.yaml"))
SCRIPT = os.environ.get("JTAI_YAML_LANGUAGE_SERVER", "")
SCHEMA = (ROOT / "schemas/plan.schema.json").as_uri()
PLAN = f"""\
# yaml-language-server: $schema={SCHEMA}
jtai: 1
id: a-plan
title: A plan
rag: brag
partners: {{TVP: Thames Valley Police}}
objectives:
  - ref: "1"
    title: One
    actions:
      - ref: "1.1"
        text: Train everybody
        owners: [TVP]
        due: 2025-06-30
        level: operational
"""


class Server:
    """A language server, and just enough of its protocol."""

    def __init__(self, command: list[str]) -> None:
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._numbers = itertools.count(1)
        self.ask("initialize", processId=os.getpid(), rootUri=ROOT.as_uri(), capabilities={})
        self.tell("initialized")
        settings = {"yaml": {"validate": True, "schemaStore": {"enable": False}}}
        self.tell("workspace/didChangeConfiguration", settings=settings)

    def tell(self, method: str, **params: Any) -> None:
        self._send({"method": method, "params": params})

    def ask(self, method: str, **params: Any) -> Any:
        number = next(self._numbers)
        self._send({"id": number, "method": method, "params": params})
        while True:
            message = self._receive()
            if message.get("id") == number and "method" not in message:
                return message.get("result")

    def open(self, uri: str, text: str) -> list[dict[str, Any]]:
        """Open a text, and wait for what is found wrong with it."""
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", textDocument=document)
        while True:
            message = self._receive()
            about = message.get("params", {})
            if "diagnostics" in about and about["uri"] == uri:
                found: list[dict[str, Any]] = about["diagnostics"]
                return found

    def at(self, method: str, uri: str, line: int, character: int) -> Any:
        position = {"line": line, "character": character}
        return self.ask(f"textDocument/{method}", textDocument={"uri": uri}, position=position)

    def stop(self) -> None:
        self._process.kill()
        self._process.communicate()

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        assert self._process.stdout
        length = 0
        while line := self._process.stdout.readline().strip():
            name, _, value = line.partition(b": ")
            if name == b"Content-Length":
                length = int(value)
        assert length, "the language server stopped"
        message: dict[str, Any] = json.loads(self._process.stdout.read(length))
        if "id" in message and "method" in message:
            # it asks for settings, or to be told of changed files
            wanted = message["params"].get("items", [])
            self._send({"id": message["id"], "result": [None for _ in wanted]})
        return message


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    node = shutil.which("node")
    missing = "Node is not installed" if not node else None
    if node and not Path(SCRIPT).is_file():
        missing = "JTAI_YAML_LANGUAGE_SERVER names no file"
    if missing and os.environ.get("JTAI_REQUIRE_NODE") == "1":
        pytest.fail(missing)
    if missing:
        pytest.skip(missing)
    running = Server([str(node), SCRIPT, "--stdio"])
    yield running
    running.stop()


def uri(name: str) -> str:
    return (ROOT / "plans" / name).as_uri()


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_nothing_is_wrong_with_the_real_plans(server: Server, path: Path) -> None:
    assert server.open(path.as_uri(), path.read_text(encoding="utf-8")) == []


def test_a_field_is_explained_where_the_mouse_rests(server: Server) -> None:
    server.open(uri("hover.yaml"), PLAN)
    line = next(n for n, text in enumerate(PLAN.splitlines()) if "due:" in text)

    hover = server.at("hover", uri("hover.yaml"), line, 9)

    assert "The day by which it will be done" in json.dumps(hover["contents"])


@pytest.mark.parametrize(
    ("written", "offered"),
    [
        ("        progress: ", {"green", "amber", "red", "light green"}),
        ("        level: ", {"operational", "strategic"}),
        ("        ", {"progress", "impact", "evidence", "completed", "withdrawn"}),
    ],
)
def test_what_may_be_written_is_offered(server: Server, written: str, offered: set[str]) -> None:
    text = PLAN.replace("        level: operational\n", written)
    name = uri(f"completion{len(written)}.yaml")
    server.open(name, text)

    answer = server.at("completion", name, text.count("\n"), len(written))

    labels = {item["label"] for item in answer["items"]}
    assert offered <= labels


@pytest.mark.parametrize(
    ("sound", "wrong"),
    [
        ("due: 2025-06-30", "due: 2025-06-31"),
        ("due: 2025-06-30", "due: 30.06.2025"),
        ("owners: [TVP]", "ownrs: [TVP]"),
        ('ref: "1.1"', "ref: 1.10"),
        ("level: operational", "level: high"),
        ("rag: brag", "rag: brg"),
    ],
)
def test_what_is_wrong_is_marked(server: Server, sound: str, wrong: str) -> None:
    text = PLAN.replace(sound, wrong)
    line = next(n for n, found in enumerate(text.splitlines()) if wrong in found)

    found = server.open(uri(f"wrong{len(wrong)}.yaml"), text)

    assert {problem["range"]["start"]["line"] for problem in found} == {line}
