"""Why a share moved, as a sum that a reader can follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jtai_cli.report.cells import share_in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jtai_cli.facts.ends import Key
    from jtai_cli.facts.movement import Moved, Movement, Way
    from jtai_cli.report.cells import Cell

_WORDS: dict[Way, str] = {
    "fell": "fell",
    "rose": "rose",
    "added": "added",
    "reinstated": "in the plan again",
    "joined": "now among these",
    "withdrawn": "withdrawn",
    "vanished": "vanished",
    "left": "no longer among these",
}


def movement_cells(
    movement: Movement, name: str, ref: Callable[[Key], str] | None
) -> tuple[Cell, ...]:
    """A share at both ends with what moved it, and the sum; `ref` writes refs, if they are named.

    "2 of 20 (10%) → 3 of 22 (14%): 1 fell (4.1), 1 rose (2.1), 2 added (7.3, 7.4; of them 1
    complete)", and "2 − 1 + 1 + 1 = 3 complete; 20 + 2 = 22 actions".
    """
    moved = [one for one in movement.moved if one.keys]
    before, after = movement.before, movement.after
    if not moved:
        return (f"{share_in_words(after)}, as before",)
    # of a plan that came or went whole, nobody reads every ref
    whole = before.of == 0 or after.of == 0
    ways = ", ".join(_in_words(one, name, _refs(one, ref, whole=whole)) for one in moved)
    parts = _sum(before.part, [(one, one.part) for one in moved], after.part)
    actions = _sum(before.of, [(one, one.of) for one in moved if one.of], after.of)
    return (
        f"{share_in_words(before)} → {share_in_words(after)}: {ways}",
        f"{parts} {name}; {actions} {'action' if after.of == 1 else 'actions'}",
    )


def _refs(moved: Moved, ref: Callable[[Key], str] | None, *, whole: bool) -> list[str]:
    if ref is None:
        return []
    return ["all" if whole else ", ".join(map(ref, moved.keys))]


def _in_words(moved: Moved, name: str, refs: Sequence[str]) -> str:
    """So many moved in one way, which they are, and how many of them count."""
    details = [*refs, _counting(moved, name)] if moved.of else refs
    said = f"{len(moved.keys)} {_WORDS[moved.way]}"
    return f"{said} ({'; '.join(details)})" if details else said


def _counting(moved: Moved, name: str) -> str:
    """How many of those that came or went count; of a single one, whether it does."""
    if len(moved.keys) == 1:
        return name if moved.counting else f"not {name}"
    return f"of them {moved.counting or 'none'} {name}"


def _sum(before: int, terms: Sequence[tuple[Moved, int]], after: int) -> str:
    """A sum with each of its terms; of what took nothing away, that it took nothing away."""
    signed = [
        f" {'−' if term < 0 or (term == 0 and one.of < 0) else '+'} {abs(term)}"
        for one, term in terms
    ]
    return f"{before}{''.join(signed)} = {after}" if signed else f"still {after}"
