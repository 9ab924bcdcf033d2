"""The commits of a history as text to keep, and back: their hash says all that is in them.

Who keeps it has to see to it that it comes back as it was.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from jtai_cli.git.history import EPOCH, Commit, Step
from jtai_cli.git.repository import Entry

if TYPE_CHECKING:
    from collections.abc import Sequence


def steps_as_text(steps: Sequence[Step]) -> bytes:
    """Commits, and what each changed, on one line."""
    return json.dumps([_written(step) for step in steps]).encode()


def steps_in(text: bytes) -> list[Step]:
    """What `steps_as_text` was given; nothing where the text is not what it wrote."""
    try:
        return [_step(*one) for one in json.loads(text or b"[]")]
    except (ValueError, TypeError, AttributeError, OverflowError):
        return []


def _written(step: Step) -> tuple[Any, ...]:
    commit = step.commit
    seconds = int((commit.time - EPOCH).total_seconds())
    return commit.hash, seconds, commit.author, step.changes


def _step(name: str, seconds: int, author: str, changes: dict[str, list[str] | None]) -> Step:
    time = EPOCH + dt.timedelta(seconds=seconds)
    entries = {path: Entry(*one) if one else None for path, one in changes.items()}
    return Step(Commit(name, time, author), entries)
