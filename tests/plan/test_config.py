"""The policy: what may stand in it, what is said of the rest, and what holds where nothing does."""

import datetime as dt
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jtai_cli.plan.config import (
    CHANGEABLE,
    CONDITION_NAMES,
    Condition,
    Policy,
    Waiver,
    folder_in,
    load_config,
)
from jtai_cli.plan.explanations import EXPLANATIONS, READING, SHAPE
from jtai_cli.plan.explanations_of_the_gate import CONDITIONS, EDITS, POLICY
from jtai_cli.plan.problem import Problem

CASES = sorted((Path(__file__).parent.parent / "cases" / "policy").glob("*.yaml"))
NEEDS_PLANS = {"policy-changed", "expired-waiver", "unmatched-waiver", "second-policy"}

WAIVER = 'plan: p, ref: "1", condition: overdue, until: 2026-01-31'

every_case = pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)


def policy(text: str) -> Policy:
    config = load_config("jtai.yaml", text.encode())
    assert config.problems == ()
    assert config.policy is not None
    return config.policy


def problem(text: str) -> Problem:
    (found,) = load_config("jtai.yaml", text.encode()).problems
    return found


@every_case
def test_exactly_what_is_wrong_is_said(
    path: Path,
    parser: Callable[[str], Any],
    exactly_as_expected: Callable[[Path, Iterable[Problem]], None],
) -> None:
    config = load_config(path.name, path.read_bytes(), parser)

    exactly_as_expected(path, config.problems)
    assert (config.policy is None) is any(one.severity == "error" for one in config.problems)


@every_case
def test_every_problem_reads_as_a_whole(path: Path) -> None:
    for one in load_config(path.name, path.read_bytes()).problems:
        assert one.file == path.name
        assert one.severity == EXPLANATIONS[one.rule].severity
        assert one.message.isprintable()
        assert len(one.message) < 400
        assert "lost" not in one.message
        assert one.excerpt is None or one.column <= len(one.excerpt) + 1


def test_every_rule_of_the_policy_has_a_case(
    rules_expected: Callable[[Iterable[Path]], set[str]],
) -> None:
    assert set(POLICY) - NEEDS_PLANS <= rules_expected(CASES) <= set(READING | SHAPE | POLICY)


def test_what_holds_where_nothing_is_written() -> None:
    assert policy("jtai: 1") == Policy()
    assert Policy().model_dump() == {
        "jtai": "1",
        "plans": "plans",
        "fail_on": ("overdue-red",),
        "stale_after": 90,
        "rules": {},
        "waivers": (),
    }


def test_what_is_written_is_read() -> None:
    written = policy((CASES[0].parent / "everything.yaml").read_text())

    assert (written.plans, written.stale_after) == ("our plans/2025", 60)
    assert written.fail_on == ("overdue-red", "overdue-on-track", "stale")
    assert written.rules["due-moved-later"] == "warning"
    assert written.waivers[0] == Waiver(
        plan="reading-jtai-2025",
        ref="1.10",
        condition="overdue-red",
        until="2026-01-31",  # type: ignore[arg-type]
        reason="The clinic moves to another building.",
        agreed="Board, minute 7 of 3 July 2025",
    )
    assert written.waivers[1].until == dt.date(2026, 1, 31)


@pytest.mark.parametrize("days", [1, 90, 9999])
def test_days_may_stand_in_quotes(days: int) -> None:
    assert policy(f"stale_after: {days}").stale_after == days
    assert policy(f'stale_after: "{days}"').stale_after == days


@pytest.mark.parametrize("folder", [".", "plans", "plans/", "a b/c-d/e.f"])
def test_a_folder_below_the_file(folder: str) -> None:
    assert policy(f"plans: {folder}").plans == folder


@pytest.mark.parametrize("name", CONDITION_NAMES)
def test_every_condition_may_be_failed_on_and_waived(name: Condition) -> None:
    fields = f'plan: p, ref: "1", condition: {name}, until: 2026-01-31, reason: A, agreed: B'

    written = policy(f"fail_on: [{name}]\nwaivers: [{{{fields}}}]")

    assert written.fail_on == (name,)
    assert written.waivers[0].condition == name


@pytest.mark.parametrize("name", EXPLANATIONS)
def test_the_severity_of_edits_and_warnings_may_be_changed_and_no_other(name: str) -> None:
    config = load_config("jtai.yaml", f"rules: {{{name}: warning}}".encode())

    of_plans = name not in CONDITIONS and name not in POLICY
    changeable = name in EDITS or (of_plans and EXPLANATIONS[name].severity == "warning")
    assert (config.policy is not None) is changeable is (name in CHANGEABLE)


