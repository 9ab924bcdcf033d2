"""What `jtai trend` found out, as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jtai_cli.report.choice_data import choice_data
from jtai_cli.report.data import FORMAT_VERSION, Data, iso, summary_data
from jtai_cli.report.revisions import gaps_data, revision_data

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jtai_cli.facts.trend import Rate, Series, Stand, Trend

_STANDINGS = ("complete", "on_track", "at_risk", "off_track", "not_started", "unrated")

COLUMNS = (
    *("plan", "as_of", "commit", "committed", "actions"),
    *("complete", "complete_percent", "complete_or_on_track", "complete_or_on_track_percent"),
    *("planned_original", "planned_current"),
    *(f"standing_{standing}" for standing in _STANDINGS),
    *("overdue", "undated", "withdrawn"),
)


def trend_data(trend: Trend) -> Data:
    """The object of `trend --format json`; `cut` when the oldest points are left out."""
    return {
        "jtai": FORMAT_VERSION,
        "kind": "trend",
        "as_of": trend.as_of.isoformat(),
        "every": trend.every,
        "chosen": choice_data(trend.choice),
        "plans": [_plan(series) for series in trend.plans],
        "total": _series(trend.total),
        "cut": trend.is_cut,
        "gaps": gaps_data(trend.gaps),
    }


def _plan(series: Series) -> Data:
    plan: Any = series.plan
    named = {
        "id": plan.id,
        "title": plan.title,
        "file": series.file,
        "scheme": plan.rag.name,
    }
    return named | _series(series)


def _series(series: Series) -> Data:
    return {
        "points": [_point(stand) for stand in series.stands],
        "rate": _rate(series.rate) if series.rate else None,
    }


def _point(stand: Stand) -> Data:
    """A point: the day it is judged as of, the version, and SUMMARY of the contract."""
    return {
        "as_of": stand.as_of.isoformat(),
        "at": revision_data(stand.snapshot.revision),
        "summary": summary_data(stand.summary),
        "planned": {"original": stand.planned_original, "current": stand.planned_current},
    }


def _rate(rate: Rate) -> Data:
    """The rate of closing; `days_left` and `done_by` are arithmetic, null where none follows."""
    return {
        "since": rate.since.isoformat(),
        "days": rate.days,
        "complete_then": rate.before,
        "complete_now": rate.now,
        "closed": rate.closed,
        "in_30_days": rate.in_30_days,
        "remaining": rate.remaining,
        "days_left": rate.days_left,
        "done_by": iso(rate.done_by),
    }


def rows(data: Data) -> Iterator[Data]:
    """A row for each plan and point, and for the total of several plans, which has no plan."""
    for plan in data["plans"]:
        yield from (_row(plan["id"], point) for point in plan["points"])
    if len(data["plans"]) != 1:
        yield from (_row(None, point) for point in data["total"]["points"])


def _row(plan: str | None, point: Data) -> Data:
    summary, at = point["summary"], point["at"]
    row = {
        "plan": plan,
        "as_of": point["as_of"],
        "commit": at["commit"],
        "committed": at["date"] if at["commit"] else None,
        "planned_original": point["planned"]["original"],
        "planned_current": point["planned"]["current"],
        "overdue": summary["overdue"]["count"],
    }
    for name in ("complete", "complete_or_on_track"):
        row[name] = summary[name]["count"]
        row[f"{name}_percent"] = summary[name]["percent"]
    row |= {f"standing_{key}": count for key, count in summary["standing"].items()}
    return row | {name: summary[name] for name in ("actions", "undated", "withdrawn")}
