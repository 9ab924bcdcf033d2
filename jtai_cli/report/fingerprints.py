"""Names of problems that stay: how other services tell a known problem from a new one."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jtai_cli.plan.problem import Problem


def fingerprints(problems: Iterable[Problem]) -> list[str]:
    """A name for each problem, none of them twice.

    It is made of the plan (of the file only where the plan is not known), the ref, the rule, the
    value, and the number among problems that share all those. So it stays when lines move, when
    a file is renamed, and from day to day: messages, which may count days or name lines, are not
    part of it.
    """
    before: Counter[tuple[str | None, ...]] = Counter()
    return [_digest(_what(problem), before) for problem in problems]


def _what(problem: Problem) -> tuple[str | None, ...]:
    file = problem.file if problem.plan is None else None
    return problem.plan, file, problem.ref, problem.rule, problem.value


def _digest(what: tuple[str | None, ...], before: Counter[tuple[str | None, ...]]) -> str:
    before[what] += 1
    text = json.dumps([*what, before[what]])
    return hashlib.sha256(text.encode()).hexdigest()[:32]
