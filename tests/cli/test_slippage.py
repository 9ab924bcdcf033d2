"""`jtai slippage`, held against a reference that checks out every commit and reads it."""

import csv
import datetime as dt
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jtai_cli.facts.reasons import last_day_of_reasons, reasons
from jtai_cli.facts.wording import same_action
from jtai_cli.plan.load import load_plan
from jtai_cli.plan.model import Action
from tests.history import Commit, record
from tests.story import build

Run = Callable[..., Any]
AS_OF = dt.date(2025, 8, 7)
DATES = ("2025-06-01", "2025-07-01", "2025-12-01")
TEXTS = ("Train every officer", "Train every officer twice", "Publish a directory")
WITHDRAWN = {"on": "2025-01-01", "reason": "Merged"}
FIELDS = {
    "due": [*DATES, None],
    "text": TEXTS,
    "progress": ["green", "blue", None],
    "withdrawn": [WITHDRAWN, None, None],
}


class Then(NamedTuple):
    """An action as a commit has it, None where it has not."""

    commit: str
    day: dt.date
    action: Action | None


def reference(folder: Path, git: Run) -> list[tuple[str, list[Then]]]:
    """Each action that ever was, by ref, with what each commit that can be read makes of it."""
    lives: list[tuple[str, list[Then]]] = []
    alive: dict[str, list[Then]] = {}
    for line in git(folder, "log", "--first-parent", "--reverse", "--format=%H %ct").split("\n"):
        commit, time = line.split()
        day = dt.datetime.fromtimestamp(int(time), dt.UTC).date()
        git(folder, "checkout", "-q", commit)
        actions = actions_in(folder)
        if actions is None:
            continue
        for ref, life in list(alive.items()):
            last = life[-1].action
            now = actions.get(ref)
            if last and not (now and same_action(last.text, now.text)):
                life.append(Then(commit, day, None))
                del alive[ref]
        for ref, action in actions.items():
            if ref not in alive:
                alive[ref] = the_same(lives, ref, action)
            alive[ref].append(Then(commit, day, action))
    git(folder, "checkout", "-q", "main")
    return lives


def actions_in(folder: Path) -> dict[str, Action] | None:
    """The actions of the only plan of a folder, none where it is gone; None: it does not load."""
    found: dict[str, Action] = {}
    for file in (folder / "plans").rglob("*.yaml"):
        read = load_plan(file.name, file.read_bytes())
        if read.loaded is None:
            return None
        for objective in read.loaded.plan.objectives:
            found |= {action.ref: action for action in objective.actions}
    return found


def the_same(lives: list[tuple[str, list[Then]]], ref: str, action: Action) -> list[Then]:
    """The life that was interrupted and goes on, the one that ended last, or a new one."""
    ended = [life for one, life in lives if one == ref and life[-1].action is None]
    for life in sorted(ended, key=lambda life: order(life[-1].commit), reverse=True):
        last = next(then.action for then in reversed(life) if then.action)
        if same_action(last.text, action.text):
            return life
    lives.append((ref, []))
    return lives[-1][1]


ORDER: dict[str, int] = {}


def order(commit: str) -> int:
    return ORDER[commit]


def changes_of(life: list[Then]) -> Iterator[tuple[str, str, str | None, str, list[str]]]:
    """Kind, from, to, commit and reasons of all that changed the date."""
    there = [then for then in life if then.action]
    known: dt.date | None = None
    carried: list[str] = []
    for was, now in zip([None, *there], there, strict=False):
        old, new = was and was.action, now.action
        assert new is not None
        why = [one.text for one in reasons(old, new, last_day_of_reasons(now.day))] if old else []
        if known is None or old is None or old.due == new.due:
            known = new.due or known
        elif new.due is None:
            carried = why
            yield "removed", str(known), None, now.commit, why
        else:
            why = why if old.due else carried + why
            kind = "put-back" if new.due == known else "moved"
            yield kind, str(known), str(new.due), now.commit, why
            known = new.due


def expected(life: list[Then], as_of: dt.date) -> dict[str, Any]:
    """What the program should say of an action."""
    there = [then for then in life if then.action]
    dated = next((then for then in there if then.action and then.action.due), None)
    action = there[-1].action
    assert action is not None
    first = dated.action.due if dated and dated.action else None
    late = life[-1].action and not is_withdrawn(life, as_of) and action.progress != "blue"
    return {
        "first": first and str(first),
        "first_commit": dated and dated.commit,
        "due": action.due and str(action.due),
        "days": (action.due - first).days if action.due and first else None,
        "days_overdue_original": max((as_of - first).days, 0) if late and first else 0,
        "days_overdue": max((as_of - action.due).days, 0) if late and action.due else 0,
        "changes": list(changes_of(life)),
    }


