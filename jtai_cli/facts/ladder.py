"""Better and worse: the order of ratings, also across two versions of a scheme."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from jtai_cli.plan.scheme import Rating, Scheme

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

        Ratings count by what they stand for; two that stand for the same, by their order in the new
        scheme. A word that the old scheme lacks stood for nothing that could get better or worse.
        """
        was, now = self.old.find(before), self.new.find(after)
        if was is None and before is not None:
            return 0
        old, new = (rating.counts_as if rating else None for rating in (was, now))
        if old == new:
            return self._steps_between(before, now)
        if (old, new) == ("off_track", "not_started"):
            # what was begun can't be begun again, and would no longer be overdue and off track
            return 1
        return _STEPS[old] - _STEPS[new]

    def _steps_between(self, before: str | None, now: Rating | None) -> int:
        """How far apart two ratings are that stand for the same."""
        was = self.new.find(before)
        if was is None or now is None or was.counts_as != now.counts_as:
            return 0
        return self.new.ratings.index(was) - self.new.ratings.index(now)

    def complete(self, before: str | None, after: str | None) -> tuple[bool, bool]:
        """Whether the rating counts as complete, before and after the edit.

        Of a word that the old scheme lacks nobody can say, so it counts as the new one does.
        """
        was, now = self.old.find(before), self.new.find(after)
        is_complete = now is not None and now.counts_as == "complete"
        if was is None and before is not None:
            return is_complete, is_complete
        return was is not None and was.counts_as == "complete", is_complete
