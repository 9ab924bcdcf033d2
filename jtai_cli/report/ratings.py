"""How ratings look: the word, a letter for bars, and a tone that may decorate them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jtai_cli.facts.records import UNRATED
from jtai_cli.report.cells import Bar, RatingCell, Segment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jtai_cli.plan.scheme import Rating, Scheme

NOT_RATED = "not rated"

_NAMED_TONES = (
    "dark green",
    "light green",
    "blue",
    "green",
    "amber",
    "orange",
    "yellow",
    "red",
    "purple",
    "grey",
    "gray",
    "white",
)
_TONES_OF_STANDINGS = {
    "complete": "blue",
    "on_track": "green",
    "at_risk": "amber",
    "off_track": "red",
    "not_started": "grey",
}


def rating_cell(rating: Rating | None) -> RatingCell:
    """A rating as a cell; without one, the words "not rated"."""
    return RatingCell(rating.word, tone(rating)) if rating else RatingCell(NOT_RATED, "none")


def tone(rating: Rating) -> str:
    """The colour that a rating is named after, else the usual one of what it counts as."""
    named = next((name for name in _NAMED_TONES if name in rating.key), None)
    return named or _TONES_OF_STANDINGS[rating.counts_as]


def letters(scheme: Scheme) -> dict[str, str]:
    """A letter for each rating by its key, different for each; a hyphen for "unrated"."""
    found: dict[str, str] = {UNRATED: "-"}
    for rating in scheme.ratings:
        candidates = [letter for letter in rating.word.upper() if letter.isalnum()]
        candidates += "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
        taken = found.values()
        found[rating.key] = next((one for one in candidates if one not in taken), "?")
    return found


def bar(scheme: Scheme, counts: Mapping[str, int]) -> Bar:
    """A bar of the ratings that some action has, best first."""
    letter = letters(scheme)
    segments = [
        Segment(rating.word, letter[rating.key], tone(rating), counts[rating.key])
        for rating in scheme.ratings
    ]
    segments.append(Segment(NOT_RATED, letter[UNRATED], "none", counts[UNRATED]))
    return Bar(tuple(segment for segment in segments if segment.actions))


def letters_in(bars: Sequence[Bar], schemes: Sequence[Scheme]) -> tuple[Segment, ...]:
    """The segments that occur in bars, once each, in the order of the schemes."""
    used = {(segment.letter, segment.word) for one in bars for segment in one.segments}
    every = [
        segment
        for scheme in schemes
        for segment in bar(scheme, dict.fromkeys(letters(scheme), 1)).segments
        if segment.word != NOT_RATED
    ]
    every.append(Segment(NOT_RATED, "-", "none", 1))
    return tuple(dict.fromkeys(one for one in every if (one.letter, one.word) in used))


def words_by_key(scheme: Scheme) -> dict[str, RatingCell]:
    """Each rating, and "unrated", as a cell by its key, best first."""
    cells = {rating.key: rating_cell(rating) for rating in scheme.ratings}
    return cells | {UNRATED: rating_cell(None)}
