"""How far dates moved, how often, and why."""

import datetime as dt
from typing import Any

from jtai_cli.facts.records import all_records
from jtai_cli.facts.select import Wanted
from jtai_cli.facts.slippage import Slip, Slippage, Totals, slippage_of
from jtai_cli.facts.status import status_of
from jtai_cli.plan.load import LoadedPlan
from tests.facts.moments import Broken, history, plan, revision

Action = dict[str, Any]
AS_OF = dt.date(2025, 8, 7)
JUNE, JULY, AUGUST = "2025-06-01", "2025-07-01", "2025-08-01"
WHY = {"on": "2025-01-02", "by": "TVP", "text": "Training is late"}
LATER_WHY = {"on": "2025-01-04", "text": "And later"}


def slippage(*actions: Action | None, wanted: Wanted | None = None) -> Slippage:
    """How the dates of one action moved that was written like this, commit by commit."""
    return slippages(*(plan(action) for action in actions), wanted=wanted)


def slippages(*plans: LoadedPlan | Broken | None, wanted: Wanted | None = None) -> Slippage:
    last = plans[-1]
    stands = [last] if isinstance(last, LoadedPlan) else []
    return slippage_of(history(*plans), stands, AS_OF, wanted or Wanted())


def the_one(slippage: Slippage) -> Slip:
    (slip,) = slippage.slips
    return slip


def day(written: str) -> dt.date:
    return dt.date.fromisoformat(written)


def kinds(slip: Slip) -> list[str]:
    return [change.kind for change in slip.dates.changes]


def test_a_date_that_never_moved_counts_and_is_not_listed() -> None:
    found = slippage({"due": JUNE}, {"due": JUNE, "progress": "green"})
    assert found.slips == ()
    assert found.totals == Totals(
        actions=1,
        dated=1,
        moved=0,
        later=0,
        removed=0,
        moves=0,
        reasons=0,
        net_days=0,
        overdue=1,
        overdue_original=1,
    )


def test_a_moved_date_is_overdue_by_what_it_was() -> None:
    found = slippage({"due": JUNE}, {"due": "2026-01-01"})
    slip = the_one(found)
    assert (slip.days, slip.days_overdue_original, slip.days_overdue) == (214, 67, 0)
    assert (slip.dates.first, slip.dates.committed) == (day(JUNE), revision(0))
    assert (found.totals.overdue_original, found.totals.overdue) == (1, 0)


def test_a_date_brought_forward_is_overdue_by_what_it_is() -> None:
    found = slippage({"due": "2026-01-01"}, {"due": JUNE})
    slip = the_one(found)
    assert (slip.days, slip.days_overdue_original, slip.days_overdue) == (-214, 0, 67)
    assert (found.totals.moved, found.totals.later, found.totals.net_days) == (1, 0, -214)


def test_moves_and_their_reasons() -> None:
    updates = [WHY, LATER_WHY]
    found = slippage(
        {"due": JUNE},
        {"due": JULY, "updates": [WHY]},
        {"due": AUGUST, "updates": [WHY]},
        {"due": AUGUST, "updates": updates},
        {"due": JULY, "updates": updates},
    )
    changes = the_one(found).dates.changes
    assert [(one.revision, one.days) for one in changes] == [
        (revision(1), 30),
        (revision(2), 31),
        (revision(4), -31),
    ]
    assert [[update.text for update in one.why] for one in changes] == [
        ["Training is late"],
        [],
        [],
    ]
    assert (found.totals.moves, found.totals.reasons) == (3, 1)


def test_an_update_of_days_to_come_is_no_reason_for_a_move() -> None:
    promise = {"on": "2025-12-01", "text": "Training has begun"}
    found = slippage({"due": JUNE}, {"due": JULY, "updates": [promise]})
    assert (found.totals.moves, found.totals.reasons) == (1, 0)


