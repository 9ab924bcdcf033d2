"""Plans like the real ones: 50 actions, about 45 KB, nothing wrong in them.

The same seed and the same real plans give the same bytes.

    python -m benchmarks.generate --count 100 --seed 1 FOLDER
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
from pathlib import Path
from typing import NamedTuple

from benchmarks.layout import field, flow, items, quoted
from benchmarks.words import Words

REAL_PLANS = Path(__file__).parent.parent / "plans"
ACTIONS = 50
OBJECTIVES = 10

_START = dt.date(2024, 4, 1)
_END = dt.date(2026, 3, 31)
REPORTED = dt.date(2025, 3, 31)
_PARTNERS = {
    "BFFC": "Brighter Futures for Children",
    "TVP": "Thames Valley Police",
    "BWSCP": "Berkshire West Safeguarding Children Partnership",
    "Kent CC": "Kent County Council",
    "RBC": "Reading Borough Council",
    "ICB": "Integrated Care Board",
    "Probation": "Probation Service",
    "Schools": "Schools",
}
_CODES = tuple(_PARTNERS)
_THEMES = ("Service Delivery and Design", "Learning and Training", "Information Sharing")


class Style(NamedTuple):
    """How a real plan is written: its RAG scheme, and which fields its actions have."""

    scheme: str
    complete: str
    others: tuple[str, ...]
    rated: float
    themed: bool
    measured: bool
    sentences: tuple[int, ...]


_STYLES = (
    Style("brag", "blue", ("green", "amber", "red"), 1.0, True, False, (1, 1, 2, 2, 3)),
    Style("five-point", "completed", ("light green", "red"), 0.5, False, True, (1, 1, 1, 2)),
)
OPEN_RATINGS = {style.scheme: style.others for style in _STYLES}
"""The ratings of each RAG scheme that ask for nothing else, and may take each other's place."""


def write_plans(folder: Path, count: int, seed: int = 1) -> list[Path]:
    """Write `count` plans into a folder of their own, and say where."""
    words = Words.of_plans(REAL_PLANS)
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{_plan_id(seed, number)}.yaml" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(plan_text(words, seed, number), encoding="utf-8")
    return paths


def plan_text(words: Words, seed: int, number: int) -> str:
    """One plan, made from the words of real ones."""
    return _Writer(words, random.Random(f"{seed}/{number}")).plan(_plan_id(seed, number))


def _plan_id(seed: int, number: int) -> str:
    return f"generated-{seed}-{number:04}"


