"""`jtai trend`: on the story of a plan, and on small repositories."""

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.cli.answers import Answers, Jtai, Story
from tests.history import Commit, record
from tests.story import events_of

_SAYS = Answers("trend")
data, text, refusal = _SAYS.data, _SAYS.text, _SAYS.refusal

TODAY = ("--as-of", "2026-07-31")
PLAN = """\
jtai: 1
id: {id}
title: The plan {id}
rag: {rag}
partners: {{TVP: Thames Valley Police, BFFC: Brighter Futures}}
objectives:
  - ref: "1"
    title: Listen
    actions:
"""
ACTION = '      - {{ref: "1.{}", text: Ask, owners: [TVP], due: 2025-06-30, progress: {}}}\n'


def plan(*ratings: str, name: str = "p", rag: str = "brag") -> str:
    actions = (ACTION.format(number, rating) for number, rating in enumerate(ratings, 1))
    return PLAN.format(id=name, rag=rag) + "".join(actions)


def on(day: str, *plans: str) -> Commit:
    """A commit of plans p, q, … at noon of a day."""
    files = {f"plans/{name}.yaml": text for name, text in zip("pqr", plans, strict=False)}
    return Commit(files, dt.datetime.fromisoformat(f"{day}T12:00:00+00:00"))


def test_every_point_is_what_status_says(jtai: Jtai, story: Story) -> None:
    found = data(jtai, story.folder, *TODAY, "--every", "quarter")
    days = [point["as_of"] for point in found["total"]["points"]]
    assert days == [
        *("2025-08-07", "2025-09-30", "2025-12-31", "2026-03-31", "2026-06-30", "2026-07-31")
    ]
    for point in found["total"]["points"]:
        said = jtai("status", "--at", point["as_of"], "--format", "json", cwd=story.folder)
        status = json.loads(said.stdout)
        assert point["summary"] == status["total"]
        assert point["at"] == status["at"]
    assert found["plans"][0]["points"] == found["total"]["points"]


def test_what_was_planned_by_the_first_dates_and_by_those_of_the_time(
    jtai: Jtai, story: Story
) -> None:
    (one,) = data(jtai, story.folder, *TODAY)["plans"]
    planned = {point["as_of"]: point["planned"] for point in one["points"]}
    assert planned["2025-08-07"] == {"original": 17, "current": 17}
    # four dates that had passed were moved on 29 August
    assert len([event for event in events_of("due") if event.commit == "dates-for-autumn"]) == 4
    assert planned["2025-08-31"] == {"original": 17, "current": 13}


def test_the_rate_of_closing_can_be_checked(jtai: Jtai, story: Story) -> None:
    rate = data(jtai, story.folder, *TODAY)["total"]["rate"]
    status = jtai("status", "--at", rate["since"], "--format", "json", cwd=story.folder)
    assert json.loads(status.stdout)["total"]["complete"]["count"] == rate["complete_then"] == 5
    assert (rate["days"], rate["closed"], rate["in_30_days"]) == (90, 2, 0.7)
    assert (rate["remaining"], rate["days_left"], rate["done_by"]) == (13, 585, "2028-03-07")


def test_the_rate_is_arithmetic_and_no_promise(jtai: Jtai, story: Story) -> None:
    said = text(jtai, story.folder, *TODAY)
    assert (
        "- 2 more complete in 90 days, since 2 May 2026 (5 complete then, 7 now): 0.7 in 30 days\n"
        "- At that rate the remaining 13 would take 585 days, to 7 March 2028: "
        "arithmetic, not a forecast.\n"
    ) in said


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (("blue", "green"), ("green", "green"), "none, on balance, in 67 days, since 1 June 2025"),
        (("green", "blue"), ("green", "blue"), "No date follows from that for the remaining 1."),
        (("green", "blue"), ("blue", "blue"), "Nothing is left to complete."),
        (("green",) * 9, ("blue",), "1 more complete in 67 days"),
    ],
)
def test_where_no_date_follows(
    jtai: Jtai, tmp_path: Path, first: Sequence[str], last: Sequence[str], said: str
) -> None:
    record(tmp_path, [on("2025-06-01", plan(*first)), on("2025-08-07", plan(*last))])
    found = text(jtai, tmp_path)
    assert said in found
    assert "arithmetic" not in found


