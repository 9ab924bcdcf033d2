from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jtai_cli.plan.load import load_plan
from jtai_cli.plan.model import Action, Objective, Plan
from jtai_cli.plan.shape import fault_of, model_at

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

HEAD = "jtai: 1\nid: a-plan\ntitle: A plan\nrag: brag\n"


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("TVP and BFFC", "write [TVP, BFFC]"),
        ("TVP, BFFC & Kent CC", "write [TVP, BFFC, Kent CC]"),
        ("Police/CSC", "write [Police, CSC]"),
        ("101", 'write ["101"]'),
    ],
)
def test_names_written_in_one_cell_are_shown_as_a_list(written: str, hint: str) -> None:
    action = f"[{{ref: '1.1', text: x, owners: '{written}'}}]"
    text = f"{HEAD}objectives: [{{ref: '1', title: x, actions: {action}}}]\n"

    problems = load_plan("plan.yaml", text.encode()).problems

    assert [problem.hint for problem in problems if problem.severity == "error"] == [hint]


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("Area: x", "did you mean 'area'?"),
        ("owners: x", "'owners' is a field of an action"),
        ("ownrs: x", "did you mean 'owners'?"),
        ("due: x", "'due' is a field of a statement and of an action"),
        ("kind: multiagency", "did you mean 'multi-agency'?"),
        ("findings: '1'", 'write ["1"]'),
        ("findings: a, b", "write [a, b]"),
        ("findings: a text that is too long for a hint", "write each item on a line of its own"),
        ("period: 2025", "known fields: start, end"),
        ("partners: TVP", "write 'name: value'"),
        ("area: ''", "write a value, or leave the line out if there is none"),
        ("findings: [{ref: ''}]", "write a value: a finding needs it"),
        ("priorities: [{ref: 1 a}]", "write 1-a"),
        ("priorities: [{ref: '§'}]", "None"),
        ("partners: {'§': x}", "choose a short code, such as TVP or Kent CC"),
    ],
)
def test_what_to_do(line: str, hint: str) -> None:
    problems = load_plan("plan.yaml", f"{HEAD}objectives: []\n{line}\n".encode()).problems

    assert hint in str(next(p.hint for p in problems if p.severity == "error"))


def test_a_complaint_that_is_not_known_is_passed_on() -> None:
    error: ErrorDetails = {"type": "new", "loc": ("area",), "msg": "Too odd", "input": "x"}

    fault = fault_of(error, Plan)

    assert (fault.rule, fault.message) == ("wrong-type", "'area' is not as it should be: Too odd")


@pytest.mark.parametrize(
    ("path", "model"),
    [
        ((), Plan),
        (("objectives", 0), Objective),
        (("objectives", 0, "actions", 1), Action),
        (("partners", "TVP"), None),
        (("title",), None),
        (("nothing", "at", "all"), None),
    ],
)
def test_each_group_has_its_model(path: tuple[str | int, ...], model: type[Plan] | None) -> None:
    assert model_at(Plan, path) is model
