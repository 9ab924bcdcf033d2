"""A merge that is about to be committed, beside what is merged in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jtai_cli.cli.reading.soundness import read_text
from jtai_cli.cli.reading.staged import folders_elsewhere
from jtai_cli.cli.reading.versions import (
    contents,
    folders_asked_about,
    is_in,
    is_plan,
    paths_asked_about,
    shown,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from jtai_cli.cli.reading.versions import Asked
    from jtai_cli.facts.merges import Merge
    from jtai_cli.facts.pairing import Version
    from jtai_cli.git import Change, Entry, Repository
    from jtai_cli.git.beside import MergedIn
    from jtai_cli.plan.problem import Problem


class Merged(NamedTuple):
    """What the rules on edits say of a merge, and the plans that it gives where it differs."""

    problems: list[Problem]
    texts: Mapping[str, bytes]


def judge_merge(
    found: Repository, folders: Sequence[str], asked: Asked, edits: list[Problem], as_of: dt.date
) -> Merged:
    """The problems of what is staged against the last commit, as they are where it is merged into.

    Where no merge is in progress they stay as they are.
    """
    # slow to import, and only a commit needs it
    from jtai_cli.git.beside import merged_in

    sides = merged_in(found)
    if not sides:
        return Merged(edits, {})
    from jtai_cli.facts.merges import merge_problems

    changes = [_changes(found, side, folders) for side in sides]
    now = {one.path: one.new for each in changes for one in each}
    result = _texts(found, now)
    unmerged = {shown(found, one.path): b"" for each in changes for one in each if one.unmerged}
    merge = _merge(found, sides, changes, result | unmerged)
    known, wanted = set(edits), _names_asked_about(found, asked, now)
    problems = merge_problems(edits, merge, as_of)
    return Merged([one for one in problems if one in known or one.file in wanted], result)


def _changes(found: Repository, side: MergedIn, folders: Sequence[str]) -> list[Change]:
    """Where plans of what is merged in differ from those that will be in the commit."""
    changes = found.staged(side.commit)
    folders = [*folders, *folders_elsewhere(found, changes, folders)]
    return [change for change in changes if is_plan(change.path, folders)]


def _merge(
    found: Repository,
    sides: Sequence[MergedIn],
    changes: Sequence[Sequence[Change]],
    result: Mapping[str, bytes],
) -> Merge:
    from jtai_cli.facts.merges import Merge, Side

    paths = sorted({change.path for each in changes for change in each})

    def plans_of(commit: str | None) -> list[Version]:
        entries = {path: found.entry(commit, path) if commit else None for path in paths}
        return _versions(_texts(found, entries))

    theirs = ({change.path: change.old for change in each} for each in changes)
    return Merge(
        plans_of(found.commit),
        [
            Side(plans_of(side.base), _versions(_texts(found, plans)))
            for side, plans in zip(sides, theirs, strict=True)
        ],
        _versions(result),
    )


def _texts(found: Repository, entries: Mapping[str, Entry | None]) -> dict[str, bytes]:
    """What is in the files among these entries, by the names of files as messages show them."""
    plans = {path: entry for path, entry in entries.items() if entry and entry.kind == "file"}
    return contents(found, {shown(found, path): entry for path, entry in plans.items()})


def _versions(texts: Mapping[str, bytes]) -> list[Version]:
    from jtai_cli.facts.pairing import Version

    return [Version(name, read_text(name, text)) for name, text in texts.items()]


def _names_asked_about(found: Repository, asked: Asked, paths: Iterable[str]) -> set[str]:
    named, within = paths_asked_about(found, asked), folders_asked_about(found, asked)
    return {shown(found, path) for path in paths if path in named or is_in(path, within)}
