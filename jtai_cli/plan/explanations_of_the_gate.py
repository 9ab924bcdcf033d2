"""What the rules on edits, the conditions of the gate and those of the policy file mean."""

from __future__ import annotations

from jtai_cli.plan.explanation import a_warning, an_error

EDITS = {
    "due-moved-later": an_error(
        "A due date was moved to a later day, and no update was added that says why.",
        "Dates that slide at every meeting keep a plan from ever being late. A date may move, but "
        "not without a reason that the board can read.",
        "Add an entry to the action's 'updates' in the same edit: who moved the date, and why. It "
        "is dated no earlier than those above it, and not in the future.",
    ),
    "due-removed": an_error(
        "A due date was taken away.",
        "An action without a date can never be late. The statement that the law asks for sets out "
        "the period of each action.",
        "Put the date back, or write the new one, with an update that says why it moved. An action "
        "that is given up is withdrawn: 'withdrawn: {on: …, reason: …}'.",
    ),
    "action-removed": an_error(
        "An action that was in the plan is gone, or has another ref.",
        "What was promised must not vanish between two versions: nobody would be asked about it.",
        "Put it back. To take it out of the totals, write 'withdrawn: {on: …, reason: …, "
        "replaced_by: …}' into it. An action keeps its ref for as long as the plan lasts.",
    ),
    "ref-reused": an_error(
        "A ref now stands for an action of quite another wording.",
        "Reports, minutes and history name an action by its ref; they would speak of one action "
        "and mean another.",
        "Give the new action a ref of its own, and withdraw the old one, with 'replaced_by' if the "
        "new one takes its place. If it is the same action, change its wording in smaller steps.",
    ),
    "completed-without-evidence": an_error(
        "An action became complete and lists no evidence, or is complete and lists none any more.",
        "An action closed without evidence is what inspectors look for first.",
        "List under 'evidence' what shows that it was done and what it changed. What only keeps "
        "its place, such as 'tbc' or 'n/a', is none.",
    ),
    "reopened": an_error(
        "A complete or withdrawn action is open again, and no update was added that says why.",
        "The board was told that it was done. It must be able to read what was found.",
        "Add an entry to the action's 'updates' in the same edit.",
    ),
    "rating-improved-without-update": an_error(
        "A progress rating got better, a first one is good, or a bad one was taken away, and no "
        "update was added that says why.",
        "A rating is a judgement. Without a word of what changed, nobody can check it.",
        "Add an entry to the action's 'updates' in the same edit: what has been done.",
    ),
    "impact-improved-without-evidence": an_error(
        "An impact rating got better, a first one is good, or a bad one was taken away, and no "
        "evidence was added.",
        "Impact is what changed for children. Activity alone does not show it.",
        "Add to 'evidence', in the same edit, what shows the difference: an audit, a figure with "
        "its date, what children said.",
    ),
    "update-rewritten": an_error(
        "A past entry of an action's log was changed, or is gone. How its lines are broken, and "
        "the order of entries of one day, make no difference.",
        "The log says what was known when. Rewritten, it says what somebody wishes had been known.",
        "Put the entry back as it was, and add a new one that corrects it. A merge keeps the "
        "entries of both sides.",
    ),
    "plan-removed": an_error(
        "A plan that was there is gone, or has another id.",
        "With it, everything that was promised in it would vanish.",
        "Put it back. A plan that has ended stays, with 'closed: …'. A plan keeps its id; its file "
        "may be moved or renamed.",
    ),
    "not-compared": an_error(
        "The earlier version of this plan can't be read, so the edit can't be compared with it. Of "
        "a branch without a commit, in a repository that has others, it is a warning: its plans "
        "are compared with nothing.",
        "What can't be judged is not passed: a date could have moved in between.",
        "Compare with an older version that can be read: 'jtai validate --against REVISION'. To "
        "commit a plan that is mended, leave the hook out this once: SKIP=jtai-edits git commit. A "
        "branch that begins anew is compared with the one that it takes the place of.",
    ),
    "rating-worsened-without-update": a_warning(
        "A progress rating got worse, and no update was added that says why.",
        "It is honest to say so. The board will ask what happened.",
        "Add an entry to the action's 'updates'.",
    ),
    "owner-changed": a_warning(
        "The owners of an action changed; their order makes no difference.",
        "What is handed on is easily dropped: those who had it should know that they no longer do.",
        "Check with the owners, old and new, that it is meant.",
    ),
    "text-changed": a_warning(
        "The wording of an action changed, or what its success is measured by.",
        "A small change of words can make a promise smaller.",
        "Check with the owner that it is meant. A different action needs a ref of its own.",
    ),
    "due-moved-earlier": a_warning(
        "A due date was moved to an earlier day.",
        "It may be a slip, and the owner may not know.",
        "Check with the owner that it is meant.",
    ),
    "evidence-removed": a_warning(
        "Evidence that an action listed is gone, or reads differently.",
        "What once showed that it was done can no longer be asked for.",
        "Check with the owner that it is meant. Evidence stays on record; better evidence is added "
        "to it.",
    ),
    "action-withdrawn": a_warning(
        "An action was withdrawn, or its withdrawal has another day or reason now: it stays on "
        "record and leaves the totals from that day.",
        "Every figure looks better without an action that was late or off track.",
        "Check with the board that it has agreed to it, and say so in the reason.",
    ),
    "record-changed": a_warning(
        "Something beside the actions changed: the name of a partner, the period or another date "
        "of the plan, an objective's lead or risk, a finding. Or an objective or finding is gone.",
        "Who owes what, how long an action has been left alone, and what was found all rest on it.",
        "Check with those whom it concerns that it is meant.",
    ),
    "scheme-changed": a_warning(
        "The plan's RAG scheme changed: a rating, what it counts as, or what it needs.",
        "It changes what every rating of the plan means, and so the headline, without an action "
        "being touched.",
        "Check with those who rate the actions that it is meant, and say so in the plan's 'note'.",
    ),
    "plan-closed": a_warning(
        "The day from which the gate leaves the plan alone was set or moved.",
        "From that day on, nothing in the plan can fail the gate.",
        "Check with the board that it has agreed to close the plan.",
    ),
}

