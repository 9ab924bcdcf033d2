"""`jtai tracker`: on the story of a plan, and on small repositories."""

import csv
import datetime as dt
import io
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.cli.answers import Answers, Jtai, Story
from tests.history import Commit, record

_SAYS = Answers("tracker")
data, text, refusal = _SAYS.data, _SAYS.text, _SAYS.refusal

TODAY = ("--as-of", "2026-07-31")
PLAN = """\
jtai: 1
id: {id}
title: The plan {id}
rag: brag
partners: {{TVP: Thames Valley Police, BFFC: Brighter Futures}}
objectives:
  - ref: "1"
    title: Listen
    actions:
"""
ACTION = '      - {{ref: "1.{}", text: Ask, owners: [TVP], due: 2025-06-30, progress: {}}}\n'


def plan(*ratings: str, name: str = "p") -> str:
    actions = (ACTION.format(number, rating) for number, rating in enumerate(ratings, 1))
    return PLAN.format(id=name) + "".join(actions)


def on(day: str, *plans: str | None) -> Commit:
    """A commit of plans p, q, … at noon of a day; None takes one away."""
    files = {f"plans/{name}.yaml": text for name, text in zip("pqr", plans, strict=False)}
    return Commit(files, dt.datetime.fromisoformat(f"{day}T12:00:00+00:00"))


@pytest.mark.parametrize("of", ["progress", "impact"])
def test_every_column_is_what_status_says(jtai: Jtai, story: Story, of: str) -> None:
    impact = ["--impact"] if of == "impact" else []
    (one,) = data(jtai, story.folder, *TODAY, "--monthly", "6", *impact)["plans"]
    assert len(one["columns"]) == 7
    for number, column in enumerate(one["columns"][1:], 1):
        at = ["--at", column["as_of"]] if column["name"] == "month" else []
        said = jtai("status", *TODAY[: 0 if at else 2], *at, "--format", "json", cwd=story.folder)
        summary = json.loads(said.stdout)["total"]
        figures = {row["rating"]: row["actions"][number] for row in one["ratings"]}
        assert {"unrated": 0} | figures == summary[of]
        assert one["total"]["actions"][number] == summary["actions"]


def test_the_first_column_is_the_first_version(jtai: Jtai, story: Story) -> None:
    (one,) = data(jtai, story.folder, *TODAY)["plans"]
    expected = [
        ("initial", "2025-08-07", story.hashes["plan"]),
        ("previous", "2026-06-30", story.hashes["worsened-silently"]),
        ("current", "2026-07-31", story.hashes["year-end"]),
    ]
    columns = one["columns"]
    assert [(each["name"], each["as_of"], each["at"]["commit"]) for each in columns] == expected


def test_who_moved(jtai: Jtai, story: Story) -> None:
    (one,) = data(jtai, story.folder, *TODAY, "--previous", "2026-01-14")["plans"]
    moved = {move: refs for move, refs in one["moved"].items() if move != "unchanged" and refs}
    assert moved["added"] == ["1.4", "7.2"]
    assert (moved["withdrawn"], moved["vanished"]) == (["7.1"], ["6.3"])


def test_ratings_of_a_later_day_are_not_taken_for_those_of_the_as_of_date(
    jtai: Jtai, story: Story
) -> None:
    done = jtai("tracker", "--as-of", "2025-10-15", cwd=story.folder)
    assert done.returncode == 0
    assert done.stderr == (
        "The plans are as they are on disk, with what was committed up to 30 July 2026; only dates "
        "are judged as of 15 October 2025. For the plans as they were then: --at 2025-10-15\n"
    )
    for options in (TODAY, ("--at", "2025-10-15"), ("--at", "HEAD", "--as-of", "2025-10-15")):
        assert jtai("tracker", *options, cwd=story.folder).stderr == ""
    stands_in = jtai("tracker", cwd=story.folder, env={"JTAI_AS_OF": "2025-10-15"})
    assert (stands_in.returncode, stands_in.stderr) == (0, "")


def test_a_commit_and_its_day_are_the_same_column(jtai: Jtai, story: Story) -> None:
    by_commit = data(jtai, story.folder, *TODAY, "--previous", story.hashes["october-meeting"])
    by_day = data(jtai, story.folder, *TODAY, "--previous", "2025-10-09")
    assert by_commit == by_day


