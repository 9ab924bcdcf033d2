"""Where there is no history to look back at, every command about it says what to do instead."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.answers import Answers, Jtai
from tests.cli.conftest import SMALL
from tests.history import Commit, record

Git = Callable[..., str]

EVERY = pytest.mark.parametrize(
    "words",
    [("tracker",), ("changes", "--since", "HEAD"), ("slippage",), ("trend",), ("ages",)],
    ids=lambda words: words[0],
)


def refusal(jtai: Jtai, folder: Path, words: tuple[str, ...]) -> str:
    return Answers(words[0]).refusal(jtai, folder, *words[1:])


@EVERY
def test_outside_a_repository(words: tuple[str, ...], small: Path, jtai: Jtai) -> None:
    assert "is not in a git repository" in refusal(jtai, small, words)


@EVERY
def test_nothing_is_committed_yet(
    words: tuple[str, ...], small: Path, jtai: Jtai, git: Git
) -> None:
    git(small, "init", "-q")
    assert refusal(jtai, small, words) == "nothing has been committed here yet\n"


@EVERY
def test_a_history_that_is_cut_short(
    words: tuple[str, ...], repository: Path, tmp_path: Path, jtai: Jtai, git: Git
) -> None:
    git(repository, "commit", "-q", "--allow-empty", "-m", "y")
    git(tmp_path, "clone", "-q", "--depth", "1", repository.as_uri(), "clone")
    assert "fetch-depth: 0" in refusal(jtai, tmp_path / "clone", words)


@EVERY
def test_a_plan_without_any_action(words: tuple[str, ...], tmp_path: Path, jtai: Jtai) -> None:
    empty = SMALL.partition("      - {ref")[0].replace("actions:", "actions: []")
    record(tmp_path, [Commit({"plans/our-plan.yaml": empty})])
    said = "nothing to judge: there is no action in our-plan\n"
    assert refusal(jtai, tmp_path, words) == said


@EVERY
def test_an_unknown_owner(words: tuple[str, ...], tmp_path: Path, jtai: Jtai) -> None:
    record(tmp_path, [Commit({"plans/our-plan.yaml": SMALL})])
    said = refusal(jtai, tmp_path, (*words, "--owner", "TPV"))
    assert said == "no action has the owner 'TPV'; did you mean 'TVP'?\n"
