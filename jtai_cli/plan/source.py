"""YAML text to plain strings and the place of each, in one pass over the parser's events.

YAML's own guesses (1.10 is a number, no is false) never happen here: every scalar stays the text
that was written. What plans do not need - anchors, aliases, merge keys, tags, directives, further
documents - is refused with its place, and depth and size are limited before anything is built.
"""

from __future__ import annotations

import codecs
import re
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from jtai_cli.plan.events import default_parser, in_batches, needs_care
from jtai_cli.plan.inspecting import Inspector
from jtai_cli.plan.places import MappingPlaces, SequencePlaces
from jtai_cli.plan.problem import Found, Problem, quoted
from jtai_cli.plan.syntax import syntax_problem
from jtai_cli.plan.text import Lines, decode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jtai_cli.plan.places import Mark, Places

MAX_BYTES = 5_000_000
MAX_DEPTH = 20
MAX_VALUES = 200_000

# First characters of the plain scalars that some YAML reader takes for something other than text;
# nothing at all is one of them.
_GUESSED = frozenset([*"0123456789+-.~nNyYtTfFoO=", ""])

# Parsers differ on which directives they know, so they are not asked.
_DIRECTIVE = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?[\r\n])*%")

_TEXT_ONLY = "only text belongs here: look for something pasted in by mistake"
_NO_ALIASES = "write the text out in each place: it must read the same to everybody"

Node: TypeAlias = "str | list[Node] | dict[str, Node]"


Plain: TypeAlias = "tuple[str, str, Mark]"
"""An unquoted scalar that another YAML reader may not take for text; its field; its place."""


class Source(NamedTuple):
    """A file as plain strings: `data` and `places` have the same shape.

    `data` is None when the file could not be read to its end, or said something that leaves its
    meaning open; `found` then has at least one error.
    """

    name: str
    text: str
    data: Node | None
    places: Places | None
    plain: list[Plain]
    found: Found


class _RefusedError(Exception):
    """The file can't be read any further; the problem is already reported."""


def read_source(
    name: str, content: bytes, parser: Any = None, begins: str = "it should begin with 'jtai: 1'"
) -> Source:
    """Read a file's bytes; never raises for anything that stands in them.

    `begins` says to somebody whose file is empty how such a file begins.
    """
    if len(content) > MAX_BYTES:
        return _too_large(name, len(content))
    text, readable, found = decode(name, content)
    if not readable:
        return Source(name, text, None, None, [], found)
    reader = _Reader(name, text, found, begins, careful=needs_care(content))
    # libyaml reads bytes faster than text; they are the text unless something was taken out of it
    same = found.errors == 0 and not content.startswith(codecs.BOM_UTF8)
    data, places = reader.document(parser or default_parser(), content if same else text)
    return Source(name, text, data, places, reader.plain, found)


def _too_large(name: str, size: int) -> Source:
    found = Found()
    message = f"this file has {size:,} bytes; at most {MAX_BYTES:,} are allowed"
    found.add(Problem(name, 1, 1, "too-large", "error", message, _TEXT_ONLY))
    return Source(name, "", None, None, [], found)


