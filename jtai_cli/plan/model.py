"""What a plan may say: the fields of a plan file, their kinds, and what each is for.

The texts below each field are the ones that an editor shows, by way of the JSON Schema.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from jtai_cli.plan.fields import Code, Date, Model, PlanId, Ref, Text
from jtai_cli.plan.scheme import SchemeField


class Period(Model):
    """A first and a last day."""

    start: Date | None = Field(default=None, description="The first day, as YYYY-MM-DD.")
    end: Date | None = Field(default=None, description="The last day, as YYYY-MM-DD.")


class Inspection(Model):
    """The inspection that the plan answers."""

    type: Text | None = Field(
        default=None, description="JTAI, ILACS, SIF, or what else the inspection is called."
    )
    theme: Text | None = Field(default=None, description="What the inspectors looked at.")
    inspectorates: tuple[Text, ...] = Field(
        default=(), description="Who inspected, such as Ofsted, CQC, HMICFRS, HMIP."
    )
    fieldwork: Period | None = Field(
        default=None, description="The days on which inspectors were in the area."
    )
    received: Date | None = Field(
        default=None,
        description="The day the report was received: the statutory 70 working days run from it.",
    )
    published: Date | None = Field(
        default=None, description="The day on which the report was published."
    )
    note: Text | None = Field(
        default=None, description="About this record, such as what documents disagree on."
    )


class Statement(Model):
    """The written statement of action that the law asks for."""

    due: Date | None = Field(
        default=None, description="The day by which it is due, as the documents print it."
    )
    submitted: Date | None = Field(default=None, description="The day on which it was submitted.")
    note: Text | None = Field(
        default=None, description="About this record, such as what documents disagree on."
    )


class Body(Model):
    """A body that oversees the plan."""

    body: Text = Field(description="Its name.")
    role: Text | None = Field(default=None, description="What it does for the plan.")
    chair: Text | None = Field(default=None, description="Who chairs it.")
    meets: Text | None = Field(default=None, description="How often it meets.")
    note: Text | None = Field(default=None, description="About this record.")


class Finding(Model):
    """Something the inspectors said."""

    ref: Ref = Field(
        description="The finding's number or short name, in quotes; named in 'answers'."
    )
    kind: Literal["strength", "improvement", "recommendation", "priority-action"] | None = Field(
        default=None, description="strength, improvement, recommendation or priority-action."
    )
    text: Text | None = Field(default=None, description="The finding, in the inspectors' words.")
    note: Text | None = Field(default=None, description="About this record.")


class Priority(Model):
    """A heading that objectives stand under."""

    ref: Ref = Field(description="The priority's number or short name, in quotes.")
    title: Text | None = Field(default=None, description="The priority's name.")
    text: Text | None = Field(default=None, description="What the priority is about.")
    note: Text | None = Field(default=None, description="About this record.")


class Update(Model):
    """One dated entry of an action's log."""

    on: Date = Field(description="The day of the update, as YYYY-MM-DD.")
    by: Text | None = Field(default=None, description="Who reports.")
    text: Text = Field(description="What is reported.")


class Approval(Model):
    """Who agreed that an action is complete."""

    by: Text = Field(description="Who approved, such as the chair of the board.")
    on: Date | None = Field(default=None, description="The day of the approval, as YYYY-MM-DD.")


class Withdrawal(Model):
    """Why an action left the plan: it stays on record and leaves the totals."""

    on: Date = Field(description="The day on which the action was withdrawn, as YYYY-MM-DD.")
    reason: Text = Field(description="Why it was withdrawn.")
    replaced_by: Ref | None = Field(
        default=None, description="The ref of the action that takes its place, if one does."
    )


