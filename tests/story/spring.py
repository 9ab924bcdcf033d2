"""The year from January to July 2026. All of it is invented."""

from tests.story.autumn import HOW_IT_IS_KEPT, README
from tests.story.people import AMARA, PRIYA, TOM, ZOE
from tests.story.script import (
    Step,
    added,
    at,
    completed,
    due,
    evidence,
    impact,
    progress,
    removed,
    reworded,
    said,
    withdrawn,
)

THIRD_FILE = "plans/2025/reading-jtai.yaml"

WHO_TO_ASK = """
Questions about dates go to the owners of an action, all others to the improvement officer.
"""
_PROTOCOLS = (
    "Review information sharing protocols and information sharing templates to ensure all agencies "
    "disclose relevant and appropriate information at the right time to enable effective "
    "safeguarding of children and young people whilst maintaining compliance with data protection "
    "requirements"
)
_CHECKLISTS = (
    "Checklists to be in place to ensure all professionals involved with a child, or significant "
    "adults involved with the child, are considered at strategy meetings. In CSPOA, to provide "
    "reassurance that Probation is contacted to check their involvement with an adult, as routine "
    "practice."
)
_DIP_SAMPLE = (
    " This to be confirmed through a dip sample of cases that came in over the next 2 months and "
    "to feedback to the monitoring group mid May 2025."
)

# what the police write on a branch of their own, while others go on with the plan
_ON_THE_BRANCH = (
    Step(
        *("police-briefed", at("2026-02-09 08:20"), TOM, "5.1: every shift is briefed"),
        (
            due("5.1", "2025-06-30", "2026-02-27"),
            evidence("5.1", "Register of the briefings, January and February 2026."),
            said(
                "5.1", "2026-02-09", "TVP", "Shifts were briefed later than planned, and all were."
            ),
        ),
        after=("date-removed",),
    ),
    Step(
        *("police-complete", at("2026-02-11 19:35"), TOM, "5.1 is complete; 1.1: more training"),
        (
            progress("5.1", "green", "blue"),
            completed("5.1", None, "2026-02-11"),
            said("1.1", "2026-02-11", "TVP", "A second joint course is booked for the summer."),
        ),
    ),
)

