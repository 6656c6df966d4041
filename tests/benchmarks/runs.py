"""Starts a program, waits for it and for all that it has started, and says what it took."""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
MEBIBYTE = 2**20
# https://man7.org/linux/man-pages/man2/pr_set_child_subreaper.2const.html
PR_SET_CHILD_SUBREAPER = 36

Usage = resource.struct_rusage


class FailedError(Exception):
    """Raised where a program that is measured fails; the message has what it said."""


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds from start to end, seconds of work of all processes, MiB of the largest one."""

    wall: float
    cpu: float
    peak: float
    said: str = ""


def adopt_orphans() -> None:
    """Let what programs leave running become our child, so that its work is counted.

    Workers may be started by a process that outlives the one which was measured. Linux only;
    elsewhere what they take is not seen.
    """
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def measure(command: Sequence[str], scratch: Path, environment: Mapping[str, str]) -> Run:
    """Run a program to its end. Raises `FailedError` where it gives another status than 0."""
    said, complained = scratch / "stdout", scratch / "stderr"
    with said.open("wb") as out, complained.open("wb") as err:
        began = time.perf_counter()
        child = subprocess.Popen(
            command,
            cwd=scratch,
            env={**os.environ, **environment},
            stdout=out,
            stderr=err,
            start_new_session=True,
        )
        _, status, spent = os.wait4(child.pid, 0)
        wall = time.perf_counter() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    usage = [spent, *reap_orphans(child.pid)]
    if child.returncode:
        end = complained.read_text("utf-8", "replace")[-2000:]
        ended = f"exit status {child.returncode} after {wall:.1f} s"
        raise FailedError(f"{' '.join(command)}: {ended}\n{end}")
    return Run(
        wall,
        sum(each.ru_utime + each.ru_stime for each in usage),
        max(each.ru_maxrss for each in usage) * _unit() / MEBIBYTE,
        said.read_text("utf-8", "replace"),
    )


def chapbook(*arguments: str) -> list[str]:
    """Give the command that its users give."""
    return [sys.executable, "-P", "-m", "chapbook", *arguments]


def with_cache(folder: Path) -> dict[str, str]:
    """Give an environment in which Chapbook remembers in `folder`.

    Python keeps what it has compiled, as on the machine of whoever uses the program.
    """
    kept = {"PYTHONDONTWRITEBYTECODE": ""}
    return {"CHAPBOOK_CACHE": str(folder), "PYTHONPATH": str(ROOT), **kept}


def reap_orphans(group: int) -> list[Usage]:
    """Wait for all that a program left running, in its group of processes; give what they used."""
    usage: list[Usage] = []
    while True:
        try:
            usage.append(os.wait4(-group, 0)[2])
        except ChildProcessError:
            return usage


def _unit() -> int:
    """Give the bytes that `ru_maxrss` counts in."""
    return 1 if sys.platform == "darwin" else 1024
