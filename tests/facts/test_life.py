"""What happened to an action, and how long it has stood so."""

import datetime as dt
from typing import Any

import pytest

from jtai_cli.facts.life import Life, Since, life_of
from jtai_cli.facts.records import records_of
from jtai_cli.plan.load import LoadedPlan
from tests.facts.moments import Broken, history, plan, revision

Action = dict[str, Any]
AS_OF = dt.date(2025, 1, 31)
GREEN, AMBER = {"progress": "green"}, {"progress": "amber"}


def lives(*plans: LoadedPlan | Broken | None) -> Life:
    """The life of the first action of the last plan."""
    last = plans[-1]
    assert isinstance(last, LoadedPlan)
    life = life_of(history(*plans), records_of(last, AS_OF)[0], AS_OF)
    assert life is not None
    return life


def life(*actions: Action) -> Life:
    """The life of one action that was written like this, commit by commit."""
    return lives(*(plan(action) for action in actions))


def told(life: Life) -> list[tuple[int, str]]:
    return [(int(one.revision.commit or "0", 16), one.kind) for one in life.happenings]


def test_a_life_begins_where_the_action_is_first_there() -> None:
    assert told(lives(None, plan(GREEN), plan(GREEN))) == [(1, "added")]
    assert told(lives(plan(None, {}), plan(GREEN, {}))) == [(1, "added")]


def test_what_happens_in_a_life() -> None:
    first = {"due": "2025-06-01", "owners": ["TVP"]} | GREEN
    moved = first | {"due": "2025-07-01"} | AMBER
    assert told(life(first, moved, moved | {"impact": "red"}, moved | {"text": "Do it all"})) == [
        (0, "added"),
        (1, "worsened"),
        (1, "due-moved"),
        (2, "impact-worsened"),
        (3, "impact-improved"),
        (3, "text-changed"),
    ]


def test_since_when_ratings_and_date_are_what_they_are() -> None:
    age = life(GREEN, GREEN | {"due": "2025-06-01"}, AMBER | {"due": "2025-06-01"}).age
    assert age.known == Since(revision(0), at_least=True)
    assert age.impact == Since(revision(0), at_least=True)
    assert age.due == Since(revision(1))
    assert age.progress == Since(revision(2))
    assert [since.days(AS_OF) for since in age] == [30, 28, 30, 29]


def test_days_are_none_before_it_was_so() -> None:
    assert Since(revision(5)).days(dt.date(2025, 1, 1)) == 0


def test_an_action_that_came_later_is_as_old_as_its_commit() -> None:
    age = lives(plan(None, {}), plan(GREEN, {})).age
    assert age.progress == Since(revision(1), at_least=False)


def test_a_plan_that_came_later_may_be_older_than_its_commit() -> None:
    other = plan({}, id="other")
    found = life_of(history(other, [other, plan(GREEN)]), records_of(plan(GREEN), AS_OF)[0], AS_OF)
    assert found is not None
    assert found.age.progress == Since(revision(1), at_least=True)
    assert told(found) == [(1, "added")]


@pytest.mark.parametrize(
    ("updates", "updated"),
    [
        ([], None),
        (["2025-01-02", "2025-01-09"], dt.date(2025, 1, 9)),
        (["2025-01-09", "2025-02-01"], dt.date(2025, 1, 9)),
        (["2025-02-01"], None),
    ],
)
def test_the_last_update_is_the_last_up_to_the_date(
    updates: list[str], updated: dt.date | None
) -> None:
    action = {"updates": [{"on": on, "text": "x"} for on in updates]}
    assert life(action).updated == updated


def test_an_action_that_comes_back_goes_on() -> None:
    found = lives(plan(GREEN, {}), plan(None, {}), plan(AMBER, {}))
    assert told(found) == [(0, "added"), (1, "vanished"), (2, "added"), (2, "worsened")]
    assert found.age.known == Since(revision(0), at_least=True)


def test_an_action_that_comes_back_as_it_was_is_as_old_as_it_was() -> None:
    found = lives(plan(GREEN, {}), plan(None, {}), plan(GREEN, {}))
    assert found.age.progress == Since(revision(0), at_least=True)


def test_another_action_under_the_same_ref_has_a_life_of_its_own() -> None:
    found = life({"text": "Train every officer"}, {"text": "Publish a directory"})
    assert told(found) == [(1, "added")]


def test_of_several_that_are_gone_the_one_in_the_same_words_comes_back() -> None:
    mine, other, third = "Train every officer", "Publish a directory", "Ask a hundred children"
    found = life({"text": mine}, {"text": other}, {"text": third}, {"text": mine})
    assert told(found) == [(0, "added"), (1, "vanished"), (3, "added")]


def test_a_coming_back_has_its_reasons() -> None:
    update = {"on": "2025-01-03", "text": "It was left out by mistake"}
    found = lives(plan({}, {}), plan(None, {}), plan({"updates": [update]}, {}))
    assert [one.text for one in found.happenings[-1].why] == ["It was left out by mistake"]


def test_only_the_gaps_of_its_plan_are_told() -> None:
    stays = plan(GREEN)
    moments = history(stays, [stays, Broken("other")], Broken("p"), stays)
    found = life_of(moments, records_of(stays, AS_OF)[0], AS_OF)
    assert found is not None
    assert [(span.gap.plan_id, span.until) for span in found.gaps] == [("p", revision(3))]


def test_a_gap_of_nobody_knows_whom_in_its_file_is_its_gap() -> None:
    stays = plan(GREEN)
    moments = history(stays, [Broken("p"), Broken("other")], stays)
    gaps = {name: gap._replace(plan_id=None) for name, gap in moments[1].gaps.items()}
    moments[1] = moments[1]._replace(gaps=gaps)
    found = life_of(moments, records_of(stays, AS_OF)[0], AS_OF)
    assert found is not None
    assert [span.gap.file for span in found.gaps] == ["p.yaml"]
    assert told(found) == [(0, "added")]


def test_what_is_not_there_in_the_end_has_no_life() -> None:
    record = records_of(plan(GREEN), AS_OF)[0]
    assert life_of([], record, AS_OF) is None
    assert life_of(history(plan({}, {}), plan(None, {})), record, AS_OF) is None
