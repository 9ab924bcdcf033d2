"""What `jtai tracker` says."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from jtai_cli.report.cells import (
    Block,
    Cell,
    Column,
    Document,
    Fields,
    Note,
    Table,
    in_short_words,
    in_words,
)
from jtai_cli.report.choice import about_chosen
from jtai_cli.report.headings import as_of_day
from jtai_cli.report.ratings import rating_cell, standing_cells
from jtai_cli.report.revisions import commit_of_day, gap_notes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jtai_cli.facts.moves import Move
    from jtai_cli.facts.tracker import Column as Moment
    from jtai_cli.facts.tracker import Grid, Name, PlanTracker, Row, Tracker

NOT_THERE = "–"
MOST_ABREAST = 7

_NAMES: dict[Name, str] = {"initial": "Initial", "previous": "Previous", "current": "Current"}
_MOVES: dict[Move, str] = {
    "improved": "Improved",
    "worsened": "Worsened",
    "unchanged": "Unchanged",
    "added": "Added",
    "reinstated": "In the plan again",
    "joined": "Now among those asked for",
    "withdrawn": "Withdrawn",
    "vanished": "Vanished without being withdrawn",
    "left": "No longer among those asked for",
}
_ALWAYS = ("improved", "worsened", "unchanged")
_THEN = "A column of a day in that time shows the version before."


def tracker_document(tracker: Tracker) -> Document:
    """The tracker of each plan, and of several their total."""
    blocks: list[Block] = []
    alone = len(tracker.plans) == 1
    shown = [plan for plan in tracker.plans if _is_about(plan, tracker)]
    for plan in shown:
        blocks += _of_plan(plan, tracker, alone=alone)
    if len(shown) < len(tracker.plans):
        blocks.append(Note(_without_any(tracker, shown)))
    if tracker.total:
        title = f"All plans: {tracker.asked.of}, by what ratings count as"
        blocks += _tables(tracker.total, title)
    gaps = gap_notes(tracker.gaps, _THEN)
    blocks += [*gaps, Note(_definition(tracker))]
    document = Document(_title(tracker), as_of_day(tracker.asked.as_of), tuple(blocks))
    return about_chosen(document, tracker.choice, gaps, nothing=not shown)


def _is_about(plan: PlanTracker, tracker: Tracker) -> bool:
    """Whether a plan has any of the actions that are followed, at one point or another."""
    return tracker.choice.followed is None or any(plan.grid.total.actions)


def _without_any(tracker: Tracker, shown: Sequence[PlanTracker]) -> str:
    ids = (plan.plan.id for plan in tracker.plans if plan not in shown)
    return f"None of these actions is in {', '.join(ids)}."


def _title(tracker: Tracker) -> str:
    if len(tracker.plans) == 1:
        return tracker.plans[0].plan.title
    return f"{len(tracker.plans)} improvement plans"


def _of_plan(tracker: PlanTracker, whole: Tracker, *, alone: bool) -> Iterator[Block]:
    of = whole.asked.of
    yield from _tables(tracker.grid, of.capitalize() if alone else f"{tracker.plan.title}: {of}")
    absent = _absent(tracker)
    if absent:
        yield Note(f"{NOT_THERE}: {absent}.")
    if tracker.moved is not None:
        before = tracker.grid.columns[-2]
        yield Note(f"Against {in_words(before.as_of)}, action by action:")
        rows: list[tuple[str, tuple[Cell, ...]]] = [
            (name, (_counted(move, refs),))
            for move, name in _MOVES.items()
            for refs in (tracker.moved[move],)
            if refs or move in _ALWAYS
        ]
        yield Fields(tuple(rows))
    if whole.asked.months is None:
        yield Note(_versions(tracker))


def _counted(move: Move, refs: Sequence[str]) -> Cell:
    """How many, and which; of those that are unchanged, which are mostly many, how many."""
    return len(refs) if move == "unchanged" or not refs else f"{len(refs)} ({', '.join(refs)})"


def _absent(tracker: PlanTracker) -> str:
    """Why there is nothing to count in some columns."""
    pairs = list(zip(tracker.grid.columns, tracker.grid.total.actions, strict=True))
    missing = [column for column, actions in pairs if actions is None]
    early = [column for column in missing if _is_before(column, tracker)]
    late = [column for column in missing if column not in early]
    said = []
    if early:
        before = " and before" if len(early) > 1 else ""
        said.append(f"not committed yet on {in_words(early[-1].as_of)}{before}")
    if late:
        since = " and after" if len(late) > 1 else ""
        said.append(f"not there any more on {in_words(late[0].as_of)}{since}")
    return "; ".join(said)


def _is_before(column: Moment, tracker: PlanTracker) -> bool:
    return column.snapshot is None or column.snapshot.number < tracker.begun.number


def _versions(tracker: PlanTracker) -> str:
    """Which version each column is of."""
    said = [
        f"{_NAMES[column.name]} {commit_of_day(column.snapshot.revision)}"
        for column in tracker.grid.columns
        if column.snapshot and tracker.plan.id in column.snapshot.plans
    ]
    return f"Versions by commit: {'; '.join(said)}."


def _definition(tracker: Tracker) -> str:
    left_out = any(record.withdrawn for record in tracker.records)
    return (
        "Each column counts the actions of the plan as it stood then"
        f"{', withdrawn ones left out' if left_out else ''}. "
        "Direction of travel: how many more or fewer actions have the rating now than in the "
        "column before. Improved, worsened, unchanged: actions whose own rating did so, or did not."
    )


def _tables(grid: Grid, title: str) -> Iterator[Table]:
    """The table; where many months are asked for, tables of a few months each."""
    count = len(grid.columns)
    parts = -(-count // MOST_ABREAST)
    edges = [count * part // parts for part in range(parts + 1)]
    for start, end in pairwise(edges):
        first, last = grid.columns[start], grid.columns[end - 1]
        days = f", {in_words(first.as_of)} to {in_words(last.as_of)}" if parts > 1 else ""
        yield _table(grid, range(start, end), title + days)


def _table(grid: Grid, which: range, title: str) -> Table:
    ends = which.stop == len(grid.columns)
    columns = [Column("Rating"), *(_column(grid.columns[number]) for number in which)]
    if ends:
        columns.append(Column("Direction of travel", short="Direction"))
    rows = [(*_cells(row, which), *((_direction(row),) if ends else ())) for row in _rows(grid)]
    return Table(title, tuple(columns), tuple(rows), has_total=True)


def _rows(grid: Grid) -> Iterator[tuple[Cell, Row]]:
    standings = standing_cells()
    for row in grid.rows:
        yield standings.get(row.key) if row.rating is None else rating_cell(row.rating), row
    yield "Total", grid.total


def _cells(row: tuple[Cell, Row], which: range) -> tuple[Cell, ...]:
    cell, figures = row
    found = (figures.actions[number] for number in which)
    return (cell, *(NOT_THERE if actions is None else actions for actions in found))


def _direction(row: tuple[Cell, Row]) -> str:
    change = row[1].change
    if change is None:
        return NOT_THERE
    if change == 0:
        return "same number"
    return f"{change} more" if change > 0 else f"{-change} fewer"


def _column(column: Moment) -> Column:
    """A narrow column, whose header stands on several lines."""
    day = in_short_words(column.as_of)
    shortest = f"{day[:-4]}{day[-2:]}"
    if column.name == "month":
        return Column(day, "number", short=shortest)
    short = f"Now {shortest}" if column.name == "current" else None
    return Column(f"{_NAMES[column.name]} {day}", "number", short=short)
