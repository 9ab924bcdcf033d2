"""What `jtai changes` says, in each format, as a person read it, and of what the story lacks.

`pytest tests/report --renew-golden` writes the files anew. Every object is held against its schema.
"""

import datetime as dt
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from jtai_cli.cli.reading.history import history_of
from jtai_cli.cli.request import Request
from jtai_cli.facts.changes import Changes, changes_in, window_of
from jtai_cli.facts.happenings import KINDS
from jtai_cli.facts.moments import Moment, Point
from jtai_cli.facts.movement import WAYS
from jtai_cli.facts.select import EVERYTHING, Wanted
from jtai_cli.plan.load import LoadedPlan
from jtai_cli.report import FORMATS, Answer, Display
from jtai_cli.report.arithmetic import _WORDS
from jtai_cli.report.changes_content import changes_document
from jtai_cli.report.changes_data import WHEN_WITHDRAWN, changes_data
from jtai_cli.report.happenings_tables import TITLES
from tests.facts.moments import FIRST, Broken, history, plan, revision
from tests.report.test_golden import CHANGES, LOOKS
from tests.story import build

AS_OF = dt.date(2026, 7, 31)
SCHEMA = Path(__file__).parent / "schemas" / "changes.json"
ASK, FEED = {"text": "Ask the children"}, {"text": "Feed a thousand ducks"}


def answer_of(changes: Changes, *, authors: bool = True) -> Answer:
    return Answer(
        lambda: changes_document(changes, authors=authors),
        lambda: changes_data(changes, authors=authors),
    )


def told(moments: Sequence[Moment], wanted: Wanted = EVERYTHING) -> Answer:
    """What changed from the first moment to the last."""
    window = window_of(moments, Point(commit=revision(0).commit))
    return answer_of(changes_in(window, FIRST, moments[-1].revision.day, wanted))


