"""Run tasks in processes of their own, each within a limit of time and of memory.

A source from a stranger can make a library think for ever or die; a process can be stopped and
its death noticed, a thread can not. Whoever has tasks run in another way, on other machines say,
hands in a `concurrent.futures.Executor`.
"""

import multiprocessing
import pickle
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from contextlib import suppress
from dataclasses import dataclass, field
from tempfile import TemporaryDirectory
from types import FrameType, TracebackType
from typing import Any, Generic, Self, TypeVar

from chapbook.worker_process import settle_in

T = TypeVar("T")
R = TypeVar("R")

MEMORY = 4 * 2**30
DIED = "died"
OUT_OF_MEMORY = "ran out of memory"
OUT_OF_TIME = "ran out of time"
MOST_ON_WINDOWS = 61  # processes that can be waited for at once


@dataclass(frozen=True, slots=True)
class Fallen:
    """In place of the result of a task that brought its worker down twice: it `reason`."""

    reason: str


@dataclass(eq=False, slots=True)
class Errand(Generic[R]):
    """A task on its way."""

    task: Callable[[Any], R]
    item: Any = field(repr=False)
    keep: Callable[[Any, Any], None] | None = None
    began: float = 0.0
    outcome: R | Fallen | None = field(default=None, repr=False)
    fault: BaseException | None = None

    def take(self, future: Future[R]) -> str:
        """Keep what came of it; give the reason where its worker fell, else ''."""
        if future.cancelled():
            return DIED
        fault = future.exception()
        if isinstance(fault, BrokenExecutor):
            return DIED
        if isinstance(fault, MemoryError):
            return OUT_OF_MEMORY
        self.fault = fault
        if fault is None:
            self.end(future.result())
        return ""

    def end(self, outcome: R) -> None:
        """Take what the task gave."""
        self.outcome = outcome
        if self.keep is not None:
            self.keep(self.item, outcome)

    def result(self) -> R | Fallen:
        """Give what came of it, or raise what it raised."""
        if self.fault is not None:
            raise self.fault
        return self.outcome  # type: ignore[return-value]  # None is then the task's own


