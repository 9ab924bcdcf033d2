from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jtai_cli.plan.source import read_source
from jtai_cli.plan.text import CONTROL_CHARACTER, Lines, decode


def found(content: bytes | str) -> list[tuple[int, int, str]]:
    data = content.encode() if isinstance(content, str) else content
    several = decode("plan.yaml", data).found
    listed = several.first_errors + several.first_warnings
    return [(problem.line, problem.column, problem.rule) for problem in listed]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain – “text” é £5 \U0001f600\n\r\n\ta", []),
        ("abcd\x00", [(1, 5, "control-character")]),
        ("a\nb\u0085", [(2, 2, "control-character")]),
        ("\u2028", [(1, 1, "control-character")]),
        ("\u2029", [(1, 1, "control-character")]),
        ("\x7f\x9b", [(1, 1, "control-character"), (1, 2, "control-character")]),
        ("a\r\nb\rc\u202e", [(3, 2, "hidden-character")]),
        ("\u200b\u00ad", [(1, 1, "hidden-character"), (1, 2, "hidden-character")]),
        ("cost: Â£5", [(1, 7, "damaged-text")]),
        ("â€œquotedâ€\u009d", [(1, 1, "damaged-text"), (1, 10, "damaged-text")]),
        ("a\ufffd\ufffd", [(1, 2, "damaged-text")]),
        ("Âme and Ã are letters", []),
        ("<<<<<<< a\n=======\n>>>>>>> b", [(1, 1, "merge-conflict"), (3, 1, "merge-conflict")]),
        ("a\r\n>>>>>>>\r\n", [(2, 1, "merge-conflict")]),
        ("  <<<<<<< a\n<<<<<<<b\na <<<<<<<", []),
    ],
)
def test_what_stands_in_the_characters(text: str, expected: list[tuple[int, int, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"a: \xa35", [(1, 4, "not-utf8")]),
        ("é\nb: ".encode() + b"\xe9", [(2, 4, "not-utf8")]),
        (b"\xed\xa0\x80", [(1, 1, "not-utf8")]),
        (b"\xff\xfea\x00", [(1, 1, "not-utf8")]),
        ("a: b".encode("utf-16-le"), [(1, 1, "not-utf8")]),
        ("a: b".encode("utf-16"), [(1, 1, "not-utf8")]),
        (b"a" + b"\xe9" * 9 + b"\xc3\xa9\xe9", [(1, 2, "not-utf8")]),
        (b"\xef\xbb\xbf\xef\xbb\xbfa", []),
    ],
)
def test_bytes_that_are_not_utf8(content: bytes, expected: list[tuple[int, int, str]]) -> None:
    assert found(content) == expected


def test_windows_characters_are_read_on() -> None:
    text = decode("plan.yaml", "£5 – ".encode("cp1252") + "é".encode()).text

    assert text == "£5 – é"


@given(st.lists(st.sampled_from(["é", "’", "\U0001f600", "a", b"\xe9", b"\x92", b"\xf1\x80"])))
def test_only_what_is_not_utf8_is_taken_for_windows(parts: list[str | bytes]) -> None:
    content = b"".join(part.encode() if isinstance(part, str) else part for part in parts)
    one_by_one = content.decode(errors="surrogateescape")
    expected = "".join(
        sign.encode(errors="surrogateescape").decode("cp1252", "replace")
        if "\udc80" <= sign <= "\udcff"
        else sign
        for sign in one_by_one
    )

    assert decode("plan.yaml", content).text == CONTROL_CHARACTER.sub(" ", expected)


def test_millions_of_odd_characters_are_counted() -> None:
    several = decode("plan.yaml", "a\x01Â£\u200b".encode() * 60).found

    assert (several.errors, several.warnings) == (60, 120)
    assert (len(several.first_errors), len(several.first_warnings)) == (50, 50)


def test_a_space_stands_in_for_a_control_character() -> None:
    assert decode("plan.yaml", b"abcd\x00").text == "abcd "


def test_every_other_character_can_be_read(parser: Callable[[str], Any]) -> None:
    points = (point for point in range(0x20, 0x110000) if not 0xD800 <= point < 0xE000)
    every = CONTROL_CHARACTER.sub("", "".join(map(chr, points)))

    source = read_source("plan.yaml", f"a: b\n# {every}".encode(), parser)

    assert source.data == {"a": "b"}


@given(st.text(alphabet="ab\n\r\u0085 ", max_size=40))
def test_a_place_leads_back_to_its_position(text: str) -> None:
    lines = Lines(text)
    for index, character in enumerate(text):
        line, column = lines.place(index)
        shown = lines.line(line)
        assert character in "\n\r" or shown[column - 1] == character


def test_past_the_end_there_is_no_line() -> None:
    lines = Lines("a\nb  \n\n")

    assert [lines.line(number) for number in (1, 2, 3, 4, 5)] == ["a", "b  ", "", "", ""]
    assert lines.end() == (2, 2)
