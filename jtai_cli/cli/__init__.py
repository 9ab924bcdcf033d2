"""The command line: the only code that prints, exits or reads the clock.

`run` is the error boundary. Its exit codes are the contract's: 0 fine, 1 problems or breaches were
found, 2 could not judge, 130 interrupted.
"""

from __future__ import annotations

import gc
import os

from jtai_cli import __version__
from jtai_cli.cli.writing.output import OutputError, complain, give_up_on_stdout, write

COULD_NOT_JUDGE = 2
INTERRUPTED = 130


def run(arguments: list[str]) -> int:
    """Run one command; whatever happens, what is printed is meant for people."""
    # A command runs once and briefly, and its data has no cycles: collecting would only cost time.
    gc.disable()
    # no plug-in has a part in this, and looking for some takes a tenth of the start
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        code = _run(arguments)
    except OutputError as error:
        complain(str(error))
        code = COULD_NOT_JUDGE
    except BrokenPipeError:
        give_up_on_stdout()
        code = 0
    except KeyboardInterrupt:
        complain("interrupted")
        code = INTERRUPTED
    except MemoryError:
        complain("memory ran out: there is more to judge than this machine has room for")
        code = COULD_NOT_JUDGE
    except Exception as error:
        if os.environ.get("JTAI_DEBUG"):
            raise
        # a shell that completes a word shows whatever is said in the midst of what is typed
        if not os.environ.get("_JTAI_COMPLETE"):
            complain(_fault(error))
        code = COULD_NOT_JUDGE
    gc.freeze()
    return code


def _fault(error: Exception) -> str:
    from jtai_cli.plan.problem import visible

    what = visible(f"{type(error).__name__}: {error}")
    return (
        f"jtai met a fault of its own ({what}). Please report it, with what you did; "
        "JTAI_DEBUG=1 shows where it happened."
    )


def _run(arguments: list[str]) -> int:
    if arguments == ["--version"]:
        # answered before click is imported: a version costs no more than Python's own start
        write(f"jtai {__version__}\n")
        return 0
    from jtai_cli.cli.group import invoke

    return invoke(arguments)
