"""A small repository whose commits tell a year of a plan, in the way that goes wrong in practice.

It begins with the plan of Reading's partnership as it was published in August 2025, taken from
`plans/`. The year that follows is invented, as is everyone who has a part in it; only the six
updates of 15 October 2025 are those of the real plan. The same on every machine, to the last hash:

    python -m tests.story FOLDER

| what goes wrong, or right | commits |
|---|---|
| the repository begins without a plan | `readme` |
| the plan as it was submitted | `plan` |
| dates slide, with a reason | `september-meeting` (7.1), `audit-delayed` (1.3), \
`october-meeting` (6.3), `december-meeting` (1.2), `may-meeting` (4.1) |
| dates slide, without | `dates-for-autumn` (1.2, 2.5, 6.2, 6.3), `january-meeting` (6.3) |
| one date slides five times (6.2) | `dates-for-autumn`, `committee-report`, `third-date`, \
`january-meeting`, `fifth-date` |
| a date is brought forward | `brought-forward` (7.2) |
| an action without a date is given one | `november-meeting` (2.3) |
| Green long past its date | until `april-meeting` (8.1), until `moved-and-edited` (3.2), \
to the end (10.1) |
| completed with evidence | `completed` (3.1), `december-meeting` (2.3), `audit-complete` (1.3) |
| completed without, and opened again later | `closed-without-evidence`, `reopened` (2.4) |
| progress improved | `august-meeting` (6.1), `march-meeting` (4.1) |
| progress worsened | `december-meeting` (7.1), `february-meeting` (4.1), `april-meeting` (8.1) |
| progress worsened without a word | `worsened-silently` (6.1) |
| progress no longer rated, and again | `unrated`, `rated-again` (10.2) |
| impact rated for the first time | `impact-rated` (3.2), `impact-of-audit` (1.3) |
| impact improved, with evidence | `impact-improved` (3.1) |
| impact worsened | `impact-worsened` (2.2) |
| another owner | `owner-changed` (9.1) |
| a text made clearer, with measures | `reworded` (4.1) |
| a text that asks for less, without a word | `goalposts` (2.4) |
| a new action | `action-added` (7.2), `june-meeting` (1.4) |
| a new action completed | `new-action-complete` (7.2) |
| an action withdrawn as it should be, and replaced | `withdrawn` (7.1) |
| an action that vanishes | `vanished` (6.3) |
| a date removed, and put back | `date-removed`, `date-put-back` (10.1) |
| the plan's file renamed | `renamed` |
| moved and edited at once | `moved-and-edited` (6.1, 3.2) |
| only comments changed | `only-comments` |
| only another file changed | `readme-kept`, `readme-asked` |
| a version that can't be read | `date-mistyped` (7.1, 1.2) |
| the version that mends it | `date-mended` |
| a branch of two commits | `police-briefed`, `police-complete` (5.1, 1.1) |
| its merge | `police-merged` |
| the scheme | never changes |
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from tests.history import Commit, record
from tests.story.autumn import AUTUMN
from tests.story.published import PUBLISHED
from tests.story.script import Event, Step, What, net
from tests.story.spring import SPRING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["EVENTS", "ON_THE_BRANCH", "Event", "build", "events_of", "first_parents", "versions"]


class Version(NamedTuple):
    """What a commit holds: of the plan, its file and its text, or neither before there was one."""

    step: Step
    file: str | None
    text: str | None
    readme: str
    parents: tuple[str, ...]


def build(root: Path) -> dict[str, str]:
    """Make the repository in a new or an empty folder; the hashes of its commits by name, in order.

    A folder that holds anything is a FileExistsError, and so is a file.
    """
    if root.exists() and not (root.is_dir() and not any(root.iterdir())):
        message = f"{root} is no empty folder: name one that is empty, or that is not there yet"
        raise FileExistsError(message)
    told = versions()
    hashes = record(root, [_commit(version, list(told)) for version in told.values()])
    return dict(zip(told, hashes, strict=True))


def _commit(version: Version, names: list[str]) -> Commit:
    step = version.step
    parents = [names.index(name) for name in version.parents]
    return Commit(_changed(version), step.when, step.author, step.subject, parents)


def _changed(version: Version) -> dict[str, str | None]:
    """The files that are not what they were, and those that are gone."""
    was = _files(versions()[version.parents[0]]) if version.parents else {}
    now = _files(version)
    gone = dict.fromkeys(was.keys() - now.keys())
    return gone | {path: text for path, text in now.items() if was.get(path) != text}


def _files(version: Version) -> dict[str, str | None]:
    files: dict[str, str | None] = {"README.md": version.readme}
    return files | {version.file: version.text} if version.file else files


@cache
def versions() -> dict[str, Version]:
    """What each commit holds, by its name, in the order in which they are made."""
    told: dict[str, Version] = {}
    before: tuple[str, ...] = ()
    for step in (*AUTUMN, *SPRING):
        parents = before if step.after is None else step.after
        told[step.name] = _next(told[parents[0]] if parents else None, step, parents)
        before = (step.name,)
    return told


def _next(was: Version | None, step: Step, parents: tuple[str, ...]) -> Version:
    file, text, readme = (was.file, was.text, was.readme) if was else (None, None, "")
    if text is None and step.moved_to:
        text = PUBLISHED
    for edit in (*(change.edit for change in step.changes), *step.layout):
        assert text is not None
        text = edit(text)
    return Version(step, step.moved_to or file, text, step.readme or readme, parents)


def first_parents() -> list[str]:
    """The commits of `main` by name, in order: those of the branch are not among them."""
    told = versions()
    names = [next(reversed(told))]
    while parents := told[names[-1]].parents:
        names.append(parents[0])
    return names[::-1]


def _events(names: list[str]) -> tuple[Event, ...]:
    """What some commits did, each compared with the one before it that can be read."""
    told = versions()
    events: list[Event] = []
    unread: tuple[Step, ...] = ()
    for name in names:
        version = told[name]
        unread = (*unread, version.step)
        was = told[version.parents[0]].file if version.parents else None
        if was and version.file != was:
            events.append(Event(name, "", "moved", was, version.file))
        if version.step.readable:
            events += net(name, (change for step in unread for change in step.changes))
            unread = ()
    return tuple(events)


EVENTS = _events(first_parents())
"""All that happens to actions along `main`, in order; a merge does what its branch did."""

ON_THE_BRANCH = _events([name for name in versions() if name not in first_parents()])
"""What the commits of the branch did, each compared with its own parent."""


def events_of(what: What, ref: str | None = None) -> list[Event]:
    """The events of one kind along `main`, of all actions or of one."""
    return [event for event in EVENTS if event.what == what and ref in (None, event.ref)]
