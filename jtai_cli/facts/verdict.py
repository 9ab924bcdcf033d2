"""By what the gate judges, and what it says of some plans as of a date."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import datetime as dt

    from jtai_cli.plan.config import Config, Policy
    from jtai_cli.plan.problem import Problem


class Terms(NamedTuple):
    """By what plans are judged.

    `policy` is the one in force, which options may have changed from that of the file. `every_plan`
    is False where some were left out: a waiver for another plan is then nobody's business.
    """

    config: Config
    policy: Policy
    as_of: dt.date
    every_plan: bool = True


class Waived(NamedTuple):
    """A breach that somebody agreed to let pass for a while.

    The problem has the severity "warning"; `until` is the last day on which it is let pass.
    """

    problem: Problem
    until: dt.date
    reason: str
    agreed: str


class Closed(NamedTuple):
    """A plan that the gate leaves alone, from the day on which it was closed."""

    plan: str
    file: str
    closed: dt.date


class Verdict(NamedTuple):
    """Whether plans pass the policy, and what else the reader of a verdict has to know.

    `breaches` are errors, in file order, each with its condition as the rule, its plan and its ref
    (None where a breach is of the plan as a whole). `warnings` are about waivers, and stand in the
    file of the policy. `overdue` counts the overdue actions of all gated plans by what their
    rating counts as, best first, breach or not. `against` is the revision, as given, whose breaches
    are not counted again; `old` is how many of those still stand. `unjudged` is how many plan files
    could not be judged at all: then nothing passes.
    """

    as_of: dt.date
    fail_on: tuple[str, ...]
    breaches: list[Problem]
    waived: list[Waived]
    warnings: list[Problem]
    overdue: dict[str, int]
    closed: list[Closed]
    against: str | None = None
    old: int = 0
    unjudged: int = 0

    @property
    def passed(self) -> bool:
        """Whether no breach is left, and everything could be judged."""
        return not self.breaches and not self.unjudged
