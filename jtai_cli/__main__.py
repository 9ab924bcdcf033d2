"""`python -m jtai_cli`, and the console script `jtai`."""

import os
import sys

INTERRUPTED = 130


def main() -> None:
    """Run the command line and leave with its exit code."""
    try:
        # imported in here: it too may be interrupted
        from jtai_cli.cli import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        from contextlib import suppress

        with suppress(OSError):
            os.write(2, b"interrupted\n")
        code = INTERRUPTED
    sys.exit(code)


if __name__ == "__main__":
    main()
