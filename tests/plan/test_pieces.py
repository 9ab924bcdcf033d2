"""Versions that are read in parts, held against the same texts read in one."""

import os
import random
from collections.abc import Callable
from typing import Any

import pytest
from yaml._yaml import CParser

from benchmarks.generate import REAL_PLANS, plan_text
from benchmarks.words import Words
from jtai_cli.plan.cutting import MAX_CUT
from jtai_cli.plan.explanations import EXPLANATIONS
from jtai_cli.plan.load import load_plan
from jtai_cli.plan.model import Action, Plan, Withdrawal
from jtai_cli.plan.pieces import VersionReader
from jtai_cli.plan.problem import Problem
from jtai_cli.plan.rules import RULES
from jtai_cli.plan.rules_of_parts import ACROSS_ACTIONS, OF_EACH_ACTION, OF_FRAME
from jtai_cli.plan.subject import Placed, Subject
from jtai_cli.plan.versions import PlanVersion
from tests.plan.layouts import SMALL, composed
from tests.plan.mutations import encoded, mutated, varied

# 50,000 and more take minutes: for those who change how texts are cut.
MUTATED = int(os.environ.get("JTAI_MUTATED_PLANS", "2000"))
SERIES = 20

HEAD = "jtai: 1\nid: a-plan\ntitle: A plan\nrag: brag\nobjectives:\n"
PLAN = f"""{HEAD}  - ref: "1"
    title: One
    actions:
      - ref: "1.1"
        text: a
        due: 2025-01-01
        progress: green
      - ref: "1.2"
        text: b
  - ref: "2"
    title: Two
    actions:
      - ref: "2.1"
        text: c
note: the end
"""


def chance(number: int) -> random.Random:
    return random.Random(number)  # noqa: S311


class Reader(VersionReader):
    """A reader that counts what it reads in one."""

    whole = 0

    def _whole(self, content: bytes) -> PlanVersion | Problem:
        self.whole += 1
        return super()._whole(content)


def read(reader: VersionReader, text: str) -> PlanVersion:
    version = reader.read(encoded(text))
    assert isinstance(version, PlanVersion)
    return version


def assert_as_in_one(reader: VersionReader, content: bytes, parser: Any = None) -> bool:
    """Whether it is a plan."""
    version, one = reader.read(content), load_plan("", content, parser)
    if one.loaded is None:
        errors = [problem for problem in one.problems if problem.severity == "error"]
        assert version == errors[0], content
        return False
    assert isinstance(version, PlanVersion), content
    plan = one.loaded.plan
    assert version.plan == plan, content
    assert version.plan.model_dump_json() == plan.model_dump_json(), content
    assert version.plan.rag.name == plan.rag.name
    assert version.id == plan.id
    return True


