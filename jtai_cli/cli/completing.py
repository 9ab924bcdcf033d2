"""What a shell offers to complete a word with."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from click.shell_completion import CompletionItem

    from jtai_cli.plan.load import LoadedPlan


def complete_plans(
    _context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Plan ids that begin so, and files and folders."""
    from click.shell_completion import CompletionItem

    ids = [one.plan.id for one in _plans_quietly() if one.plan.id.startswith(incomplete)]
    # bash forgets what came before files
    return [CompletionItem(incomplete, type="file"), *(CompletionItem(one) for one in ids)]


def complete_refs(
    _context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Refs that begin so, with the plan in front where several plans have the ref."""
    from click.shell_completion import CompletionItem

    actions = [
        (one.plan.id, action)
        for one in _plans_quietly()
        for objective in one.plan.objectives
        for action in objective.actions
    ]
    known = Counter(action.ref for _, action in actions)
    found: dict[str, str] = {}
    for plan_id, action in actions:
        whole = f"{plan_id}#{action.ref}"
        # a shell keeps only what begins as typed, so a ref that is begun is offered as it is
        alone = known[action.ref] == 1 or (incomplete and action.ref.startswith(incomplete))
        ref = action.ref if alone and "#" not in incomplete else whole
        if ref.startswith(incomplete):
            found.setdefault(ref, " ".join(action.text.split())[:60])
    return [CompletionItem(ref, help=text) for ref, text in found.items()]


def _plans_quietly() -> Sequence[LoadedPlan]:
    """The plans that load, for completion: whatever is wrong, it must say nothing."""
    from jtai_cli.cli.reading.plans import load_plans

    try:
        return load_plans(()).plans
    except click.ClickException:
        return ()
