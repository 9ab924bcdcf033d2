"""The gate over whole plans, and the verdict: what is found, what counts, what stood before."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from jtai_cli.facts.gate import Before, Gated, gate, verdict
from jtai_cli.facts.verdict import Closed, Terms, Verdict
from jtai_cli.plan.config import CONDITION_NAMES, Condition, Config, Policy
from jtai_cli.plan.load import LoadedPlan, load_plan
from jtai_cli.plan.problem import Problem

Build = Callable[..., LoadedPlan]

AS_OF = dt.date(2025, 8, 7)
LATE = {"due": "2025-08-06"}
RED, GREEN = LATE | {"progress": "red"}, LATE | {"progress": "green"}


def policy(*fail_on: str, **changes: Any) -> Policy:
    return Policy().model_copy(update={"fail_on": fail_on or ("overdue-red",), **changes})


def gated(plan: LoadedPlan, *fail_on: str, as_of: dt.date = AS_OF) -> Gated:
    return gate(plan, (), policy(*fail_on), as_of)


def judged(found: Iterable[Gated], *fail_on: str, before: Before | None = None) -> Verdict:
    in_force = policy(*fail_on)
    return verdict(list(found), Terms(Config(in_force), in_force, AS_OF), before)


def test_nothing_is_breached(build: Build) -> None:
    found = gated(build(GREEN, {"progress": "red"}))
    assert found == Gated("p", "p.yaml", (), 2, Counter(on_track=1), None)
    assert judged([found]).passed


def test_a_breach_is_an_error_at_its_place(build: Build) -> None:
    text = """\
jtai: 1
id: p
title: T
rag: brag
objectives:
  - ref: "1"
    title: O
    actions:
      - ref: "1.1"
        text: Do it
        due: 2025-08-06
        progress: red
      - {ref: "1.2", text: Do it}
