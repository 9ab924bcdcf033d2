"""Documents as plain lines: for pipes, files and screen readers; no colour and no drawn lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jtai_cli.report.cells import Fields, Note, Table, plain, seen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jtai_cli.report.cells import Block, Column, Document

_GAP = "  "


def render(document: Document) -> str:
    """The document as text: `name: value` lines, and tables whose columns are lined up."""
    head = f"{one_line(document.title)}\n{one_line(document.subtitle)}\n"
    return "\n".join([head, *(_block(block) for block in document.blocks)])


def one_line(text: str) -> str:
    """A text with its line breaks and runs of spaces made single spaces, all of it visible."""
    return seen(" ".join(text.split()))


def _block(block: Block) -> str:
    if isinstance(block, Note):
        return f"{one_line(block.text)}\n"
    return _fields(block) if isinstance(block, Fields) else _table(block)


def _fields(fields: Fields) -> str:
    lines = []
    for name, cells in fields.rows:
        values = [one_line(plain(cell)) for cell in cells if cell is not None]
        if len(values) == 1:
            lines.append(f"{name}: {values[0]}")
        else:
            lines += [f"{name}:", *(f"- {value}" for value in values)]
    return "\n".join(lines) + "\n"


def _table(table: Table) -> str:
    """Lined-up columns; a text, which may be long, comes last so that nothing is pushed away."""
    order = sorted(range(len(table.columns)), key=lambda n: n and table.columns[n].kind == "text")
    columns = [table.columns[n] for n in order]
    names = [column.name for column in columns]
    rows = [[one_line(plain(row[n])) for n in order] for row in table.rows]
    widths = [max(map(len, cells)) for cells in zip(names, *rows, strict=True)]
    lines = [_row(cells, widths, columns) for cells in (names, *rows)]
    return "\n".join([f"{one_line(table.title)}:", *lines]) + "\n"


def _row(cells: Sequence[str], widths: Sequence[int], columns: Sequence[Column]) -> str:
    padded = [
        cell.rjust(width) if column.kind == "number" else cell.ljust(width)
        for cell, width, column in zip(cells, widths, columns, strict=True)
    ]
    return _GAP.join(padded).rstrip()