ALSO_CONDITIONS = frozenset({"undated", "no-owner"})
"""Rules of plans that the gate can fail on, too; they are explained among those."""

CONDITIONS = {
    "overdue-red": an_error(
        "An action is past its due date, not complete, and rated as off track (Red, in most "
        "schemes).",
        "Its owners say themselves that it won't be done, and the date that was promised is gone.",
        "Do it, or agree a new date and say in an update why it moves. The board may agree to a "
        "waiver in jtai.yaml.",
    ),
    "overdue-amber": an_error(
        "An action is past its due date, not complete, and rated as at risk (Amber, in most "
        "schemes).",
        "The risk has come true: the date is gone.",
        "Do it, or agree a new date and say in an update why it moves.",
    ),
    "overdue-on-track": an_error(
        "An action is past its due date, not complete, and still rated as on track (Green, in most "
        "schemes).",
        "Green outside and red inside: whoever reads the rating alone believes that all is well.",
        "Rate it as it is; or do it; or agree a new date and say in an update why it moves.",
    ),
    "overdue-not-started": an_error(
        "An action is past its due date and rated as not started.",
        "What was promised for that day has not been begun.",
        "Begin, and agree a new date, with an update that says why it moves.",
    ),
    "overdue-unrated": an_error(
        "An action is past its due date, and its progress is not rated.",
        "Nobody has said whether it was done.",
        "Rate it.",
    ),
    "overdue": an_error(
        "An action is past its due date and not complete, whatever its rating.",
        "A date was promised, and is gone.",
        "Do it, or agree a new date and say in an update why it moves.",
    ),
    "stale": an_error(
        "An open action has had no update for longer than 'stale_after' says (90 days, unless "
        "jtai.yaml says otherwise). Without any update, the days run from the start of the plan.",
        "A rating that nobody has looked at for months says how things were, not how they are.",
        "Ask the owner how it stands, and add an update with its date.",
    ),
    "complete-without-evidence": an_error(
        "An action is complete, and lists no evidence.",
        "An action closed without evidence is what inspectors look for first.",
        "List under 'evidence' what shows that it was done and what it changed. What only keeps "
        "its place, such as 'tbc' or 'n/a', is none.",
    ),
    "complete-without-impact": an_error(
        "An action is complete, and its impact is not rated, or rated below on track.",
        "Activity is not impact: nobody has said, or nobody can say, that it changed anything for "
        "children.",
        "Rate the impact, with evidence; or open the action again.",
    ),
    "invalid-warnings": an_error(
        "'jtai validate' warns of something in the plan; the message says of what.",
        "A repository may want its plans to have no warning at all.",
        "Mend what the message says; 'jtai explain' with the name in it says how.",
    ),
}

POLICY = {
    "not-a-number": an_error(
        "A number of days is wanted here.",
        "Without it the condition can't be judged.",
        "Write a whole number, such as 90.",
    ),
    "unknown-rule": an_error(
        "Under 'rules' stands a name that no rule has, or whose severity can't be changed.",
        "A misspelt name would change nothing, and nobody would notice. What keeps a plan from "
        "being read is always an error.",
        "Use the name that is suggested. The severity of the rules on edits, and of those that "
        "warn, can be changed; 'jtai explain' lists them.",
    ),
    "second-policy": an_error(
        "A jtai.yaml stands below another one of the same repository, or among the plans. The one "
        "that is furthest up counts, in every folder below it; its place is beside the plans.",
        "A second one could be laxer, and plans would look better to whoever goes to its folder.",
        "Write what is to hold into the jtai.yaml that counts, and delete the other one. Projects "
        "that are to have policies of their own stand beside each other, with no jtai.yaml above "
        "them.",
    ),
    "policy-changed": a_warning(
        "The edit changes the policy: what the gate fails on, a severity, a waiver, or where the "
        "plans are.",
        "A looser policy makes a plan look better as surely as a better rating does.",
        "Check with the board, or whoever reads the plan, that they have agreed to it.",
    ),
    "expired-waiver": a_warning(
        "The last day of a waiver is past.",
        "What was let pass for a while counts again.",
        "Remove the waiver, or let those who agreed to it agree again.",
    ),
    "unmatched-waiver": a_warning(
        "A waiver lets nothing pass: no action breaches this condition, or the policy does not "
        "fail on it.",
        "A misspelt ref waives nothing; a waiver that is left behind may one day let something "
        "pass that nobody agreed to.",
        "Mend its plan, ref or condition, or remove it.",
    ),
}
