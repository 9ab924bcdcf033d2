"""What the commands that look back say of the story, held against files that a person read.

`pytest tests/report --renew-golden` writes them anew.
"""

import contextlib
import datetime as dt
from collections.abc import Callable, Mapping

import pytest

from jtai_cli.cli.reading.history import History, history_of
from jtai_cli.cli.request import Request
from jtai_cli.facts.ages import ages_of, old_only
from jtai_cli.facts.known_actions import KnownActions
from jtai_cli.facts.life import life_of
from jtai_cli.facts.records import all_records
from jtai_cli.facts.select import Wanted
from jtai_cli.facts.slippage import slippage_of
from jtai_cli.facts.snapshots import survey_of
from jtai_cli.facts.tracker import Asked, tracker_of
from jtai_cli.facts.trend import path_of, trend_of
from jtai_cli.report import FORMATS, Answer
from jtai_cli.report.actions_content import show_document
from jtai_cli.report.ages_content import ages_document
from jtai_cli.report.ages_data import ages_data
from jtai_cli.report.data import show_data
from jtai_cli.report.life_content import age_cells, life_blocks
from jtai_cli.report.life_data import life_data
from jtai_cli.report.slippage_content import slippage_document
from jtai_cli.report.slippage_data import slippage_data
from jtai_cli.report.tracker_content import tracker_document
from jtai_cli.report.tracker_data import tracker_data
from jtai_cli.report.trend_content import trend_document
from jtai_cli.report.trend_data import trend_data
from tests.report.test_golden import HISTORY_COMMANDS, LOOKS
from tests.story import build

AS_OF = dt.date(2026, 7, 31)


def tracker(history: History, months: int | None = None) -> Answer:
    asked = Asked(history.as_of, months=months)
    known = KnownActions()
    found = tracker_of(survey_of(known.watched(history.moments), asked.days), asked, known)
    return Answer(lambda: tracker_document(found), lambda: tracker_data(found))


def trend(history: History) -> Answer:
    found = trend_of(path_of(history.moments, history.as_of, "month"), Wanted())
    return Answer(lambda: trend_document(found), lambda: trend_data(found))


def slippage(history: History) -> Answer:
    found = slippage_of(history.moments, history.loaded.plans, AS_OF, Wanted())
    return Answer(lambda: slippage_document(found), lambda: slippage_data(found))


def ages(history: History) -> Answer:
    found = old_only(ages_of(history.moments, history.loaded.plans, AS_OF, Wanted(), 90))
    return Answer(lambda: ages_document(found), lambda: ages_data(found))


def life(history: History) -> Answer:
    records = all_records(history.loaded.plans, AS_OF)
    record = next(record for record in records if record.action.ref == "4.1")
    found = life_of(history.moments, record, AS_OF)
    assert found is not None
    age, blocks = age_cells(found, record, AS_OF), life_blocks(found, authors=True)
    return Answer(
        lambda: show_document(record, AS_OF, age, blocks),
        lambda: show_data(record, AS_OF, life_data(found, None, AS_OF, authors=True)),
    )


MAKERS: Mapping[str, Callable[[History], Answer]] = {
    "tracker": tracker,
    "tracker-monthly": lambda history: tracker(history, 12),
    "trend": trend,
    "slippage": slippage,
    "ages": ages,
    "show-life": life,
}


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Answer]:
    """The answer of each command about the story, as of its last month."""
    root = tmp_path_factory.mktemp("story") / "year"
    build(root)
    request = Request((), AS_OF, None, "terminal", None, "auto", no_cache=True)
    found = {}
    with contextlib.chdir(root):
        for command in HISTORY_COMMANDS:
            with history_of(request) as history:
                found[command] = MAKERS[command](history)
    return found


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("command", HISTORY_COMMANDS)
def test_answers(
    command: str, look: str, golden: Callable[[str, str], None], answers: dict[str, Answer]
) -> None:
    form, display = LOOKS[look]
    golden(f"{command}.{look}", FORMATS[form](answers[command], display))
