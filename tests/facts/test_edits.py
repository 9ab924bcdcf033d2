"""Plans before and after an edit: which is compared with which, and what holds for every edit."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from jtai_cli.facts.edits import edit_problems
from jtai_cli.facts.pairing import Version
from jtai_cli.facts.wording import says_something
from jtai_cli.plan.load import load_plan
from jtai_cli.plan.problem import Problem
from jtai_cli.plan.source import read_source

PLANS = Path(__file__).parents[2] / "plans"
CASES = Path(__file__).parents[1] / "cases"
JUNE, JULY = "2025-06-30", "2025-07-31"


def plan(plan_id: str = "p", due: str = JUNE, **fields: Any) -> dict[str, Any]:
    action = {"ref": "1.1", "text": "Train", "owners": ["TVP"], "due": due}
    objectives = [{"ref": "1", "title": "O", "actions": [action]}]
    head = {"jtai": "1", "id": plan_id, "title": "T", "rag": "brag", "partners": {"TVP": "Police"}}
    return head | {"objectives": objectives} | fields


def version(file: str, written: Any) -> Version:
    text = written if isinstance(written, bytes) else json.dumps(written).encode()
    return Version(file, load_plan(file, text))


def said(
    old: dict[str, Any], new: dict[str, Any], *, removed: set[str] | None = None
) -> list[tuple[str, str]]:
    """The file and the rule of each problem, from {file: plan} to {file: plan}."""
    gone = old.keys() - new.keys() if removed is None else removed
    problems = edit_problems(
        [version(*each) for each in old.items()],
        [version(*each) for each in new.items()],
        removed=gone,
    )
    return [(problem.file, problem.rule) for problem in problems]


LATE = "due-moved-later"
NOT_YAML, NO_ID, BAD_ID = b"id: p\nx: [", plan(title=[]), plan(id="a plan")
FILES = {
    "a plan that moved is compared where it is": (
        *({"a": plan()}, {"b": plan(due=JULY)}),
        [("b", LATE)],
    ),
    "a plan that only moved": ({"a": plan()}, {"b": plan()}, []),
    "two plans that exchanged their files": (
        {"a": plan("p"), "b": plan("q", JULY)},
        {"a": plan("q", JULY), "b": plan("p")},
        [],
    ),
    "two plans that exchanged their files and one its date": (
        {"a": plan("p"), "b": plan("q")},
        {"a": plan("q", JULY), "b": plan("p")},
        [("a", LATE)],
    ),
    "a plan that is gone": ({"a": plan()}, {}, [("a", "plan-removed")]),
    "a plan that could not be read is gone": ({"a": NOT_YAML}, {}, [("a", "plan-removed")]),
    "another plan in its place": ({"a": plan()}, {"a": plan("q")}, [("a", "plan-removed")]),
    "another plan in its place, and itself elsewhere": (
        {"a": plan()},
        {"a": plan("q"), "b": plan(due=JULY)},
        [("b", LATE)],
    ),
    "a plan that is new": ({}, {"a": plan()}, []),
    "an earlier version that is not YAML": (
        *({"a": NOT_YAML}, {"a": plan()}),
        [("a", "not-compared")],
    ),
    "an earlier version that is no plan": ({"a": b"- x"}, {"a": plan()}, [("a", "not-compared")]),
    "two versions that are not YAML": ({"a": NOT_YAML}, {"a": b"x: ["}, []),
    "a version that is not YAML any more": ({"a": plan()}, {"a": NOT_YAML}, []),
    "a version with an error": ({"a": plan()}, {"a": plan(due=JULY, title=[])}, [("a", LATE)]),
    "two versions with errors": (
        *({"a": plan(title=[])}, {"a": plan(due=JULY, title=[])}),
        [("a", LATE)],
    ),
    "a version with an error after one that is not YAML": (
        *({"a": NOT_YAML}, {"a": plan(due=JULY, title=[])}),
        [],
    ),
    "another id, and an error": (
        *({"a": plan()}, {"a": plan("q", title=[])}),
        [("a", "plan-removed")],
    ),
    "an earlier version with an error": (
        *({"a": plan(title=[])}, {"a": plan(due=JULY)}),
        [("a", LATE)],
    ),
    "an earlier id that could not be read": ({"a": BAD_ID}, {"a": plan(due=JULY)}, [("a", LATE)]),
    "an earlier id that could not be read, and the plan moved": (
        *({"a": BAD_ID}, {"b": plan(due=JULY)}),
        [("a", "plan-removed")],
    ),
    "an earlier id that could not be read, and another plan in its place": (
        {"a": BAD_ID, "b": plan("q")},
        {"a": plan("q", JULY)},
        [("a", "plan-removed"), ("a", LATE)],
    ),
    "one id in two files, of which one has got its own": (
        {"a": plan(), "b": plan()},
        {"a": plan(), "b": plan("q", JULY)},
        [("b", LATE)],
    ),
    "one id in two files, of which one is gone": (
        {"a": plan(), "b": plan()},
        {"b": plan(due=JULY)},
        [("b", LATE), ("b", LATE)],
    ),
    "a copy under the same id is not what is compared": (
        *({"b": plan()}, {"a": plan(due=JULY), "b": plan()}),
        [],
    ),
    "of two copies the first is compared": (
        *({"c": plan()}, {"b": plan(), "a": plan(due=JULY)}),
        [("a", LATE)],
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), FILES.values(), ids=FILES.keys())
def test_which_plan_is_compared_with_which(
    old: dict[str, Any], new: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    assert said(old, new) == expected


@pytest.mark.parametrize(("old", "new", "expected"), FILES.values(), ids=FILES.keys())
def test_the_order_of_files_is_no_matter(
    old: dict[str, Any], new: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    backwards = said(dict(reversed(old.items())), dict(reversed(new.items())))
    assert sorted(backwards) == sorted(expected)


def test_a_file_that_is_not_asked_about_is_not_missed() -> None:
    assert said({"a": plan()}, {}, removed=set()) == []


def only(old: list[Version], new: list[Version], removed: set[str]) -> Problem:
    (problem,) = edit_problems(old, new, removed=removed)
    return problem


def test_a_plan_that_is_gone_is_named_with_its_file() -> None:
    problem = only([version("plans/\u202ea.yaml", plan())], [], {"plans/\u202ea.yaml"})
    assert problem.message == "the plan 'p' that stood in plans/<U+202E>a.yaml is gone"
    assert (problem.line, problem.column, problem.plan) == (1, 1, "p")
    assert problem.severity == "error"
    assert problem.hint


def test_another_id_is_said_where_it_stands() -> None:
    new = version("a", json.dumps(plan("q"), indent=1).encode())
    problem = only([version("a", plan())], [new], set())
    assert (problem.line, problem.column, problem.value, problem.plan) == (3, 8, "q", "p")
    assert problem.hint == "write 'id: p' again: a plan keeps its id for as long as it lasts"


def test_a_plan_that_can_not_be_compared_is_named() -> None:
    problem = only([version("a", NOT_YAML)], [version("a", plan())], set())
    assert (problem.line, problem.column, problem.plan) == (1, 1, "p")


def test_problems_stand_in_the_order_of_the_file() -> None:
    first, last = ({"ref": ref, "text": "Train", "due": JUNE} for ref in ("1.1", "1.2"))
    old = plan(closed="2026-01-01", objectives=[{"ref": "1", "title": "O", "actions": [first]}])
    late = first | {"due": JULY, "text": "Train all"}
    new = plan(
        objectives=[{"ref": "1", "title": "O", "actions": [last, late]}], closed="2025-01-01"
    )
    lines = [
        (problem.rule, problem.line)
        for problem in edit_problems(
            [version("a", old)], [version("a", json.dumps(new, indent=0).encode())]
        )
    ]
    assert [rule for rule, _ in lines] == ["text-changed", LATE, "plan-closed"]
    assert sorted(line for _, line in lines) == [line for _, line in lines]


@pytest.mark.parametrize(
    ("old", "new", "said_of_it"),
    [
        (None, "2026-01-01", "from 2026-01-01 on, nothing in this plan can fail the gate"),
        ("2026-01-01", "2026-02-01", "(before: from 2026-01-01)"),
        ("2026-01-01", "2026-01-01", None),
        ("2026-01-01", None, None),
    ],
)
def test_a_plan_that_is_closed(old: str | None, new: str | None, said_of_it: str | None) -> None:
    was, now = (plan(**({"closed": day} if day else {})) for day in (old, new))
    problems = edit_problems([version("a", was)], [version("a", now)])
    assert [problem.rule for problem in problems] == ["plan-closed"] * (said_of_it is not None)
    assert all(said_of_it in problem.message for problem in problems if said_of_it)


def ratings(number: int, **fields: Any) -> dict[str, Any]:
    rating = {"counts_as": "on_track"} | fields
    return {"ratings": [{"rating": f"r{n}"} | rating for n in range(number)]}


SIX = "; ".join(f"'r{number}' is new" for number in range(1, 7))


@pytest.mark.parametrize(
    ("new", "changes"),
    [
        (ratings(2), "'r1' is new"),
        (ratings(7), SIX),
        (ratings(30), f"{SIX}; and 23 more changes"),
        (ratings(1, counts_as="complete"), "'r0' counted as on track and counts now as complete"),
        (ratings(1, needs=["approval"]), "'r0' needs approval now, and needed nothing"),
        (
            ratings(1, needs=["evidence", "approval"]),
            "'r0' needs evidence and approval now, and needed nothing",
        ),
        (ratings(1, meaning="Going well"), "its words or its order"),
    ],
)
def test_what_changed_in_a_scheme(new: Any, changes: str) -> None:
    (problem,) = edit_problems([version("a", plan(rag=ratings(1)))], [version("a", plan(rag=new))])
    assert problem.rule == "scheme-changed"
    assert problem.message == f"the RAG scheme changed: {changes}"


@pytest.mark.parametrize("name", ["reading-jtai-2025", "reading-improvement-2016"])
def test_a_real_plan_against_itself(name: str) -> None:
    real = version("a", (PLANS / f"{name}.yaml").read_bytes())
    assert edit_problems([real], [real]) == []


def test_every_date_of_a_real_plan_moved() -> None:
    text = (PLANS / "reading-jtai-2025.yaml").read_text(encoding="utf-8")
    later = text.replace("        due: 2025-", "        due: 2026-")
    problems = edit_problems([version("a", text.encode())], [version("a", later.encode())])
    assert {problem.rule for problem in problems} == {LATE}
    lines = [n for n, line in enumerate(later.splitlines(), 1) if line.startswith("        due: ")]
    assert [problem.line for problem in problems] == lines
    assert len(lines) == 18


DATES = st.dates(dt.date(2025, 1, 1), dt.date(2025, 12, 31)).map(dt.date.isoformat)
TEXTS = st.text("abc \n–é", min_size=1, max_size=30).filter(str.strip)
ACTIONS = st.lists(
    st.fixed_dictionaries(
        {"text": TEXTS, "due": DATES},
        optional={
            "owners": st.lists(st.just("TVP"), max_size=2),
            "progress": st.sampled_from(["blue", "green", "amber", "red"]),
            "impact": st.sampled_from(["blue", "green", "amber", "red"]),
            "measures": st.lists(TEXTS, max_size=2),
            "evidence": st.lists(TEXTS, max_size=2),
            "updates": st.lists(st.builds(lambda text: {"on": JUNE, "text": text}, TEXTS)),
            "withdrawn": st.just({"on": JUNE, "reason": "Merged"}),
        },
    ),
    min_size=1,
    max_size=4,
)


def plan_of(actions: list[dict[str, Any]], **fields: Any) -> dict[str, Any]:
    numbered = [{"ref": f"1.{n}"} | action for n, action in enumerate(actions, 1)]
    return plan(objectives=[{"ref": "1", "title": "O", "actions": numbered}], **fields)


@given(ACTIONS)
def test_a_plan_against_itself_breaks_nothing(actions: list[dict[str, Any]]) -> None:
    assert said({"a": plan_of(actions)}, {"a": plan_of(actions)}) == []


@given(ACTIONS, st.booleans(), st.integers(20, 80), st.sampled_from(["", "'", '"']))
def test_layout_and_comments_break_nothing(
    actions: list[dict[str, Any]], in_order: bool, width: int, style: str
) -> None:
    text = yaml.safe_dump(
        plan_of(actions),
        sort_keys=in_order,
        width=width,
        default_style=style or None,
        allow_unicode=True,
    )
    assert said({"a": plan_of(actions)}, {"a": f"# Reviewed.\n{text}# End\n".encode()}) == []


@given(ACTIONS, ACTIONS)
def test_another_action_breaks_nothing_unless_it_is_complete_without_evidence(
    actions: list[dict[str, Any]], more: list[dict[str, Any]]
) -> None:
    bare = [one for one in more if not any(map(says_something, one.get("evidence") or ()))]
    done = [one for one in bare if one.get("progress") == "blue"]
    good = [one for one in bare if one.get("impact") in ("blue", "green")]
    found = [rule for _, rule in said({"a": plan_of(actions)}, {"a": plan_of(actions + more)})]
    assert found.count("completed-without-evidence") == len(done)
    assert found.count("impact-improved-without-evidence") == len(good)
    assert len(found) == len(done) + len(good)


@given(ACTIONS, st.data())
def test_one_date_that_changes_breaks_the_rule_for_it(
    actions: list[dict[str, Any]], data: st.DataObject
) -> None:
    number = data.draw(st.integers(0, len(actions) - 1))
    was = actions[number]
    now = was | {"due": data.draw(st.none() | DATES)}
    if now["due"] is None:
        del now["due"]
    after = [*actions[:number], now, *actions[number + 1 :]]

    expected = []
    if "due" not in now:
        expected = ["due-removed"]
    elif now != was:
        expected = [LATE if now["due"] > was["due"] else "due-moved-earlier"]
    assert [rule for _, rule in said({"a": plan_of(actions)}, {"a": plan_of(after)})] == expected


@given(ACTIONS, ACTIONS, st.permutations([1, 2, 3, 4]))
def test_the_order_of_actions_and_objectives_is_no_matter(
    old: list[dict[str, Any]], new: list[dict[str, Any]], order: list[int]
) -> None:
    after = plan_of(new)
    numbered = after["objectives"][0]["actions"]
    shuffled = [numbered[n - 1] for n in order if n <= len(numbered)]
    halves = [
        {"ref": "9", "title": "N", "actions": shuffled[:2]},
        {"ref": "1", "title": "O", "actions": shuffled[2:]},
    ]
    one, other = (
        [
            (problem.rule, problem.message)
            for problem in edit_problems([version("a", plan_of(old))], [version("a", written)])
        ]
        for written in (after, plan(objectives=halves))
    )
    assert sorted(one) == sorted(other)


@given(st.permutations(["p", "q", "r"]), st.permutations(["p", "q", "r"]), DATES)
def test_plans_are_found_whatever_their_files_are_called(
    before: list[str], after: list[str], due: str
) -> None:
    old = {str(number): plan(plan_id) for number, plan_id in enumerate(before)}
    new = {str(number): plan(plan_id, due) for number, plan_id in enumerate(after)}
    expected = LATE if due > JUNE else "due-moved-earlier"
    assert [rule for _, rule in said(old, new)] == ([] if due == JUNE else [expected] * 3)


def values(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = node.items() if isinstance(node, dict) else enumerate(node)
    found = []
    for key, value in inner:
        below = values(value, (*path, key)) if isinstance(value, dict | list) else []
        found += [(*path, key), *below]
    return found


SCHEME = {
    "ratings": [
        {"rating": "blue", "counts_as": "complete", "needs": ["evidence"]},
        {"rating": "amber", "counts_as": "at_risk"},
    ]
}
WHOLE: Any = read_source("a", (CASES / "valid" / "everything.yaml").read_bytes()).data
WHOLE["rag"] = SCHEME
UNREADABLE: dict[type, list[Any]] = {
    str: ["", ["x"], {"x": "y"}],
    list: ["x", {"x": "y"}],
    dict: ["x", ["x"]],
}


def spoilt(path: tuple[Any, ...]) -> list[Version]:
    """The whole plan with something at a path that can't be read."""
    value = WHOLE
    for step in path:
        value = value[step]
    found = []
    for junk in UNREADABLE[type(value)]:
        written = json.loads(json.dumps(WHOLE))
        group = written
        for step in path[:-1]:
            group = group[step]
        group[path[-1]] = junk
        found.append(version("a", written))
    return found


