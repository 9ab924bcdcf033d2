"""Two versions of a plan beside each other: which belong together, and which actions in them."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from jtai_cli.facts.ladder import Ladder
from jtai_cli.facts.wording import one_line
from jtai_cli.plan.model import Action
from jtai_cli.plan.subject import subject_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence, Set

    from jtai_cli.plan.fault import Path
    from jtai_cli.plan.load import LoadedPlan, Read
    from jtai_cli.plan.model import Plan, Update


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
    """A plan before and after; of the one before, what could be read, and where it could not.

    `last_day` is the last one of which an update may speak as a reason.
    """

    old: Plan
    new: LoadedPlan
    lost: frozenset[Path] = frozenset()
    last_day: dt.date = dt.date.max

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


class Versions:
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
