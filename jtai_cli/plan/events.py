"""The YAML parser in use and its events, and whether each of them must be looked at."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from yaml import YAMLError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BATCH = 128
MAX_VALUE = 100_000


def default_parser() -> Any:
    """The event parser in use: libyaml's where PyYAML has it, else PyYAML's own."""
    try:
        from yaml._yaml import CParser
    except ImportError:
        from jtai_cli.plan.fallback import PurePythonParser

        return PurePythonParser
    return CParser


def needs_care(content: bytes) -> bool:
    """Whether the text may have an anchor, alias, tag, merge key, escape or endless value.

    Asked of the bytes, one character at a time: that is the search which costs next to nothing.
    """
    return (
        len(content) > MAX_VALUE
        or b"!" in content
        or b"\\" in content
        or b"<" in _after(content, b"<")
        # neither an anchor nor an alias has a space after its sign
        or any(after != b" " for after in _after(content, b"&"))
        or any(after != b" " for after in _after(content, b"*"))
    )


def _after(content: bytes, sign: bytes) -> Iterator[bytes]:
    """What follows each occurrence of a sign."""
    found = content.find(sign)
    while found >= 0:
        yield content[found + 1 : found + 2]
        found = content.find(sign, found + 1)


def in_batches(take: Callable[[], Any]) -> Iterator[list[Any]]:
    """The events of a parser, many at a time: much faster than one by one, and never all at once.

    What was read before a syntax error is given out before the error is raised.
    """
    events = iter(take, None)
    while True:
        batch: list[Any] = []
        try:
            batch.extend(islice(events, BATCH))
        except YAMLError:
            yield batch
            raise
        if not batch:
            return
        yield batch