@pytest.mark.parametrize("path", values(WHOLE), ids=lambda path: "-".join(map(str, path)))
def test_a_value_that_could_not_be_read_before_is_not_said_to_have_changed(
    path: tuple[Any, ...],
) -> None:
    now = version("a", WHOLE)
    assert now.read.loaded
    for was in spoilt(path):
        assert edit_problems([was], [now]) == []


@pytest.mark.parametrize("path", values(WHOLE), ids=lambda path: "-".join(map(str, path)))
def test_what_can_not_be_read_now_is_not_said_to_be_gone(path: tuple[Any, ...]) -> None:
    was = version("a", WHOLE)
    for now in spoilt(path):
        assert not now.read.loaded
        assert edit_problems([was], [now]) == []


WITH_AN_ERROR: dict[str, tuple[dict[str, Any], list[str]]] = {
    "in a field of the plan": ({"title": []}, [LATE, "action-removed"]),
    "in a field that may be any": ({"objectvies": []}, []),
    "in the version of the format": ({"jtai": "2"}, []),
    "in the scheme": ({"rag": []}, []),
    "in a field of an objective": ({"objectives": {"title": []}}, [LATE, "action-removed"]),
    "in a field of an objective that may be any": ({"objectives": {"acts": []}}, [LATE]),
    "in the ref of an objective": ({"objectives": {"ref": []}}, [LATE]),
    "in another action": ({"actions": {"owners": "x"}}, [LATE, "action-removed"]),
    "in the ref of another action": ({"actions": {"ref": "a b"}}, [LATE]),
    "in a field of another action that may be any": ({"actions": {"rfe": "1.3"}}, [LATE]),
    "in what another action says": ({"actions": {"progress": "x"}}, [LATE, "action-removed"]),
    "in a finding": ({"findings": [{"ref": []}]}, [LATE, "action-removed"]),
}


