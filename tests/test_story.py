"""The invented year: the same everywhere, and in each commit just what its table says."""

import datetime as dt
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from jtai_cli.plan.load import load_plan
from jtai_cli.plan.model import Action, Plan
from tests import story
from tests.history import environment
from tests.story import (
    EVENTS,
    ON_THE_BRANCH,
    Event,
    build,
    events_of,
    first_parents,
    script,
    versions,
)
from tests.story.published import PUBLISHED
from tests.story.script import Change

ROOT = Path(__file__).parent.parent
COMMITS = ROOT / "tests" / "story" / "commits.txt"
LAST_DAY = "2026-07-31"
UNREADABLE = "date-mistyped"

Told = tuple[str, str, str | None, str | None]


class Built(NamedTuple):
    root: Path
    hashes: Mapping[str, str]

    def git(self, *words: str) -> str:
        command = ["git", "-C", str(self.root), *words]
        done = subprocess.run(command, env=environment(), capture_output=True, check=True)
        return done.stdout.decode()

    def plan(self, name: str) -> Plan | None:
        """The plan as a commit holds it, if it has one that can be read."""
        listed = self.git("ls-tree", "-r", "--name-only", self.hashes[name]).split()
        files = [file for file in listed if file.endswith(".yaml")]
        if not files:
            return None
        (file,) = files
        content = self.git("cat-file", "blob", f"{self.hashes[name]}:{file}").encode()
        loaded = load_plan(file, content).loaded
        return loaded.plan if loaded else None


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = tmp_path_factory.mktemp("story")
    return Built(root, build(root))


@pytest.fixture(scope="module")
def plans(built: Built) -> Mapping[str, Plan | None]:
    return {name: built.plan(name) for name in built.hashes}


