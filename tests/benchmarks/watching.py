"""Watches a watch: how long after a save the new PDF is there."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.books import Book, Edits
from tests.benchmarks.runs import FailedError, chapbook, reap_orphans

LONGEST = 900.0  # seconds to wait for a PDF
LOOK = 0.002  # seconds between two looks at it
REST = 0.7  # seconds that an author thinks between two saves


def watch(book: Book, output: Path, environment: Mapping[str, str], saves: int) -> list[float]:
    """Give the seconds from each save to a new PDF on the disk."""
    edits = Edits(book)
    with _watching(book, output, environment) as child:
        _wait_for_change(output, None, child)
        seconds = [_save(edits, output, child) for _ in range(saves)]
    edits.undo()
    return seconds


def _save(edits: Edits, output: Path, child: "subprocess.Popen[bytes]") -> float:
    time.sleep(REST)
    before = _facts(output)
    began = time.perf_counter()
    edits.next()
    return _wait_for_change(output, before, child) - began


@contextmanager
def _watching(
    book: Book, output: Path, environment: Mapping[str, str]
) -> Iterator["subprocess.Popen[bytes]"]:
    command = chapbook("watch", "screen", "--book", str(book.folder), "--output", str(output))
    nothing = subprocess.DEVNULL
    child = subprocess.Popen(
        command,
        env={**os.environ, **environment},
        stdout=nothing,
        stderr=nothing,
        start_new_session=True,
    )
    try:
        yield child
    finally:
        child.send_signal(signal.SIGINT)
        child.wait(30)
        reap_orphans(child.pid)


def _wait_for_change(
    output: Path, before: tuple[int, ...] | None, child: "subprocess.Popen[bytes]"
) -> float:
    """Give the moment at which a whole PDF was there that was not there before."""
    end = time.perf_counter() + LONGEST
    while (now := time.perf_counter()) < end:
        if _facts(output) not in (None, before):
            return now
        if child.poll() is not None:
            raise FailedError(f"the watch ended with status {child.returncode}")
        time.sleep(LOOK)
    raise FailedError(f"the watch made no PDF in {LONGEST:.0f} seconds")


def _facts(output: Path) -> tuple[int, ...] | None:
    """Tell one PDF from the next; None where there is none."""
    for file in output.glob("*.pdf"):
        facts = file.stat()
        return facts.st_ino, facts.st_mtime_ns, facts.st_size
    return None
