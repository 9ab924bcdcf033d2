"""What an edit says of itself, and by how much it moves a date, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jtai_cli.report.totals import number_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jtai_cli.plan.model import Update


def why_in_words(why: Sequence[Update]) -> str:
    """The updates of an edit, each with who reports; where there is none, that there is not."""
    if not why:
        return "no reason given"
    return " ".join(f"{f'{update.by}: ' if update.by else ''}{update.text}" for update in why)


def later(days: int) -> str:
    """By how much a date moved: "92 days later"."""
    return f"{number_of(abs(days), 'day')} {'later' if days > 0 else 'earlier'}"


def signed(days: int) -> str:
    """By how many days a date moved, as it stands in a column: "+92", "−75"."""
    return f"{days:+,}".replace("-", "−") if days else "0"
