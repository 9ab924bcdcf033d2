"""The commits of a history as text to keep, and back: their hash says all that is in them.

Who keeps it has to see to it that it comes back as it was, and that nothing older is read once the
same commits would be written in another way.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from jtai_cli.git.history import EPOCH, Commit, Step
from jtai_cli.git.repository import Entry

if TYPE_CHECKING:
    from collections.abc import Sequence


# read part by part, thousands of commits take little more room than what is made of them
_TOGETHER = 256
_BETWEEN = b"\x1e"


def steps_as_text(steps: Sequence[Step]) -> bytes:
    """Commits, and what each changed, on one line."""
    parts = (steps[begin : begin + _TOGETHER] for begin in range(0, len(steps), _TOGETHER))
    return _BETWEEN.join(json.dumps([_written(step) for step in part]).encode() for part in parts)


def steps_in(text: bytes) -> list[Step]:
    """What `steps_as_text` was given; nothing where the text is not what it wrote."""
    try:
        # thousands of commits have few texts and authors between them
        once: dict[Any, Any] = {}
        parts = map(json.loads, text.split(_BETWEEN)) if text else ()
        return [_step(once, *one) for part in parts for one in part]
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        return []


def _written(step: Step) -> tuple[Any, ...]:
    commit = step.commit
    seconds = int((commit.time - EPOCH).total_seconds())
    return commit.hash, seconds, commit.author, step.changes


def _step(
    once: dict[Any, Any],
    name: str,
    seconds: int,
    author: str,
    changes: dict[str, list[str] | None],
) -> Step:
    time = EPOCH + dt.timedelta(seconds=seconds)
    entries: dict[str, Entry | None] = {}
    for path, one in changes.items():
        entry = Entry(*one) if one else None
        entries[path] = once.setdefault(entry, entry)
    return Step(Commit(name, time, once.setdefault(author, author)), entries)
