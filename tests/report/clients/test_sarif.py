"""SARIF logs, against the published schema and against Microsoft's validator, which has it.

`JTAI_SARIF_MULTITOOL` names the program of `@microsoft/sarif-multitool-linux`; the schema stands
beside it. The validator also knows what GitHub asks of a log and what a schema can't say.
"""

import json
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from jtai_cli.report import PROBLEM_FORMATS, Display, Judged

Client = Callable[[str], Path]
Samples = Mapping[str, Judged]

RULES = "Sarif;Ghas"
# the one thing it warns of: jtai has no page of its own that a log could name
NO_PAGE = ("SARIF2005", "Warning_ProvideToolnformationUri")


@pytest.fixture(scope="session")
def program(client: Client) -> Path:
    return client("JTAI_SARIF_MULTITOOL")


@pytest.fixture(scope="session")
def schema(program: Path) -> Draft202012Validator:
    published = json.loads(program.with_name("sarif-2.1.0.json").read_bytes())
    return Draft202012Validator(published)


def log_of(judged: Judged) -> Any:
    return json.loads(PROBLEM_FORMATS["sarif"](judged, Display()))


def complaints(program: Path, folder: Path, logs: Mapping[str, Any]) -> set[tuple[str, str]]:
    """The rules and messages of what the validator says of these logs."""
    for name, log in logs.items():
        text = json.dumps(log, ensure_ascii=False)
        (folder / f"{name}.sarif").write_bytes(text.encode("utf-8", "replace"))
    output = folder / "said.json"
    done = subprocess.run(
        [program, "validate", str(folder / "*.sarif"), "--output", output, "--rule-kind", RULES],
        capture_output=True,
        check=True,
        text=True,
    )
    assert f"{len(logs)} files scanned" in done.stdout
    (run,) = json.loads(output.read_bytes())["runs"]
    return {(result["ruleId"], result["message"]["id"]) for result in run["results"]}


def test_every_log_is_as_the_schema_says(schema: Draft202012Validator, judged: Judged) -> None:
    assert [error.message for error in schema.iter_errors(log_of(judged))] == []


def test_the_validator_has_nothing_to_say_of_any_log(
    program: Path, tmp_path: Path, samples: Samples
) -> None:
    logs = {name: log_of(judged) for name, judged in samples.items()}
    assert complaints(program, tmp_path, logs) <= {NO_PAGE}


def test_the_schema_and_the_validator_do_refuse(
    schema: Draft202012Validator, program: Path, tmp_path: Path, samples: Samples
) -> None:
    log = log_of(samples["failed"])
    location = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    location["region"]["startLine"] = 0
    location["artifactLocation"]["uri"] = "a b.yaml"

    assert not schema.is_valid(log)
    said = complaints(program, tmp_path, {"wrong": log, "right": log_of(samples["passed"])})
    assert {"JSON1008", "SARIF1002"} <= {rule for rule, _ in said}
