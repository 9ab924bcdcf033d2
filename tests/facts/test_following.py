"""Actions that are chosen by how they stand in the end, at every point before it."""

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jtai_cli.facts.ages import ages_of
from jtai_cli.facts.changes import Changes, changes_in, window_of
from jtai_cli.facts.following import choice_of
from jtai_cli.facts.happenings import Kind
from jtai_cli.facts.known_actions import KnownActions
from jtai_cli.facts.moments import Moment, Point, records_at
from jtai_cli.facts.records import Record, counted
from jtai_cli.facts.select import Wanted, concerning, select
from jtai_cli.facts.slippage import Slippage, slippage_of
from jtai_cli.facts.snapshots import survey_of
from jtai_cli.facts.summary import Summary, summarise
from jtai_cli.facts.tracker import Asked, Tracker, tracker_of
from jtai_cli.facts.trend import Stand, Trend, path_of, trend_of
from jtai_cli.facts.wording import same_action
from jtai_cli.plan.load import LoadedPlan
from jtai_cli.plan.places import NOWHERE
from tests.facts.moments import Broken, history, plan
from tests.facts.test_changes import ASK, FEED, Action, commit, day, kinds, ways, withdrawn
from tests.facts.test_changes_properties import EDITS, SCHEMES, THERE, histories_of, seen

GREEN, BLUE, AMBER, RED = ({"progress": key} for key in ("green", "blue", "amber", "red"))
IS_RED = Wanted(progress=("red",))
Key = tuple[str, str]


def last_day(moments: Sequence[Moment]) -> dt.date:
    return moments[-1].revision.day


def tracker(moments: Sequence[Moment], wanted: Wanted, previous: int = 0) -> Tracker:
    asked = Asked(last_day(moments), Point(day=day(previous)), wanted=wanted)
    known = KnownActions()
    return tracker_of(survey_of(known.watched(moments), asked.days), asked, known)


def totals(found: Tracker) -> list[tuple[int | None, ...]]:
    return [one.grid.total.actions for one in found.plans]


def changes(moments: Sequence[Moment], wanted: Wanted, since: int = 0) -> Changes:
    window = window_of(moments, commit(since))
    return changes_in(window, day(since), last_day(moments), wanted)


def slippage(moments: Sequence[Moment], wanted: Wanted) -> Slippage:
    return slippage_of(moments, loaded(moments), last_day(moments), wanted)


def trend(moments: Sequence[Moment], wanted: Wanted) -> Trend:
    return trend_of(path_of(moments, last_day(moments), "week"), wanted)


def loaded(moments: Sequence[Moment]) -> list[Any]:
    return [
        LoadedPlan(held.version.plan, held.file, NOWHERE) for held in moments[-1].plans.values()
    ]


def told(found: Changes) -> list[Kind]:
    return [one.kind for one in found.happenings]


def test_todays_reds_are_followed_back() -> None:
    moments = history(plan(GREEN, RED, AMBER), plan(AMBER, RED, RED), plan(RED, GREEN, RED))
    (one,) = tracker(moments, IS_RED, previous=1).plans
    rows = {row.key: row.actions for row in one.grid.rows}
    assert rows == {"blue": (0, 0, 0), "green": (1, 0, 0), "amber": (1, 1, 0), "red": (0, 1, 2)}
    moved = {move: refs for move, refs in (one.moved or {}).items() if refs}
    assert moved == {"worsened": ("1.1",), "unchanged": ("1.3",)}
    found = changes(moments, IS_RED)
    assert kinds(found) == [("1.1", "worsened"), ("1.3", "worsened"), ("1.1", "worsened")]
    assert ways(found.total.complete_or_on_track) == {"fell": ["1.1"]}


def test_without_a_word_on_how_it_stands_all_actions_are_meant() -> None:
    choice = choice_of(Wanted(owner=("TVP",)), day(0), lambda: pytest.fail("nobody asked"))
    assert (choice.followed, choice.of, choice.fitting) == (None, 0, 0)


