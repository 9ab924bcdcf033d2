"""Commits, and what could not be read at some of them, in words and as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jtai_cli.plan.problem import visible
from jtai_cli.report.cells import Note, in_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jtai_cli.facts.gaps import GapSpan
    from jtai_cli.facts.moments import Revision
    from jtai_cli.report.data import Data

NOT_COMMITTED = "not committed yet"


def commit_in_short(revision: Revision) -> str:
    """The commit by its first twelve digits, or that there is none yet."""
    return revision.commit[:12] if revision.commit else NOT_COMMITTED


def commit_of_day(revision: Revision) -> str:
    """The commit and its day: "9c3f21d0ab12 of 7 August 2025"."""
    if revision.commit is None:
        return NOT_COMMITTED
    return f"{revision.commit[:12]} of {in_words(revision.day)}"


_TOLD_LATER = "What changed in that time counts from the commit that could be read again."


def gap_notes(gaps: Iterable[GapSpan], then: str = _TOLD_LATER) -> tuple[Note, ...]:
    """A sentence for each plan file that did not load for a while: which, when and why.

    Another says what the command does about it.
    """
    return tuple(Note(_with(span, then), strong=True) for span in gaps)


def _with(span: GapSpan, then: str) -> str:
    if then == _TOLD_LATER and span.until is None:
        return _gap(span)
    return f"{_gap(span)} {then}"


def _gap(span: GapSpan) -> str:
    file, _, since, problem = span.gap
    where = f"line {problem.line}: {problem.message} [{problem.rule}]"
    if since.commit is None:
        return f"{visible(file)} can't be read as it is on disk ({where})."
    return (
        f"{visible(file)} could not be read from {commit_of_day(since)} {_until(span)} ({where})."
    )


def _until(span: GapSpan) -> str:
    if span.until is None:
        return "to the end"
    return f"until {commit_of_day(span.until) if span.until.commit else 'it was mended on disk'}"


def revision_data(revision: Revision) -> Data:
    """A commit as data; its hash is null for what is not committed yet."""
    return {"commit": revision.commit, "date": revision.day.isoformat()}


def gaps_data(gaps: Iterable[GapSpan]) -> list[Data]:
    """The gaps as data, `until` null where a plan does not load in the end."""
    return [
        {
            "file": span.gap.file,
            "plan": span.gap.plan_id,
            "since": revision_data(span.gap.since),
            "until": revision_data(span.until) if span.until else None,
            "line": span.gap.problem.line,
            "rule": span.gap.problem.rule,
            "message": span.gap.problem.message,
        }
        for span in gaps
    ]
