"""Presses a book in the ways that must come to the same."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import weasyprint

from chapbook.cache import Cache
from chapbook.compose import compose_paged
from chapbook.configure import read_settings
from chapbook.finish import finish_pdf
from chapbook.laid import LaidChapter, Typeset
from chapbook.parse import parse_source
from chapbook.publication import PagedPublication
from chapbook.read import read_manuscript
from chapbook.resolve import resolve_book
from chapbook.settings import Edition, Limits
from chapbook.typeset.apart import typeset_apart, typeset_whole
from chapbook.typeset.binding import bind
from chapbook.typeset.compositor import Compositor
from chapbook.typeset.document import write_document
from chapbook.typeset.galley.fetch import ROOT, BookFetcher
from chapbook.typeset.settle import Settled, numbers_of
from chapbook.typeset.standing import Standing
from chapbook.typeset.task import make_sheet, whole_task
from chapbook.words import read_words
from tests.compose_books import FOLDERS
from tests.presses import InPlace

AT_THE_FRONT = Standing(is_recto=True, folio=0)
SAID = ("leaves", "anchors", "blocks", "missing_glyphs")


def compose(source: Path, edition: Edition) -> PagedPublication:
    """Read and compose the book in a folder."""
    settings = read_settings(source).value
    manuscript = read_manuscript(source, settings, Limits()).value
    language = settings.language
    chapters = {one.path: parse_source(one, language).value for one in manuscript.sources}
    words = read_words(FOLDERS, language)
    book = resolve_book(manuscript, chapters, words).value
    return compose_paged(book, edition, FOLDERS, words).value


def apart(publication: PagedPublication) -> Typeset:
    """Lay a book out chapter by chapter, remembering nothing."""
    return typeset_apart(publication, InPlace(), Cache(None)).value


def whole(publication: PagedPublication) -> Typeset:
    """Lay a book out in one piece, as the engine does: pages are made anew as numbers are found."""
    return typeset_whole(publication, InPlace(), Cache(None)).value


def told(publication: PagedPublication, book: Typeset) -> Typeset:
    """Lay a book out in one piece, once, told the page numbers that it has when laid out whole.

    What the engine makes anew can differ from what it makes at once: a row of a table that is
    broken is a little lower, the rest of a float comes pages too late.
    """
    (bound,) = book.chapters
    numbers = numbers_of([bound.chapter], [AT_THE_FRONT])
    (heard,) = _at_once(publication, numbers).chapters
    return _at_once(publication, {name: numbers.get(name) for name in heard.chapter.asked})


def _at_once(publication: PagedPublication, numbers: Mapping[str, int | None]) -> Typeset:
    sheet = make_sheet(publication)
    with TemporaryDirectory() as folder:
        compositor = Compositor(InPlace(), Cache(None), Path(folder))
        task = replace(whole_task(publication, sheet, compositor.faces), numbers=numbers)
        chapters: list[LaidChapter] = compositor.lay_out([task])
        settled = Settled(tuple(chapters), (AT_THE_FRONT,), is_whole=True)
        return bind(publication, sheet, compositor, settled).value


def linked(book: Typeset, publication: PagedPublication) -> bytes:
    """Write the PDF, remembering nothing."""
    return finish_pdf(book, publication, Cache(None))


def said_otherwise(one: Typeset, other: Typeset) -> list[str]:
    """Name what two layouts say differently of their pages."""
    return [name for name in SAID if getattr(one, name) != getattr(other, name)]


def stock_pdf(publication: PagedPublication) -> bytes:
    """Have the engine do all by itself, as anyone would ask it to."""
    html = weasyprint.HTML(
        string=write_document(publication),
        base_url=ROOT,
        url_fetcher=BookFetcher(publication.resources),
    )
    pdf: bytes = html.write_pdf(pdf_tags=True)
    return pdf
