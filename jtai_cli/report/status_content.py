"""What `jtai status` says."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from jtai_cli.facts.summary import DUE_SOON_DAYS
from jtai_cli.plan.problem import visible
from jtai_cli.report.cells import (
    Bar,
    Block,
    Cell,
    Column,
    Document,
    Fields,
    Note,
    Refs,
    Segment,
    Table,
    in_words,
    without_empty,
)
from jtai_cli.report.ratings import (
    NOT_RATED,
    bar,
    counting_as,
    key_to,
    letters,
    rating_cell,
    word_of,
    words_by_key,
)
from jtai_cli.report.totals import number_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jtai_cli.facts.records import Record
    from jtai_cli.facts.status import PlanStatus, Status
    from jtai_cli.facts.summary import Summary
    from jtai_cli.plan.scheme import Scheme

_NAMES = {
    "objective": "Objective",
    "owner": "Owner",
    "lead": "Lead",
    "theme": "Theme",
    "level": "Level",
    "priority": "Priority",
    "risk": "Risk",
}


# of a longer scheme, progress against impact has only the ratings that some action has
_MOST_RATINGS = 12


def status_document(status: Status, *, grouped: bool) -> Document:
    """One plan in full, or several in a row each; `grouped` asks for the groups of several too."""
    if len(status.plans) == 1:
        return _one_plan(status)
    blocks: list[Block] = [_overview(status)]
    if grouped:
        blocks += [_groups(plan, status.by, titled=True) for plan in status.plans]
    for plan in status.plans:
        contradiction = _contradictions(plan)
        if contradiction:
            blocks.append(Note(f"{plan.plan.id}: {contradiction}", strong=True))
    blocks.append(Note(_definitions(status)))
    one = visible(status.plans[0].file)
    blocks.append(Note(f"To see one plan: jtai status {one}", command=True))
    title = f"{len(status.plans)} improvement plans"
    return Document(title, f"As of {in_words(status.as_of)}", tuple(blocks))


def _one_plan(status: Status) -> Document:
    (plan,) = status.plans
    area = f"{plan.plan.area}, " if plan.plan.area else ""
    blocks: list[Block] = [
        _figures(plan.summary, plan.records),
        _groups(plan, status.by, titled=False),
        _matrix(plan),
    ]
    contradiction = _contradictions(plan)
    if contradiction:
        blocks.append(Note(contradiction, strong=True))
    blocks.append(Note(_definitions(status)))
    subtitle = f"{area}as of {in_words(status.as_of)}"
    return Document(plan.plan.title, subtitle[0].upper() + subtitle[1:], tuple(blocks))


def _figures(summary: Summary, records: Sequence[Record]) -> Fields:
    rows: list[tuple[str, tuple[Cell, ...]]] = [
        ("Complete", (summary.complete,)),
        ("Complete or on track", (summary.complete_or_on_track,)),
        ("Overdue", (_overdue(records),)),
        (f"Due within {DUE_SOON_DAYS} days", (summary.due_soon,)),
        ("Undated", (summary.undated,)),
    ]
    if summary.withdrawn:
        rows.append(("Withdrawn", (summary.withdrawn,)))
    return Fields(tuple(rows))


def _overdue(records: Sequence[Record]) -> Cell:
    """How many are late, and how those are rated."""
    late = Counter(rating_cell(record.progress).word for record in records if record.overdue)
    if not late:
        return 0
    order = [word_of(rating) for rating in records[0].plan.rag.ratings]
    words = [word for word in [*order, NOT_RATED] if late[word]]
    return f"{late.total()} ({', '.join(f'{late[word]} {word}' for word in words)})"


def _groups(plan: PlanStatus, by: str, *, titled: bool) -> Table:
    scheme = plan.plan.rag
    letter = letters([scheme])
    columns: list[Column] = [
        # a theme may be long, and has no name besides: it takes the place of the text
        Column("Ref" if by == "objective" else _NAMES[by], "text" if by == "theme" else "ref"),
        Column("Objective" if by == "objective" else "Name", "text"),
        Column("Lead", weight=2),
        Column("Complete", weight=1),
        Column("Progress", "bar"),
        Column("Overdue", "refs", weight=3),
    ]
    rows: list[tuple[Cell, ...]] = [
        (
            "none" if group.key is None else group.key,
            group.title if group.title != group.key else None,
            group.lead,
            summary.complete,
            bar(scheme, summary.progress or {}, letter),
            Refs(tuple(record.action.ref for record in group.records if record.overdue)),
        )
        for group, summary in plan.groups
    ]
    title = plan.plan.title if titled else f"By {_NAMES[by].lower()}"
    used = _used([scheme], letter, [plan.summary])
    return without_empty(Table(title, tuple(columns), tuple(rows), letters=used))


def _used(
    schemes: Sequence[Scheme], letter: Mapping[str, str], summaries: Sequence[Summary]
) -> tuple[Segment, ...]:
    """The key to the letters of ratings that some action has."""
    words = {
        cell.word
        for scheme, summary in zip(schemes, summaries, strict=True)
        for key, cell in words_by_key(scheme).items()
        if (summary.progress or {}).get(key)
    }
    return tuple(one for one in key_to(schemes, letter) if one.word in words)


def _matrix(plan: PlanStatus) -> Table:
    """Rows progress, columns impact, with totals of both."""
    scheme = plan.plan.rag
    cells, letter = words_by_key(scheme), letters([scheme])
    counts = plan.progress_by_impact
    across = {key: sum(counts[key].values()) for key in cells}
    down = {key: sum(row[key] for row in counts.values()) for key in cells}
    everything = len(scheme.ratings) <= _MOST_RATINGS
    left = [key for key in cells if everything or across[key]]
    top = [key for key in cells if everything or down[key]]
    named = [cells[key].word for key in top]
    columns = (
        Column("Progress"),
        *(Column(word, "number", short=letter[word]) for word in named),
        Column("Total", "number"),
    )
    rows: list[tuple[Cell, ...]] = [
        (cells[row], *(counts[row][key] for key in top), across[row]) for row in left
    ]
    rows.append(("Total", *(down[key] for key in top), sum(down.values())))
    explained = tuple(one for one in key_to([scheme], letter) if one.word in named)
    title = "Progress (rows) × impact (columns)"
    return Table(title, columns, tuple(rows), has_total=True, letters=explained)


def _contradictions(plan: PlanStatus) -> str:
    late, unproven = plan.contradictions
    sentences = []
    if late:
        words = dict.fromkeys(rating_cell(record.progress).word for record in late)
        sentences.append(f"Rated {' or '.join(words)} yet overdue: {_named(late)}.")
    if unproven:
        words = dict.fromkeys(rating_cell(record.progress).word for record in unproven)
        weak = "but impact not rated or below on track"
        sentences.append(f"Rated {' or '.join(words)} {weak}: {_named(unproven)}.")
    return " ".join(sentences)


def _named(records: Sequence[Record]) -> str:
    refs = ", ".join(record.action.ref for record in records)
    return f"{number_of(len(records), 'action')} ({refs})"


def _definitions(status: Status) -> str:
    """What the figures mean, in the words of the schemes in use."""
    schemes = [plan.plan.rag for plan in status.plans]
    complete, on_track = (counting_as(schemes, standing) for standing in ("complete", "on_track"))
    left_out = ", withdrawn ones left out" if status.total.withdrawn else ""
    total = status.total
    unrated = total.standing["unrated"]
    not_rated = f" Progress is not rated for {number_of(unrated, 'action')}." if unrated else ""
    return (
        f"Each percentage is of the actions counted beside it, {total.actions} in all{left_out}."
        f"{not_rated} "
        f"Complete: rated {complete}. On track: rated {on_track}. "
        f"Overdue: due before {in_words(status.as_of)} and not complete."
    )


def _overview(status: Status) -> Table:
    schemes = [plan.plan.rag for plan in status.plans]
    letter = letters(schemes)
    columns = (
        Column("Plan", "ref"),
        Column("Title", "text"),
        Column("Complete"),
        Column("Complete or on track", weight=2),
        Column("Progress", "bar", weight=3),
        Column("Impact", "bar", weight=4),
        Column("Overdue", "number"),
        Column("Undated", "number", weight=1),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            plan.plan.id,
            plan.plan.title,
            plan.summary.complete,
            plan.summary.complete_or_on_track,
            bar(plan.plan.rag, plan.summary.progress or {}, letter),
            bar(plan.plan.rag, plan.summary.impact or {}, letter),
            plan.summary.overdue,
            plan.summary.undated,
        )
        for plan in status.plans
    ]
    total = status.total
    shares = total.complete, total.complete_or_on_track
    rows.append(("Total", None, *shares, None, None, total.overdue, total.undated))
    used = {
        segment.word
        for row in rows
        for cell in row
        if isinstance(cell, Bar)
        for segment in cell.segments
    }
    key = tuple(one for one in key_to(schemes, letter) if one.word in used)
    return Table("Plans", columns, tuple(rows), has_total=True, letters=key)