def test_what_is_not_committed_is_after_every_day(jtai: Jtai, tmp_path: Path) -> None:
    record(tmp_path, [on("2025-06-01", plan("green", "green"))])
    (tmp_path / "plans" / "p.yaml").write_text(plan("red", "green"), encoding="utf-8")
    options = ("--as-of", "2025-07-01", "--previous", "2025-07-01")
    (one,) = data(jtai, tmp_path, *options)["plans"]
    assert one["moved"]["worsened"] == ["1.1"]
    rows = {row["rating"]: row["actions"][1:] for row in one["ratings"]}
    assert (rows["green"], rows["red"]) == ([2, 1], [0, 1])


def test_the_plans_as_they_were_committed(jtai: Jtai, story: Story) -> None:
    found = data(jtai, story.folder, "--at", "2026-03-31")
    assert (found["as_of"], found["at"]["date"]) == ("2026-03-31", "2026-03-20")
    assert [column["as_of"] for column in found["plans"][0]["columns"]] == [
        *("2025-08-07", "2026-02-28", "2026-03-31")
    ]


def test_only_the_actions_of_one_owner(jtai: Jtai, story: Story) -> None:
    said = text(jtai, story.folder, *TODAY, "--owner", "TVP")
    assert "As of 31 July 2026; owner: TVP\n" in said
    assert "Improved: 1 (7.2)\nWorsened: 0\nUnchanged: 3\n" in said


def test_a_value_that_only_older_versions_had_is_no_mistake(jtai: Jtai, tmp_path: Path) -> None:
    old = plan("green").replace("due:", "theme: Data, due:")
    record(tmp_path, [on("2025-06-01", old), on("2025-08-01", plan("green"))])
    (one,) = data(jtai, tmp_path, "--theme", "data")["plans"]
    assert one["total"]["actions"] == [1, 1, 0]
    assert one["moved"]["left"] == ["1.1"]


def test_a_version_that_can_not_be_read_is_named(jtai: Jtai, story: Story) -> None:
    asked = (*TODAY, "--previous", "2025-12-18")
    (gap,) = data(jtai, story.folder, *asked)["gaps"]
    assert gap["since"]["commit"] == story.hashes["date-mistyped"]
    assert gap["until"]["commit"] == story.hashes["date-mended"]
    said = text(jtai, story.folder, *asked)
    assert "could not be read from 77eca32353bc of 18 December 2025 until 233828981994" in said
    assert "A column of a day in that time shows the version before." in said


def test_no_gap_is_named_that_no_column_lies_in(jtai: Jtai, story: Story) -> None:
    assert data(jtai, story.folder, *TODAY, "--previous", "2025-12-19")["gaps"] == []


def test_a_plan_that_is_new(jtai: Jtai, repository: Path) -> None:
    said = text(jtai, repository, "--as-of", "2030-02-01", "--monthly", "60")
    assert "–: not committed yet on 31 " in said
    assert " and before." in said


def test_a_plan_that_is_not_committed(jtai: Jtai, repository: Path) -> None:
    (repository / "plans" / "q.yaml").write_text(plan("amber", name="q"), encoding="utf-8")
    said = text(jtai, repository, "q")
    assert "Initial not committed yet; Current not committed yet." in said
    assert "–: not committed yet on 31 July 2025." in said


def test_what_is_on_disk_and_not_committed(jtai: Jtai, tmp_path: Path) -> None:
    record(tmp_path, [on("2025-07-01", plan("green"))])
    assert "; Current " in text(jtai, tmp_path)
    (tmp_path / "plans" / "p.yaml").write_text(plan("blue"), encoding="utf-8")
    said = text(jtai, tmp_path)
    assert "; Current not committed yet." in said
    assert "Blue                     0                     0                   1  1 more" in said


def test_a_plan_that_is_gone(jtai: Jtai, tmp_path: Path) -> None:
    both = on("2025-06-01", plan("green"), plan("amber", name="q"))
    record(tmp_path, [both, on("2025-08-01", plan("green"), None)])
    said = text(jtai, tmp_path)
    assert "–: not there any more on 7 August 2025." in said
    assert "Vanished without being withdrawn: 1 (1.1)" in said
    assert "\nTotal" in said


