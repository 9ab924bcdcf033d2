"""Text of plans and commits that means something to terminals and markup, in what looks back."""

import datetime as dt
import json
import re

import pytest
from rich.cells import cell_len

from jtai_cli.facts.ages import ages_of
from jtai_cli.facts.life import life_of
from jtai_cli.facts.records import records_of
from jtai_cli.facts.select import Wanted
from jtai_cli.facts.slippage import slippage_of
from jtai_cli.report import FORMATS, Answer, Display
from jtai_cli.report.actions_content import show_document
from jtai_cli.report.ages_content import ages_document
from jtai_cli.report.ages_data import ages_data
from jtai_cli.report.data import show_data
from jtai_cli.report.life_content import age_cells, life_blocks
from jtai_cli.report.life_data import life_data
from jtai_cli.report.slippage_content import slippage_document
from jtai_cli.report.slippage_data import slippage_data
from tests.facts.moments import history, plan
from tests.report.test_hostile_text import LONG, MARKUP, WIDTHS

AS_OF = dt.date(2026, 1, 1)
NAMES = ("A\x1b[31mB", "A\u202eB", "A\nB", "x" * 300, "[bold]x[/bold]")
COMMANDS = ("slippage", "ages", "show")


def answer_of(command: str, text: str, author: str = "A. Person") -> Answer:
    """What a command says of a plan in which a text stands wherever one may, and of its commits."""
    update = {"on": "2025-01-02", "by": text, "text": text}
    first = {"due": "2025-06-30", "text": f"Do it here {text}", "owners": ["TVP"]}
    later = {"due": "2025-07-30", "text": f"Do it {text}", "owners": ["TVP"]}
    withdrawn = {"withdrawn": {"on": "2025-01-03", "reason": text}}
    partners = {"TVP": text}
    plans = [
        plan(first, first, title=text, partners=partners),
        plan(later | {"updates": [update]}, later, title=text, partners=partners),
        plan(later | {"updates": [update]}, later | withdrawn, title=text, partners=partners),
    ]
    moments = [
        one._replace(revision=one.revision._replace(author=author)) for one in history(*plans)
    ]
    last = plans[-1:]
    if command == "slippage":
        slippage = slippage_of(moments, last, AS_OF, Wanted())
        return Answer(lambda: slippage_document(slippage), lambda: slippage_data(slippage))
    if command == "ages":
        ages = ages_of(moments, last, AS_OF, Wanted(), 90)
        return Answer(lambda: ages_document(ages), lambda: ages_data(ages))
    record = records_of(last[0], AS_OF)[0]
    life = life_of(moments, record, AS_OF)
    assert life is not None
    age, blocks = age_cells(life, record, AS_OF), life_blocks(life, authors=True)
    return Answer(
        lambda: show_document(record, AS_OF, age, blocks),
        lambda: show_data(record, AS_OF, life_data(life, None, AS_OF, authors=True)),
    )


def drawn(answer: Answer, width: int, *, colour: bool) -> str:
    display = Display(width, drawn=True, colour=colour)
    return re.sub("\x1b\\[[0-9;]*m", "", FORMATS["terminal"](answer, display))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("text", [*MARKUP, *LONG], ids=range(len(MARKUP) + len(LONG)))
@pytest.mark.parametrize("command", COMMANDS)
def test_no_text_breaks_a_drawing(command: str, text: str, width: int) -> None:
    answer = answer_of(command, text)
    for colour in (True, False):
        lines = drawn(answer, width, colour=colour).split("\n")
        assert max(map(cell_len, lines)) <= width


@pytest.mark.parametrize("author", NAMES)
@pytest.mark.parametrize("form", ["terminal", "markdown", "csv"])
def test_a_name_has_no_power_over_a_terminal(author: str, form: str) -> None:
    for display in (Display(), Display(80, drawn=True)):
        text = FORMATS[form](answer_of("show", "Do it", author), display)
        assert not {"\x1b", "\u202e"} & set(text)
    assert json.loads(FORMATS["json"](answer_of("show", "Do it", author), Display()))


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("text", MARKUP)
def test_markup_comes_out_as_it_stands(command: str, text: str) -> None:
    assert text in FORMATS["terminal"](answer_of(command, text), Display())
    data = answer_of(command, text).data()
    assert json.dumps(text)[1:-1] in json.dumps(data)