def test_there_and_back_is_two_moves_and_no_days() -> None:
    found = slippage({"due": JUNE}, {"due": JULY}, {"due": JUNE})
    assert (len(the_one(found).dates.moves), the_one(found).days) == (2, 0)
    assert (found.totals.moved, found.totals.later) == (1, 0)


def test_a_date_that_was_removed() -> None:
    found = slippage({"due": JUNE}, {"updates": [WHY]})
    slip = the_one(found)
    assert (kinds(slip), slip.days, slip.dates.changes[0].days) == (["removed"], None, None)
    assert (slip.days_overdue_original, slip.days_overdue) == (67, 0)
    assert (found.totals.moved, found.totals.removed) == (0, 1)


def test_a_date_that_was_removed_and_put_back() -> None:
    found = slippage({"due": JUNE}, {}, {"due": JUNE})
    slip = the_one(found)
    assert (kinds(slip), slip.days, slip.dates.moves) == (["removed", "put-back"], 0, ())


def test_another_date_after_a_removal_is_a_move_from_the_last_one_known() -> None:
    found = slippage({"due": JUNE}, {"updates": [WHY]}, {"due": AUGUST, "updates": [WHY]})
    slip = the_one(found)
    removed, moved = slip.dates.changes
    assert (kinds(slip), moved.days) == (["removed", "moved"], 61)
    assert moved.before == day(JUNE)
    assert moved.why == removed.why != ()


def test_a_second_removal_keeps_its_own_reason() -> None:
    found = slippage(
        {"due": JUNE},
        {"updates": [WHY]},
        {"due": JULY, "updates": [WHY]},
        {"due": AUGUST, "updates": [WHY]},
    )
    assert [bool(change.why) for change in the_one(found).dates.changes] == [True, True, False]


def test_a_first_date_that_comes_late_is_no_move() -> None:
    found = slippage({}, {"due": JUNE}, {"due": JULY})
    slip = the_one(found)
    assert (slip.dates.first, slip.dates.committed) == (day(JUNE), revision(1))
    assert len(slip.dates.moves) == 1
    undated = slippage({}, {})
    assert (undated.totals.dated, undated.totals.removed) == (0, 0)


def test_what_is_complete_is_late_by_neither_date() -> None:
    found = slippage({"due": JUNE}, {"due": JULY, "progress": "blue"})
    assert (the_one(found).days_overdue_original, the_one(found).days_overdue) == (0, 0)
    assert found.totals.later == 1


def test_an_action_in_other_words_is_another_one() -> None:
    found = slippage(
        {"due": JUNE, "text": "Train every officer"}, {"due": JULY, "text": "Publish a directory"}
    )
    assert found.slips == ()
    assert found.totals.overdue_original == 1


def test_an_action_that_comes_back_has_the_date_that_it_had() -> None:
    found = slippages(plan({"due": JUNE}, {}), plan(None, {}), plan({"due": AUGUST}, {}))
    slip = the_one(found)
    assert (slip.dates.first, slip.days, kinds(slip)) == (day(JUNE), 61, ["moved"])
    assert slip.dates.changes[0].revision == revision(2)


def test_an_action_that_comes_back_as_it_was_has_not_moved() -> None:
    found = slippages(plan({"due": JUNE}, {}), plan(None, {}), plan({"due": JUNE}, {}))
    assert (found.slips, found.left) == ((), ())


def test_a_ref_used_for_another_action_by_mistake() -> None:
    mine, other = "Train every officer", "Publish a directory"
    found = slippage(
        {"due": JUNE, "text": mine}, {"due": JUNE, "text": other}, {"due": JULY, "text": mine}
    )
    assert the_one(found).dates.first == day(JUNE)
    assert found.left == ()


def test_a_withdrawn_action_left_with_its_moves() -> None:
    withdrawn = {"on": "2025-08-01", "reason": "Merged"}
    found = slippage({"due": JUNE}, {"due": JULY}, {"due": JULY, "withdrawn": withdrawn})
    (left,) = found.left
    assert (found.slips, found.totals.actions) == ((), 0)
    assert (left.how, left.day, left.reason, left.slip.days) == (
        "withdrawn",
        day(AUGUST),
        "Merged",
        30,
    )
    assert left.slip.days_overdue_original == 0


