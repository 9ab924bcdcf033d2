"""`jtai changes`: on the story of a plan, and on small repositories."""

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.cli.answers import Answers, Jtai, Story
from tests.history import Commit, record
from tests.story import EVENTS

_SAYS = Answers("changes")
data, text = _SAYS.data, _SAYS.text

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
      - {{ref: "1.1", text: Ask children, owners: [{owner}], due: {due}, progress: {progress}}}
"""


def plan(
    *, name: str = "p", owner: str = "TVP", due: str = "2025-06-30", progress: str = "green"
) -> str:
    return PLAN.format(id=name, owner=owner, due=due, progress=progress)


def plans(**of: str) -> dict[str, str]:
    return {"plans/p.yaml": plan(**of)}


KINDS = {
    "due": {"due-moved", "due-set", "due-removed"},
    "progress": {"completed", "reopened", "improved", "worsened"},
    "impact": {"impact-improved", "impact-worsened"},
    "owners": {"owner-changed"},
    "text": {"text-changed"},
    "withdrawn": {"withdrawn"},
    "added": {"added"},
    "removed": {"vanished"},
}


@pytest.mark.parametrize("what", KINDS)
def test_what_is_told_is_what_happened(jtai: Jtai, story: Story, what: str) -> None:
    told = data(jtai, story.folder, "--since", story.hashes["plan"], "--until", "HEAD")
    found = [
        (one["commit"], one["ref"], " ".join(why["text"] for why in one["why"]) or None)
        for one in told["happenings"]
        if one["kind"] in KINDS[what]
    ]
    assert sorted(found, key=str) == sorted(
        (
            (story.hashes[event.commit], event.ref, event.why)
            for event in EVENTS
            if event.what == what and event.commit != "plan"
        ),
        key=str,
    )


@pytest.mark.parametrize(
    ("since", "until"),
    [("plan", "committee-report"), ("committee-report", "date-mended"), ("unrated", "year-end")],
)
def test_each_end_is_what_status_says_of_it(
    jtai: Jtai, story: Story, since: str, until: str
) -> None:
    ends = {"before": story.hashes[since], "after": story.hashes[until]}
    found = data(jtai, story.folder, "--since", ends["before"], "--until", ends["after"])
    for end, commit in ends.items():
        done = jtai("status", "--at", commit, "--format", "json", cwd=story.folder)
        total = json.loads(done.stdout)["total"]
        assert found["complete"][end] == total["complete"]
        assert found["complete_or_on_track"][end] == total["complete_or_on_track"]


def test_the_arithmetic_can_be_followed(jtai: Jtai, story: Story) -> None:
    since, until = story.hashes["october-meeting"], story.hashes["year-end"]
    lines = text(jtai, story.folder, "--since", since, "--until", until).splitlines()
    assert (
        "- 2 of 20 (10%) → 7 of 20 (35%): 4 rose (1.3, 2.3, 3.1, 5.1), 2 added "
        "(1.4, 7.2; of them 1 complete), 1 withdrawn (7.1; not complete), 1 vanished (6.3; not "
        "complete)"
    ) in lines
    assert "- 2 + 4 + 1 − 0 − 0 = 7 complete; 20 + 2 − 1 − 1 = 20 actions" in lines


def test_what_must_not_be_missed_stands_at_the_top(jtai: Jtai, story: Story) -> None:
    since, until = story.hashes["plan"], story.hashes["year-end"]
    lines = text(jtai, story.folder, "--since", since, "--until", until).splitlines()
    assert lines[3] == "1 action has vanished without being withdrawn (6.3)."
    assert lines[5] == (
        "Dates moved later 9 times with no reason given "
        "(1.2, 2.5, 6.1, 6.2 3 times, 6.3 twice, 7.1)."
    )


def test_a_version_that_can_not_be_read_is_named(jtai: Jtai, story: Story) -> None:
    mistyped, mended = story.hashes["date-mistyped"], story.hashes["date-mended"]
    found = data(jtai, story.folder, "--since", mistyped, "--until", mended)
    assert {one["commit"] for one in found["happenings"]} == {mended}
    (gap,) = found["gaps"]
    assert (gap["since"]["commit"], gap["until"]["commit"]) == (mistyped, mended)
    assert "could not be read from " in text(
        jtai, story.folder, "--since", mistyped, "--until", mended
    )


def test_two_ways_compose_to_the_whole(jtai: Jtai, story: Story) -> None:
    names = ("plan", "date-mended", "year-end")
    a, b, c = (story.hashes[name] for name in names)
    first, second, whole = (
        data(jtai, story.folder, "--since", since, "--until", until)
        for since, until in ((a, b), (b, c), (a, c))
    )
    assert first["happenings"] + second["happenings"] == whole["happenings"]
    assert first["complete"]["after"] == second["complete"]["before"]


def test_names_of_authors_can_be_left_out(jtai: Jtai, story: Story) -> None:
    ends = ("--since", story.hashes["plan"], "--until", "HEAD")
    for form in ("terminal", "markdown", "csv", "json"):
        with_names = text(jtai, story.folder, *ends, "--format", form)
        without = text(jtai, story.folder, *ends, "--no-authors", "--format", form)
        assert "Zoë Lefèvre" in with_names
        assert "Zoë Lefèvre" not in without
    assert {
        one["author"] for one in data(jtai, story.folder, *ends, "--no-authors")["happenings"]
    } == {None}


def test_csv_has_a_row_for_each_thing_that_happened(jtai: Jtai, story: Story) -> None:
    ends = ("--since", story.hashes["plan"], "--until", "HEAD")
    rows = list(csv.DictReader(io.StringIO(text(jtai, story.folder, *ends, "--format", "csv"))))
    happenings = data(jtai, story.folder, *ends)["happenings"]
    assert [(row["ref"], row["kind"]) for row in rows] == [
        (one["ref"], one["kind"]) for one in happenings
    ]
    assert {row["days"] for row in rows if row["kind"] == "due-moved"} >= {"-75", "119"}


def test_only_what_is_wanted(jtai: Jtai, story: Story) -> None:
    ends = ("--since", story.hashes["plan"], "--until", "HEAD")
    found = data(jtai, story.folder, *ends, "--owner", "tvp")
    assert {one["ref"] for one in found["happenings"]} < {"1.1", "5.1", "5.2", "7.1", "7.2", "8.1"}
    assert "; owner: TVP" in text(jtai, story.folder, *ends, "--owner", "TVP")


def small(folder: Path, *commits: Mapping[str, str | None]) -> list[str]:
    """A repository of these commits, an hour apart on 1 January 2025."""
    return record(folder, [Commit(files) for files in commits])


def test_what_is_not_committed_yet(jtai: Jtai, tmp_path: Path) -> None:
    small(tmp_path, plans(progress="amber"))
    (tmp_path / "plans/p.yaml").write_text(plan(due="2025-09-30", progress="blue"), "utf-8")
    found = data(jtai, tmp_path, "--since", "2025-01-01")
    assert [(one["kind"], one["commit"], one["date"]) for one in found["happenings"]] == [
        ("completed", None, "2025-08-07"),
        ("due-moved", None, "2025-08-07"),
    ]
    assert found["until"] == {"date": "2025-08-07", "commit": None}
    lines = text(jtai, tmp_path, "--since", "HEAD").splitlines()
    assert (
        "1.1  30 June 2025  30 September 2025         +92  no reason given  7 August 2025  "
        "not committed yet  Ask children"
    ) in lines


def test_ratings_of_a_later_day_are_not_taken_for_those_of_the_as_of_date(
    jtai: Jtai, story: Story
) -> None:
    words = ("--since", "2025-08-31", "--as-of", "2025-10-15")
    done = jtai("changes", *words, cwd=story.folder)
    assert done.returncode == 0
    assert done.stderr.endswith("For the plans as they were then: --until 2025-10-15\n")


def test_nothing_changed(jtai: Jtai, tmp_path: Path) -> None:
    small(tmp_path, plans())
    said = text(jtai, tmp_path, "--since", "HEAD", "--until", "HEAD")
    assert "Complete: 0 of 1 (0%), as before" in said
    assert "Nothing changed in any action between these days." in said
    found = data(jtai, tmp_path, "--since", "HEAD", "--until", "HEAD")
    assert (found["happenings"], found["complete"]["moved"]) == ([], [])
    assert found["since"] == found["until"]
    assert "at" not in found


def test_several_plans_each_with_its_own_arithmetic(jtai: Jtai, tmp_path: Path) -> None:
    other = {"plans/q.yaml": plan(name="q", progress="amber")}
    small(
        tmp_path,
        {**plans(progress="amber"), **other, "plans/r.yaml": plan(name="r")},
        {**plans(due="2025-09-30"), "plans/q.yaml": None},
    )
    lines = text(jtai, tmp_path, "--since", "HEAD~1").splitlines()
    assert lines[0] == "What changed in 3 improvement plans"
    assert "1 action has vanished without being withdrawn (q#1.1)." in lines
    assert "1 date moved later with no reason given (p#1.1)." in lines
    assert (
        "- 1 of 3 (33%) → 2 of 2 (100%): 1 rose, 1 vanished (not complete or on track)"
    ) in lines
    assert "The plan q (q)" in lines
    assert "- 0 of 1 (0%) → 0 of 0: 1 vanished (all; not complete or on track)" in lines
    assert "Nothing moved the figures of r." in lines
    assert any(line.startswith("1.1  p     Amber  Green") for line in lines)


def test_a_plan_by_its_name(jtai: Jtai, tmp_path: Path) -> None:
    both = {"plans/q.yaml": plan(name="q", progress="amber")}
    small(tmp_path, plans() | both, {"plans/q.yaml": plan(name="q"), **plans(progress="red")})
    found = data(jtai, tmp_path, "q", "--since", "HEAD~1")
    assert [one["plan"] for one in found["happenings"]] == ["q"]


def test_what_another_owner_has_now_is_told_of_both(jtai: Jtai, tmp_path: Path) -> None:
    small(tmp_path, plans(), plans(owner="BFFC"))
    for owner, way in (("TVP", "left"), ("BFFC", "joined")):
        found = data(jtai, tmp_path, "--since", "HEAD~1", "--owner", owner)
        assert [one["kind"] for one in found["happenings"]] == ["owner-changed"]
        assert [one["way"] for one in found["complete"]["moved"]] == [way]


def test_a_withdrawal_whose_day_came(jtai: Jtai, tmp_path: Path) -> None:
    gone = plan().replace("green}", "green, withdrawn: {on: 2025-02-01, reason: Merged}}")
    hashes = small(tmp_path, plans(), {"plans/p.yaml": gone})
    (one,) = data(jtai, tmp_path, "--since", "2025-01-31")["happenings"]
    assert (one["kind"], one["date"], one["commit"]) == (
        *("withdrawn-by-date", "2025-02-01", hashes[1]),
    )
    assert "Withdrawn by a date that came:" in text(jtai, tmp_path, "--since", "2025-01-31")
    # on the day on which it is written, its own day is still to come
    assert "withdrawn from 1 February 2025" in text(jtai, tmp_path, "--since", "HEAD~1")


def test_a_plan_that_does_not_load_in_the_end(jtai: Jtai, tmp_path: Path) -> None:
    small(tmp_path, plans(), plans(progress="blue"))
    faulty = {"plans/q.yaml": plan(name="q")}
    (tmp_path / "plans/p.yaml").write_text(plan(due="2025-06-31"), encoding="utf-8")
    (tmp_path / "plans/q.yaml").write_text(faulty["plans/q.yaml"], encoding="utf-8")
    done = jtai("changes", "--since", "HEAD~1", cwd=tmp_path)
    assert done.returncode == 2
    assert "2025-06-31 is not a real date" in done.stderr
    assert "plans/p.yaml can't be read as it is on disk (line 10: 2025-06-31 is" in done.stdout
    assert "1 rose (1.1)" in done.stdout
    done = jtai("changes", "--since", "HEAD~1", "--format", "json", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")


def test_what_an_author_is_called_is_only_text(jtai: Jtai, tmp_path: Path) -> None:
    name = "Eve | **bold** \N{RIGHT-TO-LEFT OVERRIDE} <e@example.org>"
    commits = [Commit(plans()), Commit(plans(progress="blue"), author=name)]
    record(tmp_path, commits)
    said = text(jtai, tmp_path, "--since", "HEAD~1", "--format", "markdown")
    assert r"Eve \| \*\*bold\*\* " in said
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in said


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "Missing option '--since'"),
        (
            ("--since", "2024-12-30"),
            "no plan that can be read was committed by then; the first is of",
        ),
        (("--since", "HEAD~3"), "no plan that can be read was committed by then; the first is of"),
        (("--since", "2025-08-08"), "--since '2025-08-08' is later than the end, 7 August 2025"),
        (
            ("--since", "2025-01-02", "--until", "2025-01-01"),
            "--since '2025-01-02' is later than the end, 1 January 2025",
        ),
        (
            ("--since", "HEAD", "--as-of", "2024-12-31"),
            "--since 'HEAD', of 1 January 2025, is later than the end, 31 December 2024",
        ),
        (("--since", "HEAD", "--until", "HEAD~1"), "is none of the commits that led"),
        (("--since", "HEAD^2"), "is none of the commits that led"),
        (("--since", "nothing"), "git finds no commit 'nothing'"),
        (("--since", "2025-02-30"), "is not a real date"),
        (("--since", "HEAD", "--owner", "XX"), "no action has the owner 'XX'; there are: TVP"),
    ],
)
def test_refused(jtai: Jtai, tmp_path: Path, arguments: tuple[str, ...], message: str) -> None:
    record(
        tmp_path,
        [
            Commit({"README.md": "x"}),
            Commit(plans()),
            Commit(plans(due="2025-07-30")),
            Commit(plans(progress="blue"), parents=(1,)),
            Commit(plans(progress="blue"), parents=(2, 3)),
        ],
    )
    done = jtai("changes", *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr


def test_where_no_plan_could_ever_be_read(jtai: Jtai, tmp_path: Path) -> None:
    small(tmp_path, plans(due="2025-06-31"))
    done = jtai("changes", "--since", "HEAD", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "2025-06-31 is not a real date" in done.stderr
    assert "no plan that can be read was committed by then; nor is there one now" in done.stderr


@pytest.mark.parametrize("columns", [60, 80, 140])
def test_no_line_is_wider_than_the_terminal(on_terminal: Jtai, story: Story, columns: int) -> None:
    ends = ("--since", story.hashes["plan"], "--until", "HEAD")
    done = on_terminal("changes", *ends, "--color", "never", columns=columns, cwd=story.folder)
    assert done.returncode == 0
    assert max(map(len, done.stdout.splitlines())) <= columns
