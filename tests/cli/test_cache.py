"""What is kept of a history makes no difference to any answer."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from subprocess import CompletedProcess
from typing import Protocol

import pytest

from tests import story

COMMANDS = [
    ("tracker", "--monthly", "6"),
    ("trend",),
    ("changes", "--since", "2025-08-07"),
    ("slippage",),
    ("ages", "--all"),
    ("show", "6.2"),
]
every_command = pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])


class Jtai(Protocol):
    def __call__(self, *words: str, cwd: Path, env: dict[str, str]) -> CompletedProcess[str]: ...


class Year:
    """The year of plan A, and a cache folder of its own."""

    def __init__(self, root: Path, jtai: Jtai) -> None:
        self.root = root / "year"
        self.cache = root / "cache"
        self._jtai = jtai
        story.build(self.root)

    def says(self, *words: str) -> str:
        env = {"XDG_CACHE_HOME": str(self.cache), "JTAI_AS_OF": "2026-07-31"}
        done = self._jtai(*words, "--format", "json", cwd=self.root, env=env)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    @property
    def kept(self) -> Path:
        (path,) = (self.cache / "jtai").iterdir()
        return path


@pytest.fixture
def year(tmp_path: Path, jtai: Jtai) -> Year:
    return Year(tmp_path, jtai)


@every_command
def test_the_first_run_and_the_second_say_what_a_run_without_says(
    words: tuple[str, ...], year: Year
) -> None:
    without = year.says(*words, "--no-cache")
    assert not year.cache.exists()
    assert year.says(*words) == without
    before = year.kept.read_bytes()
    assert year.says(*words) == without
    assert year.kept.read_bytes() == before


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[:-1],
        lambda content: content.replace(b"amber", b"green"),
        lambda content: content.replace(b"jtai ", b"jtai 9", 1),
        lambda content: b"\x80\x04K\x01." + content,
    ],
    ids=["emptied", "cut", "changed", "another-version", "a-pickle"],
)
def test_a_damaged_one_is_ignored_and_made_anew(
    year: Year, damage: Callable[[bytes], bytes]
) -> None:
    said = year.says("trend")
    whole = year.kept.read_bytes()
    year.kept.write_bytes(damage(whole))
    assert year.says("trend") == said
    assert year.kept.read_bytes() == whole


def test_what_is_committed_since_is_read_too(year: Year, git: Callable[..., str]) -> None:
    year.says("slippage")
    plan = next((year.root / "plans").rglob("*.yaml"))
    text = plan.read_text(encoding="utf-8").replace("due: 2026-06-30", "due: 2026-12-31")
    plan.write_text(text, encoding="utf-8")
    git(year.root, "commit", "-aqm", "Later again")
    said = year.says("slippage")
    assert said == year.says("slippage", "--no-cache")
    assert "2026-12-31" in said


@pytest.mark.parametrize("kind", ["a file", "a file in it", "a link to nothing"])
def test_a_folder_that_can_not_be_made_keeps_nobody_from_an_answer(year: Year, kind: str) -> None:
    without = year.says("trend", "--no-cache")
    if kind == "a file":
        year.cache.write_text("in the way", encoding="utf-8")
    elif kind == "a file in it":
        year.cache.mkdir()
        (year.cache / "jtai").write_text("in the way", encoding="utf-8")
    else:
        year.cache.symlink_to(year.root / "nowhere" / "deeper")
    assert year.says("trend") == without


def test_runs_at_the_same_time_do_no_harm(year: Year) -> None:
    with ThreadPoolExecutor(4) as pool:
        answers = set(pool.map(lambda _: year.says("trend"), range(8)))
    assert len(answers) == 1
    assert year.says("trend", "--no-cache") in answers
    assert len(list((year.cache / "jtai").iterdir())) == 1


def test_only_the_user_may_look_into_it(year: Year) -> None:
    year.says("trend")
    assert year.kept.parent.stat().st_mode & 0o777 == 0o700
