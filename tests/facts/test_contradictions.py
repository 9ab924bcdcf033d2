import datetime as dt
from collections.abc import Callable

import pytest

from jtai_cli.facts.contradictions import contradictions
from jtai_cli.facts.records import records_of
from jtai_cli.plan.load import LoadedPlan

Build = Callable[..., LoadedPlan]
AS_OF = dt.date(2025, 8, 7)
LATE = "2025-08-06"
WITHDRAWN = {"withdrawn": {"on": "2025-01-01", "reason": "Merged"}}


@pytest.mark.parametrize(
    ("action", "late", "unproven"),
    [
        ({"progress": "green", "due": LATE}, True, False),
        ({"progress": "green", "due": "2025-08-07"}, False, False),
        ({"progress": "green"}, False, False),
        ({"progress": "amber", "due": LATE}, False, False),
        ({"due": LATE}, False, False),
        ({"progress": "blue", "due": LATE}, False, True),
        ({"progress": "blue", "impact": "amber"}, False, True),
        ({"progress": "blue", "impact": "red"}, False, True),
        ({"progress": "blue", "impact": "green"}, False, False),
        ({"progress": "blue", "impact": "blue"}, False, False),
        ({"progress": "green", "due": LATE, **WITHDRAWN}, False, False),
        ({"progress": "blue", **WITHDRAWN}, False, False),
    ],
)
def test_contradictions(
    build: Build, action: dict[str, object], *, late: bool, unproven: bool
) -> None:
    found = contradictions(records_of(build(action), AS_OF))
    assert (len(found.on_track_but_overdue), len(found.complete_without_impact)) == (
        *(late, unproven),
    )
