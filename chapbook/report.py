"""Say what happens and what was found: on a terminal, in a pipe, or as JSON.

The only room that prints. Diagnostics go to standard error, except as JSON, which goes to
standard output so that a program can read it.
"""

import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from chapbook.diagnostics import Diagnostic, Severity, diagnostic_record
from chapbook.request import Build

if TYPE_CHECKING:  # of no use in a pipe, and slow to load
    from rich.console import Console
    from rich.status import Status

Line = tuple[str | tuple[str, str], ...]  # each piece a text, or a text and its style

MOST_NAMED = 5  # files that one save has changed


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
        self._is_plain = not (sys.stderr.isatty() or os.environ.get("FORCE_COLOR"))
        self._status: Status | None = None
        self._step = ""
        self._began = self._last = time.monotonic()

    @cached_property
    def _console(self) -> "Console":
        from rich.console import Console

        return Console(stderr=True, highlight=False, soft_wrap=True)

    def _write(self, *line: str | tuple[str, str]) -> None:
        if self._is_plain:
            sys.stderr.write("".join(p if isinstance(p, str) else p[0] for p in line) + "\n")
            return
        from rich.text import Text

        self._console.print(Text.assemble(*line))

    def begin(self) -> None:
        """Count the time from here."""
        self._began = self._last = time.monotonic()

    def say(self, stage: str, what: str) -> None:
        """Tell that a stage begins."""
        if not self._loudness:
            return
        line = f"{stage} {what}".strip()
        if self._loudness > 1:
            self._end_step()
            self._step = line
        elif self._is_plain:
            self._write(line)
        else:
            self._show(line)

    def _end_step(self) -> None:
        now = time.monotonic()
        if self._step:
            self._write(f"{self._step}  ({now - self._last:.2f} s)")
        self._step, self._last = "", now

    def _show(self, line: str) -> None:
        if self._status is None:
            self._status = self._console.status(line)
            self._status.start()
        self._status.update(line)

    def close(self) -> None:
        """End the step that was told of last."""
        self._end_step()
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
                self._write(*line)

    def _lines(self, found: Diagnostic) -> Iterator[Line]:
        colour = "bold red" if found.severity is Severity.ERROR else "bold yellow"
        where = (
            f"{self._book / found.at.path}{str(found.at).removeprefix(found.at.path)}: "
            if found.at
            else ""
        )
        yield where, (f"{found.severity}[{found.code}]", colour), f": {found.message}"
        if self._style is Format.FULL:
            yield from self._excerpt(found)
        for hint in found.hints:
            yield (f"  hint: {hint}",)

    def _excerpt(self, found: Diagnostic) -> Iterator[Line]:
        if found.at is None or not found.at.line:
            return
        try:
            lines = (self._book / found.at.path).read_text("utf-8").splitlines()
            line = lines[found.at.line - 1]
        except (OSError, ValueError, IndexError):
            return
        number = str(found.at.line)
        yield (f"  {number} | {line.expandtabs(1)}",)
        if found.at.column:
            yield (" " * (len(number) + 2) + " | " + " " * (found.at.column - 1) + "^",)

    def result(self, build: Build, output: Path, is_new: bool = True) -> None:
        """Name each file made, with its pages and size; of a folder, how many it holds."""
        self.close()
        if not self._loudness:
            return
        folders = Counter(m.name.partition("/")[0] for m in build.artifacts if "/" in m.name)
        files = [made for made in build.artifacts if "/" not in made.name]
        for made in files:
            pages = f", {made.pages} pages" if made.pages else ""
            size = f"{made.size / 1000:,.0f} kB"
            self._write(f"{output / made.name}  ({size}{pages})")
        for folder, count in folders.items():
            self._write(f"{output / folder}{os.sep}  ({_count(count, 'file')})")
        what = f"{len(build.artifacts)} made in" if is_new else "nothing has changed:"
        self._write(f"{what} {time.monotonic() - self._began:.1f} s")

    def checked(self, build: Build) -> None:
        """Tell how much was found, and what was not looked at."""
        self.close()
        if self._loudness:
            for remark in build.remarks:
                self._write(remark)
            errors = sum(found.is_error for found in build.diagnostics)
            warnings = len(build.diagnostics) - errors
            seconds = time.monotonic() - self._began
            said = f"{_count(errors, 'error')}, {_count(warnings, 'warning')}"
            self._write(f"{said} ({seconds:.1f} s)")

    def saved(self, changed: Sequence[str], build: Build, chapters: int) -> None:
        """Tell what came of a save: how many chapters were laid out anew, how long it took."""
        self.close()
        if not self._loudness:
            return
        milliseconds = 1000 * (time.monotonic() - self._began)
        more = f" and {len(changed) - MOST_NAMED} more" if len(changed) > MOST_NAMED else ""
        files = ", ".join(changed[:MOST_NAMED]) + more or "all"
        came = [_count(chapters, "chapter") + " laid out anew"]
        came += [
            f"{made.name} {_count(made.pages, 'page')}"
            for made in build.artifacts
            if "/" not in made.name
        ]
        if not build.artifacts:
            came = [f"{_count(len(build.diagnostics), 'finding')}, nothing published"]
        self._write(f"{files}: {', '.join(came)} ({milliseconds:.0f} ms)")

    def started(self, folder: Path, files: Sequence[str], command: str) -> None:
        """Name the files of a new book, and tell how it is made."""
        if self._loudness:
            for name in files:
                self._write(str(folder / name))
            self._write(f"make it with: {command} --book {folder}")

    def cleared(self, entries: int, size: int, folder: Path) -> None:
        """Tell how much was forgotten."""
        if self._loudness:
            self._write(f"{folder}: {entries:,} entries forgotten, {size / 1e6:,.1f} MB")


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
