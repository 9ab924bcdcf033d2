"""Which actions: the options that choose them, and the values that are refused."""

from __future__ import annotations

from inspect import cleandoc
from typing import TYPE_CHECKING, Any

import click

from jtai_cli.cli.reading.project import NothingToJudge
from jtai_cli.cli.writing.answers import say_what_failed
from jtai_cli.facts.select import FLAG_FIELDS, STATE_FIELDS, VALUE_FIELDS, Wanted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
    "overdue": "Due before the as-of date, and not complete.",
    "undated": "Without a due date.",
    "unrated": "Without a progress rating.",
    "due_within": "Not complete, and due from the as-of date to so many days after it.",
}
_IN_THE_END = (
    "How an action stands is asked of the end: as it is on disk, or at the commit that is named as "
    "the end, as of the date there. The actions chosen so are then followed back, each by its plan "
    "and ref. Whose an action is, and where it belongs, is asked wherever it is looked at."
)


def wanted_options(command: Any) -> Any:
    """An option for each field of `Wanted`; those that name values may be repeated."""
    return _with_options(command, _HELP, {})


def wanted_in_the_end_options(command: Any, **names: str) -> Any:
    """The same options for a command that looks back, whose help says when each of them holds.

    `names` are of those that are called otherwise than their field, by field.
    """
    command.__doc__ = f"{cleandoc(command.__doc__ or '')}\n\n{_IN_THE_END}"
    said = {
        field: f"In the end: {text[0].lower()}{text[1:]}" if field in STATE_FIELDS else text
        for field, text in _HELP.items()
    }
    return _with_options(command, said, names)


def _with_options(command: Any, helps: Mapping[str, str], names: Mapping[str, str]) -> Any:
    days: dict[str, Any] = {"type": click.IntRange(min=0, max=100_000), "metavar": "DAYS"}
    for field in reversed(Wanted._fields):
        kind: dict[str, Any] = {"multiple": True}
        if field in FLAG_FIELDS:
            kind = {"is_flag": True}
        elif field == "due_within":
            kind = days
        name = f"--{names.get(field, field).replace('_', '-')}"
        command = click.option(name, field, help=helps[field], **kind)(command)
    return command


def taken_from(options: dict[str, Any]) -> Wanted:
    """What is wanted, taken out of the options of a command."""
    return Wanted(**{field: options.pop(field) for field in Wanted._fields if field in options})


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
