"""Bytes to text, and the problems that stand in the characters themselves."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from jtai_cli.plan.problem import Found, Problem, quoted

_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff"
_HIDDEN = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f"
# UTF-8 read as Windows-1252 turns a pound sign, a dash or a curly quotation mark into two or three.
_DAMAGED = "\ufffd+|[\u00c2\u00c3][\u00a0-\u00bf]|\u00e2\u20ac[\u0090-\u2122]?|\u00ef\u00bb\u00bf"

CONTROL_CHARACTER = re.compile(f"[{_CONTROL}]")
ODD_CHARACTER = re.compile(
    f"(?P<control>[{_CONTROL}])|(?P<hidden>[{_HIDDEN}])|(?P<damaged>{_DAMAGED})"
)
LINE_BREAK = re.compile("\r\n|[\n\r]")
CONFLICT_MARKER = re.compile(r"^(?:<{7}|>{7}|\|{7})(?: [^\r\n]*)?$", re.MULTILINE)

_ORDINARY_BYTES = bytes([*b"\t\n\r", *range(0x20, 0x7F)])


class Text(NamedTuple):
    """What a file says, as text that a YAML parser can read.

    `text` has no byte order mark and no control character: a space stands in for each, so that
    places stay right. It is None when there is nothing to go on with.
    """

    text: str | None
    found: Found


class Lines:
    """Where the lines of a text begin, to turn a position into a place."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(found.end() for found in LINE_BREAK.finditer(text))]

    def place(self, index: int) -> tuple[int, int]:
        """Line and column, from 1, of a position in the text."""
        line = bisect_right(self._starts, index)
        return line, index - self._starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of a line, counted from 1, without its line break; empty past the end."""
        if number > len(self._starts):
            return ""
        end = self._starts[number] if number < len(self._starts) else len(self._text)
        return self._text[self._starts[number - 1] : end].rstrip("\r\n")


def decode(name: str, content: bytes) -> Text:
    """Read the bytes of a file as UTF-8 text; never raises."""
    content = content.removeprefix(b"\xef\xbb\xbf")
    found = Found()
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        return _not_utf8(name, content, error)
    # What is left when ordinary ASCII is taken away is short, and still sound UTF-8.
    residue = content.translate(None, _ORDINARY_BYTES).decode()
    if residue and ODD_CHARACTER.search(residue):
        _report_odd_characters(name, text, found)
        text = CONTROL_CHARACTER.sub(" ", text)
    if ("<<<<<<<" in text or ">>>>>>>" in text) and _report_conflicts(name, text, found):
        return Text(None, found)
    return Text(text, found)


def _not_utf8(name: str, content: bytes, error: UnicodeDecodeError) -> Text:
    # Most such files come from an older Windows editor: reading on finds their other problems.
    guess: str | None = content.decode("cp1252", errors="replace")
    if b"\x00" in content[:1000] or content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        guess = None
        message = "this file is not UTF-8 text (it looks like UTF-16, or not like text at all)"
    else:
        guess = ODD_CHARACTER.sub(" ", guess or "")
        byte = content[error.start]
        message = (
            f"this file is not UTF-8 text: the byte 0x{byte:02X} here is not a UTF-8 character"
            f" (it may be meant for '{bytes([byte]).decode('cp1252', errors='replace')}')"
        )
    before = content[: error.start].decode()
    hint = "save the file again with the encoding UTF-8, then look at its accents and pound signs"
    place = Lines(before).place(len(before))
    found = Found()
    found.add(Problem(name, *place, "not-utf8", "error", message, hint))
    return Text(guess, found)


def _report_odd_characters(name: str, text: str, found: Found) -> None:
    lines = Lines(text)
    for match in ODD_CHARACTER.finditer(text):
        kind = match.lastgroup or ""
        found.add(_odd_character(name, lines.place(match.start()), kind, match.group()))


def _odd_character(name: str, place: tuple[int, int], kind: str, written: str) -> Problem:
    if kind == "damaged":
        return Problem(
            name,
            *place,
            "damaged-text",
            "warning",
            f"{quoted(written)} looks like text damaged by a wrong encoding",
            "put the right character back (often a pound sign, a dash or a quotation mark)",
            written,
        )
    code = f"U+{ord(written):04X}"
    if kind == "control":
        message = f"the control character {code} can't stand in a plan"
        return Problem(name, *place, "control-character", "error", message, "delete it", code)
    message = f"a character that can't be seen ({code}) stands here"
    hint = "delete it: it can make a text read differently from what is stored"
    return Problem(name, *place, "hidden-character", "warning", message, hint, code)


def _report_conflicts(name: str, text: str, found: Found) -> bool:
    markers = list(CONFLICT_MARKER.finditer(text))
    lines = Lines(text)
    for marker in markers:
        found.add(
            Problem(
                name,
                *lines.place(marker.start()),
                "merge-conflict",
                "error",
                f"a merge conflict is left unresolved here: {quoted(marker.group())}",
                "choose between the two versions, and delete the marker lines that git put in",
                marker.group(),
            )
        )
    return bool(markers)
