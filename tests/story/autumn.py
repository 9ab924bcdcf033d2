"""The year from the submission of the plan to Christmas 2025.

All of it is invented but the six updates of 15 October.
"""

from functools import partial

from tests.story.people import AMARA, PRIYA, TOM, ZOE
from tests.story.published import COMMITTEE, REPORTED
from tests.story.script import (
    Step,
    at,
    completed,
    due,
    due_note,
    evidence,
    impact,
    measure,
    owners,
    progress,
    reworded,
    said,
)
from tests.story.splice import replace_line

FIRST_FILE = "plans/reading-jtai-2025.yaml"
SECOND_FILE = "plans/jtai/reading-2025.yaml"

README = """\
# An improvement plan, and its history

An example: the plan is a real one as it was published, the year that follows is invented, and so is
everybody who has a part in it.
"""
HOW_IT_IS_KEPT = """
Whoever owns an action writes what was done into its `updates`, before the monthly meeting.
"""
_SCHEMA = "# yaml-language-server: $schema=../schemas/plan.schema.json"


AUTUMN = (
    Step("readme", at("2025-08-04 10:12"), AMARA, "Make a place for the plan", readme=README),
    Step(
        *("plan", at("2025-08-07 16:45"), AMARA, "Add the plan as submitted on 7 August"),
        moved_to=FIRST_FILE,
    ),
    Step(
        *("readme-kept", at("2025-08-11 09:30"), AMARA, "README: how the plan is kept"),
        readme=README + HOW_IT_IS_KEPT,
    ),
    Step(
        *("august-meeting", at("2025-08-14 15:20"), AMARA, "Meeting of 14 August"),
        (
            progress("6.1", "amber", "green"),
            said("6.1", "2025-08-14", "BFFC", "All partners have said what data they can give."),
        ),
    ),
    Step(
        *("dates-for-autumn", at("2025-08-29 17:05"), ZOE, "Dates for the autumn"),
        (
            due("1.2", "2025-06-30", "2025-10-31"),
            due("2.5", "2025-05-30", "2025-09-30"),
            due("6.2", "2025-06-30", "2025-09-30"),
            due("6.3", "2025-05-30", "2025-09-30"),
        ),
    ),
    Step(
        *("september-meeting", at("2025-09-11 16:10"), AMARA, "Meeting of 11 September"),
        (
            due("7.1", "2025-06-30", "2025-12-19"),
            said(
                *("7.1", "2025-09-11", "BWSCP"),
                "The meeting agreed to wait for training places; none is free before December.",
            ),
            said("3.2", "2025-09-11", "BWSCP", "The sample for the audit is agreed."),
        ),
    ),
    Step(
        *("audit-delayed", at("2025-09-26 12:00"), ZOE, "1.3: findings in October"),
        (
            due("1.3", "2025-09-30", "2025-10-31"),
            said(
                *("1.3", "2025-09-26", "BWSCP"),
                "The panel day is at the end of September; its findings need a month more.",
            ),
        ),
    ),
    Step(
        *("reworded", at("2025-10-02 11:45"), AMARA, "4.1: say what will be done"),
        (
            reworded(
                "4.1",
                "Action is taken to consider how well thresholds of need are understood across "
                "the partnership to meet children's needs and minimise risks.",
                "Survey how well thresholds of need are understood across the partnership to "
                "meet children's needs and minimise risks, and brief every agency on what is "
                "found.",
            ),
            measure("4.1", "Nine in ten answers place two sample cases at the right threshold."),
            measure("4.1", "Every agency has been briefed."),
            due("4.1", "2025-05-30", "2026-01-30"),
            said("4.1", "2025-10-02", "BFFC", "The survey needs a term; so the date is new."),
        ),
    ),
    Step(
        *("october-meeting", at("2025-10-09 15:55"), AMARA, "Meeting of 9 October"),
        (
            due("6.3", "2025-09-30", "2025-12-31"),
            said("6.3", "2025-10-09", "BWSCP", "Two of the protocols wait for legal advice."),
        ),
    ),
    Step(
        *("committee-report", at("2025-10-15 18:10"), AMARA, "As reported to committee"),
        (
            *(said(ref, COMMITTEE, "BFFC", words) for ref, words in REPORTED.items()),
            due("6.2", "2025-09-30", "2025-10-31"),
        ),
    ),
    Step(
        *("closed-without-evidence", at("2025-10-24 16:30"), ZOE, "Close 2.4"),
        (progress("2.4", "green", "blue"), completed("2.4", None, "2025-10-24")),
    ),
    Step(
        *("third-date", at("2025-11-05 17:20"), ZOE, "6.2: new date"),
        (due("6.2", "2025-10-31", "2025-11-28"),),
    ),
    Step(
        *("november-meeting", at("2025-11-13 15:40"), AMARA, "Meeting of 13 November"),
        (
            due("2.3", None, "2025-12-12"),
            due_note("2.3", "underway", None),
            said("2.3", "2025-11-13", "BFFC", "A date is set for the report of the review."),
            said("1.3", "2025-11-13", "BWSCP", "Actions from the audit are being written up."),
        ),
    ),
    Step(
        *("completed", at("2025-11-14 10:05"), AMARA, "3.1 is complete; evidence is listed"),
        (
            progress("3.1", "green", "blue"),
            evidence("3.1", "Attendance list of the workshop, all partners present."),
            evidence("3.1", "Practice expectations, as sent to every agency on 13 November."),
            completed("3.1", None, "2025-11-13"),
            said("3.1", "2025-11-14", "BFFC", "Workshop held; expectations sent to every agency."),
        ),
    ),
    Step(
        *("renamed", at("2025-11-20 09:15"), PRIYA, "Give the plan a folder of its own"),
        moved_to=SECOND_FILE,
    ),
    Step(
        *("only-comments", at("2025-11-21 09:40"), PRIYA, "Editors find the schema again"),
        layout=(
            partial(replace_line, was=_SCHEMA, now=_SCHEMA.replace("..", "../..")),
            partial(
                replace_line,
                was="        due: 2025-11-28",
                now="        due: 2025-11-28  # of the data, not of the report on them",
            ),
        ),
    ),
    Step(
        *("impact-rated", at("2025-11-27 14:25"), ZOE, "3.2: a first view of its impact"),
        (
            impact("3.2", None, "amber"),
            evidence("3.2", "Summary of the audit, November 2025."),
            said("3.2", "2025-11-27", "BWSCP", "Sharing is quicker, and not yet consistent."),
        ),
    ),
    Step(
        *("owner-changed", at("2025-12-04 13:30"), AMARA, "9.1: BFFC joins BWSCP"),
        (
            owners("9.1", "BWSCP", "BWSCP, BFFC"),
            said("9.1", "2025-12-04", "BWSCP", "Both keep a log of escalations from now on."),
        ),
    ),
    Step(
        *("december-meeting", at("2025-12-11 16:05"), AMARA, "Meeting of 11 December"),
        (
            progress("7.1", "amber", "red"),
            said("7.1", "2025-12-11", "BWSCP", "No places before spring, nor other providers."),
            due("1.2", "2025-10-31", "2026-02-27"),
            said("1.2", "2025-12-11", "BWSCP", "Schools asked for a term to gather examples."),
            progress("2.3", "green", "blue"),
            evidence("2.3", "Report of the peer review."),
            completed("2.3", None, "2025-12-10"),
            said("2.3", "2025-12-11", "BFFC", "The report was received and discussed."),
        ),
    ),
    Step(
        *("date-mistyped", at("2025-12-18 17:55"), ZOE, "7.1: new date; 1.2 is on track"),
        (
            due("7.1", "2025-12-19", "31/03/2026"),
            progress("1.2", "amber", "green"),
            said("1.2", "2025-12-18", "BWSCP", "Examples have come from nine schools."),
        ),
        readable=False,
    ),
    Step(
        *("date-mended", at("2025-12-19 09:05"), TOM, "7.1: a date that can be read"),
        (due("7.1", "31/03/2026", "2026-03-31"),),
    ),
)