def test_plans_that_were_tampered_with_are_read_as_in_one(parser: Callable[[str], Any]) -> None:
    wanted = MUTATED if parser is CParser else MUTATED // 4
    loaded = whole = 0
    for number in range(wanted // SERIES):
        rng, reader = chance(number), Reader(parser)
        text = rng.choice((*SMALL, *(composed(rng) for _ in SMALL)))
        for _ in range(SERIES):
            changed, before = varied(rng, text), reader.whole
            if assert_as_in_one(reader, encoded(changed), parser):
                text = changed
                loaded += 1
                whole += reader.whole > before

    assert wanted / 4 < loaded
    assert whole < loaded / 2


@pytest.mark.parametrize("number", range(max(2, MUTATED // 1000)))
def test_large_plans_that_were_tampered_with_are_read_as_in_one(number: int) -> None:
    rng = chance(number)
    texts = [path.read_text(encoding="utf-8") for path in sorted(REAL_PLANS.glob("*.yaml"))]
    reader = VersionReader()
    for _ in range(20):
        which = rng.randrange(len(texts))
        text = mutated(rng, texts[which])
        if assert_as_in_one(reader, encoded(text)):
            texts[which] = text


def test_real_and_generated_plans_are_read_in_parts() -> None:
    words = Words.of_plans(REAL_PLANS)
    texts = [path.read_text(encoding="utf-8") for path in REAL_PLANS.glob("*.yaml")]
    for text in [*texts, *(plan_text(words, 1, number) for number in range(4)), *SMALL, PLAN]:
        reader = Reader()

        assert_as_in_one(reader, encoded(text))

        assert reader.whole == 0


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(PLAN.replace("text: c", "text: d"), id="a word"),
        pytest.param(PLAN.replace("text: a\n", "text: a\n        owners: []\n"), id="a field more"),
        pytest.param(PLAN.replace("text: b\n", "text: |+\n         b\n\n"), id="a block of text"),
        pytest.param(PLAN.replace('  - ref: "1.2"\n        text: b\n    ', ""), id="one fewer"),
        pytest.param(PLAN.replace("note:", "      - {ref: z, text: z}\nnote:"), id="one more"),
        pytest.param(PLAN.replace("title: Two", "title: 2"), id="an objective"),
        pytest.param(PLAN.replace("note: the end\n", ""), id="the end gone"),
        pytest.param(PLAN.removesuffix("\n"), id="no line break at the end"),
        pytest.param(PLAN.replace("\n", "\r\n"), id="lines ended by CR and LF"),
        pytest.param(f"\ufeff{PLAN}", id="a byte order mark"),
        pytest.param(PLAN.replace("text: c", "text: c # why"), id="a comment"),
        pytest.param(PLAN.replace('      - ref: "1.2', '# c\n\n      - ref: "1.2'), id="above one"),
        pytest.param(PLAN.replace("rag: brag", "rag: five-point"), id="another scheme"),
        pytest.param(PLAN.replace("actions:", "actions:    # below"), id="beside the name"),
    ],
)
def test_a_changed_version_is_read_in_parts(changed: str) -> None:
    reader = Reader()
    for text in (PLAN, changed, PLAN, changed):
        if "five-point" not in text:
            assert_as_in_one(reader, encoded(text))

    assert reader.whole == 0


def test_lists_in_the_column_of_their_name_are_read_in_parts() -> None:
    reader = Reader()
    listed = PLAN.replace("text: a\n", "text: a\n        measures:\n        - One\n        - Two\n")
    for month in range(1, 10):
        text = listed.replace("2025-01-01", f"2025-{month:02}-01")
        assert_as_in_one(reader, encoded(text))

    assert reader.whole == 0


LOOK_ALIKES = {
    "a line that CR makes part of a text": PLAN.replace(
        "note: the end", " \r          # not a comment\nnote: the end"
    ).replace("text: c", "text: |\n          c"),
    "signs of a conflict in different parts": PLAN.replace("text: b", "text: b >>>>>>>").replace(
        "note: the end", 'note: "a\n||||||| b\n  c"'
    ),
    "the end of a document in an action": PLAN.replace("text: b", "text: b\n..."),
    "the last field moved into an action": PLAN.replace("\nnote:", "\n        note:"),
    "a stand-in that is written": PLAN.replace(
        "    title: One\n",
        "    title: One\n    good: |\n     actions:\n      - {ref: x, text: x}\n",
    ).replace(
        '    actions:\n      - ref: "2.1"\n        text: c\n',
        '    actions: ["jtai-stands-for-actions"]\n',
    ),
    "a stand-in in brackets": PLAN.replace(
        '\n      - ref: "2.1"\n        text: c', ' ["jtai-stands-for-actions"]'
    ),
    "an action without its sign": PLAN.replace('      - ref: "2.1"', 'ref: "2.1"'),
    "a name in quotes": PLAN.replace('- ref: "1.2', '- "due": 2025-01-01\n        ref: "1.2'),
    "a field twice": PLAN.replace("due:", "due: 2025-02-02\n        due:"),
    "fields in a text": PLAN.replace("text: a\n", 'text: "a\n        level: x"\n'),
    "a field and its value apart": PLAN.replace("due: 2025-01-01", "? due\n        : 2025-01-01"),
    "an action without anything": PLAN.replace('      - ref: "1.2', '      -\n      - ref: "1.2'),
    "actions in brackets": PLAN.replace(
        '\n      - ref: "2.1"\n        text: c', ' [{ref: "2.1", text: c}]'
    ),
    "an action of another indentation": PLAN.replace('      - ref: "1.2', '     - ref: "1.2'),
    "no action left": PLAN.replace('      - ref: "2.1"\n        text: c\n', ""),
    "a head and a half": PLAN.replace("note: the end\n", "note: the end\nnote: the end\n"),
    "a tab": PLAN.replace("text: c", "text: c\t# c"),
    "not UTF-8": PLAN.replace("text: c", "text: \ud800"),
    "a list": "- a\n",
    "nothing": "",
    "objectives that are none": "objectives: a\n",
    "objectives that are texts": f"{HEAD}  - a\n",
    "an action that is none": PLAN.replace('- ref: "2.1"\n        text: c', "- c"),
    "a frame without its title": PLAN.replace("title: A plan\n", ""),
    "an unknown owner": PLAN.replace("text: c", "text: c\n        owners: [XYZ]"),
    "an unknown lead": PLAN.replace("title: Two", "title: Two\n    lead: XYZ"),
    "one ref twice": PLAN.replace('"2.1"', '"1.1"'),
    "a copy": PLAN.replace('"1.2"\n        text: b', '"2.1"\n        text: c'),
    "a replacement that is gone": PLAN.replace(
        "text: c", "text: c\n        withdrawn: {on: 2025-01-01, reason: r, replaced_by: '9'}"
    ),
}


@pytest.mark.parametrize("text", LOOK_ALIKES.values(), ids=LOOK_ALIKES.keys())
def test_what_looks_as_if_it_could_be_read_in_parts(text: str) -> None:
    assert_as_in_one(VersionReader(), encoded(text))

    reader = VersionReader()
    similar = PLAN.replace("progress: green", "progress: red")
    for version in (PLAN, similar, text, PLAN, text, similar, text):
        assert_as_in_one(reader, encoded(version))


WITHIN = """\
        text: "a
        note: b"
        "theme": c
"""


@pytest.mark.parametrize(
    "within", [WITHIN, WITHIN.replace('"theme"', '"note"'), WITHIN.replace('"theme": c', "due: ~")]
)
def test_what_looks_like_a_field_within_a_text_is_not_known_as_one(within: str) -> None:
    reader = VersionReader()
    swallowed = PLAN.replace("        text: c\n", within)
    bare = "\n".join(line.replace('text: "a', "text: a") for line in within.splitlines())
    for version in (swallowed, PLAN.replace("        text: c\n", f"{bare}\n"), swallowed, PLAN):
        assert_as_in_one(reader, encoded(version))


@pytest.mark.parametrize(
    "value", ["2025-06-31", "null", "~", "1 - 2", "a  b", "a:", "a #b", "on", "x" * 101, "é", "- a"]
)
@pytest.mark.parametrize("name", ["due", "note", "progress", "unknown"])
def test_a_short_field_means_what_it_means_in_its_place(name: str, value: str) -> None:
    reader = VersionReader()
    for text in ("c", "d", "e"):
        field = f"text: {text}\n        level: operational\n        {name}: {value}"
        assert_as_in_one(reader, encoded(PLAN.replace("text: c", field)))
        assert_as_in_one(reader, encoded(PLAN.replace("text: c", f"text: {text}")))


def test_versions_share_what_is_the_same_in_them() -> None:
    reader = VersionReader()
    first = read(reader, PLAN)
    second = read(reader, PLAN.replace("text: b", "text: d").replace("text: a", "text: a # seen"))
    third = read(reader, PLAN.replace("text: b", "text: b\t# read in one"))

    assert first.frame is second.frame is third.frame
    assert first.actions[0][0] is second.actions[0][0] is third.actions[0][0]
    assert first.actions[0][1] is third.actions[0][1]
    assert first.actions[0][1] != second.actions[0][1]
    assert first.actions[1] is second.actions[1]
    assert second.plan is second.plan


def test_a_version_shares_what_is_the_same_with_one_that_is_known() -> None:
    known = read(VersionReader(), PLAN)
    reader = VersionReader()
    reader.know([known, known])
    version = read(reader, PLAN.replace("text: b", "text: d"))

    assert version.frame is known.frame
    assert version.actions[0][0] is known.actions[0][0]
    assert version.actions[0][1] != known.actions[0][1]
    assert version.actions[1][0] is known.actions[1][0]


def test_a_version_with_an_action_more_has_the_same_frame() -> None:
    reader = VersionReader()
    more = read(reader, PLAN.replace("note:", "      - {ref: z, text: z}\nnote:"))

    assert read(reader, PLAN).frame is more.frame


def test_a_frame_has_no_actions() -> None:
    version = read(VersionReader(), PLAN)

    assert [objective.actions for objective in version.frame.objectives] == [(), ()]
    assert [(one.ref, action.ref) for one, action in version.placed()] == [
        ("1", "1.1"),
        ("1", "1.2"),
        ("2", "2.1"),
    ]


def test_a_scheme_written_out_is_not_the_built_in_one() -> None:
    from jtai_cli.plan.scheme import BRAG

    ratings = ", ".join(
        f"{{rating: {rating}, counts_as: {counts_as}, meaning: '{meaning}'}}"
        for rating, counts_as, _, meaning in BRAG
    )
    reader = VersionReader()

    assert read(reader, PLAN).frame.rag.name == "brag"
    own = read(reader, PLAN.replace("rag: brag", f"rag: {{ratings: [{ratings}]}}"))
    assert own.frame == read(reader, PLAN).frame
    assert own.frame.rag.name == "own"


def test_plans_in_turn_are_each_followed() -> None:
    reader = Reader()
    other = PLAN.replace("a-plan", "b-plan").replace("text: a", "text: other")
    for text in (PLAN, other, PLAN.replace("text: c", "text: d"), other.replace(": c", ": d")):
        assert_as_in_one(reader, encoded(text))

    assert reader.whole == 0


def test_a_text_too_large_to_be_sure_is_read_in_one() -> None:
    reader = Reader()
    text = PLAN + "#" * (MAX_CUT - len(PLAN))

    read(reader, text)
    assert reader.whole == 0
    read(reader, f"{text}#")
    assert reader.whole == 1


def test_nothing_is_kept_of_a_version_that_was_there_before() -> None:
    reader = VersionReader()
    texts = [PLAN, PLAN.replace("text: c", "text: d"), PLAN.replace("title: Two", "title: 2")]

    def sizes() -> list[int]:
        for text in texts:
            read(reader, text)
        return [len(kept) for kept in vars(reader).values() if isinstance(kept, dict | set)]

    sizes()
    assert sizes() == sizes()


def rule_of(function: Callable[..., Any]) -> str:
    return function.__name__.replace("_", "-")


def test_each_rule_that_finds_errors_is_asked_once() -> None:
    errors = [rule for rule in RULES if EXPLANATIONS[rule_of(rule)].severity == "error"]
    asked = (*OF_FRAME, *OF_EACH_ACTION, *ACROSS_ACTIONS)

    assert sorted(map(rule_of, asked)) == sorted(map(rule_of, errors))


class Only:
    """Something of which nothing but these can be asked."""

    def __init__(self, **known: Any) -> None:
        vars(self).update(known)


def test_rules_across_actions_look_at_refs_and_withdrawals() -> None:
    withdrawn = Withdrawal.model_validate(
        {"on": "2025-01-01", "reason": "r", "replaced_by": "gone"}
    )
    actions: list[Any] = [Only(ref="a", withdrawn=withdrawn), Only(ref="a", withdrawn=None)]
    frame: Any = Only(objectives=(), findings=(), priorities=())
    subject = Subject(frame, [Placed((), action) for action in actions])

    assert len([fault for rule in ACROSS_ACTIONS for fault in rule(subject)]) == 2


def test_rules_of_each_action_look_at_partners_and_scheme() -> None:
    known = Plan.model_validate(
        {"jtai": "1", "id": "a", "title": "a", "rag": "five-point", "objectives": []}
    )
    frame: Any = Only(objectives=(), partners={}, rag=known.rag)
    data = {
        "ref": "a",
        "text": "a",
        "owners": ["XYZ"],
        "progress": "completed",
        "impact": "none",
        "updates": [{"on": "2025-02-02", "text": "a"}, {"on": "2025-01-01", "text": "b"}],
    }
    open_one = {"ref": "b", "text": "b", "progress": "red", "completed": "2025-01-01"}
    actions = [Action.model_validate(each) for each in (data, open_one)]
    subject = Subject(frame, [Placed((), action) for action in actions])

    found = {fault.rule for rule in OF_EACH_ACTION for fault in rule(subject)}

    assert found == set(map(rule_of, OF_EACH_ACTION))
