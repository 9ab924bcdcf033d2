"""`jtai check`, the gate: what it judges by, what it says, and when it can't judge."""

import json
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from jtai_cli.cli import check
from jtai_cli.cli.reading import workers
from jtai_cli.plan.config import CONDITION_NAMES
from tests.cli.editing import change

Jtai = Callable[..., CompletedProcess[str]]
Git = Callable[..., str]

A, D = "reading-jtai-2025", "reading-improvement-2016"
PLAN = "plans/our-plan.yaml"
RED = ("progress: green", "progress: red")
WAIVER = """\
waivers:
  - plan: our-plan
    ref: "1.1"
    condition: overdue-red
    until: {until}
    reason: the contract is being let again
    agreed: board, 3 July 2025, minute 7
"""
WHOLE_OR_NOTHING = ("json", "gitlab", "sarif", "junit")


def policy(root: Path, text: str) -> None:
    (root / "jtai.yaml").write_text(text, encoding="utf-8")


def copied(root: Path, name: str, plan_id: str, *changes: tuple[str, str]) -> None:
    """Another plan like the small one."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(root / PLAN, path)
    change(path, ("our-plan", plan_id), *changes)


def verdict(done: CompletedProcess[str]) -> dict[str, Any]:
    """The object of `--format json`, once its exit code is seen to fit."""
    assert done.stderr == ""
    found: dict[str, Any] = json.loads(done.stdout)
    assert (found["kind"], done.returncode) == ("check", 0 if found["passed"] else 1)
    return found


def breaches(done: CompletedProcess[str]) -> list[tuple[str, str, str]]:
    errors = (one for one in verdict(done)["problems"] if one["severity"] == "error")
    return [(one["plan"], one["ref"], one["rule"]) for one in errors]


def refused(done: CompletedProcess[str]) -> str:
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    assert "fault of its own" not in done.stderr
    return done.stderr


# the real plans


@pytest.mark.parametrize("as_of", ["2025-06-01", "2025-08-07", "2026-12-31"])
def test_plan_a_passes_by_default_whatever_is_overdue(as_of: str, real: Path, jtai: Jtai) -> None:
    found = verdict(jtai("check", A, "--format", "json", "--as-of", as_of, cwd=real))
    assert (found["passed"], found["fail_on"]) == (True, ["overdue-red"])


def test_a_gate_that_passes_names_what_would_have_caught_what_is_overdue(
    real: Path, jtai: Jtai
) -> None:
    done = jtai("check", A, cwd=real)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "Passed as of 7 August 2025: no breach in 1 plan.\n"
        "Conditions in force: overdue-red.\n"
        "16 actions are overdue all the same: 10 on track (overdue-on-track would have caught "
        "them), 6 at risk (overdue-amber would have caught them); 'overdue' catches all.\n"
    )


@pytest.mark.parametrize(
    ("conditions", "number"),
    [
        (["overdue-on-track"], 10),
        (["overdue-amber"], 6),
        (["overdue-on-track", "overdue-amber"], 16),
        (["overdue"], 16),
        (["undated"], 1),
        (["undated", "undated"], 1),
        (["overdue-unrated", "overdue-not-started", "no-owner"], 0),
    ],
)
def test_plan_a_by_condition(conditions: list[str], number: int, real: Path, jtai: Jtai) -> None:
    options = [word for name in conditions for word in ("--fail-on", name)]
    found = verdict(jtai("check", A, "--format", "json", *options, cwd=real))
    assert len(found["problems"]) == number
    assert found["fail_on"] == list(dict.fromkeys(conditions))


@pytest.mark.parametrize(
    ("as_of", "expected"), [("2016-12-31", []), ("2017-01-01", [(D, "12.5", "overdue-red")])]
)
def test_plan_d_fails_from_the_day_after_its_red_action_is_due(
    as_of: str, expected: list[tuple[str, str, str]], real: Path, jtai: Jtai
) -> None:
    done = jtai("check", D, "--format", "json", "--as-of", as_of, cwd=real)
    assert breaches(done) == expected


def test_a_breach_says_which_whose_since_when_and_on_which_line(real: Path, jtai: Jtai) -> None:
    done = jtai("check", "--as-of", "2017-01-01", cwd=real)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == (
        "plans/reading-improvement-2016.yaml:878:14: error: 12.5 is 1 day overdue: "
        "due 2016-12-31, rated 'Red', owned by KS "
        "(Increase the permanent establishment of the IRO service to …) [overdue-red]\n"
        "            due: 2016-12-31\n"
        "                 ^\n"
        "  do it, or agree a new date, with an update that says why it moves\n"
        "\n"
        "Failed as of 1 January 2017: 1 breach in 1 of 2 plans.\n"
        "Conditions in force: overdue-red.\n"
    )


def test_json_has_the_verdict_and_the_problems(real: Path, jtai: Jtai) -> None:
    done = jtai("check", D, "--format", "json", "--as-of", "2017-01-01", cwd=real)
    found = json.loads(done.stdout)
    standing = found["overdue"].pop("standing")
    assert sum(standing.values()) == found["overdue"].pop("count")
    assert standing["off_track"] == 1
    assert found == {
        "jtai": 1,
        "kind": "check",
        "as_of": "2017-01-01",
        "passed": False,
        "fail_on": ["overdue-red"],
        "against": None,
        "old": 0,
        "overdue": {},
        "waived": [],
        "closed": [],
        "problems": [
            {
                "file": f"plans/{D}.yaml",
                "line": 878,
                "column": 14,
                "rule": "overdue-red",
                "severity": "error",
                "message": "12.5 is 1 day overdue: due 2016-12-31, rated 'Red', owned by KS "
                "(Increase the permanent establishment of the IRO service to …)",
                "hint": "do it, or agree a new date, with an update that says why it moves",
                "value": "2016-12-31",
                "plan": D,
                "ref": "12.5",
            }
        ],
    }


@pytest.mark.parametrize("columns", [60, 80, 140])
def test_sentences_fit_the_terminal(columns: int, real: Path, on_terminal: Jtai) -> None:
    done = on_terminal("check", A, cwd=real, columns=columns, env={"NO_COLOR": "1"})
    lines = done.stdout.splitlines()
    assert done.returncode == 0
    assert max(map(len, lines)) <= columns
    words = " ".join(done.stdout.split())
    assert words.endswith("would have caught them); 'overdue' catches all.")


# what it judges by


def test_by_default_only_what_is_off_track_and_overdue_fails(small: Path, jtai: Jtai) -> None:
    assert breaches(jtai("check", "--format", "json", cwd=small)) == []
    change(small / PLAN, RED)
    for as_of, expected in (("2025-06-30", []), ("2025-07-01", [("our-plan", "1.1")])):
        done = jtai("check", "--format", "json", "--as-of", as_of, cwd=small)
        assert [(plan, ref) for plan, ref, _ in breaches(done)] == expected
    done = jtai("check", "--format", "json", cwd=small, env={"JTAI_AS_OF": "2025-06-30"})
    assert breaches(done) == []


def test_the_policy_counts_and_options_replace_it(small: Path, jtai: Jtai) -> None:
    policy(small, "fail_on: [overdue-on-track, complete-without-evidence]\nstale_after: 30\n")
    late, bare = ("our-plan", "1.1", "overdue-on-track"), ("our-plan", "1.2")
    found = breaches(jtai("check", "--format", "json", cwd=small))
    assert found == [late, (*bare, "complete-without-evidence")]
    done = jtai("check", "--format", "json", "--fail-on", "complete-without-impact", cwd=small)
    assert breaches(done) == [(*bare, "complete-without-impact")]
    change(small / PLAN, ("green}", "green, updates: [{on: 2025-07-01, text: Late}]}"))
    for days, stale in (
        ((), True),
        (("--stale-after", "37"), False),
        (("--stale-after=36",), True),
    ):
        done = jtai("check", "--format", "json", "--fail-on", "stale", *days, cwd=small)
        assert breaches(done) == ([("our-plan", "1.1", "stale")] if stale else [])


def test_the_policy_is_that_of_the_folder_above(small: Path, jtai: Jtai) -> None:
    policy(small, "fail_on: [overdue]\n")
    below = small / "a" / "b"
    below.mkdir(parents=True)
    assert jtai("check", cwd=below).returncode == 1
    assert jtai("check", "../../plans/our-plan.yaml", cwd=below).returncode == 1
    assert jtai("check", "our-plan", cwd=small / "plans").returncode == 1


def test_warnings_of_validation_may_fail_it(small: Path, jtai: Jtai) -> None:
    change(small / PLAN, ("due: 2025-06-30, ", ""))
    (problem,) = verdict(
        jtai("check", "--format", "json", "--fail-on", "invalid-warnings", cwd=small)
    )["problems"]
    assert (problem["rule"], problem["severity"]) == ("invalid-warnings", "error")
    assert problem["message"] == "1.1 has no due date (undated)"


@pytest.mark.parametrize(
    ("option", "words"),
    [
        (("--fail-on", "overdue-rd"), "'overdue-rd' is not one of 'overdue-red'"),
        (("--stale-after", "0"), "--stale-after"),
        (("--stale-after", "soon"), "--stale-after"),
        (("--as-of", "2025-06-31"), "2025-06-31 is not a real date; June has 30 days"),
    ],
)
def test_options_that_can_not_be_meant(
    option: tuple[str, ...], words: str, small: Path, jtai: Jtai
) -> None:
    assert words in refused(jtai("check", *option, cwd=small))


def test_help_names_every_condition(jtai: Jtai) -> None:
    words = "".join(jtai("check", "--help").stdout.split())
    assert f"Oneof:{','.join(CONDITION_NAMES)}." in words


# which plans


@pytest.fixture
def two(small: Path) -> Path:
    """Two plans with a breach each."""
    change(small / PLAN, RED)
    copied(small, "plans/deeper/other.yaml", "other")
    return small


@pytest.mark.parametrize(
    ("plans", "expected"),
    [
        ([], ["other", "our-plan"]),
        (["our-plan"], ["our-plan"]),
        ([PLAN], ["our-plan"]),
        (["plans/deeper"], ["other"]),
        (["our-plan", "plans", PLAN], ["our-plan", "other"]),
    ],
)
def test_plans_by_file_folder_or_id(
    plans: list[str], expected: list[str], two: Path, jtai: Jtai
) -> None:
    done = jtai("check", "--format", "json", *plans, cwd=two)
    assert [plan for plan, _, _ in breaches(done)] == expected


FOLDER = [
    (("status", "--format", "json"), '"file": "improvement/2025/our-plan.yaml"'),
    (("actions", "--format", "json"), '"file": "improvement/2025/our-plan.yaml"'),
    (("overdue", "--format", "json"), '"plan": "our-plan"'),
    (("show", "1.1"), "Action 1.1\n"),
    (("show", "our-plan#1.1"), "Action 1.1\n"),
    (("validate",), "1 plan, no problem found\n"),
    (("validate", "our-plan"), "1 plan, no problem found\n"),
    (("check",), "Passed as of"),
    (("check", "our-plan"), "Passed as of"),
    (("schema",), "/plan.schema.json: written\n"),
]


def test_the_policy_may_name_the_folder_of_plans(small: Path, jtai: Jtai) -> None:
    policy(small, "plans: improvement/2025/\n")
    (small / "improvement").mkdir()
    (small / "plans").rename(small / "improvement" / "2025")
    # not looked at
    copied_from = small / "improvement" / "2025" / "our-plan.yaml"
    (small / "plans").mkdir()
    (small / "plans" / "x.yaml").write_text("x: [", encoding="utf-8")
    for arguments, words in FOLDER:
        done = jtai(*arguments, cwd=small)
        assert (done.returncode, done.stderr) == (0, ""), arguments
        assert words in done.stdout, arguments
    assert (small / "schemas" / "plan.schema.json").exists()
    assert copied_from.exists()
    completed = jtai(
        cwd=small / "improvement",
        env={"_JTAI_COMPLETE": "bash_complete", "COMP_WORDS": "jtai status our", "COMP_CWORD": "2"},
    )
    assert "plain,our-plan" in completed.stdout.splitlines()


@pytest.mark.parametrize("command", ["status", "actions", "overdue", "validate", "check"])
def test_a_folder_that_is_not_there_is_said_to_be_missing(
    command: str, small: Path, jtai: Jtai
) -> None:
    policy(small, "plans: improvement\n")
    assert refused(jtai(command, cwd=small)) == (
        "no plan found: jtai.yaml says that they are in 'improvement', which is not there\n"
    )


def test_plans_of_two_policies_are_not_judged_at_once(small: Path, jtai: Jtai) -> None:
    copied(small, "team/plans/other.yaml", "other")
    policy(small / "team", "fail_on: [overdue]\n")
    said = refused(jtai("check", PLAN, "team/plans/other.yaml", cwd=small))
    assert said == (
        f"these plans are judged by different policies ({small}/team/jtai.yaml, no policy): "
        "name those of one at a time\n"
    )
    assert jtai("check", PLAN, cwd=small).returncode == 0
    assert jtai("check", "team/plans/other.yaml", cwd=small).returncode == 1


# waivers


def test_a_waiver_lets_a_breach_pass_and_it_is_listed(small: Path, jtai: Jtai) -> None:
    change(small / PLAN, RED)
    policy(small, WAIVER.format(until="2025-08-07"))
    done = jtai("check", cwd=small)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "plans/our-plan.yaml:11:62: waived: 1.1 is 38 days overdue: due 2025-06-30, rated 'Red', "
        "owned by TVP (Ask children) [overdue-red]\n"
        "  waived until 2025-08-07: the contract is being let again "
        "(agreed: board, 3 July 2025, minute 7)\n"
        "\n"
        "Passed as of 7 August 2025: no breach in 1 plan.\n"
        "Conditions in force: overdue-red.\n"
        "1 breach is waived.\n"
        "1 action is overdue all the same: 1 off track (waived).\n"
    )
    found = verdict(jtai("check", "--format", "json", "--strict", cwd=small))
    (waived,) = found["waived"]
    assert (waived["ref"], waived["until"], waived["severity"]) == ("1.1", "2025-08-07", "warning")
    assert (waived["reason"], waived["agreed"]) == (
        *("the contract is being let again", "board, 3 July 2025, minute 7"),
    )


def test_a_waiver_ends_after_its_last_day(small: Path, jtai: Jtai) -> None:
    change(small / PLAN, RED)
    policy(small, WAIVER.format(until="2025-08-06"))
    done = jtai("check", "--format", "json", cwd=small)
    assert breaches(done) == [("our-plan", "1.1", "overdue-red")]
    warning = verdict(done)["problems"][0]
    assert (warning["file"], warning["line"], warning["rule"], warning["severity"]) == (
        *("jtai.yaml", 5, "expired-waiver", "warning"),
    )


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("our-plan", "our-plam", 2),
        ('"1.1"', '"1.9"', 3),
        ("overdue-red", "stale", 4),
    ],
)
def test_a_waiver_that_lets_nothing_pass_is_warned_of(
    old: str, new: str, line: int, small: Path, jtai: Jtai
) -> None:
    change(small / PLAN, RED)
    policy(small, WAIVER.format(until="2025-12-31").replace(old, new))
    found = verdict(jtai("check", "--format", "json", cwd=small))["problems"]
    assert [(one["file"], one["line"], one["rule"]) for one in found] == [
        ("jtai.yaml", line, "unmatched-waiver"),
        (PLAN, 11, "overdue-red"),
    ]


def test_warnings_about_the_policy_count_when_asked_to(small: Path, jtai: Jtai) -> None:
    idle = WAIVER.format(until="2025-12-31")
    for text in (idle, "jtai: 1\nwaivers: []\nfail_on: [overdue-red]\nplans: plans # \u200b\n"):
        policy(small, text)
        plain, strict = jtai("check", cwd=small), jtai("check", "--strict", cwd=small)
        assert "jtai.yaml:" in plain.stdout
        assert (plain.returncode, strict.returncode) == (0, 1)


@pytest.mark.parametrize("left_out", ["reason", "agreed", "until"])
def test_a_waiver_without_a_reason_is_a_bad_policy(left_out: str, small: Path, jtai: Jtai) -> None:
    lines = WAIVER.format(until="2025-12-31").splitlines(keepends=True)
    policy(small, "".join(line for line in lines if f" {left_out}:" not in line))
    said = refused(jtai("check", cwd=small))
    assert said.startswith("jtai.yaml:2:")
    assert "[missing-field]" in said


def test_a_waiver_of_a_plan_that_is_not_asked_about_is_nobodys_business(
    small: Path, jtai: Jtai
) -> None:
    copied(small, "plans/other.yaml", "other")
    policy(small, WAIVER.format(until="2025-12-31"))
    assert verdict(jtai("check", "other", "--format", "json", cwd=small))["problems"] == []


# closed plans


CLOSED = ("title: Our plan", "title: Our plan\nclosed: 2025-08-07")


def test_a_closed_plan_is_said_to_be_and_not_gated(two: Path, jtai: Jtai) -> None:
    change(two / PLAN, CLOSED)
    day_before = jtai("check", "--format", "json", "--as-of", "2025-08-06", cwd=two)
    assert len(breaches(day_before)) == 2
    done = jtai("check", cwd=two)
    assert "our-plan is closed since 7 August 2025 and not gated.\n" in done.stdout
    assert "Failed as of 7 August 2025: 1 breach in 1 plan.\n" in done.stdout
    found = jtai("check", "--format", "json", cwd=two)
    assert breaches(found) == [("other", "1.1", "overdue-red")]
    closed = {"plan": "our-plan", "file": PLAN, "closed": "2025-08-07"}
    assert verdict(found)["closed"] == [closed]


def test_when_all_are_closed_there_is_nothing_to_gate(small: Path, jtai: Jtai) -> None:
    change(small / PLAN, RED, CLOSED)
    done = jtai("check", cwd=small)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "our-plan is closed since 7 August 2025 and not gated.\n"
        "\n"
        "Passed as of 7 August 2025, with nothing to judge: the only plan is closed.\n"
        "Conditions in force: overdue-red.\n"
    )


# it fails closed


HEAD = "jtai: 1\nid: our-plan\ntitle: T\nrag: brag\n"
NO_ACTION = f"{HEAD}objectives:\n  - ref: '1'\n    title: O\n"
NOT_PLANS = {
    "no plan": None,
    "an empty file": "",
    "no action": NO_ACTION,
    "no objective": f"{HEAD}objectives: []\n",
    "an error": "jtai: 2\n",
    "no YAML": "x: [",
}


@pytest.mark.parametrize("kind", NOT_PLANS)
def test_nothing_to_judge_is_never_fine(kind: str, small: Path, jtai: Jtai) -> None:
    text = NOT_PLANS[kind]
    (small / PLAN).unlink()
    if text is not None:
        (small / PLAN).write_text(text, encoding="utf-8")
    for arguments in ((), ("--format", "json"), ("plans",), (PLAN,)):
        assert refused(jtai("check", *arguments, cwd=small))


def test_what_does_not_load_is_said_and_the_rest_is_judged_for_people(
    broken: Path, jtai: Jtai
) -> None:
    change(broken / PLAN, RED)
    done = jtai("check", cwd=broken)
    assert done.returncode == 2
    assert done.stderr.startswith(
        "plans/broken.yaml:11:62: error: 2025-06-31 is not a real date; June has 30 days"
    )
    assert done.stdout.startswith("plans/our-plan.yaml:11:62: error: 1.1 is 38 days overdue")
    assert done.stdout.endswith(
        "Failed as of 7 August 2025: 1 plan can't be judged; 1 breach in 1 other.\n"
        "Conditions in force: overdue-red.\n"
    )


def test_on_github_what_does_not_load_is_annotated_and_nothing_passes(
    broken: Path, jtai: Jtai
) -> None:
    done = jtai("check", "--format", "github", cwd=broken)
    assert done.returncode == 2
    total, annotation = done.stdout.splitlines()
    assert total.startswith(
        "::notice title=jtai::Failed as of 7 August 2025: 1 plan can't be judged; "
        "no breach in 1 other."
    )
    assert annotation.startswith("::error title=impossible-date,file=plans/broken.yaml,line=11")


@pytest.mark.parametrize("form", WHOLE_OR_NOTHING)
def test_what_a_program_reads_is_whole_or_nothing(form: str, broken: Path, jtai: Jtai) -> None:
    assert "[impossible-date]" in refused(jtai("check", "--format", form, cwd=broken))
    jtai("check", "--format", form, "--output", "out", cwd=broken)
    assert not (broken / "out").exists()


def test_a_plan_without_actions_is_said_and_the_others_are_judged(small: Path, jtai: Jtai) -> None:
    (small / "plans" / "none.yaml").write_text(
        NO_ACTION.replace("our-plan", "none"), encoding="utf-8"
    )
    done = jtai("check", cwd=small)
    assert done.returncode == 2
    assert done.stderr.startswith(
        "plans/none.yaml:1:1: error: there is no action in this plan, so nothing can be judged"
    )
    assert done.stdout.startswith(
        "Failed as of 7 August 2025: 1 plan can't be judged; no breach in 1 other.\n"
    )
    assert refused(jtai("check", "--format", "json", cwd=small))


def test_everything_that_can_not_be_judged_is_said(broken: Path, jtai: Jtai) -> None:
    (broken / PLAN).write_text(NO_ACTION, encoding="utf-8")
    said = refused(jtai("check", cwd=broken))
    assert "plans/broken.yaml:11:62: error" in said
    assert "plans/our-plan.yaml:1:1: error: there is no action in this plan" in said


def test_a_plan_id_in_two_files_can_not_be_judged(two: Path, jtai: Jtai) -> None:
    change(two / "plans" / "deeper" / "other.yaml", ("id: other", "id: our-plan"))
    done = jtai("check", cwd=two)
    assert done.returncode == 2
    assert done.stderr.startswith("plans/our-plan.yaml:2:5: error: the plan id 'our-plan' is al")
    assert "1 plan can't be judged; 1 breach in 1 other" in done.stdout
    # also when only one of them is asked about
    assert jtai("check", PLAN, cwd=two).returncode == 2


def test_a_waiver_of_a_plan_that_does_not_load_is_not_called_idle(broken: Path, jtai: Jtai) -> None:
    policy(broken, WAIVER.format(until="2025-12-31").replace("our-plan", "broken"))
    done = jtai("check", cwd=broken)
    assert done.returncode == 2
    assert "unmatched-waiver" not in done.stdout


BAD = {
    "x: [": "yaml-syntax",
    "fail_on: [overdue-rd]\n": "did you mean 'overdue-red'?",
    "fail_on: []\n": "fail_on",
    "fail_om: [overdue]\n": "did you mean 'fail_on'?",
    "stale_after: soon\n": "not-a-number",
    "plans: ../plans\n": "bad-ref",
    "rules: {undated: none}\n": "rules",
    "rules: {impossible-date: warning}\n": "always an error",
    "jtai: 2\n": "jtai.yaml:1:",
}


@pytest.mark.parametrize("text", BAD)
def test_a_bad_policy_judges_nothing(text: str, small: Path, jtai: Jtai) -> None:
    policy(small, text)
    said = refused(jtai("check", "--fail-on", "overdue", cwd=small))
    assert said.startswith("jtai.yaml:1:")
    assert BAD[text] in said
    assert said.endswith("\nnothing is judged before jtai.yaml is mended\n")


SPECIAL: dict[str, Callable[[Path], None]] = {
    "a folder": lambda path: path.mkdir(),
    "a pipe": os.mkfifo,
    "a loop": lambda path: path.symlink_to(path.name),
    "a link to nothing": lambda path: path.symlink_to("nowhere"),
}


@pytest.mark.parametrize("kind", SPECIAL)
def test_a_policy_that_can_not_be_read_judges_nothing(kind: str, small: Path, jtai: Jtai) -> None:
    SPECIAL[kind](small / "jtai.yaml")
    for arguments in (("check",), ("check", PLAN), ("status",)):
        said = refused(jtai(*arguments, cwd=small))
        assert said.startswith("jtai.yaml:1:1: error: this file can't be read: ")
    assert jtai("validate", cwd=small).returncode == 1


# --against


@pytest.fixture
def bad_start(repository: Path, git: Git) -> Path:
    """A repository with a plan that breaches the default policy from the start."""
    change(repository / PLAN, RED)
    git(repository, "commit", "-q", "-a", "-m", "red")
    return repository


def ratchet(root: Path, jtai: Jtai, *arguments: str) -> tuple[list[tuple[str, str]], int]:
    """The breaches that count, and how many old ones do not."""
    done = jtai("check", "--format", "json", "--against", "HEAD", *arguments, cwd=root)
    return [(plan, ref) for plan, ref, _ in breaches(done)], verdict(done)["old"]


def test_what_stood_before_is_counted_and_not_judged(bad_start: Path, jtai: Jtai) -> None:
    done = jtai("check", "--against", "HEAD", cwd=bad_start)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "Passed as of 7 August 2025: no breach in 1 plan.\n"
        "Conditions in force: overdue-red.\n"
        "1 older breach that stood at HEAD already is not counted.\n"
        "1 action is overdue all the same: 1 off track (older).\n"
    )
    change(bad_start / PLAN, ("due: 2025-09-30, progress: blue", "due: 2025-07-31, progress: red"))
    assert ratchet(bad_start, jtai) == ([("our-plan", "1.2")], 1)
    # as of one day both: what has become late since is no new breach
    assert ratchet(bad_start, jtai, "--as-of", "2025-12-31") == ([("our-plan", "1.2")], 1)
    assert jtai("check", "--against", "HEAD~", "--format", "json", cwd=bad_start).returncode == 1


def test_a_plan_that_moved_is_compared_with_itself(bad_start: Path, git: Git, jtai: Jtai) -> None:
    (bad_start / "plans" / "deeper").mkdir()
    (bad_start / PLAN).rename(bad_start / "plans" / "deeper" / "x.yml")
    for plans in ((), ("our-plan",), ("plans/deeper/x.yml",)):
        assert ratchet(bad_start, jtai, *plans) == ([], 1)
    change(bad_start / "plans" / "deeper" / "x.yml", ("blue}", "red, note: x}"))
    assert ratchet(bad_start, jtai, "--as-of", "2025-10-01") == ([("our-plan", "1.2")], 1)


def test_plans_that_change_places_are_compared_with_themselves(
    bad_start: Path, git: Git, jtai: Jtai
) -> None:
    copied(bad_start, "plans/other.yaml", "other", ("progress: red", "progress: amber"))
    git(bad_start, "add", ".")
    git(bad_start, "commit", "-q", "-m", "x")
    other = bad_start / "plans" / "other.yaml"
    text = other.read_bytes()
    other.write_bytes((bad_start / PLAN).read_bytes())
    (bad_start / PLAN).write_bytes(text)
    assert ratchet(bad_start, jtai) == ([], 1)
    assert ratchet(bad_start, jtai, "plans/other.yaml") == ([], 1)


def test_a_plan_that_was_not_there_has_only_new_breaches(bad_start: Path, jtai: Jtai) -> None:
    copied(bad_start, "plans/other.yaml", "other")
    assert ratchet(bad_start, jtai) == ([("other", "1.1")], 1)


@pytest.mark.parametrize("was", ["", "x: [", "jtai: 1\nid: our-plan\n"])
def test_a_plan_that_did_not_load_had_no_breaches(
    was: str, bad_start: Path, git: Git, jtai: Jtai
) -> None:
    now = (bad_start / PLAN).read_bytes()
    (bad_start / PLAN).write_text(was, encoding="utf-8")
    git(bad_start, "commit", "-q", "-a", "-m", "x")
    (bad_start / PLAN).write_bytes(now)
    assert ratchet(bad_start, jtai) == ([("our-plan", "1.1")], 0)


def test_a_plan_that_was_closed_had_no_breaches(bad_start: Path, git: Git, jtai: Jtai) -> None:
    now = (bad_start / PLAN).read_bytes()
    change(bad_start / PLAN, CLOSED)
    git(bad_start, "commit", "-q", "-a", "-m", "x")
    (bad_start / PLAN).write_bytes(now)
    assert ratchet(bad_start, jtai) == ([("our-plan", "1.1")], 0)


def test_a_waiver_comes_before_what_stood_already(bad_start: Path, jtai: Jtai) -> None:
    policy(bad_start, WAIVER.format(until="2025-12-31"))
    found = verdict(jtai("check", "--against", "HEAD", "--format", "json", cwd=bad_start))
    assert (len(found["waived"]), found["old"], found["problems"]) == (1, 0, [])


def test_the_folder_of_plans_may_have_been_another(bad_start: Path, jtai: Jtai) -> None:
    policy(bad_start, "plans: improvement\n")
    (bad_start / "plans").rename(bad_start / "improvement")
    assert ratchet(bad_start, jtai) == ([], 1)


@pytest.mark.parametrize("revision", ["nowhere", "", "main:plans", "HEAD~9"])
def test_an_unknown_revision_can_not_be_judged(revision: str, bad_start: Path, jtai: Jtai) -> None:
    said = refused(jtai("check", "--against", revision, "--format", "json", cwd=bad_start))
    assert said.count("\n") == 1


def test_without_a_repository_there_is_nothing_to_compare_with(small: Path, jtai: Jtai) -> None:
    said = refused(jtai("check", "--against", "HEAD", cwd=small))
    assert "is not in a git repository" in said


def test_what_is_wrong_is_said_also_when_there_is_nothing_to_compare_with(
    broken: Path, jtai: Jtai
) -> None:
    said = refused(jtai("check", "--against", "HEAD", cwd=broken))
    assert "[impossible-date]" in said
    assert "is not in a git repository" in said


def test_a_clone_that_is_too_shallow_says_how_to_get_the_rest(
    bad_start: Path, git: Git, jtai: Jtai, tmp_path_factory: pytest.TempPathFactory
) -> None:
    clone = tmp_path_factory.mktemp("shallow") / "clone"
    git(bad_start, "clone", "-q", "--depth", "1", f"file://{bad_start}", clone)
    assert ratchet(clone, jtai) == ([], 1)
    said = refused(jtai("check", "--against", "HEAD~1", cwd=clone))
    assert "run git fetch --unshallow, or, where CI checks it out, set fetch-depth: 0" in said


# where it is written


def summary(root: Path) -> Mapping[str, str]:
    return {"GITHUB_STEP_SUMMARY": str(root / "summary.md")}


def test_the_summary_of_a_job_on_github_is_added_to(two: Path, jtai: Jtai) -> None:
    (two / "summary.md").write_text("# Before\n", encoding="utf-8")
    done = jtai("check", "--format", "github", cwd=two, env=summary(two))
    assert (done.returncode, done.stderr) == (1, "")
    first, *rest = done.stdout.splitlines()
    assert first.startswith("::notice title=jtai::Failed as of 7 August 2025: 2 breaches in 2")
    assert [line.partition(" ")[0] for line in rest] == ["::error", "::error"]
    jtai("validate", "--format", "github", cwd=two, env=summary(two))
    written = (two / "summary.md").read_text(encoding="utf-8")
    headings = [line for line in written.splitlines() if line.startswith("# ")]
    assert headings == ["# Before", "# jtai check", "# jtai validate"]
    assert written.count("| overdue-red |") == 2


def test_other_formats_have_no_summary(two: Path, jtai: Jtai) -> None:
    for form in ("text", "json", "gitlab", "sarif", "junit"):
        assert jtai("check", "--format", form, cwd=two, env=summary(two)).returncode == 1
    assert not (two / "summary.md").exists()


@pytest.mark.parametrize("name", ["nowhere/summary.md", "plans"])
def test_a_summary_that_can_not_be_written_is_one_line(name: str, small: Path, jtai: Jtai) -> None:
    env = {"GITHUB_STEP_SUMMARY": str(small / name)}
    done = jtai("check", "--format", "github", cwd=small, env=env)
    assert done.returncode == 2
    assert done.stderr.startswith(f"can't write {small / name}: ")
    assert done.stderr.count("\n") == 1


def test_a_summary_is_never_written_into_a_plan(two: Path, jtai: Jtai) -> None:
    before = (two / PLAN).read_bytes()
    env = {"GITHUB_STEP_SUMMARY": str(two / PLAN)}
    said = refused(jtai("check", "--format", "github", cwd=two, env=env))
    assert said.startswith(f"GITHUB_STEP_SUMMARY {two / PLAN} would overwrite the plan")
    assert (two / PLAN).read_bytes() == before


@pytest.mark.parametrize("output", [PLAN, "plans/deeper/other.yaml", "jtai.yaml", "link", "x.yml"])
def test_an_answer_is_never_written_over_a_plan_or_the_policy(
    output: str, two: Path, jtai: Jtai
) -> None:
    policy(two, "fail_on: [overdue]\n")
    (two / "x.yml").write_text("x: 1\n", encoding="utf-8")
    (two / "link").symlink_to(PLAN)
    before = (two / output).read_bytes()
    said = refused(jtai("check", "our-plan", "--output", output, cwd=two))
    assert said.startswith(f"--output {output} would overwrite")
    assert (two / output).read_bytes() == before


def test_an_answer_may_go_to_a_file(two: Path, jtai: Jtai) -> None:
    done = jtai("check", "--format", "sarif", "--output", "out.sarif", cwd=two)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")
    assert (two / "out.sarif").read_text("utf-8") == (
        jtai("check", "--format", "sarif", cwd=two).stdout
    )


# the same bytes


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """40 plans: ones with breaches, without, with errors, closed, and one id in both halves."""
    folder = tmp_path_factory.mktemp("many")
    for number in range(40):
        identifier = "p3" if number == 33 else f"p{number}"
        due = "2025-06-31" if number == 25 else "2025-06-30"
        closed = "closed: 2025-01-01\n" if number % 9 == 4 else ""
        rating = ("red", "green", "amber")[number % 3]
        (folder / f"{number:02}.yaml").write_text(
            f"jtai: 1\nid: {identifier}\ntitle: T\nrag: brag\n{closed}objectives:\n- ref: '1'\n"
            "  title: O\n  actions:\n"
            f"  - {{ref: '1.1', text: Do it, due: {due}, progress: {rating}}}\n",
            encoding="utf-8",
        )
    return folder


@pytest.mark.parametrize("plans", [16, 17, 20, 40])
def test_one_process_or_two_say_the_same(
    plans: int,
    many: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    monkeypatch.chdir(many)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    names = [f"{number:02}.yaml" for number in range(plans)]
    said = {}
    for enough in (0, 1000):
        monkeypatch.setattr(workers, "ENOUGH", enough)
        arguments = ["--as-of", "2025-08-07", "--fail-on", "overdue", *names]
        code = check.command.main(arguments, standalone_mode=False)
        said[enough] = (code, *capfdbinary.readouterr())
    assert said[0] == said[1000]
    code, out, err = said[0]
    assert code == (2 if plans == 40 else 1)
    assert (b"duplicate-plan-id" in err) == (b"impossible-date" in err) == (plans == 40)
    lines = [line[:7] for line in out.splitlines() if b" overdue: " in line]
    assert lines == sorted(lines)
    assert len(lines) == plans - plans // 9 - (plans % 9 > 4) - (2 if plans == 40 else 0)


def test_the_same_input_gives_the_same_bytes_and_nothing_is_written(two: Path, jtai: Jtai) -> None:
    policy(two, WAIVER.format(until="2025-08-01"))
    before = {path: (path.stat().st_mtime_ns, path.stat().st_mode) for path in two.rglob("*")}
    runs = [
        jtai("check", "--color", "always", cwd=two, env={"PYTHONHASHSEED": seed, "TZ": zone})
        for seed, zone in (("1", "UTC"), ("2", "Pacific/Kiritimati"))
    ]
    assert runs[0].stdout == runs[1].stdout != ""
    after = {path: (path.stat().st_mtime_ns, path.stat().st_mode) for path in two.rglob("*")}
    assert after == before
