"""The gate: does a plan breach what the policy asks of it, as of a date?"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from jtai_cli.facts.conditions import CONDITIONS, Yardstick
from jtai_cli.facts.records import UNRATED, counted, records_of
from jtai_cli.facts.verdict import Closed, Terms, Verdict
from jtai_cli.facts.waivers import idle_waivers, waived, waivers_of
from jtai_cli.plan.document import in_order
from jtai_cli.plan.places import locate
from jtai_cli.plan.problem import Problem
from jtai_cli.plan.scheme import STANDINGS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from jtai_cli.facts.records import Record
    from jtai_cli.plan.config import Policy, Waiver
    from jtai_cli.plan.fault import Fault
    from jtai_cli.plan.load import LoadedPlan


class Gated(NamedTuple):
    """What the gate finds in one plan: little, so that thousands can be judged in a row.

    `actions` is how many there are to judge, none in a plan that is left alone. `overdue` counts
    the overdue ones by what their ratings count as; `closed` is the day from which the plan is left
    alone, once it has come.
    """

    plan: str
    file: str
    breaches: tuple[Problem, ...]
    actions: int
    overdue: Counter[str]
    closed: dt.date | None


def gate(loaded: LoadedPlan, warnings: Iterable[Problem], policy: Policy, as_of: dt.date) -> Gated:
    """Judge one sound plan as of a date, by the conditions of a policy.

    `warnings` are those of `validate`, each of which breaches `invalid-warnings`.
    """
    plan = loaded.plan
    if plan.closed is not None and plan.closed <= as_of:
        return Gated(plan.id, loaded.file, (), 0, Counter(), plan.closed)
    records = counted(records_of(loaded, as_of))
    conditions = [CONDITIONS[name] for name in dict.fromkeys(policy.fail_on)]
    yardstick = Yardstick(as_of, policy.stale_after)
    breaches = []
    for record in records:
        for condition in conditions:
            fault = condition(record, yardstick)
            if fault:
                breaches.append(_breach(record, fault))
    if "invalid-warnings" in policy.fail_on:
        breaches += map(_warned, warnings)
    overdue = Counter[str](record.standing for record in records if record.overdue)
    listed = tuple(in_order(breaches))
    return Gated(plan.id, loaded.file, listed, len(records), overdue, None)


def _breach(record: Record, fault: Fault) -> Problem:
    loaded = record.loaded
    mark = locate(loaded.places, fault.path)
    return Problem(
        loaded.file,
        mark.line + 1,
        mark.column + 1,
        fault.rule,
        # some conditions are rules too, of which validation only warns
        "error",
        fault.message,
        fault.hint,
        fault.value,
        plan=loaded.plan.id,
        ref=record.action.ref,
    )


def _warned(warning: Problem) -> Problem:
    message = f"{warning.message} ({warning.rule})"
    return warning._replace(rule="invalid-warnings", severity="error", message=message)


class Before(NamedTuple):
    """The revision whose breaches are not counted again, as given, and those breaches."""

    revision: str
    breaches: Sequence[Problem]


def verdict(gated: Sequence[Gated], terms: Terms, before: Before | None = None) -> Verdict:
    """Put together what the gate found, less what is waived or stood before."""
    policy, as_of = terms.policy, terms.as_of
    left = Counter(map(_key, before.breaches if before else ()))
    breaches, let_pass, old = [], [], 0
    used: set[Waiver] = set()
    for breach in (breach for each in gated for breach in each.breaches):
        waivers = waivers_of(breach, policy.waivers, as_of)
        if waivers:
            used.update(waivers)
            let_pass.append(waived(breach, waivers[0]))
        elif left and left[_key(breach)] > 0:
            # an action that was overdue is overdue still, under however many conditions
            left[_key(breach)] -= not _is_overdue(breach)
            old += 1
        else:
            breaches.append(breach)
    idle = idle_waivers(terms, used, {each.plan for each in gated})
    return Verdict(
        as_of,
        tuple(dict.fromkeys(policy.fail_on)),
        breaches,
        let_pass,
        list(idle),
        _overdue(gated),
        [Closed(each.plan, each.file, each.closed) for each in gated if each.closed],
        before.revision if before else None,
        old,
    )


def _key(breach: Problem) -> tuple[str | None, str | None, str, str | None]:
    """What a breach is known by in two versions of a plan.

    To be overdue is one breach, whatever the rating: to own up to red must not count as a new one.
    """
    words = breach.message if breach.rule == "invalid-warnings" else None
    rule = "overdue" if _is_overdue(breach) else breach.rule
    return breach.plan, breach.ref, rule, words


def _is_overdue(breach: Problem) -> bool:
    return breach.rule.startswith("overdue")


def _overdue(gated: Iterable[Gated]) -> dict[str, int]:
    total = sum((each.overdue for each in gated), Counter[str]())
    return {name: total[name] for name in (*STANDINGS, UNRATED) if name != "complete"}
