"""The id of a plan, from the text of its file."""

from __future__ import annotations

import re

from jtai_cli.plan.load import load_plan

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
    return load_plan("", content).plan_id
