"""The two real plans in `plans/`, recounted against totals taken from the published documents.

The totals were counted on the pages, not in the YAML, and the files are read with nothing but
PyYAML's `BaseLoader`: what is tested is the transcription, so none of jtai's own code may help.

Sources of the totals:

- Reading 2025: "Joint Targeted Area Inspection: Reading. Multi-Agency Improvement Plan" (2025); the
  committee minutes of July 2025 on the response to that inspection; the report "Joint Targeted Area
  Inspection Progress" to committee of 15 October 2025.
- Reading 2016: "Children's Services Learning and Improvement Plan, August 2016 to July 2017",
  working draft of 21 September 2016, and the report to committee of 3 October 2016 that covers it.
"""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml

PLANS = Path(__file__).parent.parent / "plans"

Record = dict[str, Any]


def read(name: str) -> Record:
    with (PLANS / name).open(encoding="utf-8") as stream:
        plan: Record = yaml.load(stream, Loader=yaml.BaseLoader)  # noqa: S506 (only text)
    return plan


READING_2025 = read("reading-jtai-2025.yaml")
READING_2016 = read("reading-improvement-2016.yaml")
BOTH = pytest.mark.parametrize("plan", [READING_2025, READING_2016], ids=lambda plan: plan["id"])


def actions(plan: Record) -> list[Record]:
    return [action for objective in plan["objectives"] for action in objective["actions"]]


def action(plan: Record, ref: str) -> Record:
    (found,) = [action for action in actions(plan) if action["ref"] == ref]
    return found


def count(records: Iterable[Record], field: str) -> dict[str | None, int]:
    return dict(Counter(record.get(field) for record in records))


def count_each(records: Iterable[Record], field: str) -> dict[str, int]:
    return dict(Counter(value for record in records for value in record.get(field, [])))


def actions_per_objective(plan: Record) -> dict[str, int]:
    return {objective["ref"]: len(objective["actions"]) for objective in plan["objectives"]}


def refs_under(plan: Record, objective_ref: str) -> list[str]:
    (found,) = [each for each in plan["objectives"] if each["ref"] == objective_ref]
    return [action["ref"] for action in found["actions"]]


def overdue(plan: Record, as_of: str, complete: str) -> list[Record]:
    """Due strictly before the day, and not complete. ISO dates sort as text."""
    return [
        action
        for action in actions(plan)
        if action.get("due", as_of) < as_of and action.get("progress") != complete
    ]


def undated(plan: Record) -> list[str]:
    return [action["ref"] for action in actions(plan) if "due" not in action]


# Both plans


@BOTH
def test_refs_are_unique(plan: Record) -> None:
    for records in (plan["findings"], plan["objectives"], actions(plan)):
        refs = [record["ref"] for record in records]
        assert len(refs) == len(set(refs))


@BOTH
def test_every_finding_but_a_strength_is_answered(plan: Record) -> None:
    answered = {ref for objective in plan["objectives"] for ref in objective["answers"]}
    assert answered == {each["ref"] for each in plan["findings"] if each["kind"] != "strength"}


@BOTH
def test_every_partner_named_is_listed(plan: Record) -> None:
    named = {objective["lead"] for objective in plan["objectives"] if "lead" in objective}
    for each in actions(plan):
        named |= {*each.get("owners", []), *each.get("support", [])}
        named |= {update["by"] for update in each.get("updates", []) if "by" in update}
    assert named <= set(plan["partners"])


@BOTH
def test_an_action_without_a_date_says_why(plan: Record) -> None:
    for ref in undated(plan):
        assert "due_note" in action(plan, ref) or "note" in action(plan, ref)


# Reading 2025: the plan's ten tables, its summary and the area for priority action


def test_2025_has_ten_objectives_and_twenty_actions() -> None:
    assert actions_per_objective(READING_2025) == {
        "1": 3, "2": 5, "3": 2, "4": 1, "5": 1, "6": 3, "7": 1, "8": 1, "9": 1, "10": 2,
    }  # fmt: skip
    assert len(actions(READING_2025)) == 20


