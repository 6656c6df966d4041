"""Stage 6, `compose`: pour the book into the templates.

In: the `Book`. Out: for a PDF the sections of one HTML document with their stylesheet, for the
e-book every document of the package. Third-party library: Jinja2.
"""

from datetime import datetime
from pathlib import Path

from chapbook.cache import Cache
from chapbook.compose.paged import compose_paged
from chapbook.diagnostics import Outcome
from chapbook.laid import PrintedPages
from chapbook.model import Book
from chapbook.publication import EpubPublication
from chapbook.words import Words

__all__ = ["compose_epub", "compose_paged"]


def compose_epub(
    book: Book,
    folders: tuple[Path, ...],
    words: Words,
    modified: datetime,
    cache: Cache | None = None,
    pages: PrintedPages | None = None,
) -> Outcome[EpubPublication]:
    """Make the publication of the e-book (https://www.w3.org/TR/epub-33/).

    `folders` are the template folders, the book's own before the house's; `modified` is aware of
    its time zone. Documents that would come out as before are taken from `cache`. Where `pages`
    are given, their beginnings are marked and listed. Raises `BookError` where a template or a
    stylesheet is at fault, with every fault found.
    """
    # Imported here: whoever makes no e-book needs none of it.
    from chapbook.compose.epub import make_publication

    return make_publication(book, folders, words, modified, cache, pages)
