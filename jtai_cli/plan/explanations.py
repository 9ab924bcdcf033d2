"""What each rule means, why it matters and how to mend what breaks it: the texts of `explain`."""

from __future__ import annotations

from jtai_cli.plan.explanation import Explanation, a_warning, an_error
from jtai_cli.plan.explanations_of_the_gate import CONDITIONS, EDITS, POLICY

READING = {
    "unreadable-file": an_error(
        "The file can't be opened: it is missing, protected, a folder, or not an ordinary file. "
        "Nor is one opened that a link takes out of the repository, or that git keeps as a link.",
        "A plan that can't be read can't be judged, and silence would look like good news.",
        "Check the name and who may read the file. Only ordinary files are opened. In place of a "
        "link, put what it leads to.",
    ),
    "not-utf8": an_error(
        "The file is not saved in the encoding UTF-8.",
        "In other encodings a pound sign or an accent turns into a different character for the "
        "next reader.",
        "Save the file again and choose UTF-8 in the editor's 'Save as'. Then look at pound signs, "
        "dashes, quotation marks and accents.",
    ),
    "yaml-syntax": an_error(
        "The file can't be read as YAML from here on.",
        "One missing quotation mark or space can change what every line below it means.",
        "Look at the line shown and the one above it: is the indentation made of spaces, is each "
        "quotation mark closed, and does a text with ': ' in it stand in double quotes?",
    ),
    "duplicate-key": an_error(
        "The same field is written twice in one place.",
        "Most programs silently keep the last one, so a date or rating that people see in the file "
        "would not be the one that counts.",
        "Keep one of the two.",
    ),
    "unsafe-yaml": an_error(
        "The file uses a part of YAML that plans do without: an anchor (&), an alias (*), a merge "
        "key (<<), a tag (!), a directive (%) or a second document (---).",
        "With them, one line changes what is read somewhere else, and different programs read "
        "different plans.",
        "Write each value out where it belongs. A text that begins with one of these signs must "
        "stand in double quotes.",
    ),
    "too-large": an_error(
        "The file has more than 5,000,000 bytes or 200,000 values, one text in it more than "
        "100,000 characters, or the plan's own scheme more than 30 ratings.",
        "Plans are read by people. Something so large was usually pasted in by mistake, and it "
        "could stop a hook or a build.",
        "Remove what does not belong in the plan, and link to long documents instead.",
    ),
    "too-deep": an_error(
        "Lists and groups are nested more than 20 deep.",
        "A plan needs about eight levels; more is a slip, or an attempt to exhaust the program "
        "that reads it.",
        "Look for brackets or indentation that went wrong.",
    ),
    "control-character": an_error(
        "The text has a character that can't be seen and steers a terminal or breaks a line.",
        "Such a character can hide text from a reader or change what a terminal shows.",
        "Delete it. It often comes with text copied from another program.",
    ),
    "merge-conflict": an_error(
        "A merge conflict was left in the file: lines with <<<<<<<, ======= and >>>>>>>.",
        "Two versions of the plan stand in one file, and nobody has said which is right.",
        "Choose between the two versions and delete the marker lines.",
    ),
    "more-problems": an_error(
        "A file has more than 50 problems; the rest are counted and not listed.",
        "A list that nobody can read to its end helps nobody.",
        "Mend the ones that are listed and validate again.",
    ),
    "hidden-character": a_warning(
        "The text has a character that can't be seen: of no width, or changing the direction of "
        "writing.",
        "Two refs or codes can look the same and be different, and a line can read differently "
        "from what is stored.",
        "Delete it, and type the word again if need be.",
    ),
    "damaged-text": a_warning(
        "The text looks damaged by a wrong encoding, such as 'Â£' for a pound sign.",
        "The plan is published. Damaged text makes figures and names uncertain.",
        "Put the right character back.",
    ),
    "cut-by-comment": a_warning(
        "A text without quotes ends at a space and a '#': the rest is a comment, and not read.",
        "'agency #1' becomes 'agency', and nobody notices.",
        'Put the text in double quotes: "agency #1". For a comment, write a space after the #.',
    ),
    "tab": a_warning(
        "A tab stands between words, or before a comment.",
        "Many programs that read YAML stop at it, and none of them says why in plain words.",
        "Write a space instead. Most editors can put spaces for every tab. (As indentation, a tab "
        "is an error.)",
    ),
    "needs-quotes": a_warning(
        "A text stands without quotes that other programs take for a number, a truth value, a date "
        "or nothing.",
        "jtai reads what is written: 1.10 is the ref '1.10'. A spreadsheet import or a dashboard "
        "may read 1.1, and 'no' may become 'false'.",
        'Put it in quotes: "1.10".',
    ),
}

