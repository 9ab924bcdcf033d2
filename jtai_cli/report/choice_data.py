"""Which actions an answer is about, as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jtai_cli.facts.select import EVERYTHING

if TYPE_CHECKING:
    from jtai_cli.facts.following import Choice
    from jtai_cli.report.data import Data


def choice_data(choice: Choice) -> Data | None:
    """What was asked for, by option, and how many actions that chose in the end; None for all.

    `followed` are those that stand so in the end, out of `of`, and `fitting` those of them that are
    also whose, and where, was asked for; null where it was not asked how actions stand.
    """
    if choice.wanted == EVERYTHING:
        return None
    asked, nothing = choice.wanted._asdict(), EVERYTHING._asdict()
    by_standing = choice.followed is not None
    return {
        "wanted": {name: asked[name] for name in asked if asked[name] != nothing[name]},
        "followed": len(choice.followed) if choice.followed is not None else None,
        "of": choice.of if by_standing else None,
        "fitting": choice.fitting if by_standing else None,
    }
