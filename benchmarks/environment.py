"""The environment that is measured: an installed wheel, its byte-code, a minimal click program."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from benchmarks.timing import CannotMeasureError, surroundings

if TYPE_CHECKING:
    from pathlib import Path

MINIMAL = """#!{python}
import click


@click.command()
@click.option("--name", default="world", help="Whom to greet.")
def main(name):
    \"\"\"Say hello.\"\"\"
    click.echo(f"Hello {{name}}")


if __name__ == "__main__":
    main()
"""
_STAMP = "installed.json"


class Environment:
    """A virtual environment under the work folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.bin = folder / "bin"
        self.python = self.bin / "python"

    def program(self, name: str) -> str:
        """The path of an installed console script."""
        return str(self.bin / name)

    def create(self) -> None:
        """Make the environment unless it is there, with the newest pip.

        An older pip writes console scripts that import `re`, which costs more than what some of the
        measured commands do.
        """
        ready = self.folder / "ready"
        if not ready.exists():
            call([sys.executable, "-m", "venv", "--clear", str(self.folder)])
            self.pip("install", "--upgrade", "pip")
            ready.touch()

    def pip(self, *arguments: str) -> None:
        """Run this environment's pip."""
        call([str(self.python), "-m", "pip", "--disable-pip-version-check", *arguments])

    def versions(self) -> dict[str, str]:
        """Name and version of everything that is installed."""
        listing = call([str(self.python), "-m", "pip", "list", "--format", "json"])
        return {item["name"].lower(): item["version"] for item in json.loads(listing.stdout)}


def call(command: list[str], folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command that is not measured; it must succeed."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=surroundings(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        lines = (done.stderr.strip() or done.stdout.strip() or "(no output)").splitlines()
        raise CannotMeasureError(f"{' '.join(command[-2:])}: {lines[-1].strip()[:200]}")
    return done


def install_jtai(work: Path, root: Path, keep: bool = False) -> Environment:
    """The environment with a wheel of the tool; a new one where the code changed, unless `keep`."""
    environment = Environment(work / "jtai")
    environment.create()
    stamp = environment.folder / _STAMP
    digest = _digest(root)
    if not stamp.exists() or not (keep or json.loads(stamp.read_text()) == digest):
        wheels = work / "wheel"
        shutil.rmtree(wheels, ignore_errors=True)
        environment.pip("wheel", "--no-deps", "--wheel-dir", str(wheels), str(root))
        [wheel] = wheels.glob("*.whl")
        environment.pip("install", "--compile", str(wheel))
        environment.pip("install", "--compile", "--force-reinstall", "--no-deps", str(wheel))
        stamp.write_text(json.dumps(digest))
    _write_minimal(environment)
    return environment


def _digest(root: Path) -> str:
    summed = hashlib.sha256()
    sources = [path for path in (root / "jtai_cli").rglob("*") if path.suffix != ".pyc"]
    for path in [root / "pyproject.toml", *sorted(sources)]:
        if path.is_file():
            summed.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes())
    return summed.hexdigest()


def _write_minimal(environment: Environment) -> None:
    script = environment.bin / "minimal-click"
    script.write_text(MINIMAL.format(python=environment.python), encoding="utf-8")
    script.chmod(0o755)
