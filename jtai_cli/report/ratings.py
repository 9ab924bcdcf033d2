"""How ratings look: the word, a letter for bars, and a tone that may decorate them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jtai_cli.facts.records import UNRATED
from jtai_cli.plan.problem import visible
from jtai_cli.plan.scheme import STANDINGS
from jtai_cli.report.cells import Bar, RatingCell, Segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jtai_cli.plan.scheme import Rating, Scheme

NOT_RATED = "not rated"
UNRATED_LETTER = "n"

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
_STANDINGS = {
    "complete": ("complete", "C"),
    "on_track": ("on track", "T"),
    "at_risk": ("at risk", "R"),
    "off_track": ("off track", "O"),
    "not_started": ("not started", "S"),
    UNRATED: (NOT_RATED, UNRATED_LETTER),
}
_TONES_OF_STANDINGS = {
    UNRATED: "none",
    "complete": "blue",
    "on_track": "green",
    "at_risk": "amber",
    "off_track": "red",
    "not_started": "grey",
}


def rating_cell(rating: Rating | None, *, with_meaning: bool = False) -> RatingCell:
    """A rating as a cell; without one, the words "not rated"."""
    if rating is None:
        return RatingCell(NOT_RATED, "none")
    meaning = _on_one_line(rating.meaning or "").rstrip(".") if with_meaning else ""
    return RatingCell(word_of(rating), tone(rating), meaning or None)


def word_of(rating: Rating) -> str:
    """The rating as people read it, whatever stands in its label."""
    return _on_one_line(rating.word)


def _on_one_line(text: str) -> str:
    return visible(" ".join(text.split()))


def tone(rating: Rating) -> str:
    """The colour that a rating is named after, else the usual one of what it counts as."""
    named = next((name for name in _NAMED_TONES if name in rating.key), None)
    return named or _TONES_OF_STANDINGS[rating.counts_as]


def letters(schemes: Iterable[Scheme]) -> dict[str, str]:
    """A letter for each rating's word, none of them twice whatever schemes stand together."""
    found = {NOT_RATED: UNRATED_LETTER}
    for word in (word_of(rating) for scheme in schemes for rating in scheme.ratings):
        if word not in found:
            candidates = [letter for letter in word.upper() if letter.isalnum()]
            candidates += "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
            taken = found.values()
            found[word] = next((one for one in candidates if one not in taken), "?")
    return found


def bar(scheme: Scheme, counts: Mapping[str, int], letter: Mapping[str, str]) -> Bar:
    """A bar of the ratings that some action has, best first."""
    segments = [
        Segment(word, letter[word], tone(rating), counts[rating.key])
        for rating in scheme.ratings
        for word in (word_of(rating),)
    ]
    segments.append(Segment(NOT_RATED, letter[NOT_RATED], "none", counts[UNRATED]))
    return Bar(tuple(segment for segment in segments if segment.actions))


def key_to(schemes: Iterable[Scheme], letter: Mapping[str, str]) -> tuple[Segment, ...]:
    """What the letters stand for, once each, best first, "not rated" last."""
    ratings = [
        (STANDINGS.index(rating.counts_as), Segment(word, letter[word], tone(rating)))
        for scheme in schemes
        for rating in scheme.ratings
        for word in (word_of(rating),)
    ]
    ordered = [segment for _, segment in sorted(ratings, key=lambda one: one[0])]
    ordered.append(Segment(NOT_RATED, letter[NOT_RATED], "none"))
    return tuple(dict.fromkeys(ordered))


def words_by_key(scheme: Scheme) -> dict[str, RatingCell]:
    """Each rating, and "unrated", as a cell by its key, best first."""
    cells = {rating.key: rating_cell(rating) for rating in scheme.ratings}
    return cells | {UNRATED: rating_cell(None)}


def counting_as(schemes: Iterable[Scheme], standing: str) -> str:
    """The ratings of some schemes that count as that, in words: "Blue or Completed"."""
    words = [
        word_of(rating)
        for scheme in schemes
        for rating in scheme.ratings
        if rating.counts_as == standing
    ]
    *most, last = dict.fromkeys(words) or ["(no rating counts as that)"]
    return f"{', '.join(most)} or {last}" if most else last


def standing_cells() -> dict[str, RatingCell]:
    """Each thing that a rating can count as, and "unrated", as a cell by its key, best first."""
    return {
        key: RatingCell(word, _TONES_OF_STANDINGS[key]) for key, (word, _) in _STANDINGS.items()
    }


def standing_segments(counts: Mapping[str, int]) -> tuple[Segment, ...]:
    """What the ratings of some actions count as, best first, those without an action left out."""
    segments = (
        Segment(word, letter, _TONES_OF_STANDINGS[key], counts[key])
        for key, (word, letter) in _STANDINGS.items()
    )
    return tuple(segment for segment in segments if segment.actions)
