"""What happened to an action, as data."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from jtai_cli.report.data import updates_data
from jtai_cli.report.revisions import revision_data

if TYPE_CHECKING:
    from jtai_cli.facts.happenings import Happening, Value
    from jtai_cli.report.data import Data


def happening_data(one: Happening, *, authors: bool) -> Data:
    """HAPPENING: what it was, before and after, why, and by which commit; authors may be null."""
    return {
        "kind": one.kind,
        "before": _value(one.before),
        "after": _value(one.after),
        "days": one.days,
        "why": updates_data(one.why),
        **revision_data(one.revision),
        "author": one.revision.author if authors else None,
    }


def _value(value: Value) -> str | list[str] | None:
    if isinstance(value, dt.date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