def test_2025_findings() -> None:
    # One area for priority action, ten areas in the summary, and three strengths in the minutes.
    assert count(READING_2025["findings"], "kind") == {
        "priority-action": 1,
        "improvement": 10,
        "strength": 3,
    }


def test_2025_risks_and_leads() -> None:
    objectives = READING_2025["objectives"]
    assert count(objectives, "risk") == {"moderate": 5, "high": 5}
    assert count(objectives, "lead") == {"TVP": 4, "BFFC": 6}
    assert [each["ref"] for each in objectives if each["lead"] == "TVP"] == ["1", "5", "7", "8"]
    assert [each["ref"] for each in objectives if each["risk"] == "high"] == [
        "2", "4", "6", "7", "10",
    ]  # fmt: skip


def test_2025_ratings() -> None:
    # The columns "Progress RAG" and "Impact RAG"; a blank cell is not rated.
    every = actions(READING_2025)
    assert count(every, "progress") == {"blue": 2, "green": 11, "amber": 7}
    assert count(every, "impact") == {"amber": 5, None: 15}
    assert [each["ref"] for each in every if each["progress"] == "blue"] == ["1.1", "2.1"]


def test_2025_levels_and_themes() -> None:
    # The columns "Plan" and "Theme".
    every = actions(READING_2025)
    assert count(every, "level") == {"operational": 13, "strategic": 7}
    assert count(every, "theme") == {
        "Service Delivery and Design": 10,
        "Learning and Training": 4,
        "Information Sharing": 4,
        "Strategic Partnership (MASA)": 2,
    }


def test_2025_owners() -> None:
    # Cells: BFFC 5, BWSCP 9, TVP 1, and five of several words: "Police and CSC", "BFFC with
    # partners" twice, "TVP with support from BFFC", "Partnership and Kent CC".
    every = actions(READING_2025)
    assert count_each(every, "owners") == {
        "BFFC": 8,
        "BWSCP": 9,
        "TVP": 3,
        "Partnership": 1,
        "Kent CC": 1,
    }
    assert count_each(every, "support") == {"Partnership": 2, "BFFC": 1}


def test_2025_dates() -> None:
    assert count(actions(READING_2025), "due") == {
        "2025-05-15": 1,
        "2025-05-30": 4,
        "2025-06-30": 11,
        "2025-07-30": 1,
        "2025-09-30": 1,
        None: 2,
    }


def test_2025_words_for_dates() -> None:
    assert undated(READING_2025) == ["1.1", "2.3"]
    assert action(READING_2025, "1.1")["due_note"] == "In place"
    assert action(READING_2025, "2.3")["due_note"] == "underway"


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [("2025-06-01", 4), ("2025-06-30", 4), ("2025-07-01", 15), ("2025-08-07", 16),
     ("2025-10-15", 17)],
)  # fmt: skip
def test_2025_overdue(as_of: str, expected: int) -> None:
    assert len(overdue(READING_2025, as_of, complete="blue")) == expected


def test_2025_overdue_in_june_by_name() -> None:
    late = overdue(READING_2025, "2025-06-01", complete="blue")
    assert [each["ref"] for each in late] == ["2.4", "2.5", "4.1", "6.3"]


def test_2025_overdue_and_still_green_on_the_day_of_submission() -> None:
    late = overdue(READING_2025, "2025-08-07", complete="blue")
    assert count(late, "progress") == {"green": 10, "amber": 6}


def test_2025_updates() -> None:
    # Paragraphs 3.17.1, .2, .6, .8, .9 and .10 of the progress report each speak of one action.
    updated = {each["ref"]: each["updates"] for each in actions(READING_2025) if "updates" in each}
    assert list(updated) == ["1.1", "1.3", "2.1", "2.2", "2.3", "6.2"]
    assert [[update["on"] for update in each] for each in updated.values()] == [["2025-10-15"]] * 6


