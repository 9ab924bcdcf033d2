"""What became of actions between two moments: better, worse, the same, come or gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from jtai_cli.facts.ends import pairs
from jtai_cli.facts.ladder import Ladder
from jtai_cli.plan.refs import ref_key

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from jtai_cli.facts.ends import Key, Pair
    from jtai_cli.facts.records import Record
    from jtai_cli.facts.select import Wanted

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
"""How an action stands against an earlier moment: by its rating, or by coming or going."""

MOVES: tuple[Move, ...] = get_args(Move)


def moved_between(
    before: Sequence[Record],
    now: Sequence[Record],
    wanted: Wanted,
    of: Of,
    reused: Collection[Key] | None = None,
) -> dict[Move, tuple[str, ...]]:
    """What became of the actions of a plan that are asked for, then or now; their refs by move.

    Both are all actions of the plan, withdrawn ones included. `reused` is as in `pairs`.
    """
    moves: dict[Move, list[str]] = {move: [] for move in MOVES}
    for pair in pairs(before, now, wanted, reused):
        move = pair.coming or pair.going or _step(pair, of)
        record = pair.now or pair.was
        if move and record:
            moves[move].append(record.action.ref)
    return {move: tuple(sorted(refs, key=ref_key)) for move, refs in moves.items()}


def _step(pair: Pair, of: Of) -> Move | None:
    """What became of the rating of an action; None where it counts at neither moment."""
    was, now = pair.was, pair.now
    if was is None or now is None or not all(pair.counted):
        return None
    ratings = (getattr(record.action, of) for record in (was, now))
    step = Ladder(was.plan.rag, now.plan.rag).move(*ratings)
    if step == 0:
        return "unchanged"
    return "improved" if step > 0 else "worsened"
