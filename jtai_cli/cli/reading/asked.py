"""The plans that a command is asked about, as they are on disk or as they were committed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jtai_cli.cli.reading.plans import load_plans

if TYPE_CHECKING:
    import datetime as dt

    from jtai_cli.cli.request import Request
    from jtai_cli.plan.load import Loaded
    from jtai_cli.report import Committed


class Reading(NamedTuple):
    """The plans that a command is asked about, the day to judge them by, and where they stood.

    `committed` is None for what is on disk.
    """

    loaded: Loaded
    as_of: dt.date
    committed: Committed | None = None


def read_plans(request: Request) -> Reading:
    """The plans on disk, or, with --at, those of a commit."""
    if request.at is None:
        return Reading(load_plans(request.plans), request.date)
    # slow to import, and only a look back needs it
    from jtai_cli.cli.reading.past import plans_as_committed

    loaded, committed, day = plans_as_committed(request.plans, request.at)
    return Reading(loaded, request.date_at(day), committed)
