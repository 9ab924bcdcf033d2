"""Problems as a log in SARIF 2.1.0."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from jtai_cli import __version__
from jtai_cli.plan.explanations import EXPLANATIONS
from jtai_cli.report.fingerprints import fingerprints
from jtai_cli.report.problems import conclusion, whole

if TYPE_CHECKING:
    from jtai_cli.facts.verdict import Waived
    from jtai_cli.plan.problem import Problem
    from jtai_cli.report import Display, Judged

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render(judged: Judged, _display: Display) -> str:
    """The log of one run, with the meaning of each rule that was broken.

    A waived breach is a suppressed result. What the verdict comes to is a notification of the tool.
    """
    waived = judged.verdict.waived if judged.verdict else []
    problems = [*judged.problems, *(one.problem for one in waived)]
    results = [_result(*each) for each in zip(problems, fingerprints(problems), strict=True)]
    run: dict[str, Any] = {"tool": {"driver": _driver(problems)}}
    if judged.verdict is not None:
        run["invocations"] = [_invocation(judged)]
        _suppress(results, waived)
    run |= {"columnKind": "unicodeCodePoints", "results": results}
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _driver(problems: list[Problem]) -> dict[str, Any]:
    used = sorted({problem.rule for problem in problems})
    return {"name": "jtai", "version": __version__, "rules": [_rule(name) for name in used]}


def _rule(name: str) -> dict[str, Any]:
    explanation = EXPLANATIONS[name]
    return {
        "id": name,
        "shortDescription": {"text": explanation.meaning},
        "fullDescription": {"text": f"{explanation.meaning} {explanation.reason}"},
        "help": {"text": explanation.mending},
        "defaultConfiguration": {"level": explanation.severity},
    }


def _invocation(judged: Judged) -> dict[str, Any]:
    said = [{"level": "note", "message": {"text": sentence}} for sentence in conclusion(judged)]
    return {"executionSuccessful": True, "toolExecutionNotifications": said}


def _result(problem: Problem, fingerprint: str) -> dict[str, Any]:
    region = {"startLine": problem.line, "startColumn": problem.column}
    artifact = {"uri": _uri(problem.file)}
    return {
        "ruleId": problem.rule,
        "level": problem.severity,
        "message": {"text": whole(problem)},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
        "partialFingerprints": {"planRefRule/v1": fingerprint},
    }


def _uri(file: str) -> str:
    path = quote(file.replace("\\", "/"), errors="surrogateescape")
    return f"file://{path}" if path.startswith("/") else path


def _suppress(results: list[dict[str, Any]], waived: list[Waived]) -> None:
    """Say of every result whether it is suppressed, as a run may not say it of some only."""
    from jtai_cli.report.verdict_text import waiver

    kept = len(results) - len(waived)
    for result in results[:kept]:
        result["suppressions"] = []
    for result, one in zip(results[kept:], waived, strict=True):
        # for readers that know nothing of suppressions
        result["level"] = "note"
        how = {"kind": "external", "status": "accepted", "justification": waiver(one)}
        result["suppressions"] = [how]
