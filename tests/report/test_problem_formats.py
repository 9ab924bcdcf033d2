import json
import xml.etree.ElementTree as ET
from typing import Any

import pytest

from jtai_cli.plan.problem import Problem
from jtai_cli.report import PROBLEM_FORMATS, Display, Judged

ERROR = Problem("plans/a.yaml", 4, 9, "bad-ref", "error", "no ref", "use digits", "?", "  ref: ?")
WARNING = Problem("plans/a.yaml", 7, 1, "undated", "warning", "no date")


def written(form: str, *problems: Problem, display: Display | None = None) -> str:
    return PROBLEM_FORMATS[form](Judged(list(problems), 1), display or Display())


@pytest.mark.parametrize("form", ["text", "github", "junit"])
def test_a_file_name_is_shown_and_never_obeyed(form: str) -> None:
    problem = ERROR._replace(file="a\x1b\x85.yaml", message="used in b\x1b.yaml")
    text = written(form, problem)
    assert "a<U+001B><U+0085>.yaml" in text.replace("&lt;", "<").replace("&gt;", ">")
    assert form == "junit" or "\x1b" not in text


def test_text_has_the_place_first_then_the_line_a_caret_and_a_hint() -> None:
    assert written("text", ERROR).splitlines()[:4] == [
        "plans/a.yaml:4:9: error: no ref [bad-ref]",
        "      ref: ?",
        "            ^",
        "  use digits",
    ]


@pytest.mark.parametrize(
    ("problems", "total"),
    [
        ([], "1 plan, no problem found"),
        ([ERROR], "1 error in 1 plan"),
        ([WARNING, WARNING], "2 warnings in 1 plan"),
        ([ERROR, WARNING, ERROR], "2 errors and 1 warning in 1 plan"),
    ],
)
def test_text_ends_with_a_count(problems: list[Problem], total: str) -> None:
    assert written("text", *problems).splitlines()[-1] == total


@pytest.mark.parametrize(
    ("excerpt", "column", "caret"),
    [
        ("ref: x", 6, 5),
        ("\tref: x", 7, 6),
        ("漢字: x", 5, 6),
        ("e\u0301a: x", 5, 3),
        ("a\u200b: x", 5, 11),
    ],
)
def test_the_caret_stands_below_its_column(excerpt: str, column: int, caret: int) -> None:
    problem = ERROR._replace(excerpt=excerpt, column=column)
    assert written("text", problem).splitlines()[2] == f"    {' ' * caret}^"


@pytest.mark.parametrize("column", [1, 50, 500, 1000])
def test_a_long_line_is_shown_around_its_column(column: int) -> None:
    line = "".join(chr(ord("a") + n % 26) for n in range(1000))
    display = Display(60, drawn=True)
    _, excerpt, caret, *_ = written(
        "text", ERROR._replace(excerpt=line, column=column), display=display
    ).splitlines()
    assert len(excerpt) <= 60
    assert excerpt[caret.index("^")] == line[column - 1]


def test_colour_decorates_the_severity_and_nothing_else() -> None:
    coloured = written("text", ERROR, display=Display(80, drawn=True, colour=True))
    assert coloured.startswith("plans/a.yaml:4:9: \x1b[1;31merror\x1b[0m: no ref [bad-ref]\n")
    assert coloured.count("\x1b") == 2


def test_what_a_terminal_would_obey_is_spelled_out() -> None:
    problem = ERROR._replace(file="a\x1b[31m\n.yaml", excerpt="x\x1b]0;t\x07\u202e")
    text = written("text", problem)
    assert "a<U+001B>[31m<U+000A>.yaml:4:9" in text
    assert "x<U+001B>]0;t<U+0007><U+202E>" in text


def test_github_escapes_what_its_commands_would_take_for_their_own() -> None:
    problem = ERROR._replace(file="a,b:c%\r\n.yaml", message="50%\r\n::error::x, y: z", hint=None)
    assert written("github", problem).splitlines() == [
        "::notice title=jtai::1 error in 1 plan",
        (
            "::error title=bad-ref,file=a%2Cb%3Ac%25%0D%0A.yaml,line=4,col=9"
            "::50%25%0D%0A::error::x, y: z"
        ),
    ]


def test_github_says_the_hint_too_and_gives_warnings() -> None:
    lines = written("github", ERROR, WARNING).splitlines()
    assert lines[1].endswith("::no ref (use digits)")
    assert lines[2] == "::warning title=undated,file=plans/a.yaml,line=7,col=1::no date"


