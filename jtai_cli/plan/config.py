"""jtai.yaml: where the plans are, what the gate fails on, waivers, and severities of rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

from pydantic import Field

from jtai_cli.plan.document import Kind, read_document
from jtai_cli.plan.explanations import EXPLANATIONS
from jtai_cli.plan.explanations_of_the_gate import CONDITIONS, EDITS, POLICY
from jtai_cli.plan.fault import Fault
from jtai_cli.plan.fields import DAYS_PATTERN, Date, Days, Folder, Model, PlanId, Ref, Text
from jtai_cli.plan.problem import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jtai_cli.plan.places import Places
    from jtai_cli.plan.problem import Problem, Severity

NAME = "jtai.yaml"

Condition = Literal[
    "overdue-red",
    "overdue-amber",
    "overdue-on-track",
    "overdue-not-started",
    "overdue-unrated",
    "overdue",
    "undated",
    "no-owner",
    "stale",
    "complete-without-evidence",
    "complete-without-impact",
    "invalid-warnings",
]
"""What the gate can fail on; each is explained as a rule."""

CONDITION_NAMES: tuple[Condition, ...] = get_args(Condition)

CHANGEABLE = frozenset(EDITS) | {
    name
    for name, explanation in EXPLANATIONS.items()
    if explanation.severity == "warning" and name not in POLICY
}
"""The rules on plans whose severity may change: whatever else is broken can't be judged at all."""

# What editors and other readers of the schema are told beyond what pydantic knows.
_CHANGEABLE_ONLY: dict[str, Any] = {"propertyNames": {"enum": sorted(CHANGEABLE)}}
_IN_QUOTES_TOO: dict[str, Any] = {"type": ["integer", "string"], "pattern": DAYS_PATTERN}


class Waiver(Model):
    """A breach that somebody agreed to let pass until a day."""

    plan: PlanId = Field(description="The id of the plan.")
    ref: Ref = Field(description="The ref of the action, in quotes.")
    condition: Condition = Field(description="The condition that is let pass.")
    until: Date = Field(description="The last day on which it is let pass, as YYYY-MM-DD.")
    reason: Text = Field(description="Why it is let pass.")
    agreed: Text = Field(description="Who agreed, or which minute says so.")


class Policy(Model):
    """What a repository asks of its plans."""

    jtai: Literal["1"] = Field(
        default="1",
        json_schema_extra={"enum": [1, "1"]},
        description="The version of this format: 1.",
    )
    plans: Folder = Field(
        default="plans", description="The folder of the plans, seen from this file."
    )
    fail_on: tuple[Condition, ...] = Field(
        default=("overdue-red",),
        min_length=1,
        description="What 'jtai check' fails on; 'jtai explain' says what each condition means.",
    )
    stale_after: Days = Field(
        default=90,
        json_schema_extra=_IN_QUOTES_TOO,
        description="The days without an update after which an open action is stale.",
    )
    rules: dict[str, Literal["error", "warning"]] = Field(
        default_factory=dict,
        json_schema_extra=_CHANGEABLE_ONLY,
        description="Rules that are to be errors or warnings here: name, then error or warning.",
    )
    waivers: tuple[Waiver, ...] = Field(
        default=(), description="Breaches that somebody agreed to let pass for a while."
    )

    def severity(self, problem: Problem) -> Severity:
        """How bad a problem is in this repository."""
        return self.rules.get(problem.rule, problem.severity)


class Config(NamedTuple):
    """A policy, where it stands, and what is wrong with it; the policy is sound if nothing is.

    `file` is None, and the policy the default one, where a repository has no `jtai.yaml`.
    """

    policy: Policy | None
    problems: tuple[Problem, ...] = ()
    file: str | None = None
    places: Places | None = None


def load_config(name: str, content: bytes, parser: Any = None) -> Config:
    """Read a policy; never raises for anything that stands in it."""
    document = read_document(name, content, _POLICY, parser)
    policy = document.model if document.sound else None
    return Config(policy, document.problems, name, document.places)


def folder_in(content: bytes) -> str | None:
    """Where a policy puts the plans, seen from itself, whatever else is wrong with it.

    None where it can't be read so far, or says it in a way that can't be.
    """
    document = read_document("", content, _POLICY)
    if document.model is None or ("plans",) in document.lost:
        return None
    return document.model.plans


def unknown_rule(policy: Policy) -> Iterator[Fault]:
    """A name under `rules` that is not one, or whose severity is fixed."""
    for name in policy.rules:
        if name in CHANGEABLE:
            continue
        message, hint = f"there is no rule {quoted(name)}", "jtai explain lists the rules"
        known: list[str] = []
        if name in CONDITIONS:
            message = f"{quoted(name)} is a condition of the gate, which is listed under 'fail_on'"
            hint = "list it there to fail on it, or leave it out"
        elif name not in EXPLANATIONS:
            known = sorted(CHANGEABLE)
        elif EXPLANATIONS[name].severity == "warning":
            message = f"{quoted(name)} is said of this file, and is always a warning"
            hint = "with '--strict' it counts as an error"
        else:
            message = f"what breaks the rule {quoted(name)} can't be judged: it is always an error"
        yield Fault(("rules", name), "unknown-rule", message, hint, name, at_name=True, known=known)


_POLICY = Kind(
    Policy,
    begins="a policy says, for example, 'fail_on: [overdue-red]'",
    faults=unknown_rule,
    looks_in={},
)
