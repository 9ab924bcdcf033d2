"""The plans after each commit: each version read once, by id wherever its file goes."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from jtai_cli.cli.reading.days import day_of
from jtai_cli.cli.reading.versions import no_plan, shown
from jtai_cli.cli.reading.where import Where, plan_changes
from jtai_cli.facts.moments import Gap, Held, Moment, Revision
from jtai_cli.plan.problem import Problem, quoted, visible
from jtai_cli.plan.source import MAX_BYTES
from jtai_cli.plan.versions import PlanVersion

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from jtai_cli.cli.reading.cache import Cache
    from jtai_cli.git import Entry, Repository, Step
    from jtai_cli.plan.pieces import VersionReader
    from jtai_cli.plan.stored import Read

    Changes = Mapping[str, Entry | None]

TWICE = "duplicate-plan-id"


class Chosen(NamedTuple):
    """The plans that are asked about, by id, and their files, by name, where no id can be read.

    `lost` are those of the files in which none can be read in the end: they may be any plan.
    `named` are those that are asked about by their path: of two with one id, such a one is meant.
    """

    ids: frozenset[str]
    files: frozenset[str] = frozenset()
    lost: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()

    def has(self, plan_id: str | None, name: str) -> bool:
        """Whether a file of this name, in which this id can be read, is asked about."""
        return plan_id in self.ids or name in (self.files if plan_id is None else self.lost)


def committed_moments(
    found: Repository,
    where: Where,
    steps: Sequence[Step],
    wanted: Chosen | None,
    cache: Cache,
) -> Iterator[Moment]:
    """The plans after each commit; of all plans, or of those that are wanted.

    What the cache knows is not read again, and what was read is kept there in the end.
    """
    changes = list(plan_changes(found, where, steps))
    versions = _Versions(found, changes, cache)
    files: dict[str, _File] = {}
    plans: Mapping[str, Held] = {}
    gaps: Mapping[str, Gap] = {}
    for step, changed in zip(steps, changes, strict=True):
        commit = step.commit
        revision = Revision(commit.hash, day_of(commit.time), commit.author)
        if changed:
            before = {path: files.get(path) for path in changed}
            _change(files, changed, versions, revision)
            if not gaps and all(_goes_on(was, files.get(path)) for path, was in before.items()):
                plans = _gone_on(plans, map(files.__getitem__, changed))
            else:
                plans, gaps = _standing(files, wanted, gaps, revision)
        yield Moment(revision, plans, gaps)
    cache.keep()


def _change(
    files: dict[str, _File], changed: Changes, versions: _Versions, revision: Revision
) -> None:
    """Put the files after a commit in the place of those before it, in the order of plans."""
    before = {path: files[path] for path in changed if path in files}
    now = {
        path: versions.file(path, entry, revision)
        for path, entry in changed.items()
        if entry is not None
    }
    for path in before.keys() - now.keys():
        del files[path]
    files.update(now)
    if now.keys() - before.keys():
        ordered = sorted(files.items(), key=lambda file: file[0].split("/"))
        files.clear()
        files.update(ordered)
    for path, one in now.items():
        was = _earlier(path, one, before, now, files) if isinstance(one.holds, Problem) else None
        if was is not None:
            since = was.since if isinstance(was.holds, Problem) else revision
            files[path] = one._replace(plan_id=was.plan_id, since=since)


def _earlier(
    path: str,
    one: _File,
    before: Mapping[str, _File],
    now: Mapping[str, _File],
    files: Mapping[str, _File],
) -> _File | None:
    """What a file that does not load was before the commit, maybe under another name."""
    if one.said is not None:
        return next((was for was in before.values() if was.plan_id == one.said), None)
    if path in before:
        return before[path]
    # when one plan is gone, and one file that says no id has come, that is it
    there = {other.said for other in files.values()}
    lost = [was for old, was in before.items() if old not in now and was.plan_id not in there]
    come = [new for new, other in now.items() if other.said is None and new not in before]
    return lost[0] if len(lost) == len(come) == 1 else None


class _File(NamedTuple):
    """A plan file at a moment: its name, what it holds, and since when it loads, or does not.

    `said` is the id that stands in it; `plan_id` also one that stood in it before.
    """

    name: str
    said: str | None
    plan_id: str | None
    holds: PlanVersion | Problem
    since: Revision


class _Versions:
    """What the blobs of plan files hold, read in the order in which they are asked for."""

    def __init__(self, found: Repository, changes: Iterable[Changes], cache: Cache) -> None:
        hashes = (
            entry.hash
            for changed in changes
            for entry in changed.values()
            if entry is not None and entry.kind == "file" and cache.version(entry.hash) is None
        )
        self._texts = found.each_blob(hashes, MAX_BYTES)
        self._reader: VersionReader | None = None
        self._cache = cache
        self._name = lru_cache(maxsize=None)(lambda path: shown(found, path))

    def file(self, path: str, entry: Entry, revision: Revision) -> _File:
        """What stands under a name from a commit on."""
        name = self._name(path)
        if entry.kind != "file":
            return _File(name, None, None, no_plan(name, entry), revision)
        plan_id, holds = self._holds(entry.hash)
        if isinstance(holds, Problem):
            holds = holds._replace(file=name)
        return _File(name, plan_id, plan_id, holds, revision)

    def _holds(self, name: str) -> Read:
        read = self._cache.version(name)
        while read is None:
            other, text = next(self._texts)
            self._cache.add(other, self._version(text))
            read = self._cache.version(name)
        return read

    def _version(self, text: bytes) -> Read:
        # slow to import, and not needed where all is known already
        from jtai_cli.plan.ids import id_in
        from jtai_cli.plan.pieces import VersionReader

        if self._reader is None:
            self._reader = VersionReader()
            self._reader.know(self._cache.versions)
        version = self._reader.read(text)
        return (version.id if isinstance(version, PlanVersion) else id_in(text)), version


def _goes_on(was: _File | None, now: _File | None) -> bool:
    """Whether a file loads before and after a commit, with the same plan in it."""
    return (
        was is not None
        and now is not None
        and isinstance(was.holds, PlanVersion)
        and isinstance(now.holds, PlanVersion)
        and was.said == now.said
    )


def _gone_on(plans: Mapping[str, Held], files: Iterable[_File]) -> dict[str, Held]:
    """The plans after a commit, each of which is in the file that it was in, and can be read."""
    now = dict(plans)
    for one in files:
        if isinstance(one.holds, PlanVersion) and one.holds.id in now:
            now[one.holds.id] = Held(one.name, one.holds)
    return now


def _standing(
    files: Mapping[str, _File],
    wanted: Chosen | None,
    last: Mapping[str, Gap],
    revision: Revision,
) -> tuple[dict[str, Held], dict[str, Gap]]:
    """The plans by id, and the files that do not load; of two with one id the second does not."""
    plans: dict[str, Held] = {}
    gaps: dict[str, Gap] = {}
    first: dict[str, str] = {}
    named = wanted.named if wanted else frozenset()
    for name, said, plan_id, holds, since in sorted(
        files.values(), key=lambda file: file.name not in named
    ):
        if wanted and not wanted.has(plan_id, name):
            continue
        other = name if said is None else first.setdefault(said, name)
        if isinstance(holds, Problem):
            gaps[name] = Gap(name, plan_id, since, holds)
        elif other != name:
            was = last.get(name)
            begun = was.since if was and was.problem.rule == TWICE else revision
            message = f"the plan id {quoted(holds.id)} is already used in {visible(other)}"
            gaps[name] = Gap(name, None, begun, Problem(name, 1, 1, TWICE, "error", message))
        else:
            plans[holds.id] = Held(name, holds)
    return plans, gaps
