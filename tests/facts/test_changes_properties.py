"""What must hold for every history: figures reconcile, ways compose, and all that moved is told."""

from collections.abc import Iterator, Sequence
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from jtai_cli.facts.changes import Changes, window_of
from jtai_cli.facts.moments import Moment, records_at
from jtai_cli.facts.movement import movements
from jtai_cli.facts.records import Record
from jtai_cli.facts.select import EVERYTHING, Wanted, concerning
from jtai_cli.facts.summary import summarise
from jtai_cli.plan.load import LoadedPlan
from tests.facts.moments import Broken, history, plan
from tests.facts.test_changes import ASK, TVP, Action, changes, commit, day, withdrawn

_OWN = {
    "ratings": [
        {"rating": "green", "counts_as": "complete"},
        {"rating": "blue", "counts_as": "on_track"},
        {"rating": "amber", "counts_as": "not_started"},
        {"rating": "red", "counts_as": "at_risk"},
    ]
}
_TEXTS = ("Ask the children", "Ask the children often", "Feed the ducks")
_RATINGS = ("blue", "green", "amber", "red", None)
_OWNERS = (["TVP"], ["BFFC"], ["TVP", "BFFC"])
_DAYS = (None, None, -1, 1, 3, 5)
ACTIONS: list[Action | None] = [
    {"text": text, "owners": owners}
    | ({"progress": rating} if rating else {})
    | ({} if number is None else withdrawn(number))
    for text in _TEXTS
    for rating in _RATINGS
    for owners in _OWNERS
    for number in _DAYS
]
"""Any of which may come after any other."""
ACTIONS += [None] * (len(ACTIONS) // 5)
EDITS = st.one_of(st.just("as it was"), st.just("as it was"), st.sampled_from(ACTIONS))
SCHEMES = st.sampled_from(["brag", "brag", "brag", _OWN])
THERE = st.sampled_from(["there"] * 6 + ["gone", "broken"])
PLANS = st.tuples(EDITS, EDITS, SCHEMES, THERE)


def versions(plan_id: str, edits: Sequence[Any]) -> Iterator[list[LoadedPlan | Broken]]:
    """A plan as each of these edits leaves it; what an edit does not change is as it was."""
    actions: list[Action | None] = [{}, ASK]
    for *edited, rag, there in edits:
        actions = [
            was if now == "as it was" else now for was, now in zip(actions, edited, strict=True)
        ]
        stands: dict[str, list[LoadedPlan | Broken]] = {
            "there": [plan(*actions, id=plan_id, rag=rag)],
            "broken": [Broken(plan_id)],
            "gone": [],
        }
        yield stands[there]


def histories_of(plans: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Moment]]:
    """A plan, and then whatever may come of it and of another one."""
    return st.lists(st.tuples(plans, plans), min_size=3, max_size=6).map(
        lambda steps: history(
            [plan({})],
            *(
                [*one, *other]
                for one, other in zip(
                    versions("p", [step[0] for step in steps]),
                    versions("q", [step[1] for step in steps]),
                    strict=True,
                )
            ),
        )
    )


HISTORIES = histories_of(PLANS)

POINTS = st.lists(st.integers(0, 6), min_size=3, max_size=3, unique=True).map(sorted)
histories = settings(max_examples=100, deadline=None)


def between(moments: Sequence[Moment], since: int, until: int, wanted: Wanted) -> Changes:
    return changes(moments[: until + 1], since, wanted)


def three_points(moments: Sequence[Moment], points: Sequence[int]) -> tuple[int, int, int]:
    a, b, c = (min(point, len(moments) - 1) for point in points)
    return a, b, c


def seen(moments: Sequence[Moment], number: int) -> list[Record]:
    """The records at a moment, counted without any walk."""
    plans: dict[str, Any] = {}
    for moment in moments[: number + 1]:
        missing = [one for one in plans if any(gap.plan_id == one for gap in moment.gaps.values())]
        plans = {plan_id: plans[plan_id] for plan_id in missing} | dict(moment.plans)
    return records_at(plans, day(number))


IN_THE_END = [
    Wanted(progress=("amber",)),
    Wanted(progress=("Green", "red"), owner=("BFFC",)),
    Wanted(unrated=True),
]
"""What is asked of the end, so that two ways need not compose: their ends are not the same."""

placed_or_not = st.sampled_from([EVERYTHING, TVP])
wanted_or_not = st.sampled_from([EVERYTHING, TVP, *IN_THE_END])


@histories
@given(moments=HISTORIES, points=POINTS, wanted=wanted_or_not)
def test_the_arithmetic_is_exact(moments: list[Moment], points: list[int], wanted: Wanted) -> None:
    since, _, until = three_points(moments, points)
    found = between(moments, since, until, wanted)
    for movement in (*found.total, *(one for each in found.plans for one in each.movements)):
        before, after = movement.before, movement.after
        assert before.part + sum(one.part for one in movement.moved) == after.part
        assert before.of + sum(one.of for one in movement.moved) == after.of


