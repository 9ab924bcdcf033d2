"""What a history is told in: steps, each a commit, and changes, each an edit and its meaning."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Literal, NamedTuple
from zoneinfo import ZoneInfo

from tests.story import splice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_LONDON = ZoneInfo("Europe/London")

What = Literal[
    "due", "due_note", "progress", "impact", "completed", "owners", "text", "withdrawn",
    "measure", "evidence", "update", "added", "removed", "moved",
]  # fmt: skip


class Event(NamedTuple):
    """What a commit did to an action, compared with the last version that can be read.

    Values are as the plan writes them, several owners as "BWSCP, BFFC". Of a measure, a piece of
    evidence, an update and an action added or removed they are its words, of a withdrawal its
    reason. Where the plan was moved, there is no ref, and the values are file names.
    """

    commit: str
    ref: str
    what: What
    was: str | None
    now: str | None
    why: str | None = None  # the words of the update that the same commit gives the same action


class Change(NamedTuple):
    """One edit of a plan's text, and what it does to which action."""

    ref: str
    what: What
    was: str | None
    now: str | None
    edit: Callable[[str], str]


class Step(NamedTuple):
    """A commit."""

    name: str
    when: dt.datetime
    author: str
    subject: str
    changes: tuple[Change, ...] = ()
    layout: tuple[Callable[[str], str], ...] = ()  # edits that change nothing that the plan says
    moved_to: str | None = None  # the plan's file from now on
    readme: str | None = None
    readable: bool = True  # whether the plan can be loaded
    after: tuple[str, ...] | None = None  # names of the parents; None: the step before


def at(local: str) -> dt.datetime:
    """A moment in Reading, such as `2025-08-07 16:45`, with its offset."""
    return dt.datetime.fromisoformat(local).replace(tzinfo=_LONDON)


def _one_line(what: What, ref: str, was: str | None, now: str | None) -> Change:
    edit = partial(splice.set_field, ref=ref, field=what, was=was, now=now)
    return Change(ref, what, was, now, edit)


due = partial(_one_line, "due")
due_note = partial(_one_line, "due_note")
progress = partial(_one_line, "progress")
impact = partial(_one_line, "impact")
completed = partial(_one_line, "completed")


def owners(ref: str, was: str, now: str) -> Change:
    """Other owners, written as `BWSCP, BFFC`."""
    edit = partial(splice.set_field, ref=ref, field="owners", was=f"[{was}]", now=f"[{now}]")
    return Change(ref, "owners", was, now, edit)


def reworded(ref: str, was: str, now: str) -> Change:
    """Other words for an action."""
    return Change(ref, "text", was, now, partial(splice.reword, ref=ref, was=was, now=now))


def measure(ref: str, words: str) -> Change:
    """A further measure of success."""
    edit = partial(splice.add_item, ref=ref, field="measures", words=words)
    return Change(ref, "measure", None, words, edit)


def evidence(ref: str, words: str) -> Change:
    """A further piece of evidence."""
    edit = partial(splice.add_item, ref=ref, field="evidence", words=words)
    return Change(ref, "evidence", None, words, edit)


def said(ref: str, on: str, by: str, words: str) -> Change:
    """An entry in the log of an action."""
    edit = partial(splice.add_update, ref=ref, on=on, by=by, words=words)
    return Change(ref, "update", None, words, edit)


def withdrawn(ref: str, on: str, reason: str, replaced_by: str) -> Change:
    """An action withdrawn as it should be."""
    edit = partial(splice.withdraw, ref=ref, on=on, reason=reason, replaced_by=replaced_by)
    return Change(ref, "withdrawn", None, reason, edit)


def added(ref: str, words: str, after: str, **fields: str) -> Change:
    """A new action, below another one."""
    edit = partial(splice.add_action, after=after, ref=ref, words=words, fields=fields)
    return Change(ref, "added", None, words, edit)


def removed(ref: str, words: str) -> Change:
    """An action deleted without a word."""
    edit = partial(splice.remove_action, ref=ref, words=words)
    return Change(ref, "removed", words, None, edit)


def net(commit: str, changes: Iterable[Change]) -> Iterator[Event]:
    """What some changes come to when they are seen at once, as those of a merge are."""
    last: dict[tuple[str, ...], Change] = {}
    why: dict[str, str] = {}
    for change in changes:
        key: tuple[str, ...] = (change.ref, change.what)
        if change.what in ("measure", "evidence", "update"):
            key = (*key, change.now or "")
        if change.what == "update":
            assert change.ref not in why, f"{commit} gives {change.ref} two reasons"
            why[change.ref] = change.now or ""
        last[key] = change._replace(was=last[key].was) if key in last else change
    for change in last.values():
        reason = None if change.what == "update" else why.get(change.ref)
        yield Event(commit, change.ref, change.what, change.was, change.now, reason)
