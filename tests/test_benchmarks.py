"""The plans that benchmarks run on: always the same, like the real ones, nothing wrong in them."""

import subprocess
import sys
from pathlib import Path

import pytest

from jtai_cli.plan.load import load, load_plan

ROOT = Path(__file__).parent.parent
COUNT = 4


def generate(folder: Path, seed: int) -> dict[str, bytes]:
    command = [sys.executable, "-m", "benchmarks.generate", "--count", str(COUNT)]
    subprocess.run([*command, "--seed", str(seed), str(folder)], cwd=ROOT, check=True)
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return generate(tmp_path_factory.mktemp("plans"), seed=1)


def test_the_same_seed_gives_the_same_bytes(generated: dict[str, bytes], tmp_path: Path) -> None:
    assert generate(tmp_path / "again", seed=1) == generated
    assert generate(tmp_path / "other", seed=2) != generated


def test_generated_plans_have_nothing_wrong(generated: dict[str, bytes]) -> None:
    loaded = load(generated)
    assert loaded.problems == ()
    assert len(loaded.plans) == COUNT


def test_every_version_of_a_generated_history_is_a_plan(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "benchmarks.past", "--plans", "2", "--commits", "60"]
    subprocess.run([*command, str(tmp_path)], cwd=ROOT, check=True)
    texts = [path.read_bytes() for path in sorted(tmp_path.glob("versions/*.yaml"))]
    assert len(set(texts)) == len(texts) == 61
    assert all(load_plan("plan.yaml", text).loaded for text in texts)
    count = ["git", "rev-list", "--count", "HEAD"]
    done = subprocess.run(count, cwd=tmp_path / "repository", capture_output=True, check=True)
    assert done.stdout.strip() == b"60"


def test_generated_plans_are_as_large_as_promised(generated: dict[str, bytes]) -> None:
    for content in generated.values():
        assert 35_000 < len(content) < 60_000
    for loaded in load(generated).plans:
        assert sum(len(objective.actions) for objective in loaded.plan.objectives) == 50
