"""Which actions: by owner, rating, date and the like; what is late, the latest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from jtai_cli.facts.groups import LEVELS
from jtai_cli.facts.records import counted
from jtai_cli.plan.scheme import rating_key

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from jtai_cli.facts.records import Record
    from jtai_cli.plan.load import LoadedPlan
    from jtai_cli.plan.model import Action, Objective


class Stands(Protocol):
    """An action under its objective."""

    @property
    def objective(self) -> Objective:
        """The objective."""

    @property
    def action(self) -> Action:
        """The action."""


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


EVERYTHING = Wanted()
"""What every action has."""

PLACE_FIELDS = ("owner", "lead", "objective", "theme", "level")
"""The fields of `Wanted` that say whose an action is and where it belongs, however it stands."""

RATING_FIELDS = ("progress", "impact")
"""The fields of `Wanted` that name ratings."""

VALUE_FIELDS = (*PLACE_FIELDS, *RATING_FIELDS)
"""The fields of `Wanted` that name values."""

FLAG_FIELDS = ("overdue", "undated", "unrated")
"""The fields of `Wanted` that are asked for or not."""

STATE_FIELDS = (*RATING_FIELDS, *FLAG_FIELDS, "due_within")
"""The fields of `Wanted` that say how an action stands."""


def select(records: Sequence[Record], wanted: Wanted, as_of: dt.date) -> list[Record]:
    """The records that count and fit, by plan and ref."""
    chosen = [
        record
        for record in counted(records)
        if concerns(record, wanted) and stands_so(record, wanted, as_of)
    ]
    return sorted(chosen, key=lambda record: record.order)


def asks_of_standing(wanted: Wanted) -> bool:
    """Whether an action is wanted only if it stands in a certain way."""
    return any(getattr(wanted, field) != getattr(EVERYTHING, field) for field in STATE_FIELDS)


def stands_so(record: Record, wanted: Wanted, as_of: dt.date) -> bool:
    """Whether an action stands as is wanted, whosever it is and wherever it belongs."""
    return (
        all(_is_rated(record, field, getattr(wanted, field)) for field in RATING_FIELDS)
        and (record.overdue or not wanted.overdue)
        and (record.action.due is None or not wanted.undated)
        and (record.progress is None or not wanted.unrated)
        and (wanted.due_within is None or record.due_within(as_of, wanted.due_within))
    )


def concerning(records: Iterable[Record], wanted: Wanted) -> list[Record]:
    """The records of which `concerns` is true, withdrawn ones among them, as they stand."""
    if not any(getattr(wanted, field) for field in PLACE_FIELDS):
        return list(records)
    return [record for record in records if concerns(record, wanted)]


def concerns(one: Stands, wanted: Wanted) -> bool:
    """Whether an action is whose it is wanted to be, and stands where."""
    return all(_is_placed(one, field, getattr(wanted, field)) for field in PLACE_FIELDS)


def overdue(records: Sequence[Record]) -> list[Record]:
    """What is late: the most days first, then by plan and ref."""
    late = [record for record in counted(records) if record.overdue]
    return sorted(late, key=lambda record: (-record.days_overdue, record.order))


def possible(plans: Sequence[LoadedPlan], records: Iterable[Record], field: str) -> list[str]:
    """Every value of a field that an action of these plans or records has, or may have.

    A rating is one of the plans: those that another version had are none of theirs.
    """
    if field in RATING_FIELDS:
        ratings = (rating.key for loaded in plans for rating in loaded.plan.rag.ratings)
        return list(dict.fromkeys(ratings))
    found = [value for record in records for value in _places(record, field)]
    for loaded in plans:
        plan = loaded.plan
        if field in ("owner", "lead"):
            found += plan.partners
        elif field == "objective":
            found += [objective.ref for objective in plan.objectives]
        elif field == "level":
            found += LEVELS
    return list(dict.fromkeys(found))


def fits(field: str, value: str, known: Iterable[str]) -> bool:
    """Whether a value is one of the known ones, without regard to capitals."""
    return _folded(field, value) in {_folded(field, one) for one in known}


def _is_rated(record: Record, field: str, wanted: tuple[str, ...]) -> bool:
    rating = record.progress if field == "progress" else record.impact
    return not wanted or (rating is not None and _among(field, (rating.key,), wanted))


def _is_placed(one: Stands, field: str, wanted: tuple[str, ...]) -> bool:
    return not wanted or _among(field, _places(one, field), wanted)


def _among(field: str, values: Iterable[str], wanted: tuple[str, ...]) -> bool:
    folded = {_folded(field, value) for value in wanted}
    return any(_folded(field, value) in folded for value in values)


def _folded(field: str, value: str) -> str:
    return rating_key(value) if field in RATING_FIELDS else value.casefold()


def _places(one: Stands, field: str) -> Iterable[str]:
    action, objective = one.action, one.objective
    if field == "owner":
        return action.owners
    place = {
        "lead": objective.lead,
        "objective": objective.ref,
        "theme": action.theme,
        "level": action.level,
    }[field]
    return () if place is None else (place,)
