"""Plans on disk that are judged by a day of the past: what was committed later is no secret."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from jtai_cli.cli.inputs import today
from jtai_cli.cli.reading.project import NothingToJudge

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from jtai_cli.cli.inputs import Request


def say_if_in_the_past(request: Request) -> None:
    """Say so, when plans on disk are judged by a day, given by --as-of, before their last commit.

    Git is asked only about a day of the past. Where it can't answer, or nothing had been committed
    by then, nobody knows how the plans stood, and nothing is said.
    """
    # JTAI_AS_OF stands in for today
    as_of = request.date_at(today())
    if request.at is None and as_of < today():
        with suppress(NothingToJudge):
            _say_what_is_later(as_of, request.plans)


def _say_what_is_later(as_of: dt.date, plans: Sequence[str]) -> None:
    # slow to import, and only a look back needs it
    from jtai_cli.cli.reading.days import day_of, end_of
    from jtai_cli.cli.reading.past import opened_for, say_later
    from jtai_cli.git import commit_of, last_until

    with opened_for(plans, None) as (found, _, _):
        head = found.commit or ""
        last = last_until(found, head, end_of(as_of))
        if last is not None and last.hash != head:
            say_later(as_of, day_of(commit_of(found, head).time))