def run(folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.story", str(folder)],
        cwd=ROOT,
        env=os.environ | variables,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def actions(plan: Plan) -> dict[str, Action]:
    return {action.ref: action for one in plan.objectives for action in one.actions}


# the same everywhere


def test_the_commits_and_the_last_hash(built: Built, request: pytest.FixtureRequest) -> None:
    # A change of the real plan changes every hash: `pytest tests/test_story.py --renew-golden`.
    said = built.git("log", "--format=%H %ad %an: %s", "--date=iso").splitlines()
    by_hash = dict(line.split(" ", 1) for line in said)
    lines = [f"{by_hash[hashed]} [{name}]\n" for name, hashed in built.hashes.items()]
    text = "".join([*lines, built.git("rev-parse", "HEAD")])
    if request.config.getoption("--renew-golden"):
        COMMITS.write_text(text, encoding="utf-8")
    assert text == COMMITS.read_text(encoding="utf-8")


def test_the_same_hashes_whatever_the_surroundings(built: Built, tmp_path: Path) -> None:
    odd = tmp_path / "home" / ".gitconfig"
    odd.parent.mkdir()
    odd.write_text("[core]\nautocrlf = true\n[init]\ndefaultBranch = odd\n[user]\nname = Odd\n")
    variables = {
        "HOME": str(odd.parent),
        "GIT_CONFIG_GLOBAL": str(odd),
        "GIT_AUTHOR_DATE": "2001-01-01T00:00:00Z",
        "GIT_COMMITTER_NAME": "Odd",
        "GIT_DIR": str(tmp_path / "elsewhere"),
        "GIT_DEFAULT_HASH": "sha256",
        "TZ": "Pacific/Auckland",
        "LANG": "C",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "7",
    }
    folder = tmp_path / "again"
    done = run(folder, **variables)
    assert done.returncode == 0, done.stderr
    again = Built(folder, built.hashes)
    assert again.git("rev-parse", "main") == built.git("rev-parse", "main")
    assert again.git("status", "--porcelain") == ""
    assert (folder / "README.md").read_bytes() == (built.root / "README.md").read_bytes()


def test_a_folder_that_is_not_empty_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    for folder in (tmp_path, tmp_path / "mine"):
        done = run(folder)
        assert (done.returncode, done.stdout) == (2, "")
        assert f"{folder} is no empty folder: name one that is empty" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_the_real_plan_is_not_touched() -> None:
    real = (ROOT / "plans" / "reading-jtai-2025.yaml").read_bytes()
    assert b"An invented year" not in real


# what it tells


def test_between_35_and_60_commits_in_british_time_until_the_last_day(built: Built) -> None:
    assert 35 <= len(built.hashes) <= 60
    for line in built.git("log", "--format=%aI %cI").splitlines():
        authored, committed = line.split()
        assert authored == committed
        assert authored[:10] <= LAST_DAY
        summer = not "2025-10-26" <= authored[:10] < "2026-03-29"
        assert authored.endswith("+01:00" if summer else "+00:00")


def test_first_parents_are_the_main_line_and_its_dates_only_rise(built: Built) -> None:
    line = built.git("log", "--first-parent", "--reverse", "--format=%H").split()
    assert [built.hashes[name] for name in first_parents()] == line
    dates = [versions()[name].step.when for name in first_parents()]
    assert dates == sorted(dates)


def test_the_branch_is_what_the_merge_brings(built: Built, tmp_path: Path) -> None:
    merge = built.hashes["police-merged"]
    assert built.git("rev-list", "--merges", "main").split() == [merge]
    brought = built.git("rev-list", "--reverse", f"{merge}^1..{merge}^2").split()
    assert brought == [built.hashes["police-briefed"], built.hashes["police-complete"]]
    base = built.git("merge-base", f"{merge}^1", f"{merge}^2").strip()
    assert base == built.hashes["date-removed"]
    # git itself would have made the same of the two sides
    file = versions()["police-merged"].file
    sides = [tmp_path / name for name in ("ours", "base", "theirs")]
    for side, commit in zip(sides, (f"{merge}^1", base, f"{merge}^2"), strict=True):
        side.write_text(built.git("cat-file", "blob", f"{commit}:{file}"), encoding="utf-8")
    assert built.git("merge-file", "-p", *map(str, sides)) == versions()["police-merged"].text


def test_every_version_can_be_read_but_one(plans: Mapping[str, Plan | None]) -> None:
    assert [name for name, plan in plans.items() if plan is None] == ["readme", UNREADABLE]


def test_the_last_version_is_valid(built: Built) -> None:
    command = [sys.executable, "-m", "jtai_cli", "validate"]
    done = subprocess.run(
        command, cwd=built.root, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_commit_does_what_the_events_say(plans: Mapping[str, Plan | None]) -> None:
    was = None
    for name in first_parents():
        now = plans[name]
        told = sorted(seen(event) for event in EVENTS if event.commit == name and event.ref)
        if now is None:
            assert told == []
            continue
        if was is not None:
            assert told == sorted(differences(was, now)), name
            assert beside_actions(was) == beside_actions(now), name
        was = now


def test_every_commit_of_the_branch_does_what_its_events_say(
    plans: Mapping[str, Plan | None],
) -> None:
    names = dict.fromkeys(event.commit for event in ON_THE_BRANCH)
    assert list(names) == ["police-briefed", "police-complete"]
    for name in names:
        was, now = plans[versions()[name].parents[0]], plans[name]
        assert was
        assert now
        told = sorted(seen(event) for event in ON_THE_BRANCH if event.commit == name)
        assert told == sorted(differences(was, now))


def seen(event: Event) -> Told:
    return (event.ref, event.what, event.was or "", event.now or "")


def differences(was: Plan, now: Plan) -> Iterator[Told]:
    """What is not the same in two versions of a plan, told as events tell it."""
    before, after = actions(was), actions(now)
    yield from ((ref, "removed", before[ref].text, "") for ref in before.keys() - after.keys())
    yield from ((ref, "added", "", after[ref].text) for ref in after.keys() - before.keys())
    for ref in before.keys() & after.keys():
        old, new = values(before[ref]), values(after[ref])
        yield from ((ref, what, old[what], new[what]) for what in old if old[what] != new[what])
        yield from additions(before[ref], after[ref])
        assert before[ref].approved == after[ref].approved


def values(action: Action) -> dict[str, str]:
    fields = (
        "text",
        "due",
        "due_note",
        "theme",
        "level",
        "progress",
        "impact",
        "completed",
        "note",
    )
    return {
        **{field: str(getattr(action, field) or "") for field in fields},
        "owners": ", ".join(action.owners),
        "support": ", ".join(action.support),
        "withdrawn": action.withdrawn.reason if action.withdrawn else "",
    }


def additions(was: Action, now: Action) -> Iterator[Told]:
    """What is new in the lists of an action; nothing of what was there may have changed."""
    for field, what in (("measures", "measure"), ("evidence", "evidence"), ("updates", "update")):
        old, new = getattr(was, field), getattr(now, field)
        assert new[: len(old)] == old
        for item in new[len(old) :]:
            yield (now.ref, what, "", item.text if what == "update" else item)


def beside_actions(plan: Plan) -> Plan:
    """All that a plan says beside its actions; its scheme never changes."""
    objectives = tuple(one.model_copy(update={"actions": ()}) for one in plan.objectives)
    return plan.model_copy(update={"objectives": objectives})


def test_updates_are_of_the_day_of_their_commit_or_a_few_days_before(
    plans: Mapping[str, Plan | None],
) -> None:
    for event in (*EVENTS, *ON_THE_BRANCH):
        if event.what == "update":
            plan, day = plans[event.commit], versions()[event.commit].step.when.date()
            assert plan
            (entry,) = (one for one in actions(plan)[event.ref].updates if one.text == event.now)
            assert dt.timedelta(0) <= day - entry.on <= dt.timedelta(days=4)


def test_events_give_the_update_of_the_same_commit_as_the_reason() -> None:
    moves = [(move.commit, move.was, move.now, bool(move.why)) for move in events_of("due", "6.2")]
    assert moves == [
        ("dates-for-autumn", "2025-06-30", "2025-09-30", False),
        ("committee-report", "2025-09-30", "2025-10-31", True),
        ("third-date", "2025-10-31", "2025-11-28", False),
        ("january-meeting", "2025-11-28", "2026-02-27", True),
        ("fifth-date", "2026-02-27", "2026-06-30", False),
    ]
    (worse,) = (event for event in EVENTS if event.commit == "april-meeting" and not event.why)
    assert worse.what == "update"


def test_a_version_that_cannot_be_read_is_told_with_the_one_that_mends_it() -> None:
    assert not [event for event in EVENTS if event.commit == UNREADABLE]
    (move,) = (event for event in events_of("due", "7.1") if event.commit == "date-mended")
    assert (move.was, move.now) == ("2025-12-19", "2026-03-31")
    (better,) = (event for event in events_of("progress", "1.2") if event.commit == "date-mended")
    assert (better.was, better.now) == ("amber", "green")


def test_the_file_is_renamed_and_later_moved_and_edited(built: Built) -> None:
    told = [(event.commit, event.was, event.now) for event in events_of("moved")]
    assert told == [
        ("renamed", "plans/reading-jtai-2025.yaml", "plans/jtai/reading-2025.yaml"),
        ("moved-and-edited", "plans/jtai/reading-2025.yaml", "plans/2025/reading-jtai.yaml"),
    ]
    for name, _, now in told:
        changed = built.git("show", "--name-status", "--format=", "-M", built.hashes[name])
        assert changed.startswith("R100" if name == "renamed" else "R0")
        assert changed.strip().endswith(str(now))


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("readme", ["README.md"]),
        ("plan", ["plans/reading-jtai-2025.yaml"]),
        ("readme-kept", ["README.md"]),
        ("only-comments", ["plans/jtai/reading-2025.yaml"]),
        ("readme-asked", ["README.md"]),
    ],
)
def test_commits_without_an_event(built: Built, name: str, files: list[str]) -> None:
    assert not [event for event in EVENTS if event.commit == name]
    assert built.git("show", "--name-only", "--format=", built.hashes[name]).split() == files


