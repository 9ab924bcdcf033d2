"""The rules on the edit of one action: what breaks each, what does not, and what is said."""

from collections.abc import Callable
from typing import Any

import pytest

from jtai_cli.facts.wording import same_action
from jtai_cli.plan.problem import Problem

Edit = Callable[..., list[Problem]]

WHY = {"updates": [{"on": "2025-07-01", "by": "TVP", "text": "The board agreed."}]}
PROOF = {"evidence": ["An audit"]}
OUT = {"withdrawn": {"on": "2025-06-01", "reason": "Merged"}}
JUNE, JULY = {"due": "2025-06-30"}, {"due": "2025-07-01"}
RED, AMBER, GREEN, BLUE = ({"progress": rating} for rating in ("red", "amber", "green", "blue"))


def rules(problems: list[Problem]) -> list[str]:
    return [problem.rule for problem in problems]


@pytest.mark.parametrize(
    ("old", "new", "broken"),
    [
        (JUNE, JUNE, []),
        (JUNE, JULY, ["due-moved-later"]),
        (JUNE, JULY | WHY, []),
        (JUNE | WHY, JULY | WHY, ["due-moved-later"]),
        (JULY, JUNE, ["due-moved-earlier"]),
        (JULY, JUNE | WHY, ["due-moved-earlier"]),
        (JUNE, {}, ["due-removed"]),
        (JUNE, {"due_note": "In place"} | WHY, ["due-removed"]),
        ({}, JUNE, []),
        ({"due_note": "In place"}, JUNE, []),
        (JUNE | BLUE | PROOF, JULY | BLUE | PROOF, ["due-moved-later"]),
    ],
)
def test_due_dates(edit: Edit, old: Any, new: Any, broken: list[str]) -> None:
    assert rules(edit(old, new)) == broken


@pytest.mark.parametrize(
    ("old", "new", "broken"),
    [
        (RED, AMBER, ["rating-improved-without-update"]),
        (RED, AMBER | WHY, []),
        (AMBER, GREEN, ["rating-improved-without-update"]),
        (RED, {}, ["rating-improved-without-update"]),
        (RED, WHY, []),
        ({}, GREEN, ["rating-improved-without-update"]),
        ({}, GREEN | WHY, []),
        ({}, AMBER, []),
        ({}, RED, []),
        (GREEN, AMBER, ["rating-worsened-without-update"]),
        (GREEN, AMBER | WHY, []),
        (GREEN, {}, ["rating-worsened-without-update"]),
        (GREEN, {"progress": "Green"}, []),
        (GREEN, BLUE, ["completed-without-evidence", "rating-improved-without-update"]),
        (GREEN, BLUE | PROOF, ["rating-improved-without-update"]),
        (GREEN, BLUE | WHY, ["completed-without-evidence"]),
        (GREEN, BLUE | WHY | PROOF, []),
        (GREEN | PROOF, BLUE | WHY | PROOF, []),
        (BLUE, BLUE, []),
        (BLUE | PROOF, BLUE, ["completed-without-evidence", "evidence-removed"]),
        (GREEN | PROOF, GREEN, ["evidence-removed"]),
        # what only keeps the place of evidence is none
        (GREEN, BLUE | WHY | {"evidence": ["n/a"]}, ["completed-without-evidence"]),
        (GREEN, BLUE | WHY | {"evidence": ["–", "TBC."]}, ["completed-without-evidence"]),
        (BLUE | {"evidence": ["tbc"]}, BLUE, []),
        (GREEN | {"evidence": ["tbc"]}, GREEN | PROOF, []),
        (BLUE, GREEN, ["reopened"]),
        (BLUE, GREEN | WHY, []),
        (BLUE, {}, ["reopened"]),
    ],
)
def test_progress(edit: Edit, old: Any, new: Any, broken: list[str]) -> None:
    assert rules(edit(old, new)) == broken


OWN = {
    "ratings": [
        {"rating": "done", "counts_as": "complete"},
        {"rating": "gold", "counts_as": "on_track"},
        {"rating": "red", "counts_as": "on_track"},
        {"rating": "stuck", "counts_as": "off_track"},
        {"rating": "grey", "counts_as": "not_started"},
    ]
}


