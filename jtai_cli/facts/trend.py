"""How plans came on: their figures at the ends of weeks or months, and the rate of closing."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from jtai_cli.facts.calendar import Every, ends_before
from jtai_cli.facts.following import Choice, Trail, choice_of
from jtai_cli.facts.known_actions import KnownActions
from jtai_cli.facts.records import Record, counted
from jtai_cli.facts.select import Wanted, concerning
from jtai_cli.facts.snapshots import Snapshot, Survey, survey_of
from jtai_cli.facts.summary import Summary, shared_scheme, summarise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from jtai_cli.facts.gaps import GapSpan
    from jtai_cli.facts.moments import Moment
    from jtai_cli.plan.model import Plan
    from jtai_cli.plan.scheme import Scheme

MOST_POINTS = 400
WINDOW_DAYS = 90


class Stop(NamedTuple):
    """A point of a history: the actions of each plan as of its day, by plan id."""

    as_of: dt.date
    snapshot: Snapshot
    records: Mapping[str, list[Record]]


class Path(NamedTuple):
    """A history that was walked through for a trend: its stops, and its actions.

    The stops are the first day that has a plan, the ends of weeks, months or quarters, and the end.
    `is_cut` when there are too many of those, so that the oldest are left out. With a `trail`, the
    stops have only the actions that are followed.
    """

    survey: Survey
    known: KnownActions
    as_of: dt.date
    every: Every
    stops: tuple[Stop, ...]
    is_cut: bool
    trail: Trail | None = None

    @property
    def records(self) -> list[Record]:
        """All actions of all stops."""
        return [record for stop in self.stops for some in stop.records.values() for record in some]


def path_of(moments: Iterable[Moment], as_of: dt.date, every: Every) -> Path:
    """Walk through a history of one moment or more, whose end is judged as of a date."""
    known = KnownActions()
    ends = ends_before(as_of, every, MOST_POINTS)
    survey = survey_of(known.watched(moments), [*ends, *_window(as_of)])
    stops = tuple(_stops(survey, ends, as_of))
    begun = survey.begun
    is_cut = begun is not None and len(ends) == MOST_POINTS and begun.revision.day < ends[0]
    return Path(survey, known, as_of, every, stops, is_cut)


def _window(as_of: dt.date) -> tuple[dt.date, ...]:
    """The day that the rate of closing looks back at, if the calendar has it."""
    days = as_of.toordinal() - WINDOW_DAYS
    return (dt.date.fromordinal(days),) if days > 0 else ()


def _stops(survey: Survey, ends: Iterable[dt.date], as_of: dt.date) -> Iterator[Stop]:
    first = survey.begun.revision.day if survey.begun else as_of
    if survey.opening and first < as_of:
        yield _stop(first, survey.opening)
    for day in ends:
        snapshot = survey.by_day[day]
        if snapshot is not None and day > first:
            yield _stop(day, snapshot)
    yield _stop(as_of, survey.end)


def _stop(as_of: dt.date, snapshot: Snapshot) -> Stop:
    plans = sorted(snapshot.plans)
    found = {plan_id: snapshot.records_of(plan_id, as_of) or [] for plan_id in plans}
    return Stop(as_of, snapshot, found)


class Stand(NamedTuple):
    """How things stood at a point, as of its day.

    `planned_original` of the actions that count had been given, as their first date, one up to
    that day; `planned_current` have such a date then. `snapshot` says which version it is.
    """

    as_of: dt.date
    snapshot: Snapshot
    summary: Summary
    planned_original: int
    planned_current: int
    scheme: Scheme | None


class Rate(NamedTuple):
    """The rate of closing: so many actions were complete on a day, and so many are in the end.

    `since` is 90 days before the end or, where the history is shorter, its first day. A plan that
    is newer counts from its own first version. `remaining` are not complete in the end.
    """

    since: dt.date
    until: dt.date
    before: int
    now: int
    remaining: int

    @property
    def days(self) -> int:
        """The days that the rate is over, 1 or more."""
        return (self.until - self.since).days

    @property
    def closed(self) -> int:
        """The actions that were completed on balance; below 0 when more were opened again."""
        return self.now - self.before

    @property
    def in_30_days(self) -> float:
        """The actions completed in 30 days, to one place."""
        return round(30 * self.closed / self.days, 1)

    @property
    def days_left(self) -> int | None:
        """The days that the rest would take at this rate; None when none is closed, or left."""
        if self.closed <= 0 or not self.remaining:
            return None
        return -(-self.remaining * self.days // self.closed)

    @property
    def done_by(self) -> dt.date | None:
        """The day on which the rest would be complete, as long as the calendar has it."""
        end = self.until.toordinal() + (self.days_left or 0)
        if self.days_left is None or end > dt.date.max.toordinal():
            return None
        return dt.date.fromordinal(end)


class Series(NamedTuple):
    """The points of one plan, or of all, and the rate of closing; None after no day at all."""

    plan: Plan | None
    file: str | None
    stands: tuple[Stand, ...]
    rate: Rate | None


class Trend(NamedTuple):
    """The series of each plan that is there in the end, by file, and the total of all plans.

    The total of a point is of every plan that was there then. `choice` says which actions count.
    """

    as_of: dt.date
    choice: Choice
    every: Every
    plans: tuple[Series, ...]
    total: Series
    gaps: tuple[GapSpan, ...]
    is_cut: bool


def trend_of(path: Path, wanted: Wanted, *, each_plan: bool = True) -> Trend:
    """The trend of the actions that are asked for.

    Unless each plan is asked for too, only the total has points.
    """
    last, unread = path._replace(stops=path.stops[-1:]), path.survey.end.unread
    choice = choice_of(wanted, path.as_of, lambda: last.records, unread)
    if choice.followed is not None:
        path = _along(path, Trail(choice, path.known, path.survey.end.number))
    end = path.survey.end
    by_file = sorted(end.plans, key=lambda plan_id: (end.plans[plan_id].file.split("/"), plan_id))
    plans = tuple(_of_plan(path, plan_id, wanted, in_full=each_plan) for plan_id in by_file)
    stands = tuple(_stand(path, stop, list(stop.records), wanted) for stop in path.stops)
    total = Series(None, None, stands, _rate(path, by_file, wanted))
    return Trend(path.as_of, choice, path.every, plans, total, path.survey.gaps, path.is_cut)


def _along(path: Path, trail: Trail) -> Path:
    stops = (
        stop._replace(
            records={
                plan_id: trail.followed(records, stop.snapshot.number)
                for plan_id, records in stop.records.items()
            }
        )
        for stop in path.stops
    )
    return path._replace(stops=tuple(stops), trail=trail)


def _of_plan(path: Path, plan_id: str, wanted: Wanted, *, in_full: bool) -> Series:
    held = path.survey.end.plans[plan_id]
    if not in_full:
        return Series(held.version.plan, held.file, (), None)
    stands = tuple(
        _stand(path, stop, [plan_id], wanted) for stop in path.stops if plan_id in stop.records
    )
    return Series(held.version.plan, held.file, stands, _rate(path, [plan_id], wanted))


def _stand(path: Path, stop: Stop, plan_ids: Sequence[str], wanted: Wanted) -> Stand:
    day, number = stop.as_of, stop.snapshot.number
    chosen = {plan_id: concerning(stop.records[plan_id], wanted) for plan_id in plan_ids}
    scheme = shared_scheme(stop.snapshot.plans[one].version.frame.rag for one in plan_ids)
    first_due = path.known.first_due
    firsts, dates = [], []
    for plan_id, records in chosen.items():
        actions = [record.action for record in counted(records)]
        firsts += [first_due(number, plan_id, action.ref) for action in actions]
        dates += [action.due for action in actions]
    return Stand(
        day,
        stop.snapshot,
        summarise([record for records in chosen.values() for record in records], day, scheme),
        planned_original=_until(day, firsts),
        planned_current=_until(day, dates),
        scheme=scheme,
    )


def _until(day: dt.date, dates: Iterable[dt.date | None]) -> int:
    """How many there are up to a day."""
    return len([date for date in dates if date is not None and date <= day])


def _rate(path: Path, plan_ids: Iterable[str], wanted: Wanted) -> Rate | None:
    before, now, remaining, since = 0, 0, 0, path.as_of
    for plan_id in plan_ids:
        day, snapshot = _base(path.survey, plan_id, path.as_of)
        earlier = snapshot.records_of(plan_id, day) or []
        if path.trail is not None:
            earlier = path.trail.followed(earlier, snapshot.number)
        then = _complete(earlier, wanted)
        records = counted(concerning(path.stops[-1].records[plan_id], wanted))
        complete = sum(record.complete for record in records)
        before, now = before + then, now + complete
        remaining += len(records) - complete
        since = min(since, day)
    return Rate(since, path.as_of, before, now, remaining) if since < path.as_of else None


def _base(survey: Survey, plan_id: str, as_of: dt.date) -> tuple[dt.date, Snapshot]:
    """The day from which a plan's rate of closing is counted, and how it stood then."""
    for day in _window(as_of):
        snapshot = survey.by_day[day]
        if snapshot is not None and plan_id in snapshot.plans:
            return day, snapshot
    begun = survey.begun_by_plan[plan_id]
    return begun.revision.day, begun


def _complete(records: Iterable[Record], wanted: Wanted) -> int:
    return sum(record.complete for record in counted(concerning(records, wanted)))