def test_the_first_version_is_the_plan_as_it_was_published(
    plans: Mapping[str, Plan | None],
) -> None:
    real = load_plan("", (ROOT / "plans" / "reading-jtai-2025.yaml").read_bytes()).loaded
    published = plans["plan"]
    assert real
    assert published
    for ref, action in actions(real.plan).items():
        bare = {"updates": (), "note": None}
        as_published = actions(published)[ref]
        assert as_published.updates == ()
        assert as_published.model_copy(update=bare) == action.model_copy(update=bare)
    assert not re.search(r"October 2025(?!, and)", versions()["plan"].text or "")


def test_the_updates_of_october_are_the_real_ones() -> None:
    real = load_plan("", (ROOT / "plans" / "reading-jtai-2025.yaml").read_bytes()).loaded
    assert real
    words = {
        ref: action.updates[0].text for ref, action in actions(real.plan).items() if action.updates
    }
    told = [event for event in events_of("update") if event.commit == "committee-report"]
    assert {event.ref: event.now for event in told} == words


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (script.due("6.2", "2025-07-01", "2025-09-30"), "due of 6.2 is 2025-06-30, not 2025-07-01"),
        (script.due("6.2", "2025-06-30", "2025-06-30"), "due of 6.2 would not change"),
        (script.due("1.1", "2025-06-30", None), "1.1 has no due"),
        (script.progress("11.1", "green", "amber"), "0 actions are 11.1"),
        (script.reworded("4.1", "Think", "Act"), "4.1 says Action is taken"),
        (script.removed("4.1", "Think"), "4.1 says something else"),
        (script.added("4.1", "Act", after="3.2"), "4.1 is there"),
    ],
)
def test_an_edit_that_does_not_find_what_it_should_fails(change: Change, said: str) -> None:
    with pytest.raises(AssertionError, match=said):
        change.edit(PUBLISHED)


def test_comments_and_layout_survive() -> None:
    text = versions()["year-end"].text or ""
    assert text.startswith(
        "# yaml-language-server: $schema=../../schemas/plan.schema.json\n#\n# An "
    )
    assert "        due: 2026-06-30  # of the data, not of the report on them\n" in text
    assert "partners:\n  BFFC: Brighter Futures for Children\n" in text
    assert "\n\n\n" not in text


def test_the_table_of_the_story_names_its_commits() -> None:
    names = set(re.findall(r"`([a-z][a-z-]+)`", story.__doc__ or ""))
    assert names <= versions().keys()
    unnamed = versions().keys() - names
    assert unnamed == {"july-meeting", "year-end"}
