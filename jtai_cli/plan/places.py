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
    """Where a group of fields, each of its names and each of its values stand."""

    __slots__ = ("keys", "mark", "values")

    def __init__(self, mark: Mark) -> None:
        self.mark = mark
        self.keys: dict[str, Mark] = {}
        self.values: dict[str, Places] = {}


class SequencePlaces:
    """Where a list and each of its items stand."""

    __slots__ = ("items", "mark")

    def __init__(self, mark: Mark) -> None:
        self.mark = mark
        self.items: list[Places] = []


Places: TypeAlias = "Mark | MappingPlaces | SequencePlaces"
