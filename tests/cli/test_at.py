"""`--at`: plans as they were committed, in real repositories."""

import csv
import datetime as dt
import io
import json
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.cli.conftest import SMALL
from tests.history import Commit, record

Jtai = Callable[..., CompletedProcess[str]]
Git = Callable[..., str]

PLAN = "plans/our-plan.yaml"
EVERY = pytest.mark.parametrize(
    "command", [("status",), ("overdue",), ("actions",), ("show", "1.1")], ids=" ".join
)
AMBER = SMALL.replace("green", "amber")
BLUE = SMALL.replace("green", "blue")
BROKEN = SMALL.replace("2025-06-30", "2025-06-31")
OTHER = SMALL.replace("our-plan", "other-plan").replace("Our plan", "Their plan")

SAID = """\
Our plan
As of 11 July 2025, as committed in 2a855d16bcdf of 10 July 2025

Complete: 1 of 2 (50%)
Complete or on track: 1 of 2 (50%)
Overdue: 1 (1 Amber)
Due within 30 days: 0
Undated: 0

By objective:
Ref  Lead  Complete      Progress         Overdue  Objective
1    TVP   1 of 2 (50%)  1 Blue, 1 Amber  1.1      Listen

Progress (rows) × impact (columns):
Progress   Blue  Green  Amber  Red  not rated  Total
Blue          0      0      0    0          1      1
Green         0      0      0    0          0      0
Amber         0      0      0    0          1      1
Red           0      0      0    0          0      0
not rated     0      0      0    0          0      0
Total         0      0      0    0          2      2

Rated Blue but impact not rated or below on track: 1 action (1.2).

Each percentage is of the actions counted beside it, 2 in all. Complete: rated Blue. \
On track: rated Green. Overdue: due before 11 July 2025 and not complete.
"""


def on(written: str) -> dt.datetime:
    """A moment, in UTC unless it says otherwise."""
    moment = dt.datetime.fromisoformat(written)
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def made(root: Path, *commits: tuple[str, Mapping[str, str | None]]) -> list[str]:
    """A repository of commits: when, and what each changes; the hashes."""
    return record(root, [Commit(files, on(when)) for when, files in commits])


def answer(done: CompletedProcess[str]) -> dict[str, object]:
    assert (done.returncode, done.stderr) == (0, "")
    found: dict[str, object] = json.loads(done.stdout)
    return found


def refused(done: CompletedProcess[str]) -> str:
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    return done.stderr


def ids(done: CompletedProcess[str]) -> list[str]:
    assert (done.returncode, done.stderr) == (0, "")
    return [plan["id"] for plan in json.loads(done.stdout)["plans"]]


@pytest.fixture
def status(jtai: Jtai) -> Callable[..., CompletedProcess[str]]:
    def run(root: Path, *arguments: str | Path, **options: object) -> CompletedProcess[str]:
        return jtai("status", "--format", "json", *arguments, cwd=root, **options)

    return run


Status = Callable[..., CompletedProcess[str]]


@pytest.fixture
def year(tmp_path: Path) -> tuple[Path, list[str]]:
    """A plan that is green, then amber, then blue; and the commits."""
    hashes = made(
        tmp_path / "year",
        ("2025-06-01T12:00", {"README": "x"}),
        ("2025-07-01T12:00", {PLAN: SMALL}),
        ("2025-07-10T12:00", {PLAN: AMBER}),
        ("2025-08-01T12:00", {PLAN: BLUE}),
    )
    return tmp_path / "year", hashes


# what is said


def test_the_answer_says_which_commit_and_stays_the_same_for_ever(
    year: tuple[Path, list[str]], jtai: Jtai
) -> None:
    done = jtai("status", "--at", "2025-07-11", cwd=year[0])
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == SAID


