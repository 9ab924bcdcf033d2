"""How much was found, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jtai_cli.report import Judged


def totals(judged: Judged) -> str:
    """How many errors and warnings there are in how many plans."""
    files = judged.instead or number_of(judged.files, "plan")
    errors = sum(problem.severity == "error" for problem in judged.problems)
    warnings = len(judged.problems) - errors
    if not judged.problems:
        return f"{files}, no problem found"
    kinds = [number_of(number, kind) for number, kind in ((errors, "error"), (warnings, "warning"))]
    found = " and ".join(kind for kind in kinds if not kind.startswith("0 "))
    return f"{found} in {files}"


def number_of(number: int, thing: str) -> str:
    """So many things: "1 plan", "2 breaches"."""
    if number == 1:
        return f"1 {thing}"
    return f"{number:,} {thing}{'es' if thing.endswith('ch') else 's'}"
