"""Ratings that can't both be right, or that say less than they seem to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jtai_cli.facts.records import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jtai_cli.facts.records import Record

_GOOD = ("complete", "on_track")


class Contradictions(NamedTuple):
    """Actions rated on track yet overdue, and complete ones whose impact is not known as good."""

    on_track_but_overdue: list[Record]
    complete_without_impact: list[Record]


def contradictions(records: Sequence[Record]) -> Contradictions:
    """Find contradictions among the actions that count, in the order they stand."""
    actions = counted(records)
    return Contradictions(
        [record for record in actions if record.overdue and record.standing in _GOOD],
        [record for record in actions if record.complete and not has_good_impact(record)],
    )


def has_good_impact(record: Record) -> bool:
    """Whether the impact is rated, and on track or better."""
    return record.impact is not None and record.impact.counts_as in _GOOD
