"""Cells, fields and tables as rich draws them, fitted to the width of a terminal."""

from __future__ import annotations

from functools import cache
from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

from rich.box import Box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from jtai_cli.report.bars import bar, picture, picture_width
from jtai_cli.report.cells import Bar, Picture, RatingCell, Refs, Table, plain
from jtai_cli.report.tones import style_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jtai_cli.report import Display
    from jtai_cli.report.cells import Block, Cell, Fields

# between two columns: a space of padding and the box's own
GAP = 2
LEAST_TEXT = 22
LEAST_PICTURE = 10
MOST_REFS = 22
TEXT_LINES = 2

_RULED = Box("    \n    \n ── \n    \n    \n    \n    \n    \n")
_RULED_ASCII = Box("    \n    \n -- \n    \n    \n    \n    \n    \n", ascii=True)


def fields(block: Fields, display: Display) -> Grid:
    """Names on the left, values on the right, one below the other."""
    grid = Grid.grid(padding=(0, GAP, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    bullet = "• " if display.unicode else "- "
    for name, cells in block.rows:
        texts = [drawn(cell, colour=display.colour) for cell in cells if cell is not None]
        grid.add_row(Text(name), texts[0] if len(texts) == 1 else _listed(texts, bullet))
    return grid


def _listed(texts: Sequence[Text], bullet: str) -> Grid:
    """A list whose items hang beside their bullets."""
    grid = Grid.grid()
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for text in texts:
        grid.add_row(Text(bullet), text)
    return grid


def drawn(cell: Cell, *, colour: bool) -> Text:
    """A cell as rich text; ratings and bars carry a tone besides their words and letters."""
    if isinstance(cell, RatingCell) and colour:
        chip = Text(f" {cell.word} ", style=style_of(cell.tone))
        return Text.assemble(chip, f" ({cell.meaning})") if cell.meaning else chip
    if isinstance(cell, Bar):
        return bar(cell, colour=colour)
    if isinstance(cell, Picture):
        return picture(cell, picture_width(cell), colour=colour)
    # a blank is seen at a glance; only where there is no glance does it take a word
    return Text("") if cell == Refs(()) else Text(plain(cell))


def alike(blocks: Sequence[Block], display: Display) -> list[Block]:
    """The blocks of a document; of its tables that are alike, all fold what one has to fold."""
    tables = [block for block in blocks if isinstance(block, Table) and block.alike]
    names = frozenset(
        table.columns[n].name for table in tables for n in laid_out(table, display).folded
    )
    return [
        block._replace(folded=names) if isinstance(block, Table) and block.alike else block
        for block in blocks
    ]


def shortened(block: Table) -> Table:
    """The table with the short names of the columns that have one."""
    columns = (column._replace(name=column.short or column.name) for column in block.columns)
    return block._replace(columns=tuple(columns))


def table(block: Table, display: Display) -> Grid:
    """A table under ruled headers, with columns folded into the text where space is short."""
    layout = laid_out(block, display)
    grid = Grid(
        box=_RULED if display.unicode else _RULED_ASCII,
        padding=(0, GAP - 1, 0, 0),
        pad_edge=False,
        show_edge=False,
        header_style="bold",
    )
    for n, width in layout.widths.items():
        right = block.columns[n].kind == "number"
        grid.add_column(
            Text(block.columns[n].name),
            justify="right" if right else "left",
            overflow="fold",
            width=width,
        )
    for number, row in enumerate(block.rows):
        last = block.has_total and number == len(block.rows) - 1
        cells = [_cell(block, row, n, layout, display) for n in layout.widths]
        grid.add_row(*cells, style="bold" if last else "")
    return grid


def fits(block: Table, display: Display) -> bool:
    """Whether a table can be drawn with room for its text, and without cutting a ref or name."""
    widths, folded = laid_out(block, display)
    text = next((n for n in widths if block.columns[n].kind == "text"), None)
    if sum(widths.values()) + GAP * (len(widths) - 1) > display.width:
        return False
    if text is None:
        return True
    words = (word for row in block.rows for n in folded for word in plain(row[n]).split())
    least = _least(block, text, _natural(block, text, display))
    return widths[text] >= max(least, *map(cell_len, words), 1)


def stacked(block: Table, display: Display) -> Iterator[Text]:
    """The lines of a table that does not fit: its columns one below the other, no ref cut."""
    for row in block.rows:
        for n, column in enumerate(block.columns):
            value = drawn(row[n], colour=display.colour)
            if value.plain:
                indent = " " * GAP if n else ""
                label = f"{column.name}: " if n else ""
                width = max(display.width - len(indent), 1)
                if column.kind == "text":
                    value = _cut(value, max(width - len(label), 1), display)
                whole = Text.assemble(label, value)
                for line in _lines(whole, width, cut=column.kind not in ("ref", "refs")):
                    yield Text(indent).append_text(line)


def _lines(text: Text, width: int, *, cut: bool) -> Sequence[Text]:
    """A text broken into lines between words; a longer word is only cut if it may be."""
    if cut:
        return _folded(text, width)
    return [
        Text(line)
        for line in wrap(text.plain, width, break_long_words=False, break_on_hyphens=False)
    ]


def _folded(text: Text, width: int) -> list[Text]:
    return list(text.wrap(_any_console(), width, overflow="fold"))


@cache
def _any_console() -> Console:
    # to fold a text, rich asks a console for nothing that differs from one to another
    return Console()


class Layout(NamedTuple):
    """The width of each column that stands, by its number, and the columns that are folded."""

    widths: dict[int, int]
    folded: tuple[int, ...]


def laid_out(block: Table, display: Display) -> Layout:
    """Fold the heaviest columns until the others fit; the text takes what is left."""
    natural = {n: _natural(block, n, display) for n in range(len(block.columns))}
    text = next((n for n, column in enumerate(block.columns) if column.kind == "text"), None)
    least = {n: _least(block, n, width) for n, width in natural.items()}
    folded = [n for n, column in enumerate(block.columns) if column.name in block.folded]
    for n in folded:
        del least[n]
    by_weight = sorted(least, key=lambda n: -block.columns[n].weight)
    while sum(least.values()) + GAP * (len(least) - 1) > display.width:
        heaviest = by_weight.pop(0)
        if text is None or not block.columns[heaviest].weight:
            break
        folded.append(heaviest)
        del least[heaviest]
    if text is not None:
        spare = display.width - sum(least.values()) - GAP * (len(least) - 1)
        wanted = max(natural[text], _width_below(block, folded))
        least[text] = max(min(wanted, least[text] + spare), 1)
    for n in (n for n in least if block.columns[n].kind == "picture"):
        spare = display.width - sum(least.values()) - GAP * (len(least) - 1)
        least[n] += max(min(natural[n] - least[n], spare), 0)
    return Layout(least, tuple(sorted(folded)))


def _width_below(block: Table, folded: Sequence[int]) -> int:
    """The width at which nothing of what is folded needs a second line."""
    apart = [n for n in folded if block.columns[n].apart]
    widest = 0
    for row in block.rows:
        named = {n: f"{block.columns[n].name}: {plain(row[n])}" for n in folded if plain(row[n])}
        shared = "; ".join(named[n] for n in named if n not in apart)
        widest = max(widest, cell_len(shared), *(cell_len(named[n]) for n in named if n in apart))
    return widest


def _natural(block: Table, n: int, display: Display) -> int:
    """The width at which nothing in a column needs a second line."""
    cells = [drawn(row[n], colour=display.colour).plain for row in block.rows]
    lines = [line for cell in cells for line in cell.split("\n")]
    return max(map(cell_len, [block.columns[n].name, *lines]))


def _least(block: Table, n: int, natural: int) -> int:
    """The width that a column can't do without."""
    column = block.columns[n]
    if column.kind == "text":
        return min(natural, LEAST_TEXT)
    if column.kind == "picture":
        return min(natural, max(LEAST_PICTURE, cell_len(column.name)))
    if column.kind == "number":
        # a long header over small numbers stands on several lines
        numbers = max((cell_len(plain(row[n])) for row in block.rows), default=1)
        return max(numbers, *map(cell_len, column.name.split()))
    if column.kind == "refs":
        cells = (row[n] for row in block.rows)
        refs = [ref for cell in cells if isinstance(cell, Refs) for ref in cell.refs]
        longest = max((cell_len(ref) + 1 for ref in refs), default=1)
        return max(min(natural, MOST_REFS), longest, cell_len(column.name))
    return natural


def _cell(block: Table, row: Sequence[Cell], n: int, layout: Layout, display: Display) -> Text:
    """A cell as it stands; the text cut to a few lines, with what was folded below it."""
    cell = row[n]
    if isinstance(cell, Picture):
        return picture(cell, layout.widths[n], colour=display.colour)
    whole = drawn(cell, colour=display.colour)
    if block.columns[n].kind != "text":
        return whole
    width = layout.widths[n]
    parts = [_cut(whole, width, display)] if whole.plain else []
    return Text("\n").join([*parts, *_below(block, row, layout, display, width)])


def _below(
    block: Table, row: Sequence[Cell], layout: Layout, display: Display, width: int
) -> list[Text]:
    """The folded cells of a row with their names; short ones share a line."""
    lines: list[Text] = []
    open_line = False
    for n in layout.folded:
        value = drawn(row[n], colour=display.colour)
        if not value.plain:
            continue
        column = block.columns[n]
        named = Text.assemble(f"{column.name}: ", value)
        shared = Text("; ").join([*lines[-1:], named])
        if open_line and not column.apart and cell_len(shared.plain) <= width:
            lines[-1] = shared
        else:
            lines.append(named)
        open_line = not column.apart and "\n" not in value.plain
    return lines


def _cut(text: Text, width: int, display: Display) -> Text:
    """The first lines of a text at this width, with an ellipsis when there is more."""
    if text.plain.isascii() and text.plain.isprintable() and len(text.plain) <= width:
        return text
    ellipsis = " …" if display.unicode else " ..."
    lines = _folded(text, width)
    if len(lines) <= TEXT_LINES:
        return text
    last = lines[TEXT_LINES - 1].plain.rstrip()
    if cell_len(last) + len(ellipsis) > width:
        last = last[: max(width - len(ellipsis), 0)]
        # at the end of a word, where one ends
        last = last.rpartition(" ")[0] or last
    kept = [line.plain.rstrip() for line in lines[: TEXT_LINES - 1]]
    return Text("\n".join([*kept, last + ellipsis]))
