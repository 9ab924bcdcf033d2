"""jtai show: one action whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from jtai_cli.cli.inputs import Request, complete_refs, facts_options
from jtai_cli.cli.reading.plans import load_plans
from jtai_cli.cli.reading.project import NothingToJudge
from jtai_cli.cli.writing.answers import give, say_what_failed
from jtai_cli.report import Answer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jtai_cli.facts.records import Record


@click.command(
    "show", epilog="Example: jtai show 2.4, or jtai show our-plan#2.4 where plans share the ref"
)
@click.argument("ref", shell_complete=complete_refs)
@facts_options
def command(ref: str, **shared: Any) -> int:
    """Show the action REF with its ratings, measures, evidence and log."""
    from jtai_cli.facts.records import all_records
    from jtai_cli.report.actions_content import show_document
    from jtai_cli.report.data import show_data

    request = Request(**shared)
    loaded = load_plans(request.plans)
    date = request.date
    records = all_records(loaded.plans, date)
    if not records:
        say_what_failed(loaded)
        raise NothingToJudge("no plan that loads has an action to show")
    try:
        record = _the_one(ref, records)
    except NothingToJudge:
        say_what_failed(loaded)
        raise
    answer = Answer(lambda: show_document(record, date), lambda: show_data(record, date))
    return give(answer, request, loaded)


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
