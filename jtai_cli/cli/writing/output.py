"""Writing the answer to standard output or a file, and everything else to standard error."""

from __future__ import annotations

import codecs
import os
import sys

# mypy knows the name; importing typing would double the time of `jtai --version`
TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

    from jtai_cli.cli.writing.target import Target

_NEAREST = {
    "…": "...",
    "–": "-",
    "—": "-",
    "‘": "'",
    "’": "'",
    "“": '"',
    "”": '"',
    "•": "*",
    "×": "x",
    "·": "-",
    "─": "-",
    "−": "-",
    "→": "->",
    "£": "GBP ",
    "\xa0": " ",
}


class OutputError(Exception):
    """The answer could not be written; the message says why."""


def write(
    text: str,
    destination: Target | None = None,
    *,
    always_utf8: bool = False,
    commands: bool = False,
) -> None:
    """Write the answer; a reader that went away is no fault. `commands` are meant for GitHub.

    Raises:
        OutputError: the disk is full, the output is closed, or the file can't be written.
    """
    if destination is not None:
        from jtai_cli.files import write as write_file

        refused = write_file(destination.path, text.encode("utf-8", "jtai-nearest"))
        if refused:
            raise can_not_write(destination.name, refused.reason)
        return
    if sys.stdout is None:
        raise OutputError("can't write the answer: standard output is closed")
    text = text if commands else _defused(text)
    encoding = "utf-8" if always_utf8 else sys.stdout.encoding
    try:
        _write_all(sys.stdout.buffer, text.encode(encoding, "jtai-nearest"))
    except BrokenPipeError:
        give_up_on_stdout()
    except OSError as error:
        give_up_on_stdout()
        raise OutputError(f"can't write the answer: {(error.strerror or '').lower()}") from error


def _write_all(stream: BinaryIO, content: bytes) -> None:
    # with PYTHONUNBUFFERED, a stream takes what there is room for, and says no more than how much
    left = memoryview(content)
    while left:
        left = left[stream.write(left) :]
    stream.flush()


def append(text: str, path: Path) -> None:
    """Write at the end of a file that others write to as well.

    Raises:
        OutputError: it can't be written.
    """
    from jtai_cli.files import append as append_to_file

    refused = append_to_file(path, text.encode("utf-8", "jtai-nearest"))
    if refused:
        raise can_not_write(path, refused.reason)


def can_not_write(name: object, reason: str) -> OutputError:
    """The error of a file that can't be written, by its name."""
    from jtai_cli.plan.problem import visible

    return OutputError(f"can't write {visible(str(name))}: {reason}")


def _defused(text: str) -> str:
    """A text in which GitHub's runner finds no command: it obeys those in any line of a log."""
    if not os.environ.get("GITHUB_ACTIONS"):
        return text
    import re

    return re.sub(r"(?m)^(\s*):(?=:)|(#)(?=#\[)", r"\1\2 ", text)


def plainer(text: str) -> str:
    """A text with typographic characters written as typewriters did; letters stay as they are."""
    return text.translate({ord(mark): plain for mark, plain in _NEAREST.items()})


def complain(text: str) -> None:
    """Say something that is not the answer; nothing more can be done if nobody can hear it."""
    if sys.stderr is None:
        return
    try:
        encoded = f"{_defused(text).rstrip()}\n".encode(sys.stderr.encoding, "jtai-nearest")
        _write_all(sys.stderr.buffer, encoded)
    except OSError:
        pass


def give_up_on_stdout() -> None:
    """Keep Python from writing what is left when it ends, which would fail and be reported."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())


def _nearest(error: UnicodeError) -> tuple[str, int]:
    """Write what an encoding lacks with what it has."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lost = error.object[error.start : error.end]
    return "".join(_NEAREST.get(character, "?") for character in lost), error.end


codecs.register_error("jtai-nearest", _nearest)
