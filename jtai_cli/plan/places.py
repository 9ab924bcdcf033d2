"""Where each value of a plan file stands: a tree of the same shape as its data."""

from __future__ import annotations

from typing import Protocol, TypeAlias


class Mark(Protocol):
    """A position as parsers give it: line and column from 0."""

    @property
    def line(self) -> int: ...  # noqa: D102
    @property
    def column(self) -> int: ...  # noqa: D102


class MappingPlaces:
    """Where a group of fields, each of its names and each of its values stand.

    There is no __init__, since a call of one would be a good part of the time of reading a plan:
    use `mapping_places`, or set all three.
    """

    __slots__ = ("keys", "mark", "values")

    mark: Mark
    keys: dict[str, Mark]
    values: dict[str, Places]


class SequencePlaces:
    """Where a list and each of its items stand; made like MappingPlaces."""

    __slots__ = ("items", "mark")

    mark: Mark
    items: list[Places]


def mapping_places(mark: Mark) -> MappingPlaces:
    """The places of a group with no fields yet."""
    places = MappingPlaces()
    places.mark = mark
    places.keys = {}
    places.values = {}
    return places


Places: TypeAlias = "Mark | MappingPlaces | SequencePlaces"
