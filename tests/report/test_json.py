"""The shapes that the contract fixes: names, their order, and the example of plan A verbatim."""

import json
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from jtai_cli.plan.load import LoadedPlan
from jtai_cli.plan.problem import Problem
from jtai_cli.report import FORMATS, PROBLEM_FORMATS, Answer, Display, Judged

Build = Callable[..., LoadedPlan]
AnswerOf = Callable[..., Answer]

SUMMARY_OF_READING_2025 = """
{"actions": 20,
 "complete": {"count": 2, "of": 20, "percent": 10},
 "complete_or_on_track": {"count": 13, "of": 20, "percent": 65},
 "standing": {"complete": 2, "on_track": 11, "at_risk": 7, "off_track": 0, "not_started": 0, "unrated": 0},
 "progress": {"blue": 2, "green": 11, "amber": 7, "red": 0, "unrated": 0},
 "impact": {"blue": 0, "green": 0, "amber": 5, "red": 0, "unrated": 15},
 "overdue": {"count": 16, "standing": {"on_track": 10, "at_risk": 6, "off_track": 0, "not_started": 0, "unrated": 0}},
 "due_soon": {"count": 0, "days": 30}, "undated": 2, "withdrawn": 0}
"""  # noqa: E501 - as the contract prints it
ACTION = (
    "plan, ref, objective, text, lead, owners, support, due, due_note, theme, level, progress, "
    "impact, standing, overdue, days_overdue, measures, evidence, completed, updates, file, line"
)
MORE = ", approved, withdrawn, note, risk, priority, answers"
PROBLEM = [
    *("file", "line", "column", "rule", "severity", "message", "hint", "value"),
    *("plan", "ref"),
]


def data(answer: Answer) -> Any:
    return json.loads(FORMATS["json"](answer, Display()))


def in_order(written: object) -> str:
    return json.dumps(written, indent=1)


def test_summary_as_the_contract_prints_it(
    real_plans: Sequence[LoadedPlan], answer_of: AnswerOf
) -> None:
    status = data(answer_of("status", real_plans[1:]))
    expected = json.loads(SUMMARY_OF_READING_2025)
    assert in_order(status["total"]) == in_order(expected)
    assert in_order(status["plans"][0]["summary"]) == in_order(expected)


def test_status(real_plans: Sequence[LoadedPlan], answer_of: AnswerOf) -> None:
    status = data(answer_of("status", real_plans[1:]))
    plan = status["plans"][0]
    assert list(status) == ["jtai", "kind", "as_of", "plans", "total"]
    assert (status["jtai"], status["kind"], status["as_of"]) == (1, "status", "2025-08-07")
    assert list(plan) == ["id", "title", "file", "scheme", "summary", "groups"]
    assert (plan["id"], plan["scheme"]) == ("reading-jtai-2025", "brag")
    assert plan["file"] == "plans/reading-jtai-2025.yaml"
    assert list(plan["groups"][0]) == ["by", "key", "title", "lead", "risk", "summary"]
    assert [group["key"] for group in plan["groups"]] == [str(n) for n in range(1, 11)]
    assert {key: plan["groups"][0][key] for key in ("by", "key", "lead", "risk")} == {
        "by": "objective",
        "key": "1",
        "lead": "TVP",
        "risk": "moderate",
    }


def test_ratings_are_left_out_of_a_total_over_different_schemes(
    real_plans: Sequence[LoadedPlan], answer_of: AnswerOf
) -> None:
    status = data(answer_of("status", real_plans))
    assert {"progress", "impact"}.isdisjoint(status["total"])
    assert all({"progress", "impact"} <= set(plan["summary"]) for plan in status["plans"])
    assert [plan["scheme"] for plan in status["plans"]] == ["five-point", "brag"]


def test_percent_of_nothing_is_null(build: Build, answer_of: AnswerOf) -> None:
    total = data(answer_of("status", [build()]))["total"]
    assert total["complete"] == {"count": 0, "of": 0, "percent": None}


def test_a_scheme_of_the_plans_own(build: Build, answer_of: AnswerOf) -> None:
    own = {"ratings": [{"rating": "Light-Gold", "label": "Fine", "counts_as": "complete"}]}
    status = data(answer_of("status", [build({"progress": "light gold"}, rag=own)]))
    assert status["plans"][0]["scheme"] == "own"
    assert status["total"]["progress"] == {"light gold": 1, "unrated": 0}


def test_a_group_of_those_without_has_no_key(build: Build, answer_of: AnswerOf) -> None:
    (plan,) = data(answer_of("status", [build({})], by="owner"))["plans"]
    assert [(group["by"], group["key"], group["title"]) for group in plan["groups"]] == [
        ("owner", None, None)
    ]


@pytest.mark.parametrize("command", ["actions", "overdue", "show"])
def test_actions(command: str, real_plans: Sequence[LoadedPlan], answer_of: AnswerOf) -> None:
    answer = data(answer_of(command, real_plans))
    assert list(answer) == ["jtai", "kind", "as_of", "actions"]
    assert (answer["jtai"], answer["kind"], answer["as_of"]) == (1, command, "2025-08-07")
    names = ACTION + MORE if command == "show" else ACTION
    assert {tuple(action) for action in answer["actions"]} == {tuple(names.split(", "))}


def test_an_action_with_nothing_but_what_is_required(build: Build, answer_of: AnswerOf) -> None:
    (action,) = data(answer_of("actions", [build({})]))["actions"]
    assert action.pop("line") > 0
    assert action == {
        "plan": "p",
        "ref": "1.1",
        "objective": "1",
        "text": "Do it",
        "lead": None,
        "owners": [],
        "support": [],
        "due": None,
        "due_note": None,
        "theme": None,
        "level": None,
        "progress": None,
        "impact": None,
        "standing": "unrated",
        "overdue": False,
        "days_overdue": 0,
        "measures": [],
        "evidence": [],
        "completed": None,
        "updates": [],
        "file": "plans/p.yaml",
    }


def test_an_action_with_dates_and_updates(build: Build, answer_of: AnswerOf) -> None:
    update = {"on": "2025-07-01", "by": "TVP", "text": "Begun"}
    plan = build(
        {"due": "2025-07-31", "progress": "Amber", "updates": [update]},
        {"progress": "blue", "completed": "2025-06-01"},
    )
    first, second = data(answer_of("actions", [plan]))["actions"]
    assert (first["due"], first["overdue"], first["days_overdue"]) == ("2025-07-31", True, 7)
    assert (first["progress"], first["standing"]) == ("amber", "at_risk")
    assert first["updates"] == [update]
    assert (second["completed"], second["standing"]) == ("2025-06-01", "complete")


def test_text_is_written_as_it_stands(build: Build, answer_of: AnswerOf) -> None:
    text = FORMATS["json"](
        answer_of("actions", [build({"text": "Zoë’s “漢字” \\ / <b>"})]), Display()
    )
    assert '"text": "Zoë’s “漢字” \\\\ / <b>"' in text
    assert text.endswith("}\n")


def test_problems() -> None:
    problem = Problem(
        *("p.yaml", 3, 7, "undated", "warning", "no date", "agree one", None, "excerpt"),
        *("p", "1.1"),
    )
    written = json.loads(PROBLEM_FORMATS["json"](Judged([problem], 1), Display()))
    assert list(written) == ["jtai", "kind", "problems"]
    assert (written["jtai"], written["kind"]) == (1, "problems")
    assert list(written["problems"][0]) == PROBLEM
    assert list(written["problems"][0].values()) == [*problem[:8], "p", "1.1"]
