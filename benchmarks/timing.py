"""Runs commands in turns, A B C A B C …, and keeps what each run cost."""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

# what in our own surroundings would change how a measured command behaves
_CHANGES_BEHAVIOUR = (
    "PYTHON",
    "COVERAGE",
    "COV_",
    "JTAI_",
    "NO_COLOR",
    "FORCE_COLOR",
    "VIRTUAL_ENV",
)
_KEPT_OUTPUT = 4000
# ru_maxrss counts bytes on macOS and kibibytes elsewhere
_MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024


class CannotMeasureError(Exception):
    """A command did not do what it was to be measured doing; the text says why."""


class Case(NamedTuple):
    """A command that is measured, and how.

    It must end with the exit code `expected`, and its output contain `says`. `every` 3 runs it in
    each third round only; with `reports` the last word of its output is the seconds that count, of
    the processor or of the clock, instead of those of the whole process. What a command keeps for
    the next goes into the folder `cache`, which is emptied before each run of one that runs `anew`.
    """

    name: str
    command: tuple[str, ...]
    folder: Path
    expected: int = 0
    says: bytes = b""
    terminal: bool = False
    every: int = 1
    reports: Literal["cpu", "wall"] | None = None
    cache: Path | None = None
    anew: bool = False


class Sample(NamedTuple):
    """What one run cost: seconds, and bytes of the largest process (0: too small to see)."""

    wall: float
    cpu: float
    peak: int = 0


class Measured:
    """The samples of each case by round, and why a case has none."""

    def __init__(self) -> None:
        self.samples: dict[str, dict[int, Sample]] = {}
        self.failures: dict[str, str] = {}

    def add(self, name: str, number: int, sample: Sample) -> None:
        """Keep the sample of a round."""
        self.samples.setdefault(name, {})[number] = sample

    def fail(self, name: str, reason: str) -> None:
        """Say why a case can't be measured; what it measured so far does not count."""
        self.failures[name] = reason
        self.samples.pop(name, None)

    def update(self, other: Measured) -> None:
        """Take over the cases of another measurement."""
        self.samples.update(other.samples)
        self.failures.update(other.failures)


def interleave(cases: Sequence[Case], rounds: int, warm_up: bool = False) -> Measured:
    """Run all cases in turns; each round begins with another of them."""
    measured = Measured()
    for number in range(-1 if warm_up else 0, rounds):
        first = number % len(cases)
        for case in [*cases[first:], *cases[:first]]:
            if case.name in measured.failures or number % case.every:
                continue
            try:
                sample = run(case)
            except CannotMeasureError as error:
                measured.fail(case.name, str(error))
            else:
                if number >= 0:
                    measured.add(case.name, number, sample)
    return measured


def run(case: Case) -> Sample:
    """Run a command once, to its end."""
    if case.cache and case.anew:
        shutil.rmtree(case.cache, ignore_errors=True)
    with _output(case.terminal) as (reading, writing):
        began = time.perf_counter()
        process = _spawn(case, writing)
        output = _drain(reading)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != case.expected or case.says not in output:
        raise CannotMeasureError(_failure(case, process.returncode, output))
    cpu = usage.ru_utime + usage.ru_stime
    if case.reports == "cpu":
        cpu = float(output.split()[-1])
    elif case.reports == "wall":
        wall = float(output.split()[-1])
    return Sample(wall, cpu, _peak(usage))


def _spawn(case: Case, writing: int) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            case.command,
            cwd=case.folder,
            env=surroundings(case.terminal) | _kept_in(case.cache),
            stdin=subprocess.DEVNULL,
            stdout=writing,
            stderr=writing,
        )
    except OSError as error:
        raise CannotMeasureError(f"{case.command[0]}: {error.strerror}") from error
    finally:
        os.close(writing)


def _kept_in(cache: Path | None) -> dict[str, str]:
    return {"XDG_CACHE_HOME": str(cache)} if cache else {}


def surroundings(terminal: bool = False) -> dict[str, str]:
    """The environment variables of a measured command: ours, without what changes behaviour."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(_CHANGES_BEHAVIOUR)}
    kept.pop("COLUMNS", None)
    kept["TERM"] = "dumb"
    return kept | {"TERM": "xterm-256color", "COLUMNS": "100"} if terminal else kept


@contextlib.contextmanager
def _output(terminal: bool) -> Iterator[tuple[int, int]]:
    reading, writing = os.openpty() if terminal else os.pipe()
    try:
        yield reading, writing
    finally:
        os.close(reading)


def _drain(reading: int) -> bytes:
    kept = b""
    # the end of a terminal is an error on Linux
    with contextlib.suppress(OSError):
        while block := os.read(reading, 65536):
            kept = (kept + block)[-_KEPT_OUTPUT:]
    return kept


def _peak(usage: resource.struct_rusage) -> int:
    # a child begins as a copy of this process, whose own peak the system counts as the child's
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return usage.ru_maxrss * _MAXRSS_UNIT if usage.ru_maxrss > own else 0


def _failure(case: Case, code: int, output: bytes) -> str:
    lines = output.decode(errors="replace").strip().splitlines() or ["(no output)"]
    return f"exit code {code}, expected {case.expected}: {lines[-1].strip()[:200]}"
