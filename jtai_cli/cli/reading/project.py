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

    `config` and its path are None where there is no jtai.yaml; a faulty one leaves no folder. Of
    several above each other the one furthest up is it, and `passed` are those nearer by.
    """

    folder: Path | None
    looked_in: tuple[Path, ...]
    config: Config | None = None
    config_path: Path | None = None
    passed: frozenset[Path] = frozenset()

    @property
    def policy(self) -> Policy:
        """The policy; the default one where none is written or it is faulty."""
        from jtai_cli.plan.config import Policy

        return (self.config and self.config.policy) or Policy()


@cache
def project_of(start: Path) -> Project:
    """The project that a directory lies in."""
    *passed, path = files.find_configs(start) or (None,)
    if path is None:
        search = files.find_folder(start)
        return Project(search.found, search.looked_in)
    config = read_config(files.from_here(path))
    folder = path.parent / config.policy.plans if config.policy else None
    found = folder if folder and files.is_folder(folder) else None
    return Project(found, (path.parent,), config, path, frozenset(filter(None, passed)))


def read_config(path: Path) -> Config:
    """Read a policy file; one that can't be read is faulty."""
    from jtai_cli.plan.config import Config, load_config
    from jtai_cli.plan.source import MAX_BYTES

    name = path.as_posix()
    content = files.read_own(path, MAX_BYTES)
    if isinstance(content, files.Unreadable):
        message = f"this file can't be read: {content.reason}"
        hint = content.hint or "check what it is, and who may read it"
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
    projects = [project_of(folder) for folder in folders]
    found = {project.config_path: project for project in projects}
    if len(found) > 1:
        names = sorted(visible(str(path)) if path else "no policy" for path in found)
        raise NothingToJudge(
            f"these plans are judged by different policies ({', '.join(names)}): "
            "name those of one at a time"
        )
    passed = frozenset[Path]().union(*(project.passed for project in projects))
    return next(iter(found.values()), Project(None, ()))._replace(passed=passed)


def second_policies(project: Project) -> list[Problem]:
    """The problems of policy files that do not count, where commands might be run.

    They stand below the one that counts, or among the plans.
    """
    path, folder = project.config_path, project.folder
    if path is None:
        found = files.configs_below(folder, folder.parent) if folder else []
        return [misplaced_policy(files.from_here(one).as_posix()) for one in found]
    if path.parent.name == files.FOLDER and not files.is_there(path.parent / ".git"):
        return [misplaced_policy(files.from_here(path).as_posix())]
    below = files.configs_below(folder, path.parent) if folder else []
    others = sorted({*project.passed, *below})
    names = [files.from_here(one).as_posix() for one in others if not files.same(one, path)]
    return [second_policy(name, files.from_here(path).as_posix()) for name in names]


def misplaced_policy(name: str) -> Problem:
    """The problem of a policy file among the plans, which counts for nobody who is not there."""
    message = "this policy does not count: it stands among the plans, where nobody looks for it"
    hint = "move it up, to stand beside the folder of plans, or delete it"
    return Problem(name, 1, 1, "second-policy", "error", message, hint)


def second_policy(name: str, law: str) -> Problem:
    """The problem of a policy file below another one, which counts."""
    message = f"this policy does not count: it stands below {visible(law)}, which does"
    hint = f"write what is to hold into {visible(law)}, and delete this file"
    return Problem(name, 1, 1, "second-policy", "error", message, hint)


def refuse_bad_policy(project: Project, *, also_second: bool = True) -> None:
    """Refuse to go on without knowing what the policy says, or which of several.

    Raises:
        NothingToJudge: the policy has an error; the message lists all of its problems.
    """
    config, second = project.config, second_policies(project) if also_second else []
    errors = [one for one in config.problems if one.severity == "error"] if config else []
    if errors or second:
        from jtai_cli.report import PROBLEM_FORMATS, Display, Judged

        listed = PROBLEM_FORMATS["text"](Judged(errors + second, 0), Display(width=120))
        names = " and ".join(dict.fromkeys(visible(one.file) for one in errors or second))
        done = "mended" if errors else "gone"
        raise NothingToJudge(
            f"{listed.rpartition(chr(10) * 2)[0]}\n\nnothing is judged before {names} is {done}"
        )


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
