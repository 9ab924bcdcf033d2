"""Edits of the policy are seen: who loosens it in the same edit as a plan is seen to do so."""

import pytest

from jtai_cli.facts.policy_edits import policy_problems
from jtai_cli.plan.config import Policy, load_config

WAIVER = """\
waivers:
  - {plan: our-plan, ref: "1.1", condition: overdue, until: 2025-09-30, reason: R, agreed: Board}
"""


def changes(old: str, new: str) -> list[tuple[int, int, str]]:
    """Line, column and message of each change from one policy to another."""
    before = load_config("jtai.yaml", old.encode()).policy
    assert before is not None
    found = policy_problems(before, load_config("jtai.yaml", new.encode()), "jtai.yaml")
    assert {(one.rule, one.severity) for one in found} <= {("policy-changed", "warning")}
    return [(one.line, one.column, one.message) for one in found]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "fail_on: [overdue, stale]\n",
            "fail_on: [stale]\n",
            (1, 10, "'fail_on' was overdue, stale and is now stale"),
        ),
        (
            "stale_after: 30\n",
            "# a note\nstale_after: 60\n",
            (2, 14, "'stale_after' was 30 and is now 60"),
        ),
        ("plans: a\n", "plans: b\n", (1, 8, "'plans' was a and is now b")),
        (
            f"plans: a\n{WAIVER}",
            f"plans: b\n{WAIVER}",
            (1, 8, "'plans' was a and is now b"),
        ),
        (
            "plans: plans\n",
            "rules: {due-moved-later: warning}\n",
            (1, 26, "the severity of due-moved-later was error and is now warning"),
        ),
        (
            "rules: {owner-changed: error}\n",
            "plans: plans\n",
            (1, 1, "the severity of owner-changed was error and is now warning"),
        ),
        (
            "plans: plans\n",
            WAIVER,
            (2, 5, "a waiver of our-plan 1.1 overdue until 2025-09-30 is new (agreed: Board)"),
        ),
        (
            WAIVER,
            WAIVER.replace("09-30", "12-31"),
            (
                *(2, 5),
                (
                    "a waiver of our-plan 1.1 overdue until 2025-12-31 was until 2025-09-30 "
                    "(agreed: Board)"
                ),
            ),
        ),
        (
            WAIVER,
            WAIVER.replace("reason: R", "reason: S"),
            (
                *(2, 5),
                (
                    "a waiver of our-plan 1.1 overdue until 2025-09-30 has another reason, or was "
                    "agreed by somebody else (agreed: Board)"
                ),
            ),
        ),
    ],
)
def test_what_changes_is_said_where_it_stands(
    old: str, new: str, said: tuple[int, int, str]
) -> None:
    assert changes(old, new) == [said]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("fail_on: [overdue-red]\n", "# the default\nstale_after: 90\n"),
        (WAIVER, "plans: plans\n"),
        ("plans: plans\n", "rules: {owner-changed: warning}\n"),
        ("fail_on: [overdue]\n", "fail_on: [overdu]\n"),
    ],
)
def test_nothing_is_said_of_what_stays_gets_stricter_by_a_waiver_less_or_is_faulty(
    old: str, new: str
) -> None:
    assert changes(old, new) == []


def test_a_policy_that_is_gone_is_missed_unless_it_was_the_default() -> None:
    strict = load_config("jtai.yaml", b"fail_on: [overdue]\n").policy
    assert strict is not None

    (gone,) = policy_problems(strict, None, "jtai.yaml")

    assert (gone.file, gone.line, gone.rule) == ("jtai.yaml", 1, "policy-changed")
    assert gone.message == (
        "the policy is gone; what the gate fails on is the default again: overdue-red"
    )
    assert policy_problems(Policy(), None, "jtai.yaml") == []
