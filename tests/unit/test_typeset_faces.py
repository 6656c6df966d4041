"""Faces are embedded once, with all that any chapter uses of them."""

import io
from dataclasses import replace
from pathlib import Path
from random import Random

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chapbook.cache import Cache
from chapbook.laid import FontUse
from chapbook.typeset.font_uses import merge
from chapbook.typeset.galley.faces import embed
from tests.paged_books import FRONT, ONE, STYLE, TWO, publication
from tests.pressing import apart, linked

NOTES = "::footnote-call, ::footnote-marker { content: '*' }"
USE = FontUse("F", "file", 0, (), {1: 500.0}, {1: "a"})
GLYPHS = st.dictionaries(st.integers(1, 9), st.integers(1, 9), max_size=5)


def use(glyphs: dict[int, int], name: str = "F") -> FontUse:
    widths = {number: 100.0 * number for number in glyphs}
    return replace(USE, name=name, widths=widths, meanings={n: chr(96 + n) for n in glyphs})


@given(st.lists(GLYPHS, min_size=1, max_size=4))
def test_what_any_chapter_uses_is_used(uses: list[dict[int, int]]) -> None:
    (merged,) = merge(map(use, uses))
    assert list(merged.widths) == sorted({number for glyphs in uses for number in glyphs})
    assert list(merged.meanings) == list(merged.widths)


@given(st.lists(GLYPHS, min_size=1, max_size=4), st.randoms())
def test_the_order_of_chapters_does_not_matter_where_they_agree(
    uses: list[dict[int, int]], random: Random
) -> None:
    turned = list(uses)
    random.shuffle(turned)
    assert merge(map(use, uses)) == merge(map(use, turned))


def test_the_first_meaning_of_a_glyph_is_kept() -> None:
    (merged,) = merge([USE, replace(USE, meanings={1: "b", 2: "c"})])
    assert merged.meanings == {1: "a", 2: "c"}


def test_faces_are_told_apart_by_their_names() -> None:
    assert [one.name for one in merge([USE, replace(USE, name="G"), USE])] == ["F", "G"]


def test_each_face_is_in_the_file_once(tmp_path: Path) -> None:
    book = publication(tmp_path, FRONT, ONE, TWO, style=STYLE + NOTES)
    laid = apart(book)
    assert len(laid.chapters) >= 3
    with pikepdf.open(io.BytesIO(linked(laid, book))) as pdf:
        found = [
            str(item.FontName)
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"
        ]
    assert len(found) == len(set(found)) > 3


def test_an_embedded_face_has_the_glyphs_of_its_use_and_few_others(tmp_path: Path) -> None:
    book = publication(tmp_path, FRONT, ONE, TWO, style=STYLE + NOTES)
    laid = apart(book)
    whole_face = sum(file.stat().st_size for file in book.resources.values())
    assert sum(len(part.payload or b"") for part in laid.fonts.parts) < whole_face / 20


def test_nothing_is_embedded_where_nothing_is_used() -> None:
    assert embed((), {}).parts == ()


def test_a_missing_sign_is_the_same_sign_in_every_chapter(tmp_path: Path) -> None:
    first, second = "\U00013000\U00013001", "\U00013001\U00013000"
    html = [f"<section><p>{signs} here</p></section>" for signs in (first, second, first)]
    book = publication(tmp_path, *html, style=STYLE)
    laid = apart(book)
    assert len(laid.chapters) == 3
    assert laid.missing_glyphs == first
    signs = [font.missing for bound in laid.chapters for font in bound.chapter.fonts]
    assert signs[0] == signs[1] == signs[2]
    document = pypdfium2.PdfDocument(linked(laid, book))
    texts = ["".join(page.get_textpage().get_text_range().split()) for page in document]
    assert [text.partition("here")[0] for text in texts] == [first, second, first]


def test_the_use_of_a_face_can_be_remembered(tmp_path: Path) -> None:
    book = publication(tmp_path, FRONT, ONE, style=STYLE + NOTES)
    (font, *_) = apart(book).chapters[0].chapter.fonts
    Cache(tmp_path / "cache").put("use", "0" * 64, font)
    assert Cache(tmp_path / "cache").get("use", "0" * 64) == font


@pytest.mark.parametrize("family", ["Book Serif", "serif", "monospace"])
def test_faces_of_the_system_are_embedded_too(family: str, tmp_path: Path) -> None:
    style = STYLE + f"section {{ font-family: {family} }}"
    book = publication(tmp_path, *["<section><p>Words</p></section>"] * 2, style=style)
    document = pypdfium2.PdfDocument(linked(apart(book), book))
    assert all("Words" in page.get_textpage().get_text_range() for page in document)
