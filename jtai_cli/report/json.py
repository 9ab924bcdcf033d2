"""Facts as one JSON object."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jtai_cli.report import Answer, Display


def render(answer: Answer, _display: Display) -> str:
    """The object, indented, keys in the order given, ending in a line break."""
    return json.dumps(answer.data(), indent=2, ensure_ascii=False) + "\n"
