"""The life of an action, where there is a history to tell it from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from jtai_cli import files
from jtai_cli.cli.reading.project import NothingToJudge

if TYPE_CHECKING:
    import datetime as dt

    from jtai_cli.cli.request import Request
    from jtai_cli.facts.life import Life
    from jtai_cli.facts.records import Record


class Told(NamedTuple):
    """The life of an action, or, in a sentence, why there is none."""

    life: Life | None
    reason: str | None = None


def life_told(request: Request, record: Record, as_of: dt.date) -> Told:
    """The life of an action that is shown; without git there is none, and all else can be said."""
    folder = Path(files.real(record.file)).parent
    if request.at is None and not files.is_there(files.root_of_repository(folder) / ".git"):
        return Told(None, "its plan is not in a git repository")
    # slow to import, and nothing that shows an action can do without
    from jtai_cli.cli.reading.history import history_of
    from jtai_cli.facts.life import life_of

    try:
        with history_of(request._replace(plans=(record.file,))) as history:
            life = life_of(history.moments, record, as_of)
    except NothingToJudge as error:
        return Told(None, error.message)
    return Told(life, None if life else "no commit has it")
