"""jtai actions: the actions, filtered."""

from __future__ import annotations

from typing import Any

import click

from jtai_cli.cli.inputs import facts_options
from jtai_cli.cli.reading.asked import read_plans
from jtai_cli.cli.reading.later import say_if_in_the_past
from jtai_cli.cli.reading.plans import refuse_nothing
from jtai_cli.cli.reading.wanted import refuse_unknown_values, taken_from, wanted_options
from jtai_cli.cli.request import Request
from jtai_cli.cli.writing.answers import give
from jtai_cli.report import Answer


@click.command(
    "actions",
    epilog="Example: jtai actions --owner TVP --overdue. "
    "An option may be repeated: any of its values fits.",
)
@facts_options
@wanted_options
def command(**options: Any) -> int:
    """List actions; options that are given together must all fit."""
    from jtai_cli.facts.records import all_records, counted
    from jtai_cli.facts.select import select
    from jtai_cli.report.actions_content import actions_document
    from jtai_cli.report.choice import in_words
    from jtai_cli.report.data import actions_data

    wanted = taken_from(options)
    request = Request(**options)
    loaded, date, committed = read_plans(request)
    refuse_nothing(loaded)
    say_if_in_the_past(request)
    records = all_records(loaded.plans, date)
    refuse_unknown_values(wanted, records, loaded)
    chosen = select(records, wanted, date)
    plans, of = [one.plan for one in loaded.plans], len(counted(records))
    answer = Answer(
        lambda: actions_document(chosen, of, date, plans, in_words(wanted)),
        lambda: actions_data("actions", chosen, date),
    )
    return give(answer, request, loaded, committed)
