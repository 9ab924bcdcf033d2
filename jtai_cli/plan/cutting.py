"""The text of a plan, cut at its actions, so that what stands in both of two texts is read once.

A text is cut into the items of its lists of `actions` and the heads around these lists. Its
skeleton is the text with a stand-in for each list. That each part alone means what it means in its
place rests on this:

- A cut lies at the beginning of a line. Below the first line of an item each line that is neither
  blank nor a comment is indented deeper than the item's '-'; what follows a list is not.
- Where the skeleton has its stand-ins as the only action of as many objectives, and nowhere else,
  the parser is between the items of a list at each of them: no quotation mark, bracket or block of
  text is open.
- An item that alone is a list of one group leaves nothing open either, and what could go on, an
  unquoted text or a block of text, ends at the less indented line that follows. So at its end the
  parser stands where it stood at its beginning, and at the end of a list where it stood behind the
  stand-in.
- An item is cut into its fields by the same reasoning: see `fields_of`.
- No limit is exceeded by the parts together: `MAX_CUT` sees to that, and a part that has the shape
  of an action is not nested deep.
"""

from __future__ import annotations

import codecs
import re
from functools import lru_cache
from typing import NamedTuple

from jtai_cli.plan.source import MAX_VALUES

STAND_IN = "jtai-stands-for-actions"

# To some parser a tab or U+FEFF is a blank, and a CR ends a line, where they do not to us; and a
# sign of a conflict in one part changes how such signs are looked for in another.
_DOUBTFUL = (b"\t", b"\r", codecs.BOM_UTF8, b"<<<<<<<", b">>>>>>>", b"|||||||")

# A value takes two bytes at least, so that the parts together never have too many of them.
MAX_CUT = 2 * MAX_VALUES

# A field on one line with an unquoted value in which no parser could find anything but letters:
# such as a date, a rating or a code.
_SIMPLE = re.compile(rb" *([a-z_]+): ([A-Za-z0-9](?:[A-Za-z0-9 -]{0,98}[A-Za-z0-9])?)\n*")

# These patterns begin with the line break in front of a line: so they are searched for fast.
_ACTIONS = re.compile(rb"\n[ -]*actions: *(?:#[^\n]*)?\n(?: *(?:#[^\n]*)?\n)*(?=(?P<margin> +)- )")


class Cut(NamedTuple):
    """A text in parts: a head, a list of items, a head, and so on; the last head may be empty.

    The items of a list begin with its margin, which is what indents them, and '- '.
    """

    heads: tuple[bytes, ...]
    margins: tuple[bytes, ...]
    lists: tuple[bytes, ...]

    @property
    def skeleton(self) -> bytes:
        """The text with a stand-in for each list."""
        item = b'- "' + STAND_IN.encode() + b'"\n'
        parts = [self.heads[0]]
        for margin, head in zip(self.margins, self.heads[1:], strict=True):
            parts += [margin, item, head]
        return b"".join(parts)


def plain(content: bytes) -> bytes:
    """The same text without byte order marks in front, its lines ended by LF."""
    while content.startswith(codecs.BOM_UTF8):
        content = content.removeprefix(codecs.BOM_UTF8)
    return content.replace(b"\r\n", b"\n") if b"\r" in content else content


def is_doubtful(text: bytes) -> bool:
    """Whether a part may mean something else alone than in its place."""
    return any(sign in text for sign in _DOUBTFUL)


def id_line(text: bytes) -> bytes:
    """The line by which versions of one plan are known, as far as they are."""
    begin = text.find(b"\nid:")
    return text[begin : text.find(b"\n", begin + 1)] if begin >= 0 else b""


def cut(text: bytes) -> Cut:
    """A text in parts."""
    heads, margins, lists = [], [], []
    end = 0
    while found := _ACTIONS.search(text, max(0, end - 1)):
        margin, begin = found["margin"], found.end()
        heads.append(text[end:begin])
        margins.append(margin)
        below = _below_list(len(margin)).search(text, begin)
        end = below.start() + 1 if below else len(text)
        lists.append(text[begin:end])
    return Cut((*heads, text[end:]), tuple(margins), tuple(lists))


def cut_like(text: bytes, other: Cut) -> Cut | None:
    """A text in parts, where it differs from another in items only.

    Lists and heads that are the same are the same objects.
    """
    if not text.startswith(other.heads[0]):
        return None
    lists = []
    begin = len(other.heads[0])
    for items, head in zip(other.lists, other.heads[1:], strict=True):
        end = begin + len(items)
        if text.startswith(items, begin) and text.startswith(head, end):
            lists.append(items)
        else:
            end = text.find(head, begin) if head else len(text)
            if end < 0 or (head and text[end - 1 : end] != b"\n"):
                return None
            lists.append(text[begin:end])
        begin = end + len(head)
    return other._replace(lists=tuple(lists)) if begin == len(text) else None


def items_of(items: bytes, margin: bytes) -> list[bytes]:
    """The items of a list, each with what stands below it; none if it does not begin with one."""
    sign = margin + b"- "
    if not items.startswith(sign):
        return []
    *others, last = items.removeprefix(sign).split(b"\n" + sign)
    return [*(sign + item + b"\n" for item in others), sign + last]


def fields_of(item: bytes) -> list[bytes]:
    """The fields of an item, each as a text of its own; none where they are laid out otherwise.

    Each begins in the column of the first with a word and a colon, so that where it alone is one
    field, the parser stands in that column and between two fields at its beginning and its end.
    """
    unsigned = item.replace(b"-", b" ", 1)
    column = len(unsigned) - len(unsigned.lstrip(b" "))
    nothing, *fields = _field(column).split(b"\n" + unsigned)
    if nothing or not fields:
        return []
    return [*(field + b"\n" for field in fields[:-1]), fields[-1]]


def simple_field(field: bytes) -> dict[str, str] | None:
    """The name and the value of a field that needs no parser; None of one that may."""
    found = _SIMPLE.fullmatch(field)
    return {found[1].decode("ascii"): found[2].decode("ascii")} if found else None


def is_deeper_below(part: bytes) -> bool:
    """Whether each line below the first is indented deeper, a comment or blank.

    What closes a part alone but not in its place, which is '...', is not.
    """
    return not _not_deeper(len(part) - len(part.lstrip(b" "))).search(part)


@lru_cache(maxsize=64)
def _below_list(margin: int) -> re.Pattern[bytes]:
    """A line that no longer belongs to a list whose items are indented so much."""
    return re.compile(rb"\n(?: {0,%d}[^ \n#]| {%d}(?:[^ \n#-]|-[^ ]))" % (margin - 1, margin))


@lru_cache(maxsize=64)
def _field(margin: int) -> re.Pattern[bytes]:
    return re.compile(rb"\n(?= {%d}[a-z_]+:[ \n])" % margin)


@lru_cache(maxsize=64)
def _not_deeper(margin: int) -> re.Pattern[bytes]:
    return re.compile(rb"\n {0,%d}[^ \n#]" % margin)
