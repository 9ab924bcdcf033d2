"""jtai init: what a repository needs before plans can be kept and judged in it."""

from __future__ import annotations

import calendar
import datetime as dt
import json
import re
import shlex
import shutil
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from jtai_cli import __version__, files
from jtai_cli.cli import COULD_NOT_JUDGE
from jtai_cli.cli.inputs import as_of_option, today
from jtai_cli.cli.reading.project import NothingToJudge, read_config
from jtai_cli.cli.writing.output import complain, write
from jtai_cli.plan.problem import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

NARROWEST, WIDEST = 40, 100
STARTER = Path(__file__).parent.parent / "starter"

_HOOKS = ".pre-commit-config.yaml"
_CI = {"github": ".github/workflows/plans.yml", "gitlab": ".gitlab-ci.yml"}
# a quote or $ could end the text that the requirement is put into, in YAML or in a shell
_NOT_IN_A_REQUIREMENT = frozenset("'\"`$")
_PASSWORD = re.compile(r"//[^/@]*:[^/@]*@")


class _Part(NamedTuple):
    """A file to make, by its path from the root, and what it is for; no text: it is not needed."""

    path: str
    purpose: str
    text: str | None


class _Outcome(NamedTuple):
    """What became of the parts: made, there already, or why it could not be made."""

    made: list[_Part]
    left: list[_Part]
    refused: list[str]


def _requirement(_context: click.Context, _option: click.Parameter, given: str) -> str:
    """What pip is to install, if it can stand in YAML and in a shell and mean there what it says.

    Raises:
        click.BadParameter: it can't.
    """
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
    type=click.Choice(list(_CI)),
    help="Where the repository is hosted. Default: gitlab where .gitlab-ci.yml or .gitlab is "
    "there, else github.",
)
@click.option(
    "--install",
    "requirement",
    metavar="REQUIREMENT",
    default=f"jtai=={__version__}",
    show_default=True,
    callback=_requirement,
    help="What pip installs in hooks and CI: a package, a wheel, or git+https://…",
)
@as_of_option()
def command(*, ci: str | None, requirement: str, as_of: dt.date | None) -> int:
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
    outcome = _make(root, _parts(root, service, requirement, as_of or today()))
    steps = _steps(here, root, service, outcome)
    write(_said(root, outcome, steps))
    for refused in outcome.refused:
        complain(refused)
    return COULD_NOT_JUDGE if outcome.refused else 0


def _root(here: Path) -> Path:
    """The root of the repository that a directory lies in; itself where there is none."""
    above = (folder for folder in (here, *here.parents) if files.is_there(folder / ".git"))
    return next(above, here)


def _is_on_gitlab(root: Path) -> bool:
    return any(files.is_there(root / name) for name in (_CI["gitlab"], ".gitlab"))


def _parts(root: Path, service: str, requirement: str, as_of: dt.date) -> Iterator[_Part]:
    """Every file to make; the first plan only where there is no other."""
    # slow to import, and not needed to refuse an option
    from jtai_cli.plan.schema import schema_texts

    if sys.flags.optimize >= 2:
        raise NothingToJudge("python -OO takes out the explanations that the schema is made of")
    folder = _folder_of_plans(root)
    words = {**_dates(as_of), **_places(folder), "REQUIREMENT": requirement}
    if files.is_folder(root / folder) and files.plan_files(root / folder):
        yield _Part(folder, "it has a plan in it", None)
    else:
        path = (Path(folder) / "our-plan.yaml").as_posix()
        yield _Part(path, "a first plan, with a note on each field", _text("our-plan.yaml", words))
    policy_text = _text("policy.yaml", words)
    yield _Part(files.CONFIG, "the policy that plans are judged by", policy_text)
    for name, text in schema_texts().items():
        kind = name.partition(".")[0].replace("config", "policy")
        yield _Part(f"schemas/{name}", f"tells editors what a {kind} may say", text)
    hooks = _text("pre-commit-config.yaml", words)
    yield _Part(_HOOKS, "judges each commit before it is made", hooks)
    ci = _text(f"{service}.yml", words)
    yield _Part(_CI[service], "judges each change, and once a day what is overdue", ci)
    settings = _text("vscode-settings.json", words)
    yield _Part(".vscode/settings.json", "leads VS Code to the schemas", settings)
    extensions = _text("vscode-extensions.json", words)
    yield _Part(".vscode/extensions.json", "has VS Code offer its YAML extension", extensions)


def _folder_of_plans(root: Path) -> str:
    """Where plans belong, as the policy has it if one is there already."""
    path = root / files.CONFIG
    policy = read_config(path).policy if files.is_there(path) else None
    return Path(policy.plans).as_posix() if policy else files.FOLDER


def _text(name: str, words: Mapping[str, str]) -> str:
    """A starter file, with each @WORD@ in it replaced."""
    text = (STARTER / name).read_text(encoding="utf-8")
    return re.sub("@([A-Z]+)@", lambda word: words[word[1]], text)


def _dates(as_of: dt.date) -> dict[str, str]:
    if not 2000 <= as_of.year <= 2097:
        raise click.UsageError("a plan's dates lie between 2000 and 2100: choose another --as-of")
    due, end = _end_of_month(as_of, 3), _end_of_month(as_of, 24)
    return {"TODAY": as_of.isoformat(), "DUE": due.isoformat(), "END": end.isoformat()}


def _end_of_month(day: dt.date, months: int) -> dt.date:
    """The last day of the month that is so many months after that of a day."""
    years, month = divmod(day.month - 1 + months, 12)
    _, last = calendar.monthrange(day.year + years, month + 1)
    return dt.date(day.year + years, month + 1, last)


def _places(folder: str) -> dict[str, str]:
    """Where plans and their schema are, as a plan, a hook and an editor say it."""
    below = "" if folder == "." else f"{folder}/"
    globs = [f"/{below}{'**/' if below else ''}*{suffix}" for suffix in files.SUFFIXES]
    plan_or_policy = rf"^({re.escape(below)}[^.].*\.ya?ml|jtai\.yaml)$"
    return {
        "SCHEMA": f"{'../' * below.count('/')}schemas/plan.schema.json",
        "FILES": plan_or_policy.replace("'", "''"),
        "GLOBS": json.dumps(globs, ensure_ascii=False),
    }


def _make(root: Path, parts: Iterator[_Part]) -> _Outcome:
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
        if part.path in (_HOOKS, _CI[service]) and not _names_jtai(root / part.path):
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


def _listed(parts: Sequence[_Part], width: int) -> Iterator[str]:
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
