"""Plan ids: which file has which, and which of them is used twice."""

from __future__ import annotations

import re

from jtai_cli.plan.problem import Problem, quoted, visible

_TOP_ID = re.compile(
    rb"""^(?:id|"id"|'id'):[ \t]+"""
    rb"""(?:"([^"\r\n]*)"|'([^'\r\n]*)'|([A-Za-z0-9._-]+))[ \t]*(?:\#[^\r\n]*)?\r?$""",
    re.MULTILINE,
)


def id_in(content: bytes) -> str | None:
    """The id that stands at the left margin of a plan file, by a look at that line only."""
    found = _TOP_ID.search(content)
    return next(filter(None, found.groups())).decode(errors="replace") if found else None


class PlanIds:
    """Which file each plan id was first seen in."""

    def __init__(self) -> None:
        self._files: dict[str, str] = {}

    def note(self, name: str, plan_id: str | None) -> None:
        """Remember the id of a file that is not looked at itself."""
        if plan_id is not None:
            self._files.setdefault(plan_id, name)

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