"""
    loaded = load_plan("plans/p.yaml", text.encode()).loaded
    assert loaded
    found = gated(loaded, "undated", "overdue-red")
    assert [
        (one.file, one.line, one.column, one.rule, one.severity, one.plan, one.ref)
        for one in found.breaches
    ] == [
        ("plans/p.yaml", 11, 14, "overdue-red", "error", "p", "1.1"),
        ("plans/p.yaml", 13, 9, "undated", "error", "p", "1.2"),
    ]


def test_each_condition_is_judged_once(build: Build) -> None:
    found = gated(build(RED), "overdue", "overdue-red", "overdue")
    assert [breach.rule for breach in found.breaches] == ["overdue", "overdue-red"]
    assert judged([found], "overdue", "overdue").fail_on == ("overdue",)


def test_overdue_actions_are_counted_breach_or_not(build: Build) -> None:
    withdrawn = RED | {"withdrawn": {"on": "2025-01-01", "reason": "Merged"}}
    plans = [
        build(RED, GREEN, LATE, withdrawn),
        build(GREEN, LATE | {"progress": "blue"}, {"progress": "red"}, id="q"),
    ]
    found = judged(gated(plan) for plan in plans)
    assert found.overdue == {
        "on_track": 2,
        "at_risk": 0,
        "off_track": 1,
        "not_started": 0,
        "unrated": 1,
    }
    assert not found.passed


@pytest.mark.parametrize(
    ("closed", "breaches"), [("2025-08-06", 0), ("2025-08-07", 0), ("2025-08-08", 1)]
)
def test_a_plan_is_left_alone_from_the_day_on_which_it_is_closed(
    build: Build, closed: str, breaches: int
) -> None:
    found = gated(build(RED, closed=closed))
    assert len(found.breaches) == sum(found.overdue.values()) == breaches
    day = None if breaches else dt.date.fromisoformat(closed)
    assert judged([found]).closed == ([Closed("p", "p.yaml", day)] if day else [])
    assert judged([found]).passed is not bool(breaches)


def test_a_plan_has_as_many_actions_to_judge_as_count(build: Build) -> None:
    withdrawn = {"withdrawn": {"on": "2025-08-07", "reason": "Merged"}}
    assert gated(build(RED, GREEN, {}, withdrawn)).actions == 3
    assert gated(build(RED, withdrawn), as_of=dt.date(2025, 8, 6)).actions == 2
    assert gated(build(RED, closed="2025-08-07")).actions == 0


WARNINGS = b"""\
jtai: 1
id: p
title: 2025
rag: brag
objectives: [{ref: "1", title: O, actions: [{ref: "1.1", text: Do it, due: 2030-01-01}]}]
"""


def test_every_warning_of_validation_breaches_one_condition() -> None:
    read = load_plan("p.yaml", WARNINGS)
    assert read.loaded
    found = gate(read.loaded, read.problems, policy("invalid-warnings"), AS_OF)
    assert [(one.rule, one.severity, one.line, one.message[-14:]) for one in found.breaches] == [
        ("invalid-warnings", "error", 3, "(needs-quotes)"),
        ("invalid-warnings", "error", 5, "ner (no-owner)"),
    ]
    assert gate(read.loaded, read.problems, policy("overdue"), AS_OF).breaches == ()


def breach(ref: str | None = "1.1", rule: str = "overdue-red", **fields: Any) -> Problem:
    return Problem("p.yaml", 1, 1, rule, "error", "Late", plan="p", ref=ref)._replace(**fields)


def found_with(*breaches: Problem) -> Gated:
    return Gated("p", "p.yaml", breaches, 1, Counter(), None)


WARNED = breach(None, "invalid-warnings", message="a tab stands here (tab)")


@pytest.mark.parametrize(
    ("before", "now", "new", "old"),
    [
        pytest.param([], [breach()], 1, 0, id="new"),
        pytest.param([breach()], [breach()], 0, 1, id="old"),
        pytest.param([breach()], [], 0, 0, id="mended"),
        pytest.param([breach("1.2")], [breach()], 1, 0, id="of another action"),
        pytest.param([breach(plan="q")], [breach()], 1, 0, id="of another plan"),
        pytest.param([breach(rule="stale")], [breach()], 1, 0, id="of another condition"),
        pytest.param([breach(rule="overdue-on-track")], [breach()], 0, 1, id="owned up to as red"),
        pytest.param(
            [breach(rule="overdue-on-track")], [breach(), breach(rule="overdue")], 0, 2, id="both"
        ),
        pytest.param([breach(line=9, message="5 days")], [breach()], 0, 1, id="elsewhere"),
        pytest.param([WARNED], [WARNED, WARNED], 1, 1, id="a second of the same kind"),
        pytest.param([WARNED] * 2, [WARNED] * 3, 1, 2, id="a third of the same kind"),
        pytest.param([WARNED._replace(message="x")], [WARNED], 1, 0, id="another warning"),
    ],
)
def test_what_stood_before_does_not_count(
    before: list[Problem], now: list[Problem], new: int, old: int
) -> None:
    found = judged([found_with(*now)], before=Before("main", before))
    assert (len(found.breaches), found.old, found.against) == (new, old, "main")
    assert found.passed is not bool(new)


def test_before_and_now_are_judged_as_of_the_same_day(build: Build) -> None:
    before = gated(build(RED))
    assert judged([gated(build(RED, RED))], before=Before("main", before.breaches)).old == 1


def test_a_plan_without_a_revision_has_no_old_breaches(build: Build) -> None:
    found = judged([gated(build(RED))])
    assert (found.against, found.old, len(found.breaches)) == (None, 0, 1)


@pytest.mark.parametrize("year", [2024, 2025, 2026, 2027])
def test_plan_a_is_never_overdue_and_red(reading_2025: LoadedPlan, year: int) -> None:
    day = dt.date(year, 1, 1)
    while day.year == year:
        assert gated(reading_2025, as_of=day).breaches == ()
        day += dt.timedelta(1)


def test_what_plan_a_passes_with(reading_2025: LoadedPlan) -> None:
    found = judged([gated(reading_2025, as_of=AS_OF)])
    assert found.passed
    assert found.overdue == {
        "on_track": 10,
        "at_risk": 6,
        "off_track": 0,
        "not_started": 0,
        "unrated": 0,
    }


@pytest.mark.parametrize(
    ("condition", "number"),
    [("overdue-on-track", 10), ("overdue-amber", 6), ("overdue", 16), ("undated", 1)],
)
def test_what_would_have_caught_plan_a(
    reading_2025: LoadedPlan, condition: Condition, number: int
) -> None:
    assert len(gated(reading_2025, condition).breaches) == number


@pytest.mark.parametrize(("as_of", "refs"), [("2016-12-31", []), ("2017-01-01", ["12.5"])])
def test_plan_d_fails_from_the_first_day_of_2017(
    reading_2016: LoadedPlan, as_of: str, refs: list[str]
) -> None:
    found = gated(reading_2016, as_of=dt.date.fromisoformat(as_of))
    assert [breach.ref for breach in found.breaches] == refs


def test_the_more_conditions_the_more_breaches(reading_2016: LoadedPlan) -> None:
    one_by_one = [gated(reading_2016, name).breaches for name in CONDITION_NAMES]
    together = gated(reading_2016, *CONDITION_NAMES).breaches
    assert sorted(together) == sorted(breach for some in one_by_one for breach in some)
