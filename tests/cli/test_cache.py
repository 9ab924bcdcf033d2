"""What is kept of a history makes no difference to any answer."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from subprocess import CompletedProcess
from typing import Protocol

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jtai_cli.cli.reading import cache
from jtai_cli.cli.reading.cache import Kept, sealed, unsealed
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

    def refusal(self, *words: str) -> str:
        """What is said on standard error by a command that can't judge all."""
        env = {"XDG_CACHE_HOME": str(self.cache), "JTAI_AS_OF": "2026-07-31"}
        done = self._jtai(*words, "--format", "json", cwd=self.root, env=env)
        assert (done.returncode, done.stdout) == (2, "")
        return done.stderr

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


def in_years(*, cached: bool, year: Year) -> list[str]:
    without = () if cached else ("--no-cache",)
    return [year.says("trend", "--at", day, *without) for day in ("2026-01-31", "2025-08-07")]


def test_a_look_back_within_what_is_known(year: Year) -> None:
    year.says("trend")
    before = year.kept.read_bytes()
    assert in_years(cached=True, year=year) == in_years(cached=False, year=year)
    assert year.kept.read_bytes() == before


def test_a_history_that_goes_beyond_what_is_known_is_kept(year: Year) -> None:
    assert in_years(cached=True, year=year) == in_years(cached=False, year=year)
    short = len(year.kept.read_bytes())
    without = year.says("trend", "--no-cache")
    assert year.says("trend") == year.says("trend") == without
    assert len(year.kept.read_bytes()) > short


def test_it_grows_by_what_is_new(year: Year, git: Callable[..., str]) -> None:
    commits = git(year.root, "rev-list", "--first-parent", "--reverse", "HEAD").split()
    for commit in commits[-12:]:
        year.says("trend", "--at", commit)
    grown = len(year.kept.read_bytes())
    year.kept.unlink()
    year.says("trend")
    assert grown < 1.1 * len(year.kept.read_bytes())


@pytest.mark.parametrize("command", ["trend", "tracker", "slippage", "ages"])
@pytest.mark.parametrize(
    "edit",
    [
        lambda text: text.replace("progress: amber", "progress: green"),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text + "\n# nothing\n",
    ],
    ids=["another rating", "other line ends", "a comment"],
)
def test_what_is_on_disk_and_not_committed_is_read(
    command: str, edit: Callable[[str], str], year: Year
) -> None:
    year.says("trend")
    (plan,) = (year.root / "plans").rglob("*.yaml")
    plan.write_bytes(edit(plan.read_text(encoding="utf-8")).encode())
    assert year.says(command) == year.says(command, "--no-cache")


def test_two_committed_plans_with_one_id_are_still_two(year: Year, git: Callable[..., str]) -> None:
    (plan,) = (year.root / "plans").rglob("*.yaml")
    (plan.parent / "twin.yaml").write_bytes(plan.read_bytes())
    git(year.root, "add", ".")
    git(year.root, "commit", "-qm", "A twin")
    first, second, without = (year.refusal("trend", *words) for words in ((), (), ("--no-cache",)))
    assert first == second == without
    assert "twin.yaml" in without
    assert "is already used in" in without


def test_a_clone_that_became_shallow_is_refused_though_all_was_known(
    year: Year, git: Callable[..., str]
) -> None:
    year.says("trend")
    (year.root / ".git" / "shallow").write_text(git(year.root, "rev-parse", "HEAD~3"))
    assert "fetch-depth: 0" in year.refusal("trend")


KEPT = Kept(b"[]", b"some\nlines")
SEALED = sealed(KEPT)


def test_what_was_sealed_is_opened_again() -> None:
    assert unsealed(SEALED) == KEPT


@given(st.data())
def test_what_is_damaged_is_as_good_as_nothing(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(SEALED) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != SEALED[at]))
    assert unsealed(SEALED[:at] + bytes([other]) + SEALED[at + 1 :]) == Kept()
    assert unsealed(SEALED[:at]) == Kept()


@given(st.binary())
def test_what_somebody_else_wrote_is_as_good_as_nothing(content: bytes) -> None:
    assert unsealed(content) == Kept()


@pytest.mark.parametrize(("name", "other"), [("__version__", "0.0.0"), ("FORMAT", 0)])
def test_what_another_version_or_in_another_format_was_kept_is_as_good_as_nothing(
    name: str, other: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, name, other)
    assert unsealed(SEALED) == Kept()
