import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jtai_cli.facts.edits import edit_problems
from jtai_cli.facts.pairing import Version
from jtai_cli.plan.load import LoadedPlan, load, load_plan
from jtai_cli.plan.problem import Problem

PLANS = Path(__file__).parents[2] / "plans"
PARTNERS = {"BFFC": "Brighter Futures for Children", "TVP": "Thames Valley Police", "HM": "HM"}


def _loaded(name: str, content: bytes) -> LoadedPlan:
    loaded = load({name: content})
    (plan,) = loaded.plans
    return plan


def _written(*actions: dict[str, Any], **fields: Any) -> bytes:
    written: dict[str, Any] = {
        "jtai": 1,
        "id": "p",
        "title": "T",
        "rag": "brag",
        "partners": PARTNERS,
        "objectives": [{"ref": "1", "title": "O", "actions": list(actions)}],
    } | fields
    for objective in written["objectives"]:
        objective["actions"] = [
            {"ref": f"{objective['ref']}.{number}", "text": "Do it"} | action
            for number, action in enumerate(objective["actions"], 1)
        ]
    return json.dumps(written, ensure_ascii=False).encode()


@pytest.fixture(scope="session")
def reading_2025() -> LoadedPlan:
    """Plan A."""
    return _loaded("plans/a.yaml", (PLANS / "reading-jtai-2025.yaml").read_bytes())


@pytest.fixture(scope="session")
def reading_2016() -> LoadedPlan:
    """Plan D."""
    return _loaded("plans/d.yaml", (PLANS / "reading-improvement-2016.yaml").read_bytes())


@pytest.fixture(scope="session")
def build() -> Callable[..., LoadedPlan]:
    """Builds a plan of one objective with these actions, numbered from 1.1, or of several."""

    def build_plan(*actions: dict[str, Any], **fields: Any) -> LoadedPlan:
        return _loaded(f"{fields.get('id', 'p')}.yaml", _written(*actions, **fields))

    return build_plan


@pytest.fixture(scope="session")
def edit() -> Callable[..., list[Problem]]:
    """What the rules on edits say when one action is changed to another, and the scheme with it."""

    def edit_action(
        old: dict[str, Any], new: dict[str, Any], *, rag: Any = "brag", new_rag: Any = None
    ) -> list[Problem]:
        was, now = (
            Version("p.yaml", load_plan("p.yaml", _written(action, rag=scheme)))
            for action, scheme in ((old, rag), (new, new_rag or rag))
        )
        assert now.read.loaded, now.read.problems
        return edit_problems([was], [now])

    return edit_action
