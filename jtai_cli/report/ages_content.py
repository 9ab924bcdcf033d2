"""What `jtai ages` says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jtai_cli.report.cells import (
    Block,
    Cell,
    Column,
    Document,
    Note,
    Table,
    in_words,
)
from jtai_cli.report.choice import about_chosen
from jtai_cli.report.headings import heading
from jtai_cli.report.ratings import rating_cell
from jtai_cli.report.revisions import gap_notes
from jtai_cli.report.totals import number_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jtai_cli.facts.ages import Aged, Ages, Owned

NOBODY = "No owner"


def ages_document(ages: Ages) -> Document:
    """By owner, what has not moved."""
    gaps = gap_notes(ages.gaps)
    nothing = not ages.choice.fitting
    return about_chosen(_document(ages, gaps), ages.choice, gaps, nothing=nothing, plans=ages.plans)


def _document(ages: Ages, gaps: Sequence[Note]) -> Document:
    head = heading(_headline(ages), ages.plans, ages.as_of)
    if not ages.open:
        note = Note("Open: neither complete nor withdrawn.")
        return Document(*head, (*gaps, note))
    several = len(ages.plans) > 1
    blocks: list[Block] = [_overview(ages)]
    for owned in ages.owners:
        if owned.actions:
            blocks += [_list(owned, ages, plans=several), Note(_asked_of(owned, ages))]
    if not any(owned.actions for owned in ages.owners):
        blocks.append(Note(_nothing(ages)))
    blocks += [*gaps, Note(_definitions(ages))]
    return Document(*head, tuple(blocks))


def _headline(ages: Ages) -> str:
    if not ages.open:
        return "No action is open"
    limit = number_of(ages.limit, "day")
    return (
        f"{ages.stale} of {number_of(ages.open, 'open action')} not updated for more than {limit}"
    )


def _nothing(ages: Ages) -> str:
    limit = number_of(ages.limit, "day")
    return (
        f"No open action has gone for more than {limit} without an update or "
        "with the same rating. To list all open actions: --all"
    )


def _overview(ages: Ages) -> Table:
    limit = number_of(ages.limit, "day")
    columns = (
        Column("Owner", "ref"),
        Column("Name", "text"),
        Column("Open", "number"),
        Column(f"No update in {limit}", "number"),
        Column(f"Same rating for {limit}", "number"),
    )
    rows: list[tuple[Cell, ...]] = [
        (owned.code or "none", owned.name, owned.open, owned.stale, owned.unmoved)
        for owned in ages.owners
    ]
    total = (ages.open, ages.stale, ages.unmoved)
    each_once = len(ages.owners) > 1 and sum(owned.open for owned in ages.owners) > ages.open
    rows.append(("Total", "each action once" if each_once else None, *total))
    return Table("Open actions by owner", columns, tuple(rows), has_total=True)


def _list(owned: Owned, ages: Ages, *, plans: bool) -> Table:
    columns = (
        Column("Ref", "ref"),
        *((Column("Plan", "ref", weight=5),) if plans else ()),
        Column("Action", "text"),
        Column("Due", weight=4),
        Column("Progress"),
        Column("Days at this rating", "number"),
        Column("Last update", weight=3),
        Column("Days since update", "number"),
        Column("Please", weight=2),
    )
    rows = (_row(action, ages, plans=plans) for action in owned.actions)
    return Table(_named(owned), columns, tuple(rows), alike=True)


def _row(action: Aged, ages: Ages, *, plans: bool) -> tuple[Cell, ...]:
    record = action.record
    return (
        record.action.ref,
        *((record.plan.id,) if plans else ()),
        record.action.text,
        record.action.due or "none",
        rating_cell(record.progress),
        f"{action.rated_for}+" if action.rated.at_least else action.rated_for,
        action.updated or "never",
        action.without_update,
        asked(action, ages.limit),
    )


def asked(action: Aged, limit: int) -> str | None:
    """What an owner is asked for; None where nothing is due."""
    unmoved = action.rated_for > limit
    if action.without_update > limit:
        return "update it and check its rating" if unmoved else "update it"
    return "check its rating" if unmoved else None


def _named(owned: Owned) -> str:
    """The owner's full name, with the code where that says something else."""
    if owned.code is None or owned.name is None:
        return NOBODY
    return owned.name if owned.name.startswith(owned.code) else f"{owned.name} ({owned.code})"


def _asked_of(owned: Owned, ages: Ages) -> str:
    """The sentences that go with an owner's list."""
    whose = "Nobody" if owned.code is None else _named(owned)
    counts = (
        f"{whose} owns {number_of(owned.open, 'open action')}: {_have(owned.stale)} had no update "
        f"for more than {number_of(ages.limit, 'day')}, and {_have(owned.unmoved)} had the same "
        "rating for as long."
    )
    if owned.code is None:
        return f"{counts} Please agree on an owner for each."
    if not owned.stale and not owned.unmoved:
        return counts
    which = "it" if len(owned.actions) == 1 else "each of these"
    return (
        f"{counts} Please say in an update how {which} stands, and whether its rating still holds."
    )


def _have(actions: int) -> str:
    return "1 has" if actions == 1 else f"{actions or 'none'} {'have' if actions else 'has'}"


def _definitions(ages: Ages) -> str:
    return (
        "Open: neither complete nor withdrawn. An action of two owners stands under both. Days at "
        "this rating: since its progress rating last changed; with a +, since the history of the "
        "plan begins, and perhaps for longer. Days since update: from its last update to "
        f"{in_words(ages.as_of)}; where there was none, from the day on which the action is first "
        "known."
    )
