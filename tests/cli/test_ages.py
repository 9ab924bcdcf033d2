"""`jtai ages`: by owner, ready to send."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.history import Commit, record
from tests.story import build

Run = Callable[..., Any]
AT = ("--as-of", "2026-07-31")


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository of a year."""
    folder = tmp_path_factory.mktemp("year")
    build(folder)
    return folder


@pytest.mark.parametrize(
    "words", [(), ("--all",), ("--stale-after", "0"), ("--at", "2026-01-31")], ids=" ".join
)
def test_the_object_is_what_its_schema_says(
    words: tuple[str, ...], year: Path, jtai: Run, holds_to_schema: Callable[[str, str], Any]
) -> None:
    given = words if "--at" in words else (*AT, *words)
    done = jtai("ages", "--format", "json", *given, cwd=year)
    answer = holds_to_schema("ages", done.stdout)
    listed = {one["ref"] for owned in answer["owners"] for one in owned["actions"]}
    assert len(listed) <= answer["total"]["open"]
    assert (len(listed) == answer["total"]["open"]) == bool({"--all", "0"} & set(words))


def test_each_list_begins_with_the_full_name_of_whom_it_is_for(year: Path, jtai: Run) -> None:
    said = jtai("ages", *AT, "--format", "markdown", cwd=year).stdout
    headings = [line for line in said.split("\n") if line.startswith("## ")]
    assert headings == [
        "## Open actions by owner",
        "## Berkshire West Safeguarding Children Partnership (BWSCP)",
        "## Brighter Futures for Children (BFFC)",
        "## Thames Valley Police (TVP)",
    ]


def test_one_owner_is_asked_alone(year: Path, jtai: Run) -> None:
    said = jtai("ages", *AT, "--owner", "TVP", "--all", cwd=year).stdout
    assert ", as of 31 July 2026; owner: TVP" in said
    assert "Thames Valley Police (TVP) owns 1 open action: 1 has had no update for" in said
    assert "BFFC" not in said


def test_what_nobody_owns_is_told_too(tmp_path: Path, jtai: Run, small: Path) -> None:
    plan = small / "plans" / "our-plan.yaml"
    text = plan.read_text().replace("owners: [TVP], ", "")
    record(tmp_path / "r", [Commit({"plans/p.yaml": text})])
    said = jtai("ages", cwd=tmp_path / "r").stdout
    assert "No owner:\n" in said
    assert "Nobody owns 1 open action: 1 has had no update for more than 90 days" in said
    assert "Please agree on an owner for each." in said


def test_how_old_is_old_is_for_the_policy_to_say(repository: Path, jtai: Run, git: Run) -> None:
    plan = repository / "plans" / "our-plan.yaml"
    update = "updates: [{on: 2025-08-01, text: Asked}]"
    plan.write_text(plan.read_text().replace("progress: green", f"progress: green, {update}"))
    git(repository, "commit", "-q", "-a", "-m", "x")
    later = ("--as-of", "2025-08-07")
    assert (
        "No open action has gone for more than 90 days without"
        in jtai("ages", *later, cwd=repository).stdout
    )
    (repository / "jtai.yaml").write_text("jtai: 1\nstale_after: 5\n")
    said = jtai("ages", *later, cwd=repository).stdout
    assert "\n1 of 1 open action not updated for more than 5 days, as of 7 August 2025\n" in said
    assert "update it" in said
    assert (
        "No open action has gone"
        in jtai("ages", *later, "--stale-after", "6", cwd=repository).stdout
    )


def test_when_nothing_is_open_that_is_said(small: Path, tmp_path: Path, jtai: Run) -> None:
    text = (small / "plans" / "our-plan.yaml").read_text().replace("green", "blue")
    record(tmp_path / "r", [Commit({"plans/p.yaml": text})])
    said = jtai("ages", cwd=tmp_path / "r").stdout
    assert said.startswith("Our plan\nNo action is open, as of 7 August 2025\n")


def test_in_csv_there_is_a_row_per_owner_and_action(year: Path, jtai: Run) -> None:
    done = jtai("ages", *AT, "--all", "--format", "csv", cwd=year)
    rows = list(csv.DictReader(done.stdout.splitlines()))
    by_two = [row["owner"] for row in rows if row["ref"] == "9.1"]
    assert by_two == ["BWSCP", "BFFC"]
    (row,) = (row for row in rows if row["ref"] == "10.1")
    assert (row["progress"], row["rated_at_least"], row["last_update"]) == ("green", "true", "")


def test_of_several_plans_each_action_says_of_which_it_is(tmp_path: Path, jtai: Run) -> None:
    from tests.cli.conftest import SMALL

    files = {f"plans/{name}.yaml": SMALL.replace("our-plan", name) for name in ("one", "two")}
    record(tmp_path / "r", [Commit(files)])
    said = jtai("ages", "--format", "markdown", cwd=tmp_path / "r").stdout
    assert "| 1.1 | one | Ask children |" in said
    assert "| 1.1 | two | Ask children |" in said
