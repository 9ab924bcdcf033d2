import os
import signal
import subprocess
import sys
import textwrap

import pytest

from jtai_cli.cli.reading import workers
from jtai_cli.cli.reading.workers import map_in_order


@pytest.fixture(autouse=True)
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 2)


@pytest.fixture(autouse=True)
def few_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that small numbers of items show what large ones do."""
    monkeypatch.setattr(workers, "ENOUGH", 16)


def squared(number: int) -> int:
    return number * number


@pytest.mark.parametrize("number", [0, 1, 16, 17, 20, 41, 1000])
def test_results_are_in_the_order_of_the_items(number: int) -> None:
    assert list(map_in_order(squared, range(number))) == [n * n for n in range(number)]


def test_the_second_half_is_done_by_a_child() -> None:
    processes = list(map_in_order(lambda _: os.getpid(), range(20)))
    assert processes[:10] == [os.getpid()] * 10
    assert len(set(processes[10:])) == 1
    assert processes[10] != os.getpid()


def test_few_items_are_done_here() -> None:
    assert set(map_in_order(lambda _: os.getpid(), range(16))) == {os.getpid()}


@pytest.mark.parametrize("processors", [1, None])
def test_on_one_processor_all_is_done_here(
    processors: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: processors)
    assert set(map_in_order(lambda _: os.getpid(), range(40))) == {os.getpid()}


def test_without_fork_all_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    assert set(map_in_order(lambda _: os.getpid(), range(40))) == {os.getpid()}


def test_when_no_child_can_be_made_all_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", refused)
    before = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0  # noqa: PTH112, PTH208
    assert list(map_in_order(squared, range(40))) == [n * n for n in range(40)]
    after = len(os.listdir("/proc/self/fd")) if before else 0  # noqa: PTH208
    assert before == after


@pytest.mark.parametrize("way", ["killed", "raises", "exits", "can't be pickled"])
def test_what_a_child_fails_at_is_done_again_here(way: str) -> None:
    here = os.getpid()

    def work(number: int) -> object:
        if os.getpid() != here and number == 15:
            if way == "killed":
                os.kill(os.getpid(), signal.SIGKILL)
            if way == "raises":
                raise ValueError
            if way == "exits":
                os._exit(3)
            return lambda: None
        return number

    assert list(map_in_order(work, range(20))) == list(range(20))


def test_what_fails_everywhere_fails_here() -> None:
    def work(number: int) -> int:
        if number == 15:
            raise ValueError("fails")
        return number

    with pytest.raises(ValueError, match="fails"):
        list(map_in_order(work, range(20)))


def test_a_parent_that_fails_does_not_wait_for_a_child_with_much_to_say() -> None:
    script = """
        import os
        os.cpu_count = lambda: 2
        from jtai_cli.cli.reading.workers import map_in_order

        def work(number):
            if number == 0:
                raise ValueError
            return "x" * 1_000_000

        try:
            list(map_in_order(work, range(20)))
        except ValueError:
            print("failed")
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout == "failed\n"


def test_results_larger_than_a_pipe() -> None:
    results = list(map_in_order(lambda number: str(number) * 100_000, range(20)))
    assert [len(result) for result in results] == [100_000] * 10 + [200_000] * 10


def test_no_child_is_left_behind() -> None:
    list(map_in_order(squared, range(40)))
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
