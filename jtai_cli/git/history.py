"""How a repository came to be what it is: the commits that led to one, by first parents."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import closing
from subprocess import DEVNULL
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from jtai_cli.git.objects import HASH
from jtai_cli.git.repository import Entry
from jtai_cli.git.running import GitError, run_git, start_git

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping

    from jtai_cli.git.repository import Repository

_LOG = (
    *("log", "--first-parent", "--no-show-signature", "--no-notes", "--no-color"),
    # it stands in the work tree, or wherever the configuration says, and may have no end
    "--no-mailmap",
)
_FORMAT = ("--encoding=UTF-8", "--format=%H %ct %an")
_CHANGES = (
    *("-m", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff", "--no-textconv"),
    *("--no-relative", "--ignore-submodules=none", "-O/dev/null"),
)
# older git knows no log.diffMerges, and takes -m with --first-parent for the same
_SETTINGS = ("-c", "log.showRoot=true", "-c", "log.diffMerges=first-parent")
_HEAD = re.compile(rb"([0-9a-f]{40,64}) ([0-9]*) (.*)", re.DOTALL)
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_LAST = dt.datetime(9999, 12, 31, 23, 59, 59, tzinfo=dt.UTC)
_NOTHING = frozenset("0")
_T = TypeVar("_T")


class Commit(NamedTuple):
    """A commit: its hash, its committer's time, its author's name."""

    hash: str
    time: dt.datetime  # in UTC; the beginning of 1970 where git can read none
    author: str


class Step(NamedTuple):
    """A commit, and what is there under each name that it changed against its first parent.

    None stands for what it took away. Names are as in `Repository.tree`.
    """

    commit: Commit
    changes: Mapping[str, Entry | None]


def first_parents(repository: Repository, commit: str) -> list[Step]:
    """The commits that led to one, the oldest first: each the first parent of the next.

    Raises:
        GitError: git can't read them all, or the clone has not the whole history.
    """
    _refuse_shallow(repository)
    _refuse_half_hash(commit)
    command = (*_SETTINGS, *_LOG, *_CHANGES, *_FORMAT, commit, "--")
    status, out, said = run_git(repository.root, command, repository.variables)
    if status != 0:
        raise GitError(f"git can't read the history of {repository.root}: git says: {said}")
    steps = list(_steps(out))
    steps.reverse()
    return steps


def last_until(repository: Repository, commit: str, time: dt.datetime) -> Commit | None:
    """The last first-parent commit, from one backwards, that was not committed after a time.

    None where all of them were.

    Raises:
        GitError: git can't read them, or the clone has not the commits of that time.
    """
    # git's own --until reads an odd time in other ways than its log prints it
    with closing(_commits(repository, commit)) as commits:
        found = next((one for one in commits if one.time <= time), None)
    if found is None:
        _refuse_shallow(repository)
    return found


def commit_of(repository: Repository, commit: str) -> Commit:
    """A commit by its hash."""
    (found,) = _commits(repository, commit, "--max-count=1")
    return found


def _commits(repository: Repository, commit: str, *limits: str) -> Generator[Commit, None, None]:
    """A commit and its first parents, as far back as they are asked for."""
    _refuse_half_hash(commit)
    command = (*_LOG, *limits, *_FORMAT, commit, "--")
    # who has read enough closes the pipe, and git ends when it writes on
    with start_git(repository.root, command, repository.variables, DEVNULL, DEVNULL) as log:
        author_of = _Once(_author)
        yield from (_commit(line.removesuffix(b"\n"), author_of) for line in log.stdout or ())
    if log.returncode != 0:
        # a pipe for what it says might fill while its answer is read, so it is asked once more
        once = (*_LOG, "--max-count=1", *_FORMAT, commit, "--")
        _, _, said = run_git(repository.root, once, repository.variables)
        why = f"git says: {said}" if said else "the repository is damaged (git fsck says where)"
        raise GitError(f"git can't read the history of the commit {commit[:12]}: {why}")


def _refuse_half_hash(commit: str) -> None:
    if not HASH.fullmatch(commit):
        raise ValueError("a commit is asked for by its full hash")


def _refuse_shallow(repository: Repository) -> None:
    if repository.shallow:
        raise GitError(
            "this clone has only the last commits, and the answer is in the earlier ones: run "
            "git fetch --unshallow, or, where CI checks it out, set fetch-depth: 0"
        )


def _steps(out: bytes) -> Iterator[Step]:
    """What git's log says: a line on each commit, then two fields a change, all ended by NUL."""
    fields = iter(out.split(b"\0")[:-1])
    # thousands of commits have few names and authors between them
    path_of, entry_of, author_of = _Once(_path), _Once(_entry), _Once(_author)
    commit: Commit | None = None
    changes: dict[str, Entry | None] = {}
    for field in fields:
        meta = field.lstrip(b"\n")
        if not meta.startswith(b":"):
            if commit is not None:
                yield Step(commit, changes)
            commit, changes = _commit(field, author_of), {}
        else:
            _, mode, _, name, _ = meta.split(b" ")
            changes[path_of[next(fields)]] = entry_of[mode + b" " + name]
    if commit is not None:
        yield Step(commit, changes)


class _Once(dict[bytes, _T]):
    """What each text stands for, made once."""

    def __init__(self, made: Callable[[bytes], _T]) -> None:
        self._made = made

    def __missing__(self, text: bytes) -> _T:
        made = self[text] = self._made(text)
        return made


def _path(name: bytes) -> str:
    return name.decode("utf-8", "surrogateescape")


def _author(name: bytes) -> str:
    return name.decode("utf-8", "replace")


def _entry(meta: bytes) -> Entry | None:
    mode, name = meta.decode("ascii").split(" ")
    return None if set(name) == _NOTHING else Entry(mode, name)


def _commit(line: bytes, author_of: Mapping[bytes, str]) -> Commit:
    found = _HEAD.fullmatch(line)
    if found is None:
        raise GitError(f"git's log can't be understood: {line[:80]!r}")
    name, seconds, author = found.groups()
    return Commit(name.decode("ascii"), _time(seconds), author_of[author])


def _time(seconds: bytes) -> dt.datetime:
    """A time in UTC; of one that no calendar has, the last that there is."""
    try:
        return EPOCH + dt.timedelta(seconds=int(seconds or b"0"))
    except (OverflowError, ValueError):
        return _LAST
