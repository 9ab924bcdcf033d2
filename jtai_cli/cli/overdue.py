"""jtai overdue: what is late?"""

from __future__ import annotations

from typing import Any

import click

from jtai_cli.cli.inputs import facts_options
from jtai_cli.cli.reading.asked import read_plans
from jtai_cli.cli.reading.later import say_if_in_the_past
from jtai_cli.cli.reading.plans import refuse_nothing
from jtai_cli.cli.request import Request
from jtai_cli.cli.writing.answers import give
from jtai_cli.report import Answer


@click.command("overdue", epilog="Example: jtai overdue --as-of 2025-08-07 --format csv")
@facts_options
def command(**shared: Any) -> int:
    """List what is late, by how many days, and whose it is; the latest first.

    An action is overdue when its due date is before the as-of date and it is not complete.
    """
    from jtai_cli.facts.records import all_records, counted
    from jtai_cli.facts.select import overdue
    from jtai_cli.report.actions_content import overdue_document
    from jtai_cli.report.data import actions_data

    request = Request(**shared)
    loaded, date, committed = read_plans(request)
    refuse_nothing(loaded)
    say_if_in_the_past(request)
    records = all_records(loaded.plans, date)
    late = overdue(records)
    plans = [one.plan for one in loaded.plans]
    answer = Answer(
        lambda: overdue_document(late, counted(records), date, plans),
        lambda: actions_data("overdue", late, date),
    )
    return give(answer, request, loaded, committed)
