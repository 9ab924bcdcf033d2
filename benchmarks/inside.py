"""What is measured inside one process: libyaml's events, and the loader that is built on them.

Run with the Python of the measured environment. `events FILE…` prints the CPU seconds of
`CParser.raw_parse` of all files; `loader ROUNDS FILE…` prints one JSON list [events, loader] for
each round. `events-of LIST` is `events` of the files that a list names, a line each. `git-by-hand`
and `git-part` print the seconds by the clock that git's log and all plans it names take in the
working directory: into two pipes that are read and thrown away, or by the tool's own module.
Nothing is collected as garbage meanwhile, as in the tool itself.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import time
from pathlib import Path


def events(contents: list[bytes]) -> float:
    """CPU seconds of libyaml's own events, without any object of Python's for them."""
    from yaml.cyaml import CParser  # type: ignore[attr-defined]

    began = time.process_time()
    for content in contents:
        CParser(content).raw_parse()
    return time.process_time() - began


def loader(contents: list[bytes]) -> float:
    """CPU seconds from bytes to values and places."""
    from jtai_cli.plan.source import read_source

    began = time.process_time()
    for content in contents:
        source = read_source("plan.yaml", content)
        if source.data is None:
            raise ValueError(source.found.first_errors[0].message)
    return time.process_time() - began


def git_by_hand() -> float:
    """Seconds by the clock of one `git log` and one `git cat-file --batch`."""
    log = ("log", "--first-parent", "-m", "--raw", "-z", "--no-abbrev", "--no-renames")
    began = time.perf_counter()
    out = _git(*log, "--format=%H %ct %an", "HEAD")
    names = [field.split()[3] for field in out.split(b"\0") if field.lstrip().startswith(b":")]
    asked = b"\n".join(dict.fromkeys(names)) + b"\n"
    _git("cat-file", "--batch", asked=asked)
    return time.perf_counter() - began


def _git(*words: str, asked: bytes = b"") -> bytes:
    done = subprocess.run(["git", *words], input=asked, capture_output=True, check=True)  # noqa: S607
    return done.stdout


def git_part() -> float:
    """Seconds by the clock of the same, as the tool reads them."""
    from jtai_cli.git import first_parents, open_repository

    with open_repository(Path.cwd(), environment=os.environ) as found:
        began = time.perf_counter()
        steps = first_parents(found, found.commit or "")
        entries = [entry for step in steps for entry in step.changes.values() if entry]
        for _ in found.each_blob((entry.hash for entry in entries), 5_000_000):
            pass
        return time.perf_counter() - began


def main(what: str, *arguments: str) -> None:
    """Measure one of the two, and print it."""
    gc.disable()
    if what in ("git-by-hand", "git-part"):
        print(git_part() if what == "git-part" else git_by_hand())
        return
    if what == "events-of":
        names = Path(arguments[0]).read_text(encoding="utf-8").splitlines()
        print(events([Path(name).read_bytes() for name in names]))
        return
    if what == "events":
        contents = [Path(name).read_bytes() for name in arguments]
        print(events(contents))
        return
    contents = [Path(name).read_bytes() for name in arguments[1:]]
    events(contents), loader(contents)
    for _ in range(int(arguments[0])):
        print(json.dumps([events(contents), loader(contents)]))


if __name__ == "__main__":
    main(*sys.argv[1:])
