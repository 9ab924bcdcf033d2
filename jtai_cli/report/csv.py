"""Facts as CSV: a row an action, or a row a plan, group and total."""

from __future__ import annotations

import csv
import io
import re
from importlib import import_module
from typing import TYPE_CHECKING, Any

from jtai_cli.plan.problem import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from jtai_cli.report import Answer, Display
    from jtai_cli.report.data import Data

ACTION_COLUMNS = (
    *("plan", "ref", "objective", "text", "lead", "owners", "support", "due", "due_note"),
    *("theme", "level", "progress", "impact", "standing", "overdue", "days_overdue"),
    *("measures", "evidence", "completed", "updates", "file", "line"),
)
STATUS_COLUMNS = (
    *("plan", "by", "key", "title", "lead", "risk", "as_of", "actions"),
    *("complete", "complete_percent", "complete_or_on_track", "complete_or_on_track_percent"),
    *("standing_complete", "standing_on_track", "standing_at_risk", "standing_off_track"),
    *("standing_not_started", "standing_unrated", "overdue", "due_soon", "undated", "withdrawn"),
)

# each has its columns and rows beside its data
_OF_HISTORY = ("tracker", "changes", "slippage", "trend", "ages")

# A spreadsheet runs a cell that begins with one of these as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# No plan has such characters in it, but names of files and of authors may, and terminals obey them.
_OBEYED = re.compile("[\0-\b\v\f\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|\r(?!\n)")


def render(answer: Answer, _display: Display) -> str:
    """The rows under a header, with lines ended by CR LF as RFC 4180 has it.

    Lists are joined with "; ". A text that a spreadsheet would run as a formula gets an apostrophe
    before it. Of plans as they were committed, a last column `at` has the commit in each row.
    """
    data = answer.data()
    columns, rows = _table(data)
    commit = _commit(data)
    if commit:
        columns, rows = (*columns, "at"), (row | {"at": commit} for row in rows)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_value(row[column]) for column in columns])
    return out.getvalue()


def _table(data: Data) -> tuple[Sequence[str], Iterable[Data]]:
    """The columns and rows of what a command gives."""
    kind = data["kind"]
    if kind == "status":
        return STATUS_COLUMNS, _status_rows(data)
    if kind in _OF_HISTORY:
        module = import_module(f"jtai_cli.report.{kind}_data")
        return module.COLUMNS, module.rows(data)
    return ACTION_COLUMNS, data["actions"]


def _commit(data: Data) -> str | None:
    """The commit that the plans were read from; `changes` calls its own the end."""
    end = data.get("at") or data.get("until") or {}
    commit: str | None = end.get("commit")
    return commit


def _value(value: Any) -> str | int:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return value
    text = value if isinstance(value, str) else "; ".join(map(_item, value))
    text = _OBEYED.sub(lambda found: visible(found[0]), text)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _item(item: Any) -> str:
    if isinstance(item, str):
        return item
    by = f" {item['by']}" if item["by"] else ""
    return f"{item['on']}{by}: {item['text']}"


def _status_rows(data: Data) -> Iterator[Data]:
    as_of = {"as_of": data["as_of"]}
    nobody = {"lead": None, "risk": None}
    for plan in data["plans"]:
        name = {"plan": plan["id"]}
        whole = {"by": "plan", "key": plan["id"], "title": plan["title"]}
        yield as_of | name | whole | nobody | _flat(plan["summary"])
        for group in plan["groups"]:
            yield as_of | name | group | _flat(group["summary"])
    total = {"plan": None, "by": "total", "key": None, "title": None}
    yield as_of | total | nobody | _flat(data["total"])


def _flat(summary: Data) -> Data:
    flat = {f"standing_{key}": count for key, count in summary["standing"].items()}
    for name in ("complete", "complete_or_on_track"):
        flat[name] = summary[name]["count"]
        flat[f"{name}_percent"] = summary[name]["percent"]
    for name in ("overdue", "due_soon"):
        flat[name] = summary[name]["count"]
    return flat | {name: summary[name] for name in ("actions", "undated", "withdrawn")}
