"""Bytes that are meant to harm, or that nobody meant: no exception, no hang, few words."""

import itertools
import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jtai_cli.plan.events import MAX_VALUE
from jtai_cli.plan.load import load_plan
from jtai_cli.plan.problem import MAX_MESSAGES, _likely
from jtai_cli.plan.source import MAX_BYTES, MAX_VALUES

HEAD = "jtai: 1\nid: a-plan\ntitle: A plan\nrag: brag\n"
ACTIONS = f"{HEAD}objectives:\n- ref: a\n  title: b\n  actions:\n"
MANY = 10_000


def rules(content: bytes | str, parser: Callable[[str], Any] | None = None) -> list[str]:
    data = content.encode() if isinstance(content, str) else content
    return [problem.rule for problem in load_plan("plan.yaml", data, parser).problems]


@settings(max_examples=400)
@given(st.binary(max_size=200))
def test_any_bytes(content: bytes) -> None:
    assert rules(content)


@settings(max_examples=400)
@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    assert rules(text.encode("utf-8", "surrogatepass"))


@settings(max_examples=400)
@given(st.text(max_size=60), st.sampled_from(["id", "rag", "period", "due", "findings", "kind"]))
def test_what_is_said_of_any_text_is_safe_to_print(text: str, field: str) -> None:
    plan = f"{HEAD}objectives: []\n".replace(f"{field}: ", "x: ")
    content = f"{plan}{field}: {json.dumps(text, ensure_ascii=False)}\n{text}: x\n"

    for problem in load_plan("plan.yaml", content.encode("utf-8", "replace")).problems:
        assert f"{problem.message} {problem.hint}".isprintable()


