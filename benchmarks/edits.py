"""What a commit changes in a plan: a date moves, a rating changes, an update is added."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from benchmarks.generate import OPEN_RATINGS, REPORTED
from benchmarks.layout import field

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from benchmarks.words import Words

_SCHEME = re.compile(r"^rag: (.*)$", re.MULTILINE)
_ACTION = re.compile(r"^      - ref: .*\n(?:        .*\n)+", re.MULTILINE)
_DUE = re.compile(r"^        due: (20\d\d)-(\d\d)-(\d\d)\n", re.MULTILINE)
_PROGRESS = re.compile(r"^        progress: (.*)\n", re.MULTILINE)
_UPDATES = re.compile(r"^        updates:\n(?:          .*\n)+", re.MULTILINE)
# out of ten edits: mostly dates slide
_KINDS = ("due",) * 6 + ("progress",) * 3 + ("update",)


class Edits:
    """Edits of generated plans, each of which leaves a plan with nothing wrong in it."""

    def __init__(self, rng: random.Random, words: Words) -> None:
        self._rng = rng
        self._words = words

    def of_one_action(self, text: str) -> str:
        """The plan with one of its actions edited."""
        action = self._rng.choice(list(_ACTION.finditer(text)))
        ratings = next(OPEN_RATINGS[found[1]] for found in _SCHEME.finditer(text))
        edited = self._edited(action[0], self._rng.choice(_KINDS), ratings)
        return text[: action.start()] + edited + text[action.end() :]

    def _edited(self, action: str, kind: str, ratings: Sequence[str]) -> str:
        progress = _PROGRESS.search(action)
        if kind == "update":
            return self._updated(action)
        if kind == "progress" and progress and progress[1] in ratings:
            others = [one for one in ratings if one != progress[1]]
            return _replaced(action, progress, f"        progress: {self._rng.choice(others)}\n")
        return self._moved(action)

    def _moved(self, action: str) -> str:
        """The action with a date that is a month later."""
        due = _DUE.search(action)
        if due is None:
            raise ValueError(f"an action without a date:\n{action}")
        year, month, day = map(int, due.groups())
        month, year = (1, year + 1) if month == 12 else (month + 1, year)
        return _replaced(action, due, f"        due: {year}-{month:02}-{min(day, 28):02}\n")

    def _updated(self, action: str) -> str:
        """The action with one more update."""
        text = field(12, "text", self._words.text(self._rng, 1, 20, 40))
        update = "\n".join((f"          - on: {REPORTED}", *text)) + "\n"
        updates = _UPDATES.search(action)
        if updates is None:
            return f"{action}        updates:\n{update}"
        return _replaced(action, updates, updates[0] + update)


def _replaced(action: str, old: re.Match[str], new: str) -> str:
    return action[: old.start()] + new + action[old.end() :]
