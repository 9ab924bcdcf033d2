"""Plans that somebody or something has been at, from a source of chance.

What is done to them is meant for readers that cut texts: marks of documents, odd characters, texts
that look like items, quotation marks and brackets that are open from one action to the next, lines
moved, copied, lost and indented otherwise, refs and ratings that no longer fit together.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.plan.layouts import composed

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

_LINES = (
    *("---", "--- x", "...", "... x", "%YAML 1.2", "", " ", "          ", "\t", "# -", "#", "- "),
    *("<<<<<<< a", "||||||| b", "=======", ">>>>>>> c", "? a", ": b", "? [a]", "<<: *a", "x: y"),
    *('"', "'", "[", "]", "{", "}", "- |", "- >+", "- - a", "- ? a", "-ref: x", "actions:", "-"),
    *("actions: []", "- actions:", '- ref: "9"', '- "jtai-stands-for-actions"', "- ref: z\f"),
    *("due: 2025-01-01", "due: 2025-06-31", "progress: red", "progress: gren", "owners: [ABC]"),
    *("note: |+", "note: >2-", 'note: "a', 'note: "a\n# b"', "note: 'a\n  - ref: b'", "- {ref: q"),
    *('"actions": [{ref: q, text: q}]', "actions: # none", "objectives:", "- text: t\n  ref: r"),
)
_SIGNS: tuple[str, ...] = (
    *"\u2028\u2029\u0085\ufeff\u00ad\u200b\u00a0\ud800\t\r\n\0\x07\x7f",
    *"\"'[]{}#:-?&*!|>%@`\\,~=é",
    *(": ", " #", "- ", "&a ", "*a", "!t ", "<<", "\r\n", "\\x07", "\\u2028", "Â£", "�", "\n\n\n"),
    *(" |\n", " >+\n", '"\n', "'\n", "\n#", "\n# x\n", "\n- ", "\n      - ", "<<<<<<<", "|||||||"),
    *(">>>>>>>", '"jtai-stands-for-actions"', '"\\x6atai-stands-for-actions"'),
)
_SCALARS = (*"|>\"'[{", *("|+", ">+", "|-", ">-", "|2-", "|1", ">9", "|2+", "|0", "| # x"))
_IN_TEXT = (
    *("- ref: a", '- ref: "1.1"', "- x", "actions:", "text", "# no comment", "", "   ", "note: x"),
    *('"', "'", "]", "}", "a: b", "- |", "...", "---", "ref: x", "due: 2025-01-01", "\u00a0"),
)
_FIELDS = (
    *("progress: green", "progress: blue", "progress: amber", "progress: Completed"),
    *("progress: dark green", "progress: nonsense", "impact: red", "impact: purple"),
    *("owners: [TVP]", "owners: [XYZ]", "support: [Kent CC, TVP]", "owners: TVP"),
    *("due: 2025-02-28", "due: 2025-02-30", "due: tomorrow", "completed: 2025-01-01"),
    *("withdrawn: {on: 2025-01-01, reason: r, replaced_by: a}", "evidence: [e]", "note: n"),
    *('withdrawn: {on: 2025-01-01, reason: r, replaced_by: "1.3"}', "level: strategic"),
    *("withdrawn: {on: 2025-01-01, reason: r, replaced_by: none}", "level: tactical"),
    *("updates: [{on: 2025-02-02, text: a}, {on: 2025-01-01, text: b}]", "lead: TVP"),
    *("updates: [{on: 2025-01-01, text: a}, {on: 2025-01-02, text: b}]", "risk: low"),
    *("approved: {by: a}", "nonsense: a", "lead: XYZ", 'answers: ["1"]', "answers: [z]"),
)
_BEGINNINGS = ("\ufeff", "\ufeff\ufeff", "---\n", "%a\n", "# c\n", " ", "\n", "...\n")
_ENDS = ("", "", " ", "\n\n", "   ", "\n   ", "# c", "\n# c", "...", "\n...", "\n---", " |")
_REF = re.compile(r"ref: [^\n,}]+")

Lines = list[str]


def mutated(rng: random.Random, text: str) -> str:
    """The text after one change."""
    if rng.random() < 0.25:
        return rng.choice(_OF_TEXT)(rng, text)
    lines = text.split("\n")
    rng.choice(_OF_LINES)(rng, lines)
    return "\n".join(lines)


def varied(rng: random.Random, text: str) -> str:
    """The text after some changes, or another one that is as like it as two plans are."""
    if rng.random() < 0.3:
        text = composed(rng)
    for _ in range(rng.choice((0, 1, 1, 1, 2))):
        text = mutated(rng, text)
    return text


def encoded(text: str) -> bytes:
    """The text in bytes, which need not be UTF-8."""
    return text.encode("utf-8", "surrogatepass")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _somewhere(rng: random.Random, lines: Lines) -> int:
    return rng.randrange(len(lines))


def _insert(rng: random.Random, lines: Lines) -> None:
    at = _somewhere(rng, lines)
    margin = rng.choice((0, _indent(lines[at]), _indent(lines[at]), rng.randrange(12)))
    written = rng.choice(_LINES)
    lines.insert(at, "\n".join(" " * margin + line for line in written.split("\n")))


def _delete(rng: random.Random, lines: Lines) -> None:
    at = _somewhere(rng, lines)
    if len(lines) > 5:
        del lines[at : at + rng.choice((1, 1, 2, 5))]


def _copy(rng: random.Random, lines: Lines) -> None:
    at, to, size = _somewhere(rng, lines), _somewhere(rng, lines), rng.choice((1, 1, 3, 8))
    lines[to:to] = lines[at : at + size]


def _swap(rng: random.Random, lines: Lines) -> None:
    a, b = _somewhere(rng, lines), _somewhere(rng, lines)
    lines[a], lines[b] = lines[b], lines[a]


def _reindent(rng: random.Random, lines: Lines) -> None:
    at = _somewhere(rng, lines)
    lines[at] = " " * rng.randrange(14) + lines[at].lstrip(" ")


def _shift(rng: random.Random, lines: Lines) -> None:
    at, by = _somewhere(rng, lines), rng.choice((-4, -2, -1, 1, 2))
    for number in range(at, min(len(lines), at + rng.randrange(1, 15))):
        lines[number] = " " * max(0, _indent(lines[number]) + by) + lines[number].lstrip(" ")


def _comment(rng: random.Random, lines: Lines) -> None:
    at = _somewhere(rng, lines)
    if rng.random() < 0.3:
        lines[at] += rng.choice((" # c", "# c", " #", " # \"'[", " # a: b"))
    else:
        lines.insert(at, " " * rng.randrange(14) + rng.choice(("# c", "#", "#- ref: x", '# "')))


def _items(lines: Lines) -> list[tuple[int, int]]:
    """The lines of what looks like an item of a list: from, to."""
    begins = [number for number, line in enumerate(lines) if re.match(" *- ", line)]
    found = []
    for begin in begins:
        end = begin + 1
        while end < len(lines) and (not lines[end] or _indent(lines[end]) > _indent(lines[begin])):
            end += 1
        found.append((begin, end))
    return found


def _move_item(rng: random.Random, lines: Lines) -> None:
    items = _items(lines)
    if not items:
        return
    begin, end = rng.choice(items)
    item = lines[begin:end]
    if rng.random() < 0.6:
        del lines[begin:end]
    if rng.random() < 0.8:
        to = rng.choice([begin for begin, _ in _items(lines)] or [0])
        lines[to:to] = item


def _open_text(rng: random.Random, lines: Lines) -> None:
    """A value becomes one of several lines, indented as it comes and maybe never closed."""
    fields = [number for number, line in enumerate(lines) if re.match(r" *(- )?[a-z_]+: ?\S", line)]
    if not fields:
        return
    at = rng.choice(fields)
    begin, _, value = lines[at].partition(": ")
    sign = rng.choice(_SCALARS)
    margin = _indent(lines[at])
    body = [
        " " * max(0, margin + rng.choice((2, 2, 2, 2, 4, 1, 0, -2, -9))) + rng.choice(_IN_TEXT)
        for _ in range(rng.randrange(5))
    ]
    close = {"[": "]", "{": "}"}.get(sign, sign if sign in "\"'" else "")
    if close and rng.random() < 0.8:
        body.append(" " * (margin + rng.randrange(4)) + close)
    first = f"{sign}{value}" if close else sign
    lines[at : at + 1] = [f"{begin}: {first}", *body]


def _open_and_close(rng: random.Random, lines: Lines) -> None:
    """Something opens in one line and closes in another."""
    first, last = sorted((_somewhere(rng, lines), _somewhere(rng, lines)))
    opening, closing = rng.choice(('""', "''", "[]", "{}"))
    where = lines[first].find(": ")
    if where >= 0:
        lines[first] = f"{lines[first][: where + 2]}{opening}{lines[first][where + 2 :]}"
    else:
        lines[first] += opening
    lines[last] += closing


def _rename(rng: random.Random, lines: Lines) -> None:
    """A ref becomes another one's."""
    at = [number for number, line in enumerate(lines) if _REF.search(line)]
    if len(at) > 1:
        a, b = rng.sample(at, 2)
        found = _REF.search(lines[b])
        assert found
        lines[a] = _REF.sub(lambda _: found.group(), lines[a], count=1)


