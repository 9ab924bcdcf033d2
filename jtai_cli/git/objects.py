"""Objects by their hashes, read through `git cat-file`."""

from __future__ import annotations

import re
from contextlib import suppress
from subprocess import DEVNULL, PIPE, Popen
from typing import TYPE_CHECKING, NamedTuple, cast

from jtai_cli.git.running import GitError, start_git

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import IO

HASH = re.compile(r"([0-9a-f]{40}|[0-9a-f]{64})(\^\{tree\})?")
# so many names fit into the smallest pipe of any system (4,096 bytes), so neither side ever waits
WINDOW = 50


class Object(NamedTuple):
    """What git answers: a hash, a kind such as "blob", or "missing", and the content."""

    hash: str
    kind: str
    content: bytes


class Objects:
    """The objects of a repository. To be closed: a process waits for the next question."""

    def __init__(self, root: Path, variables: Mapping[str, str]) -> None:
        self._root = root
        self._variables = variables
        self._reader: Popen[bytes] | None = None

    def close(self) -> None:
        """End that process; the next reading starts another."""
        reader, self._reader = self._reader, None
        if reader is not None:
            _end(reader)

    def read(self, names: Sequence[str], limit: int) -> list[Object]:
        """Each object, its content up to one byte more than the limit."""
        _refuse_half_hashes(names)
        found: list[Object] = []
        try:
            for at in range(0, len(names), WINDOW):
                window = names[at : at + WINDOW]
                questions, answers = self._pipes()
                questions.write(_questions(window))
                questions.flush()
                found.extend(_answer(answers, limit) for _ in window)
        except (OSError, ValueError) as error:
            self.close()
            raise GitError(unreadable(names[len(found)])) from error
        return found

    def ahead(self, names: Sequence[str], limit: int) -> Iterator[Object]:
        """As `read`, one after the other, of a process of its own that is asked for all at once."""
        # slow to load, and only a history needs it
        from tempfile import TemporaryFile

        _refuse_half_hashes(names)
        # a pipe that is full of questions would wait for its answers to be read
        with TemporaryFile() as asked:
            asked.write(_questions(names))
            asked.seek(0)
            command = ("cat-file", "--batch", "--buffer")
            git = start_git(self._root, command, self._variables, asked, DEVNULL)
        try:
            for name in names:
                try:
                    yield _answer(cast("IO[bytes]", git.stdout), limit)
                except (OSError, ValueError) as error:
                    raise GitError(unreadable(name)) from error
        finally:
            _end(git)

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        if self._reader is None:
            command = ("cat-file", "--batch")
            self._reader = start_git(self._root, command, self._variables, PIPE, DEVNULL)
        return cast("tuple[IO[bytes], IO[bytes]]", (self._reader.stdin, self._reader.stdout))


def unreadable(name: str) -> str:
    """What is said of an object that git does not give."""
    return (
        f"git can't read the object {name.partition('^')[0]}: the repository is damaged (git fsck "
        "says where), or a partial clone that left it out (clone again without --filter)"
    )


def _questions(names: Sequence[str]) -> bytes:
    return "".join(f"{name}\n" for name in names).encode()


def _end(reader: Popen[bytes]) -> None:
    """End a process that has nothing to put away, and may wait for its answer to be read."""
    reader.kill()
    with suppress(OSError), reader:
        pass


def _refuse_half_hashes(names: Sequence[str]) -> None:
    if not all(map(HASH.fullmatch, names)):
        raise ValueError("objects are asked for by their full hash")


def _answer(answers: IO[bytes], limit: int) -> Object:
    """One answer of cat-file; ValueError when it breaks off."""
    header = answers.readline().decode("ascii").split()
    if header[1:] == ["missing"]:
        return Object(header[0], "missing", b"")
    found, kind, size = header
    content = answers.read(min(int(size), limit + 1))
    left = int(size) - len(content) + 1
    while left > 0:
        part = answers.read(min(left, 65_536))
        if not part:
            raise ValueError("the answer breaks off")
        left -= len(part)
    return Object(found, kind, content)
