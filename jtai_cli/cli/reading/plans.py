"""Finding and reading the plans that a command is asked about."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from jtai_cli import files
from jtai_cli.cli.reading.project import NothingToJudge, project_of, refuse_bad_policy
from jtai_cli.plan.problem import Problem, did_you_mean, quoted, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from jtai_cli.cli.reading.project import Project
    from jtai_cli.plan.load import Loaded
    from jtai_cli.plan.model import Plan

    Known = Callable[[bytes], Plan | None]

EMPTY_NAME = "the name of a plan is empty; without any name, all plans are meant"


def plan_paths(plans: Sequence[str]) -> list[Path]:
    """The plan files that are meant, each once, in the order given.

    A name of nothing is given back as a path, to be a problem among the others.

    Raises:
        NothingToJudge: nothing that is meant can be found.
    """
    if not plans:
        return _all_plans()
    if not all(plans):
        raise NothingToJudge(EMPTY_NAME)
    paths = _each_once(path for name in plans for path in _meant(name))
    if not any(files.is_there(path) and not _is_empty(path) for path in paths):
        raise NothingToJudge("; ".join(_nothing(name) for name in plans))
    return paths


def _each_once(paths: Iterable[Path]) -> list[Path]:
    """Under whatever names a file is found, it is one plan."""
    found: dict[str, Path] = {}
    for path in paths:
        found.setdefault(files.real(path), path)
    return list(found.values())


def _is_empty(path: Path) -> bool:
    return files.is_folder(path) and not files.plan_files(path)


def _meant(name: str) -> list[Path]:
    """The files that a name stands for: a file, those of a folder, or that of a plan id."""
    path = Path(name)
    if files.is_folder(path):
        return files.plan_files(path) or [path]
    if files.is_there(path):
        return [path]
    return [_files_by_id().get(name, path)]


def _nothing(name: str) -> str:
    if files.is_folder(Path(name)):
        return f"the folder {quoted(name)} has no .yaml file in it"
    hint = did_you_mean(name, _files_by_id())
    said = f"{quoted(name)} is neither a file, a folder nor the id of a plan"
    return f"{said}; {hint}" if hint else said


@cache
def _files_by_id() -> dict[str, Path]:
    """The plan files found from here, by the ids that stand in them, faulty plans too."""
    here = files.here()
    folder = project_of(here).folder if here else None
    if folder is None:
        return {}
    ids = _ids_in([files.from_here(path) for path in files.plan_files(folder)])
    return {plan_id: Path(name) for name, plan_id in reversed(list(ids)) if plan_id}


def _all_plans() -> list[Path]:
    here = files.here()
    if here is None:
        raise NothingToJudge("no plan found: the working directory is gone")
    project = project_of(here)
    refuse_bad_policy(project, also_second=False)
    if project.folder is None:
        raise NothingToJudge(_no_folder(project))
    paths = _each_once(files.plan_files(files.from_here(project.folder)))
    if not paths:
        folder = visible(str(project.folder))
        raise NothingToJudge(f"no plan found: the folder {folder} has no .yaml file in it")
    return paths


def _no_folder(project: Project) -> str:
    if project.config and project.config.policy:
        file, folder = visible(str(project.config.file)), quoted(project.config.policy.plans)
        return f"no plan found: {file} says that they are in {folder}, which is not there"
    looked_in = ", ".join(visible(str(directory)) for directory in project.looked_in)
    return (
        f"no plan found: there is no folder '{files.FOLDER}' in {looked_in}. "
        "Go to the folder that holds it, name a plan (jtai status path/to/plan.yaml), or begin "
        "with a first plan here: jtai init"
    )


def other_ids(paths: Sequence[Path]) -> Iterator[tuple[str, str | None]]:
    """The names and plan ids of the plans that stand in one folder with these, and are not these.

    An id must be the only one of its repository, whichever of its plans are looked at.
    """
    given = {files.real(path) for path in paths}
    parents = {Path(path).parent for path in given}
    for folder in sorted({found for one in parents if (found := project_of(one).folder)}):
        if any(parent.is_relative_to(folder) for parent in parents):
            every = files.plan_files(folder)
            others = [path for path in every if files.real(path) not in given]
            yield from _ids_in([files.from_here(path) for path in others])


def _ids_in(paths: Sequence[Path]) -> Iterator[tuple[str, str | None]]:
    from jtai_cli.plan.ids import id_in

    for name, text in texts(paths):
        if isinstance(text, bytes):
            yield name, id_in(text)


def texts(paths: Sequence[Path]) -> Iterator[tuple[str, bytes | Problem]]:
    """The name of each file, as messages show it, with its bytes or the problem of reading it."""
    from jtai_cli.plan.source import MAX_BYTES

    for path in paths:
        name = path.as_posix()
        content = files.read_own(path, MAX_BYTES)
        if isinstance(content, files.Unreadable):
            message = f"this file can't be read: {content.reason}"
            hint = content.hint or "check its name, and who may read it"
            yield name, Problem(name, 1, 1, "unreadable-file", "error", message, hint)
        else:
            yield name, content


def load_plans(plans: Sequence[str], known: Known | None = None) -> Loaded:
    """Read the plans that are meant; a file that can't be read is one of the problems.

    A text that is `known` as a sound plan is not judged again.
    """
    from jtai_cli.plan.load import Loaded, load

    found = list(texts(plan_paths(plans)))
    loaded = load({name: text for name, text in found if isinstance(text, bytes)}, known)
    unreadable = [problem for _, problem in found if isinstance(problem, Problem)]
    order = {name: number for number, (name, _) in enumerate(found)}
    problems = [*loaded.problems, *unreadable]
    problems.sort(key=lambda problem: order[problem.file])
    return Loaded(loaded.plans, tuple(problems))


def refuse_nothing(loaded: Loaded) -> None:
    """Refuse to call plans fine in which there is nothing to judge.

    Raises:
        NothingToJudge: plans were read, and none of them has an action.
    """
    plans = [one.plan for one in loaded.plans]
    if plans and not any(objective.actions for plan in plans for objective in plan.objectives):
        names = ", ".join(plan.id for plan in plans)
        raise NothingToJudge(f"nothing to judge: there is no action in {names}")
