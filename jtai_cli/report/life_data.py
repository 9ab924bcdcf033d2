"""The life of an action as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jtai_cli.report.data import iso
from jtai_cli.report.happening_data import happening_data
from jtai_cli.report.revisions import gaps_data, revision_data

if TYPE_CHECKING:
    import datetime as dt

    from jtai_cli.facts.life import Life, Since
    from jtai_cli.report.data import Data


def life_data(life: Life | None, reason: str | None, as_of: dt.date, *, authors: bool) -> Data:
    """`life`, `age` and `gaps` of an action; where they are not known, `without_life` says why."""
    if life is None:
        return {"life": None, "age": None, "gaps": [], "without_life": reason}
    happenings = [happening_data(one, authors=authors) for one in life.happenings]
    gaps = gaps_data(life.gaps)
    return {"life": happenings, "age": _age(life, as_of), "gaps": gaps, "without_life": None}


def _age(life: Life, as_of: dt.date) -> Data:
    days = (as_of - life.updated).days if life.updated else None
    return {
        "known": _since(life.age.known, as_of),
        "progress": _since(life.age.progress, as_of),
        "impact": _since(life.age.impact, as_of),
        "due": _since(life.age.due, as_of),
        "last_update": iso(life.updated),
        "days_without_update": days,
    }


def _since(since: Since, as_of: dt.date) -> Data:
    return {
        **revision_data(since.revision),
        "days": since.days(as_of),
        "at_least": since.at_least,
    }
