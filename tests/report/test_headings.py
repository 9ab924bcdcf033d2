"""Whose an answer is: above it where it is of one plan, in its tables where it is of several."""

import datetime as dt
from collections.abc import Callable, Sequence

import pytest

from jtai_cli.facts.ages import ages_of
from jtai_cli.facts.select import Wanted
from jtai_cli.facts.slippage import slippage_of
from jtai_cli.plan.load import LoadedPlan
from jtai_cli.report import Answer
from jtai_cli.report.ages_content import ages_document
from jtai_cli.report.cells import Document, Table
from jtai_cli.report.slippage_content import slippage_document
from tests.facts.moments import history, plan

AnswerOf = Callable[..., Answer]
AS_OF = dt.date(2025, 8, 7)
COMMANDS = ("overdue", "actions", "ages", "slippage")
JUNE, JULY = {"due": "2025-06-01"}, {"due": "2025-07-01"}
OURS = (plan(JUNE, title="Ours"), plan(JULY, title="Ours"))
# nothing in it is late, old or moved
THEIRS = plan({"due": "2025-09-01", "progress": "blue"}, id="q", title="Theirs")
WANTED = Wanted(objective=("1",))
ALONE, BOTH = ([OURS[0]], [OURS[1]]), ([OURS[0], THEIRS], [OURS[1], THEIRS])


def document(
    command: str, moments: Sequence[Sequence[LoadedPlan]], answer_of: AnswerOf
) -> Document:
    last = moments[-1]
    if command == "ages":
        return ages_document(ages_of(history(*moments), last, AS_OF, WANTED, 90))
    if command == "slippage":
        return slippage_document(slippage_of(history(*moments), last, AS_OF, WANTED))
    return answer_of(command, last, AS_OF.isoformat()).document()


def has_a_column_of_plans(document: Document) -> bool:
    tables = [block for block in document.blocks if isinstance(block, Table)]
    return any(column.name == "Plan" for table in tables for column in table.columns)


@pytest.mark.parametrize("command", COMMANDS)
def test_one_plan_is_named_above_the_headline(command: str, answer_of: AnswerOf) -> None:
    found = document(command, ALONE, answer_of)
    assert found.title == "Ours"
    headline, day = found.subtitle.split(", as of ")
    assert "1 " in headline
    assert day.removesuffix("; objective: 1") == "7 August 2025"
    assert not has_a_column_of_plans(found)


@pytest.mark.parametrize("command", COMMANDS)
def test_of_several_plans_each_row_names_its_own(command: str, answer_of: AnswerOf) -> None:
    found = document(command, BOTH, answer_of)
    assert found.title.startswith(("1 of ", "2 of "))
    assert found.subtitle.removesuffix("; objective: 1") == "As of 7 August 2025"
    assert has_a_column_of_plans(found)


def test_a_plan_that_is_gone_with_its_moved_dates_is_named_as_well(answer_of: AnswerOf) -> None:
    moved = [[one, plan(due, id="q")] for one, due in zip(OURS, (JUNE, JULY), strict=True)]
    found = document("slippage", [*moved, [OURS[1]]], answer_of)
    assert found.title == "1 of 1 date has moved"
    assert has_a_column_of_plans(found)
