"""The table that a board reads: how many actions have each rating, at first, before and now."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal, NamedTuple

from jtai_cli.facts.calendar import ends_before
from jtai_cli.facts.following import Trail, choice_of
from jtai_cli.facts.moments import Point
from jtai_cli.facts.moves import moved_between
from jtai_cli.facts.records import UNRATED, Record, counted
from jtai_cli.facts.select import Wanted, concerning
from jtai_cli.plan.scheme import STANDINGS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from jtai_cli.facts.following import Choice
    from jtai_cli.facts.gaps import GapSpan
    from jtai_cli.facts.known_actions import KnownActions
    from jtai_cli.facts.moments import Gap, Revision
    from jtai_cli.facts.moves import Move, Of
    from jtai_cli.facts.snapshots import Snapshot, Survey
    from jtai_cli.plan.model import Plan
    from jtai_cli.plan.scheme import Rating, Scheme

Name = Literal["initial", "previous", "month", "current"]


class Asked(NamedTuple):
    """What a tracker is to show.

    Without `months` there are an initial, a previous and a current column; with it, a column for
    the end of each of so many months before the as-of date, and a current one.
    """

    as_of: dt.date
    previous: Point | None = None
    months: int | None = None
    of: Of = "progress"
    wanted: Wanted = Wanted()

    @property
    def before(self) -> tuple[Point, ...]:
        """The points that are looked back at; the last is what movement is against."""
        if self.months is None and self.previous is not None:
            return (self.previous,)
        return tuple(Point(day=day) for day in ends_before(self.as_of, "month", self.months or 1))

    @property
    def days(self) -> tuple[dt.date, ...]:
        """Those of the points that are days."""
        return tuple(point.day for point in self.before if point.day is not None)


class Column(NamedTuple):
    """A column: the plans at a point, judged as of its day; None where nothing is committed yet."""

    name: Name
    as_of: dt.date
    snapshot: Snapshot | None


class Row(NamedTuple):
    """The actions with one rating, by column, None where the plan is not there.

    `key` is that of the rating, "unrated" or "total"; in a table over several plans it is what
    ratings count as. `change` is against the column before the last.
    """

    key: str
    rating: Rating | None
    actions: tuple[int | None, ...]

    @property
    def change(self) -> int | None:
        """How many more there are than in the column before, below 0 fewer; None: can't be said."""
        *_, before, now = self.actions
        return None if before is None or now is None else now - before


