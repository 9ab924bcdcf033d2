"""Each action as of a date: its ratings by the plan's scheme, and whether it is overdue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from jtai_cli.plan.refs import ref_key

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from jtai_cli.plan.fault import Path
    from jtai_cli.plan.load import LoadedPlan
    from jtai_cli.plan.model import Action, Objective, Plan
    from jtai_cli.plan.refs import RefKey
    from jtai_cli.plan.scheme import Rating, Standing

UNRATED: Literal["unrated"] = "unrated"


class Record(NamedTuple):
    """One action of one plan as of a date.

    `path` leads to the action in the data of its plan. `standing` is what the progress rating
    counts as, or "unrated". `days_overdue` is 0 unless the action is overdue: due strictly before
    the as-of date, and not complete. `withdrawn` is whether the action had left the plan's totals
    by then.
    """

    loaded: LoadedPlan
    path: Path
    objective: Objective
    action: Action
    progress: Rating | None
    impact: Rating | None
    standing: Standing | Literal["unrated"]
    days_overdue: int
    withdrawn: bool

    @property
    def plan(self) -> Plan:
        """The plan that the action is of."""
        return self.loaded.plan

    @property
    def file(self) -> str:
        """The file that the action stands in."""
        return self.loaded.file

    @property
    def line(self) -> int:
        """The line, from 1, that the action begins on; sought only when it is asked for."""
        return self.loaded.line_of(*self.path)

    @property
    def overdue(self) -> bool:
        """Whether the action is late."""
        return self.days_overdue > 0

    @property
    def complete(self) -> bool:
        """Whether the progress rating counts as complete."""
        return self.standing == "complete"

    def due_within(self, as_of: dt.date, days: int) -> bool:
        """Whether the action is open and due from the as-of date to so many days after it."""
        due = self.action.due
        if due is None or due < as_of or self.complete:
            return False
        return (due - as_of).days <= days

    @property
    def order(self) -> tuple[str, RefKey]:
        """By plan, then by ref as people count."""
        return self.plan.id, ref_key(self.action.ref)


def records_of(loaded: LoadedPlan, as_of: dt.date) -> list[Record]:
    """The actions of a plan in the order they stand, withdrawn ones included."""
    objectives = loaded.plan.objectives
    return records_among(loaded, [objective.actions for objective in objectives], as_of)


def records_among(
    loaded: LoadedPlan, actions: Iterable[Sequence[Action]], as_of: dt.date
) -> list[Record]:
    """The same of a plan whose actions are given beside it, those of each objective."""
    return [
        _record(loaded, ("objectives", o, "actions", a), objective, action, as_of)
        for o, (objective, those) in enumerate(zip(loaded.plan.objectives, actions, strict=True))
        for a, action in enumerate(those)
    ]


def _record(
    loaded: LoadedPlan, path: Path, objective: Objective, action: Action, as_of: dt.date
) -> Record:
    rating = loaded.plan.rag.find
    progress, due = rating(action.progress), action.due
    standing = progress.counts_as if progress else UNRATED
    withdrawn = action.withdrawn is not None and action.withdrawn.on <= as_of
    late = due is not None and due < as_of and standing != "complete" and not withdrawn
    return Record(
        loaded,
        path,
        objective,
        action,
        progress,
        rating(action.impact),
        standing,
        (as_of - due).days if due and late else 0,
        withdrawn,
    )


def all_records(plans: Iterable[LoadedPlan], as_of: dt.date) -> list[Record]:
    """The actions of several plans, plan by plan."""
    return [record for loaded in plans for record in records_of(loaded, as_of)]


def counted(records: Iterable[Record]) -> list[Record]:
    """The records that count: not withdrawn."""
    return [record for record in records if not record.withdrawn]
