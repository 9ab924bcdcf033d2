"""Refs in the order that people count in: 2.1 before 10.1, and 5.3 before 5.3.1 before 5.4."""

from __future__ import annotations

import re

_PART = re.compile(r"([0-9]+)|([A-Za-z]+)")

RefKey = tuple[tuple[tuple[int, int, str], ...], str]


def ref_key(ref: str) -> RefKey:
    """A sorting key: numbers by size and before words, part by part; total over different refs."""
    parts = []
    for number, word in _PART.findall(ref):
        # compared as text, since a ref may have more digits than Python turns into a number
        digits = number.lstrip("0")
        parts.append((0, len(digits), digits) if number else (1, 0, word.casefold()))
    return tuple(parts), ref
