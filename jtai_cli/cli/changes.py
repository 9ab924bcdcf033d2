"""jtai changes: what moved since a commit or a date."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import click

from jtai_cli.cli.inputs import cache_option, facts_options, until_option
from jtai_cli.cli.reading.history import history_of
from jtai_cli.cli.reading.past import as_day
from jtai_cli.cli.reading.plans import refuse_nothing
from jtai_cli.cli.reading.project import NothingToJudge
from jtai_cli.cli.reading.wanted import (
    refuse_unknown_values,
    taken_from,
    wanted_in_the_end_options,
)
from jtai_cli.cli.request import Request
from jtai_cli.cli.writing.answers import give, say_what_failed
from jtai_cli.report import Answer

if TYPE_CHECKING:
    import datetime as dt

    from jtai_cli.cli.reading.history import History
    from jtai_cli.facts.changes import Window
    from jtai_cli.facts.moments import Moment, Point


@click.command(
    "changes",
    epilog="Example: jtai changes plans/our-plan.yaml --since 2025-08-07 --format markdown",
)
@click.option(
    "--since",
    required=True,
    metavar="REVISION|DATE",
    help="The start: a commit, branch or tag that led to the end, or the end of a day.",
)
@partial(facts_options, point=until_option)
@click.option("--no-authors", is_flag=True, help="Leave out the names of those who committed.")
@wanted_in_the_end_options
@cache_option
def command(since: str, no_authors: bool, **options: Any) -> int:
    """Say what moved, by which commit, and why the headline did.

    The headline comes with its arithmetic; each action stands under what happened to it. PLANS are
    files, folders or plan ids; without any, all plans found. Options that choose actions must all
    fit.
    """
    from jtai_cli.facts.changes import changes_in, window_of
    from jtai_cli.facts.moments import records_at
    from jtai_cli.report.changes_content import changes_document
    from jtai_cli.report.changes_data import changes_data

    wanted = taken_from(options)
    request = Request(**options)
    with history_of(request) as history:
        point = history.point(since)
        if point.day:
            _refuse_later(since, point.day, _last_day(request, history))
        window = window_of(history.moments, point)
        loaded = history.loaded
    if window.first is None:
        say_what_failed(loaded)
    start = _start_of(window, point, since)
    day = point.day or start.revision.day
    _refuse_later(since, day, history.as_of)
    records = [*records_at(start.plans, day), *records_at(window.end.plans, history.as_of)]
    if not records:
        refuse_nothing(loaded)
    refuse_unknown_values(wanted, records, loaded)
    changes = changes_in(window, day, history.as_of, wanted)
    authors = not no_authors
    answer = Answer(
        lambda: changes_document(changes, authors=authors),
        lambda: changes_data(changes, authors=authors),
    )
    return give(answer, request, loaded)


def _last_day(request: Request, history: History) -> dt.date:
    """The day of the end: the one that was asked for, that of the commit, or the as-of date."""
    asked = as_day(request.at) if request.at else None
    return asked or (history.committed.day if history.committed else history.as_of)


def _refuse_later(since: str, day: dt.date, end: dt.date) -> None:
    from jtai_cli.plan.problem import quoted
    from jtai_cli.report.cells import in_words as day_in_words

    if day > end:
        of = "" if since == day.isoformat() else f", of {day_in_words(day)},"
        raise NothingToJudge(
            f"--since {quoted(since)}{of} is later than the end, {day_in_words(end)}: "
            "name an earlier start"
        )


def _start_of(window: Window, point: Point, since: str) -> Moment:
    """The plans at the start.

    Raises:
        NothingToJudge: the start is none of the commits that led to the end, or there was no plan.
    """
    from jtai_cli.plan.problem import quoted
    from jtai_cli.report.revisions import commit_of_day

    if window.start is None and point.commit:
        raise NothingToJudge(
            f"--since {quoted(since)} is none of the commits that led, each the first parent of "
            f"the next, to the end: it came later, or by a branch. Name one of those, or a date"
        )
    if window.start is None or not window.begun:
        first = (
            f"the first is of {commit_of_day(window.first)}"
            if window.first
            else "nor is there one now"
        )
        raise NothingToJudge(
            f"--since {quoted(since)}: no plan that can be read was committed by then; {first}"
        )
    return window.start
