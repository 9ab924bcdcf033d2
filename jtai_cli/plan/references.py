"""Rules about names: refs, codes and ratings that must be there, and be there once."""

from __future__ import annotations

from functools import partial
from operator import ne
from typing import TYPE_CHECKING

from jtai_cli.plan.fault import Fault, Path
from jtai_cli.plan.problem import brief, listed, quoted
from jtai_cli.plan.scheme import RESERVED, rating_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jtai_cli.plan.subject import Subject


def duplicate_ref(subject: Subject) -> Iterator[Fault]:
    """Two actions, objectives, findings or priorities with one ref."""
    plan = subject.plan
    refs = [action.ref for _, action in subject.actions]
    if len(set(refs)) < len(refs):
        yield from _duplicates("action", ((path, action.ref) for path, action in subject.actions))
    for name, group, refs in (
        ("objective", "objectives", [objective.ref for objective in plan.objectives]),
        ("finding", "findings", [finding.ref for finding in plan.findings]),
        ("priority", "priorities", [priority.ref for priority in plan.priorities]),
    ):
        yield from _duplicates(name, (((group, number), ref) for number, ref in enumerate(refs)))


def _duplicates(name: str, refs: Iterable[tuple[Path, str]]) -> Iterator[Fault]:
    seen = set()
    for path, ref in refs:
        if ref in seen:
            message = f"another {name} of this plan already has the ref {quoted(ref)}"
            hint = f"give each {name} a ref of its own"
            yield Fault((*path, "ref"), "duplicate-ref", message, hint, ref)
        seen.add(ref)


def unknown_partner(subject: Subject) -> Iterator[Fault]:
    """A lead, owner or supporter that is not among the plan's partners."""
    known = subject.plan.partners
    for path, objective in subject.objectives():
        if objective.lead is not None and objective.lead not in known:
            yield _unknown_partner((*path, "lead"), objective.lead, known)
    for path, action in subject.actions:
        for field, codes in (("owners", action.owners), ("support", action.support)):
            for number, code in enumerate(codes):
                if code not in known:
                    yield _unknown_partner((*path, field, number), code, known)


def _unknown_partner(path: Path, code: str, known: dict[str, str]) -> Fault:
    message = f"{quoted(code)} is not among the plan's partners"
    hint = f"add it under 'partners', as '{code}: its full name'"
    return Fault(path, "unknown-partner", message, hint, code, known=known)


def unknown_rating(subject: Subject) -> Iterator[Fault]:
    """A progress or impact rating that the plan's scheme does not have."""
    scheme = subject.plan.rag
    known = [rating.key for rating in scheme.ratings]
    names = listed(known)
    for path, action in subject.actions:
        for field, written in (("progress", action.progress), ("impact", action.impact)):
            if written is not None and scheme.find(written) is None:
                message = f"{quoted(written)} is not a rating of this plan: {names}"
                hint = "leave the line out if it is not rated"
                where = (*path, field)
                yield Fault(where, "unknown-rating", message, hint, written, known=known)


def duplicate_rating(subject: Subject) -> Iterator[Fault]:
    """Two ratings of the plan's own scheme with one name."""
    if subject.plan.rag.name == "own":
        seen, words = set(RESERVED), set[str]()
        for number, rating in enumerate(subject.plan.rag.ratings):
            word = rating_key(rating.word)
            if rating.key in seen or word in words:
                message = f"the rating {quoted(rating.rating)} can't be told from another"
                hint = "each needs a name of its own, and none is called 'unrated' or 'not rated'"
                path = ("rag", "ratings", number, "rating")
                yield Fault(path, "duplicate-rating", message, hint, rating.rating)
            seen.add(rating.key)
            words.add(word)


def unknown_finding(subject: Subject) -> Iterator[Fault]:
    """An objective that answers a finding which the plan does not list."""
    known = dict.fromkeys(finding.ref for finding in subject.plan.findings)
    for path, objective in subject.objectives():
        for number, ref in enumerate(objective.answers):
            if ref not in known:
                message = f"no finding of this plan has the ref {quoted(ref)}"
                hint = "list the finding under 'findings'"
                where = (*path, "answers", number)
                yield Fault(where, "unknown-finding", message, hint, ref, known=known)


def unknown_priority(subject: Subject) -> Iterator[Fault]:
    """An objective under a priority which the plan does not list."""
    known = dict.fromkeys(priority.ref for priority in subject.plan.priorities)
    for path, objective in subject.objectives():
        ref = objective.priority
        if ref is not None and ref not in known:
            message = f"no priority of this plan has the ref {quoted(ref)}"
            hint = "list the priority under 'priorities'"
            where = (*path, "priority")
            yield Fault(where, "unknown-priority", message, hint, ref, known=known)


def replaced_by_nothing(subject: Subject) -> Iterator[Fault]:
    """A withdrawn action whose replacement is not in the plan, or leads back to it."""
    next_ref = {
        action.ref: action.withdrawn.replaced_by if action.withdrawn else None
        for _, action in subject.actions
    }
    circles = _circles(next_ref)
    for path, action in subject.actions:
        ref = action.withdrawn.replaced_by if action.withdrawn else None
        if ref is None:
            continue
        known: Iterable[str] = ()
        if ref not in next_ref:
            why = "no action has that ref"
            known = filter(partial(ne, action.ref), next_ref)
        elif action.ref in circles:
            why = "that leads back to the action itself"
        else:
            continue
        message = f"{brief(action.ref)} can't be replaced by {quoted(ref)}: {why}"
        where = (*path, "withdrawn", "replaced_by")
        hint = "name an action of this plan that is not withdrawn"
        yield Fault(where, "replaced-by-nothing", message, hint, ref, known=known)


def _circles(next_ref: dict[str, str | None]) -> set[str]:
    """The refs from which one comes back to where one began."""
    circles: set[str] = set()
    seen: set[str | None] = {None}
    for start in next_ref:
        chain: list[str] = []
        ref: str | None = start
        while ref is not None and ref not in seen:
            seen.add(ref)
            chain.append(ref)
            ref = next_ref.get(ref)
        if ref in chain:
            circles.update(chain[chain.index(ref) :])
    return circles