def test_2025_inspection_and_statement() -> None:
    # Fieldwork as the plan prints it; the minutes and the progress report print 14 March.
    inspection = READING_2025["inspection"]
    assert inspection["fieldwork"] == {"start": "2025-02-24", "end": "2025-03-10"}
    assert "14 March 2025" in inspection["note"]
    assert inspection["inspectorates"] == ["Ofsted", "CQC", "HMICFRS", "HMIP"]
    assert (inspection["received"], inspection["published"]) == ("2025-05-06", "2025-05-06")
    statement = READING_2025["statement"]
    assert (statement["due"], statement["submitted"]) == ("2025-08-13", "2025-08-07")


def test_2025_the_tag_of_every_action_is_carried_by_the_kind() -> None:
    assert READING_2025["kind"] == "multi-agency"
    assert not any("MULTI-AGENCY" in each["text"] for each in actions(READING_2025))


def test_2025_every_objective_and_the_plan_say_what_good_is() -> None:
    assert all(objective["good"] for objective in READING_2025["objectives"])
    assert READING_2025["good"].startswith("Children's voices are clearly articulated")


def test_2025_blue_and_still_in_progress_is_noted() -> None:
    # 1.1 is Blue in the plan; the progress report lists its training as in progress (3.17.8).
    assert action(READING_2025, "1.1")["progress"] == "blue"
    assert "“the following work is in progress”" in action(READING_2025, "1.1")["note"]


# Reading 2016: the plan's three tables, one for each priority


def test_2016_has_three_priorities_eighteen_outcomes_and_sixty_two_actions() -> None:
    assert [each["ref"] for each in READING_2016["priorities"]] == ["1", "2", "3"]
    assert len(READING_2016["objectives"]) == 18
    assert len(actions(READING_2016)) == 62


def test_2016_findings_are_the_eighteen_recommendations() -> None:
    assert [each["ref"] for each in READING_2016["findings"]] == [str(n) for n in range(1, 19)]
    assert count(READING_2016["findings"], "kind") == {"recommendation": 18}


def test_2016_outcomes_in_their_order_and_the_actions_under_each() -> None:
    expected = {
        "1": 7, "4": 4, "7": 5,
        "2": 3, "5": 7, "3": 2, "6": 2, "8": 2, "9": 2, "10": 3, "11": 2, "12": 5, "13": 5,
        "16": 3, "17": 3, "18": 2,
        "14": 2, "15": 3,
    }  # fmt: skip
    assert list(actions_per_objective(READING_2016).items()) == list(expected.items())


def test_2016_outcomes_under_each_priority() -> None:
    assert count(READING_2016["objectives"], "priority") == {"1": 3, "2": 13, "3": 2}


def test_2016_each_outcome_answers_its_recommendation() -> None:
    assert all(each["answers"] == [each["ref"]] for each in READING_2016["objectives"])


def test_2016_leads() -> None:
    # The column "Lead": SG 25, AMD 12, KS 10, AF 7, RB 3, HM 1 and "AF AMD" twice, the second of
    # them for the two actions of one row. 1.6 has none.
    assert count_each(actions(READING_2016), "owners") == {
        "HM": 1,
        "SG": 25,
        "AMD": 15,
        "KS": 10,
        "AF": 10,
        "RB": 3,
    }
    assert [each["ref"] for each in actions(READING_2016) if "owners" not in each] == ["1.6"]


def test_2016_dates() -> None:
    assert count(actions(READING_2016), "due") == {
        "2016-09-30": 2,
        "2016-10-30": 1,
        "2016-10-31": 1,
        "2016-12-30": 1,
        "2016-12-31": 11,
        "2017-01-31": 2,
        "2017-03-31": 29,
        "2017-06-30": 4,
        "2017-07-31": 2,
        "2017-09-30": 1,
        None: 8,
    }


def test_2016_impossible_dates_keep_their_words() -> None:
    worded = [each for each in actions(READING_2016) if "due_note" in each]
    printed = {each["ref"]: each["due_note"] for each in worded}
    assert printed == {
        "9.2": "31/11/16",
        "13.2": "31/06/17",
        "13.3": "31/06/17",
        "17.2": "31/06/17",
        "14.2": "31/06/17",
    }


