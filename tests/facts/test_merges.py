"""What a merge lost of what was merged in, and what is no loss."""

import datetime as dt
import json
from typing import Any

import pytest

from jtai_cli.facts.edits import edit_problems
from jtai_cli.facts.merges import Merge, Side, merge_problems
from jtai_cli.facts.pairing import Version
from jtai_cli.plan.load import load_plan
from jtai_cli.plan.problem import Problem

ENDING = ", against the branch that is merged in"
JUNE, JULY, LATE = {"due": "2025-06-30"}, {"due": "2025-07-31"}, {"due": "2025-12-31"}
RED, AMBER, GREEN = ({"progress": rating} for rating in ("red", "amber", "green"))
ENTRY = {"on": "2025-08-01", "text": "Agreed by the board"}
YOUNGER = {"on": "2025-08-05", "text": "Asked again"}
WHY, AGAIN, BOTH = {"updates": [ENTRY]}, {"updates": [YOUNGER]}, {"updates": [ENTRY, YOUNGER]}
OUT = {"withdrawn": {"on": "2025-08-01", "reason": "Merged"}}
PROOF = {"evidence": ["An audit"]}

Plan = dict[str, Any] | bytes | None


def plan(*actions: dict[str, Any], **fields: Any) -> dict[str, Any]:
    numbered = [{"ref": f"1.{n}", "text": "Train"} | one for n, one in enumerate(actions, 1)]
    head = {"jtai": "1", "id": "p", "title": "T", "rag": "brag"}
    objectives = [{"ref": "1", "title": "O", "actions": numbered}] if actions else []
    return head | {"objectives": objectives} | fields


def versions(written: Plan, file: str = "a") -> list[Version]:
    if written is None:
        return []
    text = written if isinstance(written, bytes) else json.dumps(written).encode()
    return [Version(file, load_plan(file, text))]


def problems(base: Plan, ours: Plan, theirs: Plan, result: Plan) -> list[Problem]:
    was, mine, other, now = map(versions, (base, ours, theirs, result))
    edits = edit_problems(mine, now, removed=["a"])
    return merge_problems(edits, Merge(mine, [Side(was, other)], now))


def of_actions(*actions: dict[str, Any]) -> list[dict[str, Any]]:
    return [plan(action) for action in actions]


def said(base: Plan, ours: Plan, theirs: Plan, result: Plan) -> list[tuple[str, bool]]:
    """The rule of each problem, and whether it is one against the other side."""
    found = problems(base, ours, theirs, result)
    return [(problem.rule, problem.message.endswith(ENDING)) for problem in found]


LOST = {
    "a worse rating": (GREEN, GREEN, RED, GREEN, ["rating-improved-without-update"]),
    "a worse rating and its reason": (
        *(GREEN, GREEN, RED | WHY, GREEN),
        ["update-rewritten", "rating-improved-without-update"],
    ),
    "an update": ({}, {}, WHY, {}, ["update-rewritten"]),
    "an earlier date": (LATE, LATE, JUNE, LATE, ["due-moved-later"]),
    "a date": ({}, {}, JUNE, {}, ["due-removed"]),
    "a withdrawal": ({}, {}, OUT, {}, ["reopened"]),
    "evidence of what is complete": (
        *({"progress": "blue"}, {"progress": "blue"}, {"progress": "blue"} | PROOF),
        *({"progress": "blue"}, ["completed-without-evidence"]),
    ),
    "a worse impact": (
        *({"impact": "green"}, {"impact": "green"}, {"impact": "red"}, {"impact": "green"}),
        ["impact-improved-without-evidence"],
    ),
}


@pytest.mark.parametrize(("base", "ours", "theirs", "result", "broken"), LOST.values(), ids=LOST)
def test_what_the_other_side_changed_and_the_result_lost(
    base: Any, ours: Any, theirs: Any, result: Any, broken: list[str]
) -> None:
    found = said(*of_actions(base, ours, theirs, result))
    assert found == [(rule, True) for rule in broken]


SOUND = {
    "what they changed": (JUNE, JUNE, JULY | WHY, JULY | WHY),
    "what they changed, with an older reason than our last update": (
        *(JUNE | RED, JUNE | RED | AGAIN, JULY | AMBER | WHY, JULY | AMBER | BOTH),
    ),
    "what we changed, with an older reason than their last update": (
        *(JUNE | RED, JULY | AMBER | WHY, JUNE | RED | AGAIN, JULY | AMBER | BOTH),
    ),
    "what both changed, and ours was chosen": (JUNE, LATE | WHY, JULY | AGAIN, LATE | BOTH),
    "what both changed, and theirs was chosen": (JUNE, JULY | AGAIN, LATE | WHY, LATE | BOTH),
    "what both changed alike": (JUNE, JULY | WHY, JULY | WHY, JULY | WHY),
    "evidence of both": (
        *({}, PROOF, {"evidence": ["A survey"]}),
        {"progress": "blue", "evidence": ["An audit", "A survey"], **WHY},
    ),
    "lines broken anew": (
        *(WHY, {"updates": [ENTRY | {"text": "Agreed\nby the board"}]}, BOTH, BOTH),
    ),
}


