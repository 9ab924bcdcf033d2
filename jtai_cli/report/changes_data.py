"""What `jtai changes` says, as data for JSON and CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jtai_cli.report.choice_data import choice_data
from jtai_cli.report.data import FORMAT_VERSION, share_data
from jtai_cli.report.happening_data import happening_data
from jtai_cli.report.revisions import gaps_data

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from jtai_cli.facts.changes import Changes, PlanChanges
    from jtai_cli.facts.happenings import Happening
    from jtai_cli.facts.moments import Revision
    from jtai_cli.facts.movement import Moved, Movement, Movements
    from jtai_cli.report.data import Data

COLUMNS = (
    *("plan", "ref", "text", "kind", "before", "after", "days", "why", "commit", "date", "author"),
)

WHEN_WITHDRAWN = "-when-withdrawn"


def changes_data(changes: Changes, *, authors: bool = True) -> Data:
    """The object of `changes --format json`; without authors, they are null."""
    since, until = changes.days
    return {
        "jtai": FORMAT_VERSION,
        "kind": "changes",
        "as_of": until.isoformat(),
        "since": _end(changes.since, since),
        "until": _end(changes.until, until),
        "chosen": choice_data(changes.choice),
        **_movements(changes.total),
        "plans": [_plan(plan) for plan in changes.plans],
        "happenings": [_happening(one, authors=authors) for one in changes.happenings],
        "gaps": gaps_data(changes.gaps),
    }


def rows(data: Data) -> Iterator[Data]:
    """A row for each thing that happened."""
    yield from data["happenings"]


def _end(revision: Revision, day: dt.date) -> Data:
    """An end: the date by which it is judged, and the commit, null for what is on disk."""
    return {"date": day.isoformat(), "commit": revision.commit}


def _plan(plan: PlanChanges) -> Data:
    named = {"id": plan.plan.id, "title": plan.plan.title, "new_scheme": plan.new_scheme}
    return named | _movements(plan.movements)


def _movements(moved: Movements) -> Data:
    return {
        "complete": _movement(moved.complete),
        "complete_or_on_track": _movement(moved.complete_or_on_track),
    }


def _movement(movement: Movement) -> Data:
    """MOVEMENT: the share at both ends, and what moved it: by how much, and which actions."""
    return {
        "before": share_data(movement.before),
        "after": share_data(movement.after),
        "moved": [_moved(one) for one in movement.moved if one.keys],
    }


def _moved(moved: Moved) -> Data:
    return {
        "way": moved.way,
        "count": moved.part,
        "of": moved.of,
        "actions": [{"plan": plan_id, "ref": ref} for plan_id, ref in moved.keys],
    }


def _happening(one: Happening, *, authors: bool) -> Data:
    """HAPPENING of an action; of one that had left the totals, of a kind that no figure counts."""
    told = happening_data(one, authors=authors)
    if one.when_withdrawn:
        told["kind"] += WHEN_WITHDRAWN
    return {"plan": one.plan_id, "ref": one.ref, "text": one.standing.action.text, **told}
