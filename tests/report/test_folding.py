"""Columns that a narrow terminal folds: the same in tables that are alike, and on few lines."""

import pytest

from jtai_cli.report import Answer, Display
from jtai_cli.report.cells import Bar, Column, Document, Segment, Table
from jtai_cli.report.happening_words import signed
from jtai_cli.report.terminal import render

COLUMNS = (
    Column("Ref", "ref"),
    Column("Action", "text"),
    Column("Why", weight=3, apart=True),
    Column("On", weight=1),
    Column("By", weight=2),
)


def table(title: str, why: str, by: str, *, alike: bool = True) -> Table:
    row = ("1.1", "Ask children", why, "7 August 2025", by)
    return Table(title, COLUMNS, (row,), alike=alike)


def lines(*tables: Table, width: int) -> list[str]:
    document = Document("T", "S", tables)
    return render(Answer(lambda: document, dict), Display(width, drawn=True)).splitlines()


@pytest.mark.parametrize(
    ("width", "below"),
    [
        (31, ["Why: They were not asked.", "On: 7 August 2025; By: Zoë"]),
        (30, ["Why: They were not asked.", "On: 7 August 2025", "By: Zoë"]),
        (29, ["Why: They were not", "asked.", "On: 7 August 2025", "By: Zoë"]),
    ],
)
def test_short_cells_share_a_line_and_sentences_have_their_own(
    width: int, below: list[str]
) -> None:
    said = lines(table("One", "They were not asked.", "Zoë"), width=width)
    assert said[6:] == ["1.1  Ask children", *(f"     {line}" for line in below)]


def test_tables_that_are_alike_fold_the_same_columns() -> None:
    short, long = table("One", "So", "Zoë"), table("Two", "So " * 20, "Zoë")
    assert lines(short, width=60)[4] == "Ref  Action        Why  On             By"
    assert lines(short, long, width=60)[4] == "Ref  Action        On             By"
    apart = (one._replace(alike=False) for one in (short, long))
    assert lines(*apart, width=60)[4] == "Ref  Action        Why  On             By"


def test_a_key_breaks_between_its_parts() -> None:
    words = ("Highly likely", "not rated yet", "on track")
    segments = tuple(Segment(word, word[0].upper(), "none", 1) for word in words)
    key = Table("One", (Column("Ref", "ref"), Column("Is")), (("1", Bar(segments)),))
    said = lines(key._replace(letters=segments), width=30)
    assert said[-2:] == ["H Highly likely", "N not rated yet   O on track"]


@pytest.mark.parametrize(("days", "said"), [(92, "+92"), (-1075, "−1,075"), (0, "0")])
def test_days_with_their_sign(days: int, said: str) -> None:
    assert signed(days) == said
