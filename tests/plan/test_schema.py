"""The law of the schema: what `validate` finds nothing wrong in, the schema accepts, and so on.

Files are written as YAML text, so that the law is about files: unquoted numbers, dates, truth
values and nulls are what a reader of YAML 1.2 makes of them.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator  # type: ignore[import-untyped]
from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor
from ruamel.yaml.nodes import ScalarNode

from jtai_cli.plan.config import CHANGEABLE, CONDITION_NAMES, load_config
from jtai_cli.plan.load import load_plan
from jtai_cli.plan.places import MappingPlaces, Places, SequencePlaces, locate
from jtai_cli.plan.problem import Problem
from jtai_cli.plan.quoting import GUESSED
from jtai_cli.plan.schema import schema_texts
from jtai_cli.plan.source import read_source

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests/cases"
PLANS = [*sorted((CASES / "valid").glob("*.yaml")), *sorted((ROOT / "plans").glob("*.yaml"))]
POLICIES = [
    path for path in sorted((CASES / "policy").glob("*.yaml")) if "# ! " not in path.read_text()
]


class Kind(NamedTuple):
    """Files of one kind: their schema, sound ones, what is said of one, one with everything."""

    schema: str
    sound: list[Path]
    problems: Callable[[bytes], tuple[Problem, ...]]
    whole: Path

    @property
    def validator(self) -> Any:
        return validator_of(self.schema)


@cache
def validator_of(schema: str) -> Any:
    loaded = json.loads(schema_texts()[schema])
    return Draft7Validator(loaded, format_checker=Draft7Validator.FORMAT_CHECKER)


def problems_of_plan(content: bytes) -> tuple[Problem, ...]:
    return load_plan("plan.yaml", content).problems


def problems_of_policy(content: bytes) -> tuple[Problem, ...]:
    return load_config("jtai.yaml", content).problems


KINDS = [
    Kind("plan.schema.json", PLANS, problems_of_plan, CASES / "valid/everything.yaml"),
    Kind("config.schema.json", POLICIES, problems_of_policy, CASES / "policy/everything.yaml"),
]
SOUND = [(kind, path) for kind in KINDS for path in kind.sound]

each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.schema.partition(".")[0])

ODD_TEXTS = [
    *("", " ", "~", "null", "no", "Yes", "true", "0", "1", "2", "1.10", "1e3", "0x1F", "0o17"),
    *(".5", "-1", "+1", "1_000", ".inf", ".nan", "12:30", "=", "2025-06-30", "2025-06-31"),
    *("2025-6-3", "2101-01-01", "2025-06-30T10:00:00Z", "30.06.2025", "In place", "Green"),
    *("x y", "a,b", "T;V", "§", "1.1", "A/1", "brag", "BRAG", "five-point", "high", "complete"),
    *("evidence", "multi-agency", "strength", "operational", "TVP", "\u00a0", "x" * 41, "a\nb"),
    *("90", "090", "90.0", "9999", "10000", "a/b", "../a", ".", "error", "warning", "off"),
    *CONDITION_NAMES,
]
NAMES = ["NO", "1", "due", "start", "jtai", "extra", "overdue", "yaml-syntax", *sorted(CHANGEABLE)]


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
def changed_texts(draw: st.DrawFn, kind: Kind) -> str:
    """A file with everything, of which some is left out, changed or added."""
    data: Any = read_source("everything.yaml", kind.whole.read_bytes()).data
    if "rag" in data and draw(st.booleans()):
        data["rag"] = json.loads(json.dumps(OWN_SCHEME))
    for _ in range(draw(st.integers(0, 3))):
        path = draw(st.sampled_from(sorted(paths(data), key=repr)))
        group = data
        for step in path[:-1]:
            group = group[step]
        change = draw(st.sampled_from(["drop", "replace", "replace", "replace", "add"]))
        if change == "drop":
            del group[path[-1]]
        elif change == "add" and isinstance(group, dict):
            group[draw(st.sampled_from(NAMES))] = draw(nodes)
        else:
            group[path[-1]] = draw(nodes)
    return written(data).lstrip("\n")


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


@each_kind
@settings(max_examples=300)
@given(data=st.data())
def test_every_value_that_the_schema_refuses_is_refused_or_warned_of(
    kind: Kind, data: st.DataObject
) -> None:
    text = data.draw(changed_texts(kind))
    content = text.encode()
    problems = kind.problems(content)
    told = [p for p in problems if p.severity == "error" or p.rule == "needs-quotes"]
    source = read_source("plan.yaml", content)
    assert source.places is not None

    for refusal in kind.validator.iter_errors(read_elsewhere(text)):
        path = list(refusal.absolute_path)
        first = locate(source.places, tuple(path), at_name=True).line
        last = last_line(group_at(source.places, path))
        assert any(first < problem.line <= last + 1 for problem in told), refusal


@pytest.mark.parametrize(("kind", "path"), SOUND, ids=[path.stem for _, path in SOUND])
def test_the_schema_accepts_what_validate_accepts(kind: Kind, path: Path) -> None:
    text = path.read_text(encoding="utf-8-sig")

    assert not [one for one in kind.problems(path.read_bytes()) if one.severity == "error"]
    assert [refusal.message for refusal in kind.validator.iter_errors(read_elsewhere(text))] == []


@pytest.mark.parametrize("text", [text for text in ODD_TEXTS if "\n" not in text])
def test_a_text_that_is_no_text_elsewhere_needs_quotes(text: str) -> None:
    read = read_elsewhere(f"x: {text}")["x"]

    if text.strip() and not isinstance(read, str):
        assert GUESSED.fullmatch(text)


def test_the_files_are_current() -> None:
    for name, text in schema_texts().items():
        assert (ROOT / "schemas" / name).read_text(encoding="utf-8") == text


@each_kind
def test_every_field_has_a_title_and_a_description(kind: Kind) -> None:
    schema = kind.validator.schema
    for group in [schema, *schema["definitions"].values()]:
        assert group["description"]
        for name, field in group["properties"].items():
            assert field["description"], name
            assert field["title"], name


def check_jsonschema(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "check_jsonschema", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


@each_kind
def test_the_schema_passes_its_metaschema(kind: Kind) -> None:
    done = check_jsonschema("--check-metaschema", str(ROOT / "schemas" / kind.schema))

    assert done.returncode == 0, done.stdout


@each_kind
def test_check_jsonschema_accepts_what_is_sound(kind: Kind) -> None:
    schema = str(ROOT / "schemas" / kind.schema)
    done = check_jsonschema("--schemafile", schema, *map(str, kind.sound))

    assert done.returncode == 0, done.stdout


def test_check_jsonschema_knows_the_rules_whose_severity_may_change(tmp_path: Path) -> None:
    policy = tmp_path / "jtai.yaml"
    policy.write_text("rules: {due-moved-latr: warning}\n")

    done = check_jsonschema("--schemafile", str(ROOT / "schemas/config.schema.json"), str(policy))

    assert done.returncode == 1
    assert "'due-moved-latr' is not one of" in done.stdout
