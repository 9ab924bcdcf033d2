"""Plans on disk that are judged by a day of the past: what was committed later is no secret.

Their ratings of a later day would else be taken for those of that day.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from jtai_cli.cli.reading.project import NothingToJudge
from jtai_cli.cli.request import name_of_at, today
from jtai_cli.cli.writing.output import complain

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from jtai_cli.cli.request import Request
    from jtai_cli.git import Step


def say_if_in_the_past(request: Request) -> None:
    """Say so, when plans on disk are judged by a day, given by --as-of, before their last commit.

    Git is asked only about a day of the past. Where it can't answer, or nothing had been committed
    by then, nobody knows how the plans stood, and nothing is said.
    """
    # JTAI_AS_OF stands in for today
    as_of = request.date_at(today())
    if request.at is None and as_of < today():
        with suppress(NothingToJudge):
            _look_for_later(as_of, request.plans)


def say_what_is_later(request: Request, steps: Sequence[Step]) -> None:
    """The same of plans on disk whose commits are known."""
    # slow to import, and only a look back needs it
    from jtai_cli.cli.reading.days import day_of

    last = day_of(steps[-1].commit.time)
    as_of = request.date_at(today())
    begun = day_of(min(step.commit.time for step in steps))
    if begun <= as_of < min(last, today()):
        _say(as_of, last)


def _look_for_later(as_of: dt.date, plans: Sequence[str]) -> None:
    # slow to import, and only a look back needs it
    from jtai_cli.cli.reading.days import day_of, end_of
    from jtai_cli.cli.reading.past import opened_for
    from jtai_cli.git import commit_of, last_until

    with opened_for(plans, None) as (found, _, _):
        head = found.commit or ""
        last = last_until(found, head, end_of(as_of))
        if last is not None and last.hash != head:
            _say(as_of, day_of(commit_of(found, head).time))


def _say(as_of: dt.date, day: dt.date) -> None:
    # slow to import, and a command is offered to shells without it
    from jtai_cli.report.cells import in_words

    complain(
        "The plans are as they are on disk, with what was committed up to "
        f"{in_words(day)}; only dates are judged as of {in_words(as_of)}. "
        f"For the plans as they were then: {name_of_at()} {as_of}"
    )
