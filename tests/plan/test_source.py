from collections.abc import Callable
from typing import Any

import pytest
from yaml import YAMLError
from yaml._yaml import CParser

from jtai_cli.plan.events import in_batches
from jtai_cli.plan.places import locate
from jtai_cli.plan.source import Node, Source, read_source

Parser = Callable[[str], Any]


def read(text: str, parser: Parser) -> Source:
    return read_source("plan.yaml", text.encode(), parser)


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("ref: 1.10", {"ref": "1.10"}),
        ("a: no", {"a": "no"}),
        ("a: 12:30", {"a": "12:30"}),
        ("a: 2025-06-31", {"a": "2025-06-31"}),
        ("a: ~", {"a": "~"}),
        ("a:", {"a": ""}),
        ("a: [1, [], {}]", {"a": ["1", [], {}]}),
        ("1: 0x1F", {"1": "0x1F"}),
        ("a: 'it''s'", {"a": "it's"}),
        ('a: "\\u00a3\\t5"', {"a": "£\t5"}),
        ("a: |\n  b\n   c\n", {"a": "b\n c\n"}),
        ("a: >-\n  b\n  c\n", {"a": "b c"}),
        ("a: b\n  c", {"a": "b c"}),
        ("a: b # c", {"a": "b"}),
        ("a: b#c & d * e! <f>", {"a": "b#c & d * e! <f>"}),
        ("[what?, a:b]", ["what?", "a:b"]),
        ("? a\n: b", {"a": "b"}),
        ("--- text\n...\n", "text"),
    ],
)
def test_scalars_arrive_as_written(text: str, data: Node, parser: Parser) -> None:
    source = read(text, parser)

    assert source.data == data
    assert source.found.errors == 0


@pytest.mark.parametrize(
    ("text", "path", "place"),
    [
        ("a: b", ("a",), (0, 3)),
        ("é: b", ("é",), (0, 3)),
        ("\ufeffa: b", ("a",), (0, 3)),
        ("a:\r\n  b: c\r\n", ("a", "b"), (1, 5)),
        ("a: [b, c]", ("a", 1), (0, 7)),
        ("a:\n- b\n- c: d", ("a", 1, "c"), (2, 5)),
        ("a: >\n  b", ("a",), (0, 3)),
        ("a: {b: }", ("a", "b"), (0, 4)),
        ("a:\nb: c", ("a",), (0, 0)),
        ("a: b", ("c",), (0, 0)),
        ("a:\n  b: c", ("a", "d"), (1, 2)),
    ],
)
def test_every_value_has_its_place(
    text: str, path: tuple[str | int, ...], place: tuple[int, int], parser: Parser
) -> None:
    places = read(text, parser).places
    assert places is not None

    mark = locate(places, path)

    assert (mark.line, mark.column) == place


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: &x b", "&x"),
        ("a: &x [b]", "&x"),
        ("&x a: b", "&x"),
        ("- &x b", "&x"),
        ("a: !!int 1", "!!int"),
        ("a: !x [b]", "!x"),
        ("a: ! b", "!"),
        ("a: !<tag:x> b", "tag:x"),
        ("a: !!python/object/apply:os.system [x]", "!!python/object/apply:os.system"),
    ],
)
def test_anchors_and_tags_are_refused_as_written(text: str, value: str, parser: Parser) -> None:
    (problem,) = read(text, parser).found.first_errors

    assert (problem.rule, problem.value) == ("unsafe-yaml", value)


@pytest.mark.parametrize(
    "text", ["a: b\nc: *d", "<<: {a: b}", "{a: b}: c", "? [a]\n: b", "*a : b", "a: [*b]"]
)
def test_what_leaves_the_meaning_open_gives_no_data(text: str, parser: Parser) -> None:
    source = read(text, parser)

    assert source.data is None
    assert source.found.errors


def test_a_quoted_merge_sign_is_a_name(parser: Parser) -> None:
    assert read('"<<": a', parser).data == {"<<": "a"}


def test_the_first_of_two_is_kept_and_the_second_still_looked_at(parser: Parser) -> None:
    source = read("a: b\na: [&x c]", parser)

    assert source.data == {"a": "b"}
    assert [problem.rule for problem in source.found.first_errors] == [
        "duplicate-key",
        "unsafe-yaml",
    ]


@pytest.mark.parametrize(
    "text", ["%YAML 1.2\n---\na: b", "# c\n\n%TAG ! x:\n---\na", "%YAML 1.3\n---\n", "%x", "%"]
)
def test_directives_are_refused(text: str, parser: Parser) -> None:
    source = read(text, parser)

    assert source.data is None
    (problem,) = source.found.first_errors
    assert (problem.rule, problem.column) == ("unsafe-yaml", 1)
    assert text.splitlines()[problem.line - 1].startswith("%")


def test_batches_hold_every_event_and_what_stands_before_a_syntax_error() -> None:
    numbers = iter([*range(300), None])
    events = [number for batch in in_batches(numbers.__next__) for number in batch]
    broken = in_batches(CParser("a: b\n}").get_event)

    assert events == list(range(300))
    assert len(next(broken)) > 2
    with pytest.raises(YAMLError):
        next(broken)