@pytest.mark.parametrize(
    ("wanted", "refs"),
    [
        (Wanted(progress=("red",)), ["1.1"]),
        (Wanted(impact=("Amber",)), ["1.3"]),
        (Wanted(overdue=True), ["1.1"]),
        (Wanted(undated=True), ["1.3", "1.4"]),
        (Wanted(unrated=True), ["1.3", "1.4"]),
        (Wanted(due_within=0), ["1.2"]),
        (Wanted(due_within=9, unrated=True), []),
    ],
)
def test_what_may_be_asked_of_the_end(wanted: Wanted, refs: list[str]) -> None:
    end = plan(
        RED | {"due": "2024-12-31"},
        GREEN | {"due": "2025-01-02"},
        {"impact": "amber"},
        {},
        RED | withdrawn(0),
    )
    moments = history(plan({}, {}, {}, {}, {}), end)
    found = changes(moments, wanted)
    assert (found.choice.of, sorted(ref for _, ref in found.choice.followed or {})) == (4, refs)
    assert totals(tracker(moments, wanted)) == [(len(refs),) * 3]


def test_whose_an_action_is_is_asked_of_each_point_by_itself() -> None:
    mine, yours = {"owners": ["TVP"]}, {"owners": ["BFFC"]}
    moments = history(
        plan(mine, yours, mine, RED), plan(RED | yours, RED | mine, GREEN | mine, RED)
    )
    wanted = IS_RED._replace(owner=("TVP",))
    found = tracker(moments, wanted)
    assert totals(found) == [(1, 1, 1)]
    (one,) = found.plans
    moved = {move: refs for move, refs in (one.moved or {}).items() if refs}
    assert moved == {"left": ("1.1",), "joined": ("1.2",)}
    assert found.choice.fitting == 1
    assert ways(changes(moments, wanted).total.complete) == {"left": ["1.1"], "joined": ["1.2"]}
    assert [stand.summary.actions for stand in trend(moments, wanted).total.stands] == [1, 1]
    assert slippage(moments, wanted).totals.actions == 1


REUSED = [plan(ASK | GREEN), plan(FEED | AMBER), plan(FEED | RED)]


def test_what_had_the_ref_before_is_not_let_in() -> None:
    moments = history(*REUSED)
    assert totals(tracker(moments, IS_RED)) == [(0, 0, 1)]
    assert [stand.summary.actions for stand in trend(moments, IS_RED).total.stands] == [0, 1]
    found = changes(moments, IS_RED)
    assert told(found) == ["added", "worsened"]
    assert ways(found.total.complete) == {"added": ["1.1"]}
    assert found.total.complete.before.of == 0


def test_what_had_the_ref_meanwhile_is_not_let_in() -> None:
    moments = history(plan(ASK | GREEN), plan(FEED | AMBER), plan(FEED), plan(ASK | RED))
    assert totals(tracker(moments, IS_RED, previous=1)) == [(1, 0, 1)]
    found = changes(moments, IS_RED)
    assert told(found) == ["vanished", "added"]
    assert [one.revision.day for one in found.happenings] == [day(1), day(3)]
    assert ways(found.total.complete_or_on_track) == {"fell": ["1.1"]}


def test_what_was_gone_and_came_back_is_the_same() -> None:
    moments = history(plan(ASK | GREEN, {}), plan(None, {}), plan(ASK | RED, {}))
    found = changes(moments, IS_RED)
    assert told(found) == ["vanished", "added"]
    assert ways(found.total.complete_or_on_track) == {"fell": ["1.1"]}
    assert totals(tracker(moments, IS_RED, previous=1)) == [(1, 0, 1)]


def test_dates_are_those_of_the_action_that_stands_so() -> None:
    june, july, may = ({"due": f"2024-0{month}-01"} for month in (6, 7, 5))
    moments = history(
        plan(ASK | june), plan(ASK | july), plan(FEED | may), plan(FEED | july | RED, june)
    )
    found = slippage(moments, IS_RED)
    assert [(slip.action.ref, slip.days) for slip in found.slips] == [("1.1", 61)]
    assert found.left == ()
    assert len(slippage(moments, Wanted()).left) == 1


