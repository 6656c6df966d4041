"""At each page anchor of the e-book stand the words that the printed page begins with."""

from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from chapbook.cache import Cache
from chapbook.compose import compose_epub, compose_paged
from chapbook.configure import read_settings
from chapbook.finish import finish_pdf
from chapbook.inspect import inspect_epub
from chapbook.laid import PrintedPages
from chapbook.package import package_epub
from chapbook.parse import parse_source
from chapbook.read import read_manuscript
from chapbook.resolve import resolve_book
from chapbook.settings import Edition, Limits
from chapbook.words import read_words
from tests.compose_books import FOLDERS
from tests.generated_books import write_tiny_book
from tests.presses import press
from tests.printed_pages import (
    Anchor,
    PageText,
    differences,
    ncx_pages,
    page_list,
    read_anchors,
    read_pages,
)
from tests.validators.epubcheck import validate

ROOT = Path(__file__).parents[2]
HEAD = 17 / 210 * 72 / 25.4  # of a page of the house, by its height in millimetres
HEADS = ("Year What was found Where Sum",)  # of the tables of tiny books


def make(source: Path) -> tuple[list[PageText], bytes]:
    """Read the pages of a book's print edition, and make its e-book."""
    settings = read_settings(source).value
    manuscript = read_manuscript(source, settings, Limits()).value
    words = read_words(FOLDERS, settings.language)
    chapters = {s.path: parse_source(s, settings.language).value for s in manuscript.sources}
    book = resolve_book(manuscript, chapters, words).value
    paged = compose_paged(book, Edition.PRINT, FOLDERS, words).value
    laid = press(paged).value
    starts = tuple((leaf.label, leaf.start) for leaf in laid.leaves if leaf.start is not None)
    day = datetime(2026, 1, 1, tzinfo=UTC)
    pages = PrintedPages(Edition.PRINT, starts)
    publication = compose_epub(book, FOLDERS, words, day, None, pages).value
    epub = package_epub(publication)
    assert inspect_epub(epub, publication.passages, settings) == ()
    pdf = finish_pdf(laid, paged, Cache(None))
    return read_pages(pdf, HEAD * settings.page.trim.height), epub


def missing(pages: list[PageText], anchors: list[Anchor]) -> list[str]:
    """Name the pages with text that have no anchor; a half title is left out of e-books."""
    named = {anchor.label for anchor in anchors}
    return [p.label for p in pages if p.letters and p.label not in named and p.label != "i"]


@pytest.fixture(scope="module")
def house() -> tuple[list[PageText], bytes]:
    return make(ROOT / "source")


def test_the_words_at_the_anchors_are_those_of_the_pages(
    house: tuple[list[PageText], bytes],
) -> None:
    pages, epub = house
    anchors = read_anchors(epub)
    # Where a column of the index parts an entry, pages alone repeat its head.
    assert [d for d in differences(pages, anchors) if "continued" not in d] == []
    assert missing(pages, anchors) == []
    assert not any(anchor.is_in_word for anchor in anchors)
    assert len(anchors) > 50


def test_a_page_moved_by_a_word_would_be_found(house: tuple[list[PageText], bytes]) -> None:
    pages, epub = house
    moved = [Anchor(a.label, a.address, a.letters[15:], a.is_in_word) for a in read_anchors(epub)]
    assert len(differences(pages, moved)) > 50


def test_both_lists_of_pages_name_every_anchor(house: tuple[list[PageText], bytes]) -> None:
    _, epub = house
    anchors = [(anchor.label, anchor.address) for anchor in read_anchors(epub)]
    assert page_list(epub) == anchors
    assert ncx_pages(epub) == anchors


def test_epubcheck_finds_nothing(house: tuple[list[PageText], bytes], tmp_path: Path) -> None:
    file = tmp_path / "book.epub"
    file.write_bytes(house[1])
    assert validate(file) == []


@pytest.mark.parametrize("seed", [2, 5, 14, 19, 26, 31])
def test_random_books_have_their_pages_at_the_right_words(seed: int, tmp_path: Path) -> None:
    write_tiny_book(tmp_path, Random(seed))
    pages, epub = make(tmp_path)
    anchors = read_anchors(epub)
    assert differences(pages, anchors, HEADS) == []
    assert missing(pages, anchors) == []
    assert not any(anchor.is_in_word for anchor in anchors)
    assert page_list(epub) == ncx_pages(epub) == [(a.label, a.address) for a in anchors]
