"""`python -m jtai_cli`, and the console script `jtai`."""

import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    from jtai_cli.cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
