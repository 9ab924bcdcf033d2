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
    ("action", "found"),
    [
        ({"progress": "green", "due": LATE}, ([1], [])),
        ({"progress": "green", "due": "2025-08-07"}, ([], [])),
        ({"progress": "green"}, ([], [])),
        ({"progress": "amber", "due": LATE}, ([], [])),
        ({"due": LATE}, ([], [])),
        ({"progress": "blue", "due": LATE}, ([], [1])),
        ({"progress": "blue", "impact": "amber"}, ([], [1])),
        ({"progress": "blue", "impact": "red"}, ([], [1])),
        ({"progress": "blue", "impact": "green"}, ([], [])),
        ({"progress": "blue", "impact": "blue"}, ([], [])),
        ({"progress": "green", "due": LATE, **WITHDRAWN}, ([], [])),
        ({"progress": "blue", **WITHDRAWN}, ([], [])),
    ],
)
def test_contradictions(
    build: Build, action: dict[str, object], found: tuple[list[int], list[int]]
) -> None:
    late, unproven = contradictions(records_of(build(action), AS_OF))
    assert ([1] * len(late), [1] * len(unproven)) == found