@EVERY
@pytest.mark.parametrize("form", ["terminal", "json", "markdown", "csv"])
def test_the_same_commit_and_day_give_the_same_bytes_whatever_comes_later(
    form: str, command: tuple[str, ...], year: tuple[Path, list[str]], git: Git, jtai: Jtai
) -> None:
    root, hashes = year
    words = (*command, "--format", form, "--at", hashes[2])
    before = jtai(*words, cwd=root)
    assert before.returncode == 0
    assert before.stdout
    # everything that is on disk now is another thing
    (root / PLAN).write_text(OTHER, encoding="utf-8")
    (root / "plans" / "new.yaml").write_text(BROKEN, encoding="utf-8")
    (root / "elsewhere").mkdir()
    (root / "elsewhere" / "x.yaml").write_text(SMALL, encoding="utf-8")
    (root / "jtai.yaml").write_text("plans: elsewhere\n", encoding="utf-8")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "x")
    (root / "jtai.yaml").write_text("plans: [\n", encoding="utf-8")
    shutil.rmtree(root / "plans")
    later = jtai(*words, cwd=root, env={"JTAI_AS_OF": "2030-01-01", "TZ": "Asia/Tokyo"})
    assert (later.returncode, later.stdout, later.stderr) == (0, before.stdout, "")


@EVERY
def test_every_command_names_the_commit_and_its_day(
    command: tuple[str, ...], year: tuple[Path, list[str]], jtai: Jtai
) -> None:
    root, hashes = year
    said = f"s of 10 July 2025, as committed in {hashes[2][:12]} of 10 July 2025\n"
    assert said in jtai(*command, "--at", hashes[2], cwd=root).stdout
    data = answer(jtai(*command, "--at", "HEAD~1", "--format", "json", cwd=root))
    assert list(data)[:4] == ["jtai", "kind", "as_of", "at"]
    assert data["as_of"] == "2025-07-10"
    assert data["at"] == {"commit": hashes[2], "date": "2025-07-10"}
    assert "at" not in answer(jtai(*command, "--format", "json", cwd=root))


@pytest.mark.parametrize("form", ["terminal", "json", "markdown", "csv"])
@pytest.mark.parametrize("by", [(), ("--by", "owner")], ids=" ".join)
def test_the_last_commit_looks_as_a_clean_checkout_does(
    by: tuple[str, ...], form: str, year: tuple[Path, list[str]], jtai: Jtai
) -> None:
    root, hashes = year
    day = "2025-08-07"
    words = ("status", *by, "--format", form, "--as-of", day)
    now = jtai(*words, cwd=root).stdout
    then = jtai(*words, "--at", "HEAD", cwd=root).stdout
    assert now != then
    at = f'  "at": {{\n    "commit": "{hashes[3]}",\n    "date": "2025-08-01"\n  }},\n'
    then = then.replace(f", as committed in {hashes[3][:12]} of 1 August 2025", "")
    then = then.replace(f",{hashes[3]}\r\n", "\r\n").replace(",at\r\n", "\r\n")
    assert then.replace(at, "") == now


@pytest.mark.parametrize(
    ("command", "point"),
    [
        *(((name,), "--at") for name in ("status", "overdue", "actions")),
        (("show", "1.1"), "--at"),
        *(((name,), "--at") for name in ("tracker", "slippage", "trend", "ages")),
        (("changes", "--since", "HEAD~2"), "--until"),
    ],
)
def test_csv_has_the_commit_in_a_last_column(
    command: tuple[str, ...], point: str, tmp_path: Path, jtai: Jtai
) -> None:
    hashes = made(
        tmp_path,
        ("2025-01-01T12:00", {PLAN: SMALL}),
        ("2025-07-10T12:00", {PLAN: AMBER.replace("2025-06-30", "2025-07-07")}),
        ("2025-08-01T12:00", {PLAN: BLUE}),
    )
    plain, *_ = jtai(*command, "--format", "csv", cwd=tmp_path).stdout.split("\r\n")
    assert "at" not in plain.split(",")
    done = jtai(*command, point, "HEAD~1", "--format", "csv", cwd=tmp_path)
    assert done.returncode == 0
    header, *rows = csv.reader(io.StringIO(done.stdout, newline=""))
    assert header == [*plain.split(","), "at"]
    assert {row[-1] for row in rows} == {hashes[1]}


def test_csv_without_a_row_names_the_column_all_the_same(
    year: tuple[Path, list[str]], jtai: Jtai
) -> None:
    words = ("overdue", "--at", "HEAD", "--as-of", "2025-06-01", "--format", "csv")
    (header,) = jtai(*words, cwd=year[0]).stdout.splitlines()
    assert header.endswith(",line,at")


