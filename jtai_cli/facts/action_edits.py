"""Rules on the edit of one action, each a small function in one tuple."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from jtai_cli.facts.reasons import misdated, reasons, said
from jtai_cli.facts.wording import (
    around_change,
    one_line,
    same_action,
    says_something,
    words_of,
)
from jtai_cli.plan.fault import Fault, Path
from jtai_cli.plan.problem import brief, quoted
from jtai_cli.plan.stand_ins import is_stand_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jtai_cli.facts.ladder import Ladder
    from jtai_cli.plan.model import Action
    from jtai_cli.plan.scheme import Scheme

_WHY = "add an entry to its 'updates' that says why: '- {on: …, by: …, text: …}'"
_CHECK = "check with those who own the action that it is meant"


class ActionEdit(NamedTuple):
    """An action before and after an edit, and its path in the new version of the plan."""

    path: Path
    old: Action
    new: Action
    ladder: Ladder
    last_day: dt.date = dt.date.max

    @property
    def explained(self) -> bool:
        """Whether the edit adds an update that gives a reason."""
        return bool(reasons(self.old, self.new, self.last_day))

    @property
    def misdated(self) -> str | None:
        """A hint to a new update that would give the reason, were it dated otherwise."""
        return misdated(self.old, self.new, self.last_day)

    def ratings(self, before: str | None, after: str | None) -> tuple[str, str]:
        """How a rating was and is, in words."""
        old, new = self.ladder
        return _rated(before, self.ladder, old), _rated(after, self.ladder, new)

    def fault(self, field: str, rule: str, message: str, hint: str, value: object = None) -> Fault:
        """A fault at a field of the action; the message begins with its ref."""
        whole = f"{brief(self.new.ref)} {message}"
        written = None if value is None else str(value)
        return Fault((*self.path, field), rule, whole, hint, written)


def _rated(written: str | None, ladder: Ladder, scheme: Scheme) -> str:
    """A rating in words, with what it counts as where that may have changed."""
    if written is None:
        return "not rated"
    rating = None if ladder.same else scheme.find(written)
    counts_as = f" ({rating.counts_as.replace('_', ' ')})" if rating else ""
    return f"rated {quoted(written)}{counts_as}"


def due_moved_later(edit: ActionEdit) -> Iterator[Fault]:
    """A later date without an update."""
    old, new = edit.old.due, edit.new.due
    if old and new and new > old and not edit.explained:
        days = (new - old).days
        message = f"was due {old} and is now due {new}, {_days(days)} later, without a reason"
        yield edit.fault("due", "due-moved-later", message, edit.misdated or _WHY, new)


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number:,} days"


def due_moved_earlier(edit: ActionEdit) -> Iterator[Fault]:
    """An earlier date."""
    old, new = edit.old.due, edit.new.due
    if old and new and new < old:
        message = f"was due {old} and is now due {new}, {_days((old - new).days)} earlier"
        yield edit.fault("due", "due-moved-earlier", message, _CHECK, new)


def due_removed(edit: ActionEdit) -> Iterator[Fault]:
    """No date any more; that of a withdrawn action stays on record too."""
    if edit.old.due and edit.new.due is None:
        message = f"was due {edit.old.due} and has no due date now"
        hint = f"write 'due: {edit.old.due}' again, or the new date with an update that says why"
        yield edit.fault("due", "due-removed", message, hint)


def ref_reused(edit: ActionEdit) -> Iterator[Fault]:
    """The ref of an action on another one."""
    if not same_action(edit.old.text, edit.new.text):
        message = f"was {quoted(edit.old.text)} and is now {quoted(edit.new.text)}"
        hint = "give the new action a ref of its own, and put the old one back as 'withdrawn'"
        yield edit.fault("ref", "ref-reused", message, hint, edit.new.ref)


def text_changed(edit: ActionEdit) -> Iterator[Fault]:
    """Other words for the action, or for what measures its success."""
    old, new = edit.old, edit.new
    if old.text.split() != new.text.split() and same_action(old.text, new.text):
        was, now = around_change(old.text, new.text)
        message = f"said {quoted(was)} and says now {quoted(now)}"
        yield edit.fault("text", "text-changed", message, _CHECK, new.text)
    kept = set(map(one_line, new.measures))
    gone = [measure for measure in old.measures if one_line(measure) not in kept]
    if gone:
        more = f", nor {len(gone) - 1:,} more" if len(gone) > 1 else ""
        message = f"no longer has the success measure {quoted(gone[0])}{more}"
        yield edit.fault("measures", "text-changed", message, _CHECK)


def completed_without_evidence(edit: ActionEdit) -> Iterator[Fault]:
    """Complete now, and nothing shows it, or nothing any more."""
    old, new = edit.old.progress, edit.new.progress
    was, now = edit.ladder.complete(old, new)
    if not now or _shown(edit.new):
        return
    hint = "list under 'evidence' what shows that it was done"
    if not was:
        message = "was {} and is now {}, with no evidence".format(*edit.ratings(old, new))
        yield edit.fault("progress", "completed-without-evidence", message, hint, new)
    elif _shown(edit.old):
        message = f"is {edit.ratings(old, new)[1]}, and its evidence is gone"
        yield edit.fault("evidence", "completed-without-evidence", message, hint)


def _shown(action: Action) -> bool:
    """Whether an action has evidence; what only keeps the place of some is none."""
    return any(map(says_something, action.evidence))


def reopened(edit: ActionEdit) -> Iterator[Fault]:
    """Complete or withdrawn before, open now, and no update."""
    if edit.explained:
        return
    old, new = edit.old.progress, edit.new.progress
    was, now = edit.ladder.complete(old, new)
    if edit.old.withdrawn and not edit.new.withdrawn:
        message = f"was withdrawn on {edit.old.withdrawn.on} and is in the plan again"
        yield edit.fault("ref", "reopened", f"{message}, without a reason", edit.misdated or _WHY)
    elif was and not now:
        message = "was {} and is now {}, without a reason".format(*edit.ratings(old, new))
        yield edit.fault("progress", "reopened", message, edit.misdated or _WHY, new)


def rating_improved_without_update(edit: ActionEdit) -> Iterator[Fault]:
    """A better progress rating, and no update."""
    old, new = edit.old.progress, edit.new.progress
    if not edit.explained and edit.ladder.move(old, new) > 0:
        message = "was {} and is now {}, without an update".format(*edit.ratings(old, new))
        hint = "add an entry to its 'updates': '- {on: …, by: …, text: what has been done}'"
        hint = edit.misdated or hint
        yield edit.fault("progress", "rating-improved-without-update", message, hint, new)


def rating_worsened_without_update(edit: ActionEdit) -> Iterator[Fault]:
    """A worse progress rating, and no update.

    What was complete is `reopened`, and a first rating can't be worse than none.
    """
    old, new = edit.old.progress, edit.new.progress
    was, now = edit.ladder.complete(old, new)
    if old is None or edit.explained or was != now:
        return
    if edit.ladder.move(old, new) < 0:
        message = "was {} and is now {}, without an update".format(*edit.ratings(old, new))
        hint = edit.misdated or _WHY
        yield edit.fault("progress", "rating-worsened-without-update", message, hint, new)


def impact_improved_without_evidence(edit: ActionEdit) -> Iterator[Fault]:
    """A better impact rating, and nothing new that shows it; for a first one, nothing at all."""
    old, new = edit.old.impact, edit.new.impact
    if edit.ladder.move(old, new) <= 0 or (old is None and _shown(edit.new)):
        return
    was, now = (
        set(map(words_of, filter(says_something, action.evidence)))
        for action in (edit.old, edit.new)
    )
    if len(now - was) <= len(was - now):
        message = "had its impact {}, and has it now {}, with no evidence added".format(
            *edit.ratings(old, new)
        )
        hint = "add to 'evidence' what shows the difference that it made"
        yield edit.fault("impact", "impact-improved-without-evidence", message, hint, new)


def update_rewritten(edit: ActionEdit) -> Iterator[Fault]:
    """An entry of the log that is no longer what it was."""
    kept = set(map(said, edit.new.updates))
    for update in edit.old.updates:
        if said(update) not in kept:
            message = f"no longer has its update of {update.on} as it was: {quoted(update.text)}"
            hint = "put the entry back, and add a new one that corrects it"
            yield edit.fault("updates", "update-rewritten", message, hint)


def evidence_removed(edit: ActionEdit) -> Iterator[Fault]:
    """Evidence that is there no longer, or not as it was."""
    kept = set(map(words_of, edit.new.evidence))
    old = [one for one in edit.old.evidence if says_something(one) and not is_stand_in(one)]
    gone = [one for one in old if words_of(one) not in kept]
    if gone:
        message = f"no longer has the evidence {quoted(gone[0])}"
        yield edit.fault("evidence", "evidence-removed", message, _CHECK)


def action_withdrawn(edit: ActionEdit) -> Iterator[Fault]:
    """An action that leaves the totals, or that left them on another day or for another reason."""
    was, now = edit.old.withdrawn, edit.new.withdrawn
    if now and (was is None or (was.on, was.reason.split()) != (now.on, now.reason.split())):
        before = f" (before: on {was.on}, {quoted(was.reason)})" if was else ""
        message = f"leaves the totals on {now.on}: {quoted(now.reason)}{before}"
        hint = "check with the board that it has agreed to withdraw it"
        yield edit.fault("withdrawn", "action-withdrawn", message, hint)


def owner_changed(edit: ActionEdit) -> Iterator[Fault]:
    """Other owners."""
    old, new = edit.old.owners, edit.new.owners
    if set(old) != set(new):
        message = f"was owned by {_names(old)} and is now owned by {_names(new)}"
        hint = "check with the owners, old and new, that it is meant"
        yield edit.fault("owners", "owner-changed", message, hint)


def _names(codes: tuple[str, ...]) -> str:
    return brief(", ".join(codes)) or "nobody"


ACTION_RULES: tuple[Callable[[ActionEdit], Iterator[Fault]], ...] = (
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
    evidence_removed,
    action_withdrawn,
)
"""Every rule on the edit of an action; `ref_reused` comes before them: see `action_faults`."""


def action_faults(edit: ActionEdit) -> Iterator[Fault]:
    """What the rules say of the edit of an action.

    Where the ref is that of another action now, there is nothing to compare but the two wordings.
    """
    if edit.new.withdrawn:
        edit = edit._replace(new=_as_it_was(edit.old, edit.new))
    reused = list(ref_reused(edit))
    yield from reused or (fault for rule in ACTION_RULES for fault in rule(edit))


def _as_it_was(old: Action, new: Action) -> Action:
    """A withdrawn action; what it no longer says, its date apart, is taken to be as it was.

    A withdrawal gives its own reason for going, and none for what else would change with it.
    """
    fields = ("progress", "impact", "owners", "measures", "evidence")
    return new.model_copy(update={f: getattr(old, f) for f in fields if not getattr(new, f)})


def new_action_faults(path: Path, action: Action, scheme: Scheme) -> Iterator[Fault]:
    """What the rules say of an action that was not there: it may not be complete on arrival."""
    progress, impact = scheme.find(action.progress), scheme.find(action.impact)
    if _shown(action):
        return
    hint = "list under 'evidence' what shows that it was done"
    if progress and progress.counts_as == "complete":
        message = f"{brief(action.ref)} is new, and complete already, with no evidence"
        where = (*path, "progress")
        yield Fault(where, "completed-without-evidence", message, hint, action.progress)
    if impact and impact.counts_as in ("complete", "on_track"):
        message = f"{brief(action.ref)} is new, and its impact is good already, with no evidence"
        where = (*path, "impact")
        yield Fault(where, "impact-improved-without-evidence", message, hint, action.impact)
