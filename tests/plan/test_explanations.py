"""What `explain` says of each rule, and what it says of limits and names that stand in the code."""

import pytest

from jtai_cli.plan.config import CONDITION_NAMES, Policy
from jtai_cli.plan.events import MAX_VALUE
from jtai_cli.plan.explanations import EXPLANATIONS, READING, SENSE, SHAPE
from jtai_cli.plan.explanations_of_the_gate import ALSO_CONDITIONS, CONDITIONS, EDITS, POLICY
from jtai_cli.plan.problem import MAX_MESSAGES
from jtai_cli.plan.scheme import BUILT_IN, MAX_RATINGS, RESERVED
from jtai_cli.plan.source import MAX_BYTES, MAX_DEPTH, MAX_VALUES

WARNINGS = {
    *("no-actions", "undated", "no-owner", "unanswered-finding", "outside-period"),
    *("needs-quotes", "hidden-character", "damaged-text", "cut-by-comment", "tab"),
}
WARNINGS_OF_EDITS = {
    *("evidence-removed", "action-withdrawn", "record-changed"),
    *("rating-worsened-without-update", "owner-changed", "text-changed", "due-moved-earlier"),
    *("scheme-changed", "plan-closed"),
}
ERRORS_OF_EDITS = {
    *("due-moved-later", "due-removed", "action-removed", "ref-reused", "reopened"),
    *("completed-without-evidence", "rating-improved-without-update", "plan-removed"),
    *("impact-improved-without-evidence", "update-rewritten", "not-compared"),
}


@pytest.mark.parametrize("rule", EXPLANATIONS)
def test_every_rule_says_what_it_means_why_it_matters_and_how_to_mend_it(rule: str) -> None:
    said = EXPLANATIONS[rule]

    for text in (said.meaning, said.reason, said.mending):
        assert text.strip() == text
        assert text.rstrip(")").endswith((".", "?"))


def test_a_name_has_one_meaning() -> None:
    groups = (READING, SHAPE, SENSE, EDITS, CONDITIONS, POLICY)

    assert len(set().union(*groups)) == sum(map(len, groups)) == len(EXPLANATIONS)


def test_the_warnings_are_these() -> None:
    of_plans = READING | SHAPE | SENSE

    assert {rule for rule in of_plans if of_plans[rule].severity == "warning"} == WARNINGS


def test_what_an_edit_is_refused_for_and_what_it_is_warned_of() -> None:
    assert {rule for rule in EDITS if EDITS[rule].severity == "error"} == ERRORS_OF_EDITS
    assert {rule for rule in EDITS if EDITS[rule].severity == "warning"} == WARNINGS_OF_EDITS


def test_every_condition_is_explained() -> None:
    # what validation warns of too is explained there
    assert CONDITIONS.keys() | ALSO_CONDITIONS == set(CONDITION_NAMES)
    assert {CONDITIONS[name].severity for name in CONDITIONS} == {"error"}


def test_the_limits_are_the_ones_in_force() -> None:
    for limit in (MAX_BYTES, MAX_VALUES, MAX_VALUE):
        assert f"{limit:,}" in EXPLANATIONS["too-large"].meaning
    assert f"{MAX_RATINGS} ratings" in EXPLANATIONS["too-large"].meaning
    for name in RESERVED:
        assert f"'{name}'" in EXPLANATIONS["duplicate-rating"].meaning
    assert str(MAX_DEPTH) in EXPLANATIONS["too-deep"].meaning
    assert str(MAX_MESSAGES) in EXPLANATIONS["more-problems"].meaning
    for name in BUILT_IN:
        assert name in EXPLANATIONS["unknown-scheme"].mending
    assert f"{Policy().stale_after} days" in EXPLANATIONS["stale"].meaning