@pytest.mark.parametrize("sign", ["[", "{", "- ", "? ", "[{", "a: [", '{"a": '])
def test_deep_nesting(sign: str, parser: Callable[[str], Any]) -> None:
    assert "too-deep" in rules(sign * (100_000 // len(sign)), parser) or sign == "a: ["


def test_depth_is_counted_to_the_last(parser: Callable[[str], Any]) -> None:
    assert "too-deep" not in rules("[" * 20 + "]" * 20, parser)
    assert "too-deep" in rules("[" * 21 + "]" * 21, parser)


def test_a_file_may_have_so_many_bytes() -> None:
    filling = b"#" * (MAX_BYTES - len(HEAD) - len("objectives: []\n"))
    content = f"{HEAD}objectives: []\n".encode() + filling

    assert rules(content) == ["no-actions"]
    assert rules(content + b"#") == ["too-large"]


def test_a_text_may_have_so_many_characters() -> None:
    plan = f"{HEAD}objectives: []\nnote: "

    assert rules(plan + "é" * MAX_VALUE) == ["no-actions"]
    assert rules(plan + "é" * (MAX_VALUE + 1)) == ["no-actions", "too-large"]
    assert rules(plan + "x: " + "é" * (MAX_VALUE + 1))[-1] == "yaml-syntax"


def test_a_file_may_have_so_many_values() -> None:
    plan = f"{HEAD}objectives: []\nx:\n"

    assert "too-large" not in rules(plan + "- a\n" * (MAX_VALUES - 6))
    assert rules(plan + "- a\n" * (MAX_VALUES - 5)) == ["too-large"]
    assert rules("- a\n" * (MAX_VALUES + 1)) == ["too-large"]


REPEATED = {
    "duplicate keys": HEAD + "title: x\n" * MANY,
    "unknown fields": HEAD + "".join(f"x{n}: a\n" for n in range(MANY)),
    "unquoted numbers": HEAD + "x:\n" + "- 1\n" * MANY,
    "cut texts": HEAD + "x:\n" + "- a #1\n" * MANY,
    "tabs": HEAD + "x:\n" + "- a\tb\n" * MANY,
    "hidden characters": "#\n#" + "\u200b" * MANY,
    "control characters": "#\n" + "#\x07\n" * MANY,
    "damaged text": "#\n" + "# Â£\n" * MANY,
    "conflicts": "<<<<<<< a\n" * MANY,
    "aliases": "a:\n" + "- *a\n" * MANY,
    "anchors": "a:\n" + "- &a b\n" * MANY,
    "complex keys": "? [a]\n: b\n" * MANY,
    "empty actions": ACTIONS + "  -\n" * MANY,
    "missing fields": ACTIONS + "  - {}\n" * MANY,
    "impossible dates": ACTIONS
    + "".join(f"  - {{ref: a{n}, text: x, due: 2025-06-31}}\n" for n in range(MANY)),
    "unknown ratings": ACTIONS
    + "".join(f"  - {{ref: a{n}, text: x, progress: gren}}\n" for n in range(MANY)),
    "duplicate refs": ACTIONS + "  - {ref: a, text: x}\n" * MANY,
    "unknown partners": f"{HEAD}partners:\n"
    + "".join(f"  P{n}: x\n" for n in range(MANY))
    + ACTIONS.removeprefix(HEAD)
    + "  - {ref: a, text: x, owners: [Q1"
    + ", Q1" * MANY
    + "]}\n",
    "replacements that lead back": ACTIONS
    + "".join(
        f"  - {{ref: a{n}, text: x, withdrawn: {{on: 2025-01-01, reason: x, replaced_by: a{m}}}}}\n"
        for n, m in zip(range(MANY), [MANY - 1, *range(MANY - 1)], strict=True)
    ),
    "lost replacements": ACTIONS
    + "".join(
        f"  - {{ref: a{n}, text: x, withdrawn: {{on: 2025-01-01, reason: x, replaced_by: b}}}}\n"
        for n in range(MANY)
    ),
}


def test_bytes_that_are_not_utf8_are_read_on_in_one_go() -> None:
    assert rules(b"\xe9" * MAX_BYTES)[0] == "not-utf8"


def test_few_names_are_compared_where_they_are_long() -> None:
    known = [f"partner {n:040} of the area" for n in range(1_000)]

    likely = _likely(known[500][1:60], known)

    assert len(likely) == 20
    assert known[500] in likely


def test_ratings_without_an_end_are_cut_in_messages() -> None:
    ratings = ", ".join(f"{{rating: {n}{'x' * 40_000}, counts_as: on_track}}" for n in range(20))
    head = HEAD.replace("brag", f"{{ratings: [{ratings}]}}")
    text = head + ACTIONS.removeprefix(HEAD) + "  - {ref: a, text: x, progress: y}\n"

    problems = load_plan("plan.yaml", text.encode()).problems
    (said,) = [problem for problem in problems if problem.rule == "unknown-rating"]

    assert len(said.message) < 1_000
    assert "xx…, …" in said.message


@pytest.mark.parametrize("text", REPEATED.values(), ids=REPEATED.keys())
def test_thousands_of_problems_are_counted_and_few_are_listed(text: str) -> None:
    problems = load_plan("plan.yaml", text.encode()).problems

    assert len(problems) == MAX_MESSAGES + 1
    assert problems[-1].rule == "more-problems"
    assert int(problems[-1].message.split()[0].replace(",", "")) >= MANY - MAX_MESSAGES
    assert sum(len(str(problem)) for problem in problems) < 200_000


SINGLE = {
    "spaces": " " * MAX_BYTES,
    "one long line": "a" * MAX_BYTES,
    "an open quotation mark": 'a: "' + "x\n" * (MAX_BYTES // 3),
    "colons": "a: b: " * (MAX_BYTES // 6),
    "a comment full of signs": "a #" + "#x " * (MAX_BYTES // 4),
    "documents": "---\n" * (MAX_BYTES // 4),
    "directives": "%a\n" * (MAX_BYTES // 3),
    "tabs in a comment": "#" + "\ta" * (MAX_BYTES // 2),
    "tabs in many comments": "a\n" + "# \tb\tc\n" * (MAX_BYTES // 7 - 1),
    "tabs in a text": "a" + "\tb" * (MAX_BYTES // 2 - 1),
    "control characters": "#" + "\x01" * (MAX_BYTES - 1),
    "carriage returns": "a\r" * (MAX_BYTES // 2),
    "blank lines": "a: |\n" + "\n" * (MAX_BYTES - 5),
    "a number of many digits": f"{HEAD}objectives: []\nnote: 0x" + "f" * 90_000,
}


def test_large_files_of_one_kind_end_soon() -> None:
    """In a process of its own, which a hang can't outlive."""
    program = (
        "import sys; from jtai_cli.plan.load import load_plan\n"
        f"for length in {[len(text.encode()) for text in SINGLE.values()]}:\n"
        "    assert load_plan('plan.yaml', sys.stdin.buffer.read(length)).problems\n"
    )
    data = "".join(SINGLE.values()).encode()

    done = subprocess.run([sys.executable, "-c", program], input=data, check=False, timeout=300)

    assert done.returncode == 0


def test_billions_of_laughs_are_never_told(parser: Callable[[str], Any]) -> None:
    letters = "abcdefghijklmnopq"
    lines = [f"{b}: &{b} [*{a}, *{a}]" for a, b in itertools.pairwise(letters)]
    found = rules("a: &a x\n" + "\n".join(lines), parser)

    assert set(found[:48]) == {"unsafe-yaml"}
