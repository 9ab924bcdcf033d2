"""Answers to render, and golden files: `pytest tests/report --renew-golden` writes them anew."""

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from jtai_cli.facts.groups import By
from jtai_cli.facts.records import all_records, counted
from jtai_cli.facts.select import Wanted, overdue, select
from jtai_cli.facts.status import status_of
from jtai_cli.plan.load import LoadedPlan, load
from jtai_cli.report import Answer
from jtai_cli.report.actions_content import actions_document, overdue_document, show_document
from jtai_cli.report.data import actions_data, show_data, status_data
from jtai_cli.report.status_content import status_document

TESTS = Path(__file__).parents[1]
GOLDEN = TESTS / "golden"
PLANS = TESTS.parent / "plans"


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text with the golden file of this name, or renews the file."""

    def compare(name: str, text: str) -> None:
        file = GOLDEN / name
        if request.config.getoption("--renew-golden"):
            file.write_bytes(text.encode())
        assert file.exists(), "run: pytest --renew-golden"
        assert text == file.read_bytes().decode()

    return compare


def _loaded(texts: Mapping[str, bytes]) -> Sequence[LoadedPlan]:
    loaded = load(texts)
    assert len(loaded.plans) == len(texts), loaded.problems
    return loaded.plans


@pytest.fixture(scope="session")
def real_plans() -> Sequence[LoadedPlan]:
    """The plans of 2016 and of 2025, in this order."""
    names = ("reading-improvement-2016.yaml", "reading-jtai-2025.yaml")
    return _loaded({f"plans/{name}": (PLANS / name).read_bytes() for name in names})


@pytest.fixture(scope="session")
def build() -> Callable[..., LoadedPlan]:
    """Builds a plan of one objective with these actions, numbered from 1.1."""

    def build_plan(*actions: dict[str, Any], **fields: Any) -> LoadedPlan:
        numbered = [
            {"ref": f"1.{number}", "text": "Do it"} | action
            for number, action in enumerate(actions, 1)
        ]
        objective = {"ref": "1", "title": "O", "actions": numbered}
        written = {
            "jtai": 1,
            "id": "p",
            "title": "T",
            "rag": "brag",
            "partners": {"TVP": "Thames Valley Police"},
            "objectives": [objective],
        } | fields
        text = json.dumps(written, ensure_ascii=False).encode()
        (plan,) = _loaded({f"plans/{written['id']}.yaml": text})
        return plan

    return build_plan


@pytest.fixture(scope="session")
def answer_of() -> Callable[..., Answer]:
    """The answer of a command over plans; `show` shows the action with the ref `ref`."""

    def answer(
        command: str,
        plans: Sequence[LoadedPlan],
        as_of: str = "2025-08-07",
        by: By | None = None,
        ref: str | None = None,
    ) -> Answer:
        date = dt.date.fromisoformat(as_of)
        if command == "status":
            status = status_of(plans, date, by or "objective")
            return Answer(
                lambda: status_document(status, grouped=by is not None),
                lambda: status_data(status),
            )
        records = all_records(plans, date)
        of, titled = len(counted(records)), [one.plan for one in plans]
        if command == "overdue":
            late = overdue(records)
            return Answer(
                lambda: overdue_document(late, counted(records), date, titled),
                lambda: actions_data("overdue", late, date),
            )
        if command == "actions":
            chosen = select(records, Wanted(), date)
            return Answer(
                lambda: actions_document(chosen, of, date, titled),
                lambda: actions_data("actions", chosen, date),
            )
        record = next(record for record in records if ref in (None, record.action.ref))
        return Answer(lambda: show_document(record, date), lambda: show_data(record, date))

    return answer
