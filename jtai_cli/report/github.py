"""Problems as annotations of lines on GitHub, and as the summary of a job there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jtai_cli.plan.problem import visible
from jtai_cli.report.problems import conclusion, whole

if TYPE_CHECKING:
    from jtai_cli.plan.problem import Problem
    from jtai_cli.report import Display, Judged

SUMMARY_ROWS = 100
_SUMMARY_MESSAGE = 500
_GRAVEST = ("error", "warning", "waived")


class _Annotation(NamedTuple):
    """One annotation: `kind` is a word for people, `level` the workflow command."""

    problem: Problem
    kind: str
    level: str
    title: str
    message: str


def render(judged: Judged, _display: Display) -> str:
    """Workflow commands that annotate lines; a total first, as GitHub shows ten of each kind."""
    total = _text("\n".join(conclusion(judged)))
    return "\n".join([f"::notice title=jtai::{total}", *map(_command, _notes(judged)), ""])


def github_summary(judged: Judged) -> str:
    """Markdown for $GITHUB_STEP_SUMMARY: what it comes to, and a table of what was found."""
    # documents and their renderer are needed for nothing else here
    from jtai_cli.report import Answer, Display, markdown
    from jtai_cli.report.cells import Column, Document, Note, Table

    title = "jtai validate" if judged.verdict is None else "jtai check"
    first, *rest = conclusion(judged)
    notes = sorted(_notes(judged), key=lambda note: _GRAVEST.index(note.kind))
    blocks: list[Note | Table] = [Note(sentence) for sentence in rest]
    if notes:
        names = (Column(name) for name in ("Kind", "Rule", "Message"))
        columns = (Column("Plan"), Column("Ref"), Column("Line", "number"), *names)
        rows = tuple(map(_row, notes[:SUMMARY_ROWS]))
        blocks.append(Table("What was found", columns, rows))
    if len(notes) > SUMMARY_ROWS:
        blocks.append(Note(f"And {len(notes) - SUMMARY_ROWS:,} more, not shown here."))
    document = Document(title, first, tuple(blocks))
    return markdown.render(Answer(lambda: document, dict), Display())


def _notes(judged: Judged) -> list[_Annotation]:
    notes = [
        _Annotation(problem, problem.severity, problem.severity, problem.rule, whole(problem))
        for problem in judged.problems
    ]
    if judged.verdict is not None:
        from jtai_cli.report.verdict_text import waived_breach

        for one in judged.verdict.waived:
            title = f"{one.problem.rule} (waived)"
            notes.append(_Annotation(one.problem, "waived", "notice", title, waived_breach(one)))
    return notes


def _command(note: _Annotation) -> str:
    properties = {
        "title": note.title,
        "file": note.problem.file,
        "line": str(note.problem.line),
        "col": str(note.problem.column),
    }
    where = ",".join(f"{name}={_value(value)}" for name, value in properties.items())
    return f"::{note.level} {where}::{_text(note.message)}"


def _text(text: str) -> str:
    return visible(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _value(value: str) -> str:
    return _text(value).replace(":", "%3A").replace(",", "%2C")


def _row(note: _Annotation) -> tuple[str | int | None, ...]:
    problem, message = note.problem, note.message
    if len(message) > _SUMMARY_MESSAGE:
        message = f"{message[: _SUMMARY_MESSAGE - 1]}…"
    plan = problem.plan or problem.file
    return plan, problem.ref, problem.line, note.kind, problem.rule, message
