"""What an event of the parser has that can't stand in a plan, said with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jtai_cli.plan.events import MAX_VALUE
from jtai_cli.plan.problem import Found, Problem, quoted
from jtai_cli.plan.text import CONTROL_CHARACTER, HIDDEN_CHARACTER

if TYPE_CHECKING:
    from jtai_cli.plan.places import Mark


class Inspector:
    """Looks at what is written in one file, and adds what it finds to the file's problems."""

    __slots__ = ("_found", "_name", "_text")

    def __init__(self, name: str, text: str, found: Found) -> None:
        self._name = name
        self._text = text
        self._found = found

    def text_of(self, event: Any) -> str:
        """The text that a scalar is, without what can't stand in it."""
        value: str = event.value
        if event.anchor is not None or event.tag is not None:
            self.refuse_marker(event)
        if len(value) > MAX_VALUE:
            message = f"this text has {len(value):,} characters; at most {MAX_VALUE:,} are allowed"
            self.refuse(event.start_mark, "too-large", message, "look for something pasted in")
        control = CONTROL_CHARACTER.search(value)
        if control:
            code = f"U+{ord(control.group()):04X}"
            message = f"a backslash makes the control character {code} here"
            hint = "for a backslash, write it twice, or put the text in single quotes"
            self.refuse(event.start_mark, "control-character", message, hint, code)
            return CONTROL_CHARACTER.sub(" ", value)
        hidden = HIDDEN_CHARACTER.search(value)
        if hidden and hidden.group() not in self._text:
            self._warn_of_hidden(event.start_mark, hidden.group())
        return value

    def refuse_marker(self, event: Any) -> None:
        """Say that an anchor or a tag stands at the beginning of something."""
        if event.anchor is not None:
            written, what = f"&{event.anchor}", "an anchor"
        else:
            written, what = event.tag.replace("tag:yaml.org,2002:", "!!"), "a tag"
        message = f"{quoted(written)} is {what}, which can't stand here"
        hint = "delete it; if it belongs to the text, put the text in double quotes"
        self.refuse(event.start_mark, "unsafe-yaml", message, hint, written)

    def refuse_duplicate(self, key: str, mark: Mark, first: Mark) -> None:
        """Say that a field stands twice, and where it stood first."""
        message = f"{quoted(key)} is written twice here; it first stands on line {first.line + 1}"
        self.refuse(mark, "duplicate-key", message, "keep one of the two", key)

    def refuse(
        self, mark: Mark, rule: str, message: str, hint: str | None, value: str | None = None
    ) -> None:
        """Say what is wrong at a place."""
        place = (mark.line + 1, mark.column + 1)
        self._found.add(Problem(self._name, *place, rule, "error", message, hint, value))

    def _warn_of_hidden(self, mark: Mark, character: str) -> None:
        code = f"U+{ord(character):04X}"
        message = f"a backslash makes a character that can't be seen ({code}) here"
        hint = "delete it: it can make a text read differently from what is stored"
        place = (mark.line + 1, mark.column + 1)
        rule = "hidden-character"
        self._found.add(Problem(self._name, *place, rule, "warning", message, hint, code))
