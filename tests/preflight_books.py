"""Small books that are pressed, and what preflight says of them."""

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pikepdf

from chapbook.cache import Cache
from chapbook.compose import compose_paged
from chapbook.configure import read_settings
from chapbook.diagnostics import Code, Diagnostic
from chapbook.finish import finish_pdf
from chapbook.laid import Typeset
from chapbook.model import Book
from chapbook.parse import parse_source
from chapbook.preflight import preflight
from chapbook.print_job import PrintJob
from chapbook.publication import PagedPublication
from chapbook.read import read_manuscript
from chapbook.resolve import resolve_book
from chapbook.settings import Edition, Limits
from chapbook.typeset.apart import typeset_apart
from chapbook.words import read_words
from tests.compose_books import FOLDERS
from tests.presses import InPlace

TOML = """title = "A Small Book"
language = "en-GB"
front = []
back = []
chapters = ["one.md"]
"""
PLAIN = "# One\n\nA quiet page of a few words, as it should be.\n"


@dataclass(frozen=True)
class Pressed:
    """A book laid out and finished, and what the printer is to make of it."""

    pdf: bytes
    typeset: Typeset
    publication: PagedPublication
    book: Book
    job: PrintJob

    def asked(self, **settings: Any) -> "Pressed":
        """Ask the printer for something else."""
        return replace(self, job=replace(self.job, settings=replace(self.job.settings, **settings)))

    def changed(self, change: Callable[[pikepdf.Pdf], None]) -> "Pressed":
        """Change the finished file behind everyone's back."""
        target = io.BytesIO()
        with pikepdf.open(io.BytesIO(self.pdf)) as file:
            change(file)
            file.save(target, static_id=True)
        return replace(self, pdf=target.getvalue())

    def told(self) -> tuple[Diagnostic, ...]:
        """Give all that preflight says."""
        return preflight(self.pdf, self.typeset, self.publication, self.book, self.job)

    def of(self, code: Code) -> list[Diagnostic]:
        """Give what preflight says under one code."""
        return [found for found in self.told() if found.code is code]

    def one(self, code: Code) -> Diagnostic:
        """Give the only finding under a code."""
        (found,) = self.of(code)
        return found


def press(
    root: Path,
    text: str = PLAIN,
    css: str = "",
    toml: str = TOML,
    files: dict[str, bytes] | None = None,
) -> Pressed:
    """Press a book of one source, with a style sheet of its own."""
    written = {"book.toml": toml.encode(), "one.md": text.encode(), **(files or {})}
    if css:
        written["templates/css/book.css"] = css.encode()
    for name, content in written.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    settings = read_settings(root).value
    manuscript = read_manuscript(root, settings, Limits()).value
    chapters = {one.path: parse_source(one, "en-GB").value for one in manuscript.sources}
    own = root / "templates"
    folders = (own, *FOLDERS) if own.is_dir() else FOLDERS
    words = read_words(FOLDERS, "en-GB")
    book = resolve_book(manuscript, chapters, words).value
    publication = compose_paged(book, Edition.PRINT, folders, words).value
    typeset = typeset_apart(publication, InPlace(), Cache(None)).value
    pdf = finish_pdf(typeset, publication, Cache(None))
    job = PrintJob(
        book.settings.print,
        publication.metadata,
        publication.trim,
        locations=book.settings.locations,
    )
    return Pressed(pdf, typeset, publication, book, job)
