"""What is given to the clients and schemas that read our formats, and where those are.

They come from packages that `.ci/run` installs, and variables name their files. Without them the
tests are skipped, or fail where `JTAI_REQUIRE_CLIENTS` is 1.
"""

import datetime as dt
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from jtai_cli.facts.verdict import Closed, Verdict, Waived
from jtai_cli.plan.explanations import EXPLANATIONS
from jtai_cli.plan.problem import Problem
from jtai_cli.report import Judged

ERROR = Problem(
    "plans/p.yaml", 41, 14, "impossible-date", "error",
    "2025-06-31 is not a real date; June has 30 days", None, "2025-06-31",
    "        due: 2025-06-31", "p", "1.1",
)  # fmt: skip
WARNING = Problem("plans/p.yaml", 50, 9, "no-owner", "warning", "2.1 has no owner", "name one")
BREACH = Problem(
    "plans/p.yaml", 60, 14, "overdue-red", "error", "2.2 is 38 days overdue", "Train everybody",
    "2025-06-30", "        due: 2025-06-30", "p", "2.2",
)  # fmt: skip
WAIVED = Waived(
    BREACH._replace(line=70, ref="2.3", severity="warning", message="2.3 is 7 days overdue"),
    dt.date(2025, 9, 30),
    "the contract is being retendered",
    "improvement board, minute 7",
)
CLOSED = Closed("old-plan", "plans/old.yaml", dt.date(2025, 3, 31))
UNMATCHED = Problem("jtai.yaml", 9, 5, "unmatched-waiver", "warning", "it matches no breach")
HOSTILE = "100% of <a> & \"b\" 'c'\r\n::error::d, e: f]]> -- | `g` [h](i) \x1b[31m \x00 \u202e 漢字"


def verdict(
    *breaches: Problem,
    waived: tuple[Waived, ...] = (),
    warnings: tuple[Problem, ...] = (),
    closed: tuple[Closed, ...] = (),
) -> Verdict:
    return Verdict(
        as_of=dt.date(2025, 8, 7),
        fail_on=("overdue-red", "undated"),
        breaches=list(breaches),
        waived=list(waived),
        warnings=list(warnings),
        overdue={"on_track": 10, "at_risk": 6, "off_track": 0, "not_started": 0, "unrated": 0},
        closed=list(closed),
        against="main",
        old=12,
    )


def _samples() -> dict[str, Judged]:
    every_rule = [
        Problem(f"plans/{n}.yaml", n, 1, rule, known.severity, f"breaks {rule}", None, None, None)
        for n, (rule, known) in enumerate(EXPLANATIONS.items(), 1)
    ]
    hostile = BREACH._replace(
        file="plans/a b,c:d%\r\n\x1b<é>\udcff.yaml", message=HOSTILE, hint=HOSTILE, value=HOSTILE
    )
    agreed = Waived(hostile, dt.date(2025, 9, 30), HOSTILE, HOSTILE)
    absolute = ERROR._replace(file="/srv/plans/p.yaml", plan=None, ref=None)
    return {
        "valid": Judged([], 2),
        "invalid": Judged([ERROR, ERROR, WARNING, absolute], 2),
        "every-rule": Judged(every_rule, len(every_rule)),
        "passed": Judged([], 2, verdict()),
        "all-closed": Judged([], 1, verdict(closed=(CLOSED,))),
        "failed": Judged(
            [UNMATCHED, BREACH, BREACH._replace(rule="no-owner")],
            3,
            verdict(BREACH, waived=(WAIVED,), warnings=(UNMATCHED,), closed=(CLOSED,)),
        ),
        "hostile": Judged([hostile], 1, verdict(hostile, waived=(agreed, agreed))),
    }


SAMPLES = _samples()


@pytest.fixture(scope="session")
def samples() -> Mapping[str, Judged]:
    """Each kind of thing that validation or the gate may have to say, by a name."""
    return SAMPLES


@pytest.fixture(params=SAMPLES)
def judged(request: pytest.FixtureRequest) -> Judged:
    """One of the samples after the other."""
    return SAMPLES[request.param]


@pytest.fixture(scope="session")
def client() -> Callable[[str], Path]:
    """The file of a client or schema that a variable names."""

    def find(variable: str) -> Path:
        named = Path(os.environ.get(variable, ""))
        if not named.is_file():
            _missing(f"{variable} names no file")
        return named

    return find


@pytest.fixture(scope="session")
def node() -> str:
    """Node, which runs clients that come from npm."""
    return shutil.which("node") or _missing("Node is not installed")


def _missing(what: str) -> str:
    if os.environ.get("JTAI_REQUIRE_CLIENTS") == "1":
        pytest.fail(what)
    pytest.skip(what)
