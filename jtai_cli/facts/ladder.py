"""Better and worse: the order of ratings, also across two versions of a scheme."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from jtai_cli.plan.scheme import Scheme

# Not rated stands between good and bad: to take a bad rating away makes a plan look better, and
# to take a good one away makes it look worse. Work that begins may turn out to be off track.
_STEPS = {
    "complete": 0,
    "on_track": 1,
    None: 2,
    "at_risk": 3,
    "off_track": 4,
    "not_started": 4,
}


class Ladder(NamedTuple):
    """The schemes of a plan before and after an edit."""

    old: Scheme
    new: Scheme

    @property
    def same(self) -> bool:
        """Whether ratings mean the same before and after."""
        return self.old == self.new

    def move(self, before: str | None, after: str | None) -> int:
        """Above 0 when the rating after the edit is better than the one before, below when worse.

        Ratings count by what they stand for; two that stand for the same, by their order in the
        scheme, as long as it is the same scheme.
        """
        was, now = self.old.find(before), self.new.find(after)
        standings = [rating.counts_as if rating else None for rating in (was, now)]
        if was and now and self.same and standings[0] == standings[1]:
            return self.old.ratings.index(was) - self.new.ratings.index(now)
        return _STEPS[standings[0]] - _STEPS[standings[1]]

    def complete(self, before: str | None, after: str | None) -> tuple[bool, bool]:
        """Whether the rating counts as complete, before and after the edit."""
        was, now = self.old.find(before), self.new.find(after)
        return (
            was is not None and was.counts_as == "complete",
            now is not None and now.counts_as == "complete",
        )
