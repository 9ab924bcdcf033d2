"""Tools that check the same files, installed from PyPI and npm into an environment of their own."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.environment import Environment, call
from benchmarks.timing import CannotMeasureError

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent
FROM_PYPI = ("check-jsonschema", "yamllint", "yamale")
FROM_NPM = ("ajv-cli", "ajv-formats")
_AJV_MODULE = "ajv-core-yaml.cjs"
# yamllint's default rules, without the three that every plan breaks, which would measure printing
_YAMLLINT_CONFIG = (
    "{extends: default, rules: {line-length: {max: 120}, document-start: disable, "
    "truthy: {check-keys: false}}}"
)


class Peer(NamedTuple):
    """A tool: its version, and the command that checks all YAML files of a folder `plans`."""

    version: str
    command: Callable[[list[Path]], tuple[str, ...]]


class Peers(NamedTuple):
    """The tools that could be installed, and why the others could not."""

    found: dict[str, Peer]
    missing: dict[str, str]


def install_peers(work: Path, schema: Path, npm: bool) -> Peers:
    """Install all peers that are not there yet; without `npm`, only use what is there from npm."""
    peers = Peers({}, {})
    try:
        _from_pypi(Environment(work / "peers"), schema, peers)
    except CannotMeasureError as error:
        peers.missing.update(dict.fromkeys(FROM_PYPI, str(error)))
    try:
        _from_npm(work / "npm", schema, npm, peers)
    except CannotMeasureError as error:
        peers.missing["ajv-cli"] = str(error)
    return peers


def _from_pypi(environment: Environment, schema: Path, peers: Peers) -> None:
    environment.create()
    if not all(Path(environment.program(name)).exists() for name in FROM_PYPI):
        environment.pip("install", "--compile", *FROM_PYPI)
    versions = environment.versions()
    program = environment.program
    commands: dict[str, Callable[[list[Path]], tuple[str, ...]]] = {
        "check-jsonschema": lambda files: (
            *(program("check-jsonschema"), "--schemafile", str(schema)),
            *(str(file) for file in files),
        ),
        "yamllint": lambda _: (program("yamllint"), "-d", _YAMLLINT_CONFIG, "plans"),
        "yamale": lambda _: (program("yamale"), "-s", str(HERE / "plan.yamale.yaml"), "plans"),
    }
    for name, command in commands.items():
        peers.found[name] = Peer(versions[name], command)


def _from_npm(folder: Path, schema: Path, install: bool, peers: Peers) -> None:
    program = folder / "node_modules" / ".bin" / "ajv"
    if not program.exists():
        if not install:
            raise CannotMeasureError("not installed; the full form installs it")
        npm = shutil.which("npm")
        if npm is None:
            raise CannotMeasureError("npm is not on this machine")
        folder.mkdir(parents=True, exist_ok=True)
        call([npm, "install", "--no-audit", "--no-fund", "--prefix", str(folder), *FROM_NPM])
    module = folder / _AJV_MODULE
    shutil.copyfile(HERE / _AJV_MODULE, module)
    package = folder / "node_modules" / "ajv-cli" / "package.json"
    version = json.loads(package.read_text(encoding="utf-8"))["version"]
    options = ("--spec=draft7", "--strict=false", "-c", str(module))
    command = (str(program), "validate", *options, "-s", str(schema), "-d", "plans/*.yaml")
    peers.found["ajv-cli"] = Peer(version, lambda _: command)