@pytest.mark.parametrize(("base", "ours", "theirs", "result"), SOUND.values(), ids=SOUND)
def test_a_merge_that_loses_nothing(base: Any, ours: Any, theirs: Any, result: Any) -> None:
    assert said(*of_actions(base, ours, theirs, result)) == []


def test_what_the_other_side_changed_without_a_reason_is_said_once() -> None:
    assert said(*of_actions(JUNE, JUNE, JULY, JULY)) == [("due-moved-later", False)]
    assert said(*of_actions(JUNE, JUNE | AGAIN, JULY, JULY | AGAIN)) == [("due-moved-later", False)]


def test_what_they_changed_with_a_reason_that_is_lost() -> None:
    four = of_actions(JUNE, JUNE, JULY | WHY, JULY)
    assert said(*four) == [("due-moved-later", False), ("update-rewritten", True)]


def test_what_the_result_changed_of_both_is_said_against_each() -> None:
    assert said(*of_actions(JUNE, JUNE, JULY | WHY, LATE | WHY)) == [
        ("due-moved-later", True),
    ]
    assert said(*of_actions(JUNE, JUNE, JUNE, LATE)) == [("due-moved-later", False)]


def test_a_problem_says_against_what() -> None:
    (problem,) = problems(*of_actions(LATE, LATE, JUNE, LATE))
    assert problem.message == (
        "1.1 was due 2025-06-30 and is now due 2025-12-31, 184 days later, without a reason"
        f"{ENDING}"
    )
    assert (problem.plan, problem.ref, problem.severity) == ("p", "1.1", "error")


NEW = {"text": "Ask children"}
ACTIONS: dict[str, tuple[list[Any], list[Any], list[Any], list[Any], list[str]]] = {
    "of theirs that is new": ([{}], [{}], [{}, NEW], [{}], ["action-removed"]),
    "of theirs that is kept": ([{}], [{}], [{}, NEW], [{}, NEW], []),
    "that we gave up": ([{}, NEW], [{}], [{}, NEW], [{}], []),
    "that both have anew": ([{}], [{}, NEW | JUNE], [{}, NEW | JULY], [{}, NEW | JUNE], []),
    "of ours": ([{}], [{}, NEW], [{}], [{}, NEW], []),
}


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "result", "broken"), ACTIONS.values(), ids=ACTIONS
)
def test_an_action(
    base: list[Any], ours: list[Any], theirs: list[Any], result: list[Any], broken: list[str]
) -> None:
    four = (plan(*actions) for actions in (base, ours, theirs, result))
    assert said(*four) == [(rule, True) for rule in broken]


BROKEN = b"id: p\nx: ["
PLANS: dict[str, tuple[Plan, Plan, Plan, Plan, list[tuple[str, bool]]]] = {
    "of theirs that is lost": (None, None, plan({}), None, [("plan-removed", True)]),
    "of theirs that is kept": (None, None, plan({}), plan({}), []),
    "of theirs that is kept, and changed": (
        *(None, None, plan(JUNE), plan(JULY), [("due-moved-later", True)]),
    ),
    "of theirs that can't be read in the result": (None, None, plan({}), BROKEN, []),
    "that we gave up": (plan({}), None, plan(JUNE), None, []),
    "of ours that is lost": (plan({}), plan({}), plan({}), None, [("plan-removed", False)]),
    "that both began": (None, plan(JUNE), plan(JULY), plan(JUNE), []),
    "of theirs that could not be read": (plan({}), plan({}), BROKEN, plan({}), []),
    "that could not be read on our side": (plan({}), plan({}, title=[]), plan(JUNE), plan({}), []),
    "with an error now": (plan({}), plan({}), plan(JUNE), plan({}, title=[]), []),
    "with another scheme of ours": (
        plan({"progress": "Amber"}),
        plan({"progress": "Amber"}, rag="five-point"),
        plan({"progress": "Amber"} | WHY),
        plan({"progress": "Amber"} | WHY, rag="five-point"),
        [],
    ),
}


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "result", "expected"), PLANS.values(), ids=PLANS
)
def test_a_plan(
    base: Plan, ours: Plan, theirs: Plan, result: Plan, expected: list[tuple[str, bool]]
) -> None:
    assert said(base, ours, theirs, result) == expected


def test_two_branches_that_are_merged_in_at_once() -> None:
    was, one, other = plan(JUNE, RED), plan(JUNE | WHY, RED), plan(JUNE, RED | AGAIN)
    base, mine = versions(was), versions(was)
    sides = [Side(base, versions(one)), Side(base, versions(other))]

    def rules(result: Plan) -> list[str]:
        return [
            problem.rule for problem in merge_problems([], Merge(mine, sides, versions(result)))
        ]

    assert rules(plan(JUNE | WHY, RED | AGAIN)) == []
    assert rules(plan(JUNE, RED)) == ["update-rewritten", "update-rewritten"]


def test_a_reason_of_the_future_is_none_on_the_other_side_either() -> None:
    was, mine, other, now = map(versions, of_actions(JUNE, JUNE, JULY | AGAIN, JULY | AGAIN))
    merge = Merge(mine, [Side(was, other)], now)
    for day, broken in (("2025-08-03", ["due-moved-later"]), ("2025-08-04", [])):
        as_of = dt.date.fromisoformat(day)
        edits = edit_problems(mine, now, as_of=as_of)
        assert [one.rule for one in merge_problems(edits, merge, as_of)] == broken