def said(action: dict[str, Any]) -> dict[str, Any]:
    """What the program says of an action, in the same form."""
    names = ("due", "days", "days_overdue_original", "days_overdue")
    changes = [
        (
            one["kind"],
            one["before"],
            one["after"],
            one["commit"],
            [why["text"] for why in one["why"]],
        )
        for one in action["changes"]
    ]
    first = {"first": action["first"]["due"], "first_commit": action["first"]["commit"]}
    return first | {name: action[name] for name in names} | {"changes": changes}


def hold(folder: Path, jtai: Run, git: Run, commits: list[str], as_of: dt.date = AS_OF) -> None:
    """Hold what the program says of a history against the reference."""
    ORDER.update({commit: number for number, commit in enumerate(commits)})
    done = jtai("slippage", "--as-of", str(as_of), "--format", "json", cwd=folder)
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    lives = [(ref, life, expected(life, as_of)) for ref, life in reference(folder, git)]
    counting = [
        (ref, one) for ref, life, one in lives if life[-1].action and not is_withdrawn(life, as_of)
    ]
    moved = {ref: one for ref, one in counting if one["changes"]}
    assert {one["ref"]: said(one) for one in answer["actions"]} == moved
    left = [
        (ref, one["changes"])
        for ref, life, one in lives
        if one["changes"] and (life[-1].action is None or is_withdrawn(life, as_of))
    ]
    found = [(one["ref"], said(one)["changes"]) for one in answer["left"]]
    assert sorted(found, key=repr) == sorted(left, key=repr)
    totals = answer["totals"]
    assert totals["actions"] == len(counting)
    assert totals["overdue"] == sum(one["days_overdue"] > 0 for _, one in counting)
    originally = sum(one["days_overdue_original"] > 0 for _, one in counting)
    assert totals["overdue_original"] == originally
    assert totals["net_days"] == sum(one["days"] or 0 for _, one in counting)


def is_withdrawn(life: list[Then], as_of: dt.date) -> bool:
    action = life[-1].action
    return bool(action and action.withdrawn and action.withdrawn.on <= as_of)


@st.composite
def histories(draw: st.DrawFn) -> list[Commit]:
    """Commits that set dates, remove them, reword, delete and withdraw actions, and break files."""
    commits: list[Commit] = []
    actions: dict[str, dict[str, Any] | None] = {"1.1": {"due": DATES[0], "text": TEXTS[0]}}
    path: str | None = None
    for number in range(draw(st.integers(3, 8))):
        for ref in ("1.1", "1.2"):
            _edit(draw, actions, ref, number)
        now = draw(st.sampled_from(["plans/a.yaml"] * 5 + ["plans/sub/b.yaml"]))
        files: dict[str, bytes | str | None] = {now: _written(actions)}
        shape = draw(st.sampled_from(["sound"] * 6 + ["broken", "gone"]))
        if shape == "broken":
            files[now] = _written(actions).replace('"brag"', '"bragg"')
        if path is not None and (path != now or shape == "gone"):
            files[path] = None
        if shape == "gone":
            files.pop(now, None)
            now = ""
            files |= {path: None} if path else {"README.md": str(number)}
        path = now or None
        commits.append(Commit(files))
    return [*commits, Commit({**({path: None} if path else {}), "plans/c.yaml": _written(actions)})]


def _edit(
    draw: st.DrawFn, actions: dict[str, dict[str, Any] | None], ref: str, number: int
) -> None:
    what = draw(st.sampled_from(["nothing", "due", "due", "due", "other", "update", "absent"]))
    action = actions.get(ref)
    if what == "absent":
        actions[ref] = None
    elif what != "nothing":
        action = dict(action or {"text": TEXTS[0], "due": DATES[0]})
        if what == "update" or draw(st.booleans()):
            log = action.get("updates", [])
            action["updates"] = [*log, {"on": "2025-01-01", "text": f"Because of {number}"}]
        field = "due" if what != "other" else draw(st.sampled_from(list(FIELDS)))
        action[field] = draw(st.sampled_from(FIELDS[field]))
        actions[ref] = action


def _written(actions: dict[str, dict[str, Any] | None]) -> str:
    stands = [
        {"ref": ref} | {name: value for name, value in action.items() if value is not None}
        for ref, action in actions.items()
        if action is not None
    ]
    last = {"ref": "1.3", "text": "Ask children", "due": DATES[0]}
    objective = {"ref": "1", "title": "O", "actions": [*stands, last]}
    plan = {"jtai": 1, "id": "p", "title": "T", "rag": "brag", "objectives": [objective]}
    return json.dumps(plan)


@settings(max_examples=12)
@given(commits=histories())
def test_slippage_is_what_checking_out_every_commit_says(
    commits: list[Commit], tmp_path_factory: pytest.TempPathFactory, jtai: Run, git: Run
) -> None:
    folder = tmp_path_factory.mktemp("history")
    hold(folder, jtai, git, record(folder, commits))