def test_2016_undated() -> None:
    assert undated(READING_2016) == [
        "1.6", "5.3.1", "5.3.2", "9.2", "13.2", "13.3", "17.2", "14.2",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("as_of", "expected"), [("2016-10-03", 2), ("2017-01-01", 16), ("2017-08-01", 53)]
)
def test_2016_overdue(as_of: str, expected: int) -> None:
    assert len(overdue(READING_2016, as_of, complete="completed")) == expected


@pytest.mark.parametrize(
    ("objective", "refs"),
    [
        ("1", ["1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7"]),
        ("7", ["7.1", "7.2", "7.4", "7.5", "7.6"]),
        ("5", ["2.4", "5.1", "5.2", "5.3", "5.3.1", "5.3.2", "5.4"]),
        ("3", ["5.5", "3.2"]),
        ("13", ["12.6", "13.1", "13.2", "13.3", "13.4"]),
        ("16", ["16.1", "16.2", "16.3"]),
        ("18", ["17.4", "18.1"]),
        ("14", ["14.1", "14.2"]),
        ("15", ["14.3", "15.1", "15.2"]),
    ],
)
def test_2016_an_action_stands_where_the_page_puts_it(objective: str, refs: list[str]) -> None:
    assert refs_under(READING_2016, objective) == refs


@pytest.mark.parametrize(
    ("ref", "mended", "printed"),
    [
        ("7.2", "so that they can respond", "so that they can 7.3 respond"),
        ("16.3", "track the progress", "track the 16.4 progress"),
        ("5.5", "timely and effective", "timely and 3.1 effective"),
    ],
)
def test_2016_a_stranded_number_is_left_to_the_note(ref: str, mended: str, printed: str) -> None:
    found = action(READING_2016, ref)
    assert mended in found["text"]
    assert printed in found["note"]


def test_2016_measures() -> None:
    # The column "Success measure(s)": a paragraph each, or a sentence where paragraphs are lost.
    measures = {
        objective["ref"]: sum(len(each.get("measures", [])) for each in objective["actions"])
        for objective in READING_2016["objectives"]
    }
    assert measures == {
        "1": 13, "4": 10, "7": 12,
        "2": 4, "5": 22, "3": 7, "6": 7, "8": 6, "9": 6, "10": 9, "11": 5, "12": 12, "13": 8,
        "16": 7, "17": 4, "18": 2,
        "14": 9, "15": 4,
    }  # fmt: skip
    assert sum(measures.values()) == 147


def test_2016_actions_without_a_measure() -> None:
    without = [each["ref"] for each in actions(READING_2016) if "measures" not in each]
    assert without == ["1.6", "5.3.1", "5.3.2"]


def test_2016_a_measure_broken_by_a_page_is_whole() -> None:
    assert action(READING_2016, "4.1")["measures"][-1] == (
        "100% of all case holding workers receive professional supervision every 4 weeks."
    )
    assert action(READING_2016, "10.1")["measures"][-1].splitlines() == [
        "No. of children and young people flagged at level:",
        "• Early Help",
        "• Low risk (1)",
        "• Medium risk (2)",
        "• High risk (3)",
    ]


def test_2016_only_12_5_is_rated_and_only_in_words() -> None:
    every = actions(READING_2016)
    assert [each["ref"] for each in every if "progress" in each or "updates" in each] == ["12.5"]
    assert not any("impact" in each for each in every)
    assert action(READING_2016, "12.5")["progress"] == "red"
    assert action(READING_2016, "12.5")["updates"] == [
        {
            "on": "2016-09-21",
            "text": "This has been RAG'd red due to funding not yet approved.",
        }
    ]


def test_2016_inspection_and_statement() -> None:
    inspection = READING_2016["inspection"]
    assert inspection["fieldwork"] == {"start": "2016-05-23", "end": "2016-06-15"}
    assert inspection["published"] == "2016-08-05"
    # As printed; seventy working days from 5 August 2016 end on 14 November 2016.
    assert READING_2016["statement"]["due"] == "2016-11-11"
    assert "14 November 2016" in READING_2016["statement"]["note"]
    assert READING_2016["period"] == {"start": "2016-08-01", "end": "2017-07-31"}
