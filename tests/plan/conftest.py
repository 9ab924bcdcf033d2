"""The two parsers, and what reading says in a form that tests can compare."""

from collections.abc import Callable
from typing import Any

import pytest
from yaml._yaml import CParser

from jtai_cli.plan.fallback import PurePythonParser


@pytest.fixture(params=[CParser, PurePythonParser], ids=["libyaml", "pure-python"])
def parser(request: pytest.FixtureRequest) -> Callable[[str], Any]:
    chosen: Callable[[str], Any] = request.param
    return chosen
