"""Better and worse, whatever the ratings are called."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from jtai_cli.facts.ladder import Ladder
from jtai_cli.plan.scheme import STANDINGS, Scheme, SchemeField

OWN = {
    "ratings": [
        {"rating": "embedded", "counts_as": "complete"},
        {"rating": "done", "counts_as": "complete"},
        {"rating": "gold", "counts_as": "on_track"},
        {"rating": "yellow", "counts_as": "at_risk"},
        {"rating": "stuck", "counts_as": "off_track"},
        {"rating": "white", "counts_as": "not_started"},
    ]
}

SWAPPED = {
    "ratings": [
        {"rating": "amber", "counts_as": "on_track"},
        {"rating": "green", "counts_as": "at_risk"},
    ]
}


def scheme(written: Any) -> Scheme:
    return TypeAdapter[Scheme](SchemeField).validate_python(written)


def ladder(old: Any, new: Any = None) -> Ladder:
    return Ladder(scheme(old), scheme(new or old))


def sign(number: int) -> int:
    return (number > 0) - (number < 0)


@pytest.mark.parametrize(
    ("rag", "before", "after", "move"),
    [
        ("brag", "red", "amber", 1),
        ("brag", "amber", "green", 1),
        ("brag", "green", "blue", 1),
        ("brag", "red", "blue", 1),
        ("brag", "blue", "red", -1),
        ("brag", "green", "amber", -1),
        ("brag", "GREEN", "green", 0),
        ("brag", None, None, 0),
        ("brag", None, "green", 1),
        ("brag", None, "amber", -1),
        ("brag", "amber", None, 1),
        ("brag", "red", None, 1),
        ("brag", "green", None, -1),
        ("five-point", "red", "light green", 1),
        ("five-point", "light green", "dark green", 1),
        ("five-point", "dark green", "completed", 1),
        ("five-point", "Completed", "Dark-green", -1),
        (OWN, "done", "embedded", 1),
        (OWN, "white", "yellow", 1),
        (OWN, "white", "stuck", 0),
        (OWN, "stuck", "white", 1),
        (OWN, "yellow", "white", -1),
        (OWN, None, "white", -1),
        (OWN, "white", None, 1),
    ],
)
def test_within_a_scheme(rag: Any, before: str | None, after: str | None, move: int) -> None:
    assert sign(ladder(rag).move(before, after)) == move


@pytest.mark.parametrize(
    ("old", "new", "before", "after", "move"),
    [
        ("brag", "five-point", "green", "light green", 0),
        ("brag", "five-point", "blue", "completed", 0),
        ("brag", "five-point", "amber", "light green", 1),
        ("brag", "five-point", "green", "red", -1),
        ("brag", OWN, "red", "white", 1),
        (OWN, {"ratings": OWN["ratings"][1:]}, "embedded", "done", 0),
        (OWN, {"ratings": OWN["ratings"][::-1]}, "done", "done", 0),
        (OWN, {"ratings": OWN["ratings"][:-1]}, "done", "embedded", 1),
        (OWN, {"ratings": [{"rating": "gold", "counts_as": "complete"}]}, "gold", "gold", 1),
        ("brag", SWAPPED, "green", "amber", 0),
    ],
)
def test_from_one_scheme_to_another(
    old: Any, new: Any, before: str | None, after: str | None, move: int
) -> None:
    assert sign(ladder(old, new).move(before, after)) == move


@pytest.mark.parametrize(
    ("before", "after", "complete"),
    [
        ("green", "blue", (False, True)),
        ("blue", "green", (True, False)),
        ("blue", None, (True, False)),
        (None, "blue", (False, True)),
        (None, None, (False, False)),
        ("bleu", "blue", (True, True)),
        ("bleu", "green", (False, False)),
    ],
)
def test_complete_before_and_after(
    before: str | None, after: str | None, complete: tuple[bool, bool]
) -> None:
    assert ladder("brag").complete(before, after) == complete


@pytest.mark.parametrize("after", ["blue", "red", None])
def test_a_word_that_the_old_scheme_lacks_gets_neither_better_nor_worse(after: str | None) -> None:
    assert ladder("brag").move("gren", after) == 0


def test_a_scheme_written_out_is_the_same_as_the_built_in_one() -> None:
    brag = scheme("brag")
    assert Ladder(brag, scheme(brag.model_dump())).same
    assert not ladder("brag", "five-point").same


WORDS = st.sampled_from([None, *(str(rating["rating"]) for rating in OWN["ratings"])])


@given(WORDS, WORDS)
def test_the_way_back_is_the_other_way(one: str | None, other: str | None) -> None:
    there, back = ladder(OWN).move(one, other), ladder(OWN).move(other, one)
    if {one, other} != {"stuck", "white"}:
        assert there == -back


@given(st.lists(WORDS, min_size=2, max_size=5))
def test_no_round_trip_ends_better_without_a_step_that_is_better(way: list[str | None]) -> None:
    steps = [ladder(OWN).move(one, other) for one, other in pairwise(way)]
    if ladder(OWN).move(way[0], way[-1]) > 0:
        assert max(steps) > 0


@pytest.mark.parametrize("one", STANDINGS)
@pytest.mark.parametrize("other", STANDINGS)
def test_better_never_depends_on_names(one: str, other: str) -> None:
    schemes = [
        {"ratings": [{"rating": f"{name}{standing}", "counts_as": standing} for standing in order]}
        for name, order in (("a", STANDINGS), ("b", STANDINGS[::-1]))
    ]
    a, b = (ladder(written) for written in schemes)
    assert a.move(f"a{one}", f"a{other}") == b.move(f"b{one}", f"b{other}")
