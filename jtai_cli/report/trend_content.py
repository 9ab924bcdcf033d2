"""What `jtai trend` says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jtai_cli.facts.summary import Share
from jtai_cli.facts.trend import MOST_POINTS, WINDOW_DAYS
from jtai_cli.plan.problem import visible
from jtai_cli.report.cells import (
    Block,
    Cell,
    Column,
    Document,
    Fields,
    Mark,
    Note,
    Picture,
    Segment,
    Table,
    in_short_words,
    in_words,
    share_in_words,
)
from jtai_cli.report.choice import about_chosen
from jtai_cli.report.headings import as_of_day
from jtai_cli.report.ratings import bar, key_to, letters, standing_segments
from jtai_cli.report.revisions import NOT_COMMITTED, gap_notes
from jtai_cli.report.totals import number_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jtai_cli.facts.trend import Rate, Series, Stand, Trend
    from jtai_cli.plan.scheme import Scheme

_FIRST, _THEN = "|", ":"
_ENDS = {"week": "weeks, which are Sundays", "month": "months", "quarter": "quarters"}
_IN_A_GAP = "A day in that time is counted by the version before."


def trend_document(trend: Trend) -> Document:
    """The figures of the end and how they came about."""
    total = trend.total
    blocks: list[Block] = [_figures(total.stands[-1], total.rate), _table(total.stands)]
    if trend.is_cut:
        blocks.append(Note(_what_is_cut(trend), strong=True))
    gaps = gap_notes(trend.gaps, _IN_A_GAP)
    blocks += [*gaps, Note(_definition(trend))]
    if len(trend.plans) > 1 and trend.plans[0].plan:
        blocks.append(
            Note(f"To see one plan: jtai trend {visible(trend.plans[0].plan.id)}", command=True)
        )
    document = Document(_title(trend.plans), as_of_day(trend.as_of), tuple(blocks))
    nothing = not any(stand.summary.actions for stand in total.stands)
    return about_chosen(document, trend.choice, gaps, nothing=nothing)


def _title(plans: Sequence[Series]) -> str:
    if len(plans) == 1 and plans[0].plan:
        return plans[0].plan.title
    return f"{len(plans)} improvement plans"


def _figures(end: Stand, rate: Rate | None) -> Fields:
    summary = end.summary
    planned = (
        (end.planned_original, "by first dates"),
        (end.planned_current, "by current dates"),
    )
    rows: list[tuple[str, tuple[Cell, ...]]] = [
        ("Complete", (summary.complete,)),
        ("Complete or on track", (summary.complete_or_on_track,)),
        (
            "Planned to be complete",
            tuple(f"{share_in_words(Share(count, summary.actions))} {by}" for count, by in planned),
        ),
        ("Overdue", (Share(summary.overdue, summary.actions),)),
        ("Rate of completion", tuple(_rate(rate, summary.actions))),
    ]
    return Fields(tuple(rows))


def _rate(rate: Rate | None, actions: int) -> Iterator[str]:
    """The rate, and what follows from it: careful words, for it is no promise."""
    if rate is None:
        yield "none yet: the history of the plan is not a day old"
        return
    window = f"in {number_of(rate.days, 'day')}, since {in_words(rate.since)}"
    then = f"{rate.before} complete then, {rate.now} now"
    if rate.closed > 0:
        yield f"{rate.closed} more complete {window} ({then}): {rate.in_30_days:.1f} in 30 days"
    else:
        yield f"none, on balance, {window} ({then})"
    if actions and not rate.remaining:
        yield "Nothing is left to complete."
    elif rate.days_left is None:
        yield f"No date follows from that for the remaining {rate.remaining}."
    else:
        to = f"to {in_words(rate.done_by)}" if rate.done_by else "beyond any calendar"
        yield (
            f"At that rate the remaining {rate.remaining} would take "
            f"{number_of(rate.days_left, 'day')}, {to}: arithmetic, not a forecast."
        )


def _table(stands: Sequence[Stand]) -> Table:
    pictures, key = _pictures(stands)
    longest = max(stand.summary.actions for stand in stands)
    columns = (
        Column("Day"),
        Column("Progress", "picture"),
        Column("Complete"),
        Column("Planned (first dates)", "number"),
        Column("Planned (dates then)", "number"),
    )
    rows: list[tuple[Cell, ...]] = []
    for stand, segments in zip(stands, pictures, strict=True):
        first, then = stand.planned_original, stand.planned_current
        picture = Picture(segments, longest, (Mark(_FIRST, first), Mark(_THEN, then)))
        day = in_short_words(stand.as_of)
        rows.append((day, picture, stand.summary.complete, first, then))
    marks = (
        Segment("planned (first dates)", _FIRST, "none"),
        Segment("planned (dates then)", _THEN, "none"),
    )
    return Table("Over time", columns, tuple(rows), letters=(*key, *marks))


def _pictures(stands: Sequence[Stand]) -> tuple[list[tuple[Segment, ...]], list[Segment]]:
    """The segments of each picture, and the key to those that are in any.

    They are ratings where all plans have one scheme, else what ratings count as.
    """
    schemes = _schemes(stands)
    if schemes:
        letter = letters(schemes)
        pictures = [_by_rating(stand, letter) for stand in stands]
        key = key_to(schemes, letter)
    else:
        pictures = [standing_segments(stand.summary.standing) for stand in stands]
        key = standing_segments(dict.fromkeys(stands[0].summary.standing, 1))
    used = {segment.word for segments in pictures for segment in segments}
    return pictures, [segment for segment in key if segment.word in used]


def _by_rating(stand: Stand, letter: Mapping[str, str]) -> tuple[Segment, ...]:
    if stand.scheme is None:
        return ()
    return bar(stand.scheme, stand.summary.progress or {}, letter).segments


def _schemes(stands: Sequence[Stand]) -> list[Scheme]:
    """The schemes that plans share at each point, the latest first; none where they do not."""
    if any(stand.scheme is None for stand in stands if stand.snapshot.plans):
        return []
    return [stand.scheme for stand in reversed(stands) if stand.scheme]


def _definition(trend: Trend) -> str:
    end = trend.total.stands[-1]
    undated, of = end.summary.undated, number_of(end.summary.actions, "action")
    not_planned = f" Without a date, so never planned: {undated} of {of}." if undated else ""
    last = f", the last {NOT_COMMITTED}" if end.snapshot.revision.commit is None else ""
    return (
        f"Days: the first day, the ends of {_ENDS[trend.every]}, and the as-of date{last}. "
        "Complete: of the actions in the plan that day, withdrawn ones left out. "
        "Planned: how many of them had a due date up to that day and so should be complete; by the "
        f"first date that each was given, and by the date that it had then.{not_planned} "
        "Rate of completion: the actions complete now, less those complete "
        f"{WINDOW_DAYS} days ago, or on the first day where that is later."
    )


def _what_is_cut(trend: Trend) -> str:
    wider = "" if trend.every == "quarter" else " --every quarter reaches further back."
    return (
        f"What was before {in_words(trend.total.stands[1].as_of)} is left out, but for the first "
        f"day: at most {MOST_POINTS} days are shown.{wider}"
    )