class _Reader:
    """Builds data and places side by side.

    The loops over fields and items are written out twice, and inspect scalars only when the text
    has a character that gives reason to: this is where the time of reading goes.
    """

    __slots__ = (
        *("_begins", "_careful", "_events", "_found", "_inspector", "_name", "_open", "_text"),
        "_values",
        "plain",
    )

    def __init__(self, name: str, text: str, found: Found, begins: str, *, careful: bool) -> None:
        self._begins = begins
        self._name = name
        self._text = text
        self._found = found
        self._inspector = Inspector(name, text, found)
        self._careful = careful
        self._open = False
        self._values = 0
        self._events: Iterator[Any] = iter(())
        self.plain: list[Plain] = []

    def document(self, parser: Any, given: str | bytes) -> tuple[Node | None, Places | None]:
        """The one document of the text, or None where its meaning is not certain.

        `given` is the text as it is handed to the parser.
        """
        try:
            self._refuse_directive()
            # libyaml refuses some characters as soon as it is given them
            self._events = chain.from_iterable(in_batches(parser(given).get_event))
            return self._document()
        except yaml.YAMLError as error:
            self._found.add(syntax_problem(self._name, error, Lines(self._text)))
        except _RefusedError:
            pass
        return None, None

    def _document(self) -> tuple[Node | None, Places | None]:
        events = self._events
        next(events)
        if type(next(events)) is StreamEndEvent:
            return self._empty()
        data, places = self._node(next(events), 0)
        next(events)
        further = next(events)
        kind = type(further)
        if kind is DocumentStartEvent:
            message = "a second document begins here; one file is one document"
            self._inspector.refuse(
                further.start_mark, "unsafe-yaml", message, "put it in a file of its own"
            )
        return (None, None) if self._open else (data, places)

    def _empty(self) -> tuple[None, None]:
        message = f"this file has nothing in it; {self._begins}"
        self._found.add(Problem(self._name, 1, 1, "wrong-type", "error", message))
        return None, None

    def _refuse_directive(self) -> None:
        directive = "%" in self._text and _DIRECTIVE.match(self._text)
        if directive:
            place = Lines(self._text).place(directive.end() - 1)
            message = "a line that begins with '%' is an instruction to YAML; none is wanted here"
            hint = "delete the line, and the '---' below it"
            self._found.add(Problem(self._name, *place, "unsafe-yaml", "error", message, hint, "%"))
            raise _RefusedError

    def _node(self, event: Any, depth: int) -> tuple[Node, Places]:
        kind = type(event)
        mark = event.start_mark
        if kind is ScalarEvent:
            return (self._inspector.text_of(event) if self._careful else event.value), mark
        if kind is AliasEvent:
            message = f"{quoted('*' + event.anchor)} stands for a text written elsewhere"
            self._inspector.refuse(mark, "unsafe-yaml", message, _NO_ALIASES)
            self._open = True
            return "", mark
        if depth == MAX_DEPTH:
            message = f"lists and groups are nested more than {MAX_DEPTH} deep here"
            self._inspector.refuse(
                mark, "too-deep", message, "no more than eight levels are ever needed"
            )
            raise _RefusedError
        if self._careful and (event.anchor is not None or event.tag is not None):
            self._inspector.refuse_marker(event)
        if kind is MappingStartEvent:
            mapping = MappingPlaces()
            mapping.mark = mark
            return self._mapping(mapping, depth + 1), mapping
        sequence = SequencePlaces()
        sequence.mark = mark
        return self._sequence(sequence, depth + 1), sequence

    def _mapping(self, places: MappingPlaces, depth: int) -> dict[str, Node]:
        events, careful, plain = self._events, self._careful, self.plain
        keys: dict[str, Mark] = {}
        values: dict[str, Places] = {}
        places.keys, places.values = keys, values
        data: dict[str, Node] = {}
        for event in events:  # pragma: no branch - parsers close what they open
            kind = type(event)
            if kind is not ScalarEvent:
                if kind is MappingEndEvent:
                    break
                self._refuse_key(event, depth)
                continue
            key = self._key(event) if careful else event.value
            key_mark = event.start_mark
            if key in keys:
                self._inspector.refuse_duplicate(key, key_mark, keys[key])
                self._node(next(events), depth)
                continue
            keys[key] = key_mark
            event = next(events)  # noqa: PLW2901 - a value follows its key
            kind = type(event)
            if kind is ScalarEvent:
                data[key] = value = self._inspector.text_of(event) if careful else event.value
                values[key] = mark = event.start_mark
                if not event.style and value[:1] in _GUESSED:
                    if value:
                        plain.append((value, key, mark))
                    else:
                        # parsers differ on where nothing stands
                        values[key] = key_mark
            else:
                data[key], values[key] = self._node(event, depth)
        self._values += len(data)
        if self._values > MAX_VALUES:
            self._refuse_more()
        return data

    def _sequence(self, places: SequencePlaces, depth: int) -> list[Node]:
        careful, plain = self._careful, self.plain
        items: list[Places] = []
        places.items = items
        data: list[Node] = []
        for event in self._events:  # pragma: no branch - as above
            kind = type(event)
            if kind is ScalarEvent:
                value = self._inspector.text_of(event) if careful else event.value
                data.append(value)
                mark = event.start_mark
                items.append(mark)
                if not event.style and value[:1] in _GUESSED:
                    plain.append((value, "", mark))
            elif kind is SequenceEndEvent:
                break
            else:
                node, place = self._node(event, depth)
                data.append(node)
                items.append(place)
        self._values += len(data)
        if self._values > MAX_VALUES:
            self._refuse_more()
        return data

    def _refuse_more(self) -> None:
        message = f"this file has more than {MAX_VALUES:,} values"
        self._found.add(Problem(self._name, 1, 1, "too-large", "error", message, _TEXT_ONLY))
        raise _RefusedError

    def _key(self, event: Any) -> str:
        if event.value == "<<" and not event.style:
            message = "'<<' takes over fields from elsewhere"
            self._inspector.refuse(event.start_mark, "unsafe-yaml", message, _NO_ALIASES, "<<")
            self._open = True
        return self._inspector.text_of(event)

    def _refuse_key(self, event: Any, depth: int) -> None:
        message = "a list, a group or a reference is used as the name of a field"
        hint = "a text that begins with '{' or '[' must be put in double quotes"
        self._inspector.refuse(event.start_mark, "wrong-type", message, hint)
        self._open = True
        self._node(event, depth)
        self._node(next(self._events), depth)
