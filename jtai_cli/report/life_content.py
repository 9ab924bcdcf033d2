"""The life of an action as `jtai show` tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jtai_cli.report.cells import Block, Cell, Column, Note, Table, in_words, without_empty
from jtai_cli.report.happening_words import why_in_words
from jtai_cli.report.happenings_tables import TITLES, both_ends, why_of
from jtai_cli.report.ratings import rating_cell
from jtai_cli.report.revisions import commit_in_short, gap_notes
from jtai_cli.report.totals import number_of

if TYPE_CHECKING:
    import datetime as dt

    from jtai_cli.facts.happenings import Happening
    from jtai_cli.facts.life import Life, Since
    from jtai_cli.facts.records import Record


def age_cells(life: Life, record: Record, as_of: dt.date) -> tuple[Cell, ...]:
    """How long an action has stood as it does: "Amber for 214 days, last update 93 days ago"."""
    age = life.age
    progress, impact = (rating_cell(one).word for one in (record.progress, record.impact))
    last = "no update yet" if life.updated is None else f"last update {_ago(life.updated, as_of)}"
    due = "this due date" if record.action.due else "no due date"
    return (
        f"{_capital(progress)} {_for(age.progress, as_of)}; {last}",
        f"impact {impact} {_for(age.impact, as_of)}",
        f"{due} {_for(age.due, as_of)}",
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _for(since: Since, as_of: dt.date) -> str:
    if since.revision.commit is None:
        return "from now on, not committed yet"
    if since.days(as_of) == 0:
        return f"since {in_words(since.revision.day)}{' or before' if since.at_least else ''}"
    least = "at least " if since.at_least else ""
    return f"for {least}{number_of(since.days(as_of), 'day')}, since {in_words(since.revision.day)}"


def _ago(day: dt.date, as_of: dt.date) -> str:
    days = (as_of - day).days
    return "today" if days == 0 else f"{number_of(days, 'day')} ago"


def life_blocks(life: Life, *, authors: bool) -> tuple[Block, ...]:
    """What happened to the action, in the order of time, and what could not be read."""
    columns = (
        Column("Changed on"),
        Column("What"),
        Column("From", weight=3),
        Column("To", weight=3),
        Column("Why", "text"),
        Column("By", weight=4),
        Column("Commit", weight=2),
    )
    rows = tuple(_row(happening, authors=authors) for happening in life.happenings)
    return (without_empty(Table("Its life", columns, rows)), *gap_notes(life.gaps))


def _row(happening: Happening, *, authors: bool) -> tuple[Cell, ...]:
    revision = happening.revision
    author = revision.author if authors else None
    return (revision.day, *_told(happening), author, commit_in_short(revision))


def _told(happening: Happening) -> tuple[Cell, Cell, Cell, Cell]:
    """What happened, from what to what, and why; long words stand with the reason."""
    title, why = TITLES[happening.kind], why_of(happening)
    if happening.kind == "added":
        if happening.was is not None:
            return "Back in the plan", None, None, why_in_words(happening.why)
        standing = happening.standing
        return title, None, rating_cell(standing.scheme.find(standing.action.progress)), None
    if happening.kind == "vanished":
        return "Vanished", None, None, why
    before, after = both_ends(happening)
    if happening.kind == "text-changed":
        words = f"“{before}” became “{after}”"
        return title, None, None, f"{words}: {why_in_words(happening.why)}"
    return title, before, after, why


def without_life(reason: str) -> Note:
    """That an action is shown without its life, and why."""
    return Note(f"Its life is not shown: {reason}")
