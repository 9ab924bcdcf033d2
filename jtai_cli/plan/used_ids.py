"""Which plan ids are used, and which of them twice."""

from __future__ import annotations

from jtai_cli.plan.problem import Problem, quoted, visible


class PlanIds:
    """Which file each plan id was first seen in."""

    def __init__(self) -> None:
        self._files: dict[str, str] = {}

    def note(self, name: str, plan_id: str | None) -> None:
        """Remember the id of a file that is not looked at itself."""
        if plan_id is not None:
            self._files.setdefault(plan_id, name)

    def has(self, plan_id: str) -> bool:
        """Whether a file with this id was seen."""
        return plan_id in self._files

    def twice(self, name: str, plan_id: str | None, place: tuple[int, int]) -> list[Problem]:
        """The problem of a plan id that an earlier file has, if it does."""
        if plan_id is None:
            return []
        first = self._files.setdefault(plan_id, name)
        if first == name:
            return []
        message = f"the plan id {quoted(plan_id)} is already used in {visible(first)}"
        hint = "give each plan an id of its own"
        rule = "duplicate-plan-id"
        return [Problem(name, *place, rule, "error", message, hint, plan_id)]
