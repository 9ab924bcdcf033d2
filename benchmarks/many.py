"""Sets of many plans: time and memory against one plan, libyaml alone, and the peers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from benchmarks.environment import call
from benchmarks.inside import __file__ as inside
from benchmarks.targets import (
    EVENTS,
    LOADER,
    ONE_PLAN,
    check_many,
    events_of,
    events_per_plan,
    further_plan,
    many_targets,
    peer_on,
    validate_many,
)
from benchmarks.timing import CannotMeasureError, Case, Measured, Sample

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.environment import Environment
    from benchmarks.peers import Peers

# these take minutes where the others take seconds
SLOW = ("check-jsonschema", "yamllint")


def many_cases(
    environment: Environment, peers: Peers, alone: Path, files: list[Path]
) -> list[Case]:
    """All that is run on a set: `alone` and `files` stand in folders `plans` of their own."""
    folder, count = files[0].parent.parent, len(files)
    named = [file.relative_to(folder) for file in files]
    jtai, python = environment.program("jtai"), str(environment.python)
    events = (python, "-I", inside, "events", *map(str, named))
    cases = [
        Case(ONE_PLAN, (jtai, "validate", "plans"), alone.parent.parent),
        Case(validate_many(count), (jtai, "validate", "plans"), folder),
        Case(check_many(count), (jtai, "check", "plans", "--as-of", "2020-01-01"), folder),
        Case(
            check_many(count, breached=True),
            (jtai, "check", "plans", "--as-of", "2025-08-07"),
            folder,
            expected=1,
        ),
        Case(events_of(count), events, folder, reports="cpu"),
    ]
    cases += [
        Case(peer_on(name, count), peer.command(named), folder)
        for name, peer in peers.found.items()
    ]
    compared = {name for target in many_targets(count) for name in target[:2]}
    needed = compared | {ONE_PLAN, validate_many(count), events_of(count)}
    return [case for case in cases if case.name in needed]


def measure_loader(environment: Environment, files: list[Path], rounds: int) -> Measured:
    """The loader against libyaml's events, in turns within one process."""
    command = [str(environment.python), "-I", inside, "loader", str(rounds), *map(str, files)]
    measured = Measured()
    try:
        output = call(command).stdout
    except CannotMeasureError as error:
        measured.fail(LOADER.what, str(error))
        return measured
    for number, line in enumerate(output.splitlines()):
        events, loader = json.loads(line)
        measured.add(EVENTS, number, Sample(events, events))
        measured.add(LOADER.what, number, Sample(loader, loader))
    return measured


def add_further_plan(measured: Measured, count: int) -> None:
    """What each plan after the first costs, and each with libyaml alone, round by round."""
    one = measured.samples.get(ONE_PLAN, {})
    for number, sample in measured.samples.get(validate_many(count), {}).items():
        cpu = (sample.cpu - one[number].cpu) / (count - 1)
        measured.add(further_plan(count), number, Sample(cpu, cpu))
    for number, sample in measured.samples.get(events_of(count), {}).items():
        cpu = sample.cpu / count
        measured.add(events_per_plan(count), number, Sample(cpu, cpu))
