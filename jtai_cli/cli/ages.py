"""jtai ages: ratings that do not move, and actions that nobody updates."""

from __future__ import annotations

from typing import Any

import click

from jtai_cli.cli.inputs import cache_option, facts_options
from jtai_cli.cli.reading.history import history_of
from jtai_cli.cli.reading.past import project_here
from jtai_cli.cli.reading.plans import refuse_nothing
from jtai_cli.cli.reading.wanted import (
    refuse_unknown_values,
    taken_from,
    wanted_in_the_end_options,
)
from jtai_cli.cli.request import Request
from jtai_cli.cli.writing.answers import give
from jtai_cli.report import Answer


@click.command("ages", epilog="Example: jtai ages --owner TVP --stale-after 60")
@facts_options
@wanted_in_the_end_options
@cache_option
@click.option(
    "--stale-after",
    type=click.IntRange(min=0, max=100_000),
    metavar="DAYS",
    help="Days after which a rating or an action is old, instead of the policy's.",
)
@click.option("--all", "every", is_flag=True, help="List all open actions, not only the old ones.")
def command(stale_after: int | None, every: bool, **options: Any) -> int:
    """Say, by owner, which ratings have not moved and which actions nobody has updated.

    PLANS are files, folders or plan ids; without any, all plans found. Options that choose
    actions must all fit.
    """
    from jtai_cli.facts.ages import ages_of, old_only
    from jtai_cli.facts.records import all_records
    from jtai_cli.report.ages_content import ages_document
    from jtai_cli.report.ages_data import ages_data

    wanted = taken_from(options)
    request = Request(**options)
    limit = project_here().policy.stale_after if stale_after is None else stale_after
    with history_of(request) as history:
        loaded, as_of = history.loaded, history.as_of
        refuse_nothing(loaded)
        refuse_unknown_values(wanted, all_records(loaded.plans, as_of), loaded)
        ages = ages_of(history.moments, loaded.plans, as_of, wanted, limit)
    listed = ages if every else old_only(ages)
    answer = Answer(lambda: ages_document(listed), lambda: ages_data(listed))
    return give(answer, request, loaded, history.committed)
