"""What `jtai slippage` says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jtai_cli.facts.summary import Share
from jtai_cli.report.cells import (
    Block,
    Cell,
    Column,
    Document,
    Fields,
    Note,
    Table,
    in_short_words,
    in_words,
    without_empty,
)
from jtai_cli.report.choice import about_chosen
from jtai_cli.report.happening_words import later, signed, why_in_words
from jtai_cli.report.headings import heading
from jtai_cli.report.revisions import commit_in_short, gap_notes
from jtai_cli.report.totals import number_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jtai_cli.facts.slippage import Left, Slip, Slippage, Totals

# of more plans than one, so many moves at the most are told one by one
MOST_MOVES = 40


def slippage_document(slippage: Slippage) -> Document:
    """How dates moved."""
    totals = slippage.totals
    several = _several(slippage)
    blocks: list[Block] = [_figures(totals)]
    without = totals.moves - totals.reasons
    if without:
        blocks.append(Note(_without_reason(without), strong=True))
    if slippage.slips:
        blocks += [_dates(slippage.slips, plans=several), *_moves(slippage, plans=several)]
    if slippage.left:
        blocks += [_left(slippage.left, plans=several), Note(_LEFT)]
    gaps = gap_notes(slippage.gaps)
    blocks += [*gaps, Note(_definitions(slippage))]
    headline = f"{totals.moved} of {_dates_in_words(totals.dated)} moved"
    plans = () if several else slippage.plans
    document = Document(*heading(headline, plans, slippage.as_of), tuple(blocks))
    nothing = not totals.actions
    return about_chosen(document, slippage.choice, gaps, nothing=nothing, plans=plans)


_LEFT = (
    "These are in none of the totals above. Withdrawn: still in the plan, marked as withdrawn. "
    "Vanished: taken out of the plan without a word."
)


def _dates_in_words(dates: int) -> str:
    return "1 date has" if dates == 1 else f"{dates:,} dates have"


def _several(slippage: Slippage) -> bool:
    """Whether more plans than one are meant, or one is told of that is there no longer."""
    left = (one.slip for one in slippage.left)
    named = {slip.plan_id for slip in (*slippage.slips, *left)}
    return len(named | {plan.id for plan in slippage.plans}) > 1


def _without_reason(moves: int) -> str:
    return "1 move has no reason." if moves == 1 else f"{moves:,} moves have no reason."


def _figures(totals: Totals) -> Fields:
    rows: list[tuple[str, tuple[Cell, ...]]] = [
        ("Actions with a date", (Share(totals.dated, totals.actions),)),
        ("Date ever moved", (Share(totals.moved, totals.dated),)),
        ("Now later than at first", (Share(totals.later, totals.dated),)),
        ("All moves together", (_net(totals),)),
        ("Moves with a reason", (Share(totals.reasons, totals.moves) if totals.moves else _NONE,)),
        ("Overdue by first dates", (Share(totals.overdue_original, totals.actions),)),
        ("Overdue by current dates", (Share(totals.overdue, totals.actions),)),
    ]
    if totals.removed:
        rows.insert(4, ("Date removed", (Share(totals.removed, totals.dated),)))
    return Fields(tuple(rows))


_NONE = "no date has moved"


def _net(totals: Totals) -> str:
    """What all moves come to."""
    if not totals.moves:
        return _NONE
    return later(totals.net_days) if totals.net_days else "no days, on balance"


def _dates(slips: Sequence[Slip], *, plans: bool) -> Table:
    columns = (
        Column("Ref", "ref"),
        *((Column("Plan", "ref", weight=6),) if plans else ()),
        Column("Owners", weight=5),
        Column("First date", weight=2),
        Column("Current date", weight=1),
        Column("Days moved", "number"),
        Column("Moves with reason", "number", weight=3),
        Column("Days late (first)", "number", weight=4),
        Column("Days late (now)", "number"),
        Column("Action", "text"),
    )
    removed = any(not slip.dates.moves for slip in slips)
    title = "Dates that moved or were removed" if removed else "Dates that moved"
    return Table(title, columns, tuple(_row(slip, plans=plans) for slip in slips))


def _row(slip: Slip, *, plans: bool) -> tuple[Cell, ...]:
    dates, action = slip.dates, slip.action
    moves = len(dates.moves)
    return (
        action.ref,
        *((slip.plan_id,) if plans else ()),
        ", ".join(action.owners) or "no owner",
        dates.first and in_short_words(dates.first),
        in_short_words(action.due) if action.due else "removed",
        None if slip.days is None else signed(slip.days),
        f"{dates.reasons} of {moves}" if moves else "no move",
        slip.days_overdue_original,
        slip.days_overdue,
        action.text,
    )


def _moves(slippage: Slippage, *, plans: bool) -> list[Block]:
    """Each change of a date with its reason; where there are too many, how to see them."""
    slips = slippage.slips
    if plans and sum(len(slip.dates.changes) for slip in slips) > MOST_MOVES:
        first = slips[0].plan_id
        return [
            Note(
                f"To see each move with its reason, name a plan: jtai slippage {first}",
                command=True,
            )
        ]
    columns = (
        Column("Ref", "ref"),
        *((Column("Plan", "ref", weight=4),) if plans else ()),
        Column("From", weight=1),
        Column("To"),
        Column("Days moved", "number"),
        Column("Why", "text"),
        Column("Changed on", weight=2),
        Column("Commit", weight=3),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            slip.action.ref,
            *((slip.plan_id,) if plans else ()),
            "removed" if change.kind == "put-back" else in_short_words(change.before),
            in_short_words(change.after) if change.after else "removed",
            signed(change.days) if change.kind == "moved" and change.days else None,
            why_in_words(change.why),
            in_short_words(change.revision.day),
            commit_in_short(change.revision),
        )
        for slip in slips
        for change in slip.dates.changes
    ]
    return [Table("Each move, and why", columns, tuple(rows))]


def _left(left: Sequence[Left], *, plans: bool) -> Table:
    columns = (
        Column("Ref", "ref"),
        *((Column("Plan", "ref", weight=5),) if plans else ()),
        Column("How", weight=4),
        Column("On", weight=2),
        Column("First date", weight=3),
        Column("Last date"),
        Column("Days moved", "number"),
        Column("Moves with reason", "number", weight=3),
        Column("Action", "text"),
        Column("Commit", weight=6),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            one.slip.action.ref,
            *((one.slip.plan_id,) if plans else ()),
            how_in_words(one),
            in_short_words(one.day),
            one.slip.dates.first and in_short_words(one.slip.dates.first),
            one.slip.dates.last and in_short_words(one.slip.dates.last),
            signed(one.slip.dates.slipped),
            f"{one.slip.dates.reasons} of {len(one.slip.dates.moves)}",
            one.slip.action.text,
            commit_in_short(one.revision) if one.revision else None,
        )
        for one in left
    ]
    return without_empty(Table("No longer counted, with dates that moved", columns, tuple(rows)))


def how_in_words(left: Left) -> str:
    """How an action left the totals."""
    return "withdrawn" if left.how == "withdrawn" else "vanished"


def _definitions(slippage: Slippage) -> str:
    removed = any(not slip.dates.moves for slip in slippage.slips)
    listed = " A date that was removed is listed, and has moved when another stands in its place."
    return (
        f"Of {number_of(slippage.totals.actions, 'action')}, withdrawn ones left out; dates are "
        "those of the actions that have one or had one. First date: the one that was committed "
        "first for the action. A move: from one date to another, also by way of none."
        f"{listed if removed else ''} Days moved: from the first date to the current one. All "
        "moves together: the sum of those. A reason: an update that is added to the action in the "
        "commit that moves its date. Days late: from that date, the first or the one there is now, "
        f"to {in_words(slippage.as_of)}, where the action is not complete and so is overdue."
    )