@pytest.mark.parametrize("as_of", [AS_OF, dt.date(2026, 11, 22)], ids=str)
def test_slippage_of_a_year_is_what_checking_out_every_commit_says(
    as_of: dt.date, tmp_path: Path, jtai: Run, git: Run
) -> None:
    hold(tmp_path, jtai, git, list(build(tmp_path).values()), as_of)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository of a year."""
    folder = tmp_path_factory.mktemp("year")
    build(folder)
    return folder


@pytest.mark.parametrize(
    "words",
    [(), ("--at", "2025-11-10"), ("--owner", "TVP"), ("--objective", "6", "--as-of", "2026-01-01")],
    ids=" ".join,
)
def test_the_object_is_what_its_schema_says(
    words: tuple[str, ...], year: Path, jtai: Run, holds_to_schema: Callable[[str, str], Any]
) -> None:
    answer = holds_to_schema(
        "slippage", jtai("slippage", "--format", "json", *words, cwd=year).stdout
    )
    assert answer["actions"]


@pytest.mark.parametrize(
    "words", [(), ("--at", "2025-11-10"), ("--at", "2026-03-01")], ids=" ".join
)
def test_what_is_overdue_is_what_the_status_says(
    words: tuple[str, ...], year: Path, jtai: Run
) -> None:
    slippage, status = (
        json.loads(jtai(command, "--format", "json", *words, cwd=year).stdout)
        for command in ("slippage", "status")
    )
    assert slippage["as_of"] == status["as_of"]
    found, total = slippage["totals"], status["total"]
    assert (found["actions"], found["overdue"]) == (total["actions"], total["overdue"]["count"])


def test_in_csv_there_is_a_row_an_action(year: Path, jtai: Run) -> None:
    done = jtai("slippage", "--format", "csv", "--as-of", "2026-11-22", cwd=year)
    rows = list(csv.DictReader(done.stdout.splitlines()))
    assert [(row["ref"], row["moves"], row["left"]) for row in rows][-3:] == [
        ("7.2", "1", ""),
        ("6.3", "3", "vanished"),
        ("7.1", "2", "withdrawn"),
    ]
    (row,) = (row for row in rows if row["ref"] == "6.2")
    assert (row["first"], row["due"], row["moves_with_reason"]) == ("2025-06-30", "2026-06-30", "2")


def test_a_plan_of_one_commit_has_not_moved(repository: Path, jtai: Run) -> None:
    done = jtai("slippage", cwd=repository)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Our plan\n0 of 2 dates have moved, as of ")
    assert "no reason" not in done.stdout


def test_a_date_that_is_not_committed_yet_has_moved(repository: Path, jtai: Run) -> None:
    plan = repository / "plans" / "our-plan.yaml"
    plan.write_text(plan.read_text().replace("2025-06-30", "2025-08-30"))
    said = jtai("slippage", cwd=repository).stdout
    assert "1 move has no reason." in said
    assert "30 Jun 2025  30 Aug 2025         +61  7 Aug 2025  not committed yet" in said
    assert jtai("slippage", "--at", "HEAD", cwd=repository).stdout.startswith("Our plan\n0 of 2")


def test_moves_are_told_one_by_one_of_several_plans_until_there_are_too_many(
    tmp_path: Path, jtai: Run
) -> None:
    def files(number: int) -> dict[str, bytes | str | None]:
        due = f"2025-06-{number + 1:02}"
        return {f"plans/{name}.yaml": one_plan(name, due) for name in ("a", "b")}

    record(tmp_path / "few", [Commit(files(number)) for number in range(3)])
    record(tmp_path / "many", [Commit(files(number)) for number in range(22)])
    few, many = (jtai("slippage", cwd=tmp_path / name).stdout for name in ("few", "many"))
    assert "Each move, and why:" in few
    assert "Each move, and why:" not in many
    assert "name a plan: jtai slippage a" in many
    assert "Each move, and why:" in jtai("slippage", "a", cwd=tmp_path / "many").stdout


def one_plan(name: str, due: str) -> str:
    actions = [{"ref": "1.1", "text": "Ask children", "due": due}]
    objective = {"ref": "1", "title": "O", "actions": actions}
    return json.dumps(
        {"jtai": 1, "id": name, "title": "T", "rag": "brag", "objectives": [objective]}
    )


def test_a_plan_that_does_not_load_in_the_end_leaves_the_others(
    repository: Path, jtai: Run
) -> None:
    (repository / "plans" / "broken.yaml").write_text("jtai: 1\nid: broken\n")
    done = jtai("slippage", cwd=repository)
    assert done.returncode == 2
    assert "missing-field" in done.stderr
    assert done.stdout.startswith("Our plan\n0 of 2 dates")
    assert jtai("slippage", "--format", "json", cwd=repository).stdout == ""


@pytest.mark.parametrize("command", ["slippage", "ages", "show 6.2"])
@pytest.mark.parametrize("columns", [40, 60, 80, 140])
def test_no_line_is_wider_than_the_terminal(
    command: str, columns: int, year: Path, on_terminal: Run
) -> None:
    done = on_terminal(*command.split(), columns=columns, cwd=year, env={"NO_COLOR": "1"})
    assert done.returncode == 0
    assert max(map(len, done.stdout.split("\n"))) <= columns
