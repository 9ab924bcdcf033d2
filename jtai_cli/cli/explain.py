"""jtai explain: what a rule means, why it matters, how to mend it."""

from __future__ import annotations

import shutil
import textwrap
from typing import TYPE_CHECKING

import click

from jtai_cli.cli.writing.output import write
from jtai_cli.plan.explanations import EXPLANATIONS
from jtai_cli.plan.explanations_of_the_gate import ALSO_CONDITIONS, CONDITIONS

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

NARROWEST, WIDEST = 40, 100


def _complete(
    _context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    return [
        CompletionItem(name, help=explanation.meaning)
        for name, explanation in EXPLANATIONS.items()
        if name.startswith(incomplete)
    ]


@click.command("explain", epilog="Example: jtai explain undated")
@click.argument("rule", required=False, shell_complete=_complete)
def command(rule: str | None) -> int:
    """Explain the RULE whose name stands in brackets after a message; without one, list all."""
    width = min(max(shutil.get_terminal_size((80, 24)).columns, NARROWEST), WIDEST)
    if rule is None:
        write(_listed(width))
        return 0
    name = rule.strip("[]")
    if name not in EXPLANATIONS:
        from jtai_cli.plan.problem import did_you_mean, quoted

        hint = did_you_mean(name, EXPLANATIONS) or "jtai explain lists them"
        raise click.UsageError(f"there is no rule {quoted(name)}; {hint}")
    write(_explained(name, width))
    return 0


def _listed(width: int) -> str:
    longest = max(map(len, EXPLANATIONS))
    return "".join(
        textwrap.fill(
            f"{name:{longest}}  {_kind(name)}: {explanation.meaning}",
            width,
            subsequent_indent=" " * (longest + 2),
        )
        + "\n"
        for name, explanation in EXPLANATIONS.items()
    )


def _explained(name: str, width: int) -> str:
    _, meaning, reason, mending = EXPLANATIONS[name]
    paragraphs = [
        meaning,
        f"Why it matters: {reason}",
        f"How to mend it: {mending}",
    ]
    filled = [textwrap.fill(paragraph, width) for paragraph in paragraphs]
    return "\n\n".join([f"{name} ({_kind(name)})", *filled]) + "\n"


def _kind(name: str) -> str:
    """An error, a warning, something that the gate can fail on, or the last two."""
    if name in CONDITIONS:
        return "condition"
    severity = EXPLANATIONS[name].severity
    return f"{severity}, and a condition" if name in ALSO_CONDITIONS else severity
