"""The five commands that look back, asked for actions by how these stand in the end."""

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.cli.answers import Answers, Jtai, Story
from tests.history import Commit, record

TODAY = ("--as-of", "2026-07-31")
COMMANDS = ("tracker", "changes", "slippage", "trend", "ages")
PLAN = """\
jtai: 1
id: {id}
title: The plan {id}
rag: {rag}
partners: {{TVP: Thames Valley Police}}
objectives:
  - ref: "1"
    title: Listen
    actions:
"""
ACTION = '      - {{ref: "1.{}", text: {}, owners: [TVP], due: 2025-06-30, progress: {}}}\n'


def plan(*actions: tuple[str, str], name: str = "p", rag: str = "brag") -> str:
    lines = (ACTION.format(number, *action) for number, action in enumerate(actions, 1))
    return PLAN.format(id=name, rag=rag) + "".join(lines)


def on(day: str, **plans: str) -> Commit:
    files = {f"plans/{name}.yaml": text for name, text in plans.items()}
    return Commit(files, dt.datetime.fromisoformat(f"{day}T12:00:00+00:00"))


def asked(command: str, *more: str, since: str = "2025-12-01") -> tuple[str, ...]:
    if command == "tracker":
        # its --impact asks for the table of impact
        return tuple("--impact-rating" if word == "--impact" else word for word in more)
    return ("--since", since, *more) if command == "changes" else more


def data(command: str, jtai: Jtai, folder: Path, *more: str, since: str = "2025-12-01") -> Any:
    return Answers(command).data(jtai, folder, *asked(command, *more, since=since))


def text(command: str, jtai: Jtai, folder: Path, *more: str) -> str:
    return Answers(command).text(jtai, folder, *asked(command, *more))


def listed(jtai: Jtai, folder: Path, *more: str) -> dict[str, str]:
    """What `jtai actions` lists: progress by ref."""
    said = jtai("actions", *more, "--format", "json", cwd=folder)
    assert said.returncode == 0, said.stderr
    return {one["ref"]: one["progress"] or "unrated" for one in json.loads(said.stdout)["actions"]}


@pytest.mark.parametrize(
    ("wanted", "at"),
    [
        (("--progress", "red"), None),
        (("--impact", "amber", "--owner", "BFFC"), None),
        (("--overdue", "--progress", "green", "--progress", "amber"), None),
        (("--undated",), "2025-10-31"),
        (("--unrated",), "2026-04-01"),
        (("--due-within", "60", "--lead", "BFFC"), "2026-01-31"),
    ],
    ids=str,
)
def test_the_end_of_each_is_what_a_list_of_actions_says(
    jtai: Jtai, story: Story, wanted: Sequence[str], at: str | None
) -> None:
    more = (*wanted, *(("--at", at) if at else TODAY))
    actions = listed(jtai, story.folder, *more)
    assert actions
    (one,) = data("tracker", jtai, story.folder, *more)["plans"]
    rows = {row["rating"]: row["actions"][-1] for row in one["ratings"]}
    ratings = list(actions.values())
    assert {key: count for key, count in rows.items() if count} == {
        key: ratings.count(key) for key in ratings
    }
    assert one["total"]["actions"][-1] == len(actions)
    assert not one["moved"]["vanished"] + one["moved"]["withdrawn"]
    until = (*wanted, *(("--until", at) if at else TODAY))
    moved = data("changes", jtai, story.folder, *until, since="2025-08-07")
    assert moved["complete"]["after"]["of"] == len(actions)
    assert data("slippage", jtai, story.folder, *more)["totals"]["actions"] == len(actions)
    last = data("trend", jtai, story.folder, *more)["total"]["points"][-1]["summary"]
    assert {key: count for key, count in last["progress"].items() if count} == {
        key: ratings.count(key) for key in ratings
    }
    ages = data("ages", jtai, story.folder, *more, "--all")
    still_open = {ref for ref, rating in actions.items() if rating != "blue"}
    assert {each["ref"] for owner in ages["owners"] for each in owner["actions"]} == still_open