@pytest.mark.parametrize(
    ("rag", "old", "new", "broken"),
    [
        ("five-point", "dark green", "completed", ["rating-improved-without-update"]),
        ("five-point", "completed", "dark green", ["rating-worsened-without-update"]),
        ("five-point", "completed", "light green", ["reopened"]),
        ("five-point", "light green", "dark green", ["rating-improved-without-update"]),
        (OWN, "grey", "gold", ["rating-improved-without-update"]),
        (OWN, "red", "gold", ["rating-improved-without-update"]),
        (OWN, "grey", "stuck", []),
        (OWN, "stuck", "grey", ["rating-improved-without-update"]),
        (OWN, "gold", "grey", ["rating-worsened-without-update"]),
        (OWN, "done", "grey", ["reopened"]),
        (OWN, None, "grey", []),
    ],
)
def test_progress_by_other_schemes(
    edit: Edit, rag: Any, old: str | None, new: str, broken: list[str]
) -> None:
    proof = PROOF | {"approved": {"by": "The chair"}}
    was = proof | ({"progress": old} if old else {})
    assert rules(edit(was, proof | {"progress": new}, rag=rag)) == broken


UNPROVEN = ["impact-improved-without-evidence"]


@pytest.mark.parametrize(
    ("old", "new", "broken"),
    [
        ({"impact": "red"}, {"impact": "green"}, UNPROVEN),
        ({"impact": "red"}, {"impact": "green"} | WHY, UNPROVEN),
        ({"impact": "red"}, {"impact": "green"} | PROOF, []),
        ({"impact": "red"} | PROOF, {"impact": "green"} | PROOF, UNPROVEN),
        ({"impact": "red"} | PROOF, {"impact": "green", "evidence": ["An audit", "A survey"]}, []),
        (
            {"impact": "red"} | PROOF,
            {"impact": "green", "evidence": ["A survey"]},
            [*UNPROVEN, "evidence-removed"],
        ),
        ({"impact": "red"} | PROOF, {"impact": "green", "evidence": ["an\n audit."]}, UNPROVEN),
        ({}, {"impact": "green"}, UNPROVEN),
        ({}, {"impact": "red"}, []),
        ({"impact": "red"}, {}, UNPROVEN),
        ({"impact": "green"}, {"impact": "red"}, []),
        ({"evidence": ["An audit"]}, {"impact": "green", "evidence": ["An audit"]}, []),
        ({"impact": "red"}, {"impact": "green", "evidence": ["tbc"]}, UNPROVEN),
        ({"impact": "red", "evidence": ["tbc"]}, {"impact": "green"} | PROOF, []),
        ({"evidence": ["tbc"]}, {"impact": "green", "evidence": ["tbc"]}, UNPROVEN),
        (
            {"impact": "amber", "evidence": ["An audit"]},
            {"impact": "green", "evidence": ["An audit"]},
            UNPROVEN,
        ),
        ({"impact": "green"}, {}, []),
    ],
)
def test_impact(edit: Edit, old: Any, new: Any, broken: list[str]) -> None:
    assert rules(edit(old, new)) == broken


@pytest.mark.parametrize(
    ("old", "new", "broken"),
    [
        (JUNE | RED, OUT | JUNE, []),
        (JUNE | RED, OUT, ["due-removed"]),
        (
            JUNE | RED,
            JULY | GREEN | OUT,
            ["due-moved-later", "rating-improved-without-update"],
        ),
        (GREEN, BLUE | OUT, ["completed-without-evidence", "rating-improved-without-update"]),
        (BLUE, RED | OUT, ["reopened"]),
        (GREEN, RED | OUT, ["rating-worsened-without-update"]),
        ({"impact": "red"}, {"impact": "green"} | OUT, UNPROVEN),
        (JUNE | OUT, JULY | OUT, ["due-moved-later"]),
        (OUT, {}, ["reopened"]),
        (OUT, WHY, []),
        (JUNE | OUT, JULY, ["reopened", "due-moved-later"]),
        (JUNE | OUT, JULY | WHY, []),
        (JUNE | OUT, WHY, ["due-removed"]),
        (GREEN | OUT, BLUE | WHY, ["completed-without-evidence"]),
        (BLUE | OUT, GREEN, ["reopened"]),
    ],
)
def test_withdrawn(edit: Edit, old: Any, new: Any, broken: list[str]) -> None:
    found = rules(edit(old, new))
    leaves = "withdrawn" in new and "withdrawn" not in old
    assert found.count("action-withdrawn") == leaves
    assert sorted(rule for rule in found if rule != "action-withdrawn") == sorted(broken)


