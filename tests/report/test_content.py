"""What is said about one action, and about plans from which actions were withdrawn."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from jtai_cli.facts.groups import WAYS, By
from jtai_cli.plan.load import LoadedPlan
from jtai_cli.report import FORMATS, Answer, Display
from jtai_cli.report.bars import to_scale
from jtai_cli.report.cells import Table

Build = Callable[..., LoadedPlan]
AnswerOf = Callable[..., Answer]

WITHDRAWN = {"withdrawn": {"on": "2025-07-01", "reason": "Merged", "replaced_by": "1.2"}}


def lines(answer: Answer) -> list[str]:
    return FORMATS["terminal"](answer, Display()).splitlines()


@pytest.mark.parametrize(
    ("action", "line"),
    [
        ({"due": "2025-08-06"}, "Due: 6 August 2025, 1 day ago: overdue"),
        ({"due": "2025-08-07"}, "Due: 7 August 2025, today"),
        ({"due": "2025-08-08"}, "Due: 8 August 2025, in 1 day"),
        ({"due": "2028-08-07"}, "Due: 7 August 2028, in 1,096 days"),
        ({"due": "2025-08-06", "progress": "blue"}, "Due: 6 August 2025"),
        ({"due": "2025-08-06", **WITHDRAWN}, "Due: 6 August 2025"),
        ({}, "Due: no date"),
        ({"due_note": "31/06/17"}, "Due: no date; the plan says '31/06/17'"),
        ({}, "Owners: no owner"),
        ({"owners": ["TVP"]}, "Owners: TVP, Thames Valley Police"),
        ({}, "Progress: not rated"),
        ({"progress": "Blue"}, "Progress: Blue (Completed)"),
        ({"impact": "amber"}, "Impact: Amber"),
        ({"approved": {"by": "the chair"}}, "Approved: by the chair"),
        ({"approved": {"by": "AB", "on": "2025-07-01"}}, "Approved: by AB, 1 July 2025"),
        (WITHDRAWN, "Withdrawn: 1 July 2025: Merged; replaced by 1.2"),
        ({"progress": "blue", "completed": "2025-05-28"}, "Completed: 28 May 2025"),
    ],
)
def test_show(build: Build, answer_of: AnswerOf, action: dict[str, Any], line: str) -> None:
    assert line in lines(answer_of("show", [build(action, {})], ref="1.1"))


def test_withdrawn_actions_are_counted_and_said_to_be_left_out(
    build: Build, answer_of: AnswerOf
) -> None:
    said = lines(answer_of("status", [build(WITHDRAWN, {"due": "2025-09-01"})]))
    assert "Withdrawn: 1" in said
    assert "Complete: 0 of 1 (0%)" in said
    assert any("1 in all, withdrawn ones left out" in line for line in said)


@pytest.mark.parametrize("by", WAYS)
def test_every_row_has_a_cell_for_every_column(
    by: By, real_plans: Sequence[LoadedPlan], answer_of: AnswerOf
) -> None:
    for plans in (real_plans, real_plans[:1], real_plans[1:]):
        for block in answer_of("status", plans, by=by).document().blocks:
            if isinstance(block, Table):
                assert {len(row) for row in block.rows} == {len(block.columns)}


def test_groups_by_lead_have_names(real_plans: Sequence[LoadedPlan], answer_of: AnswerOf) -> None:
    tables = answer_of("status", real_plans, by="lead").document().blocks[1:3]
    names = [[one.name for one in table.columns] for table in tables if isinstance(table, Table)]
    # the plan of 2016 names no lead
    assert names[0] == ["Lead", "Complete", "Progress", "Overdue"]
    assert names[1] == ["Lead", "Name", "Complete", "Progress", "Overdue"]


def test_a_label_stays_on_one_line(build: Build, answer_of: AnswerOf) -> None:
    own = {"ratings": [{"rating": "g", "label": "Go\r\ning", "counts_as": "on_track"}]}
    plan = build({"progress": "g", "due": "2025-01-01"}, rag=own)
    for command in ("status", "overdue", "actions", "show"):
        for colour in (False, True):
            display = Display(140, drawn=True, colour=colour)
            assert "Go ing" in FORMATS["terminal"](answer_of(command, [plan]), display)


@pytest.mark.parametrize(("ratings", "rows"), [(12, 14), (13, 3)])
def test_a_long_scheme_is_shown_as_far_as_it_is_used(
    ratings: int, rows: int, build: Build, answer_of: AnswerOf
) -> None:
    own = {"ratings": [{"rating": f"r{n}", "counts_as": "at_risk"} for n in range(ratings)]}
    plan = build({"progress": "r3"}, {"progress": "r5", "impact": "r3"}, rag=own)
    document = answer_of("status", [plan]).document()
    (matrix,) = (one for one in document.blocks if "×" in getattr(one, "title", ""))
    assert isinstance(matrix, Table)
    assert (len(matrix.rows), matrix.rows[-1][-1]) == (rows, 2)


def test_of_nothing_there_is_no_percentage(build: Build, answer_of: AnswerOf) -> None:
    assert "Complete: 0 of 0" in lines(answer_of("status", [build()]))


def test_a_plan_without_contradictions_names_none(build: Build, answer_of: AnswerOf) -> None:
    said = lines(answer_of("status", [build({"progress": "amber", "due": "2025-01-01"})]))
    assert not any("yet overdue" in line or "but impact" in line for line in said)


def test_an_overdue_action_that_is_not_rated_is_named_so(build: Build, answer_of: AnswerOf) -> None:
    plan = build({"due": "2025-01-01"}, {"due": "2025-01-01", "progress": "red"})
    assert "Overdue: 2 (1 Red, 1 not rated)" in lines(answer_of("status", [plan]))


def test_a_scheme_in_which_nothing_counts_as_complete_says_so(
    build: Build, answer_of: AnswerOf
) -> None:
    own = {"ratings": [{"rating": "late", "counts_as": "off_track"}]}
    said = lines(answer_of("status", [build({"progress": "late"}, rag=own)]))
    assert any("Complete: rated (no rating counts as that)." in line for line in said)


def test_ratings_are_printed_by_their_label(build: Build, answer_of: AnswerOf) -> None:
    own = {"ratings": [{"rating": "g", "label": "Going well", "counts_as": "on_track"}]}
    plan = build({"progress": "G"}, rag=own)
    assert "Progress: Going well" in lines(answer_of("show", [plan]))


@pytest.mark.parametrize(
    ("counts", "widths"),
    [
        ([61, 1], [15, 1]),
        ([100, 1, 1, 1], [13, 1, 1, 1]),
        ([3, 4], [3, 4]),
        ([1] * 20, [1] * 20),
    ],
)
def test_bars_are_drawn_to_scale_within_their_width(counts: list[int], widths: list[int]) -> None:
    assert to_scale(counts, 16) == widths


def test_overdue_says_how_many_actions_can_never_be(build: Build, answer_of: AnswerOf) -> None:
    said = lines(answer_of("overdue", [build({}, {"progress": "blue"}, {"due": "2025-08-08"})]))

    assert said[-1].endswith("Not complete and without a due date, so never overdue: 1.")
