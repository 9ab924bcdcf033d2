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
    events_of,
    events_per_plan,
    further_plan,
    many_targets,
    peer_on,
    validate_freely,
    validate_many,
)
from benchmarks.timing import CannotMeasureError, Case, Measured, Sample

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.environment import Environment
    from benchmarks.peers import Peers

# these take minutes where the others take seconds
_SLOW = ("check-jsonschema", "yamllint")


def many_cases(
    environment: Environment, peers: Peers, files: list[Path], slow_every: int
) -> list[Case]:
    """All that is run on a set; `files` stand in one folder `plans`."""
    folder, count = files[0].parent.parent, len(files)
    named = [file.relative_to(folder) for file in files]
    jtai, python = environment.program("jtai"), str(environment.python)
    events = (python, "-I", inside, "events", *map(str, named))
    many = (jtai, "validate", "plans")
    cases = [
        Case(ONE_PLAN, (jtai, "validate", str(named[0])), folder, one_processor=True),
        Case(validate_many(count), many, folder, one_processor=True),
        Case(validate_freely(count), many, folder),
        Case(events_of(count), events, folder, reports_cpu=True, one_processor=True),
    ]
    for name, peer in peers.found.items():
        every = slow_every if name in _SLOW else 1
        case = Case(peer_on(name, count), peer.command(named), folder, every=every)
        cases.append(case._replace(one_processor=name != "ajv-cli"))
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
