"""Waivers: what they let pass and until when, and what is said of those that let nothing pass."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from jtai_cli.facts.gate import gate, verdict
from jtai_cli.facts.verdict import Terms, Verdict
from jtai_cli.plan.config import Config, Policy, load_config
from jtai_cli.plan.load import LoadedPlan

Build = Callable[..., LoadedPlan]

UNTIL = dt.date(2025, 8, 7)
RED = {"due": "2025-06-30", "progress": "red", "owners": ["TVP"]}
HEAD = "fail_on: [overdue-red, stale]\nwaivers:\n"


def waiver(**fields: str) -> str:
    written = {
        "plan": "p",
        "ref": '"1.1"',
        "condition": "overdue-red",
        "until": UNTIL.isoformat(),
        "reason": "The clinic moves",
        "agreed": "Board, 3 July",
    } | fields
    lines = "".join(f"    {name}: {value}\n" for name, value in written.items())
    return f"  -\n{lines}"


def config(*waivers: str) -> Config:
    read = load_config("jtai.yaml", f"{HEAD}{''.join(waivers)}".encode())
    assert read.problems == ()
    return read


def judge(
    plan: LoadedPlan,
    written: Config,
    as_of: dt.date = UNTIL,
    fail_on: tuple[str, ...] = (),
    **terms: Any,
) -> Verdict:
    policy = written.policy
    assert policy
    if fail_on:
        policy = policy.model_copy(update={"fail_on": fail_on})
    found = gate(plan, (), policy, as_of)
    return verdict([found], Terms(written, policy, as_of, **terms))


def fresh(**fields: Any) -> dict[str, Any]:
    return RED | {"updates": [{"on": "2025-08-01", "text": "Going on"}]} | fields


@pytest.mark.parametrize(
    ("as_of", "waived", "breaches", "warnings"),
    [
        ("2025-08-06", 1, 0, []),
        ("2025-08-07", 1, 0, []),
        ("2025-08-08", 0, 1, ["expired-waiver"]),
    ],
)
def test_a_breach_is_let_pass_up_to_the_last_day(
    build: Build, as_of: str, waived: int, breaches: int, warnings: list[str]
) -> None:
    found = judge(build(fresh()), config(waiver()), dt.date.fromisoformat(as_of))
    assert (len(found.waived), len(found.breaches)) == (waived, breaches)
    assert [warning.rule for warning in found.warnings] == warnings
    assert found.passed is bool(waived)


def test_a_waived_breach_is_still_listed(build: Build) -> None:
    (waived,) = judge(build(fresh()), config(waiver())).waived
    assert (waived.problem.rule, waived.problem.ref) == ("overdue-red", "1.1")
    assert waived.problem.severity == "warning"
    assert (waived.until, waived.reason, waived.agreed) == (
        *(UNTIL, "The clinic moves", "Board, 3 July"),
    )


@pytest.mark.parametrize(
    ("fields", "line", "message"),
    [
        ({"plan": "q"}, 4, "of q 1.1 (overdue-red) lets nothing pass: there is no such plan"),
        ({"ref": '"1.2"'}, 5, "of p 1.2 (overdue-red) lets nothing pass: no action with that ref"),
        ({"condition": "stale"}, 5, "of p 1.1 (stale) lets nothing pass: no action with that ref"),
        (
            {"condition": "undated"},
            6,
            "of p 1.1 (undated) lets nothing pass: the policy does not fail on that",
        ),
    ],
)
def test_a_waiver_that_lets_nothing_pass_is_warned_of(
    build: Build, fields: dict[str, str], line: int, message: str
) -> None:
    found = judge(build(fresh()), config(waiver(**fields)))
    (warning,) = found.warnings
    assert (warning.file, warning.rule, warning.severity) == (
        *("jtai.yaml", "unmatched-waiver", "warning"),
    )
    assert warning.line == line
    assert message in warning.message
    assert len(found.breaches) == 1


def test_a_waiver_of_an_action_that_breaches_nothing_is_warned_of(build: Build) -> None:
    found = judge(build(fresh(progress="green")), config(waiver()))
    assert [warning.rule for warning in found.warnings] == ["unmatched-waiver"]
    assert found.passed


def test_a_plan_that_is_nearly_called_so_is_suggested(build: Build) -> None:
    plan = build(fresh(), id="reading-2025")
    (warning,) = judge(plan, config(waiver(plan="reading-2052"))).warnings
    assert warning.hint == "did you mean 'reading-2025'?"


def test_an_ended_waiver_is_said_where_its_day_stands(build: Build) -> None:
    (warning,) = judge(build(fresh()), config(waiver()), dt.date(2025, 9, 1)).warnings
    assert (warning.line, warning.column, warning.value) == (7, 12, "2025-08-07")
    assert warning.message == "the waiver of p 1.1 (overdue-red) ended on 2025-08-07"


@pytest.mark.parametrize(
    ("plan_id", "every_plan", "rules"),
    [
        ("q", True, ["unmatched-waiver"]),
        ("q", False, []),
        ("p", False, ["unmatched-waiver"]),
    ],
)
def test_a_waiver_for_a_plan_that_was_not_judged_is_nobodys_business(
    build: Build, plan_id: str, rules: list[str], *, every_plan: bool
) -> None:
    idle = config(waiver(plan=plan_id, ref='"9.9"'))
    found = judge(build(fresh()), idle, every_plan=every_plan)
    assert [warning.rule for warning in found.warnings] == rules


def test_one_waiver_lets_one_condition_of_one_action_pass(build: Build) -> None:
    found = judge(build(fresh(), fresh(), RED), config(waiver()))
    assert [(one.rule, one.ref) for one in found.breaches] == [
        *(("overdue-red", "1.2"), ("stale", "1.3"), ("overdue-red", "1.3")),
    ]


def test_of_two_waivers_the_longer_counts_and_neither_is_idle(build: Build) -> None:
    both = config(waiver(), waiver(until="2025-12-31"))
    found = judge(build(fresh()), both)
    assert [one.until for one in found.waived] == [dt.date(2025, 12, 31)]
    assert found.warnings == []
    after = judge(build(fresh()), both, dt.date(2025, 8, 8))
    assert [one.until for one in after.waived] == [dt.date(2025, 12, 31)]
    assert [warning.rule for warning in after.warnings] == ["expired-waiver"]


@pytest.mark.parametrize(
    ("as_of", "rules"), [(UNTIL, []), (dt.date(2025, 8, 8), ["expired-waiver"])]
)
def test_a_waiver_of_a_condition_that_an_option_left_out_is_not_idle(
    build: Build, as_of: dt.date, rules: list[str]
) -> None:
    found = judge(build(fresh()), config(waiver()), as_of, fail_on=("stale",))
    assert [warning.rule for warning in found.warnings] == rules


def test_a_waiver_of_a_closed_plan_is_warned_of(build: Build) -> None:
    found = judge(build(fresh(), closed="2025-08-01"), config(waiver()))
    assert [warning.rule for warning in found.warnings] == ["unmatched-waiver"]


def test_without_a_policy_file_there_is_nothing_to_warn_of(build: Build) -> None:
    assert judge(build(fresh()), Config(Policy())).warnings == []
    assert judge(build(fresh()), Config(config(waiver(plan="q")).policy)).warnings == []