@histories
@given(moments=HISTORIES, points=POINTS, wanted=placed_or_not)
def test_each_end_is_what_status_says_of_it(
    moments: list[Moment], points: list[int], wanted: Wanted
) -> None:
    since, _, until = three_points(moments, points)
    total = between(moments, since, until, wanted).total
    for number, end in ((since, "before"), (until, "after")):
        records = concerning(seen(moments, number), wanted)
        summary = summarise(records, day(number), None)
        assert getattr(total.complete, end) == summary.complete
        assert getattr(total.complete_or_on_track, end) == summary.complete_or_on_track


@histories
@given(moments=HISTORIES, points=POINTS, wanted=wanted_or_not)
def test_plans_add_up_to_the_total(
    moments: list[Moment], points: list[int], wanted: Wanted
) -> None:
    since, _, until = three_points(moments, points)
    found = between(moments, since, until, wanted)
    for number, movement in enumerate(found.total):
        for place, moved in enumerate(movement.moved):
            parts = [each.movements[number].moved[place] for each in found.plans]
            assert sorted(moved.keys) == sorted(key for part in parts for key in part.keys)
            assert moved.counting == sum(part.counting for part in parts)


@histories
@given(moments=HISTORIES, points=POINTS, wanted=placed_or_not)
def test_two_ways_compose_to_the_whole(
    moments: list[Moment], points: list[int], wanted: Wanted
) -> None:
    a, b, c = three_points(moments, points)
    first, second, whole = (between(moments, *ends, wanted) for ends in ((a, b), (b, c), (a, c)))
    for number in range(2):
        assert first.total[number].after == second.total[number].before
        nets = [
            (sum(one.part for one in moved), sum(one.of for one in moved))
            for moved in (each.total[number].moved for each in (first, second, whole))
        ]
        assert nets[2] == (nets[0][0] + nets[1][0], nets[0][1] + nets[1][1])
    edits = [
        [one for one in each.happenings if one.kind != "withdrawn-by-date"]
        for each in (first, second, whole)
    ]
    assert edits[0] + edits[1] == edits[2]


@histories
@given(moments=HISTORIES, points=POINTS)
def test_two_ways_compose_action_by_action(moments: list[Moment], points: list[int]) -> None:
    a, b, c = three_points(moments, points)
    ends = {number: seen(moments, number) for number in (a, b, c)}
    windows = {
        (since, until): window_of(moments[: until + 1], commit(since))
        for since, until in ((a, b), (b, c), (a, c))
    }
    keys = {(one.plan.id, one.action.ref) for records in ends.values() for one in records}
    for key in keys:
        alone = {
            number: [one for one in records if (one.plan.id, one.action.ref) == key]
            for number, records in ends.items()
        }
        nets = {}
        for (since, until), window in windows.items():
            found = movements(alone[since], alone[until], reused=window.reused)
            nets[since, until] = [
                (sum(one.part for one in movement.moved), sum(one.of for one in movement.moved))
                for movement in found
            ]
        for one, other, both in zip(nets[a, b], nets[b, c], nets[a, c], strict=True):
            assert both == (one[0] + other[0], one[1] + other[1])


@histories
@given(moments=HISTORIES, points=POINTS)
def test_what_happens_outside_the_totals_is_known_as_such(
    moments: list[Moment], points: list[int]
) -> None:
    since, _, until = three_points(moments, points)
    for one in between(moments, since, until, EVERYTHING).happenings:
        if one.now and one.kind not in ("withdrawn", "withdrawn-by-date"):
            number = int(one.revision.commit or "", 16)
            (record,) = (
                record
                for record in seen(moments, number)
                if (record.plan.id, record.action.ref) == (one.plan_id, one.ref)
            )
            assert record.withdrawn == one.when_withdrawn


_FITTING = {
    "rose": {"completed", "improved", "added", "withdrawn", "reinstated"},
    "fell": {"reopened", "worsened", "added", "withdrawn", "reinstated"},
    "added": {"added"},
    "reinstated": {"reinstated", "withdrawn", "added"},
    "withdrawn": {"withdrawn", "withdrawn-by-date", "added"},
    "vanished": {"vanished"},
}


@histories
@given(moments=HISTORIES, points=POINTS, wanted=st.sampled_from([EVERYTHING, *IN_THE_END[::2]]))
def test_whatever_moved_a_figure_is_told(
    moments: list[Moment], points: list[int], wanted: Wanted
) -> None:
    since, _, until = three_points(moments, points)
    found = between(moments, since, until, wanted)
    told = {(one.plan_id, one.ref, one.kind) for one in found.happenings}
    for movement in found.total:
        for moved in movement.moved:
            for key in moved.keys:
                assert any((*key, kind) in told for kind in _FITTING[moved.way]), (key, moved)