def test_a_history_of_one_day(jtai: Jtai, tmp_path: Path) -> None:
    record(tmp_path, [on("2025-08-07", plan("green"))])
    found = data(jtai, tmp_path)
    assert [point["as_of"] for point in found["total"]["points"]] == ["2025-08-07"]
    assert found["total"]["rate"] is None
    assert "none yet: the history of the plan is not a day old" in text(jtai, tmp_path)


def test_what_is_on_disk_is_the_last_point(jtai: Jtai, tmp_path: Path) -> None:
    record(tmp_path, [on("2025-06-01", plan("green"))])
    assert ", and the as-of date. Complete" in text(jtai, tmp_path)
    (tmp_path / "plans" / "p.yaml").write_text(plan("blue"), encoding="utf-8")
    assert ", and the as-of date, the last not committed yet. Complete" in text(jtai, tmp_path)
    last = data(jtai, tmp_path)["total"]["points"][-1]
    assert last["at"] == {"commit": None, "date": "2025-08-07"}
    assert last["summary"]["complete"]["count"] == 1


def test_the_plans_as_they_were_committed(jtai: Jtai, story: Story) -> None:
    found = data(jtai, story.folder, "--at", story.hashes["october-meeting"])
    assert (found["as_of"], found["at"]["date"]) == ("2025-10-09", "2025-10-09")
    assert [point["as_of"] for point in found["total"]["points"]] == [
        *("2025-08-07", "2025-08-31", "2025-09-30", "2025-10-09")
    ]


def test_only_the_actions_of_one_owner(jtai: Jtai, story: Story) -> None:
    said = text(jtai, story.folder, *TODAY, "--owner", "tvp")
    assert "As of 31 July 2026; owner: tvp\n" in said
    assert "Complete: 3 of 4 (75%)\n" in said
    assert refusal(jtai, story.folder, "--owner", "Nobody").startswith("no action has the owner")


def test_several_plans_of_one_scheme_and_of_two(jtai: Jtai, tmp_path: Path) -> None:
    first = on("2025-06-01", plan("green"), plan("amber", name="q"))
    record(tmp_path, [first])
    said = text(jtai, tmp_path)
    assert "7 Aug 2025   1 Green, 1 Amber" in said
    assert said.endswith("To see one plan: jtai trend p\n")
    other = plan("light green", name="q", rag="five-point")
    (tmp_path / "plans" / "q.yaml").write_text(other, encoding="utf-8")
    assert "7 Aug 2025   2 on track" in text(jtai, tmp_path)
    found = data(jtai, tmp_path)
    assert [one["id"] for one in found["plans"]] == ["p", "q"]
    assert "progress" in found["total"]["points"][0]["summary"]
    assert "progress" not in found["total"]["points"][-1]["summary"]


def test_a_version_that_can_not_be_read_is_named(jtai: Jtai, story: Story) -> None:
    (gap,) = data(jtai, story.folder, *TODAY)["gaps"]
    assert gap["since"]["commit"] == story.hashes["date-mistyped"]
    assert gap["until"]["commit"] == story.hashes["date-mended"]
    assert "A day in that time is counted by the version before." in text(
        jtai, story.folder, *TODAY
    )


def test_a_point_at_which_a_plan_can_not_be_read(jtai: Jtai, tmp_path: Path) -> None:
    broken = plan("green").replace("progress", "progres")
    commits = [on("2025-06-15", plan("blue")), on("2025-06-20", broken)]
    record(tmp_path, [*commits, on("2025-07-10", plan("green"))])
    points = data(jtai, tmp_path)["total"]["points"]
    assert [point["summary"]["complete"]["count"] for point in points] == [1, 1, 0, 0]


