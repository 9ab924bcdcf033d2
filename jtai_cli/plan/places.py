"""Where each value of a plan file stands: a tree of the same shape as its data."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from jtai_cli.plan.fault import Path


class Mark(Protocol):
    """A position as parsers give it: line and column from 0."""

    @property
    def line(self) -> int: ...  # noqa: D102
    @property
    def column(self) -> int: ...  # noqa: D102


class Position(NamedTuple):
    """A place of our own making."""

    line: int
    column: int


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

NOWHERE = mapping_places(Position(0, 0))
"""The places of a text whose places were not kept: everything stands at its beginning."""


class LaterPlaces:
    """Places that are looked up when they are first asked for, and mostly never are."""

    def __init__(self, look: Callable[[], Places]) -> None:
        self._look = look

    @cached_property
    def found(self) -> Places:
        """The places."""
        return self._look()


def locate(places: Places | LaterPlaces, path: Path, *, at_name: bool = False) -> Mark:
    """Where a path leads: to its value, or to the nearest group around it that the text has.

    Segments that the text lacks, such as a field that is missing, are skipped.
    """
    name: Mark | None = None
    if isinstance(places, LaterPlaces):
        places = places.found
    for step in path:
        if isinstance(places, MappingPlaces) and step in places.values:
            name = places.keys[str(step)]
            places = places.values[str(step)]
        elif isinstance(places, SequencePlaces) and isinstance(step, int):
            places = places.items[step]
    if at_name and name:
        return name
    return places.mark if isinstance(places, MappingPlaces | SequencePlaces) else places
