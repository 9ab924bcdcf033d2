"""Which actions: the options that choose them, and what is said of the choice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from jtai_cli.cli.reading.project import NothingToJudge
from jtai_cli.cli.writing.answers import say_what_failed
from jtai_cli.facts.select import PLACE_FIELDS, VALUE_FIELDS, Wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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


def value_options(fields: Sequence[str] = VALUE_FIELDS) -> Callable[[Any], Any]:
    """An option for each of these fields of `Wanted`, each of which may be repeated."""

    def with_options(command: Any) -> Any:
        for field in reversed(fields):
            command = click.option(f"--{field}", multiple=True, help=_HELP[field])(command)
        return command

    return with_options


place_options = value_options(PLACE_FIELDS)
"""The options that say whose an action is and where it belongs."""


def taken_from(options: dict[str, Any]) -> Wanted:
    """What is wanted, taken out of the options of a command."""
    return Wanted(**{field: options.pop(field) for field in Wanted._fields if field in options})


def in_words(wanted: Wanted) -> str:
    """Which actions were asked for, so that a list can be made again."""
    values = [(field, getattr(wanted, field)) for field in VALUE_FIELDS]
    words = [f"{field}: {' or '.join(some)}" for field, some in values if some]
    words += [flag for flag in ("overdue", "undated", "unrated") if getattr(wanted, flag)]
    if wanted.due_within is not None:
        words.append(f"due within {wanted.due_within} days")
    return ", ".join(words)


def refuse_unknown_values(wanted: Wanted, records: Sequence[Record], loaded: Loaded) -> None:
    """Refuse a value that could never fit: an empty list would look like good news.

    Raises:
        NothingToJudge: no action of these plans has it, or may have it.
    """
    from jtai_cli.facts.select import fits, possible
    from jtai_cli.plan.problem import did_you_mean, quoted

    for field in VALUE_FIELDS:
        values = getattr(wanted, field) if loaded.plans else ()
        known = possible(loaded.plans, records, field) if values else []
        for value in values:
            if not fits(field, value, known):
                say_what_failed(loaded)
                hint = did_you_mean(value, known) or f"there are: {', '.join(known) or 'none'}"
                raise NothingToJudge(f"no action has the {field} {quoted(value)}; {hint}")
