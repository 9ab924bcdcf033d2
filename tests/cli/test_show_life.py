"""The life of an action in `jtai show`: with git, and without."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import SMALL
from tests.history import Commit, record
from tests.story import ON_THE_BRANCH, build, events_of

Run = Callable[..., Any]
AT = ("--as-of", "2026-07-31")


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository of a year."""
    folder = tmp_path_factory.mktemp("year")
    build(folder)
    return folder


@pytest.fixture
def shown(jtai: Run, holds_to_schema: Callable[[str, str], Any]) -> Run:
    """The only action of `jtai show --format json`, held against the schema."""

    def show(*words: str, cwd: Path) -> Any:
        done = jtai("show", *words, "--format", "json", cwd=cwd)
        assert done.returncode == 0, done.stderr
        (action,) = holds_to_schema("show-life", done.stdout)["actions"]
        return action

    return show


@pytest.mark.parametrize("ref", ["1.2", "2.4", "6.1", "6.2", "7.1", "7.2", "9.1", "10.2"])
def test_each_change_of_a_rating_is_told_as_the_story_has_it(
    ref: str, year: Path, shown: Run
) -> None:
    life = shown(ref, *AT, cwd=year)["life"]
    told = [(one["before"], one["after"]) for one in life if one["kind"] in PROGRESS]
    assert told == [(event.was, event.now) for event in events_of("progress", ref)]


PROGRESS = ("completed", "reopened", "improved", "worsened")


@pytest.mark.parametrize("ref", ["1.2", "2.4", "4.1", "6.2", "7.2", "10.1"])
def test_each_change_of_a_date_is_told_with_its_reason(ref: str, year: Path, shown: Run) -> None:
    life = shown(ref, *AT, cwd=year)["life"]
    told = [
        (one["before"], one["after"], [why["text"] for why in one["why"]])
        for one in life
        if one["kind"].startswith("due-")
    ]
    events = events_of("due", ref)
    assert told == [(one.was, one.now, [one.why] if one.why else []) for one in events]


def test_how_long_it_has_stood_so(year: Path, jtai: Run) -> None:
    said = jtai("show", "8.1", *AT, cwd=year).stdout
    assert "- Red for 113 days, since 9 April 2026; last update 113 days ago\n" in said
    assert "- impact not rated for at least 358 days, since 7 August 2025\n" in said


def test_at_a_commit_the_life_ends_there(year: Path, shown: Run) -> None:
    action = shown("6.2", "--at", "2025-11-10", cwd=year)
    assert [one["after"] for one in action["life"]][1:] == [
        "2025-09-30",
        "2025-10-31",
        "2025-11-28",
    ]
    assert action["age"]["due"]["days"] == 5


def test_authors_are_left_out_when_that_is_asked(year: Path, jtai: Run, shown: Run) -> None:
    assert "Amara Osei" in jtai("show", "6.2", cwd=year).stdout
    for form in ("terminal", "markdown", "json"):
        assert "Amara" not in jtai("show", "6.2", "--no-authors", "--format", form, cwd=year).stdout
    life = shown("6.2", "--no-authors", cwd=year)["life"]
    assert {one["author"] for one in life} == {None}


def test_gaps_are_named_where_they_are_of_the_plan(year: Path, shown: Run) -> None:
    (gap,) = shown("1.1", cwd=year)["gaps"]
    assert gap["rule"] == "date-format"


def test_other_plans_have_no_part_in_it(tmp_path: Path, shown: Run) -> None:
    other = SMALL.replace("our-plan", "other").replace('ref: "1.1"', 'ref: "2.1"')
    broken = other.replace("2025-09-30", "2025-09-31")
    commits = [{"plans/other.yaml": text} for text in (other, broken, other)]
    record(tmp_path, [Commit({"plans/p.yaml": SMALL}), *map(Commit, commits)])
    action = shown("1.1", cwd=tmp_path)
    assert ([one["kind"] for one in action["life"]], action["gaps"]) == (["added"], [])


def test_what_is_not_committed_yet_is_part_of_its_life(repository: Path, jtai: Run) -> None:
    plan = repository / "plans" / "our-plan.yaml"
    plan.write_text(plan.read_text().replace("progress: green", "progress: red"))
    said = jtai("show", "1.1", cwd=repository).stdout
    assert "Red from now on, not committed yet; no update yet" in said
    assert "Rated worse" in said
    new = plan.parent / "new.yaml"
    new.write_text(SMALL.replace("our-plan", "new").replace('ref: "1.1"', 'ref: "9.9"'))
    alone = jtai("show", "9.9", cwd=repository).stdout
    assert "Green from now on, not committed yet" in alone


def test_an_action_that_comes_back_goes_on(tmp_path: Path, jtai: Run) -> None:
    line = next(line for line in SMALL.split("\n") if '"1.1"' in line)
    without, later = SMALL.replace(f"{line}\n", ""), SMALL.replace("2025-06-30", "2025-08-30")
    record(tmp_path, [Commit({"plans/p.yaml": text}) for text in (SMALL, without, later)])
    said = jtai("show", "1.1", cwd=tmp_path).stdout
    whats = [line.split("  ")[1] for line in said.split("Its life:\n")[1].split("\n")[1:-1]]
    assert whats == ["Added", "Vanished", "Back in the plan", "Due date moved"]


def test_without_a_repository_all_else_is_shown(small: Path, jtai: Run, shown: Run) -> None:
    done = jtai("show", "1.1", cwd=small)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Progress: Green (On track)" in done.stdout
    assert "Its life is not shown: " in done.stdout
    assert "is not in a git repository" in done.stdout
    action = shown("1.1", cwd=small)
    assert (action["life"], action["age"]) == (None, None)
    assert "is not in a git repository" in action["without_life"]


def test_before_the_first_commit_all_else_is_shown(small: Path, jtai: Run, git: Run) -> None:
    git(small, "init", "-q")
    done = jtai("show", "1.1", cwd=small)
    assert (done.returncode, done.stderr) == (0, "")
    assert "nothing has been committed here yet" in done.stdout


def test_in_a_shallow_clone_all_else_is_shown(
    year: Path, tmp_path: Path, jtai: Run, git: Run
) -> None:
    git(tmp_path, "clone", "-q", "--depth", "3", year.as_uri(), "clone")
    done = jtai("show", "6.2", cwd=tmp_path / "clone")
    assert (done.returncode, done.stderr) == (0, "")
    assert "set fetch-depth: 0" in done.stdout
    assert "Its life:" not in done.stdout


def test_what_happened_on_a_branch_is_told_of_its_merge(year: Path, shown: Run) -> None:
    assert {event.ref for event in ON_THE_BRANCH} == {"1.1", "5.1"}
    life = shown("5.1", *AT, cwd=year)["life"]
    assert [one["kind"] for one in life] == ["added", "completed", "due-moved"]
    assert len({one["commit"] for one in life[1:]}) == 1
