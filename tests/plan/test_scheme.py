from typing import Any

import pytest

from jtai_cli.plan.model import Plan
from jtai_cli.plan.scheme import BUILT_IN, STANDINGS, Scheme, rating_key

OWN = {"ratings": [{"rating": "Under way", "counts_as": "on_track", "label": "Begun"}]}


def scheme(rag: Any) -> Scheme:
    plan = {"jtai": "1", "id": "a", "title": "A", "rag": rag, "objectives": []}
    return Plan.model_validate(plan).rag


@pytest.mark.parametrize("name", BUILT_IN)
def test_a_built_in_scheme_is_one_object_and_knows_its_name(name: str) -> None:
    assert scheme(name) is scheme(name)
    assert scheme(name).name == name


def test_a_plan_may_have_a_scheme_of_its_own() -> None:
    assert scheme(OWN).name == "own"
    assert [(rating.key, rating.word) for rating in scheme(OWN).ratings] == [("under way", "Begun")]


@pytest.mark.parametrize("written", ["light green", "Light Green", "LIGHT-GREEN", " light_green "])
def test_a_rating_is_found_however_it_is_written(written: str) -> None:
    found = scheme("five-point").find(written)

    assert found is not None
    assert (found.key, found.word, found.counts_as) == ("light green", "Light green", "on_track")


@pytest.mark.parametrize("written", ["lightgreen", "", None, "blue"])
def test_what_the_scheme_lacks_is_not_found(written: str | None) -> None:
    assert scheme("five-point").find(written) is None


@pytest.mark.parametrize(
    ("name", "standings"),
    [
        ("brag", ["complete", "on_track", "at_risk", "off_track"]),
        ("five-point", ["complete", "complete", "on_track", "at_risk", "off_track"]),
    ],
)
def test_what_the_built_in_ratings_count_as(name: str, standings: list[str]) -> None:
    assert [rating.counts_as for rating in scheme(name).ratings] == standings
    assert set(standings) < set(STANDINGS)


def test_capitals_hyphens_and_spacing_make_no_difference() -> None:
    assert rating_key("  Dark--GREEN_x ") == "dark green x"
