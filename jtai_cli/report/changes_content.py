"""What `jtai changes` says: the headline with its arithmetic, and what happened to each action."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from jtai_cli.facts.changes import gone_without_a_word
from jtai_cli.facts.happenings import KINDS
from jtai_cli.plan.refs import ref_key
from jtai_cli.report.arithmetic import movement_cells
from jtai_cli.report.cells import Block, Document, Fields, Note, in_words
from jtai_cli.report.choice import about_chosen
from jtai_cli.report.happenings_tables import is_without_reason, table_of, table_of_withdrawn
from jtai_cli.report.ratings import counting_as
from jtai_cli.report.revisions import commit_in_short, commit_of_day, gap_notes
from jtai_cli.report.totals import number_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Sequence

    from jtai_cli.facts.changes import Changes
    from jtai_cli.facts.ends import Key
    from jtai_cli.facts.moments import Revision
    from jtai_cli.facts.movement import Movements


def changes_document(changes: Changes, *, authors: bool = True) -> Document:
    """What moved between two ends."""
    several = len(changes.plans) > 1
    blocks: list[Block] = [*_warnings(changes, several=several)]
    blocks += _each_plan(changes) if several else [_headline(changes.total, _ref)]
    withdrawn = [one for one in changes.happenings if one.when_withdrawn]
    counting = [one for one in changes.happenings if not one.when_withdrawn]
    kinds = ([one for one in counting if one.kind == kind] for kind in KINDS)
    blocks += [table_of(some, plans=several, authors=authors) for some in kinds if some]
    if withdrawn:
        blocks.append(table_of_withdrawn(withdrawn, plans=several, authors=authors))
    if not changes.happenings:
        blocks.append(Note("Nothing changed in any action between these days."))
    gaps = gap_notes(changes.gaps, _IN_A_GAP)
    blocks += [*gaps, Note(_definitions(changes))]
    document = Document(_title(changes), _subtitle(changes), tuple(blocks))
    return about_chosen(document, changes.choice, gaps, nothing=not changes.plans)


_IN_A_GAP = (
    "What changed in that time counts from the commit that could be read again; if the first or "
    "the last day lies in it, the version before is used."
)


def _title(changes: Changes) -> str:
    if len(changes.plans) == 1:
        return f"What changed: {changes.plans[0].plan.title}"
    return f"What changed in {len(changes.plans)} improvement plans"


def _subtitle(changes: Changes) -> str:
    since, until = changes.days
    return f"From {_end(changes.since, since)} to {_end(changes.until, until)}"


def _end(revision: Revision, day: dt.date) -> str:
    """The date by which an end is judged, and its commit, with its own day where that differs."""
    if revision.commit is None:
        return f"{in_words(day)} (as on disk)"
    commit = commit_in_short(revision) if revision.day == day else commit_of_day(revision)
    return f"{in_words(day)} ({commit})"


def _headline(moved: Movements, ref: Callable[[Key], str] | None) -> Fields:
    """Both shares with their arithmetic; `ref` writes the refs, if they are named."""
    names = ("complete", "complete or on track")
    return Fields(
        tuple(
            (name.capitalize(), movement_cells(movement, name, ref))
            for name, movement in zip(names, moved, strict=True)
        )
    )


def _each_plan(changes: Changes) -> Iterator[Block]:
    """The headline of all plans, then that of each in which something moved; others by name."""
    yield Note("All plans together", strong=True)
    yield _headline(changes.total, None)
    still = []
    for one in changes.plans:
        if any(part.keys for movement in one.movements for part in movement.moved):
            yield Note(f"{one.plan.title} ({one.plan.id})", strong=True)
            yield _headline(one.movements, _ref)
        else:
            still.append(one.plan.id)
    if still and len(still) < len(changes.plans):
        yield Note(f"Nothing moved the figures of {', '.join(still)}.")


def _ref(key: Key) -> str:
    return key[1]


def _warnings(changes: Changes, *, several: bool) -> Iterator[Note]:
    """What the reader must not miss: what is gone, and what slid, without a word."""
    gone = gone_without_a_word(changes.happenings)
    if gone:
        verb = "has" if len(gone) == 1 else "have"
        actions = number_of(len(gone), "action")
        yield Note(
            f"{actions} {verb} vanished without being withdrawn ({_named(gone, several=several)}).",
            strong=True,
        )
    moved = [one for one in changes.happenings if one.kind == "due-moved"]
    later = [one for one in moved if is_without_reason(one) and not one.when_withdrawn]
    if later:
        keys = [(one.plan_id, one.ref) for one in later]
        times = "1 date moved later" if len(later) == 1 else f"Dates moved later {len(later)} times"
        yield Note(
            f"{times} with no reason given ({_named(keys, several=several)}).",
            strong=True,
        )


def _named(keys: Sequence[Key], *, several: bool) -> str:
    """Refs, by plan where there are several, each once, with how often."""
    times = Counter(keys)
    ordered = sorted(times, key=lambda key: (key[0], ref_key(key[1])))
    return ", ".join(("#".join(key) if several else key[1]) + _often(times[key]) for key in ordered)


def _often(times: int) -> str:
    return "" if times == 1 else " twice" if times == 2 else f" {times} times"


def _definitions(changes: Changes) -> str:
    """What the figures and words mean."""
    schemes = [one.plan.rag for one in changes.plans]
    complete, on_track = (counting_as(schemes, standing) for standing in ("complete", "on_track"))
    new = [one.plan.id for one in changes.plans if one.new_scheme]
    other = f" The ratings of {', '.join(new)} count by another scheme now." if new else ""
    figures = (
        f"Complete: rated {complete}. On track: rated {on_track}.{other} "
        "Each of the two days is counted by the ratings and dates of that day, withdrawn actions "
        "left out."
    )
    told = (
        " Every change is listed by the commit (the saved version of the plan) that made it, so "
        "what was changed and changed back is listed twice. Why: the updates that the same commit "
        "adds to the action."
    )
    return figures + told if changes.happenings else figures
