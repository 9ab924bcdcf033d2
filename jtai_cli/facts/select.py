"""Which actions: by owner, rating, date and the like; what is late, the latest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jtai_cli.facts.groups import LEVELS
from jtai_cli.facts.records import counted
from jtai_cli.plan.scheme import rating_key

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from jtai_cli.facts.records import Record
    from jtai_cli.plan.load import LoadedPlan


class Wanted(NamedTuple):
    """What an action must have to be listed: any of the values of each field that has some."""

    owner: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    objective: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    progress: tuple[str, ...] = ()
    impact: tuple[str, ...] = ()
    overdue: bool = False
    undated: bool = False
    unrated: bool = False
    due_within: int | None = None


VALUE_FIELDS = ("owner", "lead", "objective", "theme", "level", "progress", "impact")
"""The fields of `Wanted` that name values."""


def select(records: Sequence[Record], wanted: Wanted, as_of: dt.date) -> list[Record]:
    """The records that count and fit, by plan and ref."""
    chosen = [
        record
        for record in counted(records)
        if all(_has(record, field, getattr(wanted, field)) for field in VALUE_FIELDS)
        and (record.overdue or not wanted.overdue)
        and (record.action.due is None or not wanted.undated)
        and (record.progress is None or not wanted.unrated)
        and (wanted.due_within is None or record.due_within(as_of, wanted.due_within))
    ]
    return sorted(chosen, key=lambda record: record.order)


def overdue(records: Sequence[Record]) -> list[Record]:
    """What is late: the most days first, then by plan and ref."""
    late = [record for record in counted(records) if record.overdue]
    return sorted(late, key=lambda record: (-record.days_overdue, record.order))


def possible(plans: Sequence[LoadedPlan], records: Sequence[Record], field: str) -> list[str]:
    """Every value of a field that an action of these plans has, or may have."""
    found = [value for record in records for value in _values(record, field)]
    for loaded in plans:
        plan = loaded.plan
        if field in ("owner", "lead"):
            found += plan.partners
        elif field in ("progress", "impact"):
            found += [rating.key for rating in plan.rag.ratings]
        elif field == "objective":
            found += [objective.ref for objective in plan.objectives]
        elif field == "level":
            found += LEVELS
    return list(dict.fromkeys(found))


def fits(field: str, value: str, known: Iterable[str]) -> bool:
    """Whether a value is one of the known ones, without regard to capitals."""
    return _folded(field, value) in {_folded(field, one) for one in known}


def _has(record: Record, field: str, wanted: tuple[str, ...]) -> bool:
    if not wanted:
        return True
    folded = {_folded(field, value) for value in wanted}
    return any(_folded(field, value) in folded for value in _values(record, field))


def _folded(field: str, value: str) -> str:
    return rating_key(value) if field in ("progress", "impact") else value.casefold()


def _values(record: Record, field: str) -> Iterable[str]:
    action = record.action
    if field == "owner":
        return action.owners
    one = {
        "lead": record.objective.lead,
        "objective": record.objective.ref,
        "theme": action.theme,
        "level": action.level,
        "progress": record.progress.key if record.progress else None,
        "impact": record.impact.key if record.impact else None,
    }[field]
    return () if one is None else (one,)
