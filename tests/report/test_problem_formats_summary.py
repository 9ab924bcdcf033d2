"""The summary of a job on GitHub: read back by a parser of GitHub's kind."""

import datetime as dt

import pytest
from markdown_it import MarkdownIt

from jtai_cli.facts.verdict import Verdict, Waived
from jtai_cli.plan.problem import Problem
from jtai_cli.report import Judged
from jtai_cli.report.github import SUMMARY_ROWS, github_summary

BREACH = Problem(
    "plans/p.yaml", 41, 14, "overdue-red", "error", "2.1 is 38 days overdue", "Train everybody",
    "2025-06-30", "        due: 2025-06-30", "p", "2.1",
)  # fmt: skip
WARNING = Problem("plans/q.yaml", 7, 1, "undated", "warning", "no date")
WAIVED = Waived(
    BREACH._replace(line=60, severity="warning", ref="2.2"), dt.date(2025, 9, 30), "why", "who"
)
VERDICT = Verdict(
    dt.date(2025, 8, 7), ("overdue-red",), [BREACH], [WAIVED], [WARNING], {"at_risk": 6}, []
)


def inline(judged: Judged) -> list[str]:
    """The texts of headings, paragraphs and cells, as a reader sees them."""
    tokens = MarkdownIt("commonmark").enable(["table"]).parse(github_summary(judged))
    return [
        "".join(
            child.content if child.type in ("text", "text_special") else f"<{child.type}>"
            for child in token.children or ()
        )
        for token in tokens
        if token.type == "inline"
    ]


def rows(judged: Judged) -> list[list[str]]:
    """The rows of the table, without its head."""
    texts = inline(judged)
    start = texts.index("Message") + 1
    cells = texts[start : start + 6 * ((len(texts) - start) // 6)]
    return [cells[n : n + 6] for n in range(0, len(cells), 6)]


def test_the_verdict_and_what_was_found_the_gravest_first() -> None:
    judged = Judged([WARNING, BREACH], 2, VERDICT)
    assert inline(judged)[:5] == [
        "jtai check",
        "Failed as of 7 August 2025: 1 breach in 1 of 2 plans, and 1 warning.",
        "Conditions in force: overdue-red.",
        "1 breach is waived.",
        "What was found",
    ]
    assert rows(judged) == [
        ["p", "2.1", "41", "error", "overdue-red", "2.1 is 38 days overdue (Train everybody)"],
        ["plans/q.yaml", "", "7", "warning", "undated", "no date"],
        [
            *("p", "2.2", "60", "waived", "overdue-red"),
            "2.1 is 38 days overdue; waived until 2025-09-30: why (agreed: who)",
        ],
    ]


def test_of_validation() -> None:
    assert inline(Judged([], 2)) == ["jtai validate", "2 plans, no problem found"]
    assert inline(Judged([WARNING], 1))[:2] == ["jtai validate", "1 warning in 1 plan"]


@pytest.mark.parametrize(
    "text",
    [
        "a | b || c",
        "<script>alert(1)</script> &amp;",
        "[a](https://example.org) ![b](c)",
        "`code` *star* __under__ ~~struck~~",
        "ends with \\",
        "# heading",
        "a<U+001B>b",
    ],
)
def test_text_of_plans_comes_out_as_it_stands(text: str) -> None:
    problem = BREACH._replace(file=text, plan=None, ref=text, message=text, hint=None)
    assert rows(Judged([problem], 1)) == [[text, text, "41", "error", "overdue-red", text]]


def test_line_breaks_do_not_break_the_table() -> None:
    problem = BREACH._replace(message="a\n| b |\n\n# c", hint=None)
    assert rows(Judged([problem], 1))[0][-1] == "a | b | # c"


def test_a_long_list_is_cut_and_the_rest_counted() -> None:
    warnings = [WARNING] * 1_000
    judged = Judged([*warnings, *[BREACH] * 150], 1)
    found = rows(judged)
    assert len(found) == SUMMARY_ROWS
    assert {row[3] for row in found} == {"error"}
    assert inline(judged)[-1] == "And 1,050 more, not shown here."


def test_the_longest_summary_is_one_that_github_takes() -> None:
    endless = BREACH._replace(message="|" * 100_000, hint="|" * 100_000)
    assert len(github_summary(Judged([endless] * 1_000, 1)).encode()) < 1_024 * 1_024
