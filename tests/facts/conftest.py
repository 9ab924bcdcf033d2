import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jtai_cli.plan.load import LoadedPlan, load

PLANS = Path(__file__).parents[2] / "plans"
PARTNERS = {"BFFC": "Brighter Futures for Children", "TVP": "Thames Valley Police", "HM": "HM"}


def _loaded(name: str, content: bytes) -> LoadedPlan:
    loaded = load({name: content})
    (plan,) = loaded.plans
    return plan


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
        return _loaded(f"{written['id']}.yaml", json.dumps(written, ensure_ascii=False).encode())

    return build_plan
