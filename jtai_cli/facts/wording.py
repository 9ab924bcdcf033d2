"""When two wordings say the same, and where they differ."""

from __future__ import annotations

import re
from collections import Counter

# Two wordings are of one action when they share this much of their words, or of the shorter one's:
# of all pairs of different actions in the two real plans, 99 in 100 share less.
SAME_WORDS = 0.4
SAME_WORDS_OF_THE_SHORTER = 0.75
FEWEST_WORDS = 2

PLACEHOLDERS = frozenset(
    {"?", "-", "n/a", "tba", "tbc", "tbd", "to be agreed", "to be confirmed", "to be decided"}
)
"""What people write until they know what to write."""


def one_line(text: str) -> str:
    """The text however its lines are broken."""
    return " ".join(text.split())


def same_action(old: str, new: str) -> bool:
    """Whether two wordings are of one action; what only keeps a place may give way to any."""
    if old == new or _keeps_a_place(old):
        return True
    was, now = _word_counts(old), _word_counts(new)
    shared = (was & now).total()
    shorter = min(was.total(), now.total())
    of_both = 2 * shared / max(1, was.total() + now.total())
    if of_both >= SAME_WORDS:
        return True
    # a single word may stand in any long text
    return shorter >= FEWEST_WORDS and shared >= SAME_WORDS_OF_THE_SHORTER * shorter


def says_something(text: str) -> bool:
    """Whether a text has words, and not only such as keep a place until somebody writes them."""
    return bool(words_of(text)) and not _keeps_a_place(text)


def _keeps_a_place(text: str) -> bool:
    return one_line(text).casefold().strip(" .…") in PLACEHOLDERS


def _word_counts(text: str) -> Counter[str]:
    return Counter(words_of(text))


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, whatever its capitals and marks."""
    return tuple(re.findall(r"\w+", text.casefold()))


def around_change(old: str, new: str) -> tuple[str, str]:
    """What differs between two texts, with a few words of what stands before."""
    was, now = old.split(), new.split()
    pairs = zip(was, now, strict=False)
    first = next((number for number, (a, b) in enumerate(pairs) if a != b), min(len(was), len(now)))
    start = max(0, first - 3)
    lead = "… " if start else ""
    return lead + " ".join(was[start:]), lead + " ".join(now[start:])
