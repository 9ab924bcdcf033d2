"""What each command says in each format, held against files that were read by a person.

`pytest tests/report --renew-golden` writes them anew.
"""

from collections.abc import Callable, Sequence

import pytest

from jtai_cli import __version__
from jtai_cli.plan.load import LoadedPlan
from jtai_cli.plan.problem import Problem
from jtai_cli.report import FORMATS, PROBLEM_FORMATS, Answer, Display, Judged

Golden = Callable[[str, str], None]

LOOKS = {
    "60.txt": ("terminal", Display(60, drawn=True)),
    "80.txt": ("terminal", Display(80, drawn=True)),
    "140.txt": ("terminal", Display(140, drawn=True)),
    "colour.txt": ("terminal", Display(80, drawn=True, colour=True)),
    "sixteen-colours.txt": ("terminal", Display(80, drawn=True, colour=True, palette="standard")),
    "ascii.txt": ("terminal", Display(80, drawn=True, unicode=False)),
    "piped.txt": ("terminal", Display()),
    "md": ("markdown", Display()),
    "csv": ("csv", Display()),
    "json": ("json", Display()),
}
COMMANDS = (
    *("status", "status-plans", "status-by-owner", "status-by-lead"),
    *("overdue", "actions", "show"),
)
# their answers are made in test_golden_history.py
HISTORY_COMMANDS = ("tracker", "tracker-monthly", "trend", "slippage", "ages", "show-life")

CHANGES = ("changes", "changes-of-plans")
"""The answers that `test_changes` holds."""

PROBLEM_LOOKS = {
    "60.txt": ("text", Display(60, drawn=True)),
    "colour.txt": ("text", Display(80, drawn=True, colour=True)),
    "piped.txt": ("text", Display()),
    "json": ("json", Display()),
    "github.txt": ("github", Display()),
    "gitlab.json": ("gitlab", Display()),
    "sarif": ("sarif", Display()),
    "junit.xml": ("junit", Display()),
}
PROBLEMS = [
    Problem(
        "plans/x.yaml", 41, 14, "impossible-date", "error",
        "2025-06-31 is not a real date; June has 30 days",
        None, "2025-06-31", "        due: 2025-06-31",
    ),
    Problem(
        "plans/x.yaml", 43, 9, "unknown-field", "error",
        "'progres' is not a field of an action", "did you mean 'progress'?",
        "progres", "        progres: green",
    ),
    Problem(
        "plans/x.yaml", 43, 9, "undated", "warning",
        "1.1 has no due date", "agree a date", None, f"\t漢字 {'word ' * 40}",
    ),
    Problem(
        "plans/a b,c:d%.yaml", 1, 1, "unreadable-file", "error",
        "it can't be read:\r\n100% <lost> & \"gone\"",
    ),
]  # fmt: skip


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("command", COMMANDS)
def test_answers(
    command: str,
    look: str,
    golden: Golden,
    real_plans: Sequence[LoadedPlan],
    answer_of: Callable[..., Answer],
) -> None:
    reading_2025 = real_plans[1:]
    answer = {
        "status": lambda: answer_of("status", reading_2025),
        "status-plans": lambda: answer_of("status", real_plans, "2017-01-01"),
        "status-by-owner": lambda: answer_of("status", reading_2025, by="owner"),
        "status-by-lead": lambda: answer_of("status", real_plans, by="lead"),
        "overdue": lambda: answer_of("overdue", reading_2025),
        "actions": lambda: answer_of("actions", reading_2025),
        "show": lambda: answer_of("show", reading_2025, "2025-10-15", ref="2.1"),
    }[command]()
    form, display = LOOKS[look]
    golden(f"{command}.{look}", FORMATS[form](answer, display))


@pytest.mark.parametrize("look", PROBLEM_LOOKS)
@pytest.mark.parametrize("name", ["problems", "no-problems"])
def test_problems(name: str, look: str, golden: Golden) -> None:
    judged = Judged(PROBLEMS if name == "problems" else [], 2)
    form, display = PROBLEM_LOOKS[look]
    text = PROBLEM_FORMATS[form](judged, display)
    golden(f"{name}.{look}", text.replace(f'"version": "{__version__}"', '"version": "X"'))


def test_every_format_has_golden_files() -> None:
    assert {form for form, _ in LOOKS.values()} == set(FORMATS)
    assert {form for form, _ in PROBLEM_LOOKS.values()} == set(PROBLEM_FORMATS)


def test_every_golden_file_is_of_a_test(request: pytest.FixtureRequest) -> None:
    commands = (*COMMANDS, *HISTORY_COMMANDS, *CHANGES)
    expected = {f"{command}.{look}" for command in commands for look in LOOKS}
    expected |= {f"{name}.{look}" for name in ("problems", "no-problems") for look in PROBLEM_LOOKS}
    folder = request.config.rootpath / "tests" / "golden"
    found = {file.name for file in folder.iterdir() if not file.name.startswith(".")}
    assert found == expected
