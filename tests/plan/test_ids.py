import pytest

from jtai_cli.plan.ids import id_in
from jtai_cli.plan.used_ids import PlanIds


@pytest.mark.parametrize(
    ("text", "plan_id"),
    [
        (b"jtai: 1\nid: our-plan\n", "our-plan"),
        (b"id: our-plan # since 2025\r\n", "our-plan"),
        (b'id: "1.10"\n', "1.10"),
        (b"id: 'ours'\n", "ours"),
        (b"inspection:\n  id: ours\n", None),
        (b"id:\n", None),
        (b"", None),
    ],
)
def test_the_id_at_the_left_margin(text: bytes, plan_id: str | None) -> None:
    assert id_in(text) == plan_id


def test_an_id_that_was_noted_is_used_twice() -> None:
    ids = PlanIds()
    ids.note("a.yaml", "ours")
    ids.note("b.yaml", None)

    (problem,) = ids.twice("c.yaml", "ours", (2, 5))

    assert problem.message == "the plan id 'ours' is already used in a.yaml"
    assert ids.twice("c.yaml", None, (1, 1)) == []


def test_the_name_of_the_other_file_is_safe_to_print() -> None:
    ids = PlanIds()
    ids.note("a\x1b[31m\u202e.yaml", "ours")

    (problem,) = ids.twice("c.yaml", "ours", (2, 5))

    assert problem.message.endswith("is already used in a<U+001B>[31m<U+202E>.yaml")
