"""jtai status: how do the plans stand?"""

from __future__ import annotations

from typing import Any, get_args

import click

from jtai_cli.cli.inputs import facts_options
from jtai_cli.cli.reading.asked import read_plans
from jtai_cli.cli.reading.later import say_if_in_the_past
from jtai_cli.cli.reading.plans import refuse_nothing
from jtai_cli.cli.request import Request
from jtai_cli.cli.writing.answers import give
from jtai_cli.facts.groups import By
from jtai_cli.report import Answer


@click.command(
    "status",
    epilog="Example: jtai status plans/our-plan.yaml --by owner --as-of 2025-08-07",
)
@facts_options
@click.option("--by", type=click.Choice(get_args(By)), help="Group a plan's actions by this.")
def command(by: By | None, **shared: Any) -> int:
    """Say how the plans stand: completion, ratings for progress and impact, what is overdue.

    One plan is shown with its objectives, several in a row each. PLANS are files, folders or plan
    ids; without any, all plans found.
    """
    from jtai_cli.facts.status import status_of
    from jtai_cli.report.data import status_data
    from jtai_cli.report.status_content import status_document

    request = Request(**shared)
    loaded, date, committed = read_plans(request)
    refuse_nothing(loaded)
    say_if_in_the_past(request)
    status = status_of(loaded.plans, date, by or "objective")
    answer = Answer(
        lambda: status_document(status, grouped=by is not None), lambda: status_data(status)
    )
    return give(answer, request, loaded, committed)
