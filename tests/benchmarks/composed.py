"""Writes the screen edition of a book as HTML with its files, as the press would get it.

    python -m tests.benchmarks.composed BOOK FOLDER/BOOK.html

A program of its own, so that what measures stays small: a process counts the memory of the one
that began it as its own.
"""

import shutil
import sys
from pathlib import Path

from chapbook.cli import house_templates
from chapbook.compose import compose_paged
from chapbook.configure import read_settings
from chapbook.parse import parse_source
from chapbook.publication import PagedPublication
from chapbook.read import read_manuscript
from chapbook.resolve import resolve_book
from chapbook.settings import Edition, Limits
from chapbook.typeset.document import write_document
from chapbook.words import read_words


def compose(book: Path) -> PagedPublication:
    """Take a book's folder from `configure` to `compose`; faults that stop a build are raised."""
    own = book / "templates"
    templates = (own, house_templates()) if own.is_dir() else (house_templates(),)
    settings = read_settings(book).value
    manuscript = read_manuscript(book, settings, Limits()).value
    chapters = {
        source.path: parse_source(source, settings.language).value for source in manuscript.sources
    }
    words = read_words(templates, settings.language)
    copy = resolve_book(manuscript, chapters, words).value
    return compose_paged(copy, Edition.SCREEN, templates, words).value


def write(publication: PagedPublication, html: Path) -> None:
    """Write the HTML, and beside it every file that it names."""
    for name, file in publication.resources.items():
        copy = html.parent / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)
    html.write_text(write_document(publication), "utf-8")


if __name__ == "__main__":
    write(compose(Path(sys.argv[1])), Path(sys.argv[2]))