def test_a_command_that_is_offered_is_for_the_same_commit(
    year: tuple[Path, list[str]], git: Git, jtai: Jtai
) -> None:
    root, _ = year
    (root / "plans" / "other-plan.yaml").write_text(OTHER, encoding="utf-8")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "x")
    git(root, "tag", "it's")
    offered = jtai("status", "--at", "HEAD", cwd=root).stdout.splitlines()[-1]
    assert offered == "To see one plan: jtai status plans/other-plan.yaml --at HEAD"
    offered = jtai("overdue", "--at", "it's", cwd=root).stdout.splitlines()[-1]
    assert offered == """To see an action whole: jtai show other-plan#1.1 --at 'it'"'"'s'"""
    offered = jtai("status", cwd=root).stdout.splitlines()[-1]
    assert offered == "To see one plan: jtai status plans/other-plan.yaml"


# which commit


def test_every_name_of_a_commit(year: tuple[Path, list[str]], git: Git, status: Status) -> None:
    root, hashes = year
    git(root, "tag", "light", hashes[2])
    git(root, "tag", "-a", "heavy", hashes[2], "-m", "x")
    git(root, "branch", "topic/a", hashes[2])
    git(root, "branch", "2025-07-01", hashes[2])
    names = [
        *(hashes[2], hashes[2][:7], "HEAD~1", "HEAD^", "@~", "main~1", "light", "heavy"),
        *("refs/tags/light", "topic/a", "heads/topic/a", "refs/heads/2025-07-01", "heavy^{commit}"),
    ]
    said = {status(root, "--at", name).stdout for name in names}
    assert len(said) == 1
    assert json.loads(said.pop())["at"]["commit"] == hashes[2]


@pytest.mark.parametrize(
    ("day", "number"),
    [
        ("2025-07-01", 1),
        ("2025-07-02", 1),
        ("2025-07-09", 1),
        ("2025-07-10", 2),
        ("2025-07-31", 2),
        ("2025-08-01", 3),
        ("2026-08-01", 3),
    ],
)
def test_a_date_is_the_end_of_that_day(
    day: str, number: int, year: tuple[Path, list[str]], status: Status
) -> None:
    root, hashes = year
    data = answer(status(root, "--at", day))
    assert (data["as_of"], data["at"]["commit"]) == (day, hashes[number])  # type: ignore[index]


@pytest.mark.parametrize(
    ("last_second", "day", "following"),
    [
        ("2025-01-14T23:59:59+00:00", "2025-01-14", "2025-01-15"),
        ("2025-07-14T23:59:59+01:00", "2025-07-14", "2025-07-15"),
        # the days on which the clocks change
        ("2025-03-29T23:59:59+00:00", "2025-03-29", "2025-03-30"),
        ("2025-03-30T23:59:59+01:00", "2025-03-30", "2025-03-31"),
        ("2025-10-25T23:59:59+01:00", "2025-10-25", "2025-10-26"),
        ("2025-10-26T23:59:59+00:00", "2025-10-26", "2025-10-27"),
    ],
)
def test_a_day_ends_at_midnight_in_london_wherever_one_is(
    last_second: str, day: str, following: str, tmp_path: Path, status: Status
) -> None:
    last = on(last_second)
    # whoever commits may be anywhere, too
    first = last.astimezone(dt.timezone(dt.timedelta(hours=13)))
    second = (last + dt.timedelta(seconds=1)).astimezone(dt.timezone(dt.timedelta(hours=-11)))
    hashes = record(tmp_path, [Commit({PLAN: SMALL}, first), Commit({PLAN: AMBER}, second)])
    for when, hashed, zone in (
        (day, hashes[0], "Pacific/Kiritimati"),
        (following, hashes[1], "Pacific/Pago_Pago"),
    ):
        found = answer(status(tmp_path, "--at", when, env={"TZ": zone}))["at"]
        assert found == {"commit": hashed, "date": when}


