"""jtai actions: the actions, filtered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from jtai_cli.cli.inputs import Request, facts_options
from jtai_cli.cli.reading.plans import load_plans, refuse_nothing
from jtai_cli.cli.reading.project import NothingToJudge
from jtai_cli.cli.writing.answers import give, say_what_failed
from jtai_cli.facts.select import VALUE_FIELDS, Wanted
from jtai_cli.report import Answer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jtai_cli.facts.records import Record
    from jtai_cli.plan.load import Loaded

_HELP = {
    "owner": "Owned by this partner, by code.",
    "lead": "Under an objective that this partner leads.",
    "objective": "Under the objective with this ref.",
    "theme": "Of this theme.",
    "level": "operational or strategic.",
    "progress": "With this progress rating, such as amber.",
    "impact": "With this impact rating.",
}


def _value_options(function: Any) -> Any:
    for field in reversed(VALUE_FIELDS):
        function = click.option(f"--{field}", multiple=True, help=_HELP[field])(function)
    return function


@click.command(
    "actions",
    epilog="Example: jtai actions --owner TVP --overdue. "
    "An option may be repeated: any of its values fits.",
)
@facts_options
@_value_options
@click.option("--overdue", is_flag=True, help="Due before the as-of date, and not complete.")
@click.option("--undated", is_flag=True, help="Without a due date.")
@click.option("--unrated", is_flag=True, help="Without a progress rating.")
@click.option(
    "--due-within",
    type=click.IntRange(min=0, max=100_000),
    metavar="DAYS",
    help="Not complete, and due from the as-of date to so many days after it.",
)
def command(**options: Any) -> int:
    """List actions; options that are given together must all fit."""
    from jtai_cli.facts.records import all_records, counted
    from jtai_cli.facts.select import select
    from jtai_cli.report.actions_content import actions_document
    from jtai_cli.report.data import actions_data

    wanted = Wanted(**{field: options.pop(field) for field in Wanted._fields})
    request = Request(**options)
    loaded = load_plans(request.plans)
    refuse_nothing(loaded)
    date = request.date
    records = all_records(loaded.plans, date)
    _refuse_unknown_values(wanted, records, loaded)
    chosen = select(records, wanted, date)
    answer = Answer(
        lambda: actions_document(chosen, len(counted(records)), date, _in_words(wanted)),
        lambda: actions_data("actions", chosen, date),
    )
    return give(answer, request, loaded)


def _in_words(wanted: Wanted) -> str:
    """Which actions were asked for, so that a list can be made again."""
    values = [(field, getattr(wanted, field)) for field in VALUE_FIELDS]
    words = [f"{field}: {' or '.join(some)}" for field, some in values if some]
    words += [flag for flag in ("overdue", "undated", "unrated") if getattr(wanted, flag)]
    if wanted.due_within is not None:
        words.append(f"due within {wanted.due_within} days")
    return ", ".join(words)


def _refuse_unknown_values(wanted: Wanted, records: Sequence[Record], loaded: Loaded) -> None:
    """Refuse a value that could never fit: an empty list would look like good news."""
    from jtai_cli.facts.select import fits, possible
    from jtai_cli.plan.problem import did_you_mean, quoted

    for field in VALUE_FIELDS:
        known = possible(loaded.plans, records, field)
        for value in getattr(wanted, field):
            if loaded.plans and not fits(field, value, known):
                say_what_failed(loaded)
                hint = did_you_mean(value, known) or f"there are: {', '.join(known) or 'none'}"
                raise NothingToJudge(f"no action has the {field} {quoted(value)}; {hint}")
