"""Answers about plans as they were committed say in which commit, and on which day."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from jtai_cli.plan.problem import visible
from jtai_cli.report import Answer
from jtai_cli.report.cells import Note, in_words

if TYPE_CHECKING:
    from jtai_cli.report import Committed
    from jtai_cli.report.cells import Block, Document
    from jtai_cli.report.data import Data


def as_committed(answer: Answer, committed: Committed) -> Answer:
    """The answer with its source: in the line below the title, and as `at` beside `as_of`."""
    return Answer(
        lambda: _document(answer.document(), committed),
        lambda: with_commit(answer.data(), committed),
    )


def in_short(committed: Committed) -> str:
    """The commit and its day: "9c3f21d0ab12 of 7 August 2025"."""
    return f"{committed.commit[:12]} of {in_words(committed.day)}"


def committed_data(committed: Committed) -> Data:
    """The commit and its day as data."""
    return {"commit": committed.commit, "date": committed.day.isoformat()}


def _document(document: Document, committed: Committed) -> Document:
    return document._replace(
        subtitle=f"{document.subtitle}, as committed in {in_short(committed)}",
        blocks=tuple(_block(block, committed) for block in document.blocks),
    )


def _block(block: Block, committed: Committed) -> Block:
    """The block; a command in it is for the same commit."""
    if not isinstance(block, Note) or not block.command:
        return block
    return block._replace(text=f"{block.text} --at {visible(shlex.quote(committed.asked))}")


def with_commit(data: Data, committed: Committed) -> Data:
    """The data of an answer with the commit as `at`, right behind `as_of`."""
    placed: Data = {}
    for key, value in data.items():
        placed[key] = value
        if key == "as_of":
            placed["at"] = committed_data(committed)
    return placed
