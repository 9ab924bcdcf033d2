"""Plans as they were committed: at a revision, or at the end of a day."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from jtai_cli import files
from jtai_cli.cli.reading.days import day_of, end_of
from jtai_cli.cli.reading.plans import EMPTY_NAME
from jtai_cli.cli.reading.project import NothingToJudge, project_of, refuse_bad_policy
from jtai_cli.cli.reading.versions import (
    contents,
    entry_then,
    no_plan,
    repository,
    shown,
)
from jtai_cli.cli.reading.where import Where, is_file, plans_in
from jtai_cli.cli.request import today
from jtai_cli.plan.problem import Problem, did_you_mean, quoted
from jtai_cli.report import Committed
from jtai_cli.report.cells import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jtai_cli.cli.reading.plans import Known
    from jtai_cli.cli.reading.project import Project
    from jtai_cli.git import Commit, Entry, Repository
    from jtai_cli.plan.load import Loaded

_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


def plans_as_committed(plans: Sequence[str], at: str) -> tuple[Loaded, Committed, dt.date]:
    """The plans of a commit, which commit it is, and the day that is meant.

    Raises:
        NothingToJudge: there is no such commit or day, or there was no such plan then.
    """
    with plans_at(plans, at) as (found, commit, day):
        loaded = loaded_then(found, Where(found, plans), plans, commit)
    return loaded, committed_at(commit, at), day


class Then(NamedTuple):
    """The texts of plans that a commit has, by name, or why they have none.

    `beside` are the names and ids of those that are not asked about, `day` the one that is meant.
    """

    texts: Mapping[str, bytes | Problem]
    beside: Sequence[tuple[str, str | None]]
    committed: Committed
    day: dt.date


def texts_as_committed(plans: Sequence[str], at: str) -> Then:
    """The texts of the plans of a commit, and what has to be known to judge them.

    Raises:
        NothingToJudge: there is no such commit or day, or there was no such plan then.
    """
    from jtai_cli.plan.ids import id_in

    with plans_at(plans, at) as (found, commit, day):
        where = Where(found, plans)
        entries = entries_then(found, where, plans, commit)
        every = plans_in(found, where.folders_then()) if plans else {}
        beside = {path: one for path, one in every.items() if path not in entries and is_file(one)}
        ids = [(shown(found, path), id_in(text)) for path, text in contents(found, beside).items()]
        return Then(texts_of(found, entries), ids, committed_at(commit, at), day)


def committed_at(commit: Commit, asked: str) -> Committed:
    """Where plans were read from, by what was asked for."""
    return Committed(commit.hash, day_of(commit.time), asked)


@contextmanager
def plans_at(plans: Sequence[str], at: str | None) -> Iterator[tuple[Repository, Commit, dt.date]]:
    """The repository of plans, opened at the commit that is meant, with that and the day.

    Raises:
        NothingToJudge: there is no such commit, or no such day.
    """
    # slow to import, and only a look back needs it
    from jtai_cli.git import commit_of

    with opened_for(plans, at) as (found, day, last):
        commit = last or commit_of(found, found.commit or "")
        yield found, commit, day or day_of(commit.time)


@contextmanager
def opened_for(
    plans: Sequence[str], at: str | None
) -> Iterator[tuple[Repository, dt.date | None, Commit | None]]:
    """The repository of plans, opened at the commit that is meant; and a day's commit, if one is.

    None means the commit that is checked out, whatever else may be called HEAD.

    Raises:
        NothingToJudge: there is no such commit, or no such day.
    """
    # slow to import, and only a look back needs it
    from jtai_cli.git import last_until

    if not all(plans):
        raise NothingToJudge(EMPTY_NAME)
    day = None if at is None else as_day(at)
    with opened_at(_start(plans), None if day else at) as found:
        if found.commit is None:
            raise NothingToJudge("nothing has been committed here yet")
        if day is None:
            yield found, None, None
            return
        last = last_until(found, found.commit, end_of(day))
        if last is None:
            raise NothingToJudge(f"nothing had been committed here by {in_words(day)}")
        found.commit = last.hash
        yield found, day, last


def _start(plans: Sequence[str]) -> Path:
    """Where to look for the repository of some plans; whatever the policy says, it is of that."""
    # a link may lead out of the repository that it stands in
    paths = sorted(map(Path, plans), key=files.is_link)
    place = Path(files.real(paths[0])) if paths else files.here()
    if place is None:
        raise NothingToJudge("the working directory is gone")
    return files.root_of_repository(place if files.is_folder(place) else place.parent)


@contextmanager
def opened_at(start: Path, revision: str | None) -> Iterator[Repository]:
    """The repository that a folder lies in, open at a revision, or at HEAD.

    Raises:
        NothingToJudge: git can't say what is asked; maybe a day was meant.
    """
    with ExitStack() as opened:
        try:
            found = opened.enter_context(repository(start, revision))
        except NothingToJudge as error:
            raise NothingToJudge(error.message + _if_a_day(revision or "")) from error
        yield found


def _if_a_day(written: str) -> str:
    """What to write for a day in a form that only people know."""
    from jtai_cli.plan.dates import why_not_a_date

    hint = why_not_a_date(written, "").hint or ""
    return f". For a day, {hint}" if hint.startswith("write 2") else ""


def as_day(written: str) -> dt.date | None:
    """The day that is meant, if it is one and no revision.

    Raises:
        NothingToJudge: there is no such day, or it is still to come.
    """
    if not _DATE.fullmatch(written):
        return None
    try:
        day = dt.date.fromisoformat(written)
    except ValueError as error:
        from jtai_cli.plan.dates import why_not_a_date

        raise NothingToJudge(f"{quoted(written)}: {why_not_a_date(written, '')[1]}") from error
    if day > today():
        raise NothingToJudge(
            f"{in_words(day)} is still to come: what is not committed yet can't be shown. "
            f"To judge the plans as they are by that day: --as-of {day}"
        )
    return day


def project_here() -> Project:
    """The project of the working directory.

    Raises:
        NothingToJudge: it is gone, or its policy is faulty.
    """
    here = files.here()
    if here is None:
        raise NothingToJudge("no plan found: the working directory is gone")
    project = project_of(here)
    refuse_bad_policy(project)
    return project


def loaded_then(
    found: Repository,
    where: Where,
    plans: Sequence[str],
    commit: Commit,
    known: Known | None = None,
) -> Loaded:
    """Read the plans that are meant from the opened commit, less what is known as a sound plan.

    Raises:
        NothingToJudge: there was no such plan then, or its policy does not say where they were.
    """
    from jtai_cli.plan.load import Loaded, load

    texts = texts_of(found, entries_then(found, where, plans, commit))
    loaded = load({name: text for name, text in texts.items() if isinstance(text, bytes)}, known)
    odd = [text for text in texts.values() if isinstance(text, Problem)]
    order = {name: number for number, name in enumerate(texts)}
    problems = sorted([*loaded.problems, *odd], key=lambda problem: order[problem.file])
    return Loaded(loaded.plans, tuple(problems))


def texts_of(found: Repository, entries: Mapping[str, Entry]) -> dict[str, bytes | Problem]:
    """The text of each plan by its name as messages show it, in order; why it has none."""
    named = {shown(found, path): entries[path] for path in sorted(entries, key=_parts)}
    texts = contents(found, {name: one for name, one in named.items() if is_file(one)})
    return {name: texts[name] if name in texts else no_plan(name, named[name]) for name in named}


def entries_then(
    found: Repository, where: Where, plans: Sequence[str], commit: Commit
) -> dict[str, Entry]:
    """The plans that are meant in the opened commit, by path, and what may hide some.

    Raises:
        NothingToJudge: there was no such plan then, or its policy does not say where they were.
    """
    if plans:
        entries: dict[str, Entry] = {}
        for name in plans:
            entries |= _by_path(found, name) or _by_id(found, where, name, commit)
        return entries
    entries = plans_in(found, where.folders_then())
    if not entries:
        raise NothingToJudge(f"there was no plan yet, or none any more, at {_when(commit)}")
    return entries


def _when(commit: Commit) -> str:
    return f"{commit.hash[:12]}, {in_words(day_of(commit.time))}"


def _parts(path: str) -> list[str]:
    return path.split("/")


def _by_path(found: Repository, name: str) -> dict[str, Entry]:
    """The plan of a file's name, or those of a folder's."""
    path = found.path_of(Path(name))
    if path is None:
        return {}
    alone = entry_then(found, path) if path else None
    return {path: alone} if alone else plans_in(found, [path])


def _by_id(found: Repository, where: Where, name: str, commit: Commit) -> dict[str, Entry]:
    """The plan with an id, or with the one that stands in a file of this name now.

    Raises:
        NothingToJudge: there was none.
    """
    from jtai_cli.plan.ids import id_in

    entries = plans_in(found, where.folders_then())
    texts = contents(found, {path: one for path, one in entries.items() if is_file(one)})
    ids = {path: id_in(text) for path, text in texts.items()}
    wanted = {name, _id_on_disk(name)} - {None}
    chosen = {path: entries[path] for path in ids if ids[path] in wanted}
    if not chosen:
        known = [*filter(None, ids.values()), *(shown(found, path) for path in entries)]
        hint = did_you_mean(name, known)
        said = f"{quoted(name)} was not among the plans at {_when(commit)}"
        raise NothingToJudge(f"{said}; {hint}" if hint else said)
    return chosen


def _id_on_disk(name: str) -> str | None:
    """The id of the plan that has this file now, which may have had another one."""
    from jtai_cli.plan.ids import id_in
    from jtai_cli.plan.source import MAX_BYTES

    content = files.read(Path(name), MAX_BYTES)
    return id_in(content) if isinstance(content, bytes) else None
