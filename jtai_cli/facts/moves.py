"""What became of actions between two moments: better, worse, the same, come or gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from jtai_cli.facts.ladder import Ladder
from jtai_cli.facts.select import Wanted, concerns
from jtai_cli.facts.wording import same_action
from jtai_cli.plan.refs import ref_key

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from jtai_cli.facts.records import Record

Of = Literal["progress", "impact"]
"""Which rating is looked at."""

Move = Literal[
    "improved",
    "worsened",
    "unchanged",
    "added",
    "reinstated",
    "joined",
    "withdrawn",
    "vanished",
    "left",
]
"""How an action stands against an earlier moment: by its rating, or by coming or going.

One that "joined" or "left" was in the plan at both, and only now is, or no longer is, among those
that are asked for: it has another owner, perhaps.
"""

MOVES: tuple[Move, ...] = get_args(Move)


def moved_between(
    before: Sequence[Record],
    now: Sequence[Record],
    wanted: Wanted,
    of: Of,
    reused: Collection[str] | None = None,
) -> dict[Move, tuple[str, ...]]:
    """What became of the actions of a plan that are asked for, then or now; their refs by move.

    Both are all actions of the plan, withdrawn ones included. `reused` are the refs that were given
    to other words on the way, None when nobody knows: then the words at both ends decide.
    """
    was = {record.action.ref: record for record in before}
    moves: dict[Move, list[str]] = {move: [] for move in MOVES}
    for record in now:
        ref = record.action.ref
        old = was.get(ref)
        known = reused is not None and ref not in reused
        if old and (known or same_action(old.action.text, record.action.text)):
            del was[ref]
        else:
            old = None
        move = _Pair(old, record, wanted, of).move
        if move:
            moves[move].append(ref)
    moves["vanished"] += [ref for ref, record in was.items() if _counts(record, wanted)]
    return {move: tuple(sorted(refs, key=ref_key)) for move, refs in moves.items()}


class _Pair(NamedTuple):
    """An action that is there now, as it was, if it was, and as it is."""

    was: Record | None
    now: Record
    wanted: Wanted
    of: Of

    @property
    def move(self) -> Move | None:
        """What became of it; None when it counts neither then nor now."""
        counted = self.was is not None and _counts(self.was, self.wanted)
        if not _counts(self.now, self.wanted):
            gone: Move = "withdrawn" if self.now.withdrawn else "left"
            return gone if counted else None
        if self.was is None:
            return "added"
        if not counted:
            return "reinstated" if self.was.withdrawn else "joined"
        return self._step(self.was)

    def _step(self, was: Record) -> Move:
        ratings = (getattr(record.action, self.of) for record in (was, self.now))
        step = Ladder(was.plan.rag, self.now.plan.rag).move(*ratings)
        if step == 0:
            return "unchanged"
        return "improved" if step > 0 else "worsened"


def _counts(record: Record, wanted: Wanted) -> bool:
    return not record.withdrawn and concerns(record, wanted)
