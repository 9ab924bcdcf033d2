"""Test reports, read by `junitparser`, and against the schema that Jenkins checks them by.

`JTAI_JUNIT_XSD` names the schema: `junit-10.xsd` of Jenkins' xUnit plugin.
"""

import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import xmlschema
from hypothesis import given
from hypothesis import strategies as st
from junitparser import Error, Failure, JUnitXml, Skipped, TestCase, TestSuite

from jtai_cli.plan.problem import Problem, visible
from jtai_cli.report import PROBLEM_FORMATS, Display, Judged

Client = Callable[[str], Path]
Samples = Mapping[str, Judged]


@pytest.fixture(scope="session")
def schema(client: Client) -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(client("JTAI_JUNIT_XSD"))


def written(judged: Judged) -> str:
    return PROBLEM_FORMATS["junit"](judged, Display())


def suite_of(judged: Judged) -> TestSuite:
    (suite,) = JUnitXml.fromstring(written(judged).encode())
    assert isinstance(suite, TestSuite)
    return suite


def test_every_report_is_as_the_schema_says(schema: xmlschema.XMLSchema, judged: Judged) -> None:
    schema.validate(written(judged))


def test_the_schema_does_refuse(schema: xmlschema.XMLSchema, samples: Samples) -> None:
    assert not schema.is_valid(written(samples["failed"]).replace(' errors="0"', ""))


def test_what_is_counted_is_there(judged: Judged) -> None:
    report = JUnitXml.fromstring(written(judged).encode())
    suite = suite_of(judged)
    found = Counter(type(result) for case in suite for result in case.result)
    expected = (len(list(suite)), found[Failure], found[Error])
    assert [(one.tests, one.failures, one.errors) for one in (report, suite)] == [expected] * 2
    assert suite.skipped == found[Skipped]


def test_gitlab_keeps_one_case_of_each_name_so_all_are_different(judged: Judged) -> None:
    names = [(case.classname, case.name) for case in suite_of(judged)]
    assert len(set(names)) == len(names)


def outcomes(judged: Judged) -> dict[str, type]:
    return {
        f"{case.classname}: {case.name}": type(case.result[0]) if case.result else TestCase
        for case in suite_of(judged)
    }


def test_a_gate_that_fails(samples: Samples) -> None:
    assert outcomes(samples["failed"]) == {
        "jtai.yaml: unmatched-waiver": TestCase,
        "p: 2.2 overdue-red": Failure,
        "p: 2.2 no-owner": Failure,
        "p: 2.3 overdue-red": Skipped,
        "old-plan: closed": Skipped,
    }


def test_a_gate_that_passes(samples: Samples) -> None:
    assert outcomes(samples["passed"]) == {"jtai: check": TestCase}
    assert outcomes(samples["valid"]) == {"jtai: validate": TestCase}


def test_why_a_breach_is_waived(samples: Samples) -> None:
    (waived,) = (case for case in suite_of(samples["failed"]) if case.name == "2.3 overdue-red")
    (skipped,) = waived.result
    why = "waived until 2025-09-30: the contract is being retendered "
    why += "(agreed: improvement board, minute 7)"
    assert skipped.message == why
    assert skipped.text == f"plans/p.yaml:70:14: 2.3 is 7 days overdue; {why}"


@given(st.text(st.characters(exclude_characters="\r\n\t")), st.sampled_from(["error", "warning"]))
def test_any_text_comes_out_as_it_is_shown(text: str, severity: str) -> None:
    problem = Problem(text, 1, 2, "undated", "error", text, text)
    if severity == "warning":
        problem = problem._replace(severity="warning")
    ((case, _),) = ET.fromstring(written(Judged([problem], 1)).encode())  # noqa: S314 - our own
    assert case.get("classname") == visible(text)
    body = f"{visible(text)}:1:2: {visible(text)}"
    body += f" ({visible(text)})" if text else ""
    assert case[0].text == (body if severity == "error" else f"warning: {body}")