def test_what_is_to_be_withdrawn_still_counts() -> None:
    withdrawn = {"on": "2025-09-01", "reason": "Merged"}
    found = slippage({"due": JUNE}, {"due": JULY, "withdrawn": withdrawn})
    assert (len(found.slips), found.left) == (1, ())


def test_a_vanished_action_left_with_its_moves() -> None:
    found = slippages(plan({"due": JUNE}, {}), plan({"due": JULY}, {}), plan(None, {}))
    (left,) = found.left
    assert (left.how, left.revision, left.slip.dates.slipped) == ("vanished", revision(2), 30)
    assert found.totals.actions == 1


def test_what_was_withdrawn_before_it_was_deleted_is_withdrawn() -> None:
    withdrawn = {"on": "2025-01-03", "reason": "Merged"}
    found = slippages(
        plan({"due": JUNE}, {}), plan({"due": JULY, "withdrawn": withdrawn}, {}), plan(None, {})
    )
    (left,) = found.left
    assert (left.how, left.reason, left.revision) == ("withdrawn", "Merged", revision(2))


def test_a_vanished_plan_left_with_its_moves() -> None:
    before, after = (plan({"due": due}, id="gone") for due in (JUNE, JULY))
    stays = plan({})
    found = slippage_of(history([stays, before], [stays, after], stays), [stays], AS_OF, Wanted())
    assert [left.slip.plan_id for left in found.left] == ["gone"]


def test_what_left_without_a_move_is_not_listed() -> None:
    withdrawn = {"on": "2025-08-01", "reason": "Merged"}
    found = slippages(plan({"due": JUNE}, {"due": JUNE}), plan(None, {"withdrawn": withdrawn}))
    assert [left.slip.action.ref for left in found.left] == ["1.2"]  # its date was removed


def test_the_most_days_come_first_then_the_most_moves() -> None:
    found = slippages(
        plan({"due": JUNE}, {"due": JUNE}, {"due": JUNE}, {"due": JUNE}),
        plan({"due": JULY}, {"due": AUGUST}, {"due": JULY}, {"due": AUGUST}),
        plan({"due": JULY}, {"due": JULY}, {"due": AUGUST}, {}),
    )
    assert [slip.action.ref for slip in found.slips] == ["1.3", "1.4", "1.2", "1.1"]


def test_only_what_is_wanted() -> None:
    found = slippages(
        plan({"due": JUNE, "owners": ["TVP"]}, {"due": JUNE}, {"due": JUNE}),
        plan({"due": JULY, "owners": ["TVP"]}, {"due": JULY}, {"due": JULY}),
        plan({"due": JULY, "owners": ["TVP"]}, {"due": JULY}),
        wanted=Wanted(owner=("tvp",)),
    )
    assert [slip.action.ref for slip in found.slips] == ["1.1"]
    assert (found.totals.actions, found.left) == (1, ())


def test_what_moved_while_a_plan_could_not_be_read() -> None:
    found = slippages(plan({"due": JUNE}), Broken("p"), plan({"due": JULY}))
    assert the_one(found).dates.changes[0].revision == revision(2)
    (span,) = found.gaps
    assert (span.gap.since, span.until) == (revision(1), revision(2))


def test_overdue_is_what_the_status_says() -> None:
    plans = [
        plan({"due": JUNE}, {"due": "2026-01-01"}, {"due": JUNE, "progress": "blue"}, {}),
        plan({"due": AUGUST}, {"due": JULY}, {"due": JUNE, "progress": "blue"}, {}),
    ]
    found = slippages(*plans)
    status = status_of(plans[1:], AS_OF, "objective").total
    assert (found.totals.overdue, found.totals.actions) == (status.overdue, status.actions)
    assert len(all_records(plans[1:], AS_OF)) == status.actions
