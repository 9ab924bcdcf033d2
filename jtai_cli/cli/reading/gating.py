"""What the gate finds in plan files, which of them it can't judge, and what stood before."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from jtai_cli.cli.reading.plans import texts
from jtai_cli.cli.reading.soundness import Checked, checked, problems_of, read_text
from jtai_cli.cli.reading.workers import map_in_order
from jtai_cli.facts.gate import Before, Gated, gate
from jtai_cli.plan.document import with_lines
from jtai_cli.plan.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from jtai_cli.cli.reading.project import Project
    from jtai_cli.facts.verdict import Terms
    from jtai_cli.plan.load import Read


class JudgedFile(NamedTuple):
    """What is kept of one file: whether it is sound, and what the gate finds in it if it is."""

    checked: Checked
    gated: Gated | None


def judge_files(paths: Sequence[Path], terms: Terms) -> list[JudgedFile]:
    """Read each file once, and judge what is sound."""
    return list(map_in_order(partial(_judge, terms=terms), paths))


def _judge(path: Path, terms: Terms) -> JudgedFile:
    ((name, text),) = texts([path])
    return _judged(name, text, terms)


def _judged(name: str, text: bytes | Problem, terms: Terms) -> JudgedFile:
    """What is kept of a file, each breach with its line."""
    read = read_text(name, text)
    judged = JudgedFile(checked(name, read), _gated(read, terms))
    # let go of first: lines are quicker made in the room that a plan leaves than beside it
    del read
    gated = judged.gated
    if gated is None or not gated.breaches or isinstance(text, Problem):
        return judged
    return judged._replace(gated=gated._replace(breaches=with_lines(gated.breaches, text)))


def _gated(read: Read, terms: Terms) -> Gated | None:
    """What the gate finds in a plan; None for one that is not sound."""
    if read.loaded is None:
        return None
    return gate(read.loaded, read.problems, terms.policy, terms.as_of)


def judge_texts(texts: Mapping[str, bytes | Problem], terms: Terms) -> list[JudgedFile]:
    """Judge what is sound among texts, by the names of their files."""
    return [_judged(name, text, terms) for name, text in texts.items()]


def errors_in(
    files: Sequence[JudgedFile], others: Iterable[tuple[str, str | None]]
) -> list[Problem]:
    """What keeps plans from being judged; there must be something to judge in each.

    `others` are the names and ids of plans that stand beside them and are not judged.
    """
    problems = problems_of((one.checked for one in files), others)
    errors = [problem for problem in problems if problem.severity == "error"]
    message = "there is no action in this plan, so nothing can be judged"
    hint = "write its actions, or close it with 'closed:' and the day"
    return errors + [
        Problem(one.checked.name, 1, 1, "no-actions", "error", message, hint, plan=one.gated.plan)
        for one in files
        if one.gated and not one.gated.actions and not one.gated.closed
    ]


def stood_before(
    revision: str, project: Project, paths: Sequence[Path], terms: Terms, gated: Sequence[Gated]
) -> Before:
    """The breaches that stood at a revision already, judged as of the same day.

    Raises:
        NothingToJudge: there is no such revision, or no repository to look for it in.
    """
    # slow to import, and only an edit needs it
    from jtai_cli.cli.reading.since import edit_since
    from jtai_cli.cli.reading.versions import Asked, repository, start_of

    asked = Asked(paths, every=terms.every_plan)
    with repository(start_of(project, asked), revision) as found:
        edit = edit_since(found, project, asked)
    same = [breach for one in gated if one.file not in edit.new for breach in one.breaches]
    for name, text in edit.old.items():
        then = _gated(read_text(name, text), terms)
        same += then.breaches if then else ()
    return Before(revision, same)
