"""What happened to actions, version by version, and what a walk makes of versions that are lost."""

import datetime as dt
from typing import Any

import pytest

from jtai_cli.facts.happenings import Happening, Walk
from jtai_cli.facts.moments import Gap, Held, Moment
from jtai_cli.plan.versions import version_of
from tests.facts.moments import FAULT, Broken, history, plan, revision

Action = dict[str, Any]
DONE = {"rag": {"ratings": [{"rating": "done", "counts_as": "complete"}]}}
BEGUN = {"rag": {"ratings": [{"rating": "done", "counts_as": "on_track"}]}}
WITHDRAWN = {"withdrawn": {"on": "2025-01-02", "reason": "Merged"}}
LATER = {"withdrawn": {"on": "2025-06-01", "reason": "Merged"}}
ASK, FEED = {"text": "Ask the children"}, {"text": "Feed a thousand ducks"}


def walk(*plans: Any) -> list[Happening]:
    return list(Walk().happenings(history(*plans)))


def of_one(*actions: Action) -> list[tuple[Any, ...]]:
    """What happened to the one action of a plan that was written like this, commit by commit."""
    return [(one.kind, one.before, one.after) for one in walk(*map(plan, actions))]


def told(happenings: list[Happening]) -> list[tuple[str, str, int]]:
    """Ref, kind and the number of the moment."""
    return [(one.ref, one.kind, int(one.revision.commit or "", 16)) for one in happenings]


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("green", "blue", "completed"),
        ("blue", "green", "reopened"),
        ("blue", None, "reopened"),
        ("amber", "green", "improved"),
        ("red", None, "improved"),
        (None, "green", "improved"),
        ("green", "red", "worsened"),
        (None, "amber", "worsened"),
    ],
)
def test_progress(before: str | None, after: str | None, kind: str) -> None:
    written = [{"progress": rating} if rating else {} for rating in (before, after)]
    assert of_one(*written) == [(kind, before, after)]


def test_the_same_word_counts_for_something_else_in_another_scheme() -> None:
    found = walk(plan({"progress": "done"}, **DONE), plan({"progress": "done"}, **BEGUN))
    assert [(one.kind, one.before, one.after) for one in found] == [("reopened", "done", "done")]


def test_impact() -> None:
    assert of_one({"impact": "amber"}, {"impact": "green"}, {"impact": "red"}) == [
        ("impact-improved", "amber", "green"),
        ("impact-worsened", "green", "red"),
    ]


def test_dates() -> None:
    written: list[Action] = [{}, {"due": "2025-06-01"}, {"due": "2025-07-01"}, {}]
    found = walk(*map(plan, written))
    assert [(one.kind, one.days) for one in found] == [
        ("due-set", None),
        ("due-moved", 30),
        ("due-removed", None),
    ]


def test_owners_in_another_order_are_the_same() -> None:
    written = [{"owners": ["TVP"]}, {"owners": ["TVP", "BFFC"]}, {"owners": ["BFFC", "TVP"]}]
    assert of_one(*written) == [("owner-changed", ("TVP",), ("TVP", "BFFC"))]


def test_a_text_broken_into_other_lines_is_the_same() -> None:
    written = [{"text": "Ask children"}, {"text": "Ask\nchildren"}, {"text": "Ask all children"}]
    assert of_one(*written) == [("text-changed", "Ask\nchildren", "Ask all children")]


def test_withdrawn_and_in_the_plan_again() -> None:
    assert of_one({}, WITHDRAWN, WITHDRAWN, {}) == [
        ("withdrawn", None, "Merged"),
        ("reinstated", "Merged", None),
    ]


def test_another_date_of_a_withdrawal_is_a_withdrawal() -> None:
    assert of_one(WITHDRAWN, LATER) == [("withdrawn", "Merged", "Merged")]


def test_what_a_withdrawn_action_no_longer_says_has_not_changed() -> None:
    full = {"progress": "green", "impact": "amber", "owners": ["TVP"]}
    assert [kind for kind, _, _ in of_one(full, WITHDRAWN)] == ["withdrawn"]
    worse = WITHDRAWN | {"progress": "red"}
    assert [kind for kind, _, _ in of_one(full, worse)] == ["worsened", "withdrawn"]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({}, {"progress": "blue"}, [("completed", False)]),
        (WITHDRAWN, WITHDRAWN | {"progress": "blue"}, [("completed", True)]),
        # in the edit that withdraws it
        ({}, WITHDRAWN | {"progress": "blue"}, [("completed", True), ("withdrawn", False)]),
        (WITHDRAWN, {"progress": "blue"}, [("completed", False), ("reinstated", False)]),
        # a withdrawal whose day is still to come
        (LATER, LATER | {"progress": "blue"}, [("completed", False)]),
        (WITHDRAWN, LATER | {"progress": "blue"}, [("completed", False), ("withdrawn", False)]),
        (WITHDRAWN, None, [("vanished", True)]),
        (None, WITHDRAWN, [("added", True)]),
        (ASK | WITHDRAWN, FEED, [("vanished", True), ("added", False)]),
    ],
)
def test_what_happens_to_an_action_when_it_has_left_the_totals(
    before: Action | None, after: Action | None, expected: list[tuple[str, bool]]
) -> None:
    found = walk(plan(before, {}), plan(after, {}))
    assert [(one.kind, one.when_withdrawn) for one in found] == expected