def test_what_is_withdrawn_in_the_end_is_not_followed() -> None:
    moments = history(plan(RED, RED), plan(RED | withdrawn(1), RED))
    found = changes(moments, IS_RED)
    assert (told(found), found.total.complete.before.of) == ([], 1)
    moments = history(plan(RED), plan(RED | withdrawn(1)), plan(RED))
    assert told(changes(moments, IS_RED)) == ["withdrawn", "reinstated"]
    assert totals(tracker(moments, IS_RED, previous=1)) == [(1, 0, 1)]


def test_only_what_is_open_of_it_has_an_age() -> None:
    moments = history(plan(RED, BLUE, AMBER))
    for wanted, open_actions in ((IS_RED, 1), (Wanted(progress=("blue",)), 0), (Wanted(), 2)):
        found = ages_of(moments, loaded(moments), day(0), wanted, 10)
        assert found.open == open_actions


def test_a_plan_that_cannot_be_read_in_the_end_stands_as_it_last_could_be() -> None:
    moments = history(plan(GREEN), plan(RED), Broken("p"))
    assert totals(tracker(moments, IS_RED)) == [(1, 1, 1)]
    assert changes(moments, IS_RED).total.complete.after.of == 1


def test_the_rate_of_closing_is_that_of_the_actions_that_are_followed() -> None:
    moments = history(plan(GREEN, BLUE, BLUE), plan(BLUE, BLUE, RED))
    found = trend(moments, Wanted(progress=("blue",)))
    assert found.total.rate
    assert (found.total.rate.before, found.total.rate.now, found.total.rate.remaining) == (1, 2, 0)
    assert found.plans[0].rate == found.total.rate


# each is alike to its neighbours, and the ends are not
TEXTS = ("Ask the children", "Ask the children often", "Ask often and answer", "Answer and act")
DATED: list[Action | None] = [
    {"text": text, "owners": owners}
    | ({"progress": rating} if rating else {"impact": "amber"})
    | ({} if due is None else {"due": day(due).isoformat()})
    | ({} if out is None else withdrawn(out))
    for text in TEXTS
    for rating in ("blue", "amber", "red", None)
    for owners in (["TVP"], ["BFFC"])
    for due in (None, 0, 4, 6)
    for out in (None, None, 3)
]
CHANGES = st.one_of(EDITS, st.sampled_from([*DATED, None, "as it was"]))
HISTORIES = histories_of(st.tuples(CHANGES, CHANGES, SCHEMES, THERE))
STATES = st.sampled_from(
    [
        Wanted(progress=("amber",)),
        Wanted(progress=("red", "BLUE")),
        Wanted(impact=("amber",)),
        Wanted(overdue=True),
        Wanted(undated=True),
        Wanted(unrated=True),
        Wanted(due_within=2),
        Wanted(undated=True, progress=("red", "green")),
    ]
)
WANTED = st.tuples(STATES, st.sampled_from([(), ("TVP",)])).map(
    lambda both: both[0]._replace(owner=both[1])
)
many = settings(max_examples=150, deadline=None)


def key_of(record: Record) -> Key:
    return record.plan.id, record.action.ref


def fitting(moments: Sequence[Moment], number: int, wanted: Wanted) -> list[Record]:
    """What fits at a point, found out without any walk or memory of what came before."""
    last = len(moments) - 1
    state = wanted._replace(owner=())
    end = {key_of(one): one for one in select(seen(moments, last), state, day(last))}
    records = counted(concerning(seen(moments, number), wanted))
    return [one for one in records if key_of(one) in end and same(moments, number, one, end)]


def same(moments: Sequence[Moment], number: int, record: Record, end: dict[Key, Record]) -> bool:
    """Whether a ref had similar words from version to version; where not, the ends decide."""
    key, texts = key_of(record), [record.action.text]
    for moment in moments[number + 1 :]:
        texts += [one.action.text for one in records_at(moment.plans, day(0)) if key_of(one) == key]
    step_by_step = all(same_action(one, other) for one, other in pairwise(texts))
    return step_by_step or same_action(texts[0], end[key].action.text)


