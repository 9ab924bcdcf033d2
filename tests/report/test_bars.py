"""Pictures of ratings: the same scale in every row, nothing lost, and read without colour."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jtai_cli.report.bars import actions_in, picture, picture_width
from jtai_cli.report.cells import Mark, Picture, Segment, plain


def of(counts: str, longest: int, *marks: Mark) -> Picture:
    """A picture of ratings by letter, such as "B2 G11"."""
    segments = (
        Segment(f"rating {label[0]}", label[0], "none", int(label[1:])) for label in counts.split()
    )
    return Picture(tuple(segments), longest, marks)


@pytest.mark.parametrize(
    ("cell", "width", "drawn"),
    [
        (of("B2 G3", 5), 5, "BBGGG"),
        (of("B2 G3", 8), 20, "BBGGG"),
        (of("B2 G4", 6), 3, "BGG"),
        (of("B2 G4", 12), 6, "BGG"),
        # the least number of actions has a letter
        (of("B1 G99", 100), 10, "BGGGGGGGGG"),
        (of("B1 G1", 100), 10, "BG"),
        (of("", 12), 6, ""),
        (of("", 0), 1, ""),
        (of("B2 G3", 5, Mark("|", 0), Mark(":", 5)), 7, "|BBGGG:"),
        (of("B2 G3", 5, Mark("|", 4), Mark(":", 2)), 7, "BB:GG|G"),
        (of("B2 G8", 10, Mark("|", 8)), 6, "BGGG|G"),
    ],
)
def test_a_picture(cell: Picture, width: int, drawn: str) -> None:
    assert picture(cell, width, colour=False).plain == drawn
    assert picture(cell, width, colour=True).plain == drawn


@given(
    counts=st.lists(st.integers(1, 200), max_size=6),
    others=st.integers(0, 500),
    width=st.integers(10, 60),
)
def test_no_picture_is_wider_than_it_may_be_and_no_rating_is_lost(
    counts: list[int], others: int, width: int
) -> None:
    letters = "BGARNn"
    labels = (f"{letter}{count}" for letter, count in zip(letters, counts, strict=False))
    cell = of(" ".join(labels), sum(counts) + others, Mark("|", sum(counts)))
    drawn = picture(cell, width, colour=False).plain
    assert len(drawn) <= max(width, len(counts) + 1)
    assert set(drawn) == {*letters[: len(counts)], "|"}


def test_the_width_of_a_picture() -> None:
    assert picture_width(of("B2", 12, Mark("|", 1))) == 13
    assert picture_width(of("B2", 500, Mark("|", 1), Mark(":", 1))) == 42


def test_a_picture_in_words() -> None:
    cell = of("B2 G11", 20, Mark("|", 8))
    assert plain(cell) == "2 rating B, 11 rating G"
    assert actions_in(cell) == 13
