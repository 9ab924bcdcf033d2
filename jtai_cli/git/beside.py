"""What stands beside the last commit: other branches, and what is being merged into it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from jtai_cli.git.objects import HASH
from jtai_cli.git.running import GitError, run_git

if TYPE_CHECKING:
    from jtai_cli.git.repository import Repository

# a hook that is run before git has noted the merge is told of it by these
_TOLD = re.compile(r"GITHEAD_([0-9a-f]{40}|[0-9a-f]{64})")


class MergedIn(NamedTuple):
    """A commit that is merged into HEAD, and the one that both began with, if there is any."""

    commit: str
    base: str | None


def merged_in(found: Repository) -> list[MergedIn]:
    """What is being merged into the last commit; nothing where no merge is in progress.

    A commit that can't be read is a GitError.
    """
    if found.commit is None:
        return []
    try:
        noted = (found.git_dir / "MERGE_HEAD").read_text(encoding="ascii", errors="replace").split()
    except OSError:
        noted = []
    told = [named[1] for name in found.variables if (named := _TOLD.fullmatch(name))]
    sides = [_side(found, found.commit, name, sure=True) for name in noted]
    sides += [] if noted else [_side(found, found.commit, name, sure=False) for name in told]
    return [side for side in sides if side]


def _side(found: Repository, ours: str, theirs: str, *, sure: bool) -> MergedIn | None:
    """None for what is merged into another repository, from where the hook was run."""
    status, out, said = 128, b"", "it is no commit"
    if HASH.fullmatch(theirs):
        status, out, said = run_git(found.root, ("merge-base", ours, theirs), found.variables)
    if status not in (0, 1):
        if sure:
            raise GitError(f"what is merged in, {theirs[:12]}, can't be read: git says: {said}")
        return None
    return MergedIn(theirs, out.decode("ascii").strip() or None)


def has_branches(found: Repository) -> bool:
    """Whether a repository has any branch or tag, its own or fetched, with a commit."""
    command = ("for-each-ref", "--count=1")
    status, out, said = run_git(found.root, command, found.variables)
    if status != 0:
        raise GitError(f"git can't list the branches of {found.root}: git says: {said}")
    return bool(out)
