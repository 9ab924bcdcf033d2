"""Rules on the edit of one action, each a small function in one tuple."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from jtai_cli.plan.fault import Fault, Path
from jtai_cli.plan.problem import brief, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jtai_cli.facts.ladder import Ladder
    from jtai_cli.plan.model import Action, Update

# Two wordings are of one action when they share this much of their words, or of the shorter one's:
# of all pairs of different actions in the two real plans, 99 in 100 share less.
SAME_WORDS = 0.4
SAME_WORDS_OF_THE_SHORTER = 0.75

_WHY = "add an entry to its 'updates' that says why"


class ActionEdit(NamedTuple):
    """An action before and after an edit, and its path in the new version of the plan."""

    path: Path
    old: Action
    new: Action
    ladder: Ladder

    @property
    def explained(self) -> bool:
        """Whether the edit adds an update."""
        return len(self.new.updates) > len(_kept(self.old.updates, self.new.updates))

    @property
    def counts(self) -> bool:
        """Whether the action is in the plan, neither withdrawn before nor after."""
        return self.old.withdrawn is None and self.new.withdrawn is None

    def fault(self, field: str, rule: str, message: str, hint: str, value: object = None) -> Fault:
        """A fault at a field of the action; the message begins with its ref."""
        said = f"{brief(self.new.ref)} {message}"
        written = None if value is None else str(value)
        return Fault((*self.path, field), rule, said, hint, written)


def _kept(old: tuple[Update, ...], new: tuple[Update, ...]) -> list[Update]:
    """The old entries that the new log still has, in their order."""
    kept = []
    rest = iter(new)
    for update in old:
        held = list(rest)
        found = next((number for number, each in enumerate(held) if _same(update, each)), None)
        if found is None:
            rest = iter(held)
        else:
            kept.append(update)
            rest = iter(held[found + 1 :])
    return kept


def _same(one: Update, other: Update) -> bool:
    """Whether two entries say the same; how their lines are broken makes no difference."""
    return (one.on, one.by, one.text.split()) == (other.on, other.by, other.text.split())


def due_moved_later(edit: ActionEdit) -> Iterator[Fault]:
    """A later date without an update."""
    old, new = edit.old.due, edit.new.due
    if edit.counts and old and new and new > old and not edit.explained:
        days = (new - old).days
        message = f"was due {old} and is now due {new}, {_days(days)} later, without a reason"
        yield edit.fault("due", "due-moved-later", message, _WHY, new)


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number:,} days"


def due_moved_earlier(edit: ActionEdit) -> Iterator[Fault]:
    """An earlier date."""
    old, new = edit.old.due, edit.new.due
    if edit.counts and old and new and new < old:
        message = f"was due {old} and is now due {new}, {_days((old - new).days)} earlier"
        yield edit.fault("due", "due-moved-earlier", message, "look whether it is meant", new)


def due_removed(edit: ActionEdit) -> Iterator[Fault]:
    """No date any more."""
    if edit.counts and edit.old.due and edit.new.due is None:
        message = f"was due {edit.old.due} and has no due date now"
        hint = f"write 'due: {edit.old.due}' again, or the new date with an update that says why"
        yield edit.fault("due", "due-removed", message, hint)


def ref_reused(edit: ActionEdit) -> Iterator[Fault]:
    """The ref of an action on another one."""
    if not _same_action(edit.old.text, edit.new.text):
        message = f"was {quoted(edit.old.text)} and is now {quoted(edit.new.text)}"
        hint = "give the new action a ref of its own, and put the old one back as 'withdrawn'"
        yield edit.fault("ref", "ref-reused", message, hint, edit.new.ref)


def _same_action(old: str, new: str) -> bool:
    if old == new:
        return True
    was, now = _word_counts(old), _word_counts(new)
    shared = (was & now).total()
    shorter = min(was.total(), now.total())
    of_both = 2 * shared / max(1, was.total() + now.total())
    return of_both >= SAME_WORDS or shared >= SAME_WORDS_OF_THE_SHORTER * shorter > 0


def _word_counts(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))


def text_changed(edit: ActionEdit) -> Iterator[Fault]:
    """Other words for the action, or for what measures its success."""
    old, new = edit.old, edit.new
    if old.text.split() != new.text.split() and _same_action(old.text, new.text):
        was, now = _around_change(old.text, new.text)
        message = f"said {quoted(was)} and says now {quoted(now)}"
        yield edit.fault("text", "text-changed", message, "look whether it is meant", new.text)
    gone = [measure for measure in old.measures if measure not in new.measures]
    if gone:
        message = f"no longer has the success measure {quoted(gone[0])}"
        yield edit.fault("measures", "text-changed", message, "look whether it is meant")


def _around_change(old: str, new: str) -> tuple[str, str]:
    """What differs between two texts, with a few words of what stands before."""
    was, now = old.split(), new.split()
    pairs = zip(was, now, strict=False)
    first = next((number for number, (a, b) in enumerate(pairs) if a != b), min(len(was), len(now)))
    start = max(0, first - 3)
    lead = "… " if start else ""
    return lead + " ".join(was[start:]), lead + " ".join(now[start:])


def completed_without_evidence(edit: ActionEdit) -> Iterator[Fault]:
    """Complete now, and nothing shows it."""
    was, now = edit.ladder.complete(edit.old.progress, edit.new.progress)
    if edit.counts and now and not was and not edit.new.evidence:
        message = f"was {_rated(edit.old.progress)} and is now {_rated(edit.new.progress)}, "
        message += "with no evidence"
        hint = "list under 'evidence' what shows that it was done"
        yield edit.fault("progress", "completed-without-evidence", message, hint, edit.new.progress)


def _rated(written: str | None) -> str:
    return f"rated {quoted(written)}" if written else "not rated"


def reopened(edit: ActionEdit) -> Iterator[Fault]:
    """Complete or withdrawn before, open now, and no update."""
    if edit.explained or edit.new.withdrawn:
        return
    was, now = edit.ladder.complete(edit.old.progress, edit.new.progress)
    if edit.old.withdrawn:
        message = f"was withdrawn on {edit.old.withdrawn.on} and is in the plan again"
        yield edit.fault("ref", "reopened", f"{message}, without a reason", _WHY)
    elif was and not now:
        message = f"was {_rated(edit.old.progress)} and is now {_rated(edit.new.progress)}"
        yield edit.fault(
            "progress", "reopened", f"{message}, without a reason", _WHY, edit.new.progress
        )


def rating_improved_without_update(edit: ActionEdit) -> Iterator[Fault]:
    """A better progress rating, and no update."""
    if edit.counts and not edit.explained and _move(edit) > 0:
        message = f"was {_rated(edit.old.progress)} and is now {_rated(edit.new.progress)}, "
        message += "without an update"
        hint = "add an entry to its 'updates' that says what has been done"
        yield edit.fault(
            "progress", "rating-improved-without-update", message, hint, edit.new.progress
        )


def rating_worsened_without_update(edit: ActionEdit) -> Iterator[Fault]:
    """A worse progress rating, and no update; what was complete is `reopened`."""
    was, now = edit.ladder.complete(edit.old.progress, edit.new.progress)
    if edit.counts and not edit.explained and _move(edit) < 0 and was == now:
        message = f"was {_rated(edit.old.progress)} and is now {_rated(edit.new.progress)}, "
        message += "without an update"
        yield edit.fault(
            "progress", "rating-worsened-without-update", message, _WHY, edit.new.progress
        )


def _move(edit: ActionEdit) -> int:
    return edit.ladder.move(edit.old.progress, edit.new.progress)


def impact_improved_without_evidence(edit: ActionEdit) -> Iterator[Fault]:
    """A better impact rating, and nothing new that shows it."""
    added = [one for one in edit.new.evidence if one not in edit.old.evidence]
    move = edit.ladder.move(edit.old.impact, edit.new.impact)
    if edit.counts and move > 0 and not added:
        message = f"had its impact {_rated(edit.old.impact)}, and has it now "
        message += f"{_rated(edit.new.impact)}, with no evidence added"
        hint = "add to 'evidence' what shows the difference that it made"
        yield edit.fault(
            "impact", "impact-improved-without-evidence", message, hint, edit.new.impact
        )


def update_rewritten(edit: ActionEdit) -> Iterator[Fault]:
    """An entry of the log that is no longer what it was."""
    kept = _kept(edit.old.updates, edit.new.updates)
    lost = [update for update in edit.old.updates if update not in kept]
    for update in lost:
        message = f"no longer has its update of {update.on} as it was: {quoted(update.text)}"
        hint = "put the entry back, and add a new one that corrects it"
        yield edit.fault("updates", "update-rewritten", message, hint)


def owner_changed(edit: ActionEdit) -> Iterator[Fault]:
    """Other owners."""
    old, new = edit.old.owners, edit.new.owners
    if edit.counts and set(old) != set(new):
        message = f"was owned by {_names(old)} and is now owned by {_names(new)}"
        hint = "look whether it is meant, and whether the owners know"
        yield edit.fault("owners", "owner-changed", message, hint)


def _names(codes: tuple[str, ...]) -> str:
    return brief(", ".join(codes)) or "nobody"


ACTION_RULES: tuple[Callable[[ActionEdit], Iterator[Fault]], ...] = (
    ref_reused,
    text_changed,
    owner_changed,
    due_moved_later,
    due_moved_earlier,
    due_removed,
    completed_without_evidence,
    reopened,
    rating_improved_without_update,
    rating_worsened_without_update,
    impact_improved_without_evidence,
    update_rewritten,
)
"""Every rule on the edit of an action."""
