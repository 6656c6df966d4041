"""What a worker does first: bind itself to its limits, and to the life of its master."""

import multiprocessing
import os
import signal
import sys
import tempfile
import threading
from contextlib import suppress
from multiprocessing.connection import wait


def settle_in(memory: int, scratch: str) -> None:
    """Bound this process to `memory` bytes, and let it end with the one that began it.

    Memory is bounded where the system can do so, by the size of the address space. Temporary
    files go to the folder `scratch`, which the master removes: who is killed can not.
    """
    tempfile.tempdir = scratch
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the master says when to stop
    threading.Thread(target=_end_with_master, daemon=True).start()
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def _end_with_master() -> None:
    """A master that was killed could not end its workers, which would wait for ever."""
    if master := multiprocessing.parent_process():
        wait([master.sentinel])
        os.kill(os.getpid(), signal.SIGTERM)
