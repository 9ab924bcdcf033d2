"""Texts that stand, in memory, for texts of a faulty file that were lost."""

from __future__ import annotations

import re

_STAND_IN = re.compile(r"'?\blost-[0-9]+-lost\b'?")


def stand_in(number: int) -> str:
    """A text that no plan has."""
    return f"lost-{number}-lost"


def is_stand_in(value: str) -> bool:
    """Whether a text stands for one that was lost."""
    return _STAND_IN.fullmatch(value) is not None


def without_stand_ins(message: str) -> str:
    """A message about a mended plan, in words about the plan as it is written."""
    return _STAND_IN.sub("this action", message)
