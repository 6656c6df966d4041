"""The specification, and the model to fold, as they are laid out."""

import io
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from chapbook.cache import Cache
from chapbook.compose.pack import compose_dummy, compose_specification
from chapbook.diagnostics import BookError, Code, Location, warning
from chapbook.finish import finish_pdf
from chapbook.impose import plan_booklet
from chapbook.inspect import inspect_pdf
from chapbook.pack.sheet import SpecSheet
from chapbook.print_shop import TRIMS, Binding, Booklet
from chapbook.publication import PagedPublication
from chapbook.settings import BookSettings, Contributor
from chapbook.typeset.apart import typeset_apart
from chapbook.words import read_words
from chapbook.workers import Workers
from tests.compose_books import FOLDERS
from tests.presses import InPlace
from tests.unit.test_pack_specification import LANGUAGES, SETTINGS, made, specified

POINTS = 72 / 25.4
FOUND = tuple(
    warning(
        Code.HAIRLINE, f"page {n}: a line is thin, so that it will not print", Location("a.md", n)
    )
    for n in range(1, 4)
)


def laid(publication: PagedPublication) -> tuple[bytes, list[str]]:
    """Lay out and finish, prove that nothing is lost, and read the pages."""
    typeset = typeset_apart(publication, InPlace(), Cache(None)).value
    pdf = finish_pdf(typeset, publication, Cache(None))
    with Workers(1, 60.0) as workers:
        assert inspect_pdf(pdf, typeset, publication.passages, workers, Cache(None)) == ()
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    try:
        return pdf, [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def composed(sheet: SpecSheet, settings: BookSettings, language: str = "en") -> PagedPublication:
    spoken = replace(settings, language=language)
    words = read_words(FOLDERS, language)
    return compose_specification(sheet, spoken, FOLDERS, words).value


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_of_it_stands_on_one_page(language: str) -> None:
    settings = replace(SETTINGS, contributors=(Contributor("Ann Appleton"), Contributor("B")))
    sheet = specified(replace(made(), found=FOUND), settings, language)
    _, (page,) = laid(composed(sheet, settings, language))
    assert "FOGRA39" in page
    assert "a.md:3" in page


@pytest.mark.parametrize("title", ["1", "色", "<&>", "11", "Sheet " * 30])
def test_an_odd_title_is_not_taken_for_lost(title: str) -> None:
    settings = replace(SETTINGS, title=title)
    _, pages = laid(composed(specified(settings=settings), settings, "ja"))
    assert len(pages) == 1


def dummy(booklet: Booklet, rtl: bool = False) -> list[str]:
    plan = plan_booklet(10, booklet, TRIMS["a6"], 0.0, rtl)
    words, settings = read_words(FOLDERS, "en"), BookSettings("B")
    made = compose_dummy(plan, TRIMS["a6"], settings, FOLDERS, words).value
    pdf, pages = laid(made)
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    left, bottom, right, top = document[0].get_trimbox()
    document.close()
    assert ((right - left) / POINTS, (top - bottom) / POINTS) == pytest.approx((105, 148), abs=0.01)
    return [page.strip() for page in pages]


def test_the_model_has_a_page_for_each_of_the_booklet() -> None:
    assert dummy(Booklet()) == [str(n) for n in range(1, 13)]
    assert dummy(Booklet(binding=Binding.CUT_4)) == [str(n) for n in range(1, 17)]


def test_the_leaf_of_a_cover_is_named() -> None:
    inner = [str(n) for n in range(1, 13)]
    assert dummy(Booklet(cover=True)) == ["Cover 1", "Cover 2", *inner, "Cover 3", "Cover 4"]


@pytest.mark.parametrize("rtl", [False, True])
def test_the_fold_is_at_the_spine(rtl: bool) -> None:
    plan = plan_booklet(4, Booklet(), TRIMS["a6"], 0.0, rtl)
    words, settings = read_words(FOLDERS, "en"), BookSettings("B")
    pdf, _ = laid(compose_dummy(plan, TRIMS["a6"], settings, FOLDERS, words).value)
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    for number, page in enumerate(document):
        shown = page.render(scale=2, grayscale=True).to_pil()
        at_left = shown.crop((0, 0, 2, shown.height)).getextrema()[0] < 128
        at_right = shown.crop((shown.width - 2, 0, shown.width, shown.height)).getextrema()[0] < 128
        assert at_left is (number % 2 == (1 if rtl else 0))
        assert at_right is not at_left
    document.close()


@pytest.mark.parametrize(
    ("template", "fault"),
    [
        ("<section>{{ nothing }}</section>", "'nothing' is undefined"),
        ("<section><b></section>", "not well-formed"),
        ('<section><img src="elsewhere.png"/></section>', "elsewhere.png"),
    ],
)
def test_a_template_of_the_book_at_fault_is_told_of(
    tmp_path: Path, template: str, fault: str
) -> None:
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "specification.html.j2").write_text(template, "utf-8")
    words = read_words(FOLDERS, "en")
    with pytest.raises(BookError, match=fault):
        compose_specification(specified(), SETTINGS, (tmp_path, *FOLDERS), words)
