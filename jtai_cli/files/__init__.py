"""Plan texts on disk: finding, reading and writing files. Knows nothing of what stands in them."""

from jtai_cli.files.finding import (
    CONFIG,
    FOLDER,
    SUFFIXES,
    Search,
    configs_below,
    find_configs,
    find_folder,
    is_plan_name,
    is_plan_path,
    plan_files,
    root_of_repository,
)
from jtai_cli.files.paths import (
    from_here,
    here,
    is_file,
    is_folder,
    is_link,
    is_own_folder,
    is_there,
    real,
    same,
)
from jtai_cli.files.reading import Unreadable, read, read_own, reason
from jtai_cli.files.writing import append, create, resolved, write

__all__ = [
    "CONFIG",
    "FOLDER",
    "SUFFIXES",
    "Search",
    "Unreadable",
    "append",
    "configs_below",
    "create",
    "find_configs",
    "find_folder",
    "from_here",
    "here",
    "is_file",
    "is_folder",
    "is_link",
    "is_own_folder",
    "is_plan_name",
    "is_plan_path",
    "is_there",
    "plan_files",
    "read",
    "read_own",
    "real",
    "reason",
    "resolved",
    "root_of_repository",
    "same",
    "write",
]
