"""Sound plans in the layouts that people have, and plans whose parts run into what follows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_HEAD = """# A plan
jtai: 1
id: small-plan
title: A plan
rag: %s
partners:
  TVP: Thames Valley Police
  Kent CC: "Kent
    County Council"
findings:
- ref: "1"
  text: >-
    Found
priorities: [{ref: P1, title: People}]
"""

_INDENTED = """objectives:
  - ref: "1"
    title: The first
    lead: TVP
    answers: ["1"]
    actions:   # below
      # first
      - ref: "1.1"
        text: >-
          Folded
            more

          again
        owners: [TVP, Kent CC]
        due: 2025-06-30
        progress: green
      - ref: "1.2"
        text: "In quotes,
          over two lines"
        owners:
        - TVP
        progress: amber
        measures:
          - "one"
          - |
            two
            - three
        note: |+
          kept

      # between
      - ref: "1.3"
        text: plain over
          two lines
        withdrawn: {on: 2025-01-01, reason: gone, replaced_by: "2.1"}
  - ref: "2"
    title: The second
    priority: P1
    good: |
      actions
    actions:
      - ref: "2.1"
        text: 'It''s due'
        due_note: In place
        updates:
          - {on: 2025-01-01, text: a}
          - on: 2025-02-01
            by: TVP
            text: b
        note: >+
          last

    note: below
  - ref: "3"
    title: Without any
"""

_FLUSH = """objectives:
- ref: '1'
  title: The first
  actions:
  - ref: a
    text: |
      lines
      - like items

    owners:
    - TVP
    due: 2025-06-30
    evidence:
    - seen
    approved: {by: the chair,
      on: 2025-03-03}
  -   ref: b
      text: x
      measures: [one,
        two, "three
        four"]
  - {ref: c, text: in brackets, owners: [TVP]}

- title: The second
  ref: '2'
  actions:
     - text: y # why
       ref: d

     - text: z
       ref: e
note: the end
"""

_BY_KEY = """objectives:
    - actions:
        - ref: a/1
          text: first
        - ref: a/2
          text: >
            second
          completed: 2025-01-01
          progress: %s
          evidence: [it]
          approved: {by: somebody}
      ref: A
      title: Objective
    - ref: B
      title: Empty
      actions: []
"""

_OWN = (
    "{ratings: [{rating: green, counts_as: on_track},"
    " {rating: done, counts_as: complete, needs: [evidence]}]}"
)

SMALL = (
    _HEAD % "brag" + _INDENTED,
    _HEAD % "brag" + _FLUSH,
    _HEAD % "five-point" + _FLUSH,
    _HEAD % "brag" + _BY_KEY % "blue",
    _HEAD % "five-point" + _BY_KEY % "completed",
    _HEAD % _OWN + _BY_KEY % "done",
    "---\n" + _HEAD % "brag" + _INDENTED + "...\n",
)
"""Small sound plans, laid out in every way that people have."""

# What an action can end with: {0} is the indentation of its fields.
_ENDINGS = (
    "{0}note: |+\n{0} a\n\n",
    "{0}note: >+\n{0}   a\n{0}  b\n\n{0}\n",
    "{0}note: |2-\n{0}  - a\n",
    "{0}note: |\n{0} a\n# c\n",
    "{0}note: >\n\n\n{0} a\n{0} # b\n",
    "{0}note: a\n{0} b\n\n{0} c\n",
    '{0}note: "a\n\n  b\n\n  "\n',
    "{0}note: 'a\n- b'\n",
    '{0}note: "\\\n- ref: x"\n',
    "{0}note: a #\n",
    "{0}owners: [TVP,\n{0} Kent CC]\n",
    "{0}owners: [\nTVP\n]\n",
    "{0}owners:\n{0}- TVP\n{0}# c\n",
    "{0}updates:\n{0}- on: 2025-01-01\n{0}  text: |+\n{0}   - a\n\n\n",
    "{0}measures: [a]\n\n",
    "{0}measures:\n{0}  - |+\n{0}\n{0}   a\n\n",
    "{0}? note\n{0}: a\n",
    "{0}? note\n{0}:\n{0}  a\n",
    '{0}"note": a\n',
    "{0}note:\n{0}  a\n#\n",
    "{0}note: a\n     \n{0} \n",
    "{0}note: |+\n\n{0} a\n      \n",
    "{0}note: a\n    # c\n",
    "{0}note: |\n{0} actions:\n{0} - ref: a\n",
    "",
    "\n",
    "# c\n\n",
    "{0}note: {1}\n",
    "{0}note: |+\n",
    "{0}note: >-\n\n",
    "{0}note:\n",
    '{0}note: "\n"\n',
    "{0}note: |1\n{0} a\n",
)
# What can stand below the actions of an objective: {0} is the indentation of its fields.
_BELOW = (
    "",
    "{0}note: below\n",
    "{0}# c\n",
    "{0}   # c\n",
    "\n{0}note: |+\n{0} a\n\n",
    "#\n{0}note: b\n",
    '{0}note: "a\n  - ref: b"\n',
    "{0}good: |\n{0} actions:\n{0} - ref: x\n",
    "\n\n",
    "{0}answers: []\n",
    "{0}note: [a]\n",
    "{0}: a\n",
    "{0} b\n",
    "{0}  - ref: c\n",
    "{0}  b: c\n",
    "{0}? note\n{0}: a\n",
)


def composed(rng: random.Random) -> str:
    """A plan of objectives and actions whose ends are meant to run into what follows."""
    scheme, outer = rng.choice(("brag", "brag", "five-point")), " " * rng.choice((0, 2, 4))
    parts = [_HEAD % scheme, "objectives:\n"]
    for number in range(rng.randrange(1, 4)):
        inner = outer + "  "
        parts += [f"{outer}- ref: o{number}\n{inner}title: x\n"]
        if rng.random() < 0.3:
            parts += [rng.choice(_BELOW).format(inner)]
        parts += [f"{inner}actions:{rng.choice(('', '', ' ', ' # c'))}\n"]
        margin = inner + " " * rng.choice((0, 0, 2, 2, 3))
        for action in range(rng.randrange(1, 4)):
            space = " " * rng.choice((1, 1, 1, 1, 3))
            column = f"{margin} {space}"
            ref = f"{number}.{action}" if rng.random() < 0.97 else "o"
            parts += [f"{margin}-{space}ref: {ref}\n{column}text: t\n"]
            parts += [rng.choice(_ENDINGS).format(column, "{}") if rng.random() < 0.7 else ""]
        if rng.random() < 0.3:
            parts += [rng.choice(_BELOW).format(inner)]
    return "".join([*parts, rng.choice(("", "", "note: end\n", "# c\n", "...\n", "\n"))])
