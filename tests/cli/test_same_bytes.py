"""Reading never writes; the same input gives the same bytes, in one process or two."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from jtai_cli.cli import validate
from jtai_cli.cli.reading import workers

Jtai = Callable[..., CompletedProcess[str]]

EVERYTHING = [
    ("status",),
    ("status", "--by", "owner", "--format", "markdown"),
    ("overdue", "--format", "csv"),
    ("actions", "--owner", "BFFC", "--format", "json"),
    ("show", "reading-jtai-2025#2.1"),
    ("validate",),
    ("validate", "--strict", "--format", "sarif"),
    ("schema", "--check"),
    ("explain", "undated"),
    ("actions", "--owner", "X"),
]
every_command = pytest.mark.parametrize("arguments", EVERYTHING, ids=" ".join)


def state(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Every file and folder below, with its time, its rights and its bytes."""
    found = {}
    for path in sorted(folder.rglob("*")):
        status = path.lstat()
        content = path.read_bytes() if path.is_file() else b""
        found[str(path)] = (status.st_mtime_ns, status.st_mode, content)
    return found


def test_reading_never_writes(real: Path, jtai: Jtai) -> None:
    jtai("schema", cwd=real)
    before = state(real)
    for arguments in EVERYTHING:
        jtai(*arguments, cwd=real)
    assert state(real) == before


@every_command
def test_same_input_same_bytes(arguments: tuple[str, ...], real: Path, jtai: Jtai) -> None:
    plain = jtai(*arguments, cwd=real, env={"PYTHONHASHSEED": "1"})
    other = jtai(
        *arguments,
        cwd=real,
        env={
            "PYTHONHASHSEED": "2",
            "TZ": "Pacific/Kiritimati",
            "LC_ALL": "tr_TR.UTF-8",
            "PYTHONIOENCODING": "utf-8",
            "COLUMNS": "80",
        },
    )
    assert (plain.stdout, plain.stderr, plain.returncode) == (
        *(other.stdout, other.stderr, other.returncode),
    )


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """40 plans: sound ones, ones that warn, ones with errors, and one id in both halves."""
    folder = tmp_path_factory.mktemp("many")
    for number in range(40):
        identifier = "p3" if number == 33 else f"p{number}"
        due = ("2025-06-30", "2025-06-31", "")[number % 3]
        action = '{ref: "1.1", text: Do it' + (f", due: {due}" if due else "") + "}"
        (folder / f"{number:02}.yaml").write_text(
            f"jtai: 1\nid: {identifier}\ntitle: T\nrag: brag\n"
            f'objectives:\n- ref: "1"\n  title: O\n  actions:\n  - {action}\n',
            encoding="utf-8",
        )
    return folder


@pytest.mark.parametrize("plans", [16, 17, 20, 40])
def test_one_process_or_two_find_the_same(
    plans: int, many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(many)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    names = [f"{number:02}.yaml" for number in range(plans)]
    found = {}
    for enough in (0, 1000):
        monkeypatch.setattr(workers, "ENOUGH", enough)
        judged, _ = validate._on_disk(names, None)
        found[enough] = judged.problems
    assert found[0] == found[1000]
    files = [problem.file for problem in found[0]]
    assert files == sorted(files)
    twice = [problem.file for problem in found[0] if problem.rule == "duplicate-plan-id"]
    assert twice == (["33.yaml"] if plans == 40 else [])


def test_problems_of_many_plans_are_listed_in_the_order_of_the_files(
    many: Path, jtai: Jtai
) -> None:
    done = jtai("validate", "--format", "json", ".", cwd=many)
    files = [problem["file"] for problem in json.loads(done.stdout)["problems"]]
    assert done.returncode == 1
    assert files == sorted(files)
    assert jtai("validate", "--format", "json", ".", cwd=many).stdout == done.stdout