def test_several_plans_and_their_total(jtai: Jtai, tmp_path: Path) -> None:
    first = on("2025-06-01", plan("green", "amber"))
    record(tmp_path, [first, on("2025-07-01", plan("blue", "amber"), plan("red", name="q"))])
    found = data(jtai, tmp_path)
    assert [one["id"] for one in found["plans"]] == ["p", "q"]
    standing = {row["standing"]: row["actions"] for row in found["total"]["standing"]}
    assert standing == {
        "complete": [0, 1, 1],
        "on_track": [1, 0, 0],
        "at_risk": [1, 1, 1],
        "off_track": [0, 1, 1],
        "not_started": [0, 0, 0],
    }
    assert "All plans: progress, by what ratings count as" in text(jtai, tmp_path)
    assert data(jtai, tmp_path, "q")["total"] is None


def test_csv(jtai: Jtai, story: Story) -> None:
    rows = list(csv.DictReader(io.StringIO(text(jtai, story.folder, *TODAY, "--format", "csv"))))
    blue = [row for row in rows if row["key"] == "blue"]
    found = [(row["column"], row["as_of"], row["actions"], row["change"]) for row in blue]
    assert found == [
        ("initial", "2025-08-07", "2", ""),
        ("previous", "2026-06-30", "6", ""),
        ("current", "2026-07-31", "7", "1"),
    ]
    assert {row["by"] for row in rows} == {"rating", "plan"}


@pytest.mark.parametrize("columns", [60, 80, 140])
@pytest.mark.parametrize("more", [[], ["--monthly", "12"], ["--monthly", "60", "--impact"]])
def test_it_fits_a_terminal(
    on_terminal: Jtai, story: Story, columns: int, more: Sequence[str]
) -> None:
    asked = ("tracker", *TODAY, *more, "--color", "never")
    said = on_terminal(*asked, columns=columns, cwd=story.folder).stdout
    assert max(map(len, said.split("\n"))) <= columns
    # every table of so many months is one, and none a list
    assert said.count("─\n") == {0: 1, 12: 2, 60: 9}[int(more[1]) if more else 0]


def test_signs_where_the_terminal_has_few(on_terminal: Jtai, story: Story) -> None:
    asked = ("tracker", *TODAY, "--previous", "2025-07-31")
    said = on_terminal(*asked, cwd=story.folder, env={"TERM": "dumb"}).stdout
    assert said.isascii()
    assert "\n-: not committed yet on 31 July 2025.\n" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--previous", "2025-08-08"), "lies after the as-of date, 7 August 2025"),
        (("--previous", "2099-01-01"), "1 January 2099 is still to come"),
        (("--previous", "nowhere"), "git finds no commit 'nowhere'"),
        (("--previous", ""), "'' is no revision"),
        (("--previous", "HEAD", "--monthly", "3"), "can't be given together"),
        (("--monthly", "0"), "0 is not in the range"),
        (("--owner", "Nobody"), "no action has the owner 'Nobody'"),
    ],
)
def test_what_is_refused(jtai: Jtai, repository: Path, arguments: Sequence[str], said: str) -> None:
    assert said in refusal(jtai, repository, *arguments)


def test_a_commit_of_a_branch_that_was_merged_is_refused(jtai: Jtai, story: Story) -> None:
    said = refusal(jtai, story.folder, *TODAY, "--previous", story.hashes["police-briefed"])
    assert "came in with a merge" in said


def test_a_plan_that_does_not_load_in_the_end(jtai: Jtai, tmp_path: Path) -> None:
    record(tmp_path, [on("2025-06-01", plan("green"), plan("red", name="q"))])
    (tmp_path / "plans" / "q.yaml").write_text("jtai: 1\nid: q\nrag: nothing\n", encoding="utf-8")
    done = jtai("tracker", cwd=tmp_path)
    assert done.returncode == 2
    assert "plans/q.yaml:" in done.stderr
    assert "plans/q.yaml can't be read as it is on disk" in done.stdout
    assert jtai("tracker", "--format", "json", cwd=tmp_path).stdout == ""
