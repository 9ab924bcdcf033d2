"""jtai init: what a repository needs before plans can be kept and judged in it."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import textwrap
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from jtai_cli import __version__, files
from jtai_cli.cli import COULD_NOT_JUDGE
from jtai_cli.cli.inputs import as_of_option
from jtai_cli.cli.reading.project import NothingToJudge
from jtai_cli.cli.request import today
from jtai_cli.cli.writing.output import complain, write
from jtai_cli.cli.writing.starter import CI, HOOKS, Part, parts_of
from jtai_cli.plan.problem import visible

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

NARROWEST, WIDEST = 40, 100

# a quote or $ could end the text that the requirement is put into, in YAML or in a shell
_NOT_IN_A_REQUIREMENT = frozenset("'\"`$")
_PASSWORD = re.compile(r"//[^/@]*:[^/@]*@")


class _Outcome(NamedTuple):
    """What became of the parts: made, there already, or why it could not be made."""

    made: list[Part]
    left: list[Part]
    refused: list[str]


def _requirement(context: click.Context, _option: click.Parameter, given: str | None) -> str | None:
    """What pip is to install, if it can stand in YAML and in a shell and mean there what it says.

    Raises:
        click.BadParameter: it can't.
    """
    if given is None or context.resilient_parsing:
        return None
    requirement = given.strip()
    marks = sorted(_NOT_IN_A_REQUIREMENT.intersection(requirement))
    if not requirement:
        why = "it is empty"
    elif not requirement.isprintable():
        why = "it has a line break or a character in it that can't be seen"
    elif requirement.startswith("-"):
        why = "it begins with -, so pip would take it for an option"
    elif marks:
        why = f"it has {' and '.join(marks)} in it, which a shell or YAML would take for its own"
    elif _PASSWORD.search(requirement):
        why = "it has a password in it, which everybody who sees the repository could read"
    else:
        return requirement
    raise click.BadParameter(
        f"{why}; name a package such as jtai=={__version__}, a wheel, or git+https://…"
    )


@click.command("init", epilog="Example: jtai init --ci gitlab")
@click.option(
    "--ci",
    type=click.Choice(list(CI)),
    help="Where the repository is hosted. Default: gitlab where .gitlab-ci.yml or .gitlab is "
    "there, else github.",
)
@click.option(
    "--install",
    "requirement",
    metavar="REQUIREMENT",
    callback=_requirement,
    help="What pip installs in hooks and CI: a package, a wheel, or git+https://… Default: where "
    "this jtai was installed from.",
)
@as_of_option
def command(*, ci: str | None, requirement: str | None, as_of: dt.date | None) -> int:
    """Make a repository ready: a first plan, the policy, hooks, a CI job, settings for editors.

    Files are made at the root of the git repository, or here where there is none. What is there
    already is left as it is. In the first plan, an action is due three months after --as-of.

    Ends with 0 when everything is there, 2 when something could not be made.
    """
    here = files.here()
    if here is None:
        raise NothingToJudge("the working directory is gone")
    root = _root(here)
    service = ci or ("gitlab" if _is_on_gitlab(root) else "github")
    source = requirement or installed_from()
    wanted = source or f"jtai=={__version__}"
    outcome = _make(root, parts_of(root, service, wanted, as_of or today()))
    steps = _steps(here, root, service, outcome)
    if source is None and outcome.made:
        steps = chain([_step_of_source(wanted)], steps)
    write(_said(root, outcome, steps))
    for refused in outcome.refused:
        complain(refused)
    return COULD_NOT_JUDGE if outcome.refused else 0


def installed_from() -> str | None:
    """What pip installs this very jtai from elsewhere, too; None where it is only on this machine.

    pip notes where it found a package, unless that was a package index.
    """
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        noted = distribution("jtai").read_text("direct_url.json")
    except PackageNotFoundError:
        return None
    if noted is None:
        return f"jtai=={__version__}"
    source = json.loads(noted)
    url, origin = source["url"], source.get("vcs_info", {})
    if url.startswith("file:") or _PASSWORD.search(url):
        return None
    if origin:
        return f"jtai @ {origin['vcs']}+{url}@{origin['commit_id']}"
    return f"jtai @ {url}"


def _step_of_source(wanted: str) -> _Step:
    return _Step(
        "This jtai was installed from a folder or a file of this machine, so hooks and CI are told "
        f"to install {wanted}. Where pip finds no package of that name, or one that is not yours, "
        "delete the files that name it and say what to install:",
        ("jtai init --install 'git+https://…'",),
    )


def _root(here: Path) -> Path:
    """The root of the repository that a directory lies in; itself where there is none."""
    return files.root_of_repository(here)


def _is_on_gitlab(root: Path) -> bool:
    return any(files.is_there(root / name) for name in (CI["gitlab"], ".gitlab"))


def _make(root: Path, parts: Iterator[Part]) -> _Outcome:
    outcome = _Outcome([], [], [])
    for part in parts:
        path = root / part.path
        if part.text is None or files.is_file(path):
            outcome.left.append(part)
            continue
        reason = _in_the_way(root, part.path)
        if reason is None:
            refused = files.create(path, part.text.encode())
            reason = refused.reason if refused else None
        if reason is None:
            outcome.made.append(part)
        else:
            outcome.refused.append(f"can't make {visible(part.path)}: {reason}")
    return outcome


def _in_the_way(root: Path, name: str) -> str | None:
    """What stands where a file or one of its folders should be; None when nothing does.

    A link is not followed: it may lead out of the repository.
    """
    *folders, itself = reversed([Path(name), *Path(name).parents][:-1])
    for folder in folders:
        if files.is_link(root / folder):
            return f"{visible(folder.as_posix())} is a link"
        if files.is_there(root / folder) and not files.is_folder(root / folder):
            return f"{visible(folder.as_posix())} is not a folder"
    if files.is_link(root / itself):
        return "there is a link of this name, and it leads to no file"
    if files.is_folder(root / itself):
        return "there is a folder of this name"
    return "something of this name is there" if files.is_there(root / itself) else None


class _Step(NamedTuple):
    """Something to do next, and the commands that do it."""

    words: str
    commands: tuple[str, ...] = ()


def _steps(here: Path, root: Path, service: str, outcome: _Outcome) -> Iterator[_Step]:
    """What remains to be done, in order."""
    if here != root:
        yield _Step("Go to the root of the repository:", (f"cd {shlex.quote(str(root))}",))
    if not files.is_there(root / ".git"):
        yield _Step("Make this folder a git repository:", ("git init",))
    yield from _steps_of_files(root, service, outcome)
    install = ("pip install pre-commit", "pre-commit install")
    yield _Step("Have each commit judged before it is made:", install)
    tops = dict.fromkeys(part.path.partition("/")[0] for part in outcome.made)
    if tops:
        add = f"git add {' '.join(map(shlex.quote, tops))}"
        yield _Step("Commit:", (add, "git commit -m 'Keep our plan as text'"))
    if service == "gitlab":
        yield _Step(
            "Push to GitLab, and make a schedule there that runs once a day (Build > Pipeline "
            "schedules): without one, nobody is told what has become overdue."
        )
    else:
        yield _Step("Push to GitHub: the plans are judged there on each change, and once a day.")


def _steps_of_files(root: Path, service: str, outcome: _Outcome) -> Iterator[_Step]:
    """What the files that were made, or were there already, ask for."""
    for part in outcome.made:
        if Path(part.path).name == "our-plan.yaml":
            words = f"Write your own plan over the example in {visible(part.path)}, and check it:"
            yield _Step(words, ("jtai validate",))
    for part in outcome.left:
        if part.path in (HOOKS, CI[service]) and not _names_jtai(root / part.path):
            yield _Step(
                f"Put jtai into {part.path}, which was there already. To see what to add, run "
                f"'jtai init --ci {service}' in an empty folder and open the file of this name."
            )


def _names_jtai(path: Path) -> bool:
    content = files.read(path, 1_000_000)
    return isinstance(content, bytes) and b"jtai" in content


def _said(root: Path, outcome: _Outcome, steps: Iterator[_Step]) -> str:
    """What was made and left, and what to do next, to the width of the terminal."""
    width = min(max(shutil.get_terminal_size((80, 24)).columns, NARROWEST), WIDEST)
    parts = [f"In {visible(str(root))}"]
    if outcome.made:
        parts.append("\n".join(["Made", *_listed(outcome.made, width)]))
    if outcome.left:
        heading = "There already, and left as it was"
        parts.append("\n".join([heading, *(f"  {visible(part.path)}" for part in outcome.left)]))
    numbered = [_numbered(number, step, width) for number, step in enumerate(steps, 1)]
    parts.append("\n".join(["What to do next, where it is not done yet", *numbered]))
    return "\n\n".join(parts) + "\n"


def _listed(parts: Sequence[Part], width: int) -> Iterator[str]:
    longest = max(len(visible(part.path)) for part in parts)
    for part in parts:
        name = visible(part.path)
        begins = f"  {name:{longest}}  "
        yield textwrap.fill(
            part.purpose, width, initial_indent=begins, subsequent_indent=" " * len(begins)
        )


def _numbered(number: int, step: _Step, width: int) -> str:
    begins = f"{number}. "
    # a command is never broken: it is there to be copied
    words = textwrap.fill(step.words, width, initial_indent=begins, subsequent_indent="   ")
    return "\n".join([words, *(f"     {visible(command)}" for command in step.commands)])
