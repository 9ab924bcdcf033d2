import pytest
import yaml

from jtai_cli.plan.syntax import COMPLAINTS, syntax_problem
from jtai_cli.plan.text import Lines


def test_an_error_without_a_place_is_at_the_beginning() -> None:
    problem = syntax_problem("plan.yaml", yaml.YAMLError("?"), Lines("a: b"))

    assert (problem.line, problem.column) == (1, 1)
    assert problem.message == "this can't be read as YAML"


@pytest.mark.parametrize("complaint", COMPLAINTS, ids=lambda complaint: complaint.words[0])
def test_messages_speak_of_the_text_and_not_of_yaml_terms(
    complaint: tuple[object, str, str],
) -> None:
    said = f"{complaint[1]} {complaint[2]}".lower()

    for term in ("scalar", "mapping", "sequence", "token", "node", "flow", "block", "parser"):
        assert term not in said
