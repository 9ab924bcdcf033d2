"""The stages of a run, one after the other; what each of them found out."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.generate import write_plans
from benchmarks.history import (
    add_allowed_at,
    add_reading,
    history_cases,
    memory_cases,
    with_more_commits,
)
from benchmarks.hook import add_allowed, hook_cases
from benchmarks.many import SLOW, add_further_plan, many_cases, measure_loader
from benchmarks.memory import together
from benchmarks.report import Row, amount, row
from benchmarks.small import forbidden_imports, small_cases
from benchmarks.targets import (
    HOOK,
    LOADER,
    NOT_IMPORTED,
    ONE_PLAN,
    SMALL,
    many_targets,
    memory_target,
    past_targets,
    peer_on,
    validate_many,
)
from benchmarks.timing import CannotMeasureError, interleave

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from benchmarks.environment import Environment
    from benchmarks.past import Past
    from benchmarks.peers import Peers
    from benchmarks.timing import Case

_LOADED = 10


class PlanSet(NamedTuple):
    """How many plans, in how many rounds; slow peers run only in each `slow_every`th of them."""

    size: int
    rounds: int
    slow_every: int


class Form(NamedTuple):
    """How much is measured: rounds of single commands, and the sets of many plans."""

    rounds: int
    sets: tuple[PlanSet, ...]
    pasts: tuple[Past, ...]

    def of_rounds(self, rounds: int) -> Form:
        """The form with other rounds of single commands, and of sets in proportion."""
        scaled = (
            plans._replace(rounds=max(3, plans.rounds * rounds // self.rounds))
            for plans in self.sets
        )
        return Form(rounds, tuple(scaled), self.pasts)


class Results:
    """Rows of the table, remarks below it, and whether all was measured and reached."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.remarks: list[str] = []
        self.imports_met: dict[str, bool | None] = {}

    @property
    def complete(self) -> bool:
        """Whether all that must be measured was measured."""
        missing = [item for item in self.rows if item.met is None and item.target.required]
        return not missing and None not in self.imports_met.values()

    @property
    def reached(self) -> bool:
        """Whether no bound is missed."""
        outcomes = [*(item.met for item in self.rows), *self.imports_met.values()]
        return False not in outcomes


class Bench(NamedTuple):
    """What a run works with."""

    work: Path
    environment: Environment
    peers: Peers
    form: Form
    say: Callable[[str], None]


def measure(bench: Bench) -> Results:
    """Run all stages."""
    results = Results()
    [alone] = _set(bench, 1)
    _small(bench, alone, results)
    _hook(bench, alone, results)
    bench.say("the loader")
    measured = measure_loader(bench.environment, _set(bench, _LOADED), bench.form.rounds)
    results.rows.append(row(LOADER, measured))
    for past in bench.form.pasts:
        _history(bench, past, results)
    _memory_of_history(bench, bench.form.pasts[0], results)
    for plans in bench.form.sets:
        _many(bench, plans, alone, results)
    return results


def _small(bench: Bench, plan: Path, results: Results) -> None:
    bench.say("single commands on a single plan")
    cases = small_cases(bench.environment, plan, bench.work)
    measured = interleave(cases, bench.form.rounds, warm_up=True)
    results.rows += [row(target, measured) for target in SMALL]
    for case in cases:
        if case.name not in NOT_IMPORTED:
            continue
        try:
            imported = forbidden_imports(case, bench.environment)
        except CannotMeasureError as error:
            results.imports_met[case.name] = None
            results.remarks.append(f"Imports of {case.name}: not measured: {error}")
        else:
            results.imports_met[case.name] = not imported
            without = ", ".join(NOT_IMPORTED[case.name])
            found = f"NO, it imports {', '.join(imported)}" if imported else "yes"
            results.remarks.append(f"{case.name} does without {without}: {found}.")


def _hook(bench: Bench, plan: Path, results: Results) -> None:
    bench.say("edits, as a hook judges them")
    try:
        measured = interleave(
            hook_cases(bench.environment, plan, bench.work), bench.form.rounds, warm_up=True
        )
    except CannotMeasureError as error:
        results.remarks.append(f"Edits: not measured: {error}")
        return
    add_allowed(measured)
    results.rows += [row(target, measured) for target in HOOK]


def _history(bench: Bench, past: Past, results: Results) -> None:
    bench.say(past.name)
    cases = history_cases(bench.environment, past, bench.work)
    measured = interleave(cases, max(3, bench.form.rounds // 5))
    add_allowed_at(measured, past.name)
    add_reading(measured, past.name)
    results.rows += [row(target, measured) for target in past_targets(past.name)]


def _memory_of_history(bench: Bench, past: Past, results: Results) -> None:
    bench.say(f"{past.name}, and the same texts again")
    cases = memory_cases(bench.environment, past, bench.work)
    fewer, more = with_more_commits(past)
    target = memory_target(fewer.name, more.name)
    results.rows.append(row(target, interleave(cases, 3)))


def _many(bench: Bench, plans: PlanSet, alone: Path, results: Results) -> None:
    count = plans.size
    bench.say(f"{count:,} plans")
    files = _set(bench, count)
    cases = many_cases(bench.environment, bench.peers, alone, files)
    cases = [case._replace(every=plans.slow_every) if _slow(case) else case for case in cases]
    measured = interleave(cases, plans.rounds)
    for name, reason in bench.peers.missing.items():
        measured.fail(peer_on(name, count), reason)
    add_further_plan(measured, count)
    results.rows += [row(target, measured) for target in many_targets(count)]
    for case in cases:
        if case.name not in (ONE_PLAN, validate_many(count)) or case.name in measured.failures:
            continue
        seen = together(case)
        if seen is not None:
            results.remarks.append(
                f"{case.name}: {amount(seen.peak, 'peak')} in all processes at once"
                f" (at most {seen.processes} seen, shared pages counted once)."
            )


def _slow(case: Case) -> bool:
    return case.name.startswith(SLOW)


def _set(bench: Bench, count: int) -> list[Path]:
    folder = bench.work / "sets" / str(count)
    shutil.rmtree(folder, ignore_errors=True)
    return write_plans(folder / "plans", count)