class Grid(NamedTuple):
    """Columns, a row for each rating, best first, and their total."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Row


class PlanTracker(NamedTuple):
    """The tracker of one plan as it last stood.

    `moved` has the refs of the actions by what became of them since the column before; None where
    the plan was not there then. `begun` is where it is first seen.
    """

    plan: Plan
    file: str
    begun: Snapshot
    grid: Grid
    moved: Mapping[Move, tuple[str, ...]] | None


class Tracker(NamedTuple):
    """The trackers of plans in the order of their files, and the total of several, None of one.

    `gaps` are those that a column lies in. `records` are all actions of all columns. `choice` says
    which actions are counted.
    """

    asked: Asked
    choice: Choice
    plans: tuple[PlanTracker, ...]
    total: Grid | None
    gaps: tuple[GapSpan, ...]
    records: tuple[Record, ...]


def tracker_of(survey: Survey, asked: Asked, known: KnownActions) -> Tracker:
    """The tracker of the plans of a survey of `asked.days` and the commit of `asked.previous`.

    `known` has watched the same moments.
    """
    common = _columns(survey, survey.begun, asked)
    end = survey.end
    choice = choice_of(asked.wanted, asked.as_of, lambda: end.records(asked.as_of), end.unread)
    trail = Trail(choice, known, end.number)
    last_seen = {
        plan_id: (column.snapshot, held.file)
        for column in common
        if column.snapshot
        for plan_id, held in column.snapshot.plans.items()
    }
    by_file = sorted(last_seen, key=lambda plan_id: (last_seen[plan_id][1].split("/"), plan_id))
    plans = tuple(_plan_tracker(survey, plan_id, asked, trail) for plan_id in by_file)
    columns = (column for plan in plans for column in plan.grid.columns)
    looked_at = {column.snapshot.number: column for column in columns if column.snapshot}
    records = [
        record
        for column in looked_at.values()
        if column.snapshot
        for record in column.snapshot.records(column.as_of)
    ]
    total = _total(common, asked, trail) if len(plans) > 1 else None
    return Tracker(asked, choice, plans, total, _gaps(survey, looked_at.values()), tuple(records))


def _columns(survey: Survey, begun: Snapshot | None, asked: Asked) -> tuple[Column, ...]:
    """The columns, of which the initial one is where a plan begins."""
    name: Name = "month" if asked.months else "previous"
    before = [
        Column(name, point.day, survey.by_day[point.day])
        if point.day is not None
        else Column(name, _day_of(survey.at_commit, asked), survey.at_commit)
        for point in asked.before
    ]
    initial = [] if asked.months else [Column("initial", _day_of(begun, asked), begun)]
    return (*initial, *before, Column("current", asked.as_of, survey.end))


def _day_of(snapshot: Snapshot | None, asked: Asked) -> dt.date:
    return snapshot.revision.day if snapshot else asked.as_of


def _plan_tracker(survey: Survey, plan_id: str, asked: Asked, trail: Trail) -> PlanTracker:
    begun = survey.begun_by_plan[plan_id]
    columns = _columns(survey, begun, asked)
    everything = [_records(column, plan_id, trail) for column in columns]
    counts = [
        None if records is None else _by_rating(_counting(records, asked), asked.of)
        for records in everything
    ]
    versions = [
        column.snapshot.plans[plan_id]
        for column in reversed(columns)
        if column.snapshot and plan_id in column.snapshot.plans
    ]
    ratings = _ratings([held.version.frame.rag for held in versions], counts)
    grid = _grid(columns, counts, ratings)
    moved = _moved(plan_id, columns, everything, asked, trail)
    return PlanTracker(versions[0].version.plan, versions[0].file, begun, grid, moved)


def _moved(
    plan_id: str,
    columns: Sequence[Column],
    everything: Sequence[list[Record] | None],
    asked: Asked,
    trail: Trail,
) -> dict[Move, tuple[str, ...]] | None:
    """What became of actions since the column before; None where the plan was not there then."""
    (before, was), (end, now) = zip(columns[-2:], everything[-2:], strict=True)
    if was is None or before.snapshot is None or end.snapshot is None:
        return None
    refs = trail.known.reused(plan_id, before.snapshot.number, end.snapshot.number)
    reused = {(plan_id, ref) for ref in refs}
    return moved_between(was, now or [], asked.wanted, asked.of, reused)


def _records(column: Column, plan_id: str | None, trail: Trail) -> list[Record] | None:
    """The actions of a plan, or of all, that are followed; None where there is no such plan."""
    snapshot, day = column.snapshot, column.as_of
    if snapshot is None or not snapshot.plans:
        return None
    found = snapshot.records(day) if plan_id is None else snapshot.records_of(plan_id, day)
    return None if found is None else trail.followed(found, snapshot.number)


def _counting(records: Iterable[Record], asked: Asked) -> list[Record]:
    return counted(concerning(records, asked.wanted))


def _rating(record: Record, of: Of) -> Rating | None:
    return record.progress if of == "progress" else record.impact


def _by_rating(records: Iterable[Record], of: Of) -> Counter[str]:
    ratings = (_rating(record, of) for record in records)
    return Counter(rating.key if rating else UNRATED for rating in ratings)


def _by_standing(records: Iterable[Record], of: Of) -> Counter[str]:
    ratings = (_rating(record, of) for record in records)
    return Counter(rating.counts_as if rating else UNRATED for rating in ratings)


def _ratings(
    schemes: Sequence[Scheme], counts: Iterable[Counter[str] | None]
) -> dict[str, Rating | None]:
    """The ratings that get a row, by key; of schemes, the latest first, all those of the first.

    Those of older ones, and "unrated", only where an action has them.
    """
    used = {key for count in counts if count for key in count}
    ratings: dict[str, Rating | None] = {rating.key: rating for rating in schemes[0].ratings}
    for rating in (rating for scheme in schemes[1:] for rating in scheme.ratings):
        if rating.key in used:
            ratings.setdefault(rating.key, rating)
    return ratings | ({UNRATED: None} if UNRATED in used else {})


def _grid(
    columns: tuple[Column, ...],
    counts: Sequence[Counter[str] | None],
    ratings: Mapping[str, Rating | None],
) -> Grid:
    rows = tuple(
        Row(key, rating, tuple(None if count is None else count[key] for count in counts))
        for key, rating in ratings.items()
    )
    totals = tuple(None if count is None else count.total() for count in counts)
    return Grid(columns, rows, Row("total", None, totals))


def _total(columns: tuple[Column, ...], asked: Asked, trail: Trail) -> Grid:
    """All plans together, by what their ratings count as."""
    everything = [_records(column, None, trail) for column in columns]
    counts = [
        None if records is None else _by_standing(_counting(records, asked), asked.of)
        for records in everything
    ]
    used = any(count[UNRATED] for count in counts if count)
    return _grid(columns, counts, dict.fromkeys((*STANDINGS, *((UNRATED,) if used else ()))))


def _gaps(survey: Survey, columns: Iterable[Column]) -> tuple[GapSpan, ...]:
    """The gaps that a column lies in, under every name that the file had meanwhile."""
    met = {
        _gap_key(gap)
        for column in columns
        if column.snapshot
        for gap in column.snapshot.unread.values()
    }
    return tuple(span for span in survey.gaps if _gap_key(span.gap) in met)


def _gap_key(gap: Gap) -> tuple[Revision, str]:
    return gap.since, gap.plan_id or gap.file
