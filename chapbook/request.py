"""What is asked of a build, and what comes of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from chapbook.diagnostics import Diagnostic
from chapbook.publication import Artifact
from chapbook.settings import Edition, Limits

if TYPE_CHECKING:  # a build of which nothing has changed has no use for it
    from concurrent.futures import Executor


@dataclass(frozen=True, slots=True)
class Request:
    """What is wanted: which editions of which book, where to.

    `editions` empty means all that the book asks for. `templates` are the house's. Where the
    machine `lacks` the layout libraries, only the e-book is made; `remedy` says what to do then.
    `jobs` tasks run at once, in the pool that `executor` makes or else in processes of our own.
    `cache` is the folder that remembers what was made, None for none. Where it `publishes` not,
    the editions are made and proved, and thrown away.
    """

    book: Path
    output: Path
    templates: Path
    editions: tuple[Edition, ...] = ()
    strict: bool = False
    jobs: int = 1
    limits: Limits = field(default_factory=Limits)
    lacks: tuple[str, ...] = ()
    remedy: str = ""
    cache: Path | None = None
    executor: "Callable[[], Executor] | None" = None
    publishes: bool = True

    @property
    def template_folders(self) -> tuple[Path, ...]:
        """The book's own templates, where it has any, before the house's."""
        own = self.book / "templates"
        return (own, self.templates) if own.is_dir() else (self.templates,)


@dataclass(frozen=True, slots=True)
class Build:
    """What came of it: the files made (none where the book has errors) and every finding.

    `left_out` are the editions that the machine cannot make. `remarks` say, a line each, what was
    not looked at, and how to have it looked at.
    """

    artifacts: tuple[Artifact, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    left_out: tuple[Edition, ...] = ()
    remarks: tuple[str, ...] = ()
