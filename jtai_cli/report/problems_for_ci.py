"""Problems in the formats that continuous integration reads."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from jtai_cli import __version__
from jtai_cli.plan.explanations import EXPLANATIONS
from jtai_cli.plan.problem import visible
from jtai_cli.report.problems import totals

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jtai_cli.plan.problem import Problem
    from jtai_cli.report import Display, Judged

_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def github(judged: Judged, _display: Display) -> str:
    """Workflow commands that annotate lines; a total first, as GitHub shows ten of each kind."""
    lines = [f"::notice title=jtai::{_github_text(totals(judged))}"]
    for problem in judged.problems:
        properties: dict[str, str | int] = {
            "file": problem.file,
            "line": problem.line,
            "col": problem.column,
            "title": problem.rule,
        }
        where = ",".join(f"{name}={_github_value(value)}" for name, value in properties.items())
        lines.append(f"::{problem.severity} {where}::{_github_text(_whole(problem))}")
    return "\n".join(lines) + "\n"


def _github_text(text: str) -> str:
    return visible(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _github_value(value: str | int) -> str:
    return _github_text(str(value)).replace(":", "%3A").replace(",", "%2C")


def gitlab(judged: Judged, _display: Display) -> str:
    """A code quality report."""
    issues = [
        {
            "description": _whole(problem),
            "check_name": problem.rule,
            "fingerprint": fingerprint,
            "severity": "major" if problem.severity == "error" else "minor",
            "location": {"path": problem.file, "lines": {"begin": problem.line}},
        }
        for problem, fingerprint in _fingerprints(judged.problems)
    ]
    return json.dumps(issues, indent=2, ensure_ascii=False) + "\n"


def sarif(judged: Judged, _display: Display) -> str:
    """SARIF 2.1.0, with the meaning of each rule that was broken."""
    used = sorted({problem.rule for problem in judged.problems})
    driver = {
        "name": "jtai",
        "version": __version__,
        "rules": [_sarif_rule(name) for name in used],
    }
    results = [
        _sarif_result(problem, fingerprint)
        for problem, fingerprint in _fingerprints(judged.problems)
    ]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    log = {"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _sarif_rule(name: str) -> dict[str, Any]:
    explanation = EXPLANATIONS[name]
    return {
        "id": name,
        "shortDescription": {"text": explanation.meaning},
        "fullDescription": {"text": f"{explanation.meaning} {explanation.reason}"},
        "help": {"text": explanation.mending},
        "defaultConfiguration": {"level": explanation.severity},
    }


def _sarif_result(problem: Problem, fingerprint: str) -> dict[str, Any]:
    region = {"startLine": problem.line, "startColumn": problem.column}
    artifact = {"uri": quote(problem.file.replace("\\", "/"), errors="surrogateescape")}
    return {
        "ruleId": problem.rule,
        "level": problem.severity,
        "message": {"text": _whole(problem)},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
        "partialFingerprints": {"jtai/v1": fingerprint},
    }


def junit(judged: Judged, _display: Display) -> str:
    """A test suite with a failed case for each error; warnings are written to its output."""
    cases = [_junit_case(problem) for problem in judged.problems]
    errors = sum(problem.severity == "error" for problem in judged.problems)
    if not cases:
        cases = ['    <testcase classname="jtai" name="validate"/>']
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<testsuites name="jtai" tests="{len(cases)}" failures="{errors}">',
            f'  <testsuite name="jtai" tests="{len(cases)}" failures="{errors}" errors="0">',
            *cases,
            "  </testsuite>",
            "</testsuites>",
            "",
        ]
    )


def _junit_case(problem: Problem) -> str:
    place = f"{visible(problem.file)}:{problem.line}:{problem.column}"
    name = quoteattr(f"{problem.rule} at {place}")
    what, body = quoteattr(problem.message), escape(f"{place}: {_whole(problem)}")
    if problem.severity == "error":
        inner = f"<failure type={quoteattr(problem.rule)} message={what}>{body}</failure>"
    else:
        inner = f"<system-out>warning: {body}</system-out>"
    return (
        f"    <testcase classname={quoteattr(visible(problem.file))} name={name}>{inner}</testcase>"
    )


def _whole(problem: Problem) -> str:
    return f"{problem.message} ({problem.hint})" if problem.hint else problem.message


def _fingerprints(problems: Iterable[Problem]) -> Iterable[tuple[Problem, str]]:
    """Each problem with a name of its own that stays when lines move."""
    seen: dict[str, int] = {}
    for problem in problems:
        key = "\0".join((problem.file, problem.rule, problem.message, problem.value or ""))
        seen[key] = seen.get(key, 0) + 1
        digest = hashlib.sha256(f"{key}\0{seen[key]}".encode(errors="replace"))
        yield problem, digest.hexdigest()[:32]
