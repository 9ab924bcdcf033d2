"""The plans commit by commit, for the commands that look at how they came to stand as they do."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from jtai_cli.cli.reading.cache import Cache
from jtai_cli.cli.reading.committed import TWICE, Chosen, committed_moments
from jtai_cli.cli.reading.days import day_of
from jtai_cli.cli.reading.past import (
    as_day,
    committed_at,
    loaded_then,
    opened_at,
    opened_for,
    say_what_is_later,
)
from jtai_cli.cli.reading.plans import load_plans
from jtai_cli.cli.reading.versions import is_in, shown
from jtai_cli.cli.reading.where import Where
from jtai_cli.facts.moments import Gap, Held, Moment, Point, Revision
from jtai_cli.plan.versions import version_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from jtai_cli.cli.inputs import Request
    from jtai_cli.git import Entry, Repository
    from jtai_cli.plan.load import Loaded
    from jtai_cli.plan.problem import Problem
    from jtai_cli.report import Committed

    Changes = Mapping[str, Entry | None]


class History(NamedTuple):
    """The plans that are asked about, as they stand in the end and as they came to.

    `moments` can be walked through once. The last is what is on disk, with --at the last commit.
    """

    moments: Iterator[Moment]
    loaded: Loaded
    as_of: dt.date
    committed: Committed | None
    found: Repository

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


@contextmanager
def history_of(request: Request) -> Iterator[History]:
    """The history of the plans that are asked about, open while it is walked through.

    Raises:
        NothingToJudge: nothing is committed, the clone is shallow, or no plan is there in the end.
    """
    # slow to import, and only a look back needs it
    from jtai_cli.git import first_parents

    with opened_for(request.plans, request.at) as (found, asked, _):
        where = Where(found, request.plans)
        steps = first_parents(found, found.commit or "")
        commit = steps[-1].commit
        day = asked or day_of(commit.time)
        if request.at is None:
            loaded, committed, as_of = load_plans(request.plans), None, request.date
            say_what_is_later(request, day)
        else:
            loaded = loaded_then(found, where, request.plans, commit)
            committed, as_of = committed_at(commit, request.at), request.date_at(day)
        wanted = _wanted(found, where, loaded) if request.plans else None
        cache = Cache(found, used=not request.no_cache)
        moments = committed_moments(found, where, steps, wanted, cache)
        if request.at is None:
            moments = _then_on_disk(found, moments, loaded, as_of)
        yield History(moments, loaded, as_of, committed, found)


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


def _then_on_disk(
    found: Repository, moments: Iterator[Moment], loaded: Loaded, as_of: dt.date
) -> Iterator[Moment]:
    """The moments of commits, and then what is on disk."""
    last: Moment | None = None
    for moment in moments:
        last = moment
        yield moment
    here = Revision(None, as_of, None)
    plans = {one.plan.id: Held(one.file, version_of(one.plan)) for one in loaded.plans}
    gaps: dict[str, Gap] = {}
    for problem in loaded.problems:
        name = _name_here(found, problem.file)
        if problem.severity == "error" and name not in gaps:
            gaps[name] = _gap_on_disk(name, problem, last, here)
    yield Moment(here, plans, gaps)


def _gap_on_disk(name: str, problem: Problem, last: Moment | None, here: Revision) -> Gap:
    """A file that does not load on disk, and may not have in the last commit."""
    was = last.gaps.get(name) if last else None
    since = was.since if was else here
    if problem.rule == TWICE or problem.plan is not None:
        plan_id = None if problem.rule == TWICE else problem.plan
        return Gap(name, plan_id, since, problem)
    held = (plan_id for plan_id, one in last.plans.items() if one.file == name) if last else ()
    return Gap(name, was.plan_id if was else next(iter(held), None), since, problem)
