"""Actions grouped: by objective, or by who or what they have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from jtai_cli.plan.refs import ref_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from jtai_cli.facts.records import Record
    from jtai_cli.plan.model import Plan

By = Literal["objective", "owner", "lead", "theme", "level", "priority", "risk"]

WAYS: tuple[By, ...] = get_args(By)
"""Every way to group."""

LEVELS = ("strategic", "operational")
_RISKS = ("high", "moderate", "low")


class Group(NamedTuple):
    """Records with something in common; `key` is None for those that lack it.

    `lead` and `risk` are those of the objective, when the group is one.
    """

    by: By
    key: str | None
    title: str | None
    lead: str | None
    risk: str | None
    records: list[Record]


def grouped(plan: Plan, records: Sequence[Record], by: By) -> list[Group]:
    """The groups of a plan's records: objectives as they stand, others in a useful order.

    An action with two owners is in the group of each.
    """
    if by == "objective":
        return [
            Group(
                by,
                objective.ref,
                objective.title,
                objective.lead,
                objective.risk,
                [record for record in records if record.objective is objective],
            )
            for objective in plan.objectives
        ]
    keys_of = _KEYS[by]
    members: dict[str | None, list[Record]] = {}
    for record in records:
        for key in dict.fromkeys(keys_of(record)) or (None,):
            members.setdefault(key, []).append(record)
    return [
        Group(by, key, _title(plan, by, key), None, None, members[key])
        for key in sorted(members, key=lambda key: _order(plan, by, key))
    ]


def _one(value: str | None) -> Iterable[str]:
    return () if value is None else (value,)


_KEYS: dict[By, Callable[[Record], Iterable[str]]] = {
    "owner": lambda record: record.action.owners,
    "lead": lambda record: _one(record.objective.lead),
    "theme": lambda record: _one(record.action.theme),
    "level": lambda record: _one(record.action.level),
    "priority": lambda record: _one(record.objective.priority),
    "risk": lambda record: _one(record.objective.risk),
}


def _title(plan: Plan, by: By, key: str | None) -> str | None:
    if key is None:
        return None
    if by in ("owner", "lead"):
        return plan.partners.get(key)
    if by == "priority":
        return next((one.title for one in plan.priorities if one.ref == key), None)
    return key


def _order(plan: Plan, by: By, key: str | None) -> tuple[bool, int, object]:
    """Priorities as they stand, levels and risks from the top, others by name; none comes last."""
    if key is None:
        return True, 0, ""
    fixed = {
        "priority": tuple(priority.ref for priority in plan.priorities),
        "level": LEVELS,
        "risk": _RISKS,
    }.get(by, ())
    return False, fixed.index(key) if key in fixed else len(fixed), ref_key(key)
