"""Plan ids: which file has which, and which of them is used twice."""

from __future__ import annotations

import re

from jtai_cli.plan.problem import Problem, quoted, visible

# Nothing but comments, empty lines and fields of one plain word or sentence stands above the id.
_TOP_ID = re.compile(
    rb"""\A(?:\xef\xbb\xbf)?(?:---[ \t]*\r?\n)?"""
    rb"""(?:[ \t]*(?:\#[^\r\n]*)?\r?\n|[a-z_]+:[ ][A-Za-z0-9][\w ,.()-]*\r?\n)*"""
    rb"""id:[ ]+(?:"([^"\\\r\n]+)"|'([^'\r\n]+)'|([A-Za-z0-9._-]+))[ \t]*(?:[ ]\#[^\r\n]*)?\r?\n""",
)


def id_in(content: bytes) -> str | None:
    """The id of a plan, by a look at its first lines where these leave no doubt.

    Elsewhere the whole of it is read: what looks like the line of an id may be part of a text.
    """
    found = _TOP_ID.match(content)
    if found:
        written: bytes = next(filter(None, found.groups()))
        return written.decode(errors="replace")
    # only a file that is laid out in an odd way needs it
    from jtai_cli.plan.load import load_plan

    return load_plan("", content).plan_id


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
