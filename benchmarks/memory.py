"""The memory that a command and all processes it starts hold at the same time."""

from __future__ import annotations

import re
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.timing import surroundings

if TYPE_CHECKING:
    from benchmarks.timing import Case

_PROC = Path("/proc")
_SHARE = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)
_PAUSE = 0.01


class Together(NamedTuple):
    """The most that was seen: processes at once, and bytes, with shared pages counted once."""

    processes: int
    peak: int


def together(case: Case) -> Together | None:
    """Run a case and look at its processes again and again; None where the system can't tell."""
    if not (_PROC / "self/smaps_rollup").exists():
        return None
    process = subprocess.Popen(
        case.command,
        cwd=case.folder,
        env=surroundings(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    seen = Together(0, 0)
    while process.poll() is None:
        pids = _family(process.pid)
        held = sum(map(_share, pids))
        seen = Together(max(seen.processes, len(pids)), max(seen.peak, held))
        time.sleep(_PAUSE)
    return seen


def _family(pid: int) -> list[int]:
    pids = [pid]
    for parent in pids:
        try:
            children = (_PROC / f"{parent}/task/{parent}/children").read_text()
        except OSError:
            continue
        pids += map(int, children.split())
    return pids


def _share(pid: int) -> int:
    try:
        match = _SHARE.search((_PROC / f"{pid}/smaps_rollup").read_text())
    except OSError:
        return 0
    return int(match[1]) * 1024 if match else 0
