"""Lets one start at a time change the checkout's environment."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def own_turn(path: Path) -> Iterator[None]:
    """Hold the file `path` alone, after waiting for whoever holds it.

    The system lets go of it when the process ends, however it ends. Raises OSError when
    `path` cannot be written.
    """
    with path.open("a+b") as file:
        if not _try_lock(file.fileno()):
            sys.stderr.write("chapbook: waiting for another start to finish setting up\n")
            while not _try_lock(file.fileno()):
                time.sleep(0.2)
        os.set_inheritable(file.fileno(), True)
        yield


def _try_lock(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True
