"""Workers end in time, their death is noticed, and one that falls brings no other task down."""

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

import pytest

from chapbook.diagnostics import BookError, Code, error
from chapbook.workers import DIED, OUT_OF_MEMORY, OUT_OF_TIME, Fallen, Workers

ROOT = Path(__file__).parents[2]
LONG = 60.0


@pytest.fixture(params=["a process", "in place"])
def in_place(request: pytest.FixtureRequest) -> bool:
    return str(request.param) == "in place"


@pytest.fixture
def workers() -> Iterator[Workers]:
    with Workers(2, LONG) as pool:
        yield pool
    assert multiprocessing.active_children() == []


def double(number: int) -> int:
    return 2 * number


def whereabouts(_item: object) -> int:
    return os.getpid()


def double_unless_three(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


def leave(_item: object) -> None:
    os._exit(0)


def leave_once(mark: Path) -> str:
    if not mark.exists():
        mark.touch()
        os._exit(0)
    return "second time"


def take_too_much(_item: object) -> int:
    return len(bytearray(2**40))


def take(size: int) -> int:
    return len(bytearray(size))


def think(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def think_on_whatever_comes(mark: Path) -> str:
    """Think for ever, but only the first time."""
    while not mark.exists():
        try:
            mark.touch()
            time.sleep(600)
        except Exception:
            mark.unlink()
    return "second time"


def refuse(number: int) -> int:
    if number % 2:
        raise BookError([error(Code.LAYOUT_FAILED, f"number {number}")])
    return number


class StubbornError(Exception):
    """Can be pickled, but not read back."""

    def __init__(self, one: str, two: str) -> None:
        super().__init__(one + two)


def fail_stubbornly(_item: object) -> None:
    raise StubbornError("a", "b")


def test_results_come_in_the_order_of_the_items(workers: Workers, in_place: bool) -> None:
    assert workers.each(double, range(5), in_place) == [0, 2, 4, 6, 8]


def test_no_items_need_no_process(workers: Workers) -> None:
    assert workers.each(double, []) == []
    assert multiprocessing.active_children() == []


def test_what_is_small_runs_in_this_process(workers: Workers) -> None:
    assert workers.each(whereabouts, [0], in_place=True) == [os.getpid()]
    assert workers.each(whereabouts, [0]) != [os.getpid()]


def test_one_job_is_a_process_too() -> None:
    with Workers(1, LONG) as workers:
        assert workers.each(whereabouts, [0]) != [os.getpid()]


def test_a_killed_worker_takes_nothing_along(workers: Workers) -> None:
    assert workers.each(double_unless_three, range(6)) == [0, 2, 4, Fallen(DIED), 8, 10]
    assert workers.each(double, [1]) == [2]


def test_a_worker_that_leaves_has_died(workers: Workers) -> None:
    assert workers.each(leave, [0]) == [Fallen(DIED)]


def test_a_task_is_tried_twice(workers: Workers, tmp_path: Path) -> None:
    assert workers.each(leave_once, [tmp_path / "mark"]) == ["second time"]


def test_too_much_memory_is_refused(workers: Workers, in_place: bool) -> None:
    assert workers.each(take_too_much, [0], in_place) == [Fallen(OUT_OF_MEMORY)]


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded by address space")
def test_the_limit_of_memory_is_that_asked_for() -> None:
    with Workers(1, LONG, memory=2**30) as workers:
        assert workers.each(take, [2**20, 2**31]) == [2**20, Fallen(OUT_OF_MEMORY)]


def test_a_task_without_end_is_stopped(in_place: bool) -> None:
    with Workers(2, 1.0) as workers:
        found = workers.each(think, [0.0, 600.0, 0.01], in_place)
        assert found == [0.0, Fallen(OUT_OF_TIME), 0.01]
    assert multiprocessing.active_children() == []


def test_no_except_clause_keeps_a_task_from_ending(tmp_path: Path) -> None:
    with Workers(1, 1.0) as workers:
        found = workers.each(think_on_whatever_comes, [tmp_path / "mark"], in_place=True)
        assert found == ["second time"]


def test_the_timer_of_others_is_given_back(workers: Workers) -> None:
    before = signal.getsignal(signal.SIGALRM)
    workers.each(double, [1], in_place=True)
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_a_thread_can_ask_for_what_is_small(workers: Workers) -> None:
    found: list[object] = []
    thread = threading.Thread(target=lambda: found.extend(workers.each(double, [4], in_place=True)))
    thread.start()
    thread.join()
    assert found == [8]


def test_the_first_exception_in_order_is_raised(workers: Workers, in_place: bool) -> None:
    with pytest.raises(BookError) as raised:
        workers.each(refuse, [0, 1, 2, 3], in_place)
    assert [found.message for found in raised.value.diagnostics] == ["number 1"]


def test_an_exception_that_cannot_be_sent_is_told(workers: Workers) -> None:
    with pytest.raises(RuntimeError, match="StubbornError: ab"):
        workers.each(fail_stubbornly, [0])
    assert workers.each(double, [1]) == [2]


def test_results_are_told_as_they_come(workers: Workers, in_place: bool) -> None:
    told: dict[int, int] = {}
    with pytest.raises(BookError):
        workers.each(refuse, [0, 1, 2], in_place, told.__setitem__)
    assert told == {0: 0, 2: 2}


def test_the_result_of_a_second_try_is_told_too(workers: Workers, tmp_path: Path) -> None:
    told: dict[Path, str] = {}
    workers.each(leave_once, [tmp_path / "mark"], keep=told.__setitem__)
    assert told == {tmp_path / "mark": "second time"}


def test_a_task_can_go_on_meanwhile(workers: Workers) -> None:
    errand = workers.begin(double, 21)
    assert workers.each(double, [1, 2]) == [2, 4]
    assert workers.finish(errand) == 42


def test_a_task_that_went_on_survives_the_fall_of_others(workers: Workers) -> None:
    errand = workers.begin(think, 0.5)
    assert workers.each(leave, [0]) == [Fallen(DIED)]
    assert workers.finish(errand) == 0.5


def test_a_task_that_went_on_and_fell(workers: Workers) -> None:
    assert workers.finish(workers.begin(leave, 0)) == Fallen(DIED)


def test_another_pool_can_be_handed_in() -> None:
    made: list[ThreadPoolExecutor] = []

    def pool() -> Executor:
        made.append(ThreadPoolExecutor(2))
        return made[-1]

    with Workers(2, LONG, executor=pool) as workers:
        assert workers.each(whereabouts, range(3)) == [os.getpid()] * 3
        assert workers.finish(workers.begin(double, 2)) == 4
        assert multiprocessing.active_children() == []
    assert len(made) == 1


def test_a_break_leaves_no_process() -> None:
    with pytest.raises(KeyboardInterrupt):
        begin_and_break()
    assert multiprocessing.active_children() == []


def begin_and_break() -> None:
    with Workers(2, LONG) as workers:
        workers.begin(think, 600.0)
        raise KeyboardInterrupt


KILLED = """
import sys
from pathlib import Path
sys.path.insert(0, {root!r})
from tests.unit.test_workers import tell_and_think
from chapbook.workers import Workers
if __name__ == "__main__":
    with Workers(1, 600.0) as workers:
        workers.each(tell_and_think, [Path({mark!r})])
"""


def tell_and_think(mark: Path) -> None:
    aside = mark.with_suffix(".aside")
    aside.write_text(str(os.getpid()), "utf-8")
    aside.replace(mark)
    time.sleep(600)


@pytest.mark.skipif(sys.platform == "win32", reason="asks for a process by its number")
def test_workers_do_not_outlive_a_killed_build(tmp_path: Path) -> None:
    mark, script = tmp_path / "mark", tmp_path / "build_and_wait.py"
    script.write_text(KILLED.format(root=str(ROOT), mark=str(mark)), "utf-8")
    build = subprocess.Popen([sys.executable, str(script)])
    while not mark.exists():
        assert build.poll() is None
        time.sleep(0.05)
    build.kill()
    build.wait()
    worker = int(mark.read_text("utf-8"))
    while _lives(worker):
        time.sleep(0.05)


def _lives(number: int) -> bool:
    """Whether a process runs; one that nobody has buried yet does not."""
    status = Path(f"/proc/{number}/stat")
    if status.parent.parent.joinpath("self").exists():
        return status.exists() and status.read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True