@pytest.mark.parametrize(("error", "expected"), WITH_AN_ERROR.values(), ids=WITH_AN_ERROR)
def test_what_is_sound_is_compared_whatever_is_not(
    error: dict[str, Any], expected: list[str]
) -> None:
    late, other, gone = ({"ref": f"1.{n}", "text": f"Do {n}", "due": JUNE} for n in (1, 2, 3))
    objective = {"ref": "1", "title": "O", "actions": [late, other, gone]}
    of_objective, of_action = (error.get(group, {}) for group in ("objectives", "actions"))
    actions = [late | {"due": JULY}, other | {"due": JULY} | of_action]
    edited = objective | {"actions": actions} | of_objective
    of_plan = {
        name: value for name, value in error.items() if name not in ("objectives", "actions")
    }
    problems = edit_problems(
        [version("a", plan(objectives=[objective]))],
        [version("a", plan(objectives=[edited], **of_plan))],
    )
    found = [problem.rule for problem in problems if problem.ref != "1.2"]
    assert sorted(found) == sorted(expected)
    assert ("1.2" in {problem.ref for problem in problems}) is (LATE in expected and not of_action)


@pytest.mark.parametrize("text", ["due: 2025-06-30\ndue: 2025-07-31", "due: &a 2025-07-31"])
def test_what_can_be_read_in_two_ways_is_not_compared(text: str) -> None:
    old = "jtai: 1\nid: p\ntitle: T\nrag: brag\nobjectives:\n- ref: '1'\n  title: O\n  actions:\n"
    old += "  - ref: '1.1'\n    text: Train\n    due: 2025-06-30\n"
    new = old.replace("due: 2025-06-30", text.replace("\n", "\n    "))
    assert said({"a": old.encode()}, {"a": new.encode()}) == []


