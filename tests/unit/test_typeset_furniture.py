"""What stands in the margins is drawn once for all pages that show the same there."""

from pathlib import Path

import pypdfium2

from chapbook.cache import Cache
from chapbook.finish import finish_pdf
from chapbook.laid import Typeset
from chapbook.typeset import typeset
from tests.paged_books import WORDS, faces, publication
from tests.presses import InPlace

STYLE = (
    faces()
    + """
@page { size: 78mm 92mm; margin: 11mm 9mm }
html { font: 9pt/12pt Book Serif } body, p, h1 { margin: 0 } section { break-before: page }
h1 { string-set: title content() } .run { position: running(head) }
"""
)
FOLIO = "@page { @bottom-center { content: counter(page) } }"
TITLE = "@page { @top-left { content: string(title) } }"
SIDES = "@page :left { margin-left: 14mm; margin-right: 4mm }"


def section(name: str, words: int, more: str = "") -> str:
    text = f"<h1>{name}</h1><p>{WORDS * words}</p>{more}"
    return f'<section data-matter="body">{text}</section>'


def laid(folder: Path, style: str, *html: str, cache: Cache | None = None) -> Typeset:
    book = publication(folder, *html, style=STYLE + style)
    return typeset(book, InPlace(), cache or Cache(None)).value


def shown(book: Typeset) -> list[tuple[int, ...]]:
    """Give what furniture each page has, as places in the furniture of the book."""
    return [page for chapter in book.chapters for page in chapter.furniture]


def test_a_title_is_drawn_once_for_all_pages_that_have_it(tmp_path: Path) -> None:
    book = laid(tmp_path, TITLE, section("One", 20), section("Two", 20))
    assert shown(book) == [(0,)] * 6 + [(1,)] * 6


def test_each_folio_is_drawn_by_itself_beside_a_title_that_is_shared(tmp_path: Path) -> None:
    book = laid(tmp_path, TITLE + FOLIO, section("One", 20), section("Two", 1))
    assert len(book.furniture) == 2 + len(book.leaves)


def test_where_the_sides_differ_each_has_its_own(tmp_path: Path) -> None:
    book = laid(tmp_path, TITLE + SIDES, section("One", 20), section("One", 1))
    assert shown(book) == [(0,), (1,)] * 3 + [(0,)]


def test_pages_without_furniture_have_none(tmp_path: Path) -> None:
    book = laid(tmp_path, "@page { @top-left { content: none } }", *[section("One", 3)] * 2)
    assert (book.furniture, set(shown(book))) == ((), {()})


def test_two_books_that_show_the_same_have_the_same_furniture(tmp_path: Path) -> None:
    cache = Cache(None)
    laid(tmp_path, TITLE + FOLIO, section("One", 20), section("Two", 1), cache=cache)
    edited = section("One", 9), section("Two", 3)
    kept = laid(tmp_path, TITLE + FOLIO, *edited, cache=cache)
    assert kept == laid(tmp_path, TITLE + FOLIO, *edited)


def test_the_number_of_all_pages_moves_with_them(tmp_path: Path) -> None:
    total = "@page { @top-left { content: counter(pages) } }"
    cache = Cache(None)
    shorter = laid(tmp_path, total, section("One", 5), section("Two", 5), cache=cache)
    longer = laid(tmp_path, total, section("One", 5), section("Two", 20), cache=cache)
    assert len(longer.furniture) == len(shorter.furniture) == 1
    assert longer.furniture != shorter.furniture


def test_a_running_element_goes_on_until_there_is_another(tmp_path: Path) -> None:
    style = STYLE + "@page { @top-left { content: element(head) } }"
    one, two = ('<div class="run">One</div>', '<div class="run">Two</div>')
    plain = section("Plain", 1)
    html = (plain, section("a", 1, one), plain, section("b", 1, two), plain)
    book = publication(tmp_path, *html, style=style)
    made = typeset(book, InPlace(), Cache(None)).value
    assert len(made.chapters) == 5
    document = pypdfium2.PdfDocument(finish_pdf(made, book, Cache(None)))
    texts = [page.get_textpage().get_text_range() for page in document]
    assert [[name for name in ("One", "Two") if name in text] for text in texts] == [
        [],
        ["One"],
        ["One"],
        ["Two"],
        ["Two"],
    ]


def test_a_character_that_no_font_has_is_told_of_in_the_margin_too(tmp_path: Path) -> None:
    style = "@page { @top-left { content: '\U00013000' } }"
    two = section("One", 1), section("Two", 1)
    assert laid(tmp_path, style, *two).missing_glyphs == "\U00013000"
