"""What happened to actions, in a table for each kind of thing that can happen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jtai_cli.facts.ladder import Ladder
from jtai_cli.facts.wording import around_change
from jtai_cli.report.cells import Column, Table, in_words, without_empty
from jtai_cli.report.happening_words import signed, why_in_words
from jtai_cli.report.ratings import rating_cell
from jtai_cli.report.revisions import commit_in_short

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Mapping, Sequence

    from jtai_cli.facts.happenings import Happening, Kind, Standing
    from jtai_cli.plan.model import Withdrawal
    from jtai_cli.plan.scheme import Rating
    from jtai_cli.report.cells import Cell

TITLES: Mapping[Kind, str] = {
    "completed": "Completed",
    "reopened": "Reopened",
    "improved": "Rated better",
    "worsened": "Rated worse",
    "impact-improved": "Impact rated better",
    "impact-worsened": "Impact rated worse",
    "due-moved": "Due date moved",
    "due-set": "Due date set",
    "due-removed": "Due date removed",
    "owner-changed": "Owners changed",
    "text-changed": "Text changed",
    "added": "Added",
    "withdrawn": "Withdrawn",
    "withdrawn-by-date": "Withdrawn by a date that came",
    "reinstated": "In the plan again after being withdrawn",
    "vanished": "Vanished without being withdrawn",
}
"""What happened, in plain words."""

_OF_WITHDRAWN: Mapping[Kind, str] = {
    "completed": "Rated complete",
    "reopened": "Rated complete no longer",
    "vanished": "Taken out of the plan",
}
"""What is said otherwise of an action that has left the totals."""

NO_REASON = "no reason given"
_PROGRESS: Collection[Kind] = ("completed", "reopened", "improved", "worsened")
_IMPACT: Collection[Kind] = ("impact-improved", "impact-worsened")
_NEED_A_REASON: Collection[Kind] = (
    *("reopened", "improved", "worsened", "impact-improved", "impact-worsened"),
    *("due-removed", "reinstated", "vanished"),
)
_ENDS: Mapping[Kind, tuple[str, str]] = {
    "text-changed": ("Said", "Says now"),
    "added": ("Due", "Progress"),
    "vanished": ("Was due", "Was rated"),
}
"""The names of the two columns of a kind, where they are not From and To."""

MOST_LETTERS = 90


def is_without_reason(one: Happening) -> bool:
    """Whether it wants a reason, and has none: a later date, another rating and the like."""
    later = one.days is not None and one.days > 0
    return (later or one.kind in _NEED_A_REASON) and not one.why


def table_of(happenings: Sequence[Happening], *, plans: bool, authors: bool) -> Table:
    """What happened of one kind, in the order of time; `plans` asks for the plan of each."""
    kind = happenings[0].kind
    rows = tuple(_row(one, both_ends(one), plans=plans, authors=authors) for one in happenings)
    columns = _columns(*_ENDS.get(kind, ("From", "To")), wide=kind == "text-changed")
    return without_empty(Table(TITLES[kind], columns, rows, alike=True))


def table_of_withdrawn(happenings: Sequence[Happening], *, plans: bool, authors: bool) -> Table:
    """What happened of any kind to actions while they were withdrawn."""
    rows = tuple(
        _row(one, _ends_of_withdrawn(one), what, plans=plans, authors=authors)
        for one in happenings
        for what in (_OF_WITHDRAWN.get(one.kind, TITLES[one.kind]),)
    )
    columns = _columns("From", "To", wide=any(one.kind == "text-changed" for one in happenings))
    title = "Changes made while an action was withdrawn"
    return without_empty(Table(title, columns, rows, alike=True))


def _columns(first: str, second: str, *, wide: bool) -> tuple[Column, ...]:
    return (
        Column("Ref", "ref"),
        Column("Plan", "ref", weight=6),
        Column("What", weight=1),
        Column("Action", "text"),
        Column(first, weight=8 if wide else 2, apart=wide),
        Column(second, weight=8 if wide else 1, apart=wide),
        Column("Days moved", "number"),
        Column("Why", weight=7, apart=True),
        Column("Changed on", weight=3),
        Column("By", weight=5),
        Column("Commit", weight=4),
    )


def _row(
    one: Happening,
    ends: tuple[Cell, Cell],
    what: str | None = None,
    *,
    plans: bool,
    authors: bool,
) -> tuple[Cell, ...]:
    before, after = ends
    return (
        one.ref,
        one.plan_id if plans else None,
        what,
        shortened(one.standing.action.text),
        before,
        after,
        None if one.days is None else signed(one.days),
        why_of(one),
        one.revision.day,
        one.revision.author if authors else None,
        commit_in_short(one.revision),
    )


def shortened(text: str) -> str:
    """The first words of a text, on one line."""
    line = " ".join(text.split())
    if len(line) <= MOST_LETTERS:
        return line
    kept = line[: MOST_LETTERS - 2]
    return f"{kept.rpartition(' ')[0] or kept} …"


def both_ends(one: Happening) -> tuple[Cell, Cell]:
    """What changed, before and after, as cells."""
    if one.kind in (*_PROGRESS, *_IMPACT):
        return _ratings(one)
    if one.kind == "text-changed":
        was, now = around_change(str(one.before), str(one.after))
        return shortened(was), shortened(now)
    if one.kind in ("added", "vanished"):
        return _due(one.standing), rating_cell(_progress(one.standing))
    if one.kind == "owner-changed":
        return _owners(one.was), _owners(one.now)
    if one.kind in ("due-moved", "due-set", "due-removed"):
        return one.was and _due(one.was), one.now and _due(one.now)
    return _withdrawals(one)


def _ends_of_withdrawn(one: Happening) -> tuple[Cell, Cell]:
    """What changed, as cells; of what came or went, its rating."""
    if one.kind not in ("added", "vanished"):
        return both_ends(one)
    rating = rating_cell(_progress(one.standing))
    return (None, rating) if one.kind == "added" else (rating, None)


def _ratings(one: Happening) -> tuple[Cell, Cell]:
    """The ratings before and after; with what each counts as, where the scheme is another one."""
    was, now = one.was, one.now
    assert was is not None  # noqa: S101 - what has another rating was there
    assert now is not None  # noqa: S101 - and is
    same = Ladder(was.scheme, now.scheme).same
    return _rating(was, one.kind, same=same), _rating(now, one.kind, same=same)


def _rating(standing: Standing, kind: Kind, *, same: bool) -> Cell:
    action = standing.action
    rating = standing.scheme.find(action.impact if kind in _IMPACT else action.progress)
    cell = rating_cell(rating)
    return cell if same or rating is None else cell._replace(meaning=_counts_as(rating))


def _counts_as(rating: Rating) -> str:
    return f"counts as {rating.counts_as.replace('_', ' ')}"


def _progress(standing: Standing) -> Rating | None:
    return standing.scheme.find(standing.action.progress)


def _due(standing: Standing) -> Cell:
    action = standing.action
    if action.due:
        return action.due
    return f"none ('{action.due_note}')" if action.due_note else "none"


def _owners(standing: Standing | None) -> Cell:
    return ", ".join(standing.action.owners if standing else ()) or "no owner"


def _withdrawals(one: Happening) -> tuple[Cell, Cell]:
    was, now = (one and one.action.withdrawn for one in (one.was, one.now))
    day = one.revision.day
    before = None if one.kind == "withdrawn-by-date" else _withdrawn(was, day)
    return before, _withdrawn(now, day)


def _withdrawn(withdrawal: Withdrawal | None, day: dt.date) -> Cell:
    """Since when, or from when on, and what takes its place."""
    if withdrawal is None:
        return None
    word = "withdrawn from" if withdrawal.on > day else "withdrawn"
    place = f", replaced by {withdrawal.replaced_by}" if withdrawal.replaced_by else ""
    return f"{word} {in_words(withdrawal.on)}{place}"


def why_of(one: Happening) -> Cell:
    """The reason of a withdrawal, and the updates of the same edit; where one is missing, that."""
    given = [why_in_words(one.why)] if one.why else []
    if one.kind in ("withdrawn", "withdrawn-by-date"):
        given.insert(0, str(one.after))
    if one.kind == "vanished" and one.after is not None:
        given.append(f"its ref is now that of another action: {shortened(str(one.after))}")
    if given:
        return " ".join(given)
    return NO_REASON if is_without_reason(one) else None
