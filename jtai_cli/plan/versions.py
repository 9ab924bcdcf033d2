"""A plan as one text has it, in the parts that it shares with other versions of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jtai_cli.plan.model import Action, Objective, Plan


class PlanVersion:
    """A version of a plan: its frame, which is the plan without any action, and its actions.

    Versions that one reader has read share the objects in which they are equal: compare these by
    `is` first. `actions` has those of each objective, in the order they stand.
    """

    __slots__ = ("_plan", "actions", "frame")

    def __init__(self, frame: Plan, actions: tuple[tuple[Action, ...], ...]) -> None:
        self.frame = frame
        self.actions = actions
        self._plan: Plan | None = None

    @property
    def id(self) -> str:
        """The plan's id."""
        return self.frame.id

    @property
    def plan(self) -> Plan:
        """The plan, whole; put together when it is first asked for."""
        if self._plan is None:
            pairs = zip(self.frame.objectives, self.actions, strict=True)
            objectives = tuple(
                objective.model_copy(update={"actions": actions}) for objective, actions in pairs
            )
            self._plan = self.frame.model_copy(update={"objectives": objectives})
        return self._plan

    def placed(self) -> Iterator[tuple[Objective, Action]]:
        """Each action, with the objective of the frame that it stands under."""
        for objective, actions in zip(self.frame.objectives, self.actions, strict=True):
            for action in actions:
                yield objective, action


def version_of(plan: Plan) -> PlanVersion:
    """The version that a whole plan is."""
    objectives = tuple(
        objective.model_copy(update={"actions": ()}) for objective in plan.objectives
    )
    frame = plan.model_copy(update={"objectives": objectives})
    return PlanVersion(frame, tuple(objective.actions for objective in plan.objectives))