def test_with_a_clock_that_went_wrong_the_last_in_the_chain_counts(
    tmp_path: Path, status: Status
) -> None:
    hashes = made(
        tmp_path,
        ("2025-07-01T12:00", {PLAN: SMALL}),
        ("2026-02-01T12:00", {PLAN: AMBER}),
        ("2025-07-03T12:00", {PLAN: BLUE}),
        ("2025-07-02T12:00", {PLAN: SMALL}),
    )
    found = {
        day: answer(status(tmp_path, "--at", day))["at"]["commit"]  # type: ignore[index]
        for day in ("2025-07-01", "2025-07-02", "2025-07-03", "2026-01-31", "2026-02-01")
    }
    assert list(found.values()) == [hashes[0], hashes[3], hashes[3], hashes[3], hashes[3]]
    data = answer(status(tmp_path, "--at", hashes[1]))
    assert data["as_of"] == "2026-02-01"


def test_a_date_goes_by_first_parents(repository: Path, git: Git, status: Status) -> None:
    git(repository, "checkout", "-q", "-b", "side")
    (repository / PLAN).write_text(AMBER, encoding="utf-8")
    git(repository, "commit", "-q", "-a", "-m", "x")
    git(repository, "checkout", "-q", "main")
    git(repository, "merge", "-q", "--no-ff", "-m", "x", "side")
    today = answer(status(repository, "--at", "HEAD"))["as_of"]
    found = answer(status(repository, "--at", str(today)))["at"]
    assert found["commit"] == git(repository, "rev-parse", "HEAD")  # type: ignore[index]


ODD_DAYS = ["0001-01-01", "1969-12-31", "2025-05-31"]


@pytest.mark.parametrize("day", ODD_DAYS)
def test_a_day_before_the_first_commit(
    day: str, year: tuple[Path, list[str]], status: Status
) -> None:
    assert "nothing had been committed here by " in refused(status(year[0], "--at", day))


@pytest.mark.parametrize("at", ["2025-06-30", "HEAD~3"])
def test_before_there_was_a_plan(at: str, year: tuple[Path, list[str]], status: Status) -> None:
    root, hashes = year
    when = f"{hashes[0][:12]}, 1 June 2025\n"
    said = refused(status(root, "--at", at))
    assert said == f"there was no plan yet, or none any more, at {when}"
    for name in (PLAN, "plans", "our-plan", "./plans/our-plan.yaml"):
        said = refused(status(root, name, "--at", at))
        assert said == f"'{name}' was not among the plans at {when}"


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("", "'' is no revision: name a branch, a tag or a commit"),
        (" ", "' ' is no revision"),
        ("nonsense", "git finds no commit 'nonsense': check its spelling"),
        ("HEAD..main", "'HEAD..main' is no revision"),
        ("HEAD...main", "'HEAD...main' is no revision"),
        ("..", "'..' is no revision"),
        ("^HEAD", "git finds no commit '^HEAD'"),
        ("--output=x", "'--output=x' is no revision"),
        ("-1", "'-1' is no revision"),
        ("--all", "'--all' is no revision"),
        ("HEAD\nmain", "is no revision"),
        ("HEAD --output=x", "git finds no commit"),
        (f"HEAD:{PLAN}", "git finds no commit"),
        ("HEAD~99", "git finds no commit 'HEAD~99'"),
        ("0" * 40, "git finds no commit"),
        ("\x1b[31m", "is no revision"),
        ("x" * 5_000, "git finds no commit"),
        ("2025-02-30", "2025-02-30 is not a real date; February has 28 days in 2025"),
        ("0000-00-00", "is not a real date"),
        ("9999-12-31", "31 December 9999 is still to come"),
        ("7 August 2025", "with git fetch. For a day, write 2025-08-07"),
        ("٢٠٢٥-٠٧-٠١", "git finds no commit"),
        ("2025-07-01 ", "git finds no commit"),
    ],
)  # fmt: skip
def test_what_names_no_commit(
    at: str, said: str, year: tuple[Path, list[str]], status: Status
) -> None:
    before = sorted(year[0].rglob("*"))
    assert said in refused(status(year[0], "--at", at))
    assert sorted(year[0].rglob("*")) == before


@EVERY
def test_every_command_refuses_what_is_no_commit(
    command: tuple[str, ...], year: tuple[Path, list[str]], jtai: Jtai
) -> None:
    for at in ("", "nonsense", "--output=x", "2025-05-31"):
        refused(jtai(*command, "--at", at, cwd=year[0]))