class Workers:
    """A pool of `jobs` processes; leaving it, by whatever way, leaves no process behind.

    Processes start when they are needed, and not before.
    """

    def __init__(
        self,
        jobs: int,
        seconds: float,
        memory: int = MEMORY,
        executor: Callable[[], Executor] | None = None,
        preload: Sequence[str] = (),
    ) -> None:
        """Allow `jobs` tasks at once, and each of them `seconds` and `memory` bytes.

        `executor` makes another pool in place of ours; the memory of its tasks is then its own
        affair. `preload` names the modules that every process of ours will need.
        """
        self._jobs = min(jobs, MOST_ON_WINDOWS) if sys.platform == "win32" else jobs
        self._seconds = seconds
        self._memory = memory
        self._executor = executor
        self._preload = list(preload)
        self._pool: Executor | None = None
        self._scratch: TemporaryDirectory[str] | None = None
        self._is_warm = False
        self._preparing: threading.Thread | None = None
        self._begun: dict[Errand[Any], Future[Any]] = {}

    def __enter__(self) -> Self:
        """Give the pool."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop every process, at once where something went wrong."""
        self._prepared()
        if kind is not None:
            self._drop()
        elif self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None
        if self._scratch is not None:
            self._scratch.cleanup()
            self._scratch = None

    @property
    def is_warm(self) -> bool:
        """Whether processes of ours have begun to load what they need."""
        return self._is_warm or (self._pool is not None and self._executor is None)

    def warm(self) -> None:
        """Begin to load what the processes need: there will be tasks for them."""
        if self._executor is None and _start_method() == "forkserver":
            from multiprocessing import forkserver

            self._context()
            forkserver.ensure_running()
            self._is_warm = True

    def prepare(self, task: Callable[[T], object], item: T) -> None:
        """Let a process of ours do beforehand what a later task will need; nobody waits for it.

        Nothing is done where there is but one process at a time, or the pool is another's.
        """
        if self._executor is None and self._jobs > 1 and self._preparing is None:
            self.warm()
            # Starting a process waits until the first has loaded what all of them need.
            self._preparing = threading.Thread(target=self._begin_early, args=(task, item))
            self._preparing.start()

    def _begin_early(self, task: Callable[[T], object], item: T) -> None:
        with suppress(BrokenExecutor, OSError):  # a later task will meet it too, and say so
            self._pool = self._new_pool(self._jobs)
            self._pool.submit(_run, task, item)

    def _prepared(self) -> None:
        if self._preparing is not None:
            self._preparing.join()

    def each(
        self,
        task: Callable[[T], R],
        items: Sequence[T],
        in_place: bool = False,
        keep: Callable[[T, R], None] | None = None,
        meanwhile: Callable[[], None] | None = None,
    ) -> list[R | Fallen]:
        """Run the task on each item and give the results in order.

        `in_place` runs it in this process, which suits what is small; else all that goes in and
        comes out is pickled. `keep(item, result)` is told of each result as it comes, so that
        little is lost where the rest is broken off. `meanwhile` is done here, once, while the first
        are on their way. A task whose worker fell is tried once more, alone, before it counts as
        `Fallen`. When all are done, the first exception in order that a task raised is raised.
        """
        errands = [Errand(task, item, keep) for item in items]
        if in_place and _can_time():
            fallen = [errand for errand in errands if not self._here(errand)]
            if meanwhile is not None:
                meanwhile()
        else:
            fallen = self._side_by_side(errands, meanwhile)
        for errand in fallen:
            self._alone(errand)
        return [errand.result() for errand in errands]

    def begin(self, task: Callable[[T], R], item: T) -> Errand[R]:
        """Start a task in a worker, while this process goes on."""
        errand = Errand(task, item)
        self._begun[errand] = self._submit(errand)
        return errand

    def finish(self, errand: Errand[R]) -> R | Fallen:
        """Wait for a task that was begun, and give what `each` would."""
        future = self._begun.pop(errand)
        wait([future], self._seconds)
        if not future.done():
            self._drop()
            self._alone(errand)
        elif errand.take(future):
            self._alone(errand)
        return errand.result()

    def _here(self, errand: Errand[R]) -> bool:
        """Run a task in this process; whether it came to its end."""
        bell = _Bell()
        try:
            try:
                bell.set(self._seconds)
                outcome = errand.task(errand.item)
            finally:
                bell.is_armed = False
        except (_LateError, MemoryError):
            return False
        except Exception as fault:
            errand.fault = fault
            return True
        finally:
            bell.put_away()
        errand.end(outcome)
        return True

    def _side_by_side(
        self, errands: Sequence[Errand[R]], meanwhile: Callable[[], None] | None
    ) -> list[Errand[R]]:
        """Run tasks, `jobs` at once; give those that fell, or ran while another did."""
        waiting = deque(errands)
        flying: dict[Future[R], Errand[R]] = {}
        fallen: list[Errand[R]] = []
        while waiting or flying:
            while waiting and len(flying) < self._jobs:
                errand = waiting.popleft()
                flying[self._submit(errand)] = errand
            if meanwhile is not None:
                meanwhile()
                meanwhile = None
            landed, _ = wait(flying, self._patience(flying.values()), FIRST_COMPLETED)
            for future in landed:
                errand = flying.pop(future)
                if errand.take(future):
                    fallen.append(errand)
            late = [errand for errand in flying.values() if self._left(errand) <= 0]
            if late:
                fallen += late
                waiting.extendleft(errand for errand in flying.values() if errand not in late)
                flying.clear()
                self._drop()
        return fallen

    def _alone(self, errand: Errand[R]) -> None:
        """Run a task once more, in a pool of its own, so that no other can bring it down."""
        pool = self._new_pool(1)
        try:
            future = pool.submit(_run, errand.task, errand.item)
            wait([future], self._seconds)
            reason = errand.take(future) if future.done() else OUT_OF_TIME
        except BrokenExecutor:
            reason = DIED
        finally:
            _end(pool)
        if reason:
            errand.outcome = Fallen(reason)

    def _submit(self, errand: Errand[R]) -> Future[R]:
        self._prepared()
        errand.began = time.monotonic()
        if self._pool is None:
            self._pool = self._new_pool(self._jobs)
        try:
            return self._pool.submit(_run, errand.task, errand.item)
        except BrokenExecutor:
            self._drop()
            self._pool = self._new_pool(self._jobs)
            return self._pool.submit(_run, errand.task, errand.item)

    def _new_pool(self, jobs: int) -> Executor:
        if self._executor is not None:
            return self._executor()
        return ProcessPoolExecutor(
            jobs,
            mp_context=self._context(),
            initializer=settle_in,
            initargs=(self._memory, self._folder()),
        )

    def _folder(self) -> str:
        """Give the folder for temporary files of the workers."""
        if self._scratch is None:
            self._scratch = TemporaryDirectory(prefix="chapbook-", ignore_cleanup_errors=True)
        return self._scratch.name

    def _context(self) -> Any:
        context = multiprocessing.get_context(_start_method())
        if _start_method() == "forkserver":
            context.set_forkserver_preload(self._preload)
        return context

    def _drop(self) -> None:
        if self._pool is not None:
            _end(self._pool)
            self._pool = None

    def _left(self, errand: Errand[R]) -> float:
        return errand.began + self._seconds - time.monotonic()

    def _patience(self, errands: Iterable[Errand[R]]) -> float:
        return max(0.0, min(map(self._left, errands)))


class _LateError(BaseException):
    """Raised into a task of this process when its time is up; no `except Exception` stops it."""


def _run(task: Callable[[T], R], item: T) -> R:
    try:
        return task(item)
    except Exception as fault:
        if _is_portable(fault):
            raise
        raise RuntimeError(f"{type(fault).__qualname__}: {fault}") from fault


def _is_portable(fault: Exception) -> bool:
    """Whether an exception can be sent home; one that can not would break the pool."""
    try:
        pickle.loads(pickle.dumps(fault))
    except Exception:
        return False
    return True


def _start_method() -> str:
    """Name how processes start: by forking a small one that has the libraries, where that is safe.

    On macOS what the system's own libraries keep does not outlive a fork.
    """
    methods = multiprocessing.get_all_start_methods()
    return "forkserver" if "forkserver" in methods and sys.platform != "darwin" else "spawn"


def _end(pool: Executor) -> None:
    """End a pool without asking its processes."""
    for process in list((getattr(pool, "_processes", None) or {}).values()):
        process.kill()
    pool.shutdown(wait=isinstance(pool, ProcessPoolExecutor), cancel_futures=True)


def _can_time() -> bool:
    is_main = threading.current_thread() is threading.main_thread()
    return is_main and hasattr(signal, "setitimer")


class _Bell:
    """Raises `_LateError` when the time is up, and each second after that while it is armed."""

    def __init__(self) -> None:
        self.is_armed = True
        self._before = signal.signal(signal.SIGALRM, self._ring)

    def set(self, seconds: float) -> None:
        signal.setitimer(signal.ITIMER_REAL, max(seconds, 1e-6), 1.0)

    def put_away(self) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, self._before)

    def _ring(self, _number: int, _frame: FrameType | None) -> None:
        if self.is_armed:
            raise _LateError
