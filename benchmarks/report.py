"""From samples to rows, and from rows to a table."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.targets import Target, Unit
    from benchmarks.timing import Measured, Sample

_HEADINGS = (
    "what",
    "against",
    "by",
    "ratio",
    "bound",
    "met",
    "median",
    "against",
    "spread",
    "runs",
)


class Row(NamedTuple):
    """One comparison: the ratio is the median of the ratios of single rounds."""

    target: Target
    ratio: float | None = None
    median: float = 0
    median_against: float = 0
    quartiles: tuple[float, float] = (0, 0)
    rounds: int = 0
    reason: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the bound is reached; None where nothing was measured."""
        if self.ratio is None:
            return None
        if self.target.at_least:
            return self.ratio >= self.target.bound
        return self.ratio <= self.target.bound


def row(target: Target, measured: Measured) -> Row:
    """Compare two cases over the rounds that have both."""
    for name in (target.what, target.against):
        if name not in measured.samples:
            reason = measured.failures.get(name, "no run")
            return Row(target, reason=f"{name}: {reason}")
    above, below = measured.samples[target.what], measured.samples[target.against]
    pairs = [
        (_figure(above[number], target.unit), _figure(below[number], target.unit))
        for number in sorted(above.keys() & below.keys())
    ]
    if not all(all(pair) for pair in pairs):
        return Row(target, reason="too small to be seen beside the measuring process")
    ratios = [a / b for a, b in pairs]
    return Row(
        target,
        statistics.median(ratios),
        statistics.median(a for a, _ in pairs),
        statistics.median(b for _, b in pairs),
        _quartiles(ratios),
        len(pairs),
    )


def _figure(sample: Sample, unit: Unit) -> float:
    return {"wall": sample.wall, "cpu": sample.cpu, "peak": float(sample.peak)}[unit]


def _quartiles(ratios: list[float]) -> tuple[float, float]:
    if len(ratios) < 3:
        return min(ratios), max(ratios)
    first, _, third = statistics.quantiles(ratios, n=4, method="inclusive")
    return first, third


def table(rows: Iterable[Row]) -> str:
    """A Markdown table, aligned so that it reads as plain text too."""
    return _aligned([_HEADINGS, *map(_cells, rows)])


def versions_table(versions: dict[str, str]) -> str:
    """Each tool and its version."""
    return _aligned([("tool", "version"), *versions.items()])


def _cells(item: Row) -> tuple[str, ...]:
    target = item.target
    bound = f"{'≥' if target.at_least else '≤'} {target.bound:g}"
    if item.ratio is None:
        return (
            target.what,
            target.against,
            target.unit,
            "-",
            bound,
            "not measured",
            "",
            "",
            "",
            "0",
        )
    low, high = item.quartiles
    return (
        target.what,
        target.against,
        target.unit,
        f"{item.ratio:.2f}",
        bound,
        "yes" if item.met else "NO",
        amount(item.median, target.unit),
        amount(item.median_against, target.unit),
        f"{low:.2f}-{high:.2f}",
        str(item.rounds),
    )


def amount(value: float, unit: Unit) -> str:
    """Seconds or bytes, for people."""
    if unit == "peak":
        return f"{value / 2**20:.1f} MiB"
    return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.3g} ms"


def _aligned(lines: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    written = [
        "| "
        + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        + " |"
        for line in lines
    ]
    written.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(written)