@pytest.mark.parametrize(
    ("updates", "as_of", "broken"),
    [
        (["2025-08-08"], "2025-08-07", False),
        (["2025-08-09"], "2025-08-07", True),
        (["2025-08-09"], None, False),
        (["2025-08-07", "2025-08-09"], "2025-08-07", False),
        (["2099-01-01"], "2025-08-07", True),
    ],
)
def test_an_update_of_the_future_gives_no_reason_yet(
    updates: list[str], as_of: str | None, broken: bool
) -> None:
    was, now = (plan_of([{"text": "Train", "due": due}]) for due in (JUNE, JULY))
    entries = [{"on": day, "text": f"Agreed on {day}"} for day in updates]
    now["objectives"][0]["actions"][0]["updates"] = entries
    day = dt.date.fromisoformat(as_of) if as_of else None
    found = edit_problems([version("a", was)], [version("a", now)], as_of=day)
    assert [problem.rule for problem in found] == [LATE] * broken
    assert all("date it today" in str(problem.hint) for problem in found)


def test_an_old_update_of_the_future_does_not_keep_today_s_from_being_a_reason() -> None:
    planned = {"on": "2030-01-01", "text": "We shall see"}
    was = plan_of([{"text": "Train", "due": JUNE, "updates": [planned]}])
    why = {"on": "2025-08-07", "text": "Agreed"}
    now = plan_of([{"text": "Train", "due": JULY, "updates": [why, planned]}])
    versions = ([version("a", was)], [version("a", now)])
    assert edit_problems(*versions, as_of=dt.date(2025, 8, 7)) == []
    assert [one.rule for one in edit_problems(*versions)] == [LATE]
