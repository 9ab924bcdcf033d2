"""What stands above an answer, so that a part of it that is pasted elsewhere says whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jtai_cli.report.cells import in_words

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from jtai_cli.plan.model import Plan


def heading(
    headline: str, plans: Sequence[Plan], as_of: dt.date, wanted: str = ""
) -> tuple[str, str]:
    """Title and subtitle of what is said of some plans; of one alone, its own title comes first.

    `wanted` says in words which actions were asked for.
    """
    day = as_of_day(as_of, wanted)
    if len(plans) == 1:
        return plans[0].title, f"{headline}, {day[0].lower()}{day[1:]}"
    return headline, day


def as_of_day(as_of: dt.date, wanted: str = "") -> str:
    """The day by which plans are judged, and which actions were asked for: a subtitle."""
    return f"As of {in_words(as_of)}{f'; {wanted}' if wanted else ''}"
