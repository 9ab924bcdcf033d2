"""Text of plans that means something to terminals, markup or tables, at every width."""

import itertools
import re
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from jtai_cli.plan.load import LoadedPlan
from jtai_cli.report import FORMATS, Answer, Display

Build = Callable[..., LoadedPlan]
AnswerOf = Callable[..., Answer]

COMMANDS = ("status", "overdue", "actions", "show")
WIDTHS = (60, 80, 140)
MARKUP = [
    "[a] and [b]",
    "[/]",
    "[bold red]x[/bold red]",
    "[link=https://example.org]x",
    ":warning:",
    "ends with \\",
    "\\[a]",
    "a | b",
    "`x`",
    "<script>alert(1)</script>",
    "{0} %s %(x)s",
]
LONG = ["x" * 2_000, "title " * 333, "漢字" * 300, "e\u0301" * 500, "a-" * 500, "a b\n\n\nc d"]
REF_78 = "r" * 78


def drawn(answer: Answer, width: int, *, colour: bool = False, unicode: bool = True) -> str:
    display = Display(width, drawn=True, colour=colour, unicode=unicode)
    return re.sub("\x1b\\[[0-9;]*m", "", FORMATS["terminal"](answer, display))


def plan_of(build: Build, text: str, **fields: Any) -> LoadedPlan:
    """A plan in which this text stands wherever a text may."""
    full = {
        "text": text,
        "theme": text,
        "due": "2025-06-30",
        "owners": ["TVP"],
        "progress": "green",
        "measures": [text, text],
        "evidence": [text],
        "note": text,
        "updates": [{"on": "2025-07-01", "by": text, "text": text}],
    }
    undated = {"text": text, "due_note": text}
    texts = {"title": text, "area": text, "partners": {"TVP": text}}
    return build(full, undated, **texts, **fields)


def answers(answer_of: AnswerOf, *plans: LoadedPlan) -> Sequence[Answer]:
    return [
        *(answer_of(command, plans) for command in COMMANDS),
        answer_of("status", plans, by="owner"),
        answer_of("status", plans, by="theme"),
    ]


@pytest.mark.parametrize("text", MARKUP)
@pytest.mark.parametrize("colour", [False, True])
def test_markup_comes_out_as_it_stands(
    text: str, build: Build, answer_of: AnswerOf, *, colour: bool
) -> None:
    for answer in answers(answer_of, plan_of(build, text))[1:4]:
        assert text in drawn(answer, 140, colour=colour)
        assert text in FORMATS["terminal"](answer, Display())


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("text", MARKUP + LONG)
def test_no_line_is_wider_than_the_terminal(
    text: str, width: int, build: Build, answer_of: AnswerOf
) -> None:
    one, two = plan_of(build, text), plan_of(build, text, id="a-plan-with-a-longer-id-2025")
    looks = itertools.cycle([{}, {"colour": True}, {"unicode": False}])
    for answer in (*answers(answer_of, one), *answers(answer_of, one, two)):
        lines = drawn(answer, width, **next(looks)).split("\n")
        assert max(map(cell_len, lines)) <= width


@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_of_the_real_plans_is_wider_than_the_terminal(
    width: int, real_plans: Sequence[LoadedPlan], answer_of: AnswerOf
) -> None:
    for plans in (real_plans, real_plans[1:]):
        for answer in answers(answer_of, *plans):
            assert max(map(cell_len, drawn(answer, width).split("\n"))) <= width


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("command", ["status", "overdue", "actions"])
def test_a_ref_of_80_characters_is_never_cut(
    command: str, width: int, build: Build, answer_of: AnswerOf
) -> None:
    refs = [f"{REF_78}-{number}" for number in range(3)]
    plan = build(*({"ref": ref, "due": "2025-06-30"} for ref in refs))
    lines = drawn(answer_of(command, [plan]), width).split("\n")
    assert [ref for ref in refs if not any(ref in line for line in lines)] == []
    if command != "status":
        assert {line for line in lines if cell_len(line) > width} <= set(refs)


def test_a_ref_of_80_characters_is_shown_whole(build: Build, answer_of: AnswerOf) -> None:
    ref = f"{REF_78}-1"
    assert ref in drawn(answer_of("show", [build({"ref": ref})]), 80)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("length", [8, 20, 40, 80])
def test_plan_ids_are_never_cut(width: int, length: int, build: Build, answer_of: AnswerOf) -> None:
    plans = [build({"due": "2025-06-30"}, id=name * length) for name in "pq"]
    for command in ("status", "overdue", "actions"):
        text = drawn(answer_of(command, plans), width)
        assert all(plan.plan.id in text for plan in plans)


