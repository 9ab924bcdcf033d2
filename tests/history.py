"""Git histories for tests, in a few lines, and in one process however long they are.

    record(root, [Commit({"plans/x.yaml": PLAN}), Commit({"plans/x.yaml": None}, subject="Gone")])

The same commits have the same hashes on every machine: neither its configuration nor its
environment nor its clock has a say.
"""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import tempfile
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

BRANCH = "refs/heads/main"
NOTHING: Mapping[str, Any] = MappingProxyType({})
_FIRST = dt.datetime(2025, 1, 1, 12, tzinfo=dt.UTC)
_AS_WRITTEN = ("-c", "core.autocrlf=false", "-c", "core.eol=lf")
# a reflog would say who ran this, and when
_NO_REFLOG = ("-c", "core.logAllRefUpdates=false")
_ALL_LOOSE = 2**31 - 1


class Commit(NamedTuple):
    """A commit: what it changes against its first parent, and who says when that it does.

    Any moment has an offset. A name is `Name <address>`, in bytes where it should not be UTF-8.
    Below the subject there may be more of the message, after an empty line.
    """

    files: Mapping[str, bytes | str | None] = NOTHING  # by path; None: there no longer
    when: dt.datetime | None = None  # None: so many hours after the first as its position says
    author: str | bytes = "A. Person <a@example.org>"
    subject: str | bytes = "x"
    parents: Sequence[int] | None = None  # positions in the list; None: the one before
    committed: dt.datetime | None = None  # None: as it was authored
    committer: str | bytes | None = None  # None: the author
    encoding: str | None = None  # that a header claims for names and message


def record(
    root: Path,
    commits: Sequence[Commit],
    *,
    packed: bool = True,
    bare: bool = False,
    algorithm: str = "sha1",
) -> list[str]:
    """Make a repository of these commits; the hash of each, in the order given.

    The last is the tip of `main`, the only branch. Objects are in one pack, or all loose. Unless
    the repository is bare, the files of the last commit are checked out.
    """
    root.mkdir(parents=True, exist_ok=True)
    form = (f"--object-format={algorithm}", *(("--bare",) if bare else ()))
    _git(root, "init", "-q", "--template=", "--initial-branch=main", *form)
    hashes = _import(root, commits, packed)
    if hashes and not bare:
        _git(root, *_AS_WRITTEN, "read-tree", "--reset", "-u", "HEAD")
    return hashes


def _import(root: Path, commits: Sequence[Commit], packed: bool) -> list[str]:
    # a file takes any number of answers, while a pipe that nobody reads yet would stop at some
    with tempfile.TemporaryFile() as answers:
        limit = f"fastimport.unpackLimit={0 if packed else _ALL_LOOSE}"
        command = _command(root, *_NO_REFLOG, "-c", limit, "fast-import", "--quiet", "--done")
        pipe = subprocess.PIPE
        with subprocess.Popen(command, env=environment(), stdin=pipe, stdout=answers) as git:
            assert git.stdin
            git.stdin.writelines(_stream(commits))
        assert git.returncode == 0
        answers.seek(0)
        return answers.read().decode("ascii").split()


def _git(root: Path, *words: str) -> None:
    subprocess.run(_command(root, *words), env=environment(), stdin=subprocess.DEVNULL, check=True)


def _command(root: Path, *words: str) -> list[str]:
    return ["git", "-C", str(root), *words]


def environment() -> dict[str, str]:
    """An environment in which git knows no configuration but that of the repository."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    nowhere = ("HOME", "XDG_CONFIG_HOME", "GIT_CONFIG_GLOBAL")
    alone = {"GIT_CONFIG_NOSYSTEM": "1", "GIT_ATTR_NOSYSTEM": "1", "LC_ALL": "C"}
    return kept | dict.fromkeys(nowhere, os.devnull) | alone


def _stream(commits: Sequence[Commit]) -> Iterator[bytes]:
    """What `git fast-import` reads; commits are marked by position, from 1."""
    for position, commit in enumerate(commits):
        yield from _commit(position, commit)
        yield b"get-mark :%d\n" % (position + 1)
    yield b"done\n"


def _commit(position: int, commit: Commit) -> Iterator[bytes]:
    parents = commit.parents
    if parents is None:
        parents = (position - 1,) if position else ()
    if not parents:
        # else it would continue the branch
        yield b"reset %s\n\n" % BRANCH.encode()
    when = commit.when or _FIRST + dt.timedelta(hours=position)
    committer = commit.author if commit.committer is None else commit.committer
    yield b"commit %s\nmark :%d\n" % (BRANCH.encode(), position + 1)
    yield b"author %s\n" % _signed(commit.author, when)
    yield b"committer %s\n" % _signed(committer, commit.committed or when)
    if commit.encoding is not None:
        yield b"encoding %s\n" % commit.encoding.encode()
    yield _data(_bytes(commit.subject) + b"\n")
    for number, parent in enumerate(parents):
        yield b"%s :%d\n" % (b"merge" if number else b"from", parent + 1)
    # those that go come first: a folder may take the place of a file
    for path, content in sorted(commit.files.items(), key=lambda file: file[1] is not None):
        yield b"D %s\n" % _quoted(path) if content is None else _file(path, content)


def _signed(name: str | bytes, when: dt.datetime) -> bytes:
    offset = when.strftime("%z")
    assert offset, f"{when} has no offset"
    return b"%s %d %s" % (_bytes(name), int(when.timestamp()), offset.encode())


def _file(path: str, content: bytes | str) -> bytes:
    return b"M 100644 inline %s\n%s" % (_quoted(path), _data(_bytes(content)))


def _data(content: bytes) -> bytes:
    return b"data %d\n%s\n" % (len(content), content)


def _quoted(path: str) -> bytes:
    written = os.fsencode(path).replace(b"\\", b"\\\\").replace(b'"', b'\\"')
    return b'"%s"' % written.replace(b"\n", b"\\n")


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()
