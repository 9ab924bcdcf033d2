import os
import socket
import stat
from pathlib import Path

import pytest

from jtai_cli import files
from jtai_cli.files import Unreadable, reading


def tree(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def names(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in files.plan_files(folder)]


# finding


def test_the_folder_of_plans_is_found_here_or_above(tmp_path: Path) -> None:
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    (tmp_path / "plans").mkdir()
    assert files.find_folder(tmp_path) == (tmp_path / "plans", (tmp_path,))
    assert files.find_folder(below).found == tmp_path / "plans"
    assert files.find_folder(below).looked_in == (below, below.parent, tmp_path)


def test_the_nearest_folder_wins(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "a" / "plans").mkdir(parents=True)
    assert files.find_folder(tmp_path / "a").found == tmp_path / "a" / "plans"


def test_nothing_is_looked_for_above_a_repository(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    repository = tmp_path / "repository"
    (repository / "a").mkdir(parents=True)
    (repository / ".git").write_text("gitdir: elsewhere", encoding="utf-8")
    search = files.find_folder(repository / "a")
    assert search == (None, (repository / "a", repository))


def test_a_file_called_plans_is_no_folder(tmp_path: Path) -> None:
    tree(tmp_path, "a/plans", "plans/x.yaml")
    assert files.find_folder(tmp_path / "a").found == tmp_path / "plans"


def test_without_any_every_folder_up_to_the_root_was_looked_in(tmp_path: Path) -> None:
    search = files.find_folder(tmp_path)
    assert search == (None, (tmp_path, *tmp_path.parents))


def test_plan_files_by_name_with_those_in_folders(tmp_path: Path) -> None:
    tree(tmp_path, "b.yaml", "a.yml", "c/d.yaml", "c/e/f.yaml", "B.yaml")
    assert names(tmp_path) == ["B.yaml", "a.yml", "b.yaml", "c/d.yaml", "c/e/f.yaml"]


def test_what_is_hidden_or_no_yaml_is_left_out(tmp_path: Path) -> None:
    tree(
        tmp_path,
        ".A.YAML",
        ".a.yaml",
        ".git/a.yaml",
        "a.yaml~",
        "a.json",
        "yaml",
        "README.md",
        "ok.yaml",
    )
    assert names(tmp_path) == ["ok.yaml"]


def test_a_folder_that_is_called_like_a_plan_is_given_out_to_be_refused(tmp_path: Path) -> None:
    tree(tmp_path, "x.yaml/y.yaml")
    assert names(tmp_path) == ["x.yaml", "x.yaml/y.yaml"]


def test_a_folder_that_is_gone_is_given_out_to_be_refused(tmp_path: Path) -> None:
    assert files.plan_files(tmp_path / "gone") == [tmp_path / "gone"]


# reading


@pytest.mark.parametrize(
    ("size", "limit", "read"), [(0, 10, 0), (9, 10, 9), (10, 10, 10), (11, 10, 11), (99, 10, 11)]
)
def test_at_most_one_byte_more_than_the_limit_is_read(
    size: int, limit: int, read: int, tmp_path: Path
) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"x" * size)
    assert files.read(path, limit) == b"x" * read


def test_a_file_is_read_whole_however_the_system_hands_it_out(tmp_path: Path) -> None:
    class Slow:
        def __init__(self) -> None:
            self.parts = [b"ab", b"c", b""]

        def read(self, _most: int) -> bytes:
            return self.parts.pop(0)

    assert reading._read_up_to(Slow(), 10) == b"abc"


def reason(path: Path) -> str:
    refused = files.read(path, 10)
    assert isinstance(refused, Unreadable)
    return refused.reason


def test_what_is_not_an_ordinary_file_is_refused_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "loop").symlink_to("loop")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket"))
        assert reason(tmp_path / "socket") == "it is not an ordinary file"
    assert reason(tmp_path / "fifo") == "it is not an ordinary file"
    assert reason(Path(os.devnull)) == "it is not an ordinary file"
    assert reason(tmp_path) == "it is a folder"
    assert reason(tmp_path / "gone") == "the system says: no such file or directory"
    assert "symbolic links" in reason(tmp_path / "loop")


def test_a_name_that_no_system_takes_is_refused() -> None:
    assert reason(Path("a\0b")).startswith("the system says: ")
    assert reason(Path("a" * 5_000)).startswith("the system says: ")


def test_a_file_that_becomes_a_fifo_before_it_is_opened_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"")
    ordinary = path.stat()
    path.unlink()
    os.mkfifo(path)
    monkeypatch.setattr(Path, "stat", lambda _: ordinary)
    assert reason(path) == "it is not an ordinary file"


# writing


def test_a_file_is_written_whole_and_nothing_else_is_left(tmp_path: Path) -> None:
    assert files.write(tmp_path / "out", b"new") is None
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert (tmp_path / "out").read_bytes() == b"new"


def test_a_file_that_is_there_keeps_its_rights(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_bytes(b"old")
    path.chmod(0o640)
    assert files.write(path, b"new") is None
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"new", 0o640)


def test_a_link_is_written_through(tmp_path: Path) -> None:
    (tmp_path / "there").write_bytes(b"old")
    (tmp_path / "link").symlink_to("there")
    assert files.write(tmp_path / "link", b"new") is None
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "there").read_bytes() == b"new"


def test_what_is_there_stays_when_the_new_can_not_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out"
    path.write_bytes(b"old")

    def full(_self: Path, mode: str = "r") -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(Path, "open", full)
        assert files.write(path, b"new") == Unreadable("the system says: no space left on device")
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["out"]


def test_a_device_is_written_to(tmp_path: Path) -> None:
    assert files.write(Path(os.devnull), b"new") is None
    assert isinstance(files.write(Path("/dev/full"), b"new"), Unreadable)


def test_what_is_no_file_pipe_or_terminal_is_refused(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket"))
        assert files.write(tmp_path / "socket", b"new") == Unreadable(
            "it is neither a file, a pipe nor a terminal"
        )
    assert files.write(tmp_path, b"new") == Unreadable("it is a folder")


def test_names_that_no_system_takes_are_of_nothing() -> None:
    for path in (Path("a\0b"), Path("a" * 5_000)):
        assert not files.is_there(path)
        assert not files.is_folder(path)
        assert not files.is_file(path)
        assert not files.is_link(path)
        assert not files.same(path, Path())


@pytest.mark.parametrize("name", ["gone/out", ".", "file/out", "a\0b"])
def test_what_can_not_be_written_is_said(name: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert isinstance(files.write(tmp_path / name, b"new"), Unreadable)


def test_a_linked_folder_is_looked_into_once_though_links_lead_in_a_circle(tmp_path: Path) -> None:
    plans, elsewhere = tmp_path / "plans", tmp_path / "elsewhere"
    plans.mkdir()
    elsewhere.mkdir()
    (elsewhere / "a.yaml").touch()
    (plans / "more").symlink_to(elsewhere)
    (elsewhere / "back").symlink_to(plans)

    assert files.plan_files(plans) == [plans / "more" / "a.yaml"]
