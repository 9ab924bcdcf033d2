"""Markdown is read back by a parser of GitHub's kind: plan text must come out as it stands."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from jtai_cli.plan.load import LoadedPlan
from jtai_cli.report import FORMATS, Answer, Display
from jtai_cli.report.cells import Column, Document, Fields, Note, Table

AnswerOf = Callable[..., Answer]

HOSTILE = [
    "[a] and [b]",
    "[a](https://example.org)",
    "[/]",
    "[bold red]",
    ":warning:",
    "ends with \\",
    "a | b || c",
    "`code` and ``` more",
    "<script>alert(1)</script>",
    "<https://example.org>",
    "*star* **stars** _under_ __under__",
    "~~struck~~",
    "&amp; &lt; &#42;",
    "![image](x)",
    "# heading",
    "- list",
    "+ list",
    "1. list",
    "1) list",
    "> quote",
    "---",
    "===",
    "- [ ] task",
    "[x]: https://example.org",
    "| a | b |",
    "\\| \\* \\\\",
    "漢字 e\u0301",
]
# GitHub also makes links, mentions and emoji of bare words; none of them hides a word
TEXTS = st.text(
    st.characters(exclude_categories=("C", "Zl", "Zp"), exclude_characters="\xa0"), min_size=1
).map(lambda text: " ".join(text.split()) or "x")


def parsed(document: Document) -> list[Token]:
    answer = Answer(lambda: document, dict)
    return (
        MarkdownIt("commonmark")
        .enable(["table", "strikethrough"])
        .parse(FORMATS["markdown"](answer, Display()))
    )


def seen(token: Token) -> str:
    """What a reader sees of inline text; markup shows as its kind."""
    return "".join(
        child.content if child.type in ("text", "text_special") else f"<{child.type}>"
        for child in token.children or ()
    )


def texts(document: Document) -> list[str]:
    return [seen(token) for token in parsed(document) if token.type == "inline"]


def check(text: str) -> None:
    columns = (Column("Ref"), Column("Text", "text"))
    document = Document(
        text,
        text,
        (
            Note(text),
            Note(text, strong=True),
            Fields((("One", (text,)), ("List", (text, text)))),
            Table(text, columns, ((text, text), ("x", "y"))),
        ),
    )
    strong = f"<strong_open>{text}<strong_close>"
    fields = [f"One: {text}", "List:", text, text]
    cells = ["Ref", "Text", text, text, "x", "y"]
    assert texts(document) == [text, text, text, strong, *fields, text, *cells]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_out_as_it_stands(text: str) -> None:
    check(text)


@given(TEXTS)
def test_any_text_comes_out_as_it_stands(text: str) -> None:
    check(text)


def test_line_breaks_in_a_text_are_spaces() -> None:
    assert texts(Document("a\n\nb", "c\n# d", ()))[:2] == ["a b", "c # d"]


@pytest.mark.parametrize("command", ["status", "overdue", "actions", "show"])
def test_tables_of_real_plans_have_as_many_cells_as_columns(
    command: str, real_plans: Sequence[LoadedPlan], answer_of: AnswerOf
) -> None:
    answer = answer_of(command, real_plans)
    tables = [block for block in answer.document().blocks if isinstance(block, Table)]
    tokens = [token.type for token in parsed(answer.document())]
    assert tokens.count("table_open") == len(tables)
    assert tokens.count("th_open") == sum(len(table.columns) for table in tables)
    assert tokens.count("td_open") == sum(len(table.rows) * len(table.columns) for table in tables)


def test_headings_are_headings(real_plans: Sequence[LoadedPlan], answer_of: AnswerOf) -> None:
    tokens = parsed(answer_of("status", real_plans[1:]).document())
    assert [token.tag for token in tokens if token.type == "heading_open"] == ["h1", "h2", "h2"]
