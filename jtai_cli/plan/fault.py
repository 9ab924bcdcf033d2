"""A fault at a path in a plan's data, before it is known where in the file that is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

Path = tuple[str | int, ...]
"""Where a value stands in the data: names of fields and numbers of items."""


class Fault(NamedTuple):
    """What is wrong at one path; `at_name` when the name of the field is meant, not its value.

    `known` are words of which the value may be a misspelling; `hint` is for when none is near.
    """

    path: Path
    rule: str
    message: str
    hint: str | None = None
    value: str | None = None
    at_name: bool = False
    known: Iterable[str] = ()
