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
    asked = f"; {wanted}" if wanted else ""
    if len(plans) == 1:
        return plans[0].title, f"{headline}, as of {in_words(as_of)}{asked}"
    return headline, f"As of {in_words(as_of)}{asked}"
