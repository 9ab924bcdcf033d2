"""jtai schema: the JSON Schema that editors use."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from jtai_cli import files
from jtai_cli.cli.reading.project import NothingToJudge, project_of
from jtai_cli.cli.writing.output import OutputError, can_not_write, write
from jtai_cli.plan.problem import visible

if TYPE_CHECKING:
    from pathlib import Path


@click.command("schema", epilog="Example: jtai schema --check")
@click.option("--check", is_flag=True, help="Write nothing; end with 1 when a file is not current.")
def command(*, check: bool) -> int:
    """Write schemas/*.schema.json beside the folder of plans.

    An editor with the YAML language server then offers field names, explains them and underlines
    mistakes, in each plan that begins with the line
    '# yaml-language-server: $schema=../schemas/plan.schema.json'.
    """
    from jtai_cli.plan.schema import schema_texts

    folder = _folder()
    stale = 0
    lines = []
    for name, text in schema_texts().items():
        path = folder / name
        shown = visible(str(path))
        current = files.read(path, len(text.encode())) == text.encode()
        stale += not current
        if check:
            lines.append(f"{shown}: {'current' if current else 'not current: run jtai schema'}")
        else:
            _write(path, text)
            lines.append(f"{shown}: {'already current' if current else 'written'}")
    write("\n".join(lines) + "\n")
    return 1 if check and stale else 0


def _folder() -> Path:
    if sys.flags.optimize >= 2:
        raise NothingToJudge("python -OO takes out the explanations that the schema is made of")
    here = files.here()
    if here is None:
        raise NothingToJudge("the working directory is gone")
    project = project_of(here)
    beside = project.config_path or project.folder
    return (beside.parent if beside else here) / "schemas"


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(exist_ok=True)
    except OSError as error:
        folder = visible(str(path.parent))
        raise OutputError(f"can't make {folder}: {files.reason(error)}") from error
    if files.is_link(path) or files.is_link(path.parent):
        # it may lead to a plan
        raise can_not_write(path, "it is a link")
    if files.is_there(path) and not files.is_file(path):
        raise can_not_write(path, "it is not an ordinary file")
    refused = files.write(path, text.encode())
    if refused:
        raise can_not_write(path, refused.reason)
