"""The rules that find errors, by the part of a plan that each of them judges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jtai_cli.plan.explanations import EXPLANATIONS
from jtai_cli.plan.references import (
    duplicate_rating,
    duplicate_ref,
    replaced_by_nothing,
    unknown_finding,
    unknown_partner,
    unknown_priority,
    unknown_rating,
)
from jtai_cli.plan.rules import (
    completed_but_open,
    ends_before_start,
    missing_approval,
    missing_evidence,
    updates_out_of_order,
)
from jtai_cli.plan.subject import Placed, Subject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from jtai_cli.plan.fault import Fault
    from jtai_cli.plan.model import Action, Plan

    Rules = tuple[Callable[[Subject], Iterator[Fault]], ...]

OF_FRAME: Rules = (duplicate_rating, unknown_finding, unknown_priority, ends_before_start)
"""Rules that judge a frame: actions have no part in them."""

OF_EACH_ACTION: Rules = (
    unknown_partner,
    unknown_rating,
    missing_evidence,
    missing_approval,
    completed_but_open,
    updates_out_of_order,
)
"""Rules that judge a frame, and each action by itself, with the partners and the scheme."""

ACROSS_ACTIONS: Rules = (duplicate_ref, replaced_by_nothing)
"""Rules that judge a frame, and its actions together by their `ref` and `withdrawn`."""


def are_named_alike(now: Sequence[Action], then: Sequence[Action]) -> bool:
    """Whether actions are the same in all that rules across actions look at."""
    return len(now) == len(then) and all(
        one is other or (one.ref == other.ref and one.withdrawn == other.withdrawn)
        for one, other in zip(now, then, strict=True)
    )


def is_broken(rules: Rules, frame: Plan, actions: Iterable[Action]) -> bool:
    """Whether one of the rules finds an error in the frame with these actions."""
    subject = Subject(frame, [Placed((), action) for action in actions])
    faults = (fault for rule in rules for fault in rule(subject))
    return any(EXPLANATIONS[fault.rule].severity == "error" for fault in faults)