@pytest.mark.parametrize(
    ("rules", "rule", "severity"),
    [
        ("due-removed: warning", "due-removed", "warning"),
        ("undated: error", "undated", "error"),
        ("undated: error", "no-owner", "warning"),
    ],
)
def test_how_bad_a_problem_is(rules: str, rule: str, severity: str) -> None:
    found = Problem("plan.yaml", 1, 1, rule, EXPLANATIONS[rule].severity, "It is so.")

    assert policy(f"rules: {{{rules}}}").severity(found) == severity
    assert Policy().severity(found) == EXPLANATIONS[rule].severity


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("failon: [stale]", "did you mean 'fail_on'?"),
        ("severity: error", "known here: jtai, plans, fail_on, stale_after, rules, waivers"),
        ("reason: A", "'reason' is a field of a waiver"),
        ("fail_on: [overdue-rde]", "did you mean 'overdue-red'?"),
        ("fail_on: overdue-red", "write [overdue-red]"),
        ("rules: {due-moved-latr: error}", "did you mean 'due-moved-later'?"),
        ("rules: {DUE_REMOVED: error}", "did you mean 'due-removed'?"),
        ("rules: {x: error}", "jtai explain lists the rules"),
        ("rules: {stale: error}", "list it there to fail on it, or leave it out"),
        ("rules: {unmatched-waiver: error}", "with '--strict' it counts as an error"),
        ("rules: {due-removed: warnings}", "did you mean 'warning'?"),
        ("jtai: 2", "write 'jtai: 1'"),
        ("stale_after: 90 days", "write 90"),
        ("stale_after: 1 Day", "write 1"),
        ("stale_after: 090d.", "write 90"),
        ("stale_after: 3 months", "write how many days, such as 90"),
        ("stale_after: 12345 days", "write how many days, such as 90"),
        (f"waivers: [{{{WAIVER}, agreed: B}}]", "write 'reason: …': why it is let pass"),
        (
            f"waivers: [{{{WAIVER}, reason: A}}]",
            "write 'agreed: …': who agreed, or which minute says so",
        ),
    ],
)
def test_what_to_do(text: str, hint: str) -> None:
    assert problem(text).hint == hint


def test_a_faulty_policy_is_none_and_says_all_that_is_wrong_with_it() -> None:
    config = load_config("a/jtai.yaml", b"jtai: 2\nstale_after: x\nrules: {x: error, y: bad}\n")

    assert config.policy is None
    assert [(one.file, one.line, one.rule) for one in config.problems] == [
        ("a/jtai.yaml", 1, "unknown-value"),
        ("a/jtai.yaml", 2, "not-a-number"),
        ("a/jtai.yaml", 3, "unknown-rule"),
        ("a/jtai.yaml", 3, "unknown-value"),
    ]


def test_a_warning_alone_leaves_the_policy_in_force() -> None:
    config = load_config("jtai.yaml", b"plans: 2025\n")

    assert [one.rule for one in config.problems] == ["needs-quotes"]
    assert config.policy is not None
    assert (config.file, config.policy.plans) == ("jtai.yaml", "2025")


def test_a_policy_with_very_many_faults_is_not_mended() -> None:
    config = load_config("jtai.yaml", b"waivers:\n" + b"- x\n" * 1_001)

    assert config.policy is None
    assert config.problems[-1].rule == "more-problems"


@pytest.mark.parametrize(
    ("text", "folder"),
    [
        ("plans: boards\n", "boards"),
        ("plans: a/b/\n", "a/b/"),
        ("fail_on: [overdue]\n", "plans"),
        ("plans: boards\nfail_onn: [overdue]\nwaivers: 3\n", "boards"),
        ("plans: ../boards\n", None),
        ("plans: [boards]\n", None),
        ("plans: [boards\n", None),
        ("", None),
    ],
)
def test_where_the_plans_are_can_be_known_whatever_else_is_wrong(
    text: str, folder: str | None
) -> None:
    assert folder_in(text.encode()) == folder


@settings(max_examples=400)
@given(st.binary(max_size=200))
def test_any_bytes(content: bytes) -> None:
    assert load_config("jtai.yaml", content).problems


FIELDS = st.sampled_from([*Policy.model_fields, *Waiver.model_fields, "x", "overdue", "undated"])
VALUES = st.recursive(
    st.text(max_size=20) | st.sampled_from([*CONDITION_NAMES, *CHANGEABLE, "error", "90", "p"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(FIELDS, inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=400)
@given(st.dictionaries(FIELDS, VALUES, max_size=4))
def test_any_values(written: dict[str, Any]) -> None:
    config = load_config("jtai.yaml", json.dumps(written, ensure_ascii=False).encode())

    assert (config.policy is None) is any(one.severity == "error" for one in config.problems)
    for one in config.problems:
        assert f"{one.message} {one.hint}".isprintable()
        assert one.rule in EXPLANATIONS
