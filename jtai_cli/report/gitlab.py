"""Problems as GitLab's code quality report."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from jtai_cli.report.fingerprints import fingerprints
from jtai_cli.report.problems import whole

if TYPE_CHECKING:
    from jtai_cli.plan.problem import Problem
    from jtai_cli.report import Display, Judged

_SEVERITIES = {"error": "major", "warning": "minor"}
_WAIVED = "info"


def render(judged: Judged, _display: Display) -> str:
    """A list of issues; a waived breach is there for information."""
    found = [(each, whole(each), _SEVERITIES[each.severity]) for each in judged.problems]
    if judged.verdict is not None:
        from jtai_cli.report.verdict_text import waived_breach

        found += [(each.problem, waived_breach(each), _WAIVED) for each in judged.verdict.waived]
    names = fingerprints(problem for problem, _, _ in found)
    issues = [_issue(*each, name) for each, name in zip(found, names, strict=True)]
    return json.dumps(issues, indent=2, ensure_ascii=False) + "\n"


def _issue(problem: Problem, description: str, severity: str, fingerprint: str) -> dict[str, Any]:
    return {
        "description": description,
        "check_name": problem.rule,
        "fingerprint": fingerprint,
        "severity": severity,
        "location": {"path": problem.file, "lines": {"begin": problem.line}},
    }