class Action(Model):
    """One action: what will be done, by whom, by when, and how it stands."""

    ref: Ref = Field(
        description='The action\'s number, in quotes, such as "2.1"; unique in the plan.'
    )
    text: Text = Field(description="What will be done.")
    owners: tuple[Code, ...] = Field(
        default=(), description="The partners who owe the action, by code."
    )
    support: tuple[Code, ...] = Field(default=(), description="Partners who help, by code.")
    due: Date | None = Field(
        default=None, description="The day by which it will be done, as YYYY-MM-DD."
    )
    due_note: Text | None = Field(
        default=None,
        description="What the source prints instead of a date, such as 'In place'.",
    )
    theme: Text | None = Field(default=None, description="The theme the action belongs to.")
    level: Literal["operational", "strategic"] | None = Field(
        default=None, description="operational or strategic."
    )
    progress: Text | None = Field(
        default=None,
        examples=["blue", "green", "amber", "red", "completed", "light green"],
        description="Will it be done, or was it? A rating of the scheme; left out: not rated.",
    )
    impact: Text | None = Field(
        default=None,
        examples=["green", "amber", "red"],
        description="Did it make a difference? A rating of the scheme; left out: not rated.",
    )
    measures: tuple[Text, ...] = Field(default=(), description="How success will be seen.")
    evidence: tuple[Text, ...] = Field(
        default=(), description="What shows that it was done and what it changed."
    )
    completed: Date | None = Field(
        default=None, description="The day on which it was completed, as YYYY-MM-DD."
    )
    approved: Approval | None = Field(default=None, description="Who approved its completion.")
    updates: tuple[Update, ...] = Field(
        default=(), description="The log of the action, oldest first."
    )
    withdrawn: Withdrawal | None = Field(
        default=None, description="Instead of deleting an action: when and why it left the plan."
    )
    note: Text | None = Field(
        default=None, description="About this record, such as what the source prints."
    )


class Objective(Model):
    """An objective, or outcome: what the actions below it are for."""

    ref: Ref = Field(description="The objective's number, in quotes; unique among objectives.")
    title: Text = Field(description="The objective's name.")
    lead: Code | None = Field(default=None, description="The accountable partner, by code.")
    risk: Literal["high", "moderate", "low"] | None = Field(
        default=None, description="high, moderate or low."
    )
    priority: Ref | None = Field(
        default=None, description="The ref of the priority it stands under."
    )
    answers: tuple[Ref, ...] = Field(default=(), description="The refs of the findings it answers.")
    good: Text | None = Field(default=None, description="What good looks like.")
    actions: tuple[Action, ...] = Field(default=(), description="The actions.")
    note: Text | None = Field(default=None, description="About this record.")


class Plan(Model):
    """An improvement plan after an inspection."""

    jtai: Literal["1"] = Field(
        json_schema_extra={"enum": [1, "1"]}, description="The version of this format: 1."
    )
    id: PlanId = Field(description="The plan's short name, unique in the repository.")
    title: Text = Field(description="The plan's title.")
    area: Text | None = Field(default=None, description="The area that the plan is for.")
    kind: Literal["multi-agency", "single-agency"] | None = Field(
        default=None, description="multi-agency or single-agency."
    )
    good: Text | None = Field(
        default=None, description="What good looks like for the plan as a whole."
    )
    period: Period | None = Field(default=None, description="The time that the plan covers.")
    closed: Date | None = Field(
        default=None, description="From this day the gate leaves the plan alone."
    )
    inspection: Inspection | None = Field(
        default=None, description="The inspection that the plan answers."
    )
    statement: Statement | None = Field(
        default=None, description="The written statement that the law asks for."
    )
    rag: SchemeField = Field(
        description="The RAG scheme: brag, five-point, or a scheme of the plan's own."
    )
    partners: dict[Code, Text] = Field(
        default_factory=dict, description="The partners: short code, then full name."
    )
    governance: tuple[Body, ...] = Field(
        default=(), description="The bodies that oversee the plan."
    )
    findings: tuple[Finding, ...] = Field(default=(), description="What the inspectors said.")
    priorities: tuple[Priority, ...] = Field(
        default=(), description="Headings that objectives stand under."
    )
    objectives: tuple[Objective, ...] = Field(description="The objectives, each with its actions.")
    note: Text | None = Field(default=None, description="About this record.")
