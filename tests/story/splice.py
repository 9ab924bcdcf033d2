"""Edits of a plan's text by its lines, so that comments, layout and all other lines stay.

Each edit is told what it should find, fails where it finds something else, and gives the whole
text anew. Actions are laid out as in `plans/`: refs are indented by six, other fields by eight.
"""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WIDTH = 104  # that of the folded texts in `plans/`
FIELDS = (
    *("ref", "text", "owners", "support", "due", "due_note", "theme", "level"),
    *("progress", "impact", "measures", "evidence", "completed", "updates", "withdrawn", "note"),
)
"""The fields of an action, in the order in which they are written."""

_FIELD = re.compile(r" {6}(?:- |  )(?P<name>\w+):")
_VALUE = re.compile(r" {8}\w+: (?P<value>.+?)(?P<comment> +#.*)?")


class Span(NamedTuple):
    """Some lines, by number from 0; the one at `stop` is no longer one of them."""

    start: int
    stop: int


def set_field(text: str, ref: str, field: str, was: str | None, now: str | None) -> str:
    """Write, exchange or remove a field of one line; a comment beside it stays."""
    lines = text.split("\n")
    place = _fields(lines, ref).get(field)
    if place is None:
        assert was is None, f"{ref} has no {field}"
        assert now is not None, f"{field} of {ref} would not change"
        return _inserted(lines, ref, field, [f"        {field}: {now}"])
    found = _VALUE.fullmatch(lines[place.start])
    assert found, f"{field} of {ref} is not written on one line"
    assert found["value"] == was, f"{field} of {ref} is {found['value']}, not {was}"
    assert now != was, f"{field} of {ref} would not change"
    written = f"        {field}: {now}{found['comment'] or ''}"
    return _replaced(lines, place, [] if now is None else [written])


def reword(text: str, ref: str, was: str, now: str) -> str:
    """Exchange the wording of an action."""
    lines = text.split("\n")
    place = _fields(lines, ref)["text"]
    assert _words(lines, place) == was, f"{ref} says {_words(lines, place)}"
    return _replaced(lines, place, _folded("        text:", now))


def add_item(text: str, ref: str, field: str, words: str) -> str:
    """Add a measure or a piece of evidence below those that there are."""
    return _added(text, ref, field, _folded("          -", words))


def add_update(text: str, ref: str, on: str, by: str, words: str) -> str:
    """Add an entry to the log of an action."""
    said = _folded("            text:", words)
    return _added(text, ref, "updates", [f"          - on: {on}", f"            by: {by}", *said])


def withdraw(text: str, ref: str, on: str, reason: str, replaced_by: str) -> str:
    """Withdraw an action, which stays where it is."""
    lines = text.split("\n")
    assert "withdrawn" not in _fields(lines, ref), f"{ref} is withdrawn"
    said = _folded("          reason:", reason)
    written = ["        withdrawn:", f"          on: {on}", *said]
    return _inserted(lines, ref, "withdrawn", [*written, f'          replaced_by: "{replaced_by}"'])


def add_action(text: str, after: str, ref: str, words: str, fields: Mapping[str, str]) -> str:
    """Add an action of these fields of one line below another one."""
    lines = text.split("\n")
    assert f'      - ref: "{ref}"' not in lines, f"{ref} is there"
    stop = _action(lines, after).stop
    written = ["", f'      - ref: "{ref}"', *_folded("        text:", words)]
    written += [f"        {field}: {fields[field]}" for field in FIELDS if field in fields]
    return _replaced(lines, Span(stop, stop), written)


def remove_action(text: str, ref: str, words: str) -> str:
    """Delete an action, and the empty line above it if there is one."""
    lines = text.split("\n")
    place = _action(lines, ref)
    assert _words(lines, _fields(lines, ref)["text"]) == words, f"{ref} says something else"
    above = place.start - (not lines[place.start - 1])
    return _replaced(lines, place._replace(start=above), [])


def replace_line(text: str, was: str, now: str) -> str:
    """Exchange a line that is there once."""
    lines = text.split("\n")
    assert lines.count(was) == 1, f"{lines.count(was)} lines are {was!r}"
    at = lines.index(was)
    return _replaced(lines, Span(at, at + 1), [now])


def without(text: str, field: str, about: str = "") -> str:
    """Remove every field of this name, at any depth, in whose value these words stand."""
    lines = text.split("\n")
    opens = re.compile(rf"( *){field}:")
    for at in reversed(range(len(lines))):
        found = opens.match(lines[at])
        if found:
            place = Span(at, _end(lines, at, len(found[1])))
            if about in _words(lines, place):
                lines[place.start : place.stop] = []
    return "\n".join(lines).rstrip("\n") + "\n"


def last_update(text: str, ref: str) -> str | None:
    """The words of the last entry in an action's log, if it has one."""
    lines = text.split("\n")
    place = _fields(lines, ref).get("updates")
    if place is None:
        return None
    start = max(at for at in range(*place) if lines[at].startswith("            text:"))
    return _words(lines, place._replace(start=start))


def _action(lines: Sequence[str], ref: str) -> Span:
    first = f'      - ref: "{ref}"'
    assert lines.count(first) == 1, f"{lines.count(first)} actions are {ref}"
    start = lines.index(first)
    return Span(start, _end(lines, start, 6))


def _end(lines: Sequence[str], start: int, indent: int) -> int:
    """The number of the line below what begins on a line and is indented by more than it."""
    stop = start + 1
    for at in range(start + 1, len(lines)):
        if lines[at] and len(lines[at]) - len(lines[at].lstrip()) <= indent:
            break
        if lines[at]:
            stop = at + 1
    return stop


def _fields(lines: Sequence[str], ref: str) -> dict[str, Span]:
    action = _action(lines, ref)
    starts = [(at, _FIELD.match(lines[at])) for at in range(*action)]
    begun = [(at, found["name"]) for at, found in starts if found]
    stops = [at for at, _ in begun[1:]] + [action.stop]
    return {name: Span(at, stop) for (at, name), stop in zip(begun, stops, strict=True)}


def _words(lines: Sequence[str], place: Span) -> str:
    """The value of a field of text, its lines joined."""
    value = "\n".join(lines[slice(*place)]).partition(":")[2].strip().removeprefix(">-")
    return " ".join(value.split())


def _folded(before: str, words: str) -> list[str]:
    indent = " " * (len(before) - len(before.lstrip()) + 2)
    wrapped = textwrap.wrap(
        words, WIDTH - len(indent), break_long_words=False, break_on_hyphens=False
    )
    return [f"{before} >-", *(indent + line for line in wrapped)]


def _added(text: str, ref: str, field: str, item: Sequence[str]) -> str:
    lines = text.split("\n")
    place = _fields(lines, ref).get(field)
    if place is None:
        return _inserted(lines, ref, field, [f"        {field}:", *item])
    return _replaced(lines, Span(place.stop, place.stop), item)


def _inserted(lines: list[str], ref: str, field: str, written: list[str]) -> str:
    """The lines of a field that was not there, above the first that is written below it."""
    below = FIELDS[FIELDS.index(field) :]
    starts = [place.start for name, place in _fields(lines, ref).items() if name in below]
    at = min(starts, default=_action(lines, ref).stop)
    return _replaced(lines, Span(at, at), written)


def _replaced(lines: Sequence[str], place: Span, written: Sequence[str]) -> str:
    return "\n".join([*lines[: place.start], *written, *lines[place.stop :]])
