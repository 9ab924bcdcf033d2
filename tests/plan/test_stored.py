"""What is kept of versions comes back as it was, or not at all."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jtai_cli.plan.pieces import VersionReader
from jtai_cli.plan.problem import Problem
from jtai_cli.plan.stored import Read, restored, stored
from jtai_cli.plan.versions import PlanVersion

ROOT = Path(__file__).parents[2]
TEXTS = [*(ROOT / "plans").glob("*.yaml"), *(ROOT / "tests" / "cases" / "valid").glob("*.yaml")]
OWN_SCHEME = b"""\
jtai: 1
id: own
title: Own words
rag: {ratings: [{rating: done, counts_as: complete}, {rating: not yet, counts_as: not_started}]}
objectives:
  - {ref: "1", title: One, actions: [{ref: "1.1", text: Ask, progress: done, due: 2025-06-30}]}
"""


def version(content: bytes) -> PlanVersion:
    found = VersionReader().read(content)
    assert isinstance(found, PlanVersion), found
    return found


def kept(content: bytes) -> PlanVersion:
    (read,) = restored(stored({"x": ("x", version(content))})).values()
    assert isinstance(read[1], PlanVersion)
    return read[1]


SMALL = stored({"a": ("own", version(OWN_SCHEME))})


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_version_comes_back_as_it_was(path: Path) -> None:
    content = path.read_bytes()
    assert kept(content).plan == version(content).plan
    assert kept(content).frame.rag.name == version(content).frame.rag.name


def test_a_scheme_of_the_plans_own_comes_back() -> None:
    assert kept(OWN_SCHEME).plan == version(OWN_SCHEME).plan


def test_versions_share_what_they_shared() -> None:
    one = version(OWN_SCHEME)
    other = PlanVersion(one.frame, one.actions)
    first, second = restored(stored({"a": ("own", one), "b": ("own", other)})).values()
    assert isinstance(first[1], PlanVersion)
    assert isinstance(second[1], PlanVersion)
    assert first[1].frame is second[1].frame
    assert first[1].actions[0][0] is second[1].actions[0][0]


def test_a_problem_comes_back_as_it_was() -> None:
    read: dict[str, Read] = {
        "a": (None, Problem("é.yaml", 3, 1, "date-format", "error", "no “date”", value="31/12"))
    }
    assert restored(stored(read)) == read


def test_the_same_versions_are_kept_as_the_same_text() -> None:
    assert stored(restored(SMALL)) == SMALL


@given(st.binary())
def test_what_somebody_else_wrote_is_as_good_as_nothing(content: bytes) -> None:
    assert restored(content) == {}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"{}\n[]\n[]\n{}",
        b'{"jtai":"1","id":"-","title":"-","rag":"brag","objectives":[]}\n[]\n[]\n{}',
        SMALL.replace(b'"own", 0', b'"own", 7'),
        SMALL.replace(b'"a": [', b'"a": 5, "b": ['),
        SMALL.replace(b"[[0]]", b"[[7]]"),
        SMALL.replace(b"[[0]]", b"[0]"),
        SMALL.replace(b'"own", 0, [0]', b'"own", 0, [0, 0]'),
        SMALL.rpartition(b"\n")[0] + b"\n[]",
        SMALL.rpartition(b"\n")[0] + b"\n" + b"[" * 100_000,
    ],
)
def test_something_like_it_is_as_good_as_nothing(content: bytes) -> None:
    assert content != SMALL
    assert restored(content) == {}