def _add_field(rng: random.Random, lines: Lines) -> None:
    """A field more, some of which an action can't have, or not this one."""
    at = [number for number, line in enumerate(lines) if re.match(" *-? *ref: ", line)]
    if not at:
        return
    number = rng.choice(at)
    margin = _indent(lines[number].replace("-", " ", 1))
    lines.insert(number + 1, " " * margin + rng.choice(_FIELDS))


def _sign(rng: random.Random, text: str) -> str:
    at = rng.randrange(len(text) + 1)
    taken = rng.choice((0, 0, 0, 1))
    return text[:at] + rng.choice(_SIGNS) + text[at + taken :]


def _breaks(rng: random.Random, text: str) -> str:
    if rng.random() < 0.5:
        return text.replace("\n", "\r\n")
    return re.sub("\n", lambda _: rng.choice(("\n", "\n", "\n", "\r\n", "\r", "\n\n")), text)


def _end(rng: random.Random, text: str) -> str:
    return text.rstrip("\n") + rng.choice(_ENDS)


def _begin(rng: random.Random, text: str) -> str:
    return rng.choice(_BEGINNINGS) + text


_OF_LINES: tuple[Callable[[random.Random, Lines], None], ...] = (
    *(_insert, _delete, _copy, _swap, _reindent, _shift, _comment, _move_item, _open_text),
    *(_open_and_close, _rename, _add_field, _add_field),
)
_OF_TEXT = (_sign, _sign, _sign, _breaks, _end, _begin)
