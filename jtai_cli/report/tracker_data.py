"""What `jtai tracker` found out, as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jtai_cli.facts.records import UNRATED
from jtai_cli.report.choice_data import choice_data
from jtai_cli.report.data import FORMAT_VERSION, Data
from jtai_cli.report.ratings import NOT_RATED, word_of
from jtai_cli.report.revisions import gaps_data, revision_data

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jtai_cli.facts.tracker import Column, Grid, PlanTracker, Row, Tracker
    from jtai_cli.plan.scheme import Rating

COLUMNS = (
    *("plan", "of", "column", "as_of", "commit", "committed"),
    *("by", "key", "counts_as", "actions", "change"),
)


def tracker_data(tracker: Tracker) -> Data:
    """The object of `tracker --format json`; `actions` has a figure for each column.

    Null stands where a plan is not there, and for a change that nobody can know; `total` is null
    for one plan alone.
    """
    return {
        "jtai": FORMAT_VERSION,
        "kind": "tracker",
        "as_of": tracker.asked.as_of.isoformat(),
        "of": tracker.asked.of,
        "chosen": choice_data(tracker.choice),
        "plans": [_plan(plan) for plan in tracker.plans],
        "total": _total(tracker.total) if tracker.total else None,
        "gaps": gaps_data(tracker.gaps),
    }


def _plan(tracker: PlanTracker) -> Data:
    grid, moved = tracker.grid, tracker.moved
    return {
        "id": tracker.plan.id,
        "title": tracker.plan.title,
        "file": tracker.file,
        "scheme": tracker.plan.rag.name,
        "columns": [_column(column) for column in grid.columns],
        "ratings": [_named(row.key, row.rating) | _figures(row) for row in grid.rows],
        "total": _figures(grid.total),
        "moved": moved and {move: list(refs) for move, refs in moved.items()},
    }


def _total(grid: Grid) -> Data:
    return {
        "columns": [_column(column) for column in grid.columns],
        "standing": [{"standing": row.key} | _figures(row) for row in grid.rows],
        "total": _figures(grid.total),
    }


def _column(column: Column) -> Data:
    """A column: the day it is judged as of, and the commit; both `at` null before any commit."""
    at = revision_data(column.snapshot.revision) if column.snapshot else None
    return {"name": column.name, "as_of": column.as_of.isoformat(), "at": at}


def _named(key: str, rating: Rating | None) -> Data:
    """A rating, in the words of the scheme; "unrated" counts as itself."""
    if rating is None:
        return {"rating": key, "label": NOT_RATED, "counts_as": UNRATED}
    return {"rating": key, "label": word_of(rating), "counts_as": rating.counts_as}


def _figures(row: Row) -> Data:
    return {"actions": list(row.actions), "change": row.change, "direction": _direction(row)}


def _direction(row: Row) -> str | None:
    if not row.change:
        return None if row.change is None else "unchanged"
    return "more" if row.change > 0 else "fewer"


def rows(data: Data) -> Iterator[Data]:
    """A row for each plan, column and rating, and for their totals; of several plans, for all."""
    whole = {"of": data["of"]}
    for plan in data["plans"]:
        named = whole | {"plan": plan["id"]}
        for figures in plan["ratings"]:
            key = {"by": "rating", "key": figures["rating"], "counts_as": figures["counts_as"]}
            yield from _each_column(named | key, figures, plan["columns"])
        key = {"by": "plan", "key": plan["id"], "counts_as": None}
        yield from _each_column(named | key, plan["total"], plan["columns"])
    total = data["total"]
    if total:
        named = whole | {"plan": None}
        for figures in total["standing"]:
            standing = figures["standing"]
            key = {"by": "standing", "key": standing, "counts_as": standing}
            yield from _each_column(named | key, figures, total["columns"])
        key = {"by": "total", "key": None, "counts_as": None}
        yield from _each_column(named | key, total["total"], total["columns"])


def _each_column(row: Data, figures: Data, columns: list[Data]) -> Iterator[Data]:
    for column, actions in zip(columns, figures["actions"], strict=True):
        at = column["at"] or {"commit": None, "date": None}
        yield row | {
            "column": column["name"],
            "as_of": column["as_of"],
            "commit": at["commit"],
            "committed": at["date"] if at["commit"] else None,
            "actions": actions,
            "change": figures["change"] if column["name"] == "current" else None,
        }
