"""jtai tracker: the table that a board reads."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import click

from jtai_cli.cli.inputs import cache_option, facts_options
from jtai_cli.cli.reading.history import history_of
from jtai_cli.cli.reading.plans import refuse_nothing
from jtai_cli.cli.reading.project import NothingToJudge
from jtai_cli.cli.reading.wanted import (
    refuse_unknown_values,
    taken_from,
    wanted_in_the_end_options,
)
from jtai_cli.cli.request import Request
from jtai_cli.cli.writing.answers import give
from jtai_cli.report import Answer

if TYPE_CHECKING:
    from jtai_cli.cli.reading.history import History
    from jtai_cli.facts.moments import Point
    from jtai_cli.facts.moves import Of
    from jtai_cli.facts.snapshots import Survey


@click.command("tracker", epilog="Example: jtai tracker plans/our-plan.yaml --previous 2025-08-07")
@facts_options
@click.option(
    "--previous",
    metavar="REVISION|DATE",
    help="What to compare with: a commit, branch or tag that led to the end, or the end of a day. "
    "Default: the end of the month before.",
)
@click.option(
    "--monthly",
    type=click.IntRange(1, 60),
    metavar="N",
    help="The ends of the last N months, up to 60, instead of the initial and previous columns.",
)
@click.option("--impact", "by_impact", is_flag=True, help="Ratings for impact, not for progress.")
@partial(wanted_in_the_end_options, impact="impact_rating")
@cache_option
def command(previous: str | None, monthly: int | None, by_impact: bool, **options: Any) -> int:
    """Print the board's table: how many actions have each rating, at first, last month and now.

    Below it stand the actions that improved, worsened, came and went. PLANS are files, folders or
    plan ids; without any, all plans found. Options that choose actions must all fit.
    """
    from jtai_cli.facts.known_actions import KnownActions
    from jtai_cli.facts.snapshots import survey_of
    from jtai_cli.facts.tracker import Asked, tracker_of
    from jtai_cli.report.tracker_content import tracker_document
    from jtai_cli.report.tracker_data import tracker_data

    if previous is not None and monthly is not None:
        raise click.UsageError("--previous and --monthly can't be given together")
    wanted = taken_from(options)
    request = Request(**options)
    with history_of(request) as history:
        point = _point(history, previous)
        of: Of = "impact" if by_impact else "progress"
        asked = Asked(history.as_of, point, monthly, of, wanted)
        if monthly and not asked.before:
            raise NothingToJudge("the calendar has no month that ended before the as-of date")
        known = KnownActions()
        moments = known.watched(history.moments)
        survey = survey_of(moments, asked.days, point.commit if point else None)
    _refuse_elsewhere(survey, point, previous)
    tracker = tracker_of(survey, asked, known)
    if not tracker.records:
        refuse_nothing(history.loaded)
    refuse_unknown_values(wanted, tracker.records, history.loaded)
    answer = Answer(lambda: tracker_document(tracker), lambda: tracker_data(tracker))
    return give(answer, request, history.loaded, history.committed)


def _point(history: History, previous: str | None) -> Point | None:
    """Where the previous column lies, if that was asked for.

    Raises:
        NothingToJudge: there is no such commit or day, or it lies after the end.
    """
    if previous is None:
        return None
    from jtai_cli.plan.problem import quoted
    from jtai_cli.report.cells import in_words as day_in_words

    point = history.point(previous)
    if point.day is not None and point.day > history.as_of:
        end = day_in_words(history.as_of)
        raise NothingToJudge(f"--previous {quoted(previous)} lies after the as-of date, {end}")
    return point


def _refuse_elsewhere(survey: Survey, point: Point | None, previous: str | None) -> None:
    """Refuse a commit that is not one of those that lead to the end.

    Raises:
        NothingToJudge: it comes later, is on another branch, or came in with a merge.
    """
    from jtai_cli.plan.problem import quoted

    if point is not None and point.day is None and survey.at_commit is None:
        raise NothingToJudge(
            f"--previous {quoted(previous or '')} is no commit that the plans stood at on the way "
            "here: it comes later, is on another branch, or came in with a merge. Name a commit of "
            "this branch (git log --first-parent), or a day"
        )