def test_a_clock_that_was_wrong(jtai: Jtai, tmp_path: Path) -> None:
    record(tmp_path, [on("1970-01-01", plan("green"))])
    said = text(jtai, tmp_path, "--every", "week")
    assert "left out, but for the first day: at most 400 days are shown." in said
    assert "--every quarter reaches further back." in said
    assert data(jtai, tmp_path)["cut"]
    assert not data(jtai, tmp_path, "--every", "quarter")["cut"]


def test_csv(jtai: Jtai, story: Story) -> None:
    said = text(jtai, story.folder, *TODAY, "--every", "quarter", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(said)))
    names = ("as_of", "complete", "actions", "planned_original", "planned_current")
    found = [tuple(row[name] for name in names) for row in rows]
    assert found[0] == ("2025-08-07", "2", "20", "17", "17")
    assert found[-1] == ("2026-07-31", "7", "20", "17", "18")
    assert {row["plan"] for row in rows} == {"reading-jtai-2025"}


def test_csv_of_several_plans_has_their_total(jtai: Jtai, tmp_path: Path) -> None:
    record(tmp_path, [on("2025-08-01", plan("green"), plan("amber", name="q"))])
    rows = list(csv.DictReader(io.StringIO(text(jtai, tmp_path, "--format", "csv"))))
    found = [(row["plan"], row["as_of"][-2:], row["actions"]) for row in rows]
    assert found == [
        *(("p", "01", "1"), ("p", "07", "1"), ("q", "01", "1"), ("q", "07", "1")),
        *(("", "01", "2"), ("", "07", "2")),
    ]


@pytest.mark.parametrize("columns", [60, 80, 140])
def test_pictures_fit_a_terminal_and_read_without_colour(
    on_terminal: Jtai, story: Story, columns: int
) -> None:
    done = on_terminal(
        "trend", *TODAY, "--color", "never", columns=columns, cwd=story.folder
    ).stdout
    assert max(map(len, done.split("\n"))) <= columns
    pictures = re.findall(r"^\d+ \w+ \d{4} +([BGARn|:]+) ", done, re.MULTILINE)
    assert len(pictures) == 13
    if columns >= 80:
        # 20 actions, of which 7 are complete; and where both plans would have it
        assert pictures[0] == "BBGGGGGGGGGGGAAAA:|AAA"
        assert pictures[-1] == "BBBBBBBGGGGGGGAAA|A:RR"
    assert "| planned (first dates) : planned (dates then)" in " ".join(done.split())
    assert "a mark stands after so many actions" in done
    scale = "to scale: the longest is of 20" if columns < 80 else "a letter for each action"
    assert scale in done


def test_pictures_are_to_scale(on_terminal: Jtai, tmp_path: Path) -> None:
    few, many = plan(*["green"] * 50), plan(*["green"] * 99, "blue")
    record(tmp_path, [on("2025-07-01", few), on("2025-08-01", many)])
    done = on_terminal("trend", "--color", "never", columns=140, cwd=tmp_path).stdout
    pictures = re.findall(r"^\d+ \w+ \d{4} +([BG|:]+) ", done, re.MULTILINE)
    assert [len(picture) for picture in pictures] == [22, 22, 42]
    assert pictures[-1].startswith("BG")
    assert "to scale: the longest is of 100 actions" in done


def test_a_plan_that_does_not_load_in_the_end(jtai: Jtai, tmp_path: Path) -> None:
    record(tmp_path, [on("2025-06-01", plan("green"), plan("red", name="q"))])
    (tmp_path / "plans" / "q.yaml").write_text("jtai: 1\nid: q\nrag: nothing\n", encoding="utf-8")
    done = jtai("trend", cwd=tmp_path)
    assert done.returncode == 2
    assert "Complete: 0 of 2 (0%)" in done.stdout
    assert "plans/q.yaml can't be read as it is on disk" in done.stdout
    assert jtai("trend", "--format", "json", cwd=tmp_path).stdout == ""