def without_ratings(stand: Stand) -> Summary:
    return stand.summary._replace(progress=None, impact=None, withdrawn=0)


@many
@given(moments=HISTORIES, wanted=WANTED)
def test_the_end_is_what_a_list_of_actions_says(moments: list[Moment], wanted: Wanted) -> None:
    end = last_day(moments)
    chosen = select(seen(moments, len(moments) - 1), wanted, end)
    summary = summarise(chosen, end, None)
    found = tracker(moments, wanted)
    assert sum(grid[-1] or 0 for grid in totals(found)) == len(chosen)
    assert found.choice.fitting == len(chosen)
    assert without_ratings(trend(moments, wanted).total.stands[-1]) == summary
    assert changes(moments, wanted).total.complete.after == summary.complete
    # these two leave out what can't be read in the end
    here = [one for one in chosen if one.plan.id in moments[-1].plans]
    assert slippage(moments, wanted).totals.actions == len(here)
    assert slippage(moments, wanted).totals.overdue == sum(one.overdue for one in here)
    aged = ages_of(moments, loaded(moments), end, wanted, 10)
    assert aged.open == sum(not one.complete for one in here)


@many
@given(moments=HISTORIES, wanted=WANTED, previous=st.integers(0, 6))
def test_each_point_is_what_stood_there_of_what_is_chosen(
    moments: list[Moment], wanted: Wanted, previous: int
) -> None:
    previous = min(previous, len(moments) - 1)
    records = fitting(moments, previous, wanted)
    found = tracker(moments, wanted, previous)
    assert sum(grid[-2] or 0 for grid in totals(found)) == len(records)
    start = changes(moments, wanted, previous).total
    summary = summarise(records, day(previous), None)
    assert start.complete.before == summary.complete
    assert start.complete_or_on_track.before == summary.complete_or_on_track
    for stand in trend(moments, wanted).total.stands:
        there = fitting(moments, (stand.as_of - day(0)).days, wanted)
        assert without_ratings(stand) == summarise(there, stand.as_of, None)


@many
@given(moments=HISTORIES, wanted=WANTED, previous=st.integers(0, 6))
def test_rows_add_up_and_every_action_has_moved_in_one_way(
    moments: list[Moment], wanted: Wanted, previous: int
) -> None:
    found = tracker(moments, wanted, previous)
    grids = [one.grid for one in found.plans] + ([found.total] if found.total else [])
    for grid in grids:
        for number, total in enumerate(grid.total.actions):
            assert total == sum(row.actions[number] or 0 for row in grid.rows) or total is None
    for one in found.plans:
        if one.moved is not None:
            assert not one.moved["vanished"]
            assert not one.moved["withdrawn"]
            stayed = sum(len(one.moved[way]) for way in ("improved", "worsened", "unchanged"))
            came = sum(len(one.moved[way]) for way in ("added", "reinstated", "joined"))
            before, now = one.grid.total.actions[-2:]
            assert (stayed + len(one.moved["left"]), stayed + came) == (before, now or 0)


@many
@given(moments=HISTORIES, wanted=STATES, since=st.integers(0, 6))
def test_what_is_told_is_of_the_actions_that_are_followed(
    moments: list[Moment], wanted: Wanted, since: int
) -> None:
    since = min(since, len(moments) - 1)
    found = changes(moments, wanted, since)
    everything = changes(moments, Wanted(), since).happenings
    last: dict[Key, str] = {}
    for one in found.happenings:
        key = one.plan_id, one.ref
        assert key in (found.choice.followed or {})
        assert one in everything
        # what is not there is only ever there again
        assert (last.get(key) == "vanished") == (one.kind == "added" and key in last)
        last[key] = one.kind
    assert "vanished" not in last.values()
    assert {way for movement in found.total for way in ways(movement)} <= {
        *("rose", "fell", "added", "reinstated")
    }