def test_times_at_either_end_of_the_calendar(
    repository: Path, git: Git, jtai: Jtai, status: Status
) -> None:
    tree = git(repository, "rev-parse", "HEAD^{tree}")
    for seconds, day in (("0", "1970-01-01"), ("9223372036854775807", "9999-12-31")):
        who = "A <a@example.org>"
        text = f"tree {tree}\nauthor {who} 0 +0000\ncommitter {who} {seconds} +0000\n\nx\n"
        words = ("hash-object", "--literally", "-t", "commit", "-w", "--stdin")
        git(repository, "update-ref", "HEAD", git(repository, *words, typed=text))
        assert answer(status(repository, "--at", "HEAD"))["as_of"] == day
        for command in (("overdue",), ("actions", "--due-within", "9"), ("show", "1.1")):
            assert jtai(*command, "--at", "HEAD", cwd=repository).returncode == 0


# as of which day


def test_as_of_wins_over_the_day_of_at(year: tuple[Path, list[str]], status: Status) -> None:
    root, _ = year
    for at in ("2025-07-11", "HEAD~1"):
        data = answer(status(root, "--at", at, "--as-of", "2025-09-01"))
        assert data["as_of"] == "2025-09-01"
        assert data["at"]["date"] == "2025-07-10"  # type: ignore[index]


def test_jtai_as_of_stands_in_for_today_alone(year: tuple[Path, list[str]], status: Status) -> None:
    variables = {"JTAI_AS_OF": "2025-09-01"}
    assert answer(status(year[0], env=variables))["as_of"] == "2025-09-01"
    data = answer(status(year[0], "--at", "2025-07-11", env=variables))
    assert data["as_of"] == "2025-07-11"


# which plans


@pytest.fixture
def moved(tmp_path: Path) -> Path:
    """A repository in which one plan has moved, and one is gone."""
    made(
        tmp_path / "moved",
        ("2025-07-01T12:00", {"plans/old.yaml": SMALL, "plans/gone.yaml": OTHER}),
        ("2025-07-02T12:00", {"plans/old.yaml": None, "plans/deep/new.yaml": AMBER}),
        ("2025-07-03T12:00", {"plans/gone.yaml": None}),
    )
    return tmp_path / "moved"


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("plans/old.yaml", ["our-plan"]),
        ("plans/deep/new.yaml", ["our-plan"]),
        ("our-plan", ["our-plan"]),
        ("plans/gone.yaml", ["other-plan"]),
        ("other-plan", ["other-plan"]),
        ("plans", ["other-plan", "our-plan"]),
        ("plans/", ["other-plan", "our-plan"]),
        (".", ["other-plan", "our-plan"]),
        ("plans/../plans/./old.yaml", ["our-plan"]),
    ],
)
def test_a_plan_is_named_as_it_was_then_or_as_it_is_now(
    name: str, found: list[str], moved: Path, status: Status
) -> None:
    assert ids(status(moved, name, "--at", "2025-07-01")) == found
    if "/" in name:
        assert ids(status(moved, moved / name, "--at", "HEAD~2")) == found
    if name in ("our-plan", "plans/deep/new.yaml"):
        assert ids(status(moved, name, "--at", "HEAD")) == found


def test_a_plan_that_is_gone(moved: Path, status: Status) -> None:
    assert ids(status(moved, "--at", "2025-07-02")) == ["our-plan", "other-plan"]
    assert ids(status(moved, "--at", "HEAD")) == ["our-plan"]
    for name in ("other-plan", "plans/gone.yaml"):
        assert f"'{name}' was not among the plans at " in refused(status(moved, name, "--at", "@"))


def test_a_name_with_nothing_in_it_is_refused(moved: Path, status: Status) -> None:
    assert "the name of a plan is empty" in refused(status(moved, "", "--at", "HEAD"))


def test_a_slip_in_a_name_is_answered_with_what_is_meant(moved: Path, status: Status) -> None:
    said = refused(status(moved / "plans", "odl.yaml", "--at", "HEAD~2"))
    assert said.endswith("; did you mean 'old.yaml'?\n")
    assert "did you mean 'our-plan'?" in refused(status(moved, "or-plan", "--at", "HEAD"))


