"""Points in a history, and the plans there."""

import datetime as dt

from jtai_cli.facts.moments import Moment, Point, Revision, records_at
from tests.facts.moments import FIRST, Broken, history, moments_at, plan, revision

GREEN, AMBER = {"progress": "green"}, {"progress": "amber"}
DAY = dt.timedelta(days=1)


def on_disk(day: dt.date) -> Moment:
    return Moment(Revision(None, day, None), {}, {})


def commits(*points: Point) -> list[str | None]:
    """The commit at each point of a history of four days, of which nothing is known of the last."""
    moments = [*history(plan(GREEN), plan(AMBER), None), on_disk(FIRST + 4 * DAY)]
    return [moment.revision.commit if moment else "none" for moment in moments_at(moments, points)]


def test_a_day_is_the_last_commit_at_its_end() -> None:
    days = [Point(day=FIRST + number * DAY) for number in (-1, 0, 1, 2, 3, 4, 9)]
    hashes = [revision(number).commit for number in range(3)]
    assert commits(*days) == ["none", *hashes, hashes[2], None, None]


def test_a_commit_is_itself_and_what_is_on_disk_is_none() -> None:
    hashes = [revision(number).commit for number in (1, 0)]
    assert commits(*(Point(commit=name) for name in hashes)) == hashes
    assert commits(Point(commit="f" * 40), Point()) == ["none", "none"]


def test_after_a_clock_that_went_wrong_the_last_in_the_chain_counts() -> None:
    days = [FIRST, FIRST + 9 * DAY, FIRST + 2 * DAY]
    moments = [Moment(Revision(str(day), day, "A"), {}, {}) for day in days]
    found = moments_at(moments, [Point(day=FIRST + number * DAY) for number in (0, 1, 5, 9)])
    assert found == [moments[0], moments[0], moments[2], moments[2]]


def test_the_actions_of_a_moment_by_plan() -> None:
    (moment,) = history([plan(GREEN, AMBER, id="z"), plan(AMBER, id="b")])
    records = records_at(moment.plans, FIRST)
    assert [(one.plan.id, one.action.ref, one.line) for one in records] == [
        *(("b", "1.1", 1), ("z", "1.1", 1), ("z", "1.2", 1)),
    ]
    assert [one.plan for one in records[1:]] == 2 * [moment.plans["z"].version.frame]


def test_a_plan_that_is_there_and_can_not_be_read() -> None:
    (moment,) = history([Broken("p"), plan(GREEN, id="q")])
    assert moment.gap_of("p", "moved.yaml") == moment.gaps["p.yaml"]
    assert moment.gap_of("q", "q.yaml") is None
    assert moment.gap_of("x", "p.yaml") is None


def test_a_file_in_which_no_id_can_be_read_is_the_plan_that_stood_in_it() -> None:
    (moment,) = history(Broken("p"))
    gap = moment.gaps["p.yaml"]._replace(plan_id=None)
    nameless = moment._replace(gaps={"p.yaml": gap})
    assert nameless.gap_of("p", "p.yaml") == gap
    assert nameless.gap_of("p", "q.yaml") is None