def lines(*plans: LoadedPlan | Broken | Sequence[LoadedPlan] | None, **given: Any) -> list[str]:
    return FORMATS["terminal"](told(history(*plans), **given), Display()).splitlines()


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Answer:
    """What changed in the year of the story from the report to committee on."""
    folder = tmp_path_factory.mktemp("story")
    commits = build(folder)
    request = Request((), AS_OF, None, "terminal", None, "auto", no_cache=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        with history_of(request) as found:
            window = window_of(found.moments, Point(commit=commits["committee-report"]))
    return answer_of(changes_in(window, dt.date(2025, 10, 15), AS_OF))


@pytest.fixture(scope="module")
def plans() -> Answer:
    """Of several plans one is gone, one is new and has another scheme, and one can't be read."""
    own = {"rag": {"ratings": [{"rating": "green", "label": "Done", "counts_as": "complete"}]}}
    withdrawn = {"withdrawn": {"on": "2025-01-03", "reason": "Merged", "replaced_by": "1.1"}}
    one = [
        plan(ASK | {"progress": "green"}, FEED | withdrawn, {"text": "Publish a directory"}),
        plan({"text": "Count the swans"}, FEED | withdrawn, {"progress": "amber"}),
        plan({"text": "Count the swans"}, FEED | withdrawn, {"progress": "amber"}),
    ]
    other = [plan({"progress": "green"}, id="q"), plan({"progress": "green"}, id="q", **own)]
    gone, new = plan({"progress": "blue"}, {}, id="gone"), plan({"progress": "blue"}, id="new")
    still = plan({"progress": "red"}, id="still")
    return told(
        history(
            [one[0], other[0], gone, still],
            [one[1], Broken("q"), gone, still],
            [one[2], other[1], new, still],
        )
    )


@pytest.fixture
def answer(command: str, request: pytest.FixtureRequest) -> Answer:
    found: Answer = request.getfixturevalue({"changes": "story"}.get(command, "plans"))
    return found


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("command", CHANGES)
def test_answers(
    command: str, look: str, golden: Callable[[str, str], None], answer: Answer
) -> None:
    form, display = LOOKS[look]
    golden(f"{command}.{look}", FORMATS[form](answer, display))


@pytest.mark.parametrize("command", CHANGES)
def test_the_object_is_what_its_schema_says(answer: Answer) -> None:
    schema = json.loads(SCHEMA.read_bytes())
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(answer.data())


def test_the_schema_knows_every_kind_and_way() -> None:
    definitions = json.loads(SCHEMA.read_bytes())["$defs"]
    assert definitions["kind"]["enum"] == list(KINDS)
    itself = ("withdrawn", "withdrawn-by-date", "reinstated")
    others = [kind + WHEN_WITHDRAWN for kind in KINDS if kind not in itself]
    assert definitions["kind-when-withdrawn"]["enum"] == others
    moved = definitions["movement"]["properties"]["moved"]["items"]["properties"]
    assert moved["way"]["enum"] == list(WAYS)


def test_every_kind_and_way_has_words() -> None:
    assert tuple(TITLES) == KINDS
    assert set(_WORDS) == set(WAYS)


def test_a_rating_says_what_it_counts_as_where_the_scheme_changed() -> None:
    scheme = {"rag": {"ratings": [{"rating": "green", "counts_as": "complete"}]}}
    said = lines(plan({"progress": "green"}), plan({"progress": "green"}, **scheme))
    assert "Completed:" in said
    assert any("Green (counts as on track)  Green (counts as complete)" in line for line in said)
    assert any("The ratings of p count by another scheme now." in line for line in said)


def test_a_ref_that_another_action_has_now() -> None:
    said = lines(plan(ASK), plan(FEED))
    assert "1 action has vanished without being withdrawn (1.1)." in said
    (row,) = [line for line in said if line.endswith("Ask the children")]
    assert "its ref is now that of another action: Feed a thousand ducks" in row


def test_withdrawn_and_in_the_plan_again() -> None:
    withdrawn = {"withdrawn": {"on": "2025-01-02", "reason": "Merged", "replaced_by": "1.2"}}
    said = lines(plan(ASK, FEED), plan(ASK | withdrawn, FEED), plan(ASK, FEED))
    assert any("withdrawn 2 January 2025, replaced by 1.2  Merged" in line for line in said)
    start = said.index("In the plan again after being withdrawn:")
    assert "withdrawn 2 January 2025, replaced by 1.2  no reason given" in said[start + 2]


def test_what_happens_to_a_withdrawn_action_is_no_completion() -> None:
    withdrawn = {"withdrawn": {"on": "2025-01-02", "reason": "Merged"}}
    done = {"progress": "blue"} | withdrawn
    plans = [
        plan({"progress": "green"}, {"progress": "amber"}, ASK),
        plan({"progress": "green"} | withdrawn, {"progress": "amber"}, ASK | withdrawn),
        plan(done, done, None),
        plan(done, done, ASK | withdrawn | {"text": "Ask all the children"}),
    ]
    said = lines(*plans)
    assert not {"Completed:", "Added:", "Vanished without being withdrawn:"} & {*said}
    assert not any("vanished without" in line for line in said)
    start = said.index("Changes made while an action was withdrawn:")
    assert [line[:48].rstrip() for line in said[start + 1 : start + 6]] == [
        "Ref  What                   From       To",
        "1.1  Rated complete         Green      Blue",
        "1.2  Rated complete         Amber      Blue",
        "1.3  Taken out of the plan  not rated",
        "1.3  Added                             not rated",
    ]
    data = told(history(*plans)).data()
    Draft202012Validator(json.loads(SCHEMA.read_bytes())).validate(data)
    assert [one["kind"] for one in data["happenings"]] == [
        *("withdrawn", "withdrawn", "completed-when-withdrawn", "completed-when-withdrawn"),
        *("withdrawn", "vanished-when-withdrawn", "added-when-withdrawn"),
    ]


def test_no_warning_is_of_the_dates_of_a_withdrawn_action() -> None:
    withdrawn = {"withdrawn": {"on": "2025-01-01", "reason": "Merged"}}
    dates = [{"due": f"2025-0{month}-01"} for month in (5, 6)]
    said = lines(*(plan(ASK | withdrawn | due) for due in dates))
    assert any("Due date moved" in line for line in said)
    assert not any("no reason given (" in line for line in said)
    assert any(
        "no reason given (1.1)" in line for line in lines(*(plan(ASK | due) for due in dates))
    )


def test_a_new_wording_of_a_withdrawn_action_has_lines_of_its_own() -> None:
    withdrawn = {"withdrawn": {"on": "2025-01-02", "reason": "Merged"}}
    said = lines(plan(ASK | withdrawn), plan(ASK | withdrawn | {"text": "Ask the children again"}))
    assert any("Text changed" in line for line in said)


@pytest.mark.parametrize(
    ("before", "after", "row"),
    [
        ({"due": "2025-06-01"}, {}, "1 June 2025  none  no reason given"),
        ({"due_note": "soon"}, {"due": "2025-06-01"}, "none ('soon')  1 June 2025"),
        ({"due": "2025-06-01"}, {"due": "2024-06-01"}, "1 June 2025  1 June 2024        −365"),
        ({"owners": ["TVP"]}, {}, "TVP   no owner"),
        ({"progress": "blue"}, {}, "Blue  not rated  no reason given"),
        ({}, {"impact": "green"}, "not rated  Green  no reason given"),
        ({}, {"progress": "blue"}, "not rated  Blue  2 January 2025"),
    ],
)
def test_rows(before: dict[str, Any], after: dict[str, Any], row: str) -> None:
    assert any(f"1.1  {row}" in line for line in lines(plan(before), plan(after)))


def test_a_long_text_is_cut_between_words() -> None:
    said = lines(plan({}), plan({}, {"text": "word " * 40}))
    assert any(line.endswith(" word …") for line in said)
    assert any(line.endswith("x …") for line in lines(plan({}), plan({}, {"text": "x" * 200})))


def test_what_is_among_the_wanted_ones_at_one_end() -> None:
    before, after = plan({"owners": ["TVP"]}), plan({"owners": ["BFFC"]})
    said = lines(before, after, wanted=Wanted(owner=("TVP",)))
    assert "- 0 of 1 (0%) → 0 of 0: 1 no longer among these (all; not complete)" in said
    assert "- 0 − 0 = 0 complete; 1 − 1 = 0 actions" in said


def test_nothing_happened() -> None:
    said = lines(plan({}), plan({}))
    assert "Nothing changed in any action between these days." in said
    assert not any("A reason is" in line for line in said)


def test_where_no_action_counts_at_either_end() -> None:
    withdrawn = {"withdrawn": {"on": "2024-01-02", "reason": "Merged"}}
    assert lines(plan(withdrawn), plan(withdrawn))[0] == "What changed in 0 improvement plans"
