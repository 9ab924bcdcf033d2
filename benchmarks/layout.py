"""YAML as people write plans: folded texts, and short lists in brackets."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

WIDTH = 100
# a text that needs no quotes: it begins with a letter, and nothing in it ends a plain text
_PLAIN = re.compile(r"[A-Za-z](?!.*(: | #|:$)).*")


def field(indent: int, name: str, value: str) -> list[str]:
    """`name: value` on one line where that is possible, folded where it is too long."""
    return _value(" " * indent + f"{name}:", indent + 2, value)


def items(indent: int, name: str, values: Iterable[str]) -> list[str]:
    """A list with one text to a line; no list at all where there is no text."""
    lines = [
        line for value in values for line in _value(" " * (indent + 2) + "-", indent + 4, value)
    ]
    return [" " * indent + f"{name}:", *lines] if lines else []


def flow(indent: int, name: str, values: Iterable[str]) -> list[str]:
    """A list of codes or refs in brackets; no list at all where there is none."""
    inside = ", ".join(values)
    return [" " * indent + f"{name}: [{inside}]"] if inside else []


def quoted(value: str) -> str:
    """The value in double quotes, as refs are written."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _value(start: str, indent: int, value: str) -> list[str]:
    written = value if _PLAIN.fullmatch(value) else quoted(value)
    if len(start) + 1 + len(written) <= WIDTH:
        return [f"{start} {written}"]
    folded = textwrap.wrap(value, WIDTH - indent, break_long_words=False, break_on_hyphens=False)
    return [f"{start} >-", *(" " * indent + line for line in folded)]