@pytest.mark.parametrize("width", WIDTHS)
def test_every_ref_of_300_actions_in_one_objective(
    width: int, build: Build, answer_of: AnswerOf
) -> None:
    plan = build(*({"due": "2025-06-30"} for _ in range(300)))
    for command in ("status", "overdue", "actions"):
        text = drawn(answer_of(command, [plan]), width)
        found = set(re.findall(r"\b1\.[0-9]+\b", text))
        assert found == {f"1.{number}" for number in range(1, 301)}
        assert max(map(cell_len, text.split("\n"))) <= width


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("fields", [{"objectives": []}, {}])
def test_a_plan_without_actions(
    form: str, fields: dict[str, Any], build: Build, answer_of: AnswerOf
) -> None:
    plan = build(**fields)
    for command in ("status", "overdue", "actions"):
        for display in (Display(), Display(60, drawn=True)):
            text = FORMATS[form](answer_of(command, [plan]), display)
            assert text.endswith("\n")
            assert "%" not in text


def test_no_action_that_fits_is_said(build: Build, answer_of: AnswerOf) -> None:
    assert "No action fits." in FORMATS["terminal"](answer_of("actions", [build()]), Display())


@settings(max_examples=80)
@given(width=st.integers(20, 200), text=st.sampled_from(MARKUP + LONG), data=st.data())
def test_nothing_raises_at_any_width(
    build: Build, answer_of: AnswerOf, width: int, text: str, data: st.DataObject
) -> None:
    ref = data.draw(st.sampled_from(["1", "1.10", REF_78]))
    plans = [plan_of(build, text), build({"ref": ref, "due": "2025-06-30"}, id="q")]
    command = data.draw(st.sampled_from(COMMANDS))
    by = data.draw(st.sampled_from(["objective", "owner", "theme"]))
    chosen = data.draw(st.sampled_from([plans, plans[:1], plans[1:]]))
    colour, unicode = data.draw(st.tuples(st.booleans(), st.booleans()))
    answer = answer_of(command, chosen, by=by)
    assert drawn(answer, width, colour=colour, unicode=unicode).endswith("\n")


@pytest.mark.parametrize("width", WIDTHS)
def test_without_unicode_all_that_jtai_says_itself_is_ascii(
    width: int, build: Build, answer_of: AnswerOf
) -> None:
    plan = plan_of(build, "plain words " * 30)
    for answer in answers(answer_of, plan)[1:4]:
        assert drawn(answer, width, unicode=False).isascii()


def test_colour_only_decorates(real_plans: Sequence[LoadedPlan], answer_of: AnswerOf) -> None:
    ratings = ("Blue", "Green", "Amber", "Red", "not rated")
    for answer in answers(answer_of, *real_plans[1:]):
        plain, coloured = drawn(answer, 140), drawn(answer, 140, colour=True)
        assert [plain.count(word) for word in ratings] == [coloured.count(word) for word in ratings]


@pytest.mark.parametrize("palette", ["standard", "256", "truecolor"])
def test_every_palette_has_every_tone(palette: Any, build: Build, answer_of: AnswerOf) -> None:
    names = ["dark green", "light green", "orange", "yellow", "purple", "grey", "gray", "white"]
    own = [{"rating": name, "counts_as": "at_risk"} for name in (*names, "blue", "amber", "x")]
    plan = build(*({"progress": rating["rating"]} for rating in own), rag={"ratings": own})
    display = Display(80, drawn=True, colour=True, palette=palette)
    for command in ("status", "actions"):
        assert "\x1b[" in FORMATS["terminal"](answer_of(command, [plan]), display)


def test_letters_of_ratings_are_never_the_same(build: Build, answer_of: AnswerOf) -> None:
    words = ["Good", "Going", "Gone", "G", "g1"]
    own = [{"rating": word, "counts_as": "on_track"} for word in words]
    plan = build(*({"progress": word} for word in words), rag={"ratings": own})
    text = drawn(answer_of("status", [plan]), 140)
    (bar,) = re.findall(r"\d+%\) +(\S{5})", text)
    assert len(set(bar)) == 5


def test_every_line_stands_without_spaces_at_its_end(
    real_plans: Sequence[LoadedPlan], answer_of: AnswerOf
) -> None:
    looks = (Display(), Display(80, drawn=True))
    for answer, display in itertools.product(answers(answer_of, *real_plans), looks):
        lines = FORMATS["terminal"](answer, display).split("\n")
        assert [line for line in lines if line != line.rstrip()] == []
