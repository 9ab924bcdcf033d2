"""Edits of the policy: whoever loosens it in the same edit as a plan should be seen to do so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jtai_cli.plan.document import in_order, placed
from jtai_cli.plan.explanations import EXPLANATIONS
from jtai_cli.plan.fault import Fault
from jtai_cli.plan.problem import Problem, brief

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jtai_cli.plan.config import Config, Policy, Waiver

_HINT = "check with the board, or whoever reads the plan, that they have agreed to it"


def policy_problems(old: Policy, new: Config | None, name: str) -> list[Problem]:
    """What differs between the policy as it was and as it is; nothing for a faulty new one.

    `old` is the default policy where none was written, `new` None where none is written now, and
    `name` the file that messages then name.
    """
    from jtai_cli.plan.config import Policy

    if new is None:
        message = "the policy is gone; what the gate fails on is the default again: "
        message += ", ".join(Policy().fail_on)
        gone = Problem(name, 1, 1, "policy-changed", "warning", message, _HINT)
        return [] if old == Policy() else [gone]
    if new.policy is None or new.file is None or new.places is None or new.policy == old:
        return []
    file, places = new.file, new.places
    faults = [*_fields(old, new.policy), *_rules(old, new.policy), *_waivers(old, new.policy)]
    return in_order(placed(file, places, fault) for fault in faults)


def _fields(old: Policy, new: Policy) -> Iterator[Fault]:
    for field in ("plans", "fail_on", "stale_after"):
        was, now = getattr(old, field), getattr(new, field)
        if was != now:
            yield _changed((field,), f"'{field}' was {_words(was)} and is now {_words(now)}")


def _rules(old: Policy, new: Policy) -> Iterator[Fault]:
    for name in sorted(old.rules.keys() | new.rules.keys()):
        usual = EXPLANATIONS[name].severity
        was, now = old.rules.get(name, usual), new.rules.get(name, usual)
        if was != now:
            message = f"the severity of {brief(name)} was {was} and is now {now}"
            yield _changed(("rules", name), message)


def _waivers(old: Policy, new: Policy) -> Iterator[Fault]:
    same, by_action = set(old.waivers), {_of(one): one for one in reversed(old.waivers)}
    for number, waiver in enumerate(new.waivers):
        if waiver not in same:
            before = by_action.get(_of(waiver))
            what = f"a waiver of {' '.join(map(brief, _of(waiver)))} until {waiver.until}"
            said = f"{what} is new" if before is None else f"{what} was until {before.until}"
            if before is not None and before.until == waiver.until:
                said = f"{what} has another reason, or was agreed by somebody else"
            yield _changed(("waivers", number), f"{said} (agreed: {brief(waiver.agreed)})")


def _of(waiver: Waiver) -> tuple[str, str, str]:
    return waiver.plan, waiver.ref, waiver.condition


def _words(value: object) -> str:
    return brief(", ".join(value)) if isinstance(value, tuple) else brief(str(value))


def _changed(path: tuple[str | int, ...], message: str) -> Fault:
    return Fault(path, "policy-changed", message, _HINT)
