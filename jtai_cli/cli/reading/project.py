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

    from jtai_cli.git import Repository
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


def path_of_policy(found: Repository, project: Project) -> str:
    """Where the policy stands in a repository, stood in its commit, or would stand."""
    if project.config_path is not None:
        return found.path_of(project.config_path) or files.CONFIG
    for place in project.looked_in:
        path = found.path_of(place / files.CONFIG)
        if path and found.commit and found.entry(found.commit, path):
            return path
    return files.CONFIG


def folders_on_disk(found: Repository, project: Project) -> list[str]:
    """The folder of plans, by its path in a repository, if there is one."""
    folder = found.path_of(project.folder) if project.folder else None
    return [] if folder is None else [folder]


def folders_by(found: Repository, project: Project, policy: bytes | Problem | None) -> list[str]:
    """Where a policy that git has puts the plans; without one, wherever they are looked for."""
    if not isinstance(policy, bytes):
        looked_in = (found.path_of(place / files.FOLDER) for place in project.looked_in)
        return [folder for folder in looked_in if folder is not None] or [files.FOLDER]
    from jtai_cli.plan.config import load_config

    path = path_of_policy(found, project)
    read = load_config(path, policy).policy
    folder = Path(path).parent / (read.plans if read else files.FOLDER)
    return ["" if folder == Path() else folder.as_posix()]
