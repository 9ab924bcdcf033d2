"""One rule, in words: what stands behind the name in brackets after a message."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from jtai_cli.plan.problem import Severity


class Explanation(NamedTuple):
    """What a rule means, why it matters, and how to mend what breaks it."""

    severity: Severity
    meaning: str
    reason: str
    mending: str


def an_error(meaning: str, reason: str, mending: str) -> Explanation:
    """A rule whose breach is an error."""
    return Explanation("error", meaning, reason, mending)


def a_warning(meaning: str, reason: str, mending: str) -> Explanation:
    """A rule whose breach is a warning."""
    return Explanation("warning", meaning, reason, mending)