def test_what_is_withdrawn_from_a_later_day_on_still_counts_and_may_change() -> None:
    assert [kind for kind, _, _ in of_one({"progress": "green"}, LATER)] == [
        "worsened",
        "withdrawn",
    ]


def test_updates_of_the_edit_are_its_reason() -> None:
    update = {"on": "2025-01-02", "by": "TVP", "text": "It is done"}
    (found,) = walk(plan({}), plan({"progress": "blue", "updates": [update]}))
    assert [why.text for why in found.why] == ["It is done"]


@pytest.mark.parametrize(("on", "given"), [("2025-01-03", True), ("2025-01-04", False)])
def test_an_update_dated_later_than_the_day_after_its_commit_gives_no_reason(
    on: str, given: bool
) -> None:
    later = {"progress": "blue", "updates": [{"on": on, "text": "It is done"}]}
    (found,) = walk(plan({}), plan(later))
    assert (found.revision.day, bool(found.why)) == (dt.date(2025, 1, 2), given)


def test_a_ref_with_other_words_is_another_action() -> None:
    found = walk(plan(ASK), plan(FEED))
    assert [(one.kind, one.after) for one in found] == [
        ("vanished", FEED["text"]),
        ("added", None),
    ]
    assert [one.standing.action.text for one in found] == [ASK["text"], FEED["text"]]


def test_actions_come_and_go_and_come_back() -> None:
    found = walk(plan(ASK), plan(ASK, FEED), plan(None, FEED), plan(ASK, FEED))
    assert told(found) == [("1.2", "added", 1), ("1.1", "vanished", 2), ("1.1", "added", 3)]


def test_where_the_first_plan_comes_nothing_happens() -> None:
    first, second = plan({}, id="a"), plan({}, id="b")
    moments = walk(None, first, [first, second])
    assert [(one.plan_id, *rest) for one, rest in zip(moments, told(moments), strict=True)] == [
        ("b", "1.1", "added", 2)
    ]


def test_a_plan_that_goes_takes_its_actions_with_it() -> None:
    assert told(walk(plan(ASK, FEED), None, plan(ASK, FEED))) == [
        ("1.1", "vanished", 1),
        ("1.2", "vanished", 1),
        ("1.1", "added", 2),
        ("1.2", "added", 2),
    ]


def test_what_happens_unseen_is_told_where_the_plan_loads_again() -> None:
    walk = Walk()
    moments = history(
        plan({"progress": "green"}), Broken("p"), Broken("p"), plan({"progress": "blue"})
    )
    seen: list[Happening] = []
    for moment in moments:
        seen += walk.happenings([moment])
        assert list(walk.plans) == ["p"]
    assert told(seen) == [("1.1", "completed", 3)]
    assert [(span.gap.since, span.until) for span in walk.gaps.spans()] == [
        (revision(1), revision(3))
    ]


def test_moments_at_which_nothing_changes() -> None:
    first, second = history(plan({"progress": "amber"}), plan({"progress": "green"}))
    same = second._replace(plans=first.plans, gaps=first.gaps)
    assert told(list(Walk().happenings([first, same, second]))) == [("1.1", "improved", 1)]


def test_a_gap_may_have_no_end() -> None:
    walk = Walk()
    assert list(walk.happenings(history(plan({}), Broken("p")))) == []
    assert walk.gaps.ended == []
    assert [span.until for span in walk.gaps.spans()] == [None]


def test_a_plan_whose_id_can_no_longer_be_read_has_not_vanished() -> None:
    sound = plan({})
    gap = Gap("p.yaml", None, revision(1), FAULT)
    walk = Walk()
    moments = [*history(sound), Moment(revision(1), {}, {"p.yaml": gap})]
    assert list(walk.happenings(moments)) == []
    assert list(walk.plans) == ["p"]


def test_another_file_that_can_not_be_read_hides_no_plan() -> None:
    gap = Gap("other.yaml", None, revision(1), FAULT)
    moments = [*history(plan({})), Moment(revision(1), {}, {"other.yaml": gap})]
    assert told(list(Walk().happenings(moments))) == [("1.1", "vanished", 1)]


def test_a_walk_goes_on_where_it_was() -> None:
    walk = Walk()
    nothing, first, second = history(None, plan({}), plan({"progress": "blue"}))
    begun = []
    for moment in (nothing, first):
        assert list(walk.happenings([moment])) == []
        begun.append(walk.begun)
    assert begun == [False, True]
    assert told(list(walk.happenings([second]))) == [("1.1", "completed", 2)]


def test_while_no_plan_changes_nothing_is_compared() -> None:
    plans = {"p": Held("p.yaml", version_of(plan({}).plan))}
    # the second shares the mapping with the first, the third only what is in it
    moments = [Moment(revision(n), each, {}) for n, each in enumerate((plans, plans, dict(plans)))]
    assert list(Walk().happenings(moments)) == []


def test_only_what_is_another_object_is_compared() -> None:
    one = plan({}, {})
    other = plan({}, {"progress": "blue"})
    version, objective = version_of(one.plan), one.plan.objectives[0]
    kept = objective.model_copy(
        update={"actions": (objective.actions[0], other.plan.objectives[0].actions[1])}
    )
    changed = version_of(one.plan.model_copy(update={"objectives": (kept,)}))
    moments = [
        Moment(revision(number), {"p": Held("p.yaml", each)}, {})
        for number, each in enumerate((version, changed))
    ]
    assert told(list(Walk().happenings(moments))) == [("1.2", "completed", 1)]
