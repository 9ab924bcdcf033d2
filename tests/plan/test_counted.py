"""Problems that are found after reading are counted like those of reading."""

from jtai_cli.plan.document import MORE, first_of
from jtai_cli.plan.problem import MAX_MESSAGES, Problem, Severity, counted


def problems(severity: Severity, number: int) -> list[Problem]:
    return [
        Problem("plan.yaml", line, 1, "overdue", severity, "It is late.", plan="p")
        for line in range(1, number + 1)
    ]


def test_few_are_all_listed_from_the_top() -> None:
    few = problems("warning", 2) + problems("error", 2)

    assert [problem.line for problem in first_of(counted(few))] == [1, 1, 2, 2]


def test_of_many_errors_come_first_and_the_rest_is_counted() -> None:
    *first, last = first_of(counted(problems("warning", 60) + problems("error", 20)))

    assert [problem.severity for problem in first].count("error") == 20
    assert len(first) == MAX_MESSAGES
    assert (last.rule, last.severity, last.plan) == (MORE, "warning", "p")
    assert last.message == "30 more problems in this file are not listed"


def test_errors_that_are_not_listed_are_an_error() -> None:
    assert first_of(counted(problems("error", 51)))[-1].severity == "error"
