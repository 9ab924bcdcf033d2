"""Waivers: which breaches are let pass, and which waivers let nothing pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jtai_cli.facts.verdict import Terms, Waived
from jtai_cli.plan.document import placed
from jtai_cli.plan.fault import Fault
from jtai_cli.plan.problem import brief

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence, Set

    from jtai_cli.plan.config import Waiver
    from jtai_cli.plan.problem import Problem


def waivers_of(breach: Problem, waivers: Sequence[Waiver], as_of: dt.date) -> list[Waiver]:
    """The waivers that let a breach pass on this day, the one that does so for longest first."""
    sought = (breach.plan, breach.ref, breach.rule)
    found = [
        waiver
        for waiver in waivers
        if as_of <= waiver.until and (waiver.plan, waiver.ref, waiver.condition) == sought
    ]
    return sorted(found, key=lambda waiver: waiver.until, reverse=True)


def waived(breach: Problem, waiver: Waiver) -> Waived:
    """A breach as it is listed when it is let pass."""
    problem = breach._replace(severity="warning")
    return Waived(problem, waiver.until, waiver.reason, waiver.agreed)


def idle_waivers(terms: Terms, used: Set[Waiver], judged: Set[str]) -> Iterator[Problem]:
    """The waivers that have ended or let nothing pass, of the plans that were judged.

    `judged` are the ids of those plans. Where every plan was, a waiver of another one is of none.
    A condition on which the policy fails, and options did not, was not judged either.
    """
    config = terms.config
    if config.file is None or config.places is None or config.policy is None:
        return
    put_off = set(config.policy.fail_on) - set(terms.policy.fail_on)
    for number, waiver in enumerate(terms.policy.waivers):
        fault = _idle(("waivers", number), waiver, terms, judged)
        its_turn = waiver.condition not in put_off or fault.rule == "expired-waiver"
        if waiver not in used and its_turn and (terms.every_plan or waiver.plan in judged):
            yield placed(config.file, config.places, fault)


def _idle(path: tuple[str, int], waiver: Waiver, terms: Terms, judged: Set[str]) -> Fault:
    what = f"the waiver of {brief(waiver.plan)} {brief(waiver.ref)} ({waiver.condition})"
    if waiver.until < terms.as_of:
        message = f"{what} ended on {waiver.until}"
        hint = "remove it, or let those who agreed to it agree again"
        return Fault((*path, "until"), "expired-waiver", message, hint, str(waiver.until))
    rule, hint = "unmatched-waiver", "mend it, or remove it"
    if waiver.plan not in judged:
        message = f"{what} lets nothing pass: there is no such plan"
        return Fault((*path, "plan"), rule, message, hint, waiver.plan, known=judged)
    if waiver.condition not in terms.policy.fail_on:
        message = f"{what} lets nothing pass: the policy does not fail on that"
        return Fault((*path, "condition"), rule, message, hint, waiver.condition)
    message = f"{what} lets nothing pass: no action with that ref breaches it"
    return Fault((*path, "ref"), rule, message, hint, waiver.ref)
