import datetime as dt
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jtai_cli.facts.moments import Moment, Point
from jtai_cli.facts.snapshots import Snapshot, Survey, survey_of
from tests.facts.moments import FIRST, Broken, history, moments_at, plan, revision

AMBER, GREEN, BLUE = ({"progress": rating} for rating in ("amber", "green", "blue"))


def day(number: int) -> dt.date:
    return FIRST + dt.timedelta(days=number)


def on_days(moments: Sequence[Moment], days: Sequence[int]) -> list[Moment]:
    """The moments, each on the day with this number."""
    return [
        moment._replace(revision=moment.revision._replace(day=day(number)))
        for moment, number in zip(moments, days, strict=True)
    ]


def on_disk(moments: list[Moment]) -> list[Moment]:
    """The moments, of which the last is not committed."""
    *committed, last = moments
    here = last.revision._replace(commit=None, author=None)
    return [*committed, last._replace(revision=here)]


def ratings(snapshot: Snapshot | None, plan_id: str = "p") -> list[str | None] | None:
    records = snapshot.records_of(plan_id, FIRST) if snapshot else None
    return None if records is None else [record.action.progress for record in records]


def at(moments: list[Moment], number: int) -> Snapshot | None:
    return survey_of(moments, [day(number)]).by_day[day(number)]


def test_a_day_has_the_last_version_up_to_its_end() -> None:
    moments = on_days(history(plan(AMBER), plan(GREEN), plan(BLUE)), [1, 3, 3])
    found = [ratings(at(moments, number)) for number in range(5)]
    assert found == [None, ["amber"], ["amber"], ["blue"], ["blue"]]


@given(days=st.lists(st.integers(0, 6), min_size=1, max_size=8))
def test_a_day_has_the_moment_that_other_commands_have(days: list[int]) -> None:
    moments = on_days(history(*[None] * len(days)), days)
    points = [Point(day=day(number)) for number in range(-1, 8)]
    survey = survey_of(moments, [point.day for point in points if point.day])
    ours = [snapshot and snapshot.revision for snapshot in survey.by_day.values()]
    assert ours == [one and one.revision for one in moments_at(moments, points)]


def test_where_plans_begin() -> None:
    q = plan(AMBER, id="q")
    moments = on_days(history(None, plan(AMBER), plan(GREEN), [plan(BLUE), q]), [0, 1, 1, 2])
    survey = survey_of(moments)
    assert survey.begun
    assert survey.begun.revision == moments[1].revision
    assert ratings(survey.opening) == ["green"]
    begun = {key: snapshot.number for key, snapshot in survey.begun_by_plan.items()}
    assert begun == {"p": 1, "q": 3}
    assert [record.plan.id for record in survey.end.records(FIRST)] == ["p", "q"]


def test_no_plan_ever() -> None:
    survey = survey_of(history(None, None))
    assert survey == Survey(None, None, {}, {}, None, survey.end, ())


def test_a_commit() -> None:
    moments = history(plan(AMBER), plan(GREEN), plan(BLUE))
    assert ratings(survey_of(moments, commit=revision(1).commit).at_commit) == ["green"]
    assert survey_of(moments, commit="0" * 39 + "f").at_commit is None


def test_a_plan_that_can_not_be_read_is_as_it_last_could_be() -> None:
    moments = history(plan(GREEN), Broken("p"), Broken("p"), plan(BLUE))
    survey = survey_of(moments, [day(2)])
    there = survey.by_day[day(2)]
    assert ratings(there) == ["green"]
    assert there
    assert there.unread["p"].since == revision(1)
    (span,) = survey.gaps
    assert (span.gap.since, span.until) == (revision(1), revision(3))
    assert not survey.end.unread


def test_a_plan_that_can_not_be_read_in_the_end() -> None:
    survey = survey_of(history(plan(GREEN), Broken("p")))
    assert ratings(survey.end) == ["green"]
    assert [(span.gap.file, span.until) for span in survey.gaps] == [("p.yaml", None)]


def test_a_file_that_lost_its_id_is_still_that_of_the_plan() -> None:
    moments = history(plan(GREEN), Broken("p"))
    gaps = {"p.yaml": moments[1].gaps["p.yaml"]._replace(plan_id=None)}
    survey = survey_of([moments[0], moments[1]._replace(gaps=gaps)])
    assert ratings(survey.end) == ["green"]


def test_a_plan_that_is_gone_is_gone() -> None:
    survey = survey_of(history(plan(GREEN), Broken("p"), None))
    assert ratings(survey.end) is None
    other = survey_of(history([plan(GREEN), plan(id="q")], [Broken("q")]))
    assert list(other.end.plans) == ["q"]


@pytest.mark.parametrize("now", ["green", "blue"])
def test_what_is_on_disk_goes_by_the_commit_that_has_the_same(now: str) -> None:
    survey = survey_of(on_disk(history(plan(GREEN), plan({"progress": now}))))
    assert survey.end.revision.commit == (revision(0).commit if now == "green" else None)


def test_what_was_never_committed() -> None:
    survey = survey_of(on_disk(history(None, plan(GREEN))))
    assert survey.begun == survey.end
    assert survey.end.revision.commit is None
    assert survey_of(on_disk(history(plan(GREEN)))).end.revision.commit is None


def test_moments_that_share_what_did_not_change() -> None:
    first, second = history(plan(GREEN), None)
    survey = survey_of([first, second._replace(plans=first.plans, gaps=first.gaps)])
    assert survey.end.number == 1
    assert ratings(survey.end) == ["green"]


def test_a_history_without_a_moment_is_none() -> None:
    with pytest.raises(ValueError, match="one moment or more"):
        survey_of([])
