"""Ruled pages at the end of a printed book."""

from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest

from chapbook.cache import Cache
from chapbook.compose import compose_paged
from chapbook.finish import finish_pdf
from chapbook.model import Matter
from chapbook.publication import PagedPublication
from chapbook.settings import Edition
from chapbook.typeset.galley.plain import lay_out_plainly
from chapbook.words import read_words
from tests.compose_books import FOLDERS, HOUSE, book, chapter

WORDS = {
    "de": "Notizen",
    "en": "Notes",
    "es": "Notas",
    "fr": "Notes",
    "it": "Appunti",
    "ja": "メモ",
    "nl": "Notities",
    "pl": "Notatki",
    "pt": "Notas",
    "sv": "Anteckningar",
}


def composed(count: int, language: str = "en") -> PagedPublication:
    words = read_words(FOLDERS, language)
    one = book(chapter("one", "<p>Words.</p>"))
    return compose_paged(one, Edition.PRINT, FOLDERS, words, notes_pages=count).value


def test_they_follow_all_else_and_change_nothing_before_them() -> None:
    plain, noted = composed(0).sections, composed(3).sections
    assert noted[: len(plain)] == plain
    added = noted[len(plain) :]
    assert [section.matter for section in added] == [Matter.BACK] * 3
    assert len({section.id for section in noted}) == len(noted)


@pytest.mark.parametrize(("language", "word"), WORDS.items())
def test_each_is_headed_by_the_word_of_the_language(language: str, word: str) -> None:
    assert {path.stem for path in (HOUSE / "words").glob("??.toml")} == set(WORDS)
    for section in composed(2, language).sections[-2:]:
        assert f">{word}<" in section.html


def test_each_is_one_page_with_evenly_spaced_rules_inside_the_margins(tmp_path: Path) -> None:
    publication, scale = composed(2), 4
    laid = lay_out_plainly(publication).value
    path = tmp_path / "book.pdf"
    path.write_bytes(finish_pdf(laid, publication, Cache(None)))
    document = pypdfium2.PdfDocument(path)
    assert len(document) == len(lay_out_plainly(composed(0)).value.leaves) + 2
    page = document[len(document) - 1]
    assert page.get_textpage().get_text_bounded().split() == ["Notes"]
    image = page.render(scale=scale, grayscale=True).to_pil()
    column = list(image.crop((image.width // 2, 0, image.width // 2 + 1, image.height)).tobytes())
    starts = [y for y in range(1, len(column)) if column[y] < 220 <= column[y - 1]]
    gaps = [after - before for before, after in pairwise(starts)]
    assert len(starts) > 15
    assert max(gaps) - min(gaps) <= 1
    assert 6.5 < gaps[0] / scale / 72 * 25.4 < 9, "room for a hand, in millimetres"
