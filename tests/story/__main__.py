"""Build the repository: python -m tests.story FOLDER."""

import argparse
import sys
from pathlib import Path

from tests.story import build


def main() -> None:
    """Build it in the folder that the command line names."""
    parser = argparse.ArgumentParser(prog="python -m tests.story", description=__doc__)
    parser.add_argument("folder", type=Path, help="new, or empty")
    options = parser.parse_args()
    try:
        hashes = build(options.folder)
    except FileExistsError as error:
        parser.error(str(error))
    lines = [f"{hashed[:12]} {name}\n" for name, hashed in hashes.items()]
    sys.stdout.writelines(lines)


if __name__ == "__main__":
    main()
