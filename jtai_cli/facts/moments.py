"""The plans as they stood, commit by commit: what the facts about history are made from.

Moments come in the order of first parents, the oldest first, one for each commit; the last may be
what is on disk. They are walked through once, so a history of any length needs little memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jtai_cli.facts.records import Record, records_among
from jtai_cli.plan.load import LoadedPlan
from jtai_cli.plan.places import NOWHERE

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from jtai_cli.plan.problem import Problem
    from jtai_cli.plan.versions import PlanVersion


class Revision(NamedTuple):
    """A commit: its hash, the day in London on which it was committed, its author's name.

    `commit` and `author` are None for what is on disk, whose day is the as-of date.
    """

    commit: str | None
    day: dt.date
    author: str | None


class Held(NamedTuple):
    """A plan at a moment: its file, as messages name it, and its version."""

    file: str
    version: PlanVersion


class Gap(NamedTuple):
    """A plan file that does not load at a moment, and since which commit it has not.

    `plan_id` is that of the plan, by its own word or by what stood in the file before.
    """

    file: str
    plan_id: str | None
    since: Revision
    problem: Problem


class Moment(NamedTuple):
    """The plans after a commit, by id, and the files that do not load.

    While no plan changes, moments share the same two mappings.
    """

    revision: Revision
    plans: Mapping[str, Held]
    gaps: Mapping[str, Gap]

    def gap_of(self, plan_id: str, file: str) -> Gap | None:
        """Why a plan that stood in a file can't be read; None where it can, or is not there.

        A file in which no id can be read is the plan that stood in it.
        """
        if plan_id in self.plans:
            return None
        at = self.gaps.get(file)
        by_id = (gap for gap in self.gaps.values() if gap.plan_id == plan_id)
        return next(by_id, at if at is not None and at.plan_id is None else None)


class Point(NamedTuple):
    """A point in a history: a commit by its hash, or the end of a day in London."""

    commit: str | None = None
    day: dt.date | None = None

    def reached_by(self, revision: Revision) -> bool:
        """Whether the point lies at this commit, or this commit lies at or before the day."""
        if self.day is not None:
            return revision.day <= self.day
        return revision.commit is not None and revision.commit == self.commit


def records_at(plans: Mapping[str, Held], as_of: dt.date) -> list[Record]:
    """The actions of all plans of a moment, by plan id."""
    return [record for plan_id in sorted(plans) for record in records_in(plans[plan_id], as_of)]


def records_in(held: Held, as_of: dt.date) -> list[Record]:
    """The actions of a plan; their lines are not known, and their plan is the frame of it."""
    version = held.version
    return records_among(LoadedPlan(version.frame, held.file, NOWHERE), version.actions, as_of)
