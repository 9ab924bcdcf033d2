"""What `jtai actions`, `jtai overdue` and `jtai show` say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jtai_cli.plan.problem import visible
from jtai_cli.report.cells import (
    Block,
    Cell,
    Column,
    Document,
    Fields,
    Note,
    Table,
    in_words,
)
from jtai_cli.report.headings import heading
from jtai_cli.report.ratings import rating_cell
from jtai_cli.report.totals import number_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from jtai_cli.facts.records import Record
    from jtai_cli.plan.model import Action, Plan


def actions_document(
    records: Sequence[Record], of: int, as_of: dt.date, plans: Sequence[Plan], wanted: str = ""
) -> Document:
    """A list of actions, out of so many of some plans; `wanted`: which were asked for, in words."""
    head = heading(f"{len(records)} of {number_of(of, 'action')}", plans, as_of, wanted)
    if not records:
        return Document(*head, (Note("No action fits."),))
    columns = (
        Column("Ref", "ref"),
        Column("Action", "text"),
        Column("Owners", weight=1),
        Column("Due"),
        Column("Progress"),
        Column("Impact", weight=2),
    )
    rows = [
        (
            record.action.ref,
            record.action.text,
            ", ".join(record.action.owners) or "no owner",
            _due(record.action),
            rating_cell(record.progress),
            rating_cell(record.impact),
        )
        for record in records
    ]
    table = _table("Actions", columns, rows, records if len(plans) > 1 else ())
    return Document(*head, (table, _see_whole(records[0])))


def overdue_document(
    records: Sequence[Record], actions: Sequence[Record], as_of: dt.date, plans: Sequence[Plan]
) -> Document:
    """What is late of these actions of some plans, by how many days, and whose it is."""
    headline = f"{len(records)} of {number_of(len(actions), 'action')} overdue"
    definition = f"Overdue: due before {in_words(as_of)} and not complete."
    undated = sum(record.action.due is None and not record.complete for record in actions)
    if undated:
        definition += f" Not complete and without a due date, so never overdue: {undated}."
    note = Note(definition)
    columns = (
        Column("Ref", "ref"),
        Column("Action", "text"),
        Column("Owners"),
        Column("Due", weight=2),
        Column("Days late", "number"),
        Column("Progress", weight=1),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            record.action.ref,
            record.action.text,
            ", ".join(record.action.owners) or "no owner",
            record.action.due,
            record.days_overdue,
            rating_cell(record.progress),
        )
        for record in records
    ]
    blocks: list[Block] = [note]
    if records:
        table = _table("Overdue", columns, rows, records if len(plans) > 1 else ())
        blocks = [table, note, _see_whole(records[0])]
    return Document(*heading(headline, plans, as_of), tuple(blocks))


def _see_whole(record: Record) -> Note:
    ref = f"{record.plan.id}#{record.action.ref}"
    return Note(f"To see an action whole: jtai show {ref}", command=True)


def _table(
    title: str,
    columns: Sequence[Column],
    rows: Sequence[tuple[Cell, ...]],
    records: Sequence[Record],
) -> Table:
    """The table, with a column for the plan of each of the records, if any are given."""
    if not records:
        return Table(title, tuple(columns), tuple(rows))
    plans = [(row[0], record.plan.id) for row, record in zip(rows, records, strict=True)]
    wider = [(*ids, *row[1:]) for ids, row in zip(plans, rows, strict=True)]
    return Table(title, (columns[0], Column("Plan", "ref", weight=4), *columns[1:]), tuple(wider))


def _due(action: Action) -> Cell:
    if action.due:
        return action.due
    return f"none ('{action.due_note}')" if action.due_note else "none"


def show_document(
    record: Record, as_of: dt.date, age: Sequence[Cell] = (), life: Sequence[Block] = ()
) -> Document:
    """One action whole; `age` and `life` are what `life_content` says of it."""
    plan, objective, action = record.plan, record.objective, record.action
    rows: list[tuple[str, tuple[Cell, ...]]] = [
        ("Plan", (f"{plan.title} ({plan.id})",)),
        ("Objective", (f"{objective.ref} {objective.title}",)),
        ("Lead", (_partner(record, objective.lead),)),
        ("Risk", (objective.risk,)),
        ("Priority", (objective.priority,)),
        ("Answers findings", (", ".join(objective.answers) or None,)),
        ("Owners", tuple(_partner(record, code) for code in action.owners) or ("no owner",)),
        ("Support", tuple(_partner(record, code) for code in action.support)),
        ("Due", (_due_in_full(record, as_of),)),
        ("Progress", (rating_cell(record.progress, with_meaning=True),)),
        # a scheme says what its ratings mean for progress
        ("Impact", (rating_cell(record.impact),)),
        ("Age", tuple(age)),
        ("Theme", (action.theme,)),
        ("Level", (action.level,)),
        ("Completed", (action.completed,)),
        ("Approved", _approved(action)),
        ("Withdrawn", _withdrawn(action)),
        ("Success measures", action.measures or ("none",)),
        ("Evidence", action.evidence or ("none",)),
        ("Updates", tuple(_update(action)) or ("none",)),
        ("Note", (action.note,)),
        ("Stands in", (f"{visible(record.file)}:{record.line}",)),
    ]
    kept = [(name, cells) for name, cells in rows if any(cell is not None for cell in cells)]
    blocks: list[Block] = [Note(action.text), Fields(tuple(kept)), *life]
    return Document(f"Action {action.ref}", f"As of {in_words(as_of)}", tuple(blocks))


def _partner(record: Record, code: str | None) -> str | None:
    if code is None:
        return None
    name = record.plan.partners[code]
    return name if name.startswith(code) else f"{code}, {name}"


def _due_in_full(record: Record, as_of: dt.date) -> str:
    action = record.action
    if action.due is None:
        return f"no date; the plan says '{action.due_note}'" if action.due_note else "no date"
    days = (action.due - as_of).days
    if record.overdue:
        return f"{in_words(action.due)}, {number_of(-days, 'day')} ago: overdue"
    if record.complete or record.withdrawn:
        return in_words(action.due)
    when = f"in {number_of(days, 'day')}" if days else "today"
    return f"{in_words(action.due)}, {when}"


def _approved(action: Action) -> tuple[Cell, ...]:
    approved = action.approved
    if approved is None:
        return ()
    return (f"by {approved.by}" + (f", {in_words(approved.on)}" if approved.on else ""),)


def _withdrawn(action: Action) -> tuple[Cell, ...]:
    withdrawn = action.withdrawn
    if withdrawn is None:
        return ()
    replaced = f"; replaced by {withdrawn.replaced_by}" if withdrawn.replaced_by else ""
    return (f"{in_words(withdrawn.on)}: {withdrawn.reason}{replaced}",)


def _update(action: Action) -> list[str]:
    return [
        f"{in_words(update.on)}{f', {update.by}' if update.by else ''}: {update.text}"
        for update in action.updates
    ]