class _Writer:
    """Writes one plan; every text and date in it comes from one source of chance."""

    def __init__(self, words: Words, rng: random.Random) -> None:
        self._words = words
        self._rng = rng
        self._style = rng.choice(_STYLES)

    def plan(self, plan_id: str) -> str:
        """The whole file."""
        lines = [
            "# yaml-language-server: $schema=../schemas/plan.schema.json",
            "#",
            *(f"# {self._sentence(8, 12)}" for _ in range(4)),
            "",
            "jtai: 1",
            f"id: {plan_id}",
            *field(0, "title", self._sentence(6, 10)),
            "area: Reading",
            "kind: multi-agency",
            f"period: {{start: {_START}, end: {_END}}}",
            *field(0, "good", self._words.text(self._rng, 3, 15, 30)),
            *self._inspection(),
            f"rag: {self._style.scheme}",
            *self._context(),
            "",
            "objectives:",
            *self._objectives(),
        ]
        return "\n".join(lines) + "\n"

    def _inspection(self) -> list[str]:
        return [
            "",
            "inspection:",
            "  type: JTAI",
            *field(2, "theme", self._sentence(14, 22)),
            "  inspectorates: [Ofsted, CQC, HMICFRS, HMIP]",
            "  fieldwork: {start: 2024-02-05, end: 2024-02-23}",
            "  received: 2024-03-28",
            "  published: 2024-03-28",
            *field(2, "note", self._words.text(self._rng, 3, 15, 30)),
            "",
            "statement: {due: 2024-07-10, submitted: 2024-07-04}",
            "",
        ]

    def _context(self) -> list[str]:
        lines = ["", "partners:", *(f"  {code}: {name}" for code, name in _PARTNERS.items())]
        lines += ["", "governance:"]
        for name in ("Partnership Improvement Group", "Partnership Operational Group"):
            lines += [f"  - body: {name}", *field(4, "role", self._sentence(10, 18))]
            lines += ["    meets: monthly", *field(4, "note", self._sentence(15, 30))]
        lines += ["", "findings:"]
        for number in range(1, OBJECTIVES + 1):
            lines += [f"  - ref: {quoted(str(number))}", "    kind: improvement"]
            lines += field(4, "text", self._sentence(15, 35))
        lines += ["", "priorities:"]
        for number in range(1, 4):
            lines += [f"  - ref: {quoted(str(number))}", *field(4, "title", self._sentence(4, 7))]
        return lines

    def _objectives(self) -> list[str]:
        lines: list[str] = []
        for number in range(1, OBJECTIVES + 1):
            lines += [f"  - ref: {quoted(str(number))}"]
            lines += field(4, "title", self._sentence(4, 12))
            lines += [f"    lead: {self._rng.choice(_CODES)}"]
            if self._style.themed:
                lines += [f"    risk: {self._rng.choice(('high', 'moderate'))}"]
            else:
                lines += [f"    priority: {quoted(str(number % 3 + 1))}"]
            lines += flow(4, "answers", [quoted(str(number))])
            lines += field(4, "good", self._sentence(20, 40))
            lines += ["    actions:"]
            for action in range(1, ACTIONS // OBJECTIVES + 1):
                lines += [*self._action(f"{number}.{action}"), ""]
        return lines[:-1]

    def _action(self, ref: str) -> list[str]:
        owners = self._rng.sample(_CODES, self._rng.choice((1, 1, 1, 2)))
        support = self._rng.choice(_CODES)
        helped = support not in owners and self._rng.random() < 0.15
        return [
            f"      - ref: {quoted(ref)}",
            *field(
                8,
                "text",
                self._words.text(self._rng, self._rng.choice(self._style.sentences), 20, 38),
            ),
            *flow(8, "owners", owners),
            *flow(8, "support", [support] if helped else []),
            f"        due: {self._day(_START, _END)}",
            *(self._theme() if self._style.themed else []),
            *(self._ratings() if self._rng.random() < self._style.rated else []),
            *(self._measures() if self._style.measured else []),
            *(self._update() if self._rng.random() < 0.2 else []),
            *(field(8, "note", self._sentence(20, 50)) if self._rng.random() < 0.3 else []),
        ]

    def _theme(self) -> list[str]:
        return [
            f"        theme: {self._rng.choice(_THEMES)}",
            f"        level: {self._rng.choice(('operational', 'strategic'))}",
        ]

    def _ratings(self) -> list[str]:
        impact = self._rng.choice(self._style.others)
        lines = [f"        impact: {impact}"] if self._rng.random() < 0.25 else []
        if self._rng.random() < 0.85:
            return [f"        progress: {self._rng.choice(self._style.others)}", *lines]
        return [
            f"        progress: {self._style.complete}",
            *lines,
            *items(8, "evidence", [self._sentence(8, 20)]),
            f"        completed: {REPORTED}",
            f"        approved: {{by: the chair of the board, on: {REPORTED}}}",
        ]

    def _measures(self) -> list[str]:
        count = self._rng.choice((1, 1, 2))
        return items(8, "measures", (self._sentence(8, 28) for _ in range(count)))

    def _update(self) -> list[str]:
        return [
            "        updates:",
            f"          - on: {self._day(_START, REPORTED)}",
            f"            by: {self._rng.choice(_CODES)}",
            *field(12, "text", self._sentence(20, 40)),
        ]

    def _sentence(self, shortest: int, longest: int) -> str:
        return self._words.text(self._rng, 1, shortest, longest)

    def _day(self, first: dt.date, last: dt.date) -> dt.date:
        return first + dt.timedelta(days=self._rng.randint(0, (last - first).days))


def main() -> None:
    """Write plans into the folder that the command line names."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generate", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    write_plans(options.folder, options.count, options.seed)


if __name__ == "__main__":
    main()
