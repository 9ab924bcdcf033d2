"""Bars and pictures of ratings: letters that read without colour, in proportion to actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from jtai_cli.report.tones import style_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jtai_cli.report.cells import Bar, Picture

MOST_BAR = 16
MOST_PICTURE = 40


def picture(cell: Picture, width: int, *, colour: bool) -> Text:
    """A letter for each action, or to scale where the longest picture would be too wide."""
    most = width - len(cell.marks)
    factor = min(most / cell.longest, 1) if cell.longest else 1
    counts = [one.actions for one in cell.segments]
    lengths = to_scale(counts, round(sum(counts) * factor))
    drawn = Text.assemble(
        *(
            (one.letter * length, style_of(one.tone) if colour else "")
            for one, length in zip(cell.segments, lengths, strict=True)
        )
    )
    for mark in sorted(cell.marks, key=lambda mark: -mark.actions):
        before, after = drawn.divide([round(mark.actions * factor)])
        drawn = Text.assemble(before, mark.sign, after)
    return drawn


def picture_width(cell: Picture) -> int:
    """The width at which a picture has all the detail that it may have."""
    return min(cell.longest, MOST_PICTURE) + len(cell.marks)


def bar(cell: Bar, *, colour: bool) -> Text:
    """A letter for each action; where there are many, each rating's letter and number."""
    if actions_in(cell) <= MOST_BAR:
        return Text.assemble(
            *((one.letter * one.actions, style_of(one.tone)) for one in cell.segments)
        )
    labels = [f"{one.letter}{one.actions}" for one in cell.segments]
    if not colour:
        return Text(" ".join(labels))
    widths = to_scale([one.actions for one in cell.segments], MOST_BAR)
    return Text.assemble(
        *(
            (f" {label} ".ljust(width), style_of(one.tone))
            for label, width, one in zip(labels, widths, cell.segments, strict=True)
        )
    )


def actions_in(cell: Bar | Picture) -> int:
    """How many actions a bar or a picture is of."""
    return sum(one.actions for one in cell.segments)


def to_scale(counts: Sequence[int], most: int) -> list[int]:
    """Widths in proportion to counts, none of them nothing, that add up to `most` at the most."""
    total = sum(counts)
    if total <= most or len(counts) > most:
        return list(counts) if total <= most else [1] * len(counts)
    widths = [max(1, count * most // total) for count in counts]
    while sum(widths) < most:
        # what is left goes where the width falls shortest of its share
        short = [count * most / total - width for count, width in zip(counts, widths, strict=True)]
        widths[short.index(max(short))] += 1
    while sum(widths) > most:
        widths[widths.index(max(widths))] -= 1
    return widths
