"""Which actions an answer is about, in words: whose they are, and how they stand in the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jtai_cli.facts.select import EVERYTHING, FLAG_FIELDS, PLACE_FIELDS, RATING_FIELDS, STATE_FIELDS
from jtai_cli.plan.problem import visible
from jtai_cli.report.cells import Document, Note
from jtai_cli.report.cells import in_words as day_in_words
from jtai_cli.report.headings import heading
from jtai_cli.report.totals import number_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jtai_cli.facts.following import Choice
    from jtai_cli.facts.select import Wanted
    from jtai_cli.plan.model import Plan


def in_words(wanted: Wanted) -> str:
    """Which actions were asked for, so that a list can be made again; "" for all."""
    return ", ".join(_words(wanted))


def about_chosen(
    document: Document,
    choice: Choice,
    gaps: Sequence[Note],
    *,
    nothing: bool,
    plans: Sequence[Plan] = (),
) -> Document:
    """A look back at the actions that were asked for, with words for which these are.

    When it is about `nothing` of what is followed, that alone is said, and where the gaps are.
    `plans` are those that stand in its heading.
    """
    title, subtitle, blocks = document
    if nothing and choice.followed is not None:
        blocks = (Note(_nothing(choice), strong=True), *gaps)
        title = f"0 of {number_of(choice.of, 'action')}"
        if len(plans) == 1:
            title, subtitle = heading(title, plans, choice.as_of)
    elif choice.followed is not None:
        blocks = (Note(_followed(choice)), *blocks)
    return Document(title, f"{subtitle}{_which(choice.wanted)}", blocks)


def _words(wanted: Wanted) -> Iterator[str]:
    for field in (*PLACE_FIELDS, *RATING_FIELDS):
        values = getattr(wanted, field)
        if values:
            yield f"{field}: {' or '.join(values)}"
    for flag in FLAG_FIELDS:
        if getattr(wanted, flag):
            yield flag
    if wanted.due_within is not None:
        yield f"due within {number_of(wanted.due_within, 'day')}"


def _place(wanted: Wanted) -> str:
    return in_words(_without(wanted, STATE_FIELDS))


def _state(wanted: Wanted) -> str:
    return in_words(_without(wanted, PLACE_FIELDS))


def _without(wanted: Wanted, fields: Sequence[str]) -> Wanted:
    return wanted._replace(**{field: getattr(EVERYTHING, field) for field in fields})


def _which(wanted: Wanted) -> str:
    """What goes into the line below the title."""
    place, state = _place(wanted), _state(wanted)
    return (f"; {place}" if place else "") + (f"; in the end {state}" if state else "")


def _followed(choice: Choice) -> str:
    said = (
        f"{_stand_so(choice)}. Each is followed back by its plan and ref, however it stood before; "
        "what is withdrawn or gone in the end is not among them."
    )
    place = _place(choice.wanted)
    if not place:
        return said
    return (
        f"{said} Of these, those count that have {place} on the day that is looked at; in the end "
        f"{choice.fitting or 'none'} of them."
    )


def _nothing(choice: Choice) -> str:
    place = _place(choice.wanted) if choice.followed else ""
    but = f", but on no day that is looked at with {place}" if place else ""
    return f"{_stand_so(choice)}{but}: there is nothing to follow back."


def _stand_so(choice: Choice) -> str:
    """How many stand in the end as was asked for."""
    count = len(choice.followed or ())
    how = f"in the end, as of {day_in_words(choice.as_of)} ({_state(choice.wanted)})"
    if choice.unread:
        ids = ", ".join(map(visible, choice.unread))
        how += f", {ids} as {'it' if len(choice.unread) == 1 else 'they'} last could be read"
    if not count:
        return f"No action stands so {how}"
    verb = "stands" if count == 1 else "stand"
    return f"{count:,} of {number_of(choice.of, 'action')} {verb} so {how}"
