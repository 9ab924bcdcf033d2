"""The plans commit by commit, for the commands that look at how they came to stand as they do."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from jtai_cli.cli.reading.cache import Cache
from jtai_cli.cli.reading.committed import TWICE, Chosen, committed_moments
from jtai_cli.cli.reading.days import day_of
from jtai_cli.cli.reading.later import say_what_is_later
from jtai_cli.cli.reading.past import (
    as_day,
    committed_at,
    loaded_then,
    opened_at,
    opened_for,
)
from jtai_cli.cli.reading.plans import load_plans
from jtai_cli.cli.reading.versions import is_in, shown
from jtai_cli.cli.reading.where import Where
from jtai_cli.facts.moments import Gap, Held, Moment, Point, Revision
from jtai_cli.plan.versions import PlanVersion, version_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from jtai_cli.cli.request import Request
    from jtai_cli.git import Repository, Step
    from jtai_cli.plan.load import Loaded, LoadedPlan
    from jtai_cli.plan.model import Plan
    from jtai_cli.plan.problem import Problem


class History:
    """The plans that are asked about, as they stand in the end and as they came to.

    `moments` can be walked through once. The last is what is on disk, with --at the last commit.
    `committed` is where the end is, unless it is what is on disk.
    """

    def __init__(
        self, request: Request, found: Repository, steps: Sequence[Step], cache: Cache, day: dt.date
    ) -> None:
        self.found = found
        self._request = request
        self._last = steps[-1].commit
        self._cache = cache
        self._where = Where(found, request.plans)
        self._known: dict[str, PlanVersion] = {}
        at = request.at
        self.committed = None if at is None else committed_at(self._last, at)
        self.as_of = request.date if at is None else request.date_at(day)
        wanted = _wanted(found, self._where, self.loaded) if request.plans else None
        self.moments = self._to_the_end(committed_moments(found, self._where, steps, wanted, cache))

    @cached_property
    def loaded(self) -> Loaded:
        """The plans in the end; what the history knows of them by then is not read again.

        Raises:
            NothingToJudge: no plan is there in the end.
        """
        plans = self._request.plans
        if self._request.at is None:
            return load_plans(plans, self._plan_in)
        return loaded_then(self.found, self._where, plans, self._last, self._plan_in)

    def point(self, written: str) -> Point:
        """The point that a revision or a date means.

        Raises:
            NothingToJudge: git knows no such revision.
        """
        day = as_day(written)
        if day is not None:
            return Point(day=day)
        with opened_at(self.found.root, written) as other:
            return Point(commit=other.commit)

    def _to_the_end(self, moments: Iterator[Moment]) -> Iterator[Moment]:
        """The moments of commits, and then what is on disk, if that is the end."""
        last: Moment | None = None
        for moment in moments:
            last = moment
            yield moment
        loaded = self.loaded
        if self._request.at is None:
            here = Revision(None, self.as_of, None)
            plans = {one.plan.id: Held(one.file, self._version(one)) for one in loaded.plans}
            yield Moment(here, plans, _gaps_on_disk(self.found, loaded, last, here))

    def _plan_in(self, content: bytes) -> Plan | None:
        """The plan that a text is, if it is known as one."""
        read = self._cache.version(self.found.blob_hash(content))
        if read is None or not isinstance(read[1], PlanVersion):
            return None
        version = self._known[read[1].id] = read[1]
        return version.plan

    def _version(self, one: LoadedPlan) -> PlanVersion:
        """The version that a plan in the end is, the same one as in the history if it is there."""
        known = self._known.get(one.plan.id)
        return known if known and known.plan is one.plan else version_of(one.plan)


@contextmanager
def history_of(request: Request) -> Iterator[History]:
    """The history of the plans that are asked about, open while it is walked through.

    Raises:
        NothingToJudge: nothing is committed, the clone is shallow, or no plan is there in the end.
    """
    with opened_for(request.plans, request.at) as (found, asked, _):
        cache = Cache(found, used=not request.no_cache)
        steps = cache.steps(found.commit or "")
        day = asked or day_of(steps[-1].commit.time)
        history = History(request, found, steps, cache, day)
        if request.at is None:
            say_what_is_later(request, steps)
        yield history


def _wanted(found: Repository, where: Where, loaded: Loaded) -> Chosen:
    """Those that are named, also those that do not load."""
    ids = {problem.plan for problem in loaded.problems if problem.plan}
    ids |= {one.plan.id for one in loaded.plans}
    known = {_name_here(found, one.file) for one in loaded.plans}
    failed = {(_name_here(found, one.file), one.plan) for one in loaded.problems}
    lost = {name for name, plan_id in failed if plan_id is None} - known
    names = known | {name for name, _ in failed} | {shown(found, one) for one in where.named}
    paths = {found.path_of(Path(one.file)) for one in loaded.plans} - {None}
    named = {shown(found, path) for path in paths if path and is_in(path, where.named)}
    return Chosen(frozenset(ids), frozenset(names), frozenset(lost), frozenset(named))


def _name_here(found: Repository, file: str) -> str:
    """A file's name as those of commits are shown, however it was named."""
    path = found.path_of(Path(file))
    return file if path is None else shown(found, path)


def _gaps_on_disk(
    found: Repository, loaded: Loaded, last: Moment | None, here: Revision
) -> dict[str, Gap]:
    """The files that do not load on disk, which may not have in the last commit."""
    gaps: dict[str, Gap] = {}
    for problem in loaded.problems:
        name = _name_here(found, problem.file)
        if problem.severity == "error" and name not in gaps:
            gaps[name] = _gap_on_disk(name, problem, last, here)
    return gaps


def _gap_on_disk(name: str, problem: Problem, last: Moment | None, here: Revision) -> Gap:
    """A file that does not load on disk, and may not have in the last commit."""
    was = last.gaps.get(name) if last else None
    since = was.since if was else here
    if problem.rule == TWICE or problem.plan is not None:
        plan_id = None if problem.rule == TWICE else problem.plan
        return Gap(name, plan_id, since, problem)
    held = (plan_id for plan_id, one in last.plans.items() if one.file == name) if last else ()
    return Gap(name, was.plan_id if was else next(iter(held), None), since, problem)
