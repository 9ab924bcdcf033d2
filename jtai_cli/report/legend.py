"""The key to the letters and marks in a table, as it stands below the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from jtai_cli.report import drawing
from jtai_cli.report.bars import MOST_BAR, actions_in, picture_width
from jtai_cli.report.cells import Bar, Picture, Table
from jtai_cli.report.tones import style_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jtai_cli.report import Display

_GAP = "   "


def of_table(block: Table, display: Display) -> Text | None:
    """What the letters in a table stand for; None where it has none."""
    cells = [cell for row in block.rows for cell in row if isinstance(cell, Bar | Picture)]
    if not cells and not any(column.short == column.name for column in block.columns):
        return None
    gap = " " if display.colour else ""
    parts = [
        Text.assemble((f"{gap}{one.letter}{gap}", style_of(one.tone)), f" {one.word}")
        for one in block.letters
    ]
    if any(isinstance(one, Bar) and actions_in(one) > MOST_BAR for one in cells):
        parts.append(Text("a number: so many actions"))
    pictures = [one for one in cells if isinstance(one, Picture)]
    if any(one.marks for one in pictures):
        parts.append(Text("a mark stands after so many actions"))
    if pictures:
        parts.append(Text(_scale(block, pictures[0], display)))
    return _lines(parts, display.width)


def _scale(block: Table, one: Picture, display: Display) -> str:
    """How many actions a letter of a picture is of; all pictures of a table have one scale."""
    width = picture_width(one)
    if drawing.fits(block, display):
        widths = drawing.laid_out(block, display).widths
        width = min(width, *(widths[n] for n in widths if block.columns[n].kind == "picture"))
    if width - len(one.marks) < one.longest:
        return f"to scale: the longest is of {one.longest} actions"
    return "a letter for each action"


def _lines(parts: Iterable[Text], width: int) -> Text:
    """The parts on as many lines as they need; a line breaks between two of them."""
    lines: list[Text] = []
    for part in parts:
        longer = Text(_GAP).join([*lines[-1:], part])
        if lines and cell_len(longer.plain) <= width:
            lines[-1] = longer
        else:
            lines.append(part)
    return Text("\n").join(lines)
