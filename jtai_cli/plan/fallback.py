"""PyYAML's own parser, for an installation without libyaml, made to read what libyaml reads.

The two differ on tabs between tokens, on '?' and ':' inside unquoted texts in brackets, on comments
next to '>' and '|', on where a tag ends, and on escapes that stand for no character. What is
overridden here follows libyaml. What remains is a tag in '!<' '>' or with a '%': a plan with a tag
is refused either way, but after such a one the two may read on differently; and a line further down
that begins with '%'.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from yaml import SafeLoader
from yaml.scanner import ScannerError
from yaml.tokens import ScalarToken, TagToken

from jtai_cli.plan.text import LINE_BREAK

if TYPE_CHECKING:
    from yaml.error import Mark

_BREAK_OR_END = "\0\r\n"
_BLANK_OR_END = _BREAK_OR_END + " \t"
_QUOTED = "while scanning a double-quoted scalar"
_PLAIN = "while scanning a plain scalar"
_BLOCK = "while scanning a block scalar"
_ZERO = "found an indentation indicator equal to 0"
_NO_CHARACTER = "found invalid Unicode character escape code"

_DOCUMENT_MARK = re.compile("(?:---|[.]{3})(?=[ \t\r\n\0])")
_TAG = re.compile(r"(![-0-9A-Z_a-z]*!)?+((?:[-;/?:@&=+$_.~*'()!0-9A-Za-z]|%[0-9a-fA-F]{2})+)")
_INDICATORS = re.compile("(?:[1-9][-+]?|[-+][1-9]?)?(?!0)")

# An escaped backslash is taken in too, so that what follows it is not mistaken for an escape.
_ESCAPE = re.compile(r"\\(?:(?P<half>u[dD][89a-fA-F]|U0000[dD][89a-fA-F])|.)", re.DOTALL)


class PurePythonParser(SafeLoader):
    """The events of a text, one by one, as libyaml's parser gives them."""

    def get_event(self) -> Any:
        """The next event, or None after the last."""
        try:
            return super().get_event()  # type: ignore[no-untyped-call]
        except ValueError as error:
            # chr() was asked for a character beyond the last one there is
            raise ScannerError(_QUOTED, None, _NO_CHARACTER, self.get_mark()) from error

    def forward(self, length: int = 1) -> None:
        """Go on by some characters, each of which is a column, U+FEFF too."""
        end = self.pointer + length
        passed = self.buffer[self.pointer : end + 1]
        self.index += length
        self.pointer = end
        last = None
        for last in LINE_BREAK.finditer(passed, 0, length):
            self.line += not (last.group() == "\r" and passed[last.end() :].startswith("\n"))
        self.column = self.column + length if last is None else length - last.end()

    def fetch_stream_end(self) -> None:
        """The end of the text, which ends its last line."""
        if self.column:
            self.line += 1
            self.column = 0
            self.stale_possible_simple_keys()
        super().fetch_stream_end()

    def scan_flow_scalar(self, style: str) -> ScalarToken:
        """A quoted text; half a surrogate pair is no character."""
        begin = (self.pointer, self.index, self.line, self.column)
        try:
            return super().scan_flow_scalar(style)
        finally:
            if style == '"':
                self._refuse_half_pair(begin)

    def _refuse_half_pair(self, begin: tuple[int, int, int, int]) -> None:
        for escape in _ESCAPE.finditer(self.buffer, begin[0], self.pointer):
            if escape["half"]:
                self.pointer, self.index, self.line, self.column = begin
                self.forward(escape.start() + 2 - self.pointer)
                raise ScannerError(_QUOTED, None, _NO_CHARACTER, self.get_mark())

    def scan_to_next_token(self) -> None:
        """Skip blanks and comments; a tab is a blank wherever it can't pass for indentation."""
        while True:
            if self.column == 0 and self.peek() == "\ufeff":
                self.forward()
            blanks = " \t" if self.flow_level or not self.allow_simple_key else " "
            while self.peek() in blanks:
                self.forward()
            if self.peek() == "#":
                while self.peek() not in _BREAK_OR_END:
                    self.forward()
            if not self._line_break():
                return
            if not self.flow_level:
                self.allow_simple_key = True

    def scan_tag(self) -> TagToken:
        """A tag; inside brackets, a comma ends it."""
        if self.peek(1) == "<":
            token: TagToken = super().scan_tag()
            return token
        start = self.get_mark()
        written = _TAG.match(self.buffer, self.pointer)
        handle, suffix = written.groups() if written else (None, "")
        self.forward(written.end() - written.start() if written else 0)
        ended = self.peek() in _BLANK_OR_END or (self.flow_level and self.peek() == ",")
        if not ended or not suffix:
            raise ScannerError("while scanning a tag", start, "found no end of it", self.get_mark())
        return TagToken((handle, unquote(suffix)), start, self.get_mark())

    def scan_plain(self) -> ScalarToken:
        """An unquoted text."""
        chunks: list[str] = []
        start = end = self.get_mark()
        spaces: list[str] = []
        while self.peek() != "#":
            length = self._plain_length(start)
            if not length:
                break
            self.allow_simple_key = False
            chunks += [*spaces, self.prefix(length)]
            self.forward(length)
            end = self.get_mark()
            spaces = self.scan_plain_spaces(self.indent + 1, start)
            if not spaces or (not self.flow_level and self.column < self.indent + 1):
                break
        return ScalarToken("".join(chunks), True, start, end)

    def _plain_length(self, start: Mark) -> int:
        length = 0
        while (character := self.peek(length)) not in _BLANK_OR_END:
            if character == ":":
                after = self.peek(length + 1)
                if after in _BLANK_OR_END:
                    break
                if self.flow_level and after in ",?[]{}":
                    self.forward(length)
                    raise ScannerError(_PLAIN, start, "found unexpected ':'", self.get_mark())
            elif self.flow_level and character in ",[]{}":
                break
            length += 1
        return length

    def scan_plain_spaces(self, indent: int, start_mark: Mark) -> list[str]:
        """What joins the words and lines of an unquoted text; nothing at its end."""
        length = 0
        while self.peek(length) in " \t":
            length += 1
        blanks = self.prefix(length)
        self.forward(length)
        if not self._line_break():
            return [blanks] if blanks else []
        self.allow_simple_key = True
        breaks: list[str] = []
        while self.peek() in " \t\r\n":
            if self.peek() == "\t" and self.column < indent:
                what = "found a tab character that violates indentation"
                raise ScannerError(_PLAIN, start_mark, what, self.get_mark())
            if self.peek() in " \t":
                self.forward()
            else:
                breaks.append(self._line_break())
        if self.column == 0 and _DOCUMENT_MARK.match(self.buffer, self.pointer):
            return []
        return breaks or [" "]

    def _line_break(self) -> str:
        found: str = self.scan_line_break()  # type: ignore[no-untyped-call]
        return found

    def scan_block_scalar_indicators(self, start_mark: Mark) -> tuple[bool | None, int | None]:
        """What is said with '>' or '|': whether to keep the last line breaks, and indentation."""
        written = _INDICATORS.match(self.buffer, self.pointer)
        if not written:
            raise ScannerError(_BLOCK, start_mark, _ZERO, self.get_mark())
        self.forward(len(written.group()))
        chomping = {"+": True, "-": False}.get(written.group().strip("123456789"))
        digit = written.group().strip("+-")
        return chomping, int(digit) if digit else None

    def scan_block_scalar_ignored_line(self, start_mark: Mark) -> None:
        """The rest of the line of '>' or '|'."""
        while self.peek() in " \t":
            self.forward()
        super().scan_block_scalar_ignored_line(start_mark)

    def scan_block_scalar_indentation(self) -> Any:
        """The indentation of a block of text whose first line sets it."""
        found = super().scan_block_scalar_indentation()
        if self.peek() == "\t":
            self._refuse_tab()
        return found

    def scan_block_scalar_breaks(self, indent: int) -> Any:
        """The empty lines of a block of text."""
        found = super().scan_block_scalar_breaks(indent)
        if self.column < indent and self.peek() == "\t":
            self._refuse_tab()
        return found

    def _refuse_tab(self) -> None:
        what = "found a tab character where an indentation space is expected"
        raise ScannerError(_BLOCK, None, what, self.get_mark())
