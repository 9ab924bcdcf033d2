"""jtai show: one action whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from jtai_cli.cli.completing import complete_refs
from jtai_cli.cli.inputs import cache_option, facts_options
from jtai_cli.cli.reading.asked import read_plans
from jtai_cli.cli.reading.project import NothingToJudge
from jtai_cli.cli.request import Request
from jtai_cli.cli.writing.answers import give, say_what_failed
from jtai_cli.report import Answer

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from jtai_cli.cli.reading.lives import Told
    from jtai_cli.facts.records import Record
    from jtai_cli.report.cells import Document
    from jtai_cli.report.data import Data


@click.command(
    "show", epilog="Example: jtai show 2.4, or jtai show our-plan#2.4 where plans share the ref"
)
@click.argument("ref", shell_complete=complete_refs)
@facts_options
@cache_option
@click.option("--no-authors", is_flag=True, help="Leave out who committed what.")
def command(ref: str, no_authors: bool, **shared: Any) -> int:
    """Show the action REF with its ratings, measures, evidence and log, and its life.

    Its life is each change of rating, date, owner and words that was committed, and why.
    """
    from jtai_cli.cli.reading.lives import life_told
    from jtai_cli.facts.records import all_records

    request = Request(**shared)
    loaded, date, committed = read_plans(request)
    records = all_records(loaded.plans, date)
    if not records:
        say_what_failed(loaded)
        raise NothingToJudge("no plan that loads has an action to show")
    try:
        record = _the_one(ref, records)
    except NothingToJudge:
        say_what_failed(loaded)
        raise
    told = life_told(request, record, date)
    authors = not no_authors
    answer = Answer(
        lambda: _document(record, date, told, authors=authors),
        lambda: _data(record, date, told, authors=authors),
    )
    return give(answer, request, loaded, committed)


def _document(record: Record, as_of: dt.date, told: Told, *, authors: bool) -> Document:
    from jtai_cli.report.actions_content import show_document
    from jtai_cli.report.life_content import age_cells, life_blocks, without_life

    if told.life is None:
        return show_document(record, as_of, life=(without_life(told.reason or ""),))
    age, blocks = age_cells(told.life, record, as_of), life_blocks(told.life, authors=authors)
    return show_document(record, as_of, age, blocks)


def _data(record: Record, as_of: dt.date, told: Told, *, authors: bool) -> Data:
    from jtai_cli.report.data import show_data
    from jtai_cli.report.life_data import life_data

    return show_data(record, as_of, life_data(*told, as_of, authors=authors))


def _the_one(ref: str, records: Sequence[Record]) -> Record:
    from jtai_cli.plan.problem import did_you_mean, quoted

    plan_id, _, action_ref = ref.rpartition("#")
    found = [
        record
        for record in records
        if record.action.ref == action_ref and plan_id in ("", record.plan.id)
    ]
    if len(found) == 1:
        return found[0]
    if found:
        names = " or ".join(f"{record.plan.id}#{action_ref}" for record in found)
        raise NothingToJudge(f"several plans have an action {quoted(action_ref)}: say {names}")
    known = [record.action.ref for record in records if plan_id in ("", record.plan.id)]
    if not known:
        ids = dict.fromkeys(record.plan.id for record in records)
        hint = did_you_mean(plan_id, ids) or f"there are: {', '.join(ids)}"
        raise NothingToJudge(f"no plan has the id {quoted(plan_id)}; {hint}")
    hint = did_you_mean(action_ref, known) or "jtai actions lists them"
    raise NothingToJudge(f"no action has the ref {quoted(action_ref)}; {hint}")
