"""Where the plans are, and by which policy they are judged."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from jtai_cli import files
from jtai_cli.plan.problem import Problem, visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jtai_cli.plan.config import Config, Policy


class NothingToJudge(click.ClickException):
    """What is asked for is not there; how the command is used has no part in it."""

    exit_code = 2


class Project(NamedTuple):
    """The folder of plans, None where there is none, and where it was looked for; the policy.

    `config` and its path are None where there is no jtai.yaml; a faulty one leaves no folder.
    """

    folder: Path | None
    looked_in: tuple[Path, ...]
    config: Config | None = None
    config_path: Path | None = None

    @property
    def policy(self) -> Policy:
        """The policy; the default one where none is written or it is faulty."""
        from jtai_cli.plan.config import Policy

        return (self.config and self.config.policy) or Policy()


@cache
def project_of(start: Path) -> Project:
    """The project that a directory lies in."""
    path = files.find_config(start)
    if path is None:
        search = files.find_folder(start)
        return Project(search.found, search.looked_in)
    config = read_config(files.from_here(path))
    folder = path.parent / config.policy.plans if config.policy else None
    found = folder if folder and files.is_folder(folder) else None
    return Project(found, (path.parent,), config, path)


def read_config(path: Path) -> Config:
    """Read a policy file; one that can't be read is faulty."""
    from jtai_cli.plan.config import Config, load_config
    from jtai_cli.plan.source import MAX_BYTES

    name = path.as_posix()
    content = files.read(path, MAX_BYTES)
    if isinstance(content, files.Unreadable):
        message = f"this file can't be read: {content.reason}"
        hint = "check what it is, and who may read it"
        problem = Problem(name, 1, 1, "unreadable-file", "error", message, hint)
        return Config(None, (problem,), name)
    return load_config(name, content)


def project_of_plans(paths: Iterable[Path]) -> Project:
    """The project that all of these plans lie in, or that of the working directory for none.

    Raises:
        NothingToJudge: they are judged by different policies.
    """
    folders = {Path(files.real(path)).parent for path in paths}
    here = files.here()
    if not folders and here is not None:
        folders = {here}
    found = {project_of(folder).config_path: project_of(folder) for folder in folders}
    if len(found) > 1:
        names = sorted(visible(str(path)) if path else "no policy" for path in found)
        raise NothingToJudge(
            f"these plans are judged by different policies ({', '.join(names)}): "
            "name those of one at a time"
        )
    return next(iter(found.values()), Project(None, ()))


def refuse_bad_policy(project: Project) -> None:
    """Refuse to go on without knowing what the policy says.

    Raises:
        NothingToJudge: the policy has an error; the message lists all of its problems.
    """
    if project.config is not None and project.config.policy is None:
        from jtai_cli.report import PROBLEM_FORMATS, Display, Judged

        errors = [one for one in project.config.problems if one.severity == "error"]
        listed = PROBLEM_FORMATS["text"](Judged(errors, 0), Display(width=120)).rpartition("\n\n")
        name = visible(project.config.file or files.CONFIG)
        raise NothingToJudge(f"{listed[0]}\n\nnothing is judged before {name} is mended")
