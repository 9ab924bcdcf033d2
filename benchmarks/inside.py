"""What is measured inside one process: libyaml's events, and the loader that is built on them.

Run with the Python of the measured environment. `events FILE…` prints the CPU seconds of
`CParser.raw_parse` of all files; `loader ROUNDS FILE…` prints one JSON list [events, loader] for
each round. Nothing is collected as garbage meanwhile, as in the tool itself.
"""

from __future__ import annotations

import gc
import json
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


def main(what: str, *arguments: str) -> None:
    """Measure one of the two, and print it."""
    gc.disable()
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
