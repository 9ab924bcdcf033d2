"""jtai trend: completion over time, against what was planned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from jtai_cli.cli.inputs import cache_option, facts_options
from jtai_cli.cli.reading.history import history_of
from jtai_cli.cli.reading.plans import refuse_nothing
from jtai_cli.cli.reading.wanted import (
    refuse_unknown_values,
    taken_from,
    wanted_in_the_end_options,
)
from jtai_cli.cli.request import Request
from jtai_cli.cli.writing.answers import give
from jtai_cli.facts.calendar import EVERY
from jtai_cli.report import Answer

if TYPE_CHECKING:
    from jtai_cli.facts.calendar import Every


@click.command("trend", epilog="Example: jtai trend plans/our-plan.yaml --every quarter")
@facts_options
@click.option(
    "--every",
    type=click.Choice(EVERY),
    default="month",
    help="How far apart the points are: the ends of weeks, months (the default) or quarters.",
)
@wanted_in_the_end_options
@cache_option
def command(every: Every, **options: Any) -> int:
    """Show completion and ratings over time, against what should have been complete by then.

    What was planned is told twice: by the dates that actions had at first, and by those that they
    had then. PLANS are files, folders or plan ids; without any, all plans found. Options that
    choose actions must all fit.
    """
    from jtai_cli.facts.trend import path_of, trend_of
    from jtai_cli.report.trend_content import trend_document
    from jtai_cli.report.trend_data import trend_data

    wanted = taken_from(options)
    request = Request(**options)
    with history_of(request) as history:
        path = path_of(history.moments, history.as_of, every)
    records = path.records
    if not records:
        refuse_nothing(history.loaded)
    refuse_unknown_values(wanted, records, history.loaded)
    answer = Answer(
        lambda: trend_document(trend_of(path, wanted, each_plan=False)),
        lambda: trend_data(trend_of(path, wanted)),
    )
    return give(answer, request, history.loaded, history.committed)
