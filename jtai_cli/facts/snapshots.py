"""The plans at chosen points of a history, where each begins, and where none can be read."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from jtai_cli.facts.gaps import Gaps, GapSpan
from jtai_cli.facts.moments import records_at, records_in

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping

    from jtai_cli.facts.moments import Gap, Held, Moment, Revision
    from jtai_cli.facts.records import Record


class Snapshot(NamedTuple):
    """The plans at a moment, by id; `number` counts the moments of a history from 0.

    A plan that can't be read there is as it last could be; `unread` has the gap, by plan id.
    """

    number: int
    revision: Revision
    plans: Mapping[str, Held]
    unread: Mapping[str, Gap]

    def records_of(self, plan_id: str, as_of: dt.date) -> list[Record] | None:
        """The actions of a plan, None where it is not there."""
        held = self.plans.get(plan_id)
        return None if held is None else records_in(held, as_of)

    def records(self, as_of: dt.date) -> list[Record]:
        """The actions of all plans, by plan id."""
        return records_at(self.plans, as_of)


class Survey(NamedTuple):
    """What one walk through a history finds at the points that are asked for.

    `begun` is the first snapshot that has a plan, `opening` the last of that day, `begun_by_plan`
    the first of each plan. `by_day` has the snapshot at the end of each day that was asked for,
    None before there was any, and `at_commit` that of the commit, None when it is not among them.
    `end` is what is on disk by the name of the last commit, when it has the same plans.
    `gaps` are in the order in which they end.
    """

    begun: Snapshot | None
    opening: Snapshot | None
    begun_by_plan: Mapping[str, Snapshot]
    by_day: Mapping[dt.date, Snapshot | None]
    at_commit: Snapshot | None
    end: Snapshot
    gaps: tuple[GapSpan, ...]


def survey_of(
    moments: Iterable[Moment], days: Iterable[dt.date] = (), commit: str | None = None
) -> Survey:
    """Walk through a history of one moment or more; days are those in London.

    A day has the last commit, in their order, whose own day is not after it; what is on disk comes
    after every day.

    Raises:
        ValueError: there is no moment.
    """
    ordered = sorted(set(days))
    last_of: dict[int, Snapshot] = {}
    gaps = Gaps()
    begun = opening = at_commit = end = None
    begun_by_plan: dict[str, Snapshot] = {}
    last: Snapshot | None = None
    for snapshot in _snapshots(moments, gaps):
        last, end = end, snapshot
        day = end.revision.day
        if end.revision.commit is not None:
            last_of[bisect_left(ordered, day)] = end
        if begun is None and end.plans:
            begun = end
        if begun and day <= begun.revision.day:
            opening = end
        if not end.plans.keys() <= begun_by_plan.keys():
            begun_by_plan = dict.fromkeys(end.plans, end) | begun_by_plan
        if commit is not None and end.revision.commit == commit:
            at_commit = end
    if end is None:
        raise ValueError("a history has one moment or more")
    if last is not None and end.revision.commit is None and _same_plans(last, end):
        end = end._replace(revision=last.revision)
    by_day = dict(zip(ordered, _latest_up_to_each(last_of, len(ordered)), strict=True))
    return Survey(begun, opening, begun_by_plan, by_day, at_commit, end, gaps.spans())


def _same_plans(one: Snapshot, other: Snapshot) -> bool:
    """Whether two snapshots can read the same plans and find the same in them."""
    return (one.unread.keys(), one.plans.keys()) == (
        other.unread.keys(),
        other.plans.keys(),
    ) and all(
        held.file == other.plans[plan_id].file
        and held.version.frame == other.plans[plan_id].version.frame
        and held.version.actions == other.plans[plan_id].version.actions
        for plan_id, held in one.plans.items()
    )


def _latest_up_to_each(last_of: Mapping[int, Snapshot], count: int) -> Iterator[Snapshot | None]:
    """Of each position the latest snapshot that has it or a lower one."""
    latest: Snapshot | None = None
    for position in range(count):
        here = last_of.get(position)
        if here is not None and (latest is None or latest.number < here.number):
            latest = here
        yield latest


def _snapshots(moments: Iterable[Moment], gaps: Gaps) -> Iterator[Snapshot]:
    plans: Mapping[str, Held] = {}
    unread: Mapping[str, Gap] = {}
    last: Moment | None = None
    for number, moment in enumerate(moments):
        gaps.at(moment)
        # while no plan changes, moments share their mappings
        if last is None or last.plans is not moment.plans or last.gaps is not moment.gaps:
            # a gap goes on, whatever problem there is at the end of it
            unread = {
                plan_id: unread.get(plan_id, gap) for plan_id, gap in _unread(moment, plans).items()
            }
            kept = {plan_id: plans[plan_id] for plan_id in unread}
            plans = kept | dict(moment.plans) if kept else moment.plans
        last = moment
        yield Snapshot(number, moment.revision, plans, unread)


def _unread(moment: Moment, plans: Mapping[str, Held]) -> dict[str, Gap]:
    """The plans that were there, and whose file is there and can't be read."""
    if not moment.gaps:
        return {}
    gaps = ((plan_id, moment.gap_of(plan_id, held.file)) for plan_id, held in plans.items())
    return {plan_id: gap for plan_id, gap in gaps if gap is not None}
