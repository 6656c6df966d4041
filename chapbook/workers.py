"""Run tasks in processes of their own, each within a limit of time.

A source from a stranger can make a library think for ever or die; a process can be stopped and
its death noticed, a thread can not.
"""

import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import ParamSpec, Self, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class TimeUpError(Exception):
    """A task did not end within its time."""


class WorkerDiedError(Exception):
    """A worker's process ended in the middle of a task: killed, or out of memory."""


class Workers:
    """A pool of `jobs` processes; leaving it, by whatever way, leaves no process behind."""

    def __init__(self, jobs: int, seconds: float) -> None:
        """Allow `jobs` tasks at once and `seconds` for each batch that is waited for."""
        self._seconds = seconds
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(jobs, mp_context=context)

    def __enter__(self) -> Self:
        """Give the pool; its processes start with the first task."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop every process, at once where something went wrong."""
        if kind is not None:
            kill_workers()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def begin(self, task: Callable[P, R], *args: P.args, **named: P.kwargs) -> Future[R]:
        """Start a task; all that goes in and comes out is pickled."""
        return self._pool.submit(task, *args, **named)

    def finish(self, futures: Sequence[Future[R]]) -> list[R]:
        """Wait for the tasks and give their results in order.

        Raises `TimeUpError`, `WorkerDiedError`, or what the first failing task raised.
        """
        done, left = wait(futures, timeout=self._seconds, return_when=FIRST_EXCEPTION)
        failed = [f for f in futures if f in done and f.exception() is not None]
        if left and not failed:
            raise TimeUpError
        try:
            return [future.result() for future in failed or futures]
        except BrokenProcessPool as fault:
            raise WorkerDiedError from fault


def kill_workers() -> None:
    """End every child process of this one without asking it."""
    for child in multiprocessing.active_children():
        child.kill()