SPRING = (
    Step(
        *("january-meeting", at("2026-01-08 15:30"), AMARA, "Meeting of 8 January"),
        (
            due("6.2", "2025-11-28", "2026-02-27"),
            said("6.2", "2026-01-08", "BWSCP", "The data of one partner are still missing."),
            due("6.3", "2025-12-31", "2026-03-31"),
        ),
    ),
    Step(
        *("action-added", at("2026-01-15 11:10"), AMARA, "Add 7.2, as agreed on 8 January"),
        (
            added(
                "7.2",
                "Agree with each provider of specialist services who may be referred, and publish "
                "one list of services for both parents.",
                after="7.1",
                owners="[TVP, BWSCP]",
                due="2026-09-30",
                theme="Service Delivery and Design",
                level="operational",
                progress="amber",
            ),
        ),
    ),
    Step(
        *("withdrawn", at("2026-01-22 14:00"), AMARA, "Withdraw 7.1: 7.2 takes its place"),
        (
            withdrawn(
                *("7.1", "2026-01-22"),
                "It could not be said when it would be done; 7.2 says what is wanted of whom.",
                replaced_by="7.2",
            ),
        ),
    ),
    Step(
        *("date-removed", at("2026-02-04 17:15"), ZOE, "10.1: date to be agreed"),
        (due("10.1", "2025-06-30", None),),
    ),
    _ON_THE_BRANCH[0],
    Step(
        *("impact-improved", at("2026-02-10 10:50"), AMARA, "3.1: its impact is Green"),
        (
            impact("3.1", "amber", "green"),
            evidence("3.1", "Sample of 20 notifications, January 2026: 18 complete and in time."),
            said("3.1", "2026-02-10", "BFFC", "A sample shows that expectations are met."),
        ),
        after=("date-removed",),
    ),
    _ON_THE_BRANCH[1]._replace(after=("police-briefed",)),
    Step(
        *("february-meeting", at("2026-02-12 16:20"), AMARA, "Meeting of 12 February"),
        (
            progress("4.1", "green", "amber"),
            said("4.1", "2026-02-12", "BFFC", "Too few have answered the survey so far."),
        ),
        after=("impact-improved",),
    ),
    Step(
        *("police-merged", at("2026-02-13 09:25"), AMARA, "Merge branch 'police-updates'"),
        tuple(change for step in _ON_THE_BRANCH for change in step.changes),
        after=("february-meeting", "police-complete"),
    ),
    Step(
        *("reopened", at("2026-02-19 12:40"), AMARA, "Open 2.4 again"),
        (
            progress("2.4", "blue", "amber"),
            completed("2.4", "2025-10-24", None),
            due("2.4", "2025-05-15", "2026-04-30"),
            said(
                "2.4", "2026-02-19", "BFFC", "A dip sample found checklists in half of the cases."
            ),
        ),
    ),
    Step(
        *("vanished", at("2026-03-05 17:40"), ZOE, "Tidy objective 6"),
        (removed("6.3", _PROTOCOLS),),
    ),
    Step(
        *("march-meeting", at("2026-03-12 15:45"), AMARA, "Meeting of 12 March"),
        (
            due("1.2", "2026-02-27", "2026-07-31"),
            said("1.2", "2026-03-12", "BWSCP", "The meeting wants to hear from children first."),
            progress("4.1", "amber", "green"),
            said("4.1", "2026-03-12", "BFFC", "Answers have come in; briefings are being planned."),
        ),
    ),
    Step(
        *("date-put-back", at("2026-03-13 09:50"), AMARA, "10.1: put its date back"),
        (due("10.1", None, "2025-06-30"),),
    ),
    Step(
        *("unrated", at("2026-03-20 16:55"), ZOE, "10.2: no rating until it is reviewed"),
        (progress("10.2", "green", None),),
    ),
    Step(
        *("fifth-date", at("2026-04-01 17:30"), ZOE, "6.2: new date"),
        (due("6.2", "2026-02-27", "2026-06-30"),),
    ),
    Step(
        *("april-meeting", at("2026-04-09 16:00"), AMARA, "Meeting of 9 April"),
        (
            progress("8.1", "green", "red"),
            said(
                "8.1", "2026-04-09", "TVP", "The refresh has not begun; nobody is assigned to it."
            ),
        ),
    ),
    Step(
        *("impact-worsened", at("2026-04-16 13:05"), AMARA, "2.2: its impact is Red"),
        (
            impact("2.2", "amber", "red"),
            said("2.2", "2026-04-16", "BFFC", "The log shows as many delays as a year ago."),
        ),
    ),
    Step(
        *("goalposts", at("2026-04-23 17:10"), ZOE, "2.4: shorter"),
        (reworded("2.4", _CHECKLISTS + _DIP_SAMPLE, _CHECKLISTS),),
    ),
    Step(
        *("moved-and-edited", at("2026-05-07 09:20"), PRIYA, "File plans by year"),
        (due("6.1", "2025-06-30", "2026-06-30"), progress("3.2", "green", "amber")),
        moved_to=THIRD_FILE,
    ),
    Step(
        *("may-meeting", at("2026-05-14 15:50"), AMARA, "Meeting of 14 May"),
        (
            due("4.1", "2026-01-30", "2026-06-30"),
            said("4.1", "2026-05-14", "BFFC", "The last two briefings are in June."),
            progress("2.4", "amber", "green"),
            said("2.4", "2026-05-14", "BFFC", "Checklists are now part of the form."),
        ),
    ),
    Step(
        *("readme-asked", at("2026-05-20 10:30"), AMARA, "README: who to ask"),
        readme=README + HOW_IT_IS_KEPT + WHO_TO_ASK,
    ),
    Step(
        *("brought-forward", at("2026-05-28 11:55"), TOM, "7.2 can be done sooner"),
        (
            due("7.2", "2026-09-30", "2026-07-17"),
            said("7.2", "2026-05-28", "TVP", "All providers but one have agreed."),
        ),
    ),
    Step(
        *("audit-complete", at("2026-06-04 14:45"), ZOE, "1.3 is complete; evidence is listed"),
        (
            progress("1.3", "amber", "blue"),
            evidence("1.3", "Report of the audit, with what children said, May 2026."),
            completed("1.3", None, "2026-05-29"),
            said("1.3", "2026-06-04", "BWSCP", "The report was accepted; action 1.4 follows it."),
        ),
    ),
    Step(
        *("june-meeting", at("2026-06-11 15:35"), AMARA, "Meeting of 11 June"),
        (
            added(
                "1.4",
                "Tell the children who took part in the audit what was changed because of it.",
                after="1.3",
                owners="[BWSCP]",
                due="2026-10-30",
                theme="Service Delivery and Design",
                level="operational",
                progress="green",
            ),
            progress("9.1", "amber", "green"),
            said(
                "9.1", "2026-06-11", "BFFC", "The logs were read side by side for the first time."
            ),
        ),
    ),
    Step(
        *("rated-again", at("2026-06-18 12:15"), ZOE, "10.2 is reviewed: Amber"),
        (
            progress("10.2", None, "amber"),
            said("10.2", "2026-06-18", "BWSCP", "Reports reach two of the three boards."),
        ),
    ),
    Step(
        *("worsened-silently", at("2026-06-25 18:05"), PRIYA, "6.1: Amber"),
        (progress("6.1", "green", "amber"),),
    ),
    Step(
        *("july-meeting", at("2026-07-09 15:25"), AMARA, "Meeting of 9 July"),
        (
            progress("6.2", "amber", "red"),
            said("6.2", "2026-07-09", "BWSCP", "The fifth date has passed, and data are missing."),
            progress("7.2", "amber", "green"),
            said("7.2", "2026-07-09", "BWSCP", "The list is drafted."),
        ),
    ),
    Step(
        *("impact-of-audit", at("2026-07-16 10:40"), ZOE, "1.3: its impact is Green"),
        (
            impact("1.3", None, "green"),
            evidence("1.3", "What children said in June 2026, compared with the audit."),
            said("1.3", "2026-07-16", "BWSCP", "Children say that they are listened to more."),
        ),
    ),
    Step(
        *(
            "new-action-complete",
            at("2026-07-21 16:15"),
            TOM,
            "7.2 is complete; evidence is listed",
        ),
        (
            progress("7.2", "green", "blue"),
            evidence("7.2", "The list of services, as published."),
            completed("7.2", None, "2026-07-17"),
            said("7.2", "2026-07-21", "TVP", "The list was published on 17 July."),
        ),
    ),
    Step(
        *("year-end", at("2026-07-30 16:00"), AMARA, "As it stands for the yearly report"),
        (
            progress("2.5", "green", "amber"),
            said(
                "2.5",
                "2026-07-30",
                "BFFC",
                "Recommendations have no timescale in a third of cases.",
            ),
        ),
    ),
)
