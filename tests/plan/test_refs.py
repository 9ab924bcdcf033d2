from hypothesis import given
from hypothesis import strategies as st

from jtai_cli.plan.refs import ref_key

numbers = st.lists(st.integers(0, 10**12), min_size=1, max_size=5)
refs = st.text(alphabet="aAbZ019._/-", min_size=1, max_size=12)


def dotted(parts: list[int]) -> str:
    return ".".join(map(str, parts))


def test_refs_stand_in_the_order_that_people_count_in() -> None:
    mixed = ["10.1", "5.4", "2.1", "5.3.1", "B", "5.3", "a", "1-2", "1/10", "1"]

    assert sorted(mixed, key=ref_key) == [
        *("1", "1-2", "1/10", "2.1", "5.3", "5.3.1", "5.4", "10.1", "a", "B")
    ]


@given(numbers, numbers)
def test_numbers_are_compared_part_by_part(one: list[int], other: list[int]) -> None:
    assert (ref_key(dotted(one)) < ref_key(dotted(other))) == (one < other)


@given(st.lists(refs, unique=True).flatmap(st.permutations))
def test_the_order_is_total_and_the_same_however_refs_stood(several: list[str]) -> None:
    in_text_order = sorted(several)

    assert sorted(several, key=ref_key) == sorted(in_text_order, key=ref_key)
    assert len({ref_key(ref) for ref in several}) == len(several)


def test_a_ref_may_have_more_digits_than_python_counts_with() -> None:
    less, more = "8" * 5_000, "9" * 5_000

    assert sorted([more, less, "1" * 5_001], key=ref_key) == [less, more, "1" * 5_001]