def test_two_plans_that_swapped_their_files(tmp_path: Path, status: Status) -> None:
    made(
        tmp_path,
        ("2025-07-01T12:00", {"plans/a.yaml": SMALL, "plans/b.yaml": OTHER}),
        ("2025-07-02T12:00", {"plans/a.yaml": OTHER, "plans/b.yaml": SMALL}),
    )
    both = ["our-plan", "other-plan"]
    for at, order in (("HEAD~1", both), ("HEAD", both[::-1])):
        assert ids(status(tmp_path, "plans/a.yaml", "--at", at)) == order[:1]
        assert ids(status(tmp_path, "our-plan", "--at", at)) == ["our-plan"]
        assert ids(status(tmp_path, "--at", at)) == order


# where the plans were


@pytest.fixture
def policies(tmp_path: Path) -> Path:
    """A repository whose policy puts the plans elsewhere in each commit."""
    made(
        tmp_path / "policies",
        ("2025-07-01T12:00", {"plans/a.yaml": SMALL, "old/b.yaml": OTHER}),
        ("2025-07-02T12:00", {"jtai.yaml": "plans: old\n"}),
        ("2025-07-03T12:00", {"jtai.yaml": "plans: old\nfail_onn: [overdue-red]\n"}),
        ("2025-07-04T12:00", {"jtai.yaml": "plans: [old\n"}),
        ("2025-07-05T12:00", {"jtai.yaml": "plans: .\n"}),
        ("2025-07-06T12:00", {"jtai.yaml": "plans: gone\n"}),
        ("2025-07-07T12:00", {"jtai.yaml": None}),
    )
    return tmp_path / "policies"


@pytest.mark.parametrize("now", [None, "plans: old\n", "plans: plans\n", "plans: ["])
def test_the_policy_of_that_time_says_where_the_plans_were(
    now: str | None, policies: Path, status: Status
) -> None:
    if now:
        (policies / "jtai.yaml").write_text(now, encoding="utf-8")
    assert ids(status(policies, "--at", "2025-07-01")) == ["our-plan"]
    assert ids(status(policies, "--at", "2025-07-02")) == ["other-plan"]
    # what else is wrong with it has no part in this
    assert ids(status(policies, "--at", "2025-07-03")) == ["other-plan"]
    said = refused(status(policies, "--at", "2025-07-04"))
    assert said.startswith("where the plans were can't be known: jtai.yaml, as it was committed")
    assert ids(status(policies, "--at", "2025-07-05")) == ["other-plan", "our-plan"]
    assert "there was no plan" in refused(status(policies, "--at", "2025-07-06"))
    assert ids(status(policies, "--at", "2025-07-07")) == ["our-plan"]
    assert ids(status(policies, "plans/a.yaml", "--at", "2025-07-04")) == ["our-plan"]


def test_a_policy_that_was_a_link_does_not_say_where_they_were(
    repository: Path, git: Git, status: Status
) -> None:
    (repository / "policy.txt").write_text("plans: plans\n", encoding="utf-8")
    (repository / "jtai.yaml").symlink_to("policy.txt")
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "x")
    assert "where the plans were can't be known" in refused(status(repository, "--at", "HEAD"))


@pytest.mark.parametrize("place", [".", "a", "a/b", "a/plans"])
def test_the_nearest_folder_with_plans_and_the_policy_furthest_up(
    place: str, tmp_path: Path, status: Status
) -> None:
    made(
        tmp_path,
        ("2025-07-01T12:00", {"plans/x.yaml": SMALL, "a/b/README": "x"}),
        ("2025-07-02T12:00", {"a/plans/y.yaml": OTHER}),
        ("2025-07-03T12:00", {"a/jtai.yaml": "plans: b\n", "a/b/z.yaml": SMALL}),
        ("2025-07-04T12:00", {"jtai.yaml": "plans: plans\n"}),
    )
    here = tmp_path / place
    near = ["other-plan"] if place != "." else ["our-plan"]
    assert ids(status(here, "--at", "HEAD~3")) == ["our-plan"]
    assert ids(status(here, "--at", "HEAD~2")) == near
    files = {
        at: [plan["file"] for plan in answer(status(here, "--at", at))["plans"]]  # type: ignore[attr-defined]
        for at in ("HEAD~1", "HEAD")
    }
    deep, top = (os.path.relpath(tmp_path / name, here) for name in ("a/b/z.yaml", "plans/x.yaml"))
    assert files == {"HEAD~1": [top if place == "." else deep], "HEAD": [top]}


