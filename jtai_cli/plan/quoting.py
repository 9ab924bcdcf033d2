"""Where another YAML reader would read something other than the text that is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml
from yaml.events import ScalarEvent

from jtai_cli.plan.problem import Problem, quoted
from jtai_cli.plan.source import MappingPlaces, default_parser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jtai_cli.plan.source import Mark, Source
    from jtai_cli.plan.text import Lines

DATE_FIELDS = frozenset(
    {"start", "end", "received", "published", "due", "submitted", "closed", "on", "completed"}
)

# What readers of YAML 1.1 or of the 1.2 core schema take for a null, a truth value, a number or a
# date: yaml.org/type (1.1) and yaml.org/spec/1.2.2 chapter 10.3.
GUESSED = re.compile(
    r"""~|null|Null|NULL|=
    |[yYnN]|[yY]es|YES|[nN]o|NO|[tT]rue|TRUE|[fF]alse|FALSE|[oO]n|ON|[oO]ff|OFF
    |[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?
    |[-+]?\.[0-9][0-9_]*(?:[eE][-+]?[0-9]+)?
    |[-+]?0b[01_]+|0o[0-7]+|[-+]?0x[0-9a-fA-F_]+
    |[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)
    |[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}
        (?:(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?[ \t]*(?:Z|[-+][0-9:]+)?)?
    """,
    re.VERBOSE,
)

_CUT = re.compile(r"(?<=[^\s])[ \t]+(?=#[^\s#])")


def needs_quotes(source: Source, lines: Callable[[], Lines]) -> Iterator[Problem]:
    """Unquoted texts that another reader takes for a number, a truth value, a date or nothing."""
    for plain in source.plain:
        if plain.field in DATE_FIELDS or plain.field == "jtai":
            continue
        if GUESSED.fullmatch(plain.value):
            yield _unquoted(source.name, plain.value, plain.mark)
    yield from _unquoted_codes(source, lines)


def _unquoted_codes(source: Source, lines: Callable[[], Lines]) -> Iterator[Problem]:
    """The names under `partners` are the only ones in a plan that its author chooses."""
    top = source.places
    partners = top.values.get("partners") if isinstance(top, MappingPlaces) else None
    if not isinstance(partners, MappingPlaces):
        return
    for code, mark in partners.keys.items():
        if GUESSED.fullmatch(code) and lines().line(mark.line + 1)[mark.column] not in "'\"":
            yield _unquoted(source.name, code, mark)


def _unquoted(name: str, value: str, mark: Mark) -> Problem:
    message = f"{quoted(value)} is read here as text; other programs read {_taken_for(value)}"
    hint = f'write "{value}" in quotes'
    place = (mark.line + 1, mark.column + 1)
    return Problem(name, *place, "needs-quotes", "warning", message, hint, value)


def _taken_for(value: str) -> str:
    """What a reader of YAML 1.1, the most common kind, makes of the text."""
    try:
        taken = yaml.safe_load(value)
    except (ValueError, OverflowError, yaml.YAMLError):
        return "an impossible date or number"
    if isinstance(taken, str):
        return "a number or a truth value"
    return "nothing" if taken is None else f"'{taken}'"


def cut_by_comment(source: Source, lines: Callable[[], Lines]) -> Iterator[Problem]:
    """Unquoted texts that end at a '#' which looks like part of the text: `agency #1`."""
    if " #" not in source.text and "\t#" not in source.text:
        return
    cuts = {cut.start(): cut.end() for cut in _CUT.finditer(source.text)}
    if not cuts:
        return
    for event in iter(default_parser()(source.text).get_event, None):
        kind = type(event)
        if kind is not ScalarEvent or event.style or event.end_mark.index not in cuts:
            continue
        if GUESSED.fullmatch(event.value):
            continue
        line, column = lines().place(cuts[event.end_mark.index])
        lost = lines().line(line)[column - 1 :]
        message = f"the text ends at {quoted(event.value[-30:])}: {quoted(lost)} is a comment"
        hint = "put the whole text in double quotes; for a comment, write a space after the '#'"
        yield Problem(source.name, line, column, "cut-by-comment", "warning", message, hint, lost)