A = {"on": "2025-05-01", "by": "TVP", "text": "Begun with half of the staff."}
B = {"on": "2025-05-01", "text": "Going on."}
C = {"on": "2025-06-01", "text": "Nearly done."}
OTHER_LINES = A | {"text": "Begun with\nhalf of the staff.\n"}
REWRITTEN = ["due-moved-later", "update-rewritten"]


@pytest.mark.parametrize(
    ("old", "new", "broken"),
    [
        pytest.param([A], [A, C], [], id="appended"),
        pytest.param([A, C], [A, B, C], ["due-moved-later"], id="backdated"),
        pytest.param([], [A], [], id="first"),
        pytest.param([A], [OTHER_LINES, C], [], id="on other lines"),
        pytest.param([A, B], [B, A, C], [], id="in another order"),
        pytest.param([A, A], [A, C], [], id="a copy removed"),
        pytest.param([A], [OTHER_LINES], ["due-moved-later"], id="only on other lines"),
        pytest.param([A, B], [B, A], ["due-moved-later"], id="only in another order"),
        pytest.param([A], [A, A], ["due-moved-later"], id="only a copy added"),
        pytest.param([A], [A | {"text": "Begun."}], REWRITTEN, id="reworded"),
        pytest.param([A], [A | {"by": "HM"}], REWRITTEN, id="by another author"),
        pytest.param([A], [A | {"on": "2025-05-02"}], REWRITTEN, id="on another day"),
        pytest.param([A, C], [A], REWRITTEN, id="removed"),
        pytest.param([A], [C], REWRITTEN, id="replaced"),
        pytest.param(
            [A], [B | {"text": "Begun."}, C], ["update-rewritten"], id="reworded and more"
        ),
        pytest.param([A, C], [], [*REWRITTEN, "update-rewritten"], id="all removed"),
    ],
)
def test_the_log(edit: Edit, old: Any, new: Any, broken: list[str]) -> None:
    assert rules(edit(JUNE | {"updates": old}, JULY | {"updates": new})) == broken


@pytest.mark.parametrize(
    ("old", "new", "broken"),
    [
        (["TVP"], ["BFFC"], ["owner-changed"]),
        (["TVP"], [], ["owner-changed"]),
        ([], ["TVP"], ["owner-changed"]),
        (["TVP"], ["TVP", "BFFC"], ["owner-changed"]),
        (["TVP", "BFFC"], ["BFFC", "TVP"], []),
        (["TVP"], ["TVP", "TVP"], []),
    ],
)
def test_owners(edit: Edit, old: list[str], new: list[str], broken: list[str]) -> None:
    assert rules(edit({"owners": old}, {"owners": new})) == broken


TRAIN = "Train all staff in the new thresholds by the end of June"


@pytest.mark.parametrize(
    ("old", "new", "broken"),
    [
        (TRAIN, TRAIN, []),
        (TRAIN, TRAIN.replace(" ", "\n "), []),
        (TRAIN, TRAIN.replace("all", "most"), ["text-changed"]),
        (TRAIN, f"{TRAIN}.", ["text-changed"]),
        (TRAIN, "Train staff", ["text-changed"]),
        (TRAIN, "Consider training staff", ["ref-reused"]),
        (TRAIN, "Review the data set", ["ref-reused"]),
        ("–", "Train staff", ["ref-reused"]),
        ("TBC", "Train staff", ["text-changed"]),
        ("To be\nagreed …", "Train staff", ["text-changed"]),
        ("To be agreed with the board", "Train staff", ["ref-reused"]),
        ("x" * 90_000, "y" * 90_000, ["ref-reused"]),
        ("staff " * 15_000, "staff " * 15_000 + "trained", ["text-changed"]),
    ],
)
def test_wording(edit: Edit, old: str, new: str, broken: list[str]) -> None:
    assert rules(edit({"text": old}, {"text": new})) == broken


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (["Half of staff"], ["Half of staff", "All staff"], None),
        (["Half of staff"], ["Half\nof  staff"], None),
        (["Half of staff", "All staff"], ["All staff", "Half of staff"], None),
        (["All staff"], ["Half of staff"], "has the success measure 'All staff'"),
        (["All staff", "b", "c"], ["c"], "has the success measure 'All staff', nor 1 more"),
    ],
)
def test_measures(edit: Edit, old: list[str], new: list[str], said: str | None) -> None:
    problems = edit({"measures": old}, {"measures": new})
    assert [(one.rule, one.message) for one in problems] == (
        [("text-changed", f"1.1 no longer {said}")] if said else []
    )


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("Train staff", "train STAFF!", True),
        ("Train all new staff", "Train all staff", True),
        ("Train staff", "Train staff in every school, hospital and police station", True),
        ("Train staff", "Audit records", False),
        ("a b c d e", "a b x y z", True),
        ("a b c d e", "a b x y z w", False),
        ("a b c d", "a b c 1 2 3 4 5 6 7 8 9 10", True),
        ("a b c d", "a b 0 1 2 3 4 5 6 7 8 9 10", False),
        ("Train staff", "", False),
        ("", "", True),
        ("–", "…", False),
    ],
)
def test_two_wordings_of_one_action(old: str, new: str, *, same: bool) -> None:
    assert same_action(old, new) is same
    assert same_action(new, old) is same


