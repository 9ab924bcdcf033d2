"""What makes a repository ready for plans: files, from the texts in the folder `starter`."""

from __future__ import annotations

import calendar
import datetime as dt
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from jtai_cli import files
from jtai_cli.cli.reading.project import NothingToJudge, read_config

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

HOOKS = ".pre-commit-config.yaml"
CI = {"github": ".github/workflows/plans.yml", "gitlab": ".gitlab-ci.yml"}

_STARTER = Path(__file__).parents[2] / "starter"


class Part(NamedTuple):
    """A file to make, by its path from the root, and what it is for; no text: it is not needed."""

    path: str
    purpose: str
    text: str | None


def parts_of(root: Path, service: str, requirement: str, as_of: dt.date) -> Iterator[Part]:
    """Every file to make; the first plan only where there is no other."""
    # slow to import, and not needed to refuse an option
    from jtai_cli.plan.schema import schema_texts

    if sys.flags.optimize >= 2:
        raise NothingToJudge("python -OO takes out the explanations that the schema is made of")
    folder = _folder_of_plans(root)
    words = {**_dates(as_of), **_places(folder), "REQUIREMENT": requirement}
    if files.is_folder(root / folder) and files.plan_files(root / folder):
        yield Part(folder, "it has a plan in it", None)
    else:
        path = (Path(folder) / "our-plan.yaml").as_posix()
        yield Part(path, "a first plan, with a note on each field", _text("our-plan.yaml", words))
    policy_text = _text("policy.yaml", words)
    yield Part(files.CONFIG, "the policy that plans are judged by", policy_text)
    for name, text in schema_texts().items():
        kind = name.partition(".")[0].replace("config", "policy")
        yield Part(f"schemas/{name}", f"tells editors what a {kind} may say", text)
    hooks = _text("pre-commit-config.yaml", words)
    yield Part(HOOKS, "judges each commit before it is made", hooks)
    ci = _text(f"{service}.yml", words)
    yield Part(CI[service], "judges each change, and once a day what is overdue", ci)
    settings = _text("vscode-settings.json", words)
    yield Part(".vscode/settings.json", "leads VS Code to the schemas", settings)
    extensions = _text("vscode-extensions.json", words)
    yield Part(".vscode/extensions.json", "has VS Code offer its YAML extension", extensions)


def _folder_of_plans(root: Path) -> str:
    """Where plans belong, as the policy has it if one is there already."""
    path = root / files.CONFIG
    policy = read_config(path).policy if files.is_there(path) else None
    return Path(policy.plans).as_posix() if policy else files.FOLDER


def _text(name: str, words: Mapping[str, str]) -> str:
    """A starter file, with each @WORD@ in it replaced."""
    text = (_STARTER / name).read_text(encoding="utf-8")
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
    return {
        "SCHEMA": f"{'../' * below.count('/')}schemas/plan.schema.json",
        "GLOBS": json.dumps(globs, ensure_ascii=False),
    }
