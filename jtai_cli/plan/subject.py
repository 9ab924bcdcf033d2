"""A plan as rules look at it: with the path of each of its objectives and actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jtai_cli.plan.fault import Path
    from jtai_cli.plan.model import Action, Objective, Plan


class Placed(NamedTuple):
    """An action with the path it stands at."""

    path: Path
    action: Action


class Subject(NamedTuple):
    """What rules look at: a plan, and its actions with their paths, in the order they stand."""

    plan: Plan
    actions: list[Placed]

    def objectives(self) -> Iterator[tuple[Path, Objective]]:
        """The objectives with their paths."""
        for number, objective in enumerate(self.plan.objectives):
            yield ("objectives", number), objective


def subject_of(plan: Plan) -> Subject:
    """The plan as rules look at it."""
    return Subject(
        plan,
        [
            Placed(("objectives", o, "actions", a), action)
            for o, objective in enumerate(plan.objectives)
            for a, action in enumerate(objective.actions)
        ],
    )
