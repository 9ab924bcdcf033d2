"""Text that reads like the real plans: runs of words as they stand in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Iterator
    from pathlib import Path

# a comment, "name: value", "- name: value" or "- {name: value}": structure rather than prose
_STRUCTURE = re.compile(r"\s*(#|(- )?\{?[\w ]+:( |$))")
_HAS_LETTER = re.compile(r"[^\W\d_]")
_RUN = (4, 9)
_MIN_WORDS = 1000


class Words:
    """The words of real plans, in the order in which they stand there."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = tuple(words)
        if len(self._words) < _MIN_WORDS:
            raise ValueError(f"{len(self._words)} words are too few to make plans from")

    @classmethod
    def of_plans(cls, folder: Path) -> Words:
        """The words of the texts in all plans of a folder."""
        texts = (path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.yaml")))
        return cls(word for text in texts for word in _prose(text))

    def sentence(self, rng: random.Random, length: int) -> str:
        """A sentence of about `length` words, joined from runs of words that stand together."""
        words: list[str] = []
        while len(words) < length:
            start = rng.randrange(len(self._words) - _RUN[1])
            words += self._words[start : start + rng.randint(*_RUN)]
        text = " ".join(words[:length]).rstrip(".,;:–-")
        return text[:1].upper() + text[1:] + "."

    def text(self, rng: random.Random, sentences: int, shortest: int, longest: int) -> str:
        """Several sentences, each of `shortest` to `longest` words."""
        return " ".join(
            self.sentence(rng, rng.randint(shortest, longest)) for _ in range(sentences)
        )


def _prose(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if not _STRUCTURE.match(line):
            yield from filter(_HAS_LETTER.search, line.split())