# plans that do not load


def test_a_plan_that_did_not_load_is_named_with_its_place(
    tmp_path: Path, status: Status, jtai: Jtai
) -> None:
    made(
        tmp_path,
        ("2025-07-01T12:00", {PLAN: BROKEN, "plans/other.yaml": OTHER}),
        ("2025-07-02T12:00", {PLAN: SMALL}),
    )
    said = refused(status(tmp_path, "--at", "2025-07-01"))
    assert said.startswith(f"{PLAN}:11:62: error: 2025-06-31 is not a real date; June has 30 days")
    done = jtai("overdue", "--at", "2025-07-01", cwd=tmp_path)
    assert done.returncode == 2
    assert "other-plan" not in done.stderr
    assert "as committed in" in done.stdout
    assert ids(status(tmp_path, "--at", "2025-07-02")) == ["other-plan", "our-plan"]


def test_an_id_that_two_plans_had(tmp_path: Path, status: Status) -> None:
    made(tmp_path, ("2025-07-01T12:00", {"plans/a.yaml": SMALL, "plans/b.yaml": SMALL}))
    for names in ((), ("our-plan",), ("plans",)):
        said = refused(status(tmp_path, *names, "--at", "HEAD"))
        assert "plans/b.yaml:2:5: error: the plan id 'our-plan' is already used in" in said


def test_links_and_other_repositories_that_stood_among_the_plans(
    repository: Path, git: Git, status: Status, tmp_path: Path
) -> None:
    (repository / "README").write_text("x", encoding="utf-8")
    (repository / "more").mkdir()
    (repository / "more" / "x.yaml").write_text(OTHER, encoding="utf-8")
    cases = {
        "plans/readme": ("../README", None),
        "plans/link.yaml": ("../more/x.yaml", "link"),
        "plans/folder": ("../more", "link"),
        "plans/deep/folder": ("../../more", "link"),
        "plans/away": ("/somewhere", "link"),
        "plans/up": ("../../..", "link"),
        "plans/.hidden": ("../more", None),
    }
    for name, (target, named) in cases.items():
        (repository / name).parent.mkdir(exist_ok=True)
        (repository / name).symlink_to(target)
        git(repository, "add", "-A")
        git(repository, "commit", "-q", "-m", "x")
        git(repository, "rm", "-q", name)
        git(repository, "commit", "-q", "-m", "x")
        done = status(repository, "--at", "HEAD~1")
        if named is None:
            assert ids(done) == ["our-plan"]
        else:
            assert f"{name}:1:1: error: git keeps a link under this name" in refused(done)
    git(repository, "update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},plans/inner")
    git(repository, "commit", "-q", "-m", "x")
    said = refused(status(repository, "--at", "HEAD"))
    assert "plans/inner:1:1: error: git keeps another repository under this name" in said


def test_a_folder_of_plans_that_was_a_link_or_another_repository(
    repository: Path, git: Git, status: Status
) -> None:
    git(repository, "mv", "plans", "real")
    (repository / "plans").symlink_to("real")
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "x")
    said = refused(status(repository, "--at", "HEAD"))
    assert said.startswith("plans:1:1: error: git keeps a link under this name")
    git(repository, "rm", "-q", "plans")
    git(repository, "update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},plans")
    git(repository, "commit", "-q", "-m", "x")
    said = refused(status(repository, "--at", "HEAD"))
    assert said.startswith("plans:1:1: error: git keeps another repository under this name")


