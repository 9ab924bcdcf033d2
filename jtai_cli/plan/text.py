"""Bytes to text, and the problems that stand in the characters themselves."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

from jtai_cli.plan.problem import MAX_MESSAGES, Found, Problem, quoted

if TYPE_CHECKING:
    from jtai_cli.plan.problem import Severity

_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff"
_HIDDEN = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f"
# UTF-8 read as Windows-1252 turns a pound sign, a dash or a curly quotation mark into two or three.
_DAMAGED = "\ufffd+|[\u00c2\u00c3][\u00a0-\u00bf]|\u00e2\u20ac[\u0090-\u2122]?|\u00ef\u00bb\u00bf"

HIDDEN_CHARACTER = re.compile(f"[{_HIDDEN}]")
CONTROL_CHARACTER = re.compile(f"[{_CONTROL}]")
ODD_CHARACTER = re.compile(
    f"(?P<control>[{_CONTROL}])|(?P<hidden>[{_HIDDEN}])|(?P<damaged>{_DAMAGED})"
)
LINE_BREAK = re.compile("\r\n|[\n\r]")
CONFLICT_MARKER = re.compile(r"(?:(?<=[\r\n])|\A)(?:<{7}|>{7}|\|{7})(?: [^\r\n]*)?(?=[\r\n]|\Z)")

_SAVE_AGAIN = (
    "save the file again with the encoding UTF-8, then look at its accents and pound signs"
)
# A character of more than one byte in UTF-8.
_SOUND = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}"
    rb"|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}"
    rb"|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
_ORDINARY_BYTES = bytes([*b"\t\n\r", *range(0x20, 0x7F)])


class Text(NamedTuple):
    """What a file says.

    `text` has no byte order mark and no control character: a space stands in for each, so that
    places stay right. It is not `readable` when a parser could make nothing of it.
    """

    text: str
    readable: bool
    found: Found


class Lines:
    """The lines of a text, and where they begin, to turn a position into a place."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in LINE_BREAK.finditer(self._text))]

    @cached_property
    def _lines(self) -> list[str]:
        # to split at one character is much faster
        return LINE_BREAK.split(self._text) if "\r" in self._text else self._text.split("\n")

    def place(self, index: int) -> tuple[int, int]:
        """Line and column, from 1, of a position in the text."""
        line = bisect_right(self._starts, index)
        return line, index - self._starts[line - 1] + 1

    def end(self) -> tuple[int, int]:
        """The place behind the last character that is not space."""
        return self.place(len(self._text.rstrip()))

    def line(self, number: int) -> str:
        """The text of a line, counted from 1, without its line break; empty past the end."""
        return self._lines[number - 1] if number <= len(self._lines) else ""


def decode(name: str, content: bytes) -> Text:
    """Read the bytes of a file as UTF-8 text; never raises."""
    found = Found()
    while content.startswith(codecs.BOM_UTF8):
        content = content.removeprefix(codecs.BOM_UTF8)
    if _looks_like_utf16(content):
        message = "this file is not UTF-8 text; it looks like UTF-16, or not like text at all"
        found.add(Problem(name, 1, 1, "not-utf8", "error", message, _SAVE_AGAIN))
        return Text("", False, found)
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        found.add(_not_utf8(name, content, error))
        # Most such files come from an older Windows editor: reading on finds other problems.
        text = content.decode(errors="jtai-windows")
        content = text.encode()
    # What is left when ordinary ASCII is taken away is short, and still sound UTF-8.
    residue = content.translate(None, _ORDINARY_BYTES).decode()
    if residue and ODD_CHARACTER.search(residue):
        _report_odd_characters(name, text, found)
        text = CONTROL_CHARACTER.sub(" ", text)
    conflicts = (b"<" in content and b"<<<<<<<" in content) or b">>>>>>>" in content
    readable = not (conflicts and _report_conflicts(name, text, found))
    return Text(text, readable, found)


def _looks_like_utf16(content: bytes) -> bool:
    begin = content[:1000]
    return begin.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or (
        begin.count(0) > len(begin) / 4
    )


def _windows_character(error: UnicodeError) -> tuple[str, int]:
    """What Windows-1252 makes of the bytes up to the next that are UTF-8 and not ASCII."""
    assert isinstance(error, UnicodeDecodeError)  # noqa: S101
    sound = _SOUND.search(error.object, error.end)
    end = sound.start() if sound else len(error.object)
    return error.object[error.start : end].decode("cp1252", "replace"), end


codecs.register_error("jtai-windows", _windows_character)


def _not_utf8(name: str, content: bytes, error: UnicodeDecodeError) -> Problem:
    byte = content[error.start]
    meant = bytes([byte]).decode("cp1252", "replace")
    message = (
        f"this file is not UTF-8 text: the byte 0x{byte:02X} here is not a UTF-8 character"
        f" (it may be meant for {quoted(meant)})"
    )
    before = content[: error.start].decode()
    place = Lines(before).place(len(before))
    return Problem(name, *place, "not-utf8", "error", message, _SAVE_AGAIN)


def _report_odd_characters(name: str, text: str, found: Found) -> None:
    lines = Lines(text)

    def describe(match: re.Match[str]) -> Problem:
        kind = match.lastgroup or ""
        return _odd_character(name, lines.place(match.start()), kind, match.group())

    # there may be millions: past the first of each kind they are only counted
    kinds = {"control": 0, "hidden": 0, "damaged": 0}
    for match in ODD_CHARACTER.finditer(text):
        kind = match.lastgroup or ""
        kinds[kind] += 1
        if kinds[kind] <= MAX_MESSAGES:
            severity: Severity = "error" if kind == "control" else "warning"
            found.note(severity, partial(describe, match))
    found.count("error", max(0, kinds.pop("control") - MAX_MESSAGES))
    found.count("warning", sum(max(0, number - MAX_MESSAGES) for number in kinds.values()))


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
        message = f"the control character {code} can't stand here"
        return Problem(name, *place, "control-character", "error", message, "delete it", code)
    message = f"a character that can't be seen ({code}) stands here"
    hint = "delete it: it can make a text read differently from what is stored"
    return Problem(name, *place, "hidden-character", "warning", message, hint, code)


def _report_conflicts(name: str, text: str, found: Found) -> bool:
    lines = Lines(text)

    def describe(marker: re.Match[str]) -> Problem:
        message = f"a merge conflict is left unresolved here: {quoted(marker.group())}"
        hint = "choose between the two versions, and delete the marker lines that git put in"
        place = lines.place(marker.start())
        return Problem(name, *place, "merge-conflict", "error", message, hint, marker.group())

    for marker in CONFLICT_MARKER.finditer(text):
        found.note("error", partial(describe, marker))
    return CONFLICT_MARKER.search(text) is not None
