"""What `jtai ages` says, as data for JSON and CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jtai_cli.facts.ages import is_old
from jtai_cli.report.choice_data import choice_data
from jtai_cli.report.data import FORMAT_VERSION, iso
from jtai_cli.report.revisions import gaps_data

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jtai_cli.facts.ages import Aged, Ages, Owned
    from jtai_cli.report.data import Data

COLUMNS = (
    *("owner", "owner_name", "plan", "ref", "objective", "text", "lead", "due", "days_overdue"),
    *("progress", "rated_since", "rated_for_days", "rated_at_least", "last_update"),
    *("days_without_update", "old"),
)


def ages_data(ages: Ages) -> Data:
    """The object of `ages --format json`: open actions by owner, one of two owners under both."""
    return {
        "jtai": FORMAT_VERSION,
        "kind": "ages",
        "as_of": ages.as_of.isoformat(),
        "stale_after": ages.limit,
        "chosen": choice_data(ages.choice),
        "owners": [_owned(owned, ages.limit) for owned in ages.owners],
        "total": _counts(ages),
        "gaps": gaps_data(ages.gaps),
    }


def rows(data: Data) -> Iterator[Data]:
    """A row per owner and action."""
    for owned in data["owners"]:
        for action in owned["actions"]:
            yield action | {"owner": owned["owner"], "owner_name": owned["name"]}


def _owned(owned: Owned, limit: int) -> Data:
    actions = [_action(action, limit) for action in owned.actions]
    return {"owner": owned.code, "name": owned.name, **_counts(owned), "actions": actions}


def _counts(counted: Owned | Ages) -> Data:
    return {"open": counted.open, "not_updated": counted.stale, "same_rating": counted.unmoved}


def _action(aged: Aged, limit: int) -> Data:
    record = aged.record
    return {
        "plan": record.plan.id,
        "ref": record.action.ref,
        "objective": record.objective.ref,
        "text": record.action.text,
        "lead": record.objective.lead,
        "due": iso(record.action.due),
        "days_overdue": record.days_overdue,
        "progress": record.progress.key if record.progress else None,
        "rated_since": aged.rated.revision.day.isoformat(),
        "rated_for_days": aged.rated_for,
        "rated_at_least": aged.rated.at_least,
        "last_update": iso(aged.updated),
        "days_without_update": aged.without_update,
        "old": is_old(aged, limit),
    }
