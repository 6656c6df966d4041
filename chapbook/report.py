"""Say what happens and what was found: on a terminal, in a pipe, or as JSON.

The only room that prints. Diagnostics go to standard error, except as JSON, which goes to
standard output so that a program can read it.
"""

import json
import sys
import time
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path

from rich.console import Console
from rich.status import Status
from rich.text import Text

from chapbook.diagnostics import Diagnostic, Severity, diagnostic_record
from chapbook.publication import Artifact


class Format(StrEnum):
    """How diagnostics are written."""

    SHORT = "short"
    FULL = "full"
    JSON = "json"


class Reporter:
    """Tells a person of the build: a live line on a terminal, plain lines in a pipe.

    `loudness` is 0 for findings only, 1 for steps too, 2 for the time each took.
    """

    def __init__(self, book: Path, style: Format, loudness: int) -> None:
        """Write paths as seen from `book`, the book's folder as the caller named it."""
        self._book = book
        self._style = style
        self._loudness = loudness
        self._console = Console(stderr=True, highlight=False, soft_wrap=True)
        self._status: Status | None = None
        self._began = self._last = time.monotonic()

    def say(self, stage: str, what: str) -> None:
        """Tell that a stage begins."""
        if not self._loudness:
            return
        line = f"{stage} {what}".strip()
        if self._console.is_terminal and self._loudness == 1:
            self._show(line)
            return
        now = time.monotonic()
        spent = f"  ({now - self._last:.2f} s)" if self._loudness > 1 else ""
        self._last = now
        self._console.print(Text(f"{line}{spent}"))

    def _show(self, line: str) -> None:
        if self._status is None:
            self._status = self._console.status(line)
            self._status.start()
        self._status.update(line)

    def close(self) -> None:
        """Take the live line away."""
        if self._status is not None:
            self._status.stop()
            self._status = None

    def findings(self, diagnostics: Sequence[Diagnostic]) -> None:
        """Write every diagnostic in the chosen format."""
        self.close()
        if self._style is Format.JSON:
            records = [diagnostic_record(found) for found in diagnostics]
            sys.stdout.write(json.dumps(records, indent=2, ensure_ascii=False) + "\n")
            return
        for found in diagnostics:
            for line in self._lines(found):
                self._console.print(line)

    def _lines(self, found: Diagnostic) -> Iterator[Text]:
        colour = "bold red" if found.severity is Severity.ERROR else "bold yellow"
        where = (
            f"{self._book / found.at.path}{str(found.at).removeprefix(found.at.path)}: "
            if found.at
            else ""
        )
        yield Text.assemble(
            where, (f"{found.severity}[{found.code}]", colour), f": {found.message}"
        )
        if self._style is Format.FULL:
            yield from self._excerpt(found)
        for hint in found.hints:
            yield Text(f"  hint: {hint}")

    def _excerpt(self, found: Diagnostic) -> Iterator[Text]:
        if found.at is None or not found.at.line:
            return
        try:
            lines = (self._book / found.at.path).read_text("utf-8").splitlines()
            line = lines[found.at.line - 1]
        except (OSError, ValueError, IndexError):
            return
        number = str(found.at.line)
        yield Text(f"  {number} | {line.expandtabs(1)}")
        if found.at.column:
            yield Text(" " * (len(number) + 2) + " | " + " " * (found.at.column - 1) + "^")

    def result(self, artifacts: Sequence[Artifact], output: Path) -> None:
        """Name each file made, with its pages and size."""
        self.close()
        if not self._loudness:
            return
        for made in artifacts:
            pages = f", {made.pages} pages" if made.pages else ""
            size = f"{made.size / 1000:,.0f} kB"
            self._console.print(Text(f"{output / made.name}  ({size}{pages})"))
        seconds = time.monotonic() - self._began
        self._console.print(Text(f"{len(artifacts)} made in {seconds:.1f} s"))
