"""`jtai check --at`: plans as they were committed, by the policy that is on disk now."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from tests.cli.conftest import SMALL
from tests.history import Commit, record

Jtai = Callable[..., CompletedProcess[str]]

PLAN = "plans/our-plan.yaml"
RED = SMALL.replace("green", "red")
OTHER = SMALL.replace("our-plan", "other-plan")
BROKEN = SMALL.replace("2025-06-30", "2025-06-31")
WAIVER = """\
waivers:
  - plan: our-plan
    ref: "{ref}"
    condition: overdue-red
    until: 2025-12-31
    reason: the contract is being let again
    agreed: board, 3 July 2025, minute 7
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A plan that was red when it was overdue, on 10 July 2025, and is green now."""
    root = tmp_path / "repository"
    texts = [(1, SMALL), (10, "# A line above.\n" + RED), (20, SMALL)]
    times = [(dt.datetime(2025, 7, day, 12, tzinfo=dt.UTC), text) for day, text in texts]
    record(root, [Commit({PLAN: text}, time) for time, text in times])
    return root


def verdict(done: CompletedProcess[str]) -> dict[str, Any]:
    assert done.stderr == ""
    found: dict[str, Any] = json.loads(done.stdout)
    assert (found["kind"], done.returncode) == ("check", 0 if found["passed"] else 1)
    return found


def refused(done: CompletedProcess[str]) -> str:
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    return done.stderr


def test_the_verdict_names_the_commit_and_shows_the_lines_of_then(root: Path, jtai: Jtai) -> None:
    done = jtai("check", "--at", "2025-07-11", cwd=root)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == (
        "plans/our-plan.yaml:12:62: error: 1.1 is 11 days overdue: due 2025-06-30, rated 'Red', "
        "owned by TVP (Ask children) [overdue-red]\n"
        '          - {ref: "1.1", text: Ask children, owners: [TVP], due: 2025-06-30, '
        "progress: red}\n"
        f"    {' ' * 61}^\n"
        "  do it, or agree a new date, with an update that says why it moves\n"
        "\n"
        "Failed as of 11 July 2025, as committed in 2f74851907be of 10 July 2025: "
        "1 breach in 1 plan.\n"
        "Conditions in force: overdue-red.\n"
    )


def test_each_commit_as_of_its_day(root: Path, jtai: Jtai) -> None:
    found = [
        verdict(jtai("check", "--at", at, "--format", "json", cwd=root))
        for at in ("2025-07-09", "2025-07-10", "2025-07-20", "HEAD~1")
    ]
    assert [one["passed"] for one in found] == [True, False, True, False]
    assert [one["as_of"] for one in found] == [
        "2025-07-09",
        "2025-07-10",
        "2025-07-20",
        "2025-07-10",
    ]
    assert [one["at"]["date"] for one in found] == [
        *("2025-07-01", "2025-07-10", "2025-07-20", "2025-07-10"),
    ]
    assert list(found[1])[:4] == ["jtai", "kind", "as_of", "at"]
    assert found[1]["problems"][0]["line"] == 12


def test_as_of_wins_over_the_day_of_the_commit(root: Path, jtai: Jtai) -> None:
    words = ("check", "--at", "HEAD~1", "--format", "json")
    assert verdict(jtai(*words, "--as-of", "2025-06-30", cwd=root))["passed"]
    later = jtai(*words, cwd=root, env={"JTAI_AS_OF": "2025-06-30"})
    assert not verdict(later)["passed"]


def test_it_is_judged_by_the_policy_that_is_on_disk(root: Path, jtai: Jtai) -> None:
    (root / "jtai.yaml").write_text("plans: elsewhere\nfail_on: [overdue]\n", encoding="utf-8")
    found = verdict(jtai("check", "--at", "HEAD", "--format", "json", cwd=root))
    assert (found["fail_on"], [one["rule"] for one in found["problems"]]) == (
        ["overdue"],
        ["overdue"],
    )
    (root / "jtai.yaml").write_text("fail_on: [overdue-redd]\n", encoding="utf-8")
    assert "nothing is judged before jtai.yaml is mended" in refused(
        jtai("check", "--at", "HEAD", cwd=root)
    )


def test_a_waiver_lets_pass_what_it_would_now_and_is_not_blamed_for_the_rest(
    root: Path, jtai: Jtai
) -> None:
    (root / "jtai.yaml").write_text(WAIVER.format(ref="1.1"), encoding="utf-8")
    done = jtai("check", "--at", "HEAD~1", "--strict", cwd=root)
    assert (done.returncode, "1 breach is waived." in done.stdout) == (0, True)
    assert jtai("check", "--at", "HEAD", "--strict", cwd=root).returncode == 0
    assert jtai("check", "--strict", cwd=root).returncode == 1


@pytest.mark.parametrize("words", [("--at", "HEAD"), ("--at", "")])
def test_not_together_with_against(words: tuple[str, ...], root: Path, jtai: Jtai) -> None:
    said = refused(jtai("check", *words, "--against", "HEAD", cwd=root))
    assert said.startswith("--at and --against can't be given together: --at judges plans as they")


def test_what_can_not_be_judged(tmp_path: Path, jtai: Jtai) -> None:
    time = dt.datetime(2025, 7, 1, 12, tzinfo=dt.UTC)
    empty = SMALL.partition("    actions:")[0]
    record(
        tmp_path,
        [
            Commit({"README": "x"}, time),
            Commit({PLAN: BROKEN, "plans/z.yaml": OTHER}, time),
            Commit({PLAN: empty, "plans/z.yaml": None}, time),
            Commit({PLAN: SMALL, "plans/z.yaml": SMALL}, time),
        ],
    )
    for at in ("nonsense", "", "2025-06-30", "HEAD~3"):
        refused(jtai("check", "--at", at, cwd=tmp_path))
    done = jtai("check", "--at", "HEAD~2", cwd=tmp_path)
    assert done.returncode == 2
    assert f"{PLAN}:11:62: error: 2025-06-31 is not a real date" in done.stderr
    assert "1 plan can't be judged; no breach in 1 other." in done.stdout
    assert "[impossible-date]" in refused(
        jtai("check", "--at", "HEAD~2", "--format", "json", cwd=tmp_path)
    )
    assert "there is no action in this plan" in refused(jtai("check", "--at", "@~1", cwd=tmp_path))
    for names in ((), ("plans/z.yaml",)):
        done = jtai("check", *names, "--at", "HEAD", cwd=tmp_path)
        assert (done.returncode, "[duplicate-plan-id]" in done.stderr) == (2, True)


def test_plans_are_named_as_for_other_commands(root: Path, jtai: Jtai) -> None:
    for name in (PLAN, "plans", "our-plan", ".", root / PLAN):
        done = jtai("check", name, "--at", "HEAD~1", cwd=root)
        assert (done.returncode, done.stderr) == (1, "")
    assert "the name of a plan is empty" in refused(jtai("check", "", "--at", "HEAD", cwd=root))
    assert jtai("check", root / PLAN, "--at", "HEAD~1", cwd=root.parent).returncode == 1


@pytest.mark.parametrize("form", ["text", "json", "github", "gitlab", "sarif", "junit"])
def test_the_same_commit_and_day_give_the_same_bytes(form: str, root: Path, jtai: Jtai) -> None:
    words = ("check", "--at", "HEAD~1", "--format", form)
    before = jtai(*words, cwd=root)
    assert (before.returncode, "red" in before.stdout) == (1, True)
    (root / PLAN).write_text(OTHER, encoding="utf-8")
    (root / "plans" / "new.yaml").write_text(BROKEN, encoding="utf-8")
    assert jtai(*words, cwd=root, env={"JTAI_AS_OF": "2030-01-01"}).stdout == before.stdout
