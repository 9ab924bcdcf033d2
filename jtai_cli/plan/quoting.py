"""Where another YAML reader would read something other than the text that is written."""

from __future__ import annotations

import re
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

import yaml
from yaml.events import DocumentEndEvent, ScalarEvent

from jtai_cli.plan.events import default_parser
from jtai_cli.plan.places import MappingPlaces
from jtai_cli.plan.problem import MAX_MESSAGES, Problem, brief, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jtai_cli.plan.places import Mark
    from jtai_cli.plan.source import Source
    from jtai_cli.plan.text import Lines

# The version, the dates and a number of days; another reader's number or date is refused here or
# means the same.
NOT_TEXT = frozenset(
    {
        "jtai",
        "start",
        "end",
        "received",
        "published",
        "due",
        "submitted",
        "closed",
        "on",
        "completed",
        "until",
        "stale_after",
    }
)

# What readers of YAML 1.1 or of the 1.2 core schema take for a null, a truth value, a number or a
# date: yaml.org/type (1.1) and yaml.org/spec/1.2.2 chapter 10.3.
GUESSED = re.compile(
    r"""~|null|Null|NULL|=
    |[yYnN]|[yY]es|YES|[nN]o|NO|[tT]rue|TRUE|[fF]alse|FALSE|[oO]n|ON|[oO]ff|OFF
    |[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?
    |[-+]?\.[0-9][0-9_]*(?:[eE][-+]?[0-9]+)?
    |[-+]?0b[01_]+|[-+]?0o[0-7_]+|[-+]?0x[0-9a-fA-F_]+
    |[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)
    |[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}
        (?:(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?[ \t]*(?:Z|[-+][0-9:]+)?)?
    """,
    re.VERBOSE,
)

_TABS = re.compile("\t+")
_TABS_OR_COMMENT = re.compile("(\t+)|#[^\r\n]*")


def needs_quotes(source: Source, lines: Callable[[], Lines]) -> None:
    """Unquoted texts that another reader takes for a number, a truth value, a date or nothing."""
    partners = _partners(source)
    # these fields are no texts, unless a partner's code is the name of one
    codes = partners.values.keys() & NOT_TEXT if partners else ()
    named = {id(partners.values[code]) for code in codes} if partners else ()
    for value, field, mark in source.plain:
        if field in NOT_TEXT and id(mark) not in named:
            continue
        if GUESSED.fullmatch(value):
            source.found.note("warning", partial(_unquoted, source.name, value, mark))
    if partners:
        _unquoted_codes(source, partners, lines)


def _partners(source: Source) -> MappingPlaces | None:
    """The places under `partners`, whose names are the only ones that an author chooses."""
    top = source.places
    partners = top.values.get("partners") if isinstance(top, MappingPlaces) else None
    return partners if isinstance(partners, MappingPlaces) else None


def _unquoted_codes(source: Source, partners: MappingPlaces, lines: Callable[[], Lines]) -> None:
    for code, mark in partners.keys.items():
        if GUESSED.fullmatch(code) and lines().line(mark.line + 1)[mark.column] not in "'\"":
            source.found.note("warning", partial(_unquoted, source.name, code, mark))


def _unquoted(name: str, value: str, mark: Mark) -> Problem:
    message = f"{quoted(value)} is read here as text; other programs {_elsewhere(value)}"
    hint = f'write "{brief(value)}", with the quotation marks'
    place = (mark.line + 1, mark.column + 1)
    return Problem(name, *place, "needs-quotes", "warning", message, hint, value)


def _elsewhere(value: str) -> str:
    """What a reader of YAML 1.1, the most common kind, makes of the text."""
    try:
        taken = yaml.safe_load(value)
        written = str(taken)
    except (ValueError, OverflowError, yaml.YAMLError):
        return "stop at it"
    if taken is None:
        return "read nothing"
    if isinstance(taken, bool):
        return f"read '{written.lower()}'"
    if isinstance(taken, int | float):
        return f"read the number {brief(written)}"
    return "read a number or a truth value" if isinstance(taken, str) else "read a date"


def tabs(source: Source, lines: Callable[[], Lines], parser: Any = None) -> None:
    """Tabs between words, at which many readers stop; in quoted texts and comments they may be."""
    text = source.text
    if "\t" not in text:
        return
    found = _tabs_between_words(text, _scalars(text, parser))
    for index in islice(found, MAX_MESSAGES):
        source.found.note("warning", partial(_tab, source.name, lines, index))
    source.found.count("warning", sum(1 for _ in found))


def _tabs_between_words(text: str, scalars: Iterator[Any]) -> Iterator[int]:
    """Where tabs stand, in one walk over the scalars and what is between them."""
    end = 0
    for event in scalars:
        begin = event.start_mark.index
        if text.find("\t", end, begin) >= 0:
            yield from _tabs_outside(text, end, begin)
        end = event.end_mark.index
        if not event.style and text.find("\t", begin, end) >= 0:
            yield from (tabs.start() for tabs in _TABS.finditer(text, begin, end))
    yield from _tabs_outside(text, end, len(text))


def _tabs_outside(text: str, begin: int, end: int) -> Iterator[int]:
    """Where tabs stand between scalars, where a '#' begins a comment."""
    for found in _TABS_OR_COMMENT.finditer(text, begin, end):
        if found.lastindex:
            yield found.start()


def _tab(name: str, lines: Callable[[], Lines], index: int) -> Problem:
    message = "a tab stands here; many programs can't read tabs"
    return Problem(name, *lines().place(index), "tab", "warning", message, "write a space instead")


def _scalars(text: str, parser: Any) -> Iterator[Any]:
    take: Callable[[], Any] = (parser or default_parser())(text).get_event
    while type(event := take()) is not DocumentEndEvent:
        if type(event) is ScalarEvent:
            yield event


def cut_by_comment(source: Source, lines: Callable[[], Lines], parser: Any = None) -> None:
    """Unquoted texts that end at a '#' which looks like part of the text: `agency #1`."""
    cuts = _cuts(source.text)
    if not cuts:
        return
    for event in _scalars(source.text, parser):
        if event.style or GUESSED.fullmatch(event.value):
            continue
        begin = cuts.get(event.end_mark.index)
        if begin is not None:
            describe = partial(_cut, source.name, lines, event.value, begin)
            source.found.note("warning", describe)


def _cuts(text: str) -> dict[int, int]:
    """Where the blanks before a '#' begin that has text before it and at once behind it.

    A search for one character at a time costs far less than one for both.
    """
    cuts = {}
    sign = text.find("#")
    while sign >= 0:
        begin = sign
        while begin and text[begin - 1] in " \t":
            begin -= 1
        blank = not begin or text[begin - 1].isspace()
        after = text[sign + 1 : sign + 2]
        if begin < sign and not blank and after and after != "#" and not after.isspace():
            cuts[begin] = sign
        sign = text.find("#", sign + 1)
    return cuts


def _cut(name: str, lines: Callable[[], Lines], value: str, begin: int) -> Problem:
    line, column = lines().place(begin)
    lost = lines().line(line)[column - 1 :]
    message = f"the text ends at {quoted(value[-30:])}: {quoted(lost)} is a comment"
    hint = "put the whole text in double quotes; for a comment, write a space after the '#'"
    return Problem(name, line, column, "cut-by-comment", "warning", message, hint, lost)
