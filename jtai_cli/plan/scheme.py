"""RAG schemes: ordered ratings and what each counts as; two built in, or a plan's own."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal, get_args

from pydantic import Field, GetJsonSchemaHandler, WrapValidator
from pydantic_core import PydanticCustomError

from jtai_cli.plan.fields import Model, Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

Standing = Literal["complete", "on_track", "at_risk", "off_track", "not_started"]
"""What a rating counts as, whatever a council calls it."""

STANDINGS: tuple[Standing, ...] = get_args(Standing)
"""Every standing, best first."""

MAX_RATINGS = 30
RESERVED = frozenset({"unrated", "not rated"})
"""Keys that mean no rating at all."""


class Rating(Model):
    """One rating of a scheme."""

    rating: Text = Field(
        description="The word that plans write, such as 'green'; capitals make no difference."
    )
    label: Text | None = Field(
        default=None,
        description="How the rating is printed; without it, the rating itself with a capital.",
    )
    meaning: Text | None = Field(
        default=None, description="What the rating means, in the words of the plan's own key."
    )
    counts_as: Standing = Field(description="What the rating counts as in every figure.")
    needs: tuple[Literal["evidence", "approval"], ...] = Field(
        default=(), description="What an action must have before it may carry this rating."
    )

    @cached_property
    def key(self) -> str:
        """The rating's name in machine formats: lower case, single spaces."""
        return rating_key(self.rating)

    @cached_property
    def word(self) -> str:
        """The rating as people read it."""
        return self.label or f"{self.rating[:1].upper()}{self.rating[1:]}"


class Scheme(Model):
    """A RAG scheme: its ratings, best first."""

    ratings: tuple[Rating, ...] = Field(
        min_length=1, max_length=MAX_RATINGS, description="The ratings, best first."
    )

    @cached_property
    def name(self) -> str:
        """`brag`, `five-point`, or `own` for a plan's own scheme."""
        return next((name for name, scheme in _built.items() if scheme is self), "own")

    @cached_property
    def _by_key(self) -> dict[str, Rating]:
        return {rating.key: rating for rating in reversed(self.ratings)}

    def find(self, written: str | None) -> Rating | None:
        """The rating that a plan writes, or None for nothing, or for a word the scheme lacks."""
        if written is None:
            return None
        ratings = self._by_key
        return ratings.get(written) or ratings.get(rating_key(written))


def rating_key(written: str) -> str:
    """A rating's name without regard to capitals, hyphens, underscores and spacing."""
    return " ".join(written.casefold().replace("-", " ").replace("_", " ").split())


BRAG = (
    ("blue", "complete", (), "Completed"),
    ("green", "on_track", (), "On track"),
    (
        "amber",
        "at_risk",
        (),
        "Emerging possibility that action will not be completed on time, attention needed",
    ),
    (
        "red",
        "off_track",
        (),
        "Highly likely action will not be completed on time, urgent action needed",
    ),
)
"""The key of Reading's multi-agency plan of 2025: rating, counts as, needs, meaning."""

FIVE_POINT = (
    (
        "completed",
        "complete",
        ("evidence", "approval"),
        (
            "Action completed and there is evidence that the improvement has been sustained. "
            "Approved by CSIB Chair to be removed from the plan."
        ),
    ),
    (
        "dark green",
        "complete",
        ("evidence",),
        (
            "Action completed and there is evidence that the improvement required has been made. "
            "The action remains in the plan for monitoring."
        ),
    ),
    (
        "light green",
        "on_track",
        (),
        (
            "Action is on track to be completed by the agreed date. "
            "Evidence is required to show that the improvement has been sustained."
        ),
    ),
    (
        "amber",
        "at_risk",
        (),
        (
            "Action started but there is some delay in implementation. "
            "The action must be monitored to ensure the required improvement is delivered."
        ),
    ),
    (
        "red",
        "off_track",
        (),
        (
            "Action not yet started/significant delay in implementation/delay due to resource "
            "availability. "
            "The action must be prioritised to bring it back on track to deliver improvement."
        ),
    ),
)
"""The key of Reading's learning and improvement plan of 2016: rating, counts as, needs, meaning."""

BUILT_IN = {"brag": BRAG, "five-point": FIVE_POINT}


def _read_scheme(written: object, build: Callable[[object], Scheme]) -> Scheme:
    """A built-in scheme by its name, or a scheme of the plan's own."""
    if not isinstance(written, str):
        return build(written)
    if written not in BUILT_IN:
        raise PydanticCustomError("unknown-scheme", "unknown scheme")
    return _built_in(written, build)


_built: dict[str, Scheme] = {}


def _built_in(name: str, build: Callable[[object], Scheme]) -> Scheme:
    # built on first use by the plan's own validator: one of its own would slow every start
    if name not in _built:
        fields = ("rating", "counts_as", "needs", "meaning")
        ratings = [dict(zip(fields, rating, strict=True)) for rating in BUILT_IN[name]]
        _built[name] = build({"ratings": ratings})
    return _built[name]


class _NameOrScheme:
    """Tells JSON Schema that a built-in scheme is written by its name."""

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"anyOf": [{"enum": list(BUILT_IN)}, handler(schema)]}


SchemeField = Annotated[Scheme, WrapValidator(_read_scheme), _NameOrScheme()]
