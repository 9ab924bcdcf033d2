"""Edits of what stands beside the actions: who the partners are, who leads, what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jtai_cli.plan.fault import Fault, Path
from jtai_cli.plan.model import Finding
from jtai_cli.plan.problem import brief, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from jtai_cli.plan.model import Objective, Plan

_HINT = "check with those whom it concerns that it is meant"


def record_faults(old: Plan, new: Plan, lost: frozenset[Path]) -> Iterator[Fault]:
    """What differs in the names, dates and headings that figures and readers rest on.

    `lost` are the paths of what could not be read of the old version.
    """
    unread = {path[0] for path in lost if path}
    if "partners" not in unread:
        yield from _partners(old, new)
    for group, field in (
        ("period", "start"),
        ("period", "end"),
        ("inspection", "received"),
        ("inspection", "published"),
        ("statement", "due"),
        ("statement", "submitted"),
    ):
        if group not in unread:
            was, now = (getattr(getattr(plan, group), field, None) for plan in (old, new))
            yield from _changed((group, field), f"{group} {field}", was, now)
    if "objectives" not in unread:
        yield from _members("objectives", ("lead", "risk"), old.objectives, new.objectives)
    if "findings" not in unread:
        yield from _members("findings", ("kind", "text"), old.findings, new.findings)


def _partners(old: Plan, new: Plan) -> Iterator[Fault]:
    for code, name in old.partners.items():
        if code in new.partners:
            yield from _changed(("partners", code), brief(code), name, new.partners[code])


def _members(
    group: str,
    fields: Iterable[str],
    old: Iterable[Objective | Finding],
    new: Iterable[Objective | Finding],
) -> Iterator[Fault]:
    """Objectives or findings that were there before, by their refs, and those that are gone."""
    before: Mapping[str, Objective | Finding] = {one.ref: one for one in old}
    kind = group.removesuffix("s")
    there = {one.ref for one in new}
    for ref, one in before.items():
        if ref not in there:
            message = f"{kind} {brief(ref)}{_in_brackets(one)} is gone"
            yield Fault((group,), "record-changed", message, _HINT, at_name=True)
    for number, now in enumerate(new):
        was = before.get(now.ref)
        for field in fields if was else ():
            name = f"{field} of {kind} {brief(now.ref)}"
            where = (group, number, field)
            yield from _changed(where, name, getattr(was, field), getattr(now, field))


def _in_brackets(member: Objective | Finding) -> str:
    words = member.text if isinstance(member, Finding) else member.title
    return f" ({brief(' '.join(words.split()))})" if words else ""


def _changed(path: Path, name: str, was: object, now: object) -> Iterator[Fault]:
    """A fault where two values differ; how a text is broken into lines makes no difference."""
    before, after = (_words(value) for value in (was, now))
    if before != after:
        message = f"{name} was {before} and is now {after}"
        yield Fault(path, "record-changed", message, _HINT)


def _words(value: object) -> str:
    return "not given" if value is None else quoted(" ".join(str(value).split()))