def test_where_todays_reds_came_from(jtai: Jtai, story: Story) -> None:
    (one,) = data("tracker", jtai, story.folder, *TODAY, "--progress", "Red")["plans"]
    rows = {row["rating"]: row["actions"] for row in one["ratings"]}
    assert rows == {"blue": [0, 0, 0], "green": [1, 0, 0], "amber": [1, 1, 0], "red": [0, 1, 2]}
    assert one["moved"]["worsened"] == ["6.2"]
    assert one["moved"]["unchanged"] == ["8.1"]


def test_what_happened_to_what_is_late_now(jtai: Jtai, story: Story) -> None:
    late = listed(jtai, story.folder, *TODAY, "--overdue")
    found = data("changes", jtai, story.folder, *TODAY, "--overdue")
    everything = data("changes", jtai, story.folder, *TODAY)["happenings"]
    assert found["happenings"] == [one for one in everything if one["ref"] in late]


def test_ratings_for_impact_of_actions_by_their_impact(jtai: Jtai, story: Story) -> None:
    options = (*TODAY, "--impact", "--impact-rating", "red")
    found = Answers("tracker").data(jtai, story.folder, *options)
    rows = {row["rating"]: row["actions"][-1] for row in found["plans"][0]["ratings"]}
    assert (found["of"], rows["red"], sum(rows.values())) == ("impact", 1, 1)


@pytest.mark.parametrize("command", COMMANDS)
def test_what_is_asked_of_the_end_is_said(jtai: Jtai, story: Story, command: str) -> None:
    said = text(command, jtai, story.folder, *TODAY, "--progress", "red", "--level", "strategic")
    assert "; level: strategic; in the end progress: red\n" in said
    assert (
        "2 of 20 actions stand so in the end, as of 31 July 2026 (progress: red). Each is followed "
        "back by its plan and ref, however it stood before; what is withdrawn or gone in the end "
        "is not among them. Of these, those count that have level: strategic on the day that is "
        "looked at; in the end 1 of them.\n"
    ) in said
    help_text = " ".join(jtai(command, "--help").stdout.split())
    assert "--overdue In the end: due before the as-of date, and not complete." in help_text
    assert "The actions chosen so are then followed back, each by its plan and ref." in help_text


@pytest.mark.parametrize("command", COMMANDS)
def test_what_was_asked_for_stands_in_the_data(jtai: Jtai, story: Story, command: str) -> None:
    chosen = [
        data(command, jtai, story.folder, *TODAY, *words)["chosen"]
        for words in (
            (),
            ("--level", "strategic"),
            ("--progress", "red", "--level", "strategic", "--due-within", "0"),
            ("--progress", "red", "--level", "strategic"),
        )
    ]
    place = {"level": ["strategic"]}
    assert chosen == [
        None,
        {"wanted": place, "followed": None, "of": None, "fitting": None},
        {
            "wanted": place | {"progress": ["red"], "due_within": 0},
            "followed": 0,
            "of": 20,
            "fitting": 0,
        },
        {"wanted": place | {"progress": ["red"]}, "followed": 2, "of": 20, "fitting": 1},
    ]


@pytest.mark.parametrize("command", COMMANDS)
def test_an_empty_choice_is_not_good_news(jtai: Jtai, story: Story, command: str) -> None:
    said = text(command, jtai, story.folder, *TODAY, "--unrated", "--format", "markdown")
    assert "0 of 20 actions" in "".join(said.splitlines()[:3])
    assert (
        "; in the end unrated\n\n**No action stands so in the end, as of 31 July 2026 (unrated): "
        "there is nothing to follow back.**\n"
    ) in said
    assert "%" not in said
    data(command, jtai, story.folder, *TODAY, "--unrated")
    text(command, jtai, story.folder, *TODAY, "--unrated", "--format", "csv")
    said = text(command, jtai, story.folder, *TODAY, "--impact", "red", "--owner", "TVP")
    assert "0 of 20 actions" in "".join(said.splitlines()[:3])
    assert (
        "1 of 20 actions stands so in the end, as of 31 July 2026 (impact: red), but on no day "
        "that is looked at with owner: TVP: there is nothing to follow back.\n"
    ) in said


@pytest.mark.parametrize("command", ["slippage", "ages", "trend"])
def test_a_gap_is_named_beside_an_empty_choice(jtai: Jtai, story: Story, command: str) -> None:
    said = text(command, jtai, story.folder, *TODAY, "--unrated")
    assert "could not be read from 77eca32353bc of 18 December 2025" in said


