"""What `jtai slippage` says, as data for JSON and CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jtai_cli.report.choice_data import choice_data
from jtai_cli.report.data import FORMAT_VERSION, iso, updates_data
from jtai_cli.report.revisions import gaps_data, revision_data

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jtai_cli.facts.slippage import DateChange, Left, Slip, Slippage
    from jtai_cli.report.data import Data

COLUMNS = (
    *("plan", "ref", "objective", "text", "lead", "owners", "first", "first_commit", "first_day"),
    *("due", "last", "moves", "moves_with_reason", "days", "days_overdue_original"),
    *("days_overdue", "left", "left_on", "left_commit", "left_reason"),
)
_COUNTED = {"left": None, "left_on": None, "left_commit": None, "left_reason": None}


def slippage_data(slippage: Slippage) -> Data:
    """The object of `slippage --format json`: the actions whose dates changed, and the totals."""
    return {
        "jtai": FORMAT_VERSION,
        "kind": "slippage",
        "as_of": slippage.as_of.isoformat(),
        "chosen": choice_data(slippage.choice),
        "totals": slippage.totals._asdict(),
        "actions": [_slip(slip) for slip in slippage.slips],
        "left": [_left(one) for one in slippage.left],
        "gaps": gaps_data(slippage.gaps),
    }


def rows(data: Data) -> Iterator[Data]:
    """A row an action: those that count, then those that left."""
    for action in data["actions"]:
        yield _flat(action) | _COUNTED
    for action in data["left"]:
        left = action["left"]
        yield _flat(action) | {
            "left": left["how"],
            "left_on": left["date"],
            "left_commit": left["commit"],
            "left_reason": left["reason"],
        }


def _flat(action: Data) -> Data:
    first = action["first"]
    return action | {
        "first": first["due"],
        "first_commit": first["commit"],
        "first_day": first["date"],
    }


def _slip(slip: Slip) -> Data:
    action, objective, dates = slip.action, slip.stands.objective, slip.dates
    first = revision_data(dates.committed) if dates.committed else {}
    return {
        "plan": slip.plan_id,
        "ref": action.ref,
        "objective": objective.ref,
        "text": action.text,
        "lead": objective.lead,
        "owners": list(action.owners),
        "first": {"due": iso(dates.first), **first},
        "due": iso(action.due),
        "last": iso(dates.last),
        "moves": len(dates.moves),
        "moves_with_reason": dates.reasons,
        "days": slip.days,
        "days_overdue_original": slip.days_overdue_original,
        "days_overdue": slip.days_overdue,
        "changes": [_change(change) for change in dates.changes],
    }


def _left(left: Left) -> Data:
    commit = left.revision.commit if left.revision else None
    ended = {
        "how": left.how,
        "date": left.day.isoformat(),
        "commit": commit,
        "reason": left.reason,
    }
    return _slip(left.slip) | {"left": ended}


def _change(change: DateChange) -> Data:
    return {
        "kind": change.kind,
        "before": iso(change.before),
        "after": iso(change.after),
        "days": change.days,
        **revision_data(change.revision),
        "why": updates_data(change.why),
    }
