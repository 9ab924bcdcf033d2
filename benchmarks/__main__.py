"""Measure `jtai` side by side with a minimal program, libyaml alone, and its peers.

Run from the repository's root: python -m benchmarks [--short]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.environment import install_jtai
from benchmarks.measure import Bench, Form, PlanSet, Results, measure
from benchmarks.past import Past
from benchmarks.peers import Peers, install_peers
from benchmarks.report import table, versions_table
from benchmarks.timing import CannotMeasureError

if TYPE_CHECKING:
    from benchmarks.environment import Environment

HERE = Path(__file__).parent
ROOT = HERE.parent
WORK = HERE / ".work"
SCHEMA = ROOT / "schemas" / "plan.schema.json"
FULL = Form(
    45,
    (PlanSet(100, rounds=27, slow_every=9), PlanSet(1000, rounds=9, slow_every=3)),
    (Past(1, 1000), Past(1, 1000, packed=False), Past(20, 2000), Past(20, 2000, packed=False)),
)
SHORT = Form(10, (PlanSet(30, rounds=10, slow_every=10),), (Past(1, 100),))
_OURS = ("jtai", "click", "pydantic", "pyyaml", "rich")


def main() -> int:
    """Install, measure, print; the exit code is 2 where something could not be measured."""
    options = _options()
    form = SHORT if options.short else FULL
    if options.rounds:
        form = form.of_rounds(options.rounds)
    began = time.monotonic()
    try:
        _say("installing")
        environment = install_jtai(WORK, ROOT, options.keep)
        peers = install_peers(WORK, SCHEMA, npm=not options.short)
    except CannotMeasureError as error:
        print(f"not measured: {error}", file=sys.stderr)
        return 2
    results = measure(Bench(WORK, environment, peers, form, _say))
    versions = _versions(environment, peers)
    _print(results, versions, options.short)
    print(f"\n{time.monotonic() - began:.0f} s in all.")
    if options.json:
        options.json.write_text(_json(results, versions), encoding="utf-8")
    if not results.complete:
        return 2
    return 0 if options.short or results.reached else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--short", action="store_true", help="few rounds, 30 plans; only report")
    parser.add_argument(
        "--rounds", type=int, metavar="N", help="rounds of single commands; sets in proportion"
    )
    parser.add_argument("--keep", action="store_true", help="measure the wheel installed before")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the figures")
    return parser.parse_args()


def _say(stage: str) -> None:
    print(f"… {stage}", file=sys.stderr, flush=True)


def _versions(environment: Environment, peers: Peers) -> dict[str, str]:
    installed = environment.versions()
    found = {"Python": platform.python_version(), **{name: installed[name] for name in _OURS}}
    found |= {name: peer.version for name, peer in peers.found.items()}
    return found | {name: f"not measured: {reason}" for name, reason in peers.missing.items()}


def _print(results: Results, versions: dict[str, str], short: bool) -> None:
    print(table(results.rows), end="\n\n")
    reasons = [f"Not measured: {item.reason}" for item in results.rows if item.reason]
    for remark in [*dict.fromkeys(reasons), *results.remarks]:
        print(f"- {remark}")
    print()
    print(versions_table(versions))
    print(f"\n{platform.platform()}, {os.cpu_count()} processors.")
    if short:
        print("Short form: it only reports; the bounds are for the full form.")


def _json(results: Results, versions: dict[str, str]) -> str:
    rows = [
        {**item._asdict(), "target": item.target._asdict(), "met": item.met}
        for item in results.rows
    ]
    content = {"versions": versions, "rows": rows, "remarks": results.remarks}
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.exit(main())
