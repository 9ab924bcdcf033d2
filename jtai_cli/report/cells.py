"""What documents are made of: headings, fields, and tables of typed cells."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from jtai_cli.facts.summary import Share
from jtai_cli.plan.problem import visible

if TYPE_CHECKING:
    from collections.abc import Callable


class RatingCell(NamedTuple):
    """A rating: always a word; `tone` is the colour that may decorate it."""

    word: str
    tone: str
    meaning: str | None = None


class Segment(NamedTuple):
    """So many actions of one rating, in a bar or in the key to its letters."""

    word: str
    letter: str
    tone: str
    actions: int = 0


class Bar(NamedTuple):
    """The ratings of a set of actions, best first, those without an action left out."""

    segments: tuple[Segment, ...]


class Mark(NamedTuple):
    """A mark in a picture, behind so many actions."""

    sign: str
    actions: int


class Picture(NamedTuple):
    """The ratings of a set of actions, drawn to a scale that the pictures of a column share.

    `longest` is the number of actions of the longest of them.
    """

    segments: tuple[Segment, ...]
    longest: int
    marks: tuple[Mark, ...] = ()


class Refs(NamedTuple):
    """Refs of actions; they may stand on several lines, and none is ever cut."""

    refs: tuple[str, ...]


Cell: TypeAlias = "str | int | dt.date | Share | RatingCell | Bar | Picture | Refs | None"


class Column(NamedTuple):
    """A column of a table.

    A column of kind "picture" is as wide as its pictures may be, and narrower where space is short.
    `weight` says what may be folded away where space is short: the heaviest first, 0 never. The
    one column of kind "text" takes the space that is left, and may be cut short there. `short` may
    stand for the name where even that is not enough; the table's letters explain it. What is folded
    away shares lines; a column that is `apart`, which is one of sentences, has its own.
    """

    name: str
    kind: Literal["ref", "text", "word", "number", "refs", "bar", "picture"] = "word"
    weight: int = 0
    short: str | None = None
    apart: bool = False


class Table(NamedTuple):
    """Rows under real headers; the last row is a total when `has_total`.

    `letters` explains those of the bars and of short names, best first. The tables of a document
    that are `alike` fold the same columns: where one lacks the space for a column, all fold it;
    `folded` are the names of such columns.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    has_total: bool = False
    letters: tuple[Segment, ...] = ()
    alike: bool = False
    folded: frozenset[str] = frozenset()


def without_empty(table: Table) -> Table:
    """The table without columns in which nothing stands."""
    kept = [n for n in range(len(table.columns)) if any(row[n] is not None for row in table.rows)]
    return table._replace(
        columns=tuple(table.columns[n] for n in kept),
        rows=tuple(tuple(row[n] for n in kept) for row in table.rows),
    )


class Fields(NamedTuple):
    """Names with a value each; a value of several cells is a list."""

    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


class Note(NamedTuple):
    """A sentence or two; `strong` when the reader must not miss it.

    `command` when it ends in a command of jtai about the same plans.
    """

    text: str
    strong: bool = False
    command: bool = False


Block: TypeAlias = "Table | Fields | Note"


class Document(NamedTuple):
    """Something to read: a title, what it is about, and blocks."""

    title: str
    subtitle: str
    blocks: tuple[Block, ...]


def in_words(date: dt.date) -> str:
    """A date in prose: 30 June 2025, whatever the locale."""
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def in_short_words(date: dt.date) -> str:
    """A date where space is short: 30 Jun 2025."""
    return f"{date.day} {_MONTHS[date.month - 1][:3]} {date.year}"


def plain(cell: Cell) -> str:
    """A cell as plain text."""
    in_plain_text: Callable[[Any], str] = _IN_PLAIN_TEXT.get(type(cell), str)
    return seen(in_plain_text(cell))


def seen(text: str) -> str:
    """A text with what can't be seen in it spelled out; line breaks stay."""
    return text if text.isprintable() else "\n".join(map(visible, text.split("\n")))


def share_in_words(share: Share) -> str:
    """A percentage with what it is of: "2 of 20 (10%)"."""
    of = f"{share.part} of {share.of}"
    return of if share.percent is None else f"{of} ({share.percent}%)"


def _segments(segments: tuple[Segment, ...]) -> str:
    return ", ".join(f"{one.actions} {one.word}" for one in segments)


_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


_IN_PLAIN_TEXT: dict[type, Callable[[Any], str]] = {
    type(None): lambda _: "",
    dt.date: in_words,
    Share: share_in_words,
    RatingCell: lambda cell: f"{cell.word} ({cell.meaning})" if cell.meaning else cell.word,
    Bar: lambda cell: _segments(cell.segments),
    Picture: lambda cell: _segments(cell.segments),
    Refs: lambda cell: ", ".join(cell.refs) or "none",
}
