"""Find the program of a validator, and run it: with a time limit, and without the network."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from signal import Signals

from chapbook.assay.objection import Objection
from chapbook.diagnostics import Code

MOST_SECONDS = 300.0
SAID = 300  # letters of what a program said last

# No validator has a reason to ask the network, and a book must not: whatever tries is refused.
NOWHERE = "http://127.0.0.1:9"
ENVIRONMENT = {
    **dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), NOWHERE),
    **dict.fromkeys(("no_proxy", "NO_PROXY"), "localhost,127.0.0.1"),
}


@dataclass(frozen=True, slots=True)
class Validator:
    """A program of others: how it is found, how it judges, and the code of its findings."""

    name: str
    code: Code
    find: "Callable[[], Tool | Lacking]"
    judge: "Callable[[Tool, bytes], tuple[Objection, ...]]"


@dataclass(frozen=True, slots=True)
class Tool:
    """A validator's program on this machine. `mark` tells it from every other version."""

    validator: Validator
    command: tuple[str, ...]
    mark: str
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lacking:
    """A validator that this machine lacks; `remark` says how to get it, '' where it is unwanted."""

    remark: str = ""


class UnreportedError(Exception):
    """A validator that gave no report: `what` it did instead, and `hints`."""

    def __init__(self, what: str, *hints: str) -> None:
        """Keep both."""
        self.what, self.hints = what, hints
        super().__init__(what)


def marked(*files: Path) -> str:
    """Tell the state that programs are in."""
    stats = [(str(file), file.stat()) for file in files]
    return " ".join(f"{name}:{stat.st_size}:{stat.st_mtime_ns}" for name, stat in stats)


def run(tool: Tool, arguments: Sequence[str], seconds: float = MOST_SECONDS) -> str:
    """Run a validator to its end and give what it said last.

    Raises `UnreportedError` where it can not be started or takes too long; nothing of it is left
    running then. How it ends is not looked at: its report tells.
    """
    environment = {**os.environ, **ENVIRONMENT, **tool.environment}
    with tempfile.TemporaryFile() as said:
        try:
            process = subprocess.Popen(
                [*tool.command, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                env=environment,
                start_new_session=sys.platform != "win32",
            )
        except OSError as fault:
            raise UnreportedError("can not be started", f"{tool.command[0]}: {fault}") from None
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise UnreportedError(f"did not end within {seconds:.0f} s") from None
        finally:
            _end(process)
        said.seek(0)
        return said.read().decode("utf-8", "replace").strip()[-SAID:]


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a program with all that it started, such as a browser."""
    if sys.platform != "win32":
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, Signals.SIGKILL)
    process.kill()
    process.wait()


def read_report(report: Path, said: str) -> str:
    """Read what a validator wrote; raises `UnreportedError` where it did not."""
    try:
        return report.read_text("utf-8")
    except OSError:
        raise UnreportedError("gave no report", *([f"it said: {said}"] if said else [])) from None
