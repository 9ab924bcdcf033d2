"""Documents as Markdown, for pages and pull requests: real headings and real tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jtai_cli.report.cells import Fields, Note, Table, plain
from jtai_cli.report.plain import one_line

if TYPE_CHECKING:
    from jtai_cli.report import Answer, Display
    from jtai_cli.report.cells import Block, Cell

# Everything that could begin markup anywhere in a line; the rest only matters at its start.
_MARKUP = re.compile(r"([\\`*_\[\]<>|~&#!])")
_LIST_START = re.compile(r"^([0-9]*)([-+=.)])")


def render(answer: Answer, _display: Display) -> str:
    """The document as GitHub-flavoured Markdown; text from plans comes out as it stands."""
    document = answer.document()
    head = f"# {_escaped(document.title)}\n\n{_safe_start(_escaped(document.subtitle))}\n"
    return "\n".join([head, *(_block(block) for block in document.blocks)])


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", one_line(text))


def _cell(cell: Cell) -> str:
    return _escaped(plain(cell))


def _block(block: Block) -> str:
    if isinstance(block, Note):
        text = _escaped(block.text)
        return f"**{text}**\n" if block.strong else f"{_safe_start(text)}\n"
    return _fields(block) if isinstance(block, Fields) else _table(block)


def _safe_start(text: str) -> str:
    """A paragraph that Markdown takes for neither a list nor a rule."""
    return _LIST_START.sub(r"\1\\\2", text)


def _fields(fields: Fields) -> str:
    lines = []
    for name, cells in fields.rows:
        values = [_cell(cell) for cell in cells if cell is not None]
        if len(values) == 1:
            lines.append(f"- {name}: {values[0]}")
        else:
            lines += [f"- {name}:", *(f"  - {_safe_start(value)}" for value in values)]
    return "\n".join(lines) + "\n"


def _table(table: Table) -> str:
    names = [_escaped(column.name) for column in table.columns]
    rules = ["---:" if column.kind == "number" else "---" for column in table.columns]
    rows = [[_cell(cell) for cell in row] for row in table.rows]
    lines = [f"| {' | '.join(row)} |" for row in (names, rules, *rows)]
    return f"## {_escaped(table.title)}\n\n" + "\n".join(lines) + "\n"