SAID: dict[str, tuple[Any, Any, str | None, str]] = {
    "later": (
        JUNE,
        {"due": "2025-08-14"},
        "2025-08-14",
        "was due 2025-06-30 and is now due 2025-08-14, 45 days later, without a reason",
    ),
    "later by a day": (
        JUNE,
        JULY,
        "2025-07-01",
        "was due 2025-06-30 and is now due 2025-07-01, 1 day later, without a reason",
    ),
    "earlier": (
        {"due": "2030-06-30"},
        JUNE,
        "2025-06-30",
        "was due 2030-06-30 and is now due 2025-06-30, 1,826 days earlier",
    ),
    "without a date": (JUNE, {}, None, "was due 2025-06-30 and has no due date now"),
    "another action": (
        {"text": "Train staff"},
        {"text": "Audit records"},
        "1.1",
        "was 'Train staff' and is now 'Audit records'",
    ),
    "in other words": (
        {"text": TRAIN},
        {"text": TRAIN.replace("June", "July")},
        TRAIN.replace("June", "July"),
        "said '… the end of June' and says now '… the end of July'",
    ),
    "in fewer words": (
        {"text": TRAIN},
        {"text": TRAIN[:-8]},
        TRAIN[:-8],
        "said '… by the end of June' and says now '… by the end'",
    ),
    "better": (RED, GREEN, "green", "was rated 'red' and is now rated 'green', without an update"),
    "not rated": (RED, {}, None, "was rated 'red' and is now not rated, without an update"),
    "worse": (GREEN, RED, "red", "was rated 'green' and is now rated 'red', without an update"),
    "complete": ({}, BLUE | WHY, "blue", "was not rated and is now rated 'blue', with no evidence"),
    "open": (BLUE, RED, "red", "was rated 'blue' and is now rated 'red', without a reason"),
    "in the plan again": (
        OUT,
        {},
        None,
        "was withdrawn on 2025-06-01 and is in the plan again, without a reason",
    ),
    "with impact": (
        {},
        {"impact": "green"},
        "green",
        "had its impact not rated, and has it now rated 'green', with no evidence added",
    ),
    "with another past": (
        {"updates": [C]},
        {},
        None,
        "no longer has its update of 2025-06-01 as it was: 'Nearly done.'",
    ),
    "with no owner": (
        {"owners": ["TVP", "HM"]},
        {},
        None,
        "was owned by TVP, HM and is now owned by nobody",
    ),
}


@pytest.mark.parametrize(("old", "new", "value", "message"), SAID.values(), ids=SAID.keys())
def test_what_is_said(edit: Edit, old: Any, new: Any, value: str | None, message: str) -> None:
    (problem,) = edit(old, new)
    assert (problem.message, problem.value) == (f"1.1 {message}", value)
    assert (problem.plan, problem.ref) == ("p", "1.1")
    assert problem.hint


def test_where_the_scheme_changed_it_is_said_what_a_rating_counts_as(edit: Edit) -> None:
    lenient = {"ratings": [{"rating": "green", "counts_as": "complete"}]}
    problems = edit(GREEN, GREEN, new_rag=lenient)
    assert rules(problems) == [
        *("scheme-changed", "completed-without-evidence", "rating-improved-without-update"),
    ]
    assert problems[1].message == (
        "1.1 was rated 'green' (on track) and is now rated 'green' (complete), with no evidence"
    )


def test_what_a_terminal_would_obey_is_spelled_out(edit: Edit) -> None:
    (problem,) = edit({"text": "Train\u202e staff"}, {"text": "Audit\u200b records"})
    assert problem.message == "1.1 was 'Train<U+202E> staff' and is now 'Audit<U+200B> records'"
