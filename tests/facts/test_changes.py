"""What moved between two points of a history, and which commits moved it."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest

from jtai_cli.facts.changes import Changes, Window, changes_in, gone_without_a_word, window_of
from jtai_cli.facts.moments import Moment, Point, Revision
from jtai_cli.facts.movement import Movement
from jtai_cli.facts.select import EVERYTHING, Wanted
from jtai_cli.facts.summary import Share
from tests.facts.moments import FIRST, Broken, history, plan, revision

Action = dict[str, Any]
GREEN, BLUE, AMBER = ({"progress": rating} for rating in ("green", "blue", "amber"))
ASK, FEED = {"text": "Ask the children"}, {"text": "Feed a thousand ducks"}
TVP = Wanted(owner=("TVP",))


def day(number: int) -> dt.date:
    return FIRST + dt.timedelta(days=number)


def withdrawn(number: int) -> Action:
    return {"withdrawn": {"on": day(number).isoformat(), "reason": "Merged"}}


def commit(number: int) -> Point:
    return Point(commit=revision(number).commit)


def changes(moments: Sequence[Moment], since: int, wanted: Wanted = EVERYTHING) -> Changes:
    """What moved from the moment of this number to the last."""
    window = window_of(moments, commit(since))
    return changes_in(window, day(since), moments[-1].revision.day, wanted)


def kinds(found: Changes | Window) -> list[tuple[str, str]]:
    return [(one.ref, one.kind) for one in found.happenings]


def ways(movement: Movement) -> dict[str, list[str]]:
    return {one.way: [ref for _, ref in one.keys] for one in movement.moved if one.keys}


def test_what_happened_before_the_point_is_not_told() -> None:
    moments = history(plan(AMBER), plan(GREEN), plan(GREEN), plan(BLUE))
    found = changes(moments, 1)
    assert kinds(found) == [("1.1", "completed")]
    assert (found.since, found.until) == (revision(1), revision(3))
    assert found.days == (day(1), day(3))
    assert ways(found.total.complete) == {"rose": ["1.1"]}
    assert found.total.complete.after == Share(1, 1)


def test_from_the_end_to_the_end_nothing_moves() -> None:
    found = changes(history(plan(AMBER), plan(GREEN)), 1)
    assert kinds(found) == []
    assert ways(found.total.complete_or_on_track) == {}


def test_a_day_is_the_last_commit_that_is_not_after_it() -> None:
    first, second, third = history(plan(AMBER), plan(GREEN), plan(BLUE))
    # its clock went wrong, but it led to the next
    second = second._replace(revision=Revision("f" * 40, day(9), None))
    window = window_of([first, second, third], Point(day=day(2)))
    assert window.start is not None
    assert window.start.revision == third.revision
    assert window_of([first, second, third], Point(day=day(1))).start == first


def test_what_is_on_disk_is_after_every_point() -> None:
    first, second = history(plan(GREEN), plan(BLUE))
    disk = second._replace(revision=Revision(None, day(1), None))
    window = window_of([first, disk], Point(day=day(1)))
    assert kinds(window) == [("1.1", "completed")]
    assert window.happenings[0].revision.commit is None


def test_a_point_may_be_none_of_the_commits() -> None:
    window = window_of(history(plan({})), Point(commit="f" * 40))
    assert window.start is None
    with pytest.raises(ValueError, match="does not reach the start"):
        changes_in(window, day(0), day(1))
    assert window_of(history(plan({})), Point(day=day(-1))).start is None


def test_a_point_may_be_before_the_first_plan() -> None:
    window = window_of(history(None, Broken("p"), plan({})), commit(1))
    assert not window.begun
    assert window.first == revision(2)
    window = window_of(history(None, plan({}), None, plan({})), commit(2))
    assert window.begun
    assert window_of(history(None), commit(0)).first is None


def test_a_point_in_a_gap_has_the_plan_as_it_last_could_be_read() -> None:
    moments = history(plan(AMBER), plan(GREEN), Broken("p"), Broken("p"), plan(BLUE))
    found = changes(moments, 2)
    assert found.total.complete_or_on_track.before == Share(1, 1)
    assert kinds(found) == [("1.1", "completed")]
    assert [(gap.gap.since, gap.until) for gap in found.gaps] == [(revision(2), revision(4))]


def test_an_end_in_a_gap_has_the_plan_as_it_last_could_be_read() -> None:
    found = changes(history(plan(AMBER), plan(GREEN), Broken("p")), 0)
    assert found.total.complete_or_on_track.after == Share(1, 1)
    assert [gap.until for gap in found.gaps] == [None]


def test_a_gap_that_ended_before_is_not_named() -> None:
    assert changes(history(plan({}), Broken("p"), plan({}), plan({})), 2).gaps == ()


def test_a_withdrawal_whose_day_comes() -> None:
    moments = history(
        plan({}, GREEN), plan({}, GREEN | withdrawn(3)), *[plan({}, GREEN | withdrawn(3))] * 2
    )
    found = changes(moments, 1)
    (one,) = found.happenings
    assert (one.ref, one.kind, one.after) == ("1.2", "withdrawn-by-date", "Merged")
    assert one.revision == revision(1)._replace(day=day(3))
    assert ways(found.total.complete) == {"withdrawn": ["1.2"]}


def test_a_withdrawal_that_was_there_from_the_first_plan_on() -> None:
    moments = history(None, *[plan({}, withdrawn(3))] * 3)
    (one,) = changes(moments, 1).happenings
    assert one.revision == revision(1)._replace(day=day(3))


def test_a_withdrawal_that_came_with_its_action() -> None:
    moments = history(plan({}), *[plan({}, withdrawn(2))] * 2)
    (one,) = changes(moments, 1).happenings
    assert one.revision == revision(1)._replace(day=day(2))


def test_a_withdrawal_that_is_written_and_comes_is_told_once() -> None:
    assert kinds(changes(history(plan({}), plan(withdrawn(1))), 0)) == [("1.1", "withdrawn")]


def test_what_vanished_and_came_back_moved_nothing() -> None:
    found = changes(history(plan(ASK, GREEN), plan(None, GREEN), plan(ASK, GREEN)), 0)
    assert kinds(found) == [("1.1", "vanished"), ("1.1", "added")]
    assert ways(found.total.complete) == {}
    assert gone_without_a_word(found.happenings) == ()


def test_what_was_withdrawn_before_it_went_has_not_gone_without_a_word() -> None:
    found = changes(history(plan({}), plan(withdrawn(1)), plan(None, {})), 0)
    assert gone_without_a_word(found.happenings) == ()


def test_what_came_back_with_other_words_is_another_action() -> None:
    found = changes(history(plan(ASK, GREEN), plan(None, GREEN), plan(FEED, GREEN)), 0)
    assert ways(found.total.complete) == {"added": ["1.1"], "vanished": ["1.1"]}
    assert gone_without_a_word(found.happenings) == (("p", "1.1"),)


def test_a_ref_on_another_action_and_on_its_own_again() -> None:
    found = changes(history(plan(ASK), plan(FEED), plan(ASK)), 0)
    assert [kind for _, kind in kinds(found)] == ["vanished", "added"] * 2
    assert ways(found.total.complete) == {}


def test_words_that_change_step_by_step_stay_those_of_one_action() -> None:
    steps = [
        {"text": text}
        for text in (
            "Ask the children",
            "Ask the children often",
            "Ask often and answer",
            "Answer and act",
        )
    ]
    found = changes(history(*map(plan, steps)), 0)
    assert {kind for _, kind in kinds(found)} == {"text-changed"}
    assert ways(found.total.complete) == {}


def test_plans_that_come_and_go_whole() -> None:
    one, other = plan(GREEN, {}), plan(BLUE, id="q")
    found = changes(history([one], [other]), 0)
    assert ways(found.total.complete) == {"added": ["1.1"], "vanished": ["1.1", "1.2"]}
    assert [(each.plan.id, ways(each.movements.complete)) for each in found.plans] == [
        ("p", {"vanished": ["1.1", "1.2"]}),
        ("q", {"added": ["1.1"]}),
    ]


def test_a_plan_with_another_scheme_says_so() -> None:
    own = {"rag": {"ratings": [{"rating": "green", "counts_as": "complete"}]}}
    found = changes(history(plan(GREEN), plan(GREEN, **own)), 0)
    assert [each.new_scheme for each in found.plans] == [True]
    assert kinds(found) == [("1.1", "completed")]


def test_only_what_is_wanted_before_or_after() -> None:
    before = plan(GREEN | {"owners": ["BFFC"]}, GREEN | {"owners": ["TVP"]}, GREEN)
    after = plan(BLUE | {"owners": ["TVP"]}, BLUE | {"owners": ["BFFC"]}, BLUE)
    found = changes(history(before, after), 0, TVP)
    assert kinds(found) == [
        ("1.1", "completed"),
        ("1.1", "owner-changed"),
        ("1.2", "completed"),
        ("1.2", "owner-changed"),
    ]
    assert ways(found.total.complete) == {"joined": ["1.1"], "left": ["1.2"]}
    assert changes(history(before, after), 0, Wanted(owner=("HM",))).plans == ()


def test_a_plan_in_which_nothing_counts_is_named_where_something_happened() -> None:
    moments = history(plan(withdrawn(0)), plan(withdrawn(0) | {"due": "2025-06-01"}))
    assert [each.plan.id for each in changes(moments, 0).plans] == ["p"]
