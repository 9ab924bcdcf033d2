"""From texts to plans: what is given out, in which order, and what stays unsaid."""

from pathlib import Path

import pytest

from jtai_cli.plan.load import load, load_plan
from jtai_cli.plan.model import Plan

ROOT = Path(__file__).parents[2]
HEAD = "jtai: 1\nid: a-plan\ntitle: A plan\nrag: brag\n"
ACTION = '{ref: "1.1", text: Ask, owners: [A], due: 2025-06-30}'
SOUND = f"""\
{HEAD}partners: {{A: Ask}}
objectives: [{{ref: "1", title: Listen, actions: [{ACTION}]}}]
"""


def said(text: str) -> list[tuple[int, str]]:
    problems = load_plan("plan.yaml", text.encode()).problems
    return [(problem.line, problem.rule) for problem in problems]


def test_plans_come_in_the_order_of_their_files() -> None:
    loaded = load({"b.yaml": SOUND.encode(), "a.yaml": SOUND.replace("a-plan", "b").encode()})

    assert [(found.file, found.plan.id) for found in loaded.plans] == [
        ("b.yaml", "a-plan"),
        ("a.yaml", "b"),
    ]
    assert loaded.problems == ()


def test_a_plan_with_an_error_is_not_given_out_and_hides_no_other() -> None:
    loaded = load({"a.yaml": b"[", "b.yaml": SOUND.encode()})

    assert [found.file for found in loaded.plans] == ["b.yaml"]
    assert [(problem.file, problem.rule) for problem in loaded.problems] == [
        ("a.yaml", "yaml-syntax")
    ]


def test_an_id_that_another_file_has_is_refused_at_its_place() -> None:
    loaded = load({"a.yaml": SOUND.encode(), "b.yaml": f"# b\n{SOUND}".encode()})

    assert [found.file for found in loaded.plans] == ["a.yaml"]
    (problem,) = loaded.problems
    assert (problem.file, problem.line, problem.column) == ("b.yaml", 3, 5)
    assert problem.rule == "duplicate-plan-id"
    assert problem.message == "the plan id 'a-plan' is already used in a.yaml"


def test_a_plan_that_is_known_is_not_judged_again_and_has_its_lines() -> None:
    warned = SOUND.replace(", owners: [A]", "").encode()
    (plain,) = load({"a.yaml": warned}).plans
    asked: list[bytes] = []

    def known(content: bytes) -> Plan:
        asked.append(content)
        return plain.plan

    loaded = load({"a.yaml": warned}, known)
    assert asked == [warned]
    assert loaded.problems == ()
    assert loaded.plans[0].plan is plain.plan
    path = ("objectives", 0, "actions", 0, "ref")
    assert loaded.plans[0].line_of(*path) == plain.line_of(*path) == 6


def test_the_second_with_an_id_is_refused_though_both_are_known() -> None:
    texts = {"a.yaml": SOUND.encode(), "b.yaml": f"# b\n{SOUND}".encode()}
    plan = load(texts).plans[0].plan

    assert load(texts, lambda _: plan).problems == load(texts).problems


def test_an_id_counts_though_its_plan_has_other_errors() -> None:
    broken = SOUND.replace("brag", "brg")
    loaded = load({"a.yaml": broken.encode(), "b.yaml": SOUND.encode()})

    assert [problem.rule for problem in loaded.problems] == ["unknown-scheme", "duplicate-plan-id"]


def test_an_id_that_was_lost_is_nobodys() -> None:
    nameless = SOUND.replace("id: a-plan\n", "")
    loaded = load({"a.yaml": nameless.encode(), "b.yaml": nameless.encode()})

    assert [problem.rule for problem in loaded.problems] == ["missing-field", "missing-field"]


def test_every_value_has_its_line() -> None:
    content = (ROOT / "tests/cases/valid/everything.yaml").read_bytes()
    loaded = load_plan("everything.yaml", content).loaded
    assert loaded is not None
    lines = content.decode().splitlines()

    assert "progress: blue" in lines[loaded.line_of("objectives", 0, "actions", 0, "progress") - 1]
    assert "Going on" in lines[loaded.line_of("objectives", 0, "actions", 0, "updates", 1) - 1]
    assert loaded.line_of("objectives", 0, "actions", 1, "due") == loaded.line_of(
        "objectives", 0, "actions", 1
    )


def test_a_warning_alone_lets_a_plan_through() -> None:
    read = load_plan("plan.yaml", SOUND.replace("A plan", "2025").encode())

    assert [problem.rule for problem in read.problems] == ["needs-quotes"]
    assert read.loaded is not None
    assert read.loaded.plan.title == "2025"


def test_a_line_is_shown_unless_it_is_endless() -> None:
    short, endless = f"{SOUND}x: y z\n", f"{SOUND}x: {'y' * 2_001}\n"

    assert load_plan("plan.yaml", short.encode()).problems[0].excerpt == "x: y z"
    assert load_plan("plan.yaml", endless.encode()).problems[0].excerpt is None


PARTNERS = "partners: {TVP: Thames Valley Police}\n"
ACTION = '{ref: "1.1", text: Train, owners: [TVP], due: 2025-06-30}'


def plan(objectives: str, head: str = HEAD + PARTNERS) -> str:
    return f"{head}objectives:\n{objectives}"


def objective(*actions: str, more: str = "") -> str:
    listed = "".join(f"    - {action}\n" for action in actions)
    return f'  - ref: "1"\n    title: One\n{more}    actions:\n{listed}'