SHAPE = {
    "unknown-field": an_error(
        "The field is not one that may stand here.",
        "A misspelt field would be lost without a word: 'ownrs' would leave an action without an "
        "owner.",
        "Use the name that is suggested, or remove the line. 'jtai schema' writes a schema with "
        "which an editor offers the right names.",
    ),
    "missing-field": an_error(
        "A field that must be there is missing.",
        "Without it the plan, objective or action can't be named or counted.",
        "Add the field.",
    ),
    "empty-value": an_error(
        "The field is there but has no value.",
        "Programs differ in what they make of it. In a plan, what is not known is left out.",
        "Write the value, or remove the line. A rating that is left out counts as not rated.",
    ),
    "wrong-type": an_error(
        "A text stands where a list or a group of fields belongs, or the other way round.",
        "It can't be read with certainty.",
        "Write lists as [TVP, BFFC], or one item a line after '- '; write groups as "
        "'name: value' lines, indented below the field.",
    ),
    "date-format": an_error(
        "A date is not written as YYYY-MM-DD.",
        "30.06.25, 06/30/25 and June 2025 are read differently by different people and programs.",
        "Write 2025-06-30. Words for a date, such as 'In place', go to 'due_note'.",
    ),
    "impossible-date": an_error(
        "The date does not exist, such as 31 June.",
        "Moving it to the nearest real day would invent a deadline that nobody agreed.",
        "Write the date that was meant. To keep what a source prints, put its words in 'due_note' "
        "and leave 'due' out.",
    ),
    "date-out-of-range": an_error(
        "The date is not between 2000 and 2100.",
        "It is almost always a slip, and would make an action overdue by centuries, or never.",
        "Mend the year.",
    ),
    "bad-ref": an_error(
        "A ref, an id or a partner's code has a character that is not allowed in it.",
        "Refs and codes are typed on command lines, put in links and sorted: they must be simple.",
        "Use letters and digits; between them . _ / - in a ref, and also spaces and & in a code.",
    ),
    "unknown-value": an_error(
        "The field has a fixed set of values, and this is not one of them.",
        "Figures by kind, level or risk would have a group that nobody meant.",
        "Use one of the values that the message lists.",
    ),
    "unknown-scheme": an_error(
        "The plan names a RAG scheme that is not built in.",
        "Without the scheme no rating means anything.",
        "Write 'rag: brag' or 'rag: five-point', or describe the plan's own scheme under 'rag:'.",
    ),
}

SENSE = {
    "unknown-rating": an_error(
        "A progress or impact rating is not in the plan's scheme.",
        "It can't be counted: nobody has said whether it stands for on track or off track.",
        "Use a rating of the scheme. Leave the line out for 'not rated'.",
    ),
    "duplicate-rating": an_error(
        "Two ratings of the plan's own scheme have the same name, or one is called 'unrated' or "
        "'not rated'.",
        "An action with that rating could be counted as either.",
        "Give each rating a name of its own.",
    ),
    "duplicate-ref": an_error(
        "Two actions (or objectives, findings, priorities) of one plan have the same ref.",
        "Reports, updates and history name an action by its ref; they would mix up the two.",
        "Give one of them a new ref. Don't reuse the ref of an action that was withdrawn.",
    ),
    "duplicate-plan-id": an_error(
        "Two plan files have the same id.",
        "A plan is known by its id, also when its file is moved or renamed.",
        "Give each plan an id of its own.",
    ),
    "unknown-partner": an_error(
        "A lead, owner or supporter is not among the plan's partners.",
        "A misspelt code makes a partner of its own in every count, and hides what is owed.",
        "Use a code from 'partners', or add the partner there with its full name.",
    ),
    "unknown-finding": an_error(
        "An objective answers a finding that the plan does not list.",
        "The plan must show for each finding what is done about it.",
        "Mend the ref, or add the finding under 'findings'.",
    ),
    "unknown-priority": an_error(
        "An objective stands under a priority that the plan does not list.",
        "Figures by priority would leave it out.",
        "Mend the ref, or add the priority under 'priorities'.",
    ),
    "missing-evidence": an_error(
        "The rating requires evidence by the plan's own scheme, and the action has none.",
        "An action closed without evidence is what inspectors look for first.",
        "List under 'evidence' what shows that it was done and what it changed, or rate it "
        "otherwise.",
    ),
    "missing-approval": an_error(
        "The rating requires approval by the plan's own scheme, and nobody has approved.",
        "The board agreed that it would decide when an action leaves the plan.",
        "Write 'approved: {by: …, on: …}', or rate it otherwise.",
    ),
    "completed-but-open": an_error(
        "The action has a completed date, but its progress is not rated as complete.",
        "One of the two is wrong, and the figures follow the rating.",
        "Rate it as complete, or remove the date.",
    ),
    "updates-out-of-order": an_error(
        "An update is dated before the one above it.",
        "The log shows what was known when; out of order it shows something that did not happen.",
        "Put updates oldest first, or mend the date.",
    ),
    "replaced-by-nothing": an_error(
        "A withdrawn action names as its replacement an action that the plan does not have, or one "
        "that leads back to itself.",
        "What was promised would vanish from the plan without a trace.",
        "Name the action that takes its place, or remove 'replaced_by'.",
    ),
    "ends-before-start": an_error(
        "A period ends before it begins.",
        "No date can lie in it.",
        "Mend the two dates.",
    ),
    "no-actions": a_warning(
        "An objective has no action, or the plan has no objective.",
        "A finding that such an objective answers is answered by nothing, and of a plan without "
        "actions nothing can be said.",
        "Write under 'actions' what will be done, by whom and by when, or remove the objective.",
    ),
    "undated": a_warning(
        "The action has no due date. (As a condition of the gate, this is asked of open actions.)",
        "The statement that the law asks for sets out each action and the period for it. An action "
        "with no date can never be late.",
        "Agree a date and write it as 'due'. Words that the source prints go to 'due_note'.",
    ),
    "no-owner": a_warning(
        "The action has no owner. (As a condition of the gate, this is asked of open actions.)",
        "What everybody owes, nobody does.",
        "Write under 'owners' the code of the partner who owes it.",
    ),
    "unanswered-finding": a_warning(
        "No objective answers this finding.",
        "The plan must show for each finding what is done about it.",
        "Add its ref to 'answers' of an objective.",
    ),
    "outside-period": a_warning(
        "The action is due before the plan begins or after it ends.",
        "Nobody may be watching the plan on that day.",
        "Mend the date, or the plan's 'period'.",
    ),
}

EXPLANATIONS: dict[str, Explanation] = READING | SHAPE | SENSE | EDITS | CONDITIONS | POLICY
"""Every rule by its name."""
