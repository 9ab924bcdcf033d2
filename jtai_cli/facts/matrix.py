"""Progress against impact: was it done, and did it make a difference?"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from jtai_cli.facts.records import UNRATED, counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jtai_cli.facts.records import Record
    from jtai_cli.plan.scheme import Scheme


def progress_by_impact(records: Sequence[Record], scheme: Scheme) -> dict[str, dict[str, int]]:
    """Counts of actions: progress key, then impact key, both best first with "unrated" last."""
    counts = Counter(
        (
            record.progress.key if record.progress else UNRATED,
            record.impact.key if record.impact else UNRATED,
        )
        for record in counted(records)
    )
    keys = (*(rating.key for rating in scheme.ratings), UNRATED)
    return {progress: {impact: counts[progress, impact] for impact in keys} for progress in keys}
