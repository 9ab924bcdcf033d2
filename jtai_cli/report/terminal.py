"""Documents on a terminal: drawn to its width, in colour where it has some.

Text from plans only ever becomes rich `Text`, never markup: brackets and colons in it come out as
they stand. Where the width is too small for a table, its heaviest columns are folded under the
text of their row.
"""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

from jtai_cli.report.cells import Fields, Note, Table, seen

if TYPE_CHECKING:
    from rich.console import Console

    from jtai_cli.report import Answer, Display
    from jtai_cli.report.cells import Block, Document


def render(answer: Answer, display: Display) -> str:
    """The document as text for this display; plain lines where nothing can be drawn."""
    if not display.drawn:
        from jtai_cli.report import plain

        return plain.render(answer.document())
    out = StringIO()
    _print(_console(out, display), answer.document(), display)
    # rich pads lines to the width; nobody wants those spaces
    lines = (line.rstrip() for line in out.getvalue().split("\n"))
    return "\n".join(lines)


def _console(out: StringIO, display: Display) -> Console:
    from rich.console import Console

    from jtai_cli.report.tones import theme

    return Console(
        theme=theme(display.palette),
        file=out,
        width=display.width,
        force_terminal=display.colour,
        color_system=display.palette if display.colour else None,
        no_color=not display.colour,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
        # the environment has been asked already, and says nothing more here
        _environ={},
    )


def _print(console: Console, document: Document, display: Display) -> None:
    from rich.text import Text

    from jtai_cli.report import drawing

    console.print(Text(seen(document.title), style="bold"))
    console.print(Text(seen(document.subtitle)))
    for block in drawing.alike(document.blocks, display):
        console.print()
        _print_block(console, block, display)


def _print_block(console: Console, block: Block, display: Display) -> None:
    from rich.text import Text

    from jtai_cli.report import drawing

    if isinstance(block, Note):
        console.print(Text(seen(block.text), style="bold" if block.strong else ""))
    elif isinstance(block, Fields):
        console.print(drawing.fields(block, display))
    elif isinstance(block, Table):
        console.print(Text(seen(block.title), style="bold"))
        _print_table(console, block, display)


def _print_table(console: Console, block: Table, display: Display) -> None:
    """The table; where it is too wide with short names, where that is too, line by line."""
    from jtai_cli.report import drawing, legend

    if not drawing.fits(block, display):
        short = drawing.shortened(block)
        block = short if drawing.fits(short, display) else block
    if drawing.fits(block, display):
        console.print(drawing.table(block, display))
    else:
        for line in drawing.stacked(block, display):
            console.print(line, soft_wrap=True)
    key = legend.of_table(block, display)
    if key:
        console.print(key)
