import pytest
from hypothesis import given
from hypothesis import strategies as st

from jtai_cli.plan.problem import (
    MAX_MESSAGES,
    Found,
    Problem,
    brief,
    did_you_mean,
    listed,
    quoted,
    visible,
)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("plain – text\u00a0é", "plain – text\u00a0é"),
        ("a\x1b[31mb", "a<U+001B>[31mb"),
        ("a\u202eb\u200b", "a<U+202E>b<U+200B>"),
        ("a\nb\ud800", "a<U+000A>b<U+D800>"),
    ],
)
def test_what_a_terminal_would_obey_is_spelled_out(text: str, seen: str) -> None:
    assert visible(text) == seen


@given(st.text())
def test_a_quoted_text_is_one_short_line(text: str) -> None:
    shown = quoted(text)

    assert len(shown) <= 62
    assert len(shown.splitlines()) == 1


@given(st.text(alphabet=st.sampled_from("ab \t\n\u00a0\u2003\u202eé"), max_size=300))
def test_however_it_is_spaced_a_text_is_words_with_a_space_between_them(text: str) -> None:
    spaced = visible(" ".join(text[:240].split()))

    assert brief(text) == (spaced if len(spaced) <= 60 else f"{spaced[:59]}…")


def test_a_long_text_is_cut() -> None:
    assert quoted("x" * 61) == f"'{'x' * 59}…'"


@pytest.mark.parametrize(
    ("written", "known", "hint"),
    [
        ("BFfC", ["TVP", "BFFC"], "did you mean 'BFFC'?"),
        ("gren", ["blue", "green"], "did you mean 'green'?"),
        ("x", ["blue", "green"], None),
        ("1.3", ["1.2", "1.4"], None),
        ("", ["blue"], None),
        ("gren", ["green" * 9_000], None),
        ("partner 0500 of ours", [f"partner {n:04} of our" for n in range(999)], "500 of our'?"),
        ("prtner 5 of our area", [f"partner {n:x} of our area" for n in range(999)], "r 5 of"),
        ("gren\u202e", ["green\u202e"], "did you mean 'green<U+202E>'?"),
    ],
)
def test_a_near_word_is_named(written: str, known: list[str], hint: str | None) -> None:
    said = did_you_mean(written, known)

    assert said is hint is None or str(hint) in str(said)


def test_a_list_of_known_words_ends() -> None:
    assert listed(["a\u202e", "b"]) == "a<U+202E>, b"
    assert listed(map(str, range(12))).endswith("10, 11")
    assert listed(map(str, range(13))).endswith("10, 11, …")
    assert len(listed(["x" * 40_000] * 30)) < 1_000


def test_what_is_not_listed_is_not_put_into_words() -> None:
    found = Found()
    described = []

    def describe() -> Problem:
        described.append(1)
        return Problem("plan.yaml", 1, 1, "tab", "warning", "a tab")

    for _ in range(MAX_MESSAGES + 10):
        found.note("warning", describe)

    assert found.warnings == MAX_MESSAGES + 10
    assert len(described) == MAX_MESSAGES
