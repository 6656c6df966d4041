"""Files that the engine wrote by itself, finished."""

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pikepdf
import pytest

from chapbook.cache import Cache
from chapbook.finish import finish_pdf
from chapbook.laid import Typeset
from chapbook.publication import PagedPublication
from chapbook.settings import Edition
from chapbook.typeset.galley.plain import lay_out_plainly
from tests.linked_files import annotations, elements
from tests.paged_books import CONTENTS, FRONT, ONE, TWO, publication


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> PagedPublication:
    return publication(tmp_path_factory.mktemp("book"), FRONT, CONTENTS, ONE, TWO)


@pytest.fixture(scope="module")
def laid(book: PagedPublication) -> Typeset:
    return lay_out_plainly(book).value


@pytest.fixture(scope="module")
def screen(laid: Typeset, book: PagedPublication) -> Iterator[Any]:
    with pikepdf.open(io.BytesIO(finish_pdf(laid, book, Cache(None)))) as pdf:
        yield pdf


@pytest.fixture(scope="module")
def paper(laid: Typeset, book: PagedPublication) -> Iterator[Any]:
    printed = replace(book, edition=Edition.PRINT)
    with pikepdf.open(io.BytesIO(finish_pdf(laid, printed, Cache(None)))) as pdf:
        yield pdf


def test_the_engine_keeps_its_tags(screen: Any) -> None:
    assert {"/Document", "/Sect", "/H1", "/P", "/Link"} <= {str(one.S) for one in elements(screen)}


def test_the_file_says_what_the_book_is_but_not_that_it_is_accessible(screen: Any) -> None:
    packet = screen.Root.Metadata.read_bytes()
    assert b"A Book &amp; More" in packet
    assert b"pdfuaid:part" not in packet
    assert str(screen.docinfo["/Title"]) == "A Book & More"
    assert str(screen.docinfo["/CreationDate"]) == "D:20240229"


def test_pages_are_labelled_and_viewers_open_the_book_as_it_is_read(
    screen: Any, paper: Any, laid: Typeset
) -> None:
    assert [page.label for page in screen.pages] == [leaf.label for leaf in laid.leaves]
    assert screen.Root.PageMode == "/UseOutlines"
    assert paper.Root.PageLayout == "/TwoPageRight"
    assert bool(paper.Root.ViewerPreferences.DisplayDocTitle)


def test_a_page_on_paper_keeps_its_bleed_and_one_on_the_screen_ends_at_its_trim(
    book: PagedPublication,
) -> None:
    wide = replace(book, stylesheet=book.stylesheet + "@page { bleed: 5mm; background: #eee }")
    laid, bleed = lay_out_plainly(wide).value, 5 * 72 / 25.4
    for edition, beyond in ((Edition.SCREEN, 0), (Edition.PRINT, bleed)):
        made = finish_pdf(laid, replace(wide, edition=edition), Cache(None))
        with pikepdf.open(io.BytesIO(made)) as pdf:
            for page in pdf.pages:
                left, bottom, right, top = (float(side) for side in page.TrimBox)
                around = [left - beyond, bottom - beyond, right + beyond, top + beyond]
                for box in (page.MediaBox, page.BleedBox):
                    assert [float(side) for side in box] == pytest.approx(around, abs=0.001)


def test_paper_has_no_links(paper: Any, screen: Any) -> None:
    assert len(annotations(screen)) > 0
    assert annotations(paper) == []
    assert not any(
        isinstance(one, pikepdf.Dictionary) and "/A" in one and one.get("/Subtype") == "/Link"
        for one in paper.objects
    )


def test_the_same_file_gives_the_same_bytes(laid: Typeset, book: PagedPublication) -> None:
    assert finish_pdf(laid, book, Cache(None)) == finish_pdf(laid, book, Cache(None))
