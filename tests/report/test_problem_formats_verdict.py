"""What `jtai check` says in each format: breaches, waivers, closed plans, and the verdict."""

import datetime as dt
import json
import re
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from rich.cells import cell_len

from jtai_cli.facts.verdict import Closed, Verdict, Waived
from jtai_cli.plan.problem import Problem
from jtai_cli.report import PROBLEM_FORMATS, Display, Judged

BREACH = Problem(
    "plans/p.yaml", 41, 14, "overdue-red", "error", "2.1 is 38 days overdue", "Train everybody",
    "2025-06-30", "        due: 2025-06-30", "p", "2.1",
)  # fmt: skip
WAIVED = Waived(
    BREACH._replace(line=60, severity="warning", message="2.2 is 7 days overdue", ref="2.2"),
    dt.date(2025, 9, 30),
    "the contract is being\nretendered",
    "Improvement board, 3 July 2025, minute 7",
)
UNMATCHED = Problem("jtai.yaml", 9, 5, "unmatched-waiver", "warning", "it matches no breach")
CLOSED = Closed("old-plan", "plans/old.yaml", dt.date(2025, 3, 31))
PASSED = Verdict(
    as_of=dt.date(2025, 8, 7),
    fail_on=("overdue-red",),
    breaches=[],
    waived=[],
    warnings=[],
    overdue={"on_track": 0, "at_risk": 0, "off_track": 0, "not_started": 0, "unrated": 0},
    closed=[],
)
FAILED = PASSED._replace(
    fail_on=("overdue-red", "undated"),
    breaches=[BREACH],
    waived=[WAIVED],
    warnings=[UNMATCHED],
    closed=[CLOSED],
    against="main",
    old=12,
)
FAILED_JUDGED = Judged([UNMATCHED, BREACH], 3, FAILED)


def written(form: str, judged: Judged, display: Display | None = None) -> str:
    return PROBLEM_FORMATS[form](judged, display or Display())


def test_text() -> None:
    assert written("text", FAILED_JUDGED) == (
        "jtai.yaml:9:5: warning: it matches no breach [unmatched-waiver]\n"
        "\n"
        "plans/p.yaml:41:14: error: 2.1 is 38 days overdue [overdue-red]\n"
        "            due: 2025-06-30\n"
        "                 ^\n"
        "  Train everybody\n"
        "\n"
        "plans/p.yaml:60:14: waived: 2.2 is 7 days overdue [overdue-red]\n"
        "  waived until 2025-09-30: the contract is being retendered "
        "(agreed: Improvement board, 3 July 2025, minute 7)\n"
        "\n"
        "old-plan is closed since 31 March 2025 and not gated.\n"
        "\n"
        "Failed as of 7 August 2025: 1 breach in 1 of 2 plans, and 1 warning.\n"
        "Conditions in force: overdue-red, undated.\n"
        "1 breach is waived.\n"
        "12 older breaches that stood at main already are not counted.\n"
    )


def test_text_of_a_gate_that_passes() -> None:
    assert written("text", Judged([], 1, PASSED)) == (
        "Passed as of 7 August 2025: no breach in 1 plan.\nConditions in force: overdue-red.\n"
    )


def test_a_narrow_terminal_folds_sentences_between_words() -> None:
    text = written("text", FAILED_JUDGED, Display(60, drawn=True))
    assert text.endswith(
        "  waived until 2025-09-30: the contract is being retendered\n"
        "    (agreed: Improvement board, 3 July 2025, minute 7)\n"
        "\n"
        "old-plan is closed since 31 March 2025 and not gated.\n"
        "\n"
        "Failed as of 7 August 2025: 1 breach in 1 of 2 plans, and 1\n"
        "  warning.\n"
        "Conditions in force: overdue-red, undated.\n"
        "1 breach is waived.\n"
        "12 older breaches that stood at main already are not\n"
        "  counted.\n"
    )


@pytest.mark.parametrize("width", [60, 80, 140])
@pytest.mark.parametrize("reason", ["漢字 " * 90, "e\u0301a " * 90, "word " * 90])
def test_no_sentence_is_wider_than_the_terminal(width: int, reason: str) -> None:
    judged = Judged([], 3, FAILED._replace(breaches=[], waived=[WAIVED._replace(reason=reason)]))
    lines = written("text", judged, Display(width, drawn=True)).splitlines()
    assert max(map(cell_len, lines[1:])) <= width


@pytest.mark.parametrize(("verdict", "word"), [(PASSED, "Passed"), (FAILED, "Failed")])
def test_colour_decorates_words_that_stand_there_anyway(verdict: Verdict, word: str) -> None:
    judged = Judged(verdict.breaches, 3, verdict)
    coloured = written("text", judged, Display(80, drawn=True, colour=True))
    assert re.search(f"^\x1b\\[1;3[12]m{word}\x1b\\[0m as of ", coloured, re.MULTILINE)
    without = re.sub("\x1b\\[[0-9;]*m", "", coloured)
    assert without == written("text", judged, Display(80, drawn=True))


