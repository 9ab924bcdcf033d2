"""Rules on edits: what may not change in a plan without a word of why.

Each action is compared with itself in an earlier version, by plan id and ref, wherever the file
stands. A rule yields faults whose paths lead into the new version; `explanations_of_the_gate.py`
says what each means.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from jtai_cli.facts.action_edits import (
    ActionEdit,
    action_faults,
    new_action_faults,
)
from jtai_cli.facts.ladder import Ladder
from jtai_cli.facts.record_edits import record_faults
from jtai_cli.facts.wording import one_line, same_action
from jtai_cli.plan.document import in_order, placed
from jtai_cli.plan.fault import Fault, Path
from jtai_cli.plan.model import Action
from jtai_cli.plan.problem import Problem, brief, quoted, visible
from jtai_cli.plan.refs import ref_key
from jtai_cli.plan.stand_ins import is_stand_in
from jtai_cli.plan.subject import subject_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence, Set

    from jtai_cli.plan.load import LoadedPlan, Read
    from jtai_cli.plan.model import Plan, Update
    from jtai_cli.plan.subject import Placed

MAX_CHANGES = 6


class Version(NamedTuple):
    """A plan file as it was or is: its name, as messages show it, and what was read of it."""

    file: str
    read: Read


class OldAction(NamedTuple):
    """An action before the edit, where it stood, and the paths in it that could not be read."""

    path: Path
    action: Action
    lost: Set[Path]

    @property
    def text(self) -> str | None:
        """Its words on one line, if they could be read."""
        return None if ("text",) in self.lost else one_line(self.action.text)

    def beside(self, new: Action) -> Action:
        """The action as it was; of what could not be read, as it is now."""
        fields = {str(path[0]) for path in self.lost} & Action.model_fields.keys()
        if not fields:
            return self.action
        update = {field: getattr(new, field) for field in fields - {"evidence", "updates"}}
        update["updates"] = tuple(self._log_beside(new))
        return self.action.model_copy(update=update)

    def _log_beside(self, new: Action) -> Iterator[Update]:
        lost = {path[1] for path in self.lost if path[0] == "updates" and len(path) > 1}
        for number, entry in enumerate(self.action.updates):
            if number not in lost:
                yield entry
            elif number < len(new.updates):
                yield new.updates[number]


class PlanEdit(NamedTuple):
    """A plan before and after; of the one before, what could be read, and where it could not."""

    old: Plan
    new: LoadedPlan
    lost: frozenset[Path] = frozenset()

    @property
    def ladder(self) -> Ladder:
        """The two schemes; one that could not be read is taken for the one that there is now."""
        new = self.new.plan.rag
        return Ladder(new if self.lost_at("rag") else self.old.rag, new)

    def lost_at(self, field: str) -> bool:
        """Whether something in a field of the earlier version could not be read."""
        return any(path[:1] == (field,) for path in self.lost)

    def old_actions(self) -> list[OldAction]:
        """The actions of the earlier version whose refs could be read."""
        lost = defaultdict(set)
        for path in self.lost:
            if len(path) > 4:
                lost[path[:4]].add(path[4:])
        actions = [
            OldAction(path, action, lost.get(path, set()))
            for path, action in subject_of(self.old).actions
        ]
        return [old for old in actions if ("ref",) not in old.lost]


class _Versions:
    """Which of the new versions is the plan that an old one was."""

    def __init__(self, old: Sequence[Version], new: Sequence[Version]) -> None:
        self._old_ids = Counter(version.read.plan_id for version in old)
        self.by_file = {version.file: version for version in new}
        # of two files with one id the first counts: that there are two is an error of its own
        self._by_id = {
            version.read.plan_id: version
            for version in sorted(new, key=lambda version: version.file, reverse=True)
        }

    def of(self, was: Version) -> Version | None:
        """The plan with the same id, in the same file if it is there.

        An id that could not be read, or that two plans had, says nothing: then the file does.
        """
        plan_id, beside = was.read.plan_id, self.by_file.get(was.file)
        if beside and beside.read.plan_id == plan_id:
            return beside
        nameless = plan_id is None or self._old_ids[plan_id] > 1
        if beside and nameless and beside.read.plan_id not in self._old_ids:
            return beside
        return None if plan_id is None else self._by_id.get(plan_id)


def edit_problems(
    old: Sequence[Version], new: Sequence[Version], *, removed: Iterable[str] = ()
) -> list[Problem]:
    """What the rules on edits say of the way from some old versions to the new ones.

    Only files that differ need be given. `removed` are the files that are there no longer, and
    whose plans should be among the new ones under another name. A new version with an error is
    not compared: its errors are listed anyway.
    """
    versions = _Versions(old, new)
    gone = set(removed)
    problems: list[Problem] = []
    for was in old:
        now = versions.of(was)
        if now is not None:
            problems += _compared(was, now)
        elif was.file in versions.by_file:
            problems += _replaced(was, versions.by_file[was.file])
        elif was.file in gone:
            problems.append(_removed(was))
    return problems


def _compared(was: Version, now: Version) -> list[Problem]:
    """The problems of a plan that is still there."""
    loaded = now.read.loaded
    if loaded is None:
        return []
    if was.read.mended is None:
        message = "the earlier version of this plan can't be read, so nothing can be compared"
        hint = "compare with an older version that can be read: --against REVISION"
        plan_id = loaded.plan.id
        return [Problem(now.file, 1, 1, "not-compared", "error", message, hint, plan=plan_id)]
    edit = PlanEdit(was.read.mended, loaded, was.read.lost)
    subject = subject_of(loaded.plan)
    refs = {placed_action.path: placed_action.action.ref for placed_action in subject.actions}
    problems = []
    for rule in PLAN_RULES:
        for fault in rule(edit):
            ref = refs.get(fault.path[:4])
            problem = placed(loaded.file, loaded.places, fault, ref)
            problems.append(problem._replace(plan=loaded.plan.id))
    return in_order(problems)


def _replaced(was: Version, now: Version) -> list[Problem]:
    """The problem of a plan in whose file there is another plan, if it is known which."""
    old, new = was.read.plan_id, now.read.plan_id
    if new is None:
        return []
    name, hint = "the plan", "put it back, in a file of its own"
    if old is not None:
        name = f"the plan {quoted(old)}"
        hint = f"write 'id: {brief(old)}' again: a plan keeps its id for as long as it lasts"
    message = f"{name} that stood in this file is gone; it has now the id {quoted(new)}"
    place = now.read.id_place
    return [Problem(now.file, *place, "plan-removed", "error", message, hint, new, plan=old)]


def _removed(was: Version) -> Problem:
    plan_id = was.read.plan_id
    name = f"the plan {quoted(plan_id)}" if plan_id else "the plan"
    message = f"{name} that stood in {visible(was.file)} is gone"
    hint = "put the file back; a plan that has ended stays, with 'closed:' and the day"
    return Problem(was.file, 1, 1, "plan-removed", "error", message, hint, plan=plan_id)


def action_rules(edit: PlanEdit) -> Iterator[Fault]:
    """What the rules on actions say of each action, of a new one too."""
    before = defaultdict(list)
    for old in edit.old_actions():
        before[old.action.ref].append(old)
    ladder = edit.ladder
    for path, now in subject_of(edit.new.plan).actions:
        same = before.get(now.ref)
        if same is None:
            yield from new_action_faults(path, now, edit.new.plan.rag)
            continue
        # two actions with one ref were an error; the one that kept it is known by its words
        kept = next((one for one in same if same_action(one.action.text, now.text)), same[0])
        was = kept.beside(now)
        if was != now or not ladder.same:
            yield from action_faults(ActionEdit(path, was, now, ladder))


def action_removed(edit: PlanEdit) -> Iterator[Fault]:
    """An action that was there, at the objective it stood under if that is still there."""
    plan = edit.new.plan
    before = sorted(edit.old_actions(), key=lambda old: ref_key(old.action.ref))
    new = {placed.action.ref: placed for placed in subject_of(plan).actions}
    added = new.keys() - {old.action.ref for old in before}
    by_words = {one_line(new[ref].action.text): new[ref] for ref in sorted(added)}
    objectives = {objective.ref: number for number, objective in enumerate(plan.objectives)}
    for old in before:
        ref, words = old.action.ref, old.text
        if ref in new:
            continue
        if words in by_words:
            yield _renamed(ref, by_words[words])
            continue
        objective = edit.old.objectives[int(old.path[1])].ref
        where = objectives.get(objective)
        under = "" if is_stand_in(objective) else f" under objective {brief(objective)}"
        message = f"{brief(ref)}{f' ({brief(words)})' if words else ''} was{under} and is gone"
        hint = "put it back with 'withdrawn: {on: …, reason: …}': it then leaves the totals"
        path: Path = ("objectives",)
        if where is not None:
            path = ("objectives", where, *(("actions",) if plan.objectives[where].actions else ()))
        at_name = len(path) != 2
        yield Fault(path, "action-removed", message, hint, ref, at_name=at_name)


def _renamed(ref: str, now: Placed) -> Fault:
    message = f"{brief(ref)} is gone, and its words stand here as {brief(now.action.ref)}"
    hint = f"write {quoted(ref)} again: an action keeps its ref as long as the plan lasts"
    return Fault((*now.path, "ref"), "action-removed", message, hint, now.action.ref)


def scheme_changed(edit: PlanEdit) -> Iterator[Fault]:
    """Another scheme, or other ratings in it."""
    old, new = edit.ladder
    if old == new:
        return
    was = {rating.key: rating for rating in old.ratings}
    now = {rating.key: rating for rating in new.ratings}
    changes = [f"{quoted(was[key].rating)} is gone" for key in was if key not in now]
    changes += [f"{quoted(now[key].rating)} is new" for key in now if key not in was]
    changes += [
        f"{quoted(key)} counted as {_words(was[key].counts_as)} and counts now as "
        f"{_words(now[key].counts_as)}"
        for key in was
        if key in now and was[key].counts_as != now[key].counts_as
    ]
    changes += [
        f"{quoted(key)} needs {' and '.join(now[key].needs) or 'nothing'} now, and needed "
        f"{' and '.join(was[key].needs) or 'nothing'}"
        for key in was
        if key in now and set(was[key].needs) != set(now[key].needs)
    ]
    if len(changes) > MAX_CHANGES:
        changes[MAX_CHANGES:] = [f"and {len(changes) - MAX_CHANGES} more changes"]
    said = "; ".join(changes) or "its words or its order"
    message = f"the RAG scheme changed: {said}"
    yield Fault(("rag",), "scheme-changed", message, "look whether it is meant", at_name=True)


def _words(standing: str) -> str:
    return standing.replace("_", " ")


def plan_closed(edit: PlanEdit) -> Iterator[Fault]:
    """A day from which the gate leaves the plan alone."""
    old, new = edit.old.closed, edit.new.plan.closed
    if new is None or new == old or edit.lost_at("closed"):
        return
    before = f" (before: from {old})" if old else ""
    message = f"from {new} on, nothing in this plan can fail the gate{before}"
    hint = "look whether the board has agreed to close the plan"
    yield Fault(("closed",), "plan-closed", message, hint, new.isoformat())


def record_changed(edit: PlanEdit) -> Iterator[Fault]:
    """Another partner under a code, another lead, date of the plan, risk or finding."""
    return record_faults(edit.old, edit.new.plan, edit.lost)


PLAN_RULES: tuple[Callable[[PlanEdit], Iterator[Fault]], ...] = (
    action_rules,
    action_removed,
    scheme_changed,
    plan_closed,
    record_changed,
)
"""Every rule on the edit of a plan; those on its actions are in `action_edits.py`."""
