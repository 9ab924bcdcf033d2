"""The plans commit by commit, from real repositories: renames, gaps, policies, what is on disk."""

import datetime as dt
import random
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import click
import pytest

from jtai_cli.cli.reading import plans, project
from jtai_cli.cli.reading.cache import Cache
from jtai_cli.cli.reading.committed import committed_moments
from jtai_cli.cli.reading.history import History, history_of
from jtai_cli.cli.reading.past import loaded_then, plans_at
from jtai_cli.cli.reading.project import NothingToJudge
from jtai_cli.cli.reading.where import Where
from jtai_cli.cli.request import Request
from jtai_cli.facts.moments import Moment, Point
from jtai_cli.git import first_parents
from jtai_cli.plan.load import Loaded
from tests.cli.conftest import SMALL
from tests.facts.moments import moments_at
from tests.history import Commit, record

Git = Callable[..., str]
Walked = list[dict[str, str]]

A, B = "plans/a.yaml", "plans/b.yaml"
ONE = SMALL.replace("our-plan", "one")
TWO = SMALL.replace("our-plan", "two")
AMBER = ONE.replace("green", "amber")
BROKEN = ONE.replace("2025-06-30", "2025-06-31")
NAMELESS = "jtai: [\n"
AS_OF = dt.date(2025, 8, 7)


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Makes a repository of commits and goes there."""

    def make(*commits: Mapping[str, str | None]) -> Path:
        root = tmp_path / "repository"
        days = [dt.datetime(2025, 7, day, 12, tzinfo=dt.UTC) for day in range(1, len(commits) + 1)]
        record(root, [Commit(files, day) for files, day in zip(commits, days, strict=True)])
        monkeypatch.chdir(root)
        # a program looks once
        plans._files_by_id.cache_clear()
        project.project_of.cache_clear()
        return root

    return make


Made = Callable[..., Path]


def request(*named: str) -> Request:
    return Request(named, AS_OF, None, "json", None, "auto", no_cache=True)


def walked(*named: str) -> list[Moment]:
    with history_of(request(*named)) as history:
        return list(history.moments)


def standing(*named: str) -> Walked:
    """Which plan each moment has in which file."""
    return [
        {plan_id: held.file for plan_id, held in moment.plans.items()} for moment in walked(*named)
    ]


def gaps(*named: str) -> list[list[tuple[str, str | None, int]]]:
    """The files that do not load at each moment: name, plan, and at which moment that began."""
    moments = walked(*named)
    number = {moment.revision: number for number, moment in enumerate(moments)}
    return [
        [(gap.file, gap.plan_id, number[gap.since]) for gap in moment.gaps.values()]
        for moment in moments
    ]


def rated(moments: Sequence[Moment], plan_id: str = "one") -> list[str | None]:
    """The progress of the first action at each moment."""
    return [
        moment.plans[plan_id].version.actions[0][0].progress if plan_id in moment.plans else None
        for moment in moments
    ]


# moments


def test_a_moment_for_each_commit_and_one_for_what_is_on_disk(made: Made) -> None:
    root = made({"README": "x"}, {A: ONE}, {"README": "y"}, {A: AMBER})
    (root / A).write_text(ONE, encoding="utf-8")
    moments = walked()
    days = [moment.revision.day for moment in moments]
    assert days == [*(dt.date(2025, 7, day) for day in (1, 2, 3, 4)), AS_OF]
    assert [moment.revision.author for moment in moments] == [*["A. Person"] * 4, None]
    assert moments[-1].revision.commit is None
    assert rated(moments) == [None, "green", "green", "amber", "green"]
    # no plan has changed
    assert moments[1].plans is moments[2].plans
    assert moments[1].gaps is moments[2].gaps


def test_a_version_that_comes_back_is_the_same_object(made: Made) -> None:
    made({A: ONE}, {A: AMBER}, {A: ONE}, {A: None}, {B: ONE})
    first, _, third, _, fifth, _ = walked()
    assert first.plans["one"].version is third.plans["one"].version
    assert first.plans["one"].version is fifth.plans["one"].version


def test_a_change_of_mode_alone_changes_nothing(made: Made, git: Git) -> None:
    root = made({A: ONE})
    (root / A).chmod(0o755)
    git(root, "commit", "-q", "-a", "-m", "x")
    first, second, _ = walked()
    assert first.plans["one"].version is second.plans["one"].version


def test_a_merge_brings_the_side_branch_in_one_step(made: Made, git: Git) -> None:
    root = made({A: ONE, B: TWO})
    git(root, "checkout", "-q", "-b", "side")
    for text in (AMBER, ONE.replace("green", "blue")):
        (root / A).write_text(text, encoding="utf-8")
        git(root, "commit", "-q", "-a", "-m", "x")
    git(root, "checkout", "-q", "main")
    git(root, "commit", "-q", "--allow-empty", "-m", "x")
    git(root, "merge", "-q", "--no-ff", "-m", "x", "side")
    assert rated(walked()) == ["green", "green", "blue", "blue"]


# renames


def test_a_plan_is_followed_by_its_id(made: Made) -> None:
    made({A: ONE}, {A: None, "plans/deep/c.yml": AMBER}, {"plans/deep/c.yml": None, B: ONE})
    assert standing("one") == standing(B) == standing()
    assert standing() == [{"one": A}, {"one": "plans/deep/c.yml"}, {"one": B}, {"one": B}]
    assert rated(walked()) == ["green", "amber", "green", "green"]


def test_two_plans_that_swap_their_files(made: Made) -> None:
    made({A: ONE, B: TWO}, {A: TWO, B: ONE}, {A: ONE, B: TWO})
    swapped = {"two": A, "one": B}
    straight = {"one": A, "two": B}
    assert standing() == [straight, swapped, straight, straight]
    assert standing(A) == [{"one": A}, {"one": B}, {"one": A}, {"one": A}]
    assert gaps() == [[]] * 4


def test_a_plan_that_takes_another_id_is_another_plan(made: Made) -> None:
    made({A: ONE}, {A: TWO})
    assert standing() == [{"one": A}, {"two": A}, {"two": A}]
    assert standing("two") == [{}, {"two": A}, {"two": A}]


def test_a_plan_that_is_gone_and_comes_back(made: Made) -> None:
    made({A: ONE, B: TWO}, {B: None}, {B: TWO})
    assert [sorted(one) for one in standing()] == [["one", "two"], ["one"], *[["one", "two"]] * 2]
    assert gaps() == [[]] * 4


# gaps


def test_a_broken_version_in_between_is_a_gap_with_its_problem(made: Made) -> None:
    made({A: ONE}, {A: BROKEN}, {A: BROKEN + "# more\n"}, {A: AMBER})
    assert gaps() == [[], [(A, "one", 1)], [(A, "one", 1)], [], []]
    assert rated(walked()) == ["green", None, None, "amber", "amber"]
    moment = walked()[2]
    problem = moment.gaps[A].problem
    assert moment.gap_of("one", A) == moment.gaps[A]
    assert (problem.file, problem.line, problem.rule) == (A, 11, "impossible-date")


def test_a_gap_in_which_no_id_can_be_read_is_of_the_plan_that_stood_there(made: Made) -> None:
    made({A: NAMELESS}, {A: ONE}, {A: NAMELESS}, {A: ONE})
    assert gaps() == [[(A, None, 0)], [], [(A, "one", 2)], [], []]
    assert gaps("one") == gaps(A) == gaps()


def test_a_plan_that_is_moved_while_it_is_broken(made: Made) -> None:
    made({A: ONE}, {A: BROKEN}, {A: None, B: BROKEN}, {B: NAMELESS}, {B: ONE})
    assert gaps() == [[], [(A, "one", 1)], [(B, "one", 1)], [(B, "one", 1)], [], []]
    assert gaps("one") == gaps()


def test_a_plan_that_is_moved_and_broken_in_one_commit(made: Made) -> None:
    made({A: ONE, "plans/c.yaml": TWO}, {A: None, B: NAMELESS}, {B: ONE})
    assert gaps() == [[], [(B, "one", 1)], [], []]
    assert gaps("one") == gaps()


def test_of_two_plans_that_are_gone_nobody_knows_which_one_it_was(made: Made) -> None:
    other = "plans/c.yaml"
    made({A: ONE, other: TWO}, {A: None, other: None, B: NAMELESS}, {B: ONE, other: TWO})
    assert gaps() == [[], [(B, None, 1)], [], []]
    # what is asked about stands in that file in the end
    assert gaps("one") == gaps()
    assert gaps("two") == [[]] * 4


def test_a_gap_of_another_plan_is_no_matter(made: Made) -> None:
    made({A: ONE, B: TWO}, {B: NAMELESS}, {B: TWO})
    assert gaps("one") == [[]] * 4
    assert gaps("two")[1] == [(B, "two", 1)]


def test_a_file_that_turns_into_a_link_and_back(made: Made, git: Git) -> None:
    root = made({A: ONE})
    (root / A).rename(root / "real.yaml")
    (root / A).symlink_to("../real.yaml")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "x")
    (root / A).unlink()
    (root / "real.yaml").rename(root / A)
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "x")
    assert standing() == [{"one": A}, {}, {"one": A}, {"one": A}]
    assert gaps() == [[], [(A, "one", 1)], [], []]
    assert "git keeps a link under this name" in walked()[1].gaps[A].problem.message


def test_a_repository_and_a_linked_folder_among_the_plans_are_gaps(made: Made, git: Git) -> None:
    root = made({A: ONE, "more/x.yaml": TWO, "README": "x"})
    git(root, "update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},plans/inner")
    git(root, "commit", "-q", "-m", "x")
    git(root, "rm", "-q", "--cached", "plans/inner")
    (root / "plans" / "folder").symlink_to("../more")
    (root / "plans" / "readme").symlink_to("../README")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "x")
    git(root, "rm", "-q", "plans/folder")
    git(root, "commit", "-q", "-m", "x")
    found = [[file for file, _, _ in moment] for moment in gaps()]
    assert found == [[], ["plans/inner"], ["plans/folder"], [], []]


def test_a_link_among_the_plans_that_turns_into_a_file_of_another_name(
    made: Made, git: Git
) -> None:
    root = made({A: ONE})
    (root / "plans" / "notes").symlink_to("/nowhere")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "x")
    (root / "plans" / "notes").unlink()
    (root / "plans" / "notes").write_text("To do\n")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "x")
    found = [[file for file, _, _ in moment] for moment in gaps()]
    assert found == [[], ["plans/notes"], [], []]


def test_of_two_plans_with_one_id_the_second_does_not_load(made: Made) -> None:
    made({B: ONE}, {A: AMBER}, {"README": "x"}, {B: ONE + "# more\n"}, {A: None})
    assert standing() == [{"one": B}, *[{"one": A}] * 3, {"one": B}, {"one": B}]
    assert gaps() == [[], *[[(B, None, 1)]] * 3, [], []]
    assert gaps("one") == gaps()
    problem = walked()[1].gaps[B].problem
    assert (problem.rule, problem.file) == ("duplicate-plan-id", B)
    assert problem.message == f"the plan id 'one' is already used in {A}"


def test_of_two_plans_with_one_id_the_first_of_which_is_broken_neither_loads(made: Made) -> None:
    """As `jtai status` of that commit says."""
    made({A: BROKEN, B: ONE}, {A: None})
    assert standing() == [{}, {"one": B}, {"one": B}]
    assert gaps() == [[(A, "one", 0), (B, None, 0)], [], []]


# policies


def test_a_policy_that_moves_the_folder_moves_no_plan(made: Made) -> None:
    made(
        {A: ONE, B: TWO},
        {A: None, B: None, "boards/a.yaml": AMBER, "boards/b.yaml": TWO,
         "jtai.yaml": "plans: boards\n"},
        {"plans/new.yaml": ONE, "jtai.yaml": "plans: boards/\n"},
        {"jtai.yaml": None, "boards/a.yaml": None},
    )  # fmt: skip
    assert standing() == [
        {"one": A, "two": B},
        {"one": "boards/a.yaml", "two": "boards/b.yaml"},
        {"one": "boards/a.yaml", "two": "boards/b.yaml"},
        {"one": "plans/new.yaml"},
        {"one": "plans/new.yaml"},
    ]
    assert gaps() == [[]] * 5


def test_plans_that_come_with_the_policy_that_leaves_them_out_are_none(made: Made) -> None:
    made(
        {A: ONE},
        {B: TWO, "boards/c.yaml": TWO, "jtai.yaml": "plans: boards\n"},
        {"jtai.yaml": "plans: plans\n", B: None},
    )
    assert standing() == [{"one": A}, {"two": "boards/c.yaml"}, {"one": A}, {"one": A}]


def test_a_policy_that_can_not_be_read_moves_nothing(made: Made) -> None:
    made(
        {"boards/a.yaml": ONE, "jtai.yaml": "plans: boards\n"},
        {"jtai.yaml": "plans: [\n"},
        {"boards/a.yaml": AMBER, "jtai.yaml": "plans: boards\nfail_onn: x\n"},
        {"jtai.yaml": "plans: boards\n"},
    )
    assert standing() == [{"one": "boards/a.yaml"}] * 5


def test_what_is_on_disk_has_no_say_in_where_the_plans_were(made: Made) -> None:
    root = made({A: ONE, "boards/x.yaml": TWO}, {A: AMBER})
    (root / "jtai.yaml").write_text("plans: boards\n", encoding="utf-8")
    assert standing() == [{"one": A}, {"one": A}, {"two": "boards/x.yaml"}]


def test_a_plan_outside_of_the_folder_of_plans_has_a_history_too(made: Made) -> None:
    made({A: ONE, "drafts/d.yaml": TWO}, {"drafts/d.yaml": TWO.replace("green", "amber")})
    assert standing("drafts/d.yaml") == standing("drafts") == [{"two": "drafts/d.yaml"}] * 3
    assert rated(walked("drafts/d.yaml"), "two") == ["green", "amber", "amber"]
    assert standing() == [{"one": A}] * 3


def test_plans_of_another_folder_of_plans_are_named_by_their_files(made: Made) -> None:
    made({A: ONE, "b/plans/x.yaml": TWO}, {"b/plans/x.yaml": None, "b/plans/y.yaml": TWO})
    expected = [{"two": "b/plans/x.yaml"}, {"two": "b/plans/y.yaml"}, {"two": "b/plans/y.yaml"}]
    assert standing("b/plans/y.yaml") == standing("b/plans") == expected


# what is on disk


def test_what_does_not_load_on_disk_is_a_gap_since_it_does_not(made: Made) -> None:
    root = made({A: ONE, B: TWO}, {B: NAMELESS})
    (root / A).write_text(NAMELESS, encoding="utf-8")
    assert gaps() == [[], [(B, "two", 1)], [(A, "one", 2), (B, "two", 1)]]


def test_a_plan_whose_id_can_not_be_read_in_the_end_is_what_stood_in_its_file(made: Made) -> None:
    root = made({A: ONE, B: TWO}, {A: AMBER})
    (root / A).write_text(NAMELESS, encoding="utf-8")
    assert standing(A) == [{"one": A}, {"one": A}, {}]
    assert gaps(A) == [[], [], [(A, "one", 2)]]


@pytest.mark.parametrize("name", [A, f"./plans/../{A}", "ABSOLUTE"])
def test_however_a_plan_is_named_its_gap_is_one(name: str, made: Made) -> None:
    root = made({A: ONE}, {A: BROKEN})
    name = str(root / A) if name == "ABSOLUTE" else name
    assert gaps(name) == [[], [(A, "one", 1)], [(A, "one", 1)]]


def test_an_id_that_is_used_twice_on_disk(made: Made) -> None:
    root = made({A: ONE})
    shutil.copy(root / A, root / B)
    assert gaps() == [[], [(B, None, 1)]]


def test_a_plan_that_is_not_committed_yet(made: Made) -> None:
    root = made({A: ONE})
    (root / B).write_text(TWO, encoding="utf-8")
    assert standing("two") == standing(B) == [{}, {"two": B}]


def test_no_plan_is_left_on_disk(made: Made) -> None:
    root = made({A: ONE})
    shutil.rmtree(root / "plans")
    with pytest.raises(NothingToJudge, match="no plan found"):
        walked()


# the end and points on the way


def at(written: str, *named: str, as_of: str | None = None) -> tuple[list[Moment], History]:
    """The history that ends with --at."""
    words = ["--at", written, *(["--as-of", as_of] if as_of else [])]
    found: list[tuple[list[Moment], History]] = []

    @click.command()
    @click.option("--at")
    @click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]))
    def command(at: str, as_of: dt.datetime | None) -> None:
        day = as_of.date() if as_of else None
        wanted = Request(named, day, at, "json", None, "auto", no_cache=True)
        with history_of(wanted) as history:
            found.append((list(history.moments), history))

    command(words, standalone_mode=False)
    return found[0]


def test_a_history_that_ends_with_a_commit_or_a_day(made: Made) -> None:
    made({A: ONE}, {A: AMBER}, {A: ONE})
    for written, day in (("HEAD~1", "2025-07-02"), ("2025-07-02", "2025-07-02")):
        moments, history = at(written)
        assert rated(moments) == ["green", "amber"]
        assert (history.as_of.isoformat(), history.committed and history.committed.day) == (
            day,
            dt.date(2025, 7, 2),
        )
        assert moments[-1].revision.commit == (history.committed and history.committed.commit)
    assert at("HEAD~1", as_of="2025-09-01")[1].as_of == dt.date(2025, 9, 1)
    with pytest.raises(NothingToJudge, match="is no revision"):
        at("")


def test_the_end_of_a_history_is_what_the_commit_says_of_itself(made: Made) -> None:
    made({A: ONE, B: BROKEN.replace("one", "two")}, {"jtai.yaml": "plans: x\n", "x/a.yaml": AMBER})
    for commit in ("HEAD~1", "HEAD"):
        moments, history = at(commit)
        loaded = {one.plan.id: (one.file, one.plan) for one in history.loaded.plans}
        assert loaded == {name: (held.file, held.version.plan)
                          for name, held in moments[-1].plans.items()}  # fmt: skip
        failed = {problem.file for problem in history.loaded.problems}
        assert failed == set(moments[-1].gaps)


def test_points(made: Made, git: Git) -> None:
    root = made({A: ONE}, {A: AMBER}, {A: ONE})
    hashes = git(root, "rev-list", "--reverse", "HEAD").split()
    with history_of(request()) as history:
        points = [history.point(written) for written in ("2025-07-02", "HEAD~2", hashes[1])]
        assert points == [
            Point(day=dt.date(2025, 7, 2)),
            Point(commit=hashes[0]),
            Point(commit=hashes[1]),
        ]
        for wrong in ("nonsense", "", "HEAD..main", "2025-02-30", "7/8/2025"):
            with pytest.raises(NothingToJudge):
                history.point(wrong)
        early, late = Point(day=dt.date(2025, 6, 30)), Point(day=dt.date(2025, 8, 1))
        found = moments_at(history.moments, [*points, early, late, Point(day=AS_OF)])
    commits = [moment and moment.revision.commit for moment in found]
    assert commits == [hashes[1], hashes[0], hashes[1], None, hashes[2], None]
    assert found[3] is None
    assert found[5] is not None


def test_with_a_clock_that_went_wrong_a_day_is_the_last_in_the_chain(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = ("2025-07-01", "2025-07-09", "2025-07-03", "2025-07-02")
    times = [dt.datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=dt.UTC) for day in days]
    hashes = record(tmp_path, [Commit({A: ONE, "x": str(time)}, time) for time in times])
    monkeypatch.chdir(tmp_path)
    asked = [dt.date(2025, 7, day) for day in (1, 2, 5, 9)]
    found = moments_at(walked()[:-1], [Point(day=day) for day in asked])
    # each as `--at` of that day has it
    assert [moment and moment.revision.commit for moment in found] == [
        hashes[0], hashes[3], hashes[3], hashes[3],
    ]  # fmt: skip
    for day, moment in zip(asked, found, strict=True):
        end = at(day.isoformat())[1].committed
        assert end is not None
        assert moment is not None
        assert end.commit == moment.revision.commit


def test_nothing_is_committed_yet(
    tmp_path: Path, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / A).write_text(ONE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NothingToJudge, match="is not in a git repository"):
        walked()
    git(tmp_path, "init", "-q", "-b", "main")
    with pytest.raises(NothingToJudge, match="nothing has been committed here"):
        walked()


def test_a_shallow_clone_is_no_history(
    made: Made, git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = made({A: ONE}, {A: AMBER}, {A: ONE})
    git(tmp_path, "clone", "-q", "--depth=2", root.as_uri(), "clone")
    monkeypatch.chdir(tmp_path / "clone")
    with pytest.raises(NothingToJudge, match="fetch-depth: 0"):
        walked()


def test_a_text_that_a_partial_clone_lacks_is_no_gap_but_a_refusal(
    made: Made, git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = made({A: ONE}, {A: AMBER}, {A: ONE.replace("green", "blue")})
    git(root, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "-q", "--filter=blob:none", root.as_uri(), "clone")
    monkeypatch.chdir(tmp_path / "clone")
    with pytest.raises(NothingToJudge, match="a partial clone"):
        walked()


def test_thousands_of_commits_are_walked_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [ONE.replace("Ask children", f"Ask {number % 50} children") for number in range(2_000)]
    record(tmp_path, [Commit({A: text}) for text in texts])
    monkeypatch.chdir(tmp_path)
    moments = walked()
    assert len(moments) == 2_001
    # a text is read once, however many commits have it
    assert len({id(moment.plans["one"].version) for moment in moments[:-1]}) == 50


# each moment is what `--at` of that commit says

TEXTS = [
    *(ONE, AMBER, BROKEN, NAMELESS, TWO, TWO.replace("green", "red")),
    TWO.replace("title: Listen", "titel: Listen"),
]
NAMES = [A, B, "plans/d/c.yml", "x/a.yaml", "sub/plans/a.yaml", "plans/n.txt", "a.yaml"]
POLICIES = [
    "plans: x\n",
    "plans: plans\n",
    "plans: .\n",
    "plans: sub/plans\nfoo: 1\n",
    "plans: [\n",
]


def any_history(seed: int) -> list[Commit]:
    """Plans that come, change, break, move and go, and policies that move them."""
    chance = random.Random(seed)  # noqa: S311 - the same histories in every run
    commits, there = [Commit({"README": "x", "sub/README": "x"})], dict[str, str]()
    for _ in range(12):
        files: dict[str, str | None] = {}
        for _ in range(chance.randint(0, 3)):
            policy = chance.random() < 0.25
            name = chance.choice(["jtai.yaml", "sub/jtai.yaml"] if policy else NAMES)
            goes = name in there and chance.random() < 0.4
            files[name] = None if goes else chance.choice(POLICIES if policy else TEXTS)
        if there and chance.random() < 0.4:
            old, new = chance.choice(list(there)), chance.choice(NAMES)
            if old in NAMES and old != new:
                files |= {new: there[old], old: None}
        for name, text in files.items():
            there.pop(name, None)
            there |= {} if text is None else {name: text}
        commits.append(Commit(files))
    return commits


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("place", [".", "sub"])
def test_each_moment_is_what_its_commit_says(
    place: str, seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashes = record(tmp_path, any_history(seed))
    monkeypatch.chdir(tmp_path / place)
    with plans_at((), "HEAD") as (found, _, _):
        steps = first_parents(found, hashes[-1])
        moments = committed_moments(found, Where(found, ()), steps, None, Cache(found, used=False))
        at_each = {moment.revision.commit: moment for moment in moments}
    for hashed in hashes:
        with plans_at((), hashed) as (found, commit, _):
            try:
                loaded = loaded_then(found, Where(found, ()), (), commit)
            except NothingToJudge as refused:
                said, loaded = refused.message, Loaded((), ())
            else:
                said = ""
        if "can't be known" in said:
            continue
        held = {name: (one.file, one.version.plan) for name, one in at_each[hashed].plans.items()}
        assert held == {one.plan.id: (one.file, one.plan) for one in loaded.plans}
        errors = {one.file for one in loaded.problems if one.severity == "error"}
        assert at_each[hashed].gaps.keys() == errors