def test_other_files_hidden_files_and_the_policy_are_no_plans(
    tmp_path: Path, status: Status
) -> None:
    names = ["x.txt", ".x.yaml", ".git-keep", "jtai.yaml", ".d/x.yaml", "d/.e/x.yaml"]
    files = {f"plans/{name}": "no plan" for name in names} | {"x.yaml": "no plan", PLAN: SMALL}
    made(tmp_path, ("2025-07-01T12:00", files), ("2025-07-02T12:00", {"x.yaml": None}))
    assert ids(status(tmp_path, "--at", "HEAD")) == ["our-plan"]
    assert ids(status(tmp_path, "plans", "--at", "HEAD~1")) == ["our-plan"]


def test_a_plan_outside_of_the_folder_of_plans(tmp_path: Path, status: Status) -> None:
    made(tmp_path, ("2025-07-01T12:00", {PLAN: SMALL, "drafts/d.yaml": OTHER, "drafts/x": "x"}))
    shutil.rmtree(tmp_path / "drafts")
    for name in ("drafts/d.yaml", "drafts"):
        assert ids(status(tmp_path, name, "--at", "HEAD")) == ["other-plan"]


# where one is


def test_from_a_folder_below_names_are_as_seen_from_there(
    year: tuple[Path, list[str]], status: Status
) -> None:
    for place, name in (("plans", "our-plan.yaml"), (".", PLAN), ("sub/deep", f"../../{PLAN}")):
        (year[0] / place).mkdir(parents=True, exist_ok=True)
        done = status(year[0] / place, "--at", "HEAD")
        assert json.loads(done.stdout)["plans"][0]["file"] == name
        assert ids(status(year[0] / place, name, "--at", "HEAD~1")) == ["our-plan"]


def test_from_outside_a_plan_is_named_by_its_file(
    year: tuple[Path, list[str]], tmp_path: Path, status: Status
) -> None:
    for name in (year[0] / PLAN, year[0] / "plans", year[0]):
        assert ids(status(tmp_path, name, "--at", "2025-07-03")) == ["our-plan"]


def test_a_linked_worktree(year: tuple[Path, list[str]], git: Git, status: Status) -> None:
    root, hashes = year
    linked = root.parent / "linked"
    git(root, "worktree", "add", "-q", str(linked), hashes[0])
    assert status(linked, "--at", "main").stdout == status(root, "--at", "main").stdout
    assert "there was no plan" in refused(status(linked, "--at", "HEAD"))


def test_what_can_not_be_asked(tmp_path: Path, git: Git, status: Status) -> None:
    for name in ("outside", "bare", "unborn"):
        (tmp_path / name / "plans").mkdir(parents=True)
        (tmp_path / name / PLAN).write_text(SMALL, encoding="utf-8")
    for at in ("HEAD", "2025-07-01", "main"):
        assert "is not in a git repository" in refused(status(tmp_path / "outside", "--at", at))
    git(tmp_path / "unborn", "init", "-q", "-b", "main")
    for at in ("HEAD", "2025-07-01"):
        assert "nothing has been committed here" in refused(status(tmp_path / "unborn", "--at", at))
    assert "git finds no commit 'main'" in refused(status(tmp_path / "unborn", "--at", "main"))


def test_a_bare_repository_has_no_place_to_ask_from(
    year: tuple[Path, list[str]], git: Git, status: Status
) -> None:
    git(year[0].parent, "clone", "-q", "--bare", str(year[0]), "bare.git")
    for at in ("HEAD", "2025-07-01", "main"):
        said = refused(status(year[0].parent / "bare.git", "--at", at))
        assert "is in a repository without its files: go to where they are checked out" in said


def test_a_shallow_clone_says_what_to_do_unless_it_has_the_answer(
    year: tuple[Path, list[str]], git: Git, status: Status
) -> None:
    root, hashes = year
    git(root.parent, "clone", "-q", "--depth=2", root.as_uri(), "clone")
    clone = root.parent / "clone"
    assert ids(status(clone, "--at", "HEAD~1")) == ["our-plan"]
    assert ids(status(clone, "--at", "2025-07-31")) == ["our-plan"]
    for at in ("HEAD~2", "2025-07-09", hashes[0]):
        assert "fetch-depth: 0" in refused(status(clone, "--at", at))


def test_git_that_is_not_there(year: tuple[Path, list[str]], status: Status) -> None:
    said = refused(status(year[0], "--at", "HEAD", env={"PATH": "/nowhere"}))
    assert "git is needed for this" in said
