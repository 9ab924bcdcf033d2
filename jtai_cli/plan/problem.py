"""A fault in the input, as a value."""

from __future__ import annotations

import unicodedata
from itertools import islice
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Severity = Literal["error", "warning"]

MAX_MESSAGES = 50
MAX_QUOTED = 60
MAX_COMPARED = 1_000
MAX_KNOWN = 12


class Problem(NamedTuple):
    """One thing that is wrong in one file, and where.

    `line` and `column` count from 1, columns in characters; a file that could not be read at all
    has its problem at 1:1. `value` is the text as written, or None where nothing stands.
    `excerpt` is the source line, for showing the place to a person. `plan` and `ref` are the plan's
    id and the ref of the action that the problem is in, as far as they are known.
    """

    file: str
    line: int
    column: int
    rule: str
    severity: Severity
    message: str
    hint: str | None = None
    value: str | None = None
    excerpt: str | None = None
    plan: str | None = None
    ref: str | None = None


class Found:
    """What is wrong in one file: all of it counted, the first errors and warnings kept."""

    __slots__ = ("errors", "first_errors", "first_warnings", "warnings")

    def __init__(self) -> None:
        self.errors = 0
        self.warnings = 0
        self.first_errors: list[Problem] = []
        self.first_warnings: list[Problem] = []

    def add(self, problem: Problem) -> None:
        """Count a problem, and keep it while there are few of its severity."""
        self.note(problem.severity, lambda: problem)

    def count(self, severity: Severity, number: int) -> None:
        """Count problems that will not be listed."""
        if severity == "error":
            self.errors += number
        else:
            self.warnings += number

    def note(self, severity: Severity, describe: Callable[[], Problem]) -> None:
        """Count a problem that is put into words only if it will be listed."""
        if severity == "error":
            self.errors += 1
            kept = self.first_errors
        else:
            self.warnings += 1
            kept = self.first_warnings
        if len(kept) < MAX_MESSAGES:
            kept.append(describe())


def counted(problems: Iterable[Problem]) -> Found:
    """The problems of one file, counted, and the first of them kept."""
    found = Found()
    for problem in problems:
        found.add(problem)
    return found


def visible(text: str) -> str:
    """The text with everything that a terminal would obey, or hide, spelled out as <U+XXXX>."""
    if text.isprintable():
        return text
    return "".join(
        character
        if character.isprintable() or unicodedata.category(character) == "Zs"
        else f"<U+{ord(character):04X}>"
        for character in text
    )


def brief(value: str) -> str:
    """The value as a message has it: on one line, not endless, safe to print."""
    begin = value[: 4 * MAX_QUOTED]
    if begin.isprintable() and "  " not in begin:
        # one line already, as most texts are: no other space than ' ' is printable
        one_line = begin.strip()
    else:
        one_line = visible(" ".join(begin.split()))
    return f"{one_line[: MAX_QUOTED - 1]}…" if len(one_line) > MAX_QUOTED else one_line


def quoted(value: str) -> str:
    """The value as a message quotes it."""
    return f"'{brief(value)}'"


def listed(words: Iterable[str]) -> str:
    """Known words as a message lists them: the first few, none of them endless."""
    first = [brief(word) for word in islice(words, MAX_KNOWN + 1)]
    return ", ".join([*first[:MAX_KNOWN], "…"] if len(first) > MAX_KNOWN else first)


def did_you_mean(written: str, known: Iterable[str]) -> str | None:
    """A hint that names the known word nearest to the written one, if one is near.

    None for a number: the nearest is as likely to be a different thing as the one that is meant.
    """
    if not any(character.isalpha() for character in written):
        return None
    word = written[:MAX_QUOTED].casefold()
    # of longer words than these none is near enough
    known = [each for each in islice(known, MAX_COMPARED) if len(each) < 3 * len(word)]
    folded = {each.casefold(): each for each in known}
    if not folded:
        return None
    # slow to import, and only a mistake needs it
    import difflib

    near = difflib.get_close_matches(word, _likely(word, folded), n=1)
    return f"did you mean {quoted(folded[near[0]])}?" if near else None


def _likely(word: str, known: Iterable[str]) -> list[str]:
    """The known words most worth a comparison: the longer they are, the fewer."""
    third = max(1, len(word) // 3)
    parts = (word[:third], word[third:-third], word[-third:])

    def promise(each: str) -> int:
        # a slip or two leave one of the three parts whole
        return 9 * sum(part in each for part in parts) - abs(len(each) - len(word))

    ranked = sorted(known, key=promise, reverse=True)
    return ranked[: max(20, 1_000 // len(word))]
