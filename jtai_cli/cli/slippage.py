"""jtai slippage: which dates keep moving."""

from __future__ import annotations

from typing import Any

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
from jtai_cli.report import Answer


@click.command("slippage", epilog="Example: jtai slippage plans/our-plan.yaml --owner TVP")
@facts_options
@wanted_in_the_end_options
@cache_option
def command(**options: Any) -> int:
    """Say which dates moved since they were first committed: how often, by how much, and why.

    Beside what is overdue stands what would be, had no date been moved. PLANS are files, folders or
    plan ids; without any, all plans found. Options that choose actions must all fit.
    """
    from jtai_cli.facts.records import all_records
    from jtai_cli.facts.slippage import slippage_of
    from jtai_cli.report.slippage_content import slippage_document
    from jtai_cli.report.slippage_data import slippage_data

    wanted = taken_from(options)
    request = Request(**options)
    with history_of(request) as history:
        loaded, as_of = history.loaded, history.as_of
        refuse_nothing(loaded)
        refuse_unknown_values(wanted, all_records(loaded.plans, as_of), loaded)
        slippage = slippage_of(history.moments, loaded.plans, as_of, wanted)
    answer = Answer(lambda: slippage_document(slippage), lambda: slippage_data(slippage))
    return give(answer, request, loaded, history.committed)
