import csv
import io
from collections.abc import Callable, Sequence

import pytest

from jtai_cli.plan.load import LoadedPlan
from jtai_cli.report import FORMATS, Answer, Display

Build = Callable[..., LoadedPlan]
AnswerOf = Callable[..., Answer]


def rows(answer: Answer) -> list[dict[str, str]]:
    text = FORMATS["csv"](answer, Display())
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_actions_have_the_columns_of_the_json(
    real_plans: Sequence[LoadedPlan], answer_of: AnswerOf
) -> None:
    answer = answer_of("actions", real_plans)
    assert list(rows(answer)[0]) == list(answer.data()["actions"][0])


def test_a_row_for_each_action(real_plans: Sequence[LoadedPlan], answer_of: AnswerOf) -> None:
    answer = answer_of("actions", real_plans)
    assert [row["text"] for row in rows(answer)] == [
        action["text"] for action in answer.data()["actions"]
    ]


def test_status_has_a_row_for_each_plan_and_group_and_the_total(
    real_plans: Sequence[LoadedPlan], answer_of: AnswerOf
) -> None:
    found = rows(answer_of("status", real_plans))
    assert [row["by"] for row in found] == (
        ["plan", *["objective"] * 18, "plan", *["objective"] * 10, "total"]
    )
    total = found[-1]
    assert (total["actions"], total["overdue"], total["undated"]) == ("82", "70", "10")
    assert {row["as_of"] for row in found} == {"2025-08-07"}


def test_values(build: Build, answer_of: AnswerOf) -> None:
    updates = [{"on": "2025-07-01", "by": "TVP", "text": "Begun"}]
    updates += [{"on": "2025-07-02", "text": "Going on"}]
    plan = build(
        {"owners": ["TVP"], "due": "2025-08-06", "measures": ["a", "b"], "updates": updates}
    )
    (row,) = rows(answer_of("actions", [plan]))
    assert (row["owners"], row["support"], row["impact"]) == ("TVP", "", "")
    assert (row["overdue"], row["days_overdue"]) == ("true", "1")
    assert row["measures"] == "a; b"
    assert row["updates"] == "2025-07-01 TVP: Begun; 2025-07-02: Going on"


def test_percent_of_nothing_is_empty(build: Build, answer_of: AnswerOf) -> None:
    total = rows(answer_of("status", [build()]))[-1]
    assert (total["actions"], total["complete"], total["complete_percent"]) == ("0", "0", "")


@pytest.mark.parametrize("text", ['a,"b"\n\nc', "x\ny", "漢字", "'quoted'", "end\\"])
def test_text_comes_out_as_it_stands(build: Build, answer_of: AnswerOf, text: str) -> None:
    (row,) = rows(answer_of("actions", [build({"text": text})]))
    assert row["text"] == text


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("x")'])
def test_a_spreadsheet_runs_no_text_as_a_formula(
    build: Build, answer_of: AnswerOf, text: str
) -> None:
    (row,) = rows(answer_of("actions", [build({"text": text, "measures": [text]})]))
    assert (row["text"], row["measures"]) == (f"'{text}", f"'{text}")


def test_lines_end_as_rfc_4180_has_it(build: Build, answer_of: AnswerOf) -> None:
    text = FORMATS["csv"](answer_of("actions", [build({})]), Display())
    assert text.count("\r\n") == text.count("\n") == 2
