"""The law of the schema: what `validate` finds nothing wrong in, the schema accepts, and so on.

Plans are written as YAML text, so that the law is about files: unquoted numbers, dates, truth
values and nulls are what a reader of YAML 1.2 makes of them.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator  # type: ignore[import-untyped]
from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor
from ruamel.yaml.nodes import ScalarNode

from jtai_cli.plan.load import load_plan
from jtai_cli.plan.places import MappingPlaces, Places, SequencePlaces, locate
from jtai_cli.plan.quoting import GUESSED
from jtai_cli.plan.schema import schema_texts
from jtai_cli.plan.source import read_source

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads(schema_texts()["plan.schema.json"])
VALIDATOR = Draft7Validator(SCHEMA, format_checker=Draft7Validator.FORMAT_CHECKER)
VALID = sorted((ROOT / "tests/cases/valid").glob("*.yaml"))
REAL = sorted((ROOT / "plans").glob("*.yaml"))

ODD_TEXTS = [
    *("", " ", "~", "null", "no", "Yes", "true", "0", "1", "2", "1.10", "1e3", "0x1F", "0o17"),
    *(".5", "-1", "+1", "1_000", ".inf", ".nan", "12:30", "=", "2025-06-30", "2025-06-31"),
    *("2025-6-3", "2101-01-01", "2025-06-30T10:00:00Z", "30.06.2025", "In place", "Green"),
    *("x y", "a,b", "T;V", "§", "1.1", "A/1", "brag", "BRAG", "five-point", "high", "complete"),
    *("evidence", "multi-agency", "strength", "operational", "TVP", "\u00a0", "x" * 41, "a\nb"),
]


class Reader(SafeConstructor):
    """YAML 1.2 has neither dates nor a meaning for '=': they stay text."""

    def construct_written(self, node: ScalarNode) -> str:
        return str(node.value)


for tag in ("timestamp", "value"):
    Reader.add_constructor(f"tag:yaml.org,2002:{tag}", Reader.construct_written)


def read_elsewhere(text: str) -> Any:
    """What another program reads: YAML 1.2, then names as JSON has them."""
    yaml = YAML(typ="safe", pure=True)
    yaml.Constructor = Reader
    return named(yaml.load(text))


def named(data: Any) -> Any:
    if isinstance(data, dict):
        return {str(key): named(value) for key, value in data.items()}
    return [named(item) for item in data] if isinstance(data, list) else data


class Plain(str):
    """A text to be written without quotes."""

    __slots__ = ()


def written(node: Any, indent: str = "") -> str:
    """YAML text with each scalar on a line of its own."""
    if isinstance(node, Plain):
        return f" {node}\n"
    if isinstance(node, str):
        return f" {json.dumps(node)}\n"
    if not node:
        return " {}\n" if isinstance(node, dict) else " []\n"
    below = indent + "  "
    names = [f"{key}:" for key in node] if isinstance(node, dict) else ["-"] * len(node)
    values = node.values() if isinstance(node, dict) else node
    lines = (
        f"{indent}{name}{written(value, below)}" for name, value in zip(names, values, strict=True)
    )
    return "\n" + "".join(lines)


def paths(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inner = node.items() if isinstance(node, dict) else enumerate(node)
    for key, value in inner:
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from paths(value, (*path, key))


def whole_plan() -> Any:
    content = (ROOT / "tests/cases/valid/everything.yaml").read_bytes()
    return read_source("everything.yaml", content).data


texts = st.one_of(
    st.sampled_from(ODD_TEXTS),
    st.sampled_from([text for text in ODD_TEXTS if "\n" not in text]).map(Plain),
    st.text(alphabet="aZ0.-_/& é\u00a0", max_size=5),
)
nodes = st.recursive(
    texts,
    lambda inner: st.one_of(
        st.lists(inner, max_size=2),
        st.dictionaries(
            st.sampled_from(["ref", "rating", "counts_as", "due", "start", "NO", "on"]),
            inner,
            max_size=2,
        ),
    ),
    max_leaves=4,
)
OWN_SCHEME: Any = {"ratings": [{"rating": "blue", "counts_as": "complete", "needs": ["evidence"]}]}


@st.composite
def plan_texts(draw: st.DrawFn) -> str:
    """A plan with everything, of which some is left out, changed or added."""
    plan = whole_plan()
    if draw(st.booleans()):
        plan["rag"] = json.loads(json.dumps(OWN_SCHEME))
    for _ in range(draw(st.integers(0, 3))):
        path = draw(st.sampled_from(sorted(paths(plan), key=repr)))
        group = plan
        for step in path[:-1]:
            group = group[step]
        change = draw(st.sampled_from(["drop", "replace", "replace", "replace", "add"]))
        if change == "drop":
            del group[path[-1]]
        elif change == "add" and isinstance(group, dict):
            group[draw(st.sampled_from(["NO", "1", "due", "start", "jtai", "extra"]))] = draw(nodes)
        else:
            group[path[-1]] = draw(nodes)
    return written(plan).lstrip("\n")


def last_line(places: Places) -> int:
    if isinstance(places, MappingPlaces):
        lasts = [places.mark.line, *map(last_line, places.values.values())]
        return max([*lasts, *(mark.line for mark in places.keys.values())])
    if isinstance(places, SequencePlaces):
        return max([places.mark.line, *map(last_line, places.items)])
    return places.line


def group_at(places: Places, path: list[Any]) -> Places:
    for step in path:
        if isinstance(places, MappingPlaces):
            places = places.values[str(step)]
        elif isinstance(places, SequencePlaces):
            places = places.items[step]
    return places


@settings(max_examples=300)
@given(plan_texts())
def test_every_value_that_the_schema_refuses_is_refused_or_warned_of(text: str) -> None:
    content = text.encode()
    problems = load_plan("plan.yaml", content).problems
    told = [p for p in problems if p.severity == "error" or p.rule == "needs-quotes"]
    source = read_source("plan.yaml", content)
    assert source.places is not None

    for refusal in VALIDATOR.iter_errors(read_elsewhere(text)):
        path = list(refusal.absolute_path)
        first = locate(source.places, tuple(path), at_name=True).line
        last = last_line(group_at(source.places, path))
        assert any(first < problem.line <= last + 1 for problem in told), refusal


@pytest.mark.parametrize("path", [*VALID, *REAL], ids=lambda path: path.stem)
def test_the_schema_accepts_what_validate_accepts(path: Path) -> None:
    text = path.read_text(encoding="utf-8-sig")

    assert [refusal.message for refusal in VALIDATOR.iter_errors(read_elsewhere(text))] == []


@pytest.mark.parametrize("text", [text for text in ODD_TEXTS if "\n" not in text])
def test_a_text_that_is_no_text_elsewhere_needs_quotes(text: str) -> None:
    read = read_elsewhere(f"x: {text}")["x"]

    if text.strip() and not isinstance(read, str):
        assert GUESSED.fullmatch(text)


def test_the_files_are_current() -> None:
    for name, text in schema_texts().items():
        assert (ROOT / "schemas" / name).read_text(encoding="utf-8") == text


def test_every_field_has_a_title_and_a_description() -> None:
    for group in [SCHEMA, *SCHEMA["definitions"].values()]:
        assert group["description"]
        for name, field in group["properties"].items():
            assert field["description"], name
            assert field["title"], name


def check_jsonschema(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "check_jsonschema", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def test_the_schema_passes_its_metaschema() -> None:
    done = check_jsonschema("--check-metaschema", str(ROOT / "schemas/plan.schema.json"))

    assert done.returncode == 0, done.stdout


def test_check_jsonschema_accepts_the_valid_plans() -> None:
    schema = str(ROOT / "schemas/plan.schema.json")
    done = check_jsonschema("--schemafile", schema, *map(str, [*VALID, *REAL]))

    assert done.returncode == 0, done.stdout
