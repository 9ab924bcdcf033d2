"""libyaml's parser and PyYAML's own give the same data, places and problems."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from yaml._yaml import CParser

from jtai_cli.plan.events import default_parser
from jtai_cli.plan.fallback import PurePythonParser
from jtai_cli.plan.load import load_plan
from jtai_cli.plan.places import MappingPlaces, Places, SequencePlaces
from jtai_cli.plan.source import read_source

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
PLANS = sorted([*(ROOT / "plans").glob("*.yaml"), *(ROOT / "tests/cases").rglob("*.yaml")])

# Where the two are known to differ: tags with '<' or '%', and '%' at the beginning of a line.
KNOWN = re.compile(r"!(<|[^\s]*%)|(?:^|[\r\n])%")

SMALL = """\
# a plan
jtai: 1
id: a-plan
title: "A: plan \\u00e9 \\t"
rag: brag
period: {start: 2025-01-01, end: 2026-01-01}
partners:
  BFFC: Brighter
  'T V': "Thames"
findings: [{ref: "1", kind: strength}]
objectives:
  - ref: "1"
    title: >-
      folded text
      here

      more
    answers: ["1", 2]
    actions:
    - ref: 1.10
      text: |
        as it
          stands
      owners: [BFFC, T V]
      due: 2025-06-30 # when
      updates:
        - {on: 2025-10-15, by: BFFC, text: it's}
"""
PIECES = [
    *" \n\t:-,#'\"[]{}&*!|>%@`?\\ab1é\r\u200b\u0085\x07\ufeff",
    *("  ", ": ", "- ", "? ", " #", "\n\n", "---\n", "...\n", "\n--- ", "<<: ", "|\n", ">-\n"),
    *("|2\n", "|+\n", "|0", ">#c\n", '\\x"', "\\u12", "\\U00110000", "\\ud800", "\\/", "\r\n"),
    *("!!str ", "!a ", "!a,", "!! ", "&a ", "*a ", '"a":1', "{a:b}", "[a:b]", "a?b", "::", "-\t"),
    *('"\\\n"', "a\tb", "\t# c", "{a:[1]}", "[a, b", "{a, b: }", "? a\n: b", "\n\t", "- - ", ">\t"),
]


def seen(text: str, parser: Callable[[str], Any]) -> Any:
    content = text.encode("utf-8", "surrogatepass")
    source = read_source("plan.yaml", content, parser)
    plain = [(value, field, mark.line, mark.column) for value, field, mark in source.plain]
    problems = load_plan("plan.yaml", content, parser).problems
    return source.data, places_of(source.places), plain, problems


def places_of(places: Places | None) -> Any:
    if isinstance(places, MappingPlaces):
        keys = {key: (mark.line, mark.column) for key, mark in places.keys.items()}
        values = {key: places_of(value) for key, value in places.values.items()}
        return places.mark.line, places.mark.column, keys, values
    if isinstance(places, SequencePlaces):
        return places.mark.line, places.mark.column, [places_of(item) for item in places.items]
    return (places.line, places.column) if places else None


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_they_agree_on_files(path: Path) -> None:
    text = path.read_bytes().decode("utf-8", "replace")

    assert seen(text, CParser) == seen(text, PurePythonParser)


@st.composite
def changed_plans(draw: st.DrawFn) -> str:
    """A small plan, or some lines of it, with a few characters or lines changed."""
    lines = SMALL.splitlines(keepends=True)
    first = draw(st.integers(0, len(lines) - 1))
    last = draw(st.one_of(st.integers(first, first + 6), st.just(len(lines))))
    text = "".join(lines[first : last + 1])
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(text)))
        lost = draw(st.sampled_from([0, 0, 0, 1, 3]))
        text = text[:place] + draw(st.sampled_from(["", *PIECES])) + text[place + lost :]
    return text


@settings(max_examples=1500)
@given(changed_plans())
@example('title: "\\ud800')
@example('title: "\\')
@example("a: |2025")
@example("a: {b?c: d, e?: f}")
@example("{")
@example("a: |\n  x\n \ty")
@example("a: b\n\ufeff")
@example("jtai: 1\n{id: a")
def test_they_agree_on_changed_plans(text: str) -> None:
    if not KNOWN.search(text):
        assert seen(text, CParser) == seen(text, PurePythonParser)


def test_without_libyaml_the_pure_parser_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    assert default_parser() is CParser
    monkeypatch.setitem(sys.modules, "yaml._yaml", None)

    assert default_parser() is PurePythonParser
