"""Plan texts as git has them: commits, trees, blobs and the index. The only place where git is run.

Nothing here writes, and nothing that a repository's configuration names is run.
"""

from jtai_cli.git.history import Commit, Step, commit_of, first_parents, last_until
from jtai_cli.git.opening import open_repository
from jtai_cli.git.repository import Change, Entry, Repository
from jtai_cli.git.running import GitError
from jtai_cli.git.stored import steps_as_text, steps_in

__all__ = [
    "Change",
    "Commit",
    "Entry",
    "GitError",
    "Repository",
    "Step",
    "commit_of",
    "first_parents",
    "last_until",
    "open_repository",
    "steps_as_text",
    "steps_in",
]