def test_json() -> None:
    assert json.loads(written("json", FAILED_JUDGED)) == {
        "jtai": 1,
        "kind": "check",
        "as_of": "2025-08-07",
        "passed": False,
        "fail_on": ["overdue-red", "undated"],
        "against": "main",
        "old": 12,
        "overdue": {"count": 0, "standing": PASSED.overdue},
        "waived": [
            {
                **_data(WAIVED.problem),
                "until": "2025-09-30",
                "reason": WAIVED.reason,
                "agreed": WAIVED.agreed,
            }
        ],
        "closed": [{"plan": "old-plan", "file": "plans/old.yaml", "closed": "2025-03-31"}],
        "problems": [_data(UNMATCHED), _data(BREACH)],
    }


def _data(problem: Problem) -> dict[str, Any]:
    found = problem._asdict()
    del found["excerpt"]
    return found


def test_json_has_its_keys_in_the_order_of_the_contract() -> None:
    data = json.loads(written("json", Judged([], 2, PASSED)))
    assert list(data) == [
        *("jtai", "kind", "as_of", "passed", "fail_on", "against", "old"),
        *("overdue", "waived", "closed", "problems"),
    ]
    assert (data["passed"], data["against"], data["old"]) == (True, None, 0)


def test_github_says_the_verdict_first_and_what_is_waived_as_a_notice() -> None:
    total, *annotations = written("github", FAILED_JUDGED).splitlines()
    assert total == (
        "::notice title=jtai::Failed as of 7 August 2025: 1 breach in 1 of 2 plans, and 1 warning."
        "%0AConditions in force: overdue-red, undated.%0A1 breach is waived."
        "%0A12 older breaches that stood at main already are not counted."
        "%0Aold-plan is closed since 31 March 2025 and not gated."
    )
    assert annotations == [
        "::warning title=unmatched-waiver,file=jtai.yaml,line=9,col=5::it matches no breach",
        (
            "::error title=overdue-red,file=plans/p.yaml,line=41,col=14"
            "::2.1 is 38 days overdue (Train everybody)"
        ),
        (
            "::notice title=overdue-red (waived),file=plans/p.yaml,line=60,col=14"
            "::2.2 is 7 days overdue; waived until 2025-09-30: the contract is being retendered "
            "(agreed: Improvement board, 3 July 2025, minute 7)"
        ),
    ]


def test_gitlab_has_what_is_waived_for_information() -> None:
    issues = json.loads(written("gitlab", FAILED_JUDGED))
    assert [issue["severity"] for issue in issues] == ["minor", "major", "info"]
    assert issues[2]["description"].startswith("2.2 is 7 days overdue; waived until 2025-09-30: ")


def test_a_breach_keeps_its_fingerprint_when_it_is_waived() -> None:
    again = Waived(BREACH, WAIVED.until, "a", "b")
    waived = json.loads(written("gitlab", Judged([], 1, PASSED._replace(waived=[again]))))
    breached = json.loads(written("gitlab", Judged([BREACH], 1, PASSED)))
    assert [one["fingerprint"] for one in waived] == [one["fingerprint"] for one in breached]


def test_sarif_has_what_is_waived_as_suppressed() -> None:
    (run,) = json.loads(written("sarif", FAILED_JUDGED))["runs"]
    assert [result["level"] for result in run["results"]] == ["warning", "error", "note"]
    assert [result["suppressions"] for result in run["results"]] == [
        [],
        [],
        [
            {
                "kind": "external",
                "status": "accepted",
                "justification": "waived until 2025-09-30: the contract is being retendered "
                "(agreed: Improvement board, 3 July 2025, minute 7)",
            }
        ],
    ]


def test_sarif_has_the_verdict_as_notifications() -> None:
    (run,) = json.loads(written("sarif", FAILED_JUDGED))["runs"]
    (invocation,) = run["invocations"]
    said = [one["message"]["text"] for one in invocation["toolExecutionNotifications"]]
    assert said[0] == "Failed as of 7 August 2025: 1 breach in 1 of 2 plans, and 1 warning."
    assert said[-1] == "old-plan is closed since 31 March 2025 and not gated."


def test_sarif_of_validation_says_nothing_of_suppressions() -> None:
    (run,) = json.loads(written("sarif", Judged([BREACH], 1)))["runs"]
    assert "invocations" not in run
    assert "suppressions" not in run["results"][0]


def test_junit_has_what_is_let_pass_as_skipped() -> None:
    (suite,) = ET.fromstring(written("junit", FAILED_JUDGED))  # noqa: S314 - our own
    *cases, said = suite
    assert {name: suite.get(name) for name in ("name", "tests", "failures", "skipped")} == {
        "name": "jtai check",
        "tests": "4",
        "failures": "1",
        "skipped": "2",
    }
    assert [(case.get("name"), case[0].tag) for case in cases] == [
        ("unmatched-waiver", "system-out"),
        ("2.1 overdue-red", "failure"),
        ("2.2 overdue-red", "skipped"),
        ("closed", "skipped"),
    ]
    assert (said.text or "").startswith("Failed as of 7 August 2025: 1 breach in 1 of 2 plans")


@pytest.mark.parametrize("form", PROBLEM_FORMATS)
def test_every_format_can_say_everything(form: str) -> None:
    hostile = "100%\r\n::error::<a> | `b` \x1b[31m\x00"
    waived = WAIVED._replace(problem=BREACH._replace(message=hostile), reason=hostile)
    text = written(form, Judged([], 3, FAILED._replace(breaches=[], waived=[waived])))
    assert text.endswith("\n")
    assert "\x1b" not in text
    assert "\x00" not in text
