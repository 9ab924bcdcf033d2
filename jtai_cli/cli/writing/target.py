"""Where --output leads, and what it may not overwrite."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from jtai_cli import files
from jtai_cli.plan.problem import visible

if TYPE_CHECKING:
    from collections.abc import Iterable


class Target(NamedTuple):
    """The file of --output: its name as given, and the path that is checked and then written."""

    name: Path
    path: Path


def target_of(output: Path | None, names: Iterable[str], option: str = "--output") -> Target | None:
    """Where to write; never over one of the plans that were read, or over another plan.

    Raises:
        click.UsageError: the output is a plan, or may be one; `option` says who named it.
    """
    if output is None:
        return None
    # resolved once: a name that can be read in two ways might pass the check and hit a plan
    target = Target(output, files.resolved(output))
    said = f"{option} {visible(str(output))} would overwrite"
    for name in names:
        if files.is_there(Path(name)) and files.same(target.path, Path(name)):
            raise click.UsageError(f"{said} the plan {visible(name)}")
    suffixes = {output.suffix.lower(), target.path.suffix.lower()}
    if not suffixes.isdisjoint(files.SUFFIXES) and files.is_file(target.path):
        # no answer is YAML, so what is there is something else: most likely a plan
        raise click.UsageError(f"{said} a file that may be a plan")
    return target