KNOCK_ON = {
    "a date that is none is not also missing": (
        plan(objective('{ref: "1.1", text: Train, owners: [TVP], due: In place}')),
        [(10, "date-format")],
    ),
    "a list of owners that is none is not also missing": (
        plan(objective('{ref: "1.1", text: Train, owners: TVP, due: 2025-06-30}')),
        [(10, "wrong-type")],
    ),
    "an owner whose code is faulty is not also unknown": (
        plan(objective('{ref: "1.1", text: Train, owners: [T;V, XY], due: 2025-06-30}')),
        [(10, "bad-ref"), (10, "unknown-partner")],
    ),
    "a partner that is faulty makes nobody unknown": (
        plan(objective(ACTION), f"{HEAD}partners: {{TVP: []}}\n"),
        [(5, "wrong-type")],
    ),
    "partners in a list make nobody unknown": (
        plan(objective(ACTION), f"{HEAD}partners: [TVP]\n"),
        [(5, "wrong-type")],
    ),
    "a scheme that is unknown makes no rating unknown": (
        plan(
            objective('{ref: "1.1", text: Train, owners: [TVP], due: 2025-06-30, progress: grey}'),
            HEAD.replace("brag", "brg") + PARTNERS,
        ),
        [(4, "unknown-scheme")],
    ),
    "a rating that is faulty makes no rating unknown": (
        plan(
            objective('{ref: "1.1", text: Train, owners: [TVP], due: 2025-06-30, progress: grey}'),
            HEAD.replace("brag", "{ratings: [{rating: grey, counts_as: done}]}") + PARTNERS,
        ),
        [(4, "unknown-value")],
    ),
    "a rating that is none is not also missing its evidence": (
        plan(
            objective('{ref: "1.1", text: x, owners: [TVP], due: 2025-06-30, progress: [red]}'),
        ),
        [(10, "wrong-type")],
    ),
    "a finding whose ref is faulty makes no answer unknown": (
        plan(
            objective(ACTION, more='    answers: ["1"]\n'),
            f'{HEAD}{PARTNERS}findings: [{{ref: "1 ", kind: improvement}}]\n',
        ),
        [(6, "bad-ref")],
    ),
    "an answer that is faulty leaves no finding unanswered": (
        plan(
            objective(ACTION, more='    answers: ["1 "]\n'),
            f'{HEAD}{PARTNERS}findings: [{{ref: "1", kind: improvement}}]\n',
        ),
        [(10, "bad-ref")],
    ),
    "a priority whose ref is faulty makes no priority unknown": (
        plan(
            objective(ACTION, more='    priority: "1"\n'),
            f'{HEAD}{PARTNERS}priorities: [{{ref: ""}}]\n',
        ),
        [(6, "empty-value")],
    ),
    "an action whose ref is faulty is no missing replacement": (
        plan(
            objective(
                ACTION.replace("1.1", "1.1 "),
                "{ref: b, text: x, withdrawn: {on: 2025-01-01, reason: x, replaced_by: '1.1'}}",
            )
        ),
        [(10, "bad-ref")],
    ),
    "an update without its day is not also out of order": (
        plan(objective(ACTION[:-1] + ", updates: [{on: 2025-01-01, text: a}, {text: b}]}")),
        [(10, "missing-field")],
    ),
    "an end that is no date does not come before its start": (
        plan(objective(ACTION), f"{HEAD}{PARTNERS}period: {{start: 2025-01-01, end: 2025}}\n"),
        [(6, "date-format")],
    ),
    "two refs that were lost are not the same": (
        plan(objective(*[ACTION.replace('"1.1"', "''")] * 2)),
        [(10, "empty-value"), (11, "empty-value")],
    ),
    "an objective that is none takes no other with it": (
        plan("  - One\n" + objective(ACTION.replace("TVP", "XY"))),
        [(7, "wrong-type"), (11, "unknown-partner")],
    ),
}


@pytest.mark.parametrize(("text", "expected"), KNOCK_ON.values(), ids=KNOCK_ON.keys())
def test_a_fault_makes_no_further_ones(text: str, expected: list[tuple[int, str]]) -> None:
    assert said(text) == expected


def test_what_else_is_wrong_is_said_in_the_same_run() -> None:
    actions = [
        '{ref: "1.1", text: Train, owners: [XY], due: 2025-06-31}',
        '{ref: "1.1", text: Train, progress: grey, owner: TVP}',
    ]

    assert said(plan(objective(*actions))) == [
        (10, "unknown-partner"),
        (10, "impossible-date"),
        (11, "no-owner"),
        (11, "undated"),
        (11, "duplicate-ref"),
        (11, "unknown-rating"),
        (11, "unknown-field"),
    ]


def test_a_plan_with_very_many_faults_is_not_mended() -> None:
    actions = ['{ref: "1.1", text: Train, due: x}'] * 1_001

    assert {rule for _, rule in said(plan(objective(*actions)))} == {"date-format", "more-problems"}


def test_a_stand_in_for_a_lost_ref_is_never_named() -> None:
    action = "objectives: [{ref: '1', title: One, actions: [{text: Do it., due: 2025-06-30}]}]\n"

    problems = load_plan("plan.yaml", f"{HEAD}{action}".encode()).problems

    assert [problem.message for problem in problems] == [
        "an action needs 'ref'",
        "this action has no owner",
    ]
