"""What a command is asked for, and the clock."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

import click

if TYPE_CHECKING:
    from pathlib import Path


class Request(NamedTuple):
    """The shared options of a command that gives facts."""

    plans: tuple[str, ...]
    as_of: dt.date | None
    at: str | None
    format: str
    output: Path | None
    color: str
    no_cache: bool = False

    @property
    def date(self) -> dt.date:
        """The date to judge by: the one that is asked for, else today in London."""
        return self.as_of or today()

    def date_at(self, day: dt.date) -> dt.date:
        """The date to judge plans by as they were on a day: that day, unless --as-of is given."""
        return date_at(self.as_of, day)


def date_at(as_of: dt.date | None, day: dt.date) -> dt.date:
    """The date to judge plans by as they were on a day: that day, unless --as-of is given.

    JTAI_AS_OF only stands in for today, and so does a date that no command was given.
    """
    command = click.get_current_context(silent=True)
    given = command and command.get_parameter_source("as_of")
    on_command_line = given is click.core.ParameterSource.COMMANDLINE
    return as_of if as_of and on_command_line else day


class ProblemRequest(NamedTuple):
    """The shared options of a command that lists problems."""

    format: str
    output: Path | None
    color: str


def today() -> dt.date:
    """Today's date where the plans are: the only look at the clock in jtai."""
    from zoneinfo import ZoneInfo

    return dt.datetime.now(ZoneInfo("Europe/London")).date()


def name_of_at() -> str:
    """What the running command calls --at."""
    parameters = click.get_current_context().command.params
    return next(one.opts[0] for one in parameters if one.name == "at")
