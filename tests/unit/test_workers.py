"""Workers end in time, and their death is noticed."""

import multiprocessing
import os
import signal
import time

import pytest

from chapbook.workers import TimeUpError, WorkerDiedError, Workers


def double(number: int) -> int:
    return 2 * number


def die() -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


def fail() -> int:
    raise ValueError("the task's own fault")


def test_results_come_in_the_order_of_the_tasks() -> None:
    with Workers(2, 60) as workers:
        assert workers.finish([workers.begin(double, n) for n in range(5)]) == [0, 2, 4, 6, 8]


def test_a_task_that_never_ends_is_stopped() -> None:
    with pytest.raises(TimeUpError), Workers(1, 1.0) as workers:
        workers.finish([workers.begin(time.sleep, 600)])
    assert multiprocessing.active_children() == []


def test_a_killed_worker_is_noticed() -> None:
    with pytest.raises(WorkerDiedError), Workers(1, 60) as workers:
        workers.finish([workers.begin(die)])


def test_what_a_task_raises_comes_through() -> None:
    with pytest.raises(ValueError, match="own fault"), Workers(1, 60) as workers:
        workers.finish([workers.begin(fail), workers.begin(fail)])
