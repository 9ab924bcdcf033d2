"""From a folder and a revision to a repository and a commit."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from jtai_cli.git.objects import HASH
from jtai_cli.git.repository import Repository
from jtai_cli.git.running import SET, GitError, is_kept, run_git

if TYPE_CHECKING:
    from collections.abc import Mapping

    Variables = Mapping[str, str]

_DISCOVER = (
    *("rev-parse", "--is-shallow-repository", "--show-object-format"),
    *("--absolute-git-dir", "--show-toplevel", "--verify"),
)


def open_repository(
    start: Path, revision: str | None = None, *, environment: Variables
) -> Repository:
    """The repository that a folder lies in, and the commit that a revision names there.

    Without a revision the commit is that of HEAD, or None where nothing has been committed yet.
    An unknown, ambiguous or odd revision is a GitError, and so is a folder without a work tree.
    """
    asked = ("HEAD",) if revision is None else ("--end-of-options", _askable(revision))
    variables = {name: value for name, value in environment.items() if is_kept(name)} | SET
    status, out, said = run_git(start, (*_DISCOVER, *asked), variables)
    lines = os.fsdecode(out).removesuffix("\n").split("\n")
    if len(lines) != 4 + (status == 0):
        raise GitError(_why_not_opened(start, said))
    is_shallow, algorithm, git_dir, root = lines[:4]
    if algorithm not in ("sha1", "sha256"):
        raise GitError(f"can't read the repository of {start}: git 2.30 or later is needed")
    shallow = is_shallow == "true"
    commit = _commit(lines[4:], revision, said, shallow=shallow)
    variables |= _own_index(environment.get("GIT_INDEX_FILE"), root, git_dir)
    if commit is None:
        _refuse_broken_head(Path(git_dir))
    repository = Repository(Path(root), Path(git_dir), commit, shallow, algorithm, variables)
    if repository.path_of(start) is None:
        raise GitError(f"{start} is not in its repository's work tree, which is {root}")
    return repository


def _askable(revision: str) -> str:
    if not revision.isprintable() or not revision.strip() or re.match(r"-|.*\.\.", revision):
        raise GitError(f"{revision!r} is no revision: name a branch, a tag or a commit")
    return f"{revision}^{{commit}}"


def _commit(answer: list[str], revision: str | None, said: str, *, shallow: bool) -> str | None:
    """The hash that git gives; "Needed a single revision" is what it says of an unborn HEAD."""
    if revision is None and (answer or "Needed a single revision" in said):
        return answer[0] if answer else None
    if revision is not None and "is ambiguous" in said:
        raise GitError(
            f"{revision!r} names more than one thing in this repository: write it out, as "
            f"refs/heads/{revision}, refs/tags/{revision} or the whole hash"
        )
    if answer and HASH.fullmatch(answer[0]):
        return answer[0]
    if shallow:
        advice = "this clone has not the whole history: run git fetch --unshallow, or, where CI "
        advice += "checks it out, set fetch-depth: 0"
    else:
        advice = "check its spelling, or get it with git fetch"
    if revision == "HEAD":
        advice = "nothing has been committed here yet"
    raise GitError(f"git finds no commit {revision or 'HEAD'!r}: {advice}")


def _refuse_broken_head(git_dir: Path) -> None:
    """Git says of a branch that can't be read what it says of one without a commit."""
    try:
        named = (git_dir / "HEAD").read_text(encoding="utf-8", errors="replace").strip()
        shared = git_dir / "commondir"
        there = git_dir / shared.read_text(encoding="utf-8").strip() if shared.exists() else git_dir
        broken = not named.startswith("ref: ") or (there / named.removeprefix("ref: ")).exists()
    except (OSError, ValueError):
        broken = True
    if broken:
        raise GitError(f"the last commit can't be read: {git_dir / 'HEAD'} names none")


def _why_not_opened(start: Path, said: str) -> str:
    if "not a git repository" in said:
        return f"{start} is not in a git repository: go to one, or make one with git init"
    if "must be run in a work tree" in said or "safe.bareRepository" in said:
        return f"{start} is in a repository without its files: go to where they are checked out"
    if "dubious ownership" in said or "unsafe repository" in said:
        return f"git does not trust the repository of {start}, which is another user's: {said}"
    return f"can't open the repository of {start}: git says: {said}"


def _own_index(named: str | None, root: str, git_dir: str) -> dict[str, str]:
    """The index that a hook is told of, that of a partial commit, if it is this work tree's."""
    index = Path(root, named or "")
    own = os.path.realpath(index.parent) == os.path.realpath(git_dir) and index.is_file()
    return {"GIT_INDEX_FILE": str(index)} if own else {}
