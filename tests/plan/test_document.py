"""Problems that are found after reading get their lines, too."""

import pytest

from jtai_cli.plan.document import MORE, with_lines
from jtai_cli.plan.problem import Problem


@pytest.mark.parametrize(
    ("content", "line", "excerpt"),
    [
        (b"a\nb: c\n", 2, "b: c"),
        (b"\xef\xbb\xbfa\r\nb\r\n", 1, "a"),
        (b"a\r\nb\r\n", 2, "b"),
        (b"a\n\nb\n", 2, None),
        (b"a\n", 9, None),
        (b"", 1, None),
        (b"\xa3", 1, "\ufffd"),
        (b"x" * 2_000, 1, "x" * 2_000),
        (b"x" * 2_001, 1, None),
        (("😀" * 2_000 + "\n").encode(), 1, "😀" * 2_000),
        (("😀" * 2_001).encode(), 1, None),
        ("a\x85b\u2028c\x0cd\r\re\n".encode(), 1, "a\x85b\u2028c\x0cd"),
        (b"a\r\rb\n", 3, "b"),
    ],
)
def test_a_problem_gets_its_line(content: bytes, line: int, excerpt: str | None) -> None:
    problem = Problem("plan.yaml", line, 1, "overdue", "error", "It is late.")

    assert with_lines([problem], content) == (problem._replace(excerpt=excerpt),)


def test_how_many_more_problems_there_are_is_of_no_line() -> None:
    problem = Problem("plan.yaml", 1, 1, MORE, "error", "3 more problems are not listed.")

    assert with_lines([problem], b"a") == (problem,)


def test_no_problems_get_no_lines() -> None:
    assert with_lines([], b"a") == ()