def test_gitlab() -> None:
    issues = json.loads(written("gitlab", ERROR, WARNING))
    prints = [issue.pop("fingerprint") for issue in issues]
    assert len(set(prints)) == 2
    assert issues[0] == {
        "description": "no ref (use digits)",
        "check_name": "bad-ref",
        "severity": "major",
        "location": {"path": "plans/a.yaml", "lines": {"begin": 4}},
    }
    assert issues[1]["severity"] == "minor"


def test_gitlab_without_a_problem_is_an_empty_list() -> None:
    assert json.loads(written("gitlab")) == []


def sarif(*problems: Problem) -> Any:
    return json.loads(written("sarif", *problems))


def test_sarif() -> None:
    log = sarif(ERROR, WARNING)
    (run,) = log["runs"]
    assert (log["version"], run["tool"]["driver"]["name"]) == ("2.1.0", "jtai")
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["bad-ref", "undated"]
    assert [result["ruleId"] for result in run["results"]] == ["bad-ref", "undated"]
    assert [result["level"] for result in run["results"]] == ["error", "warning"]
    (location,) = run["results"][0]["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "plans/a.yaml"},
        "region": {"startLine": 4, "startColumn": 9},
    }


def test_every_rule_of_a_sarif_result_is_described_with_text() -> None:
    (run,) = sarif(ERROR, WARNING, ERROR)["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len(rules) == 2
    for rule in rules:
        assert all(rule[part]["text"] for part in ("shortDescription", "fullDescription", "help"))
        assert rule["defaultConfiguration"]["level"] in ("error", "warning")


def test_sarif_uris_are_uris() -> None:
    (run,) = sarif(ERROR._replace(file="plans\\a b%.yaml"))["runs"]
    artifact = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact == {"uri": "plans/a%20b%25.yaml"}


def test_the_uri_of_a_file_outside_is_whole() -> None:
    (run,) = sarif(ERROR._replace(file="/srv/a b.yaml"))["runs"]
    artifact = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact == {"uri": "file:///srv/a%20b.yaml"}


def test_sarif_without_a_problem_still_has_results() -> None:
    (run,) = sarif()["runs"]
    assert run["results"] == []


def junit(*problems: Problem) -> ET.Element:
    root = ET.fromstring(written("junit", *problems))  # noqa: S314 - our own
    (suite,) = root
    assert (root.tag, suite.tag) == ("testsuites", "testsuite")
    return suite


def test_junit() -> None:
    suite = junit(ERROR, WARNING)
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("2", "1", "0")
    failed, passed, said = suite
    (failure,), (output,) = failed, passed
    assert failed.get("classname") == "plans/a.yaml"
    assert (failure.tag, failure.get("type"), failure.get("message")) == (
        *("failure", "bad-ref", "no ref"),
    )
    assert failure.text == "plans/a.yaml:4:9: no ref (use digits)"
    assert (output.tag, output.text) == ("system-out", "warning: plans/a.yaml:7:1: no date")
    assert (said.tag, said.text) == ("system-out", "1 error and 1 warning in 1 plan")


def test_the_name_of_a_junit_case_stays_when_lines_move() -> None:
    one = ERROR._replace(plan="a", ref="1.1")
    cases = junit(one, one._replace(line=70), one._replace(ref="1.2"), ERROR).iter("testcase")
    assert [(case.get("classname"), case.get("name")) for case in cases] == [
        ("a", "1.1 bad-ref"),
        ("a", "1.1 bad-ref (2)"),
        ("a", "1.2 bad-ref"),
        ("plans/a.yaml", "bad-ref"),
    ]


def test_junit_without_a_problem_has_a_case_that_passes() -> None:
    case, said = junit()
    assert (case.tag, list(case), said.text) == ("testcase", [], "1 plan, no problem found")


def test_junit_is_xml_whatever_a_file_is_called() -> None:
    problem = ERROR._replace(file="<a>&\"'\x00\x1b\ud800.yaml", message="]]> & <b>\x07")
    case, _ = junit(problem)
    assert case.get("classname") == "<a>&\"'<U+0000><U+001B><U+D800>.yaml"
    assert case[0].get("message") == "]]> & <b><U+0007>"


@pytest.mark.parametrize("form", PROBLEM_FORMATS)
def test_a_file_name_that_is_no_unicode_can_be_reported(form: str) -> None:
    assert "undated" in written(form, WARNING._replace(file="a\udcff.yaml"))


def test_a_file_name_that_is_no_unicode_is_a_uri_of_its_bytes() -> None:
    assert '"uri": "a%FF.yaml"' in written("sarif", WARNING._replace(file="a\udcff.yaml"))
