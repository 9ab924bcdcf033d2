"""jtai schema: the JSON Schema that editors use."""

from __future__ import annotations

from pathlib import Path

import click

from jtai_cli import files
from jtai_cli.cli.output import OutputError, write


@click.command("schema", epilog="Example: jtai schema --check")
@click.option("--check", is_flag=True, help="Write nothing; end with 1 when a file is not current.")
def command(*, check: bool) -> int:
    """Write schemas/*.schema.json beside the folder of plans.

    An editor with the YAML language server then offers field names, explains them and underlines
    mistakes, in each plan that begins with the line
    '# yaml-language-server: $schema=../schemas/plan.schema.json'.
    """
    from jtai_cli.plan.schema import schema_texts

    plans = files.find_folder(Path.cwd()).found
    folder = (plans.parent if plans else Path.cwd()) / "schemas"
    stale = 0
    lines = []
    for name, text in schema_texts().items():
        path = folder / name
        current = files.read(path, len(text.encode())) == text.encode()
        stale += not current
        if check:
            lines.append(f"{path}: {'current' if current else 'not current: run jtai schema'}")
        else:
            _write(path, text)
            lines.append(f"{path}: {'already current' if current else 'written'}")
    write("\n".join(lines) + "\n")
    return 1 if check and stale else 0


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(exist_ok=True)
    except OSError as error:
        raise OutputError(f"can't make {path.parent}: {files.reason(error)}") from error
    refused = files.write(path, text.encode())
    if refused:
        raise OutputError(f"can't write {path}: {refused.reason}")