@pytest.mark.parametrize(
    ("command", "of"),
    [
        *((command, "2 of 3 actions") for command in ("tracker", "trend", "changes")),
        *((command, "1 of 1 action") for command in ("slippage", "ages")),
    ],
)
def test_a_plan_that_can_not_be_read_in_the_end_is_named_where_it_counts(
    jtai: Jtai, tmp_path: Path, command: str, of: str
) -> None:
    p, q = plan(("Ask", "red")), plan(("Ask", "red"), ("Feed", "green"), name="q")
    record(tmp_path, [on("2025-06-01", p=p, q=q), on("2025-07-01", q=q.replace("2025", "soon"))])
    words = asked(command, "--progress", "red", "--as-of", "2025-07-02", since="2025-06-01")
    done = jtai(command, *words, cwd=tmp_path)
    assert done.returncode == 2
    verb, last = (
        ("stands", "") if of == "1 of 1 action" else ("stand", ", q as it last could be read")
    )
    how = "so in the end, as of 2 July 2025 (progress: red)"
    assert f"{of} {verb} {how}{last}. Each" in done.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_what_can_not_fit_is_refused(jtai: Jtai, tmp_path: Path, command: str) -> None:
    old = plan(("Ask", "light green"), rag="five-point")
    record(tmp_path, [on("2025-06-01", p=old), on("2025-07-01", p=plan(("Ask", "blue")))])
    says = Answers(command)
    for value in ("purple", "light green"):
        words = asked(command, "--progress", value, since="2025-06-01")
        said = says.refusal(jtai, tmp_path, *words)
        assert f"no action has the progress '{value}'; " in said
    assert "is not in the range" in says.refusal(jtai, tmp_path, "--due-within", "-1")


@pytest.fixture
def reused(tmp_path: Path) -> Path:
    """A repository in which a ref went to another action, and a plan with nothing red in it."""
    ask, feed = "Ask the children", "Feed a thousand ducks"
    calm = plan((ask, "green"), name="q")
    record(
        tmp_path,
        [
            on("2025-06-01", p=plan((ask, "green"), (ask, "amber")), q=calm),
            on("2025-07-01", p=plan((feed, "amber"), (ask, "green")), q=calm),
            on("2025-08-01", p=plan((feed, "red"), (ask, "red")), q=calm),
        ],
    )
    return tmp_path


def test_another_action_under_the_same_ref_is_not_let_in(jtai: Jtai, reused: Path) -> None:
    more = ("--progress", "red")
    one, _ = data("tracker", jtai, reused, *more, "--previous", "2025-06-15")["plans"]
    assert one["total"]["actions"] == [1, 1, 2]
    assert (one["moved"]["added"], one["moved"]["worsened"]) == (["1.1"], ["1.2"])
    found = data("changes", jtai, reused, *more, since="2025-06-15")
    assert [(each["ref"], each["kind"]) for each in found["happenings"]] == [
        ("1.1", "added"),
        ("1.2", "improved"),
        ("1.1", "worsened"),
        ("1.2", "worsened"),
    ]
    points = data("trend", jtai, reused, *more)["total"]["points"]
    assert [point["summary"]["actions"] for point in points] == [1, 1, 2, 2]


def test_a_plan_that_has_none_of_them_is_named_and_not_drawn(jtai: Jtai, reused: Path) -> None:
    said = text("tracker", jtai, reused, "--progress", "red")
    assert "None of these actions is in q.\n" in said
    assert "The plan q: progress" not in said
    found = data("changes", jtai, reused, "--progress", "red", since="2025-06-15")
    assert [one["id"] for one in found["plans"]] == ["p"]


@pytest.mark.parametrize("columns", [60, 80, 140])
@pytest.mark.parametrize("command", COMMANDS)
def test_it_fits_a_terminal(on_terminal: Jtai, story: Story, command: str, columns: int) -> None:
    words = asked(command, *TODAY, "--overdue", "--owner", "BFFC", "--color", "never")
    said = on_terminal(command, *words, columns=columns, cwd=story.folder).stdout
    assert "stand so in the end" in " ".join(said.split())
    assert max(map(len, said.split("\n"))) <= columns
