"""Where the files of a history could not be read: since when, and until when."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jtai_cli.facts.moments import Gap, Moment, Revision


class GapSpan(NamedTuple):
    """Commits from one on, up to but without another, at which a plan file did not load.

    `until` is None when it does not load in the end.
    """

    gap: Gap
    until: Revision | None


class Gaps:
    """The gaps of a history, as a walk through it meets them.

    A gap goes on while the file does not load, whatever problem there is at the end of it.
    """

    def __init__(self) -> None:
        self.ended: list[GapSpan] = []
        """Those that ended, in the order in which they did."""
        self._open: dict[str, Gap] = {}
        self._seen: Mapping[str, Gap] | None = None

    def at(self, moment: Moment) -> None:
        """Go on to a moment."""
        # while no plan changes, moments share their gaps
        if moment.gaps is self._seen:
            return
        self._seen = moment.gaps
        for file in sorted(self._open.keys() - moment.gaps.keys()):
            self.ended.append(GapSpan(self._open.pop(file), moment.revision))
        for file, gap in moment.gaps.items():
            self._open.setdefault(file, gap)

    def spans(self) -> tuple[GapSpan, ...]:
        """Those that ended, and then those that did not."""
        return (*self.ended, *(GapSpan(gap, None) for gap in self._open.values()))
