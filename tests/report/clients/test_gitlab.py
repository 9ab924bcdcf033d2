"""Code quality reports, against a schema of what GitLab reads: it publishes none in a package."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from jtai_cli.report import PROBLEM_FORMATS, Display, Judged

SCHEMA = json.loads(Path(__file__).with_name("code-quality.schema.json").read_bytes())
VALIDATOR = Draft202012Validator(SCHEMA)


def report(judged: Judged) -> Any:
    return json.loads(PROBLEM_FORMATS["gitlab"](judged, Display()))


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_every_report_is_one_that_gitlab_reads(judged: Judged) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(report(judged))] == []


def test_gitlab_keeps_one_issue_of_each_fingerprint_so_all_are_different(judged: Judged) -> None:
    issues = report(judged)
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)


@pytest.mark.parametrize("key", ["description", "fingerprint", "severity", "location"])
def test_an_issue_without_what_gitlab_asks_for_would_be_refused(key: str) -> None:
    issue = {
        "description": "d",
        "check_name": "undated",
        "fingerprint": "0" * 32,
        "severity": "minor",
        "location": {"path": "plans/p.yaml", "lines": {"begin": 1}},
    }
    assert VALIDATOR.is_valid([issue])
    del issue[key]
    assert not VALIDATOR.is_valid([issue])
