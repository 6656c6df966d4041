"""A bleed makes the sheet larger, and nothing else."""

from pathlib import Path

import pytest

from chapbook.cache import Cache
from chapbook.laid import LaidPage
from chapbook.typeset import typeset
from tests.paged_books import WORDS, faces, publication
from tests.presses import InPlace

STYLE = (
    faces()
    + """
@page { size: 300pt 400pt; margin: 40pt } @page :left { margin-left: 60pt; margin-right: 20pt }
html { font: 9pt/12pt Book Serif } section { break-before: page }
"""
)


def last_page(folder: Path, rule: str) -> LaidPage:
    html = f'<section data-matter="body"><p>{WORDS}</p></section>'
    book = publication(folder, html, html, style=STYLE + rule)
    page = typeset(book, InPlace(), Cache(None)).value.chapters[-1].chapter.pages[0]
    assert isinstance(page, LaidPage)
    return page


@pytest.mark.parametrize("bleed", [0, 9, 30])
def test_a_page_is_drawn_to_the_end_of_its_bleed_however_wide(tmp_path: Path, bleed: int) -> None:
    boxes = last_page(tmp_path, f"@page {{ bleed: {bleed}pt }}").boxes
    assert boxes.trim == (0, 0, 300, 400)
    assert boxes.media == boxes.bleed == (-bleed, -bleed, 300 + bleed, 400 + bleed)


def test_a_bleed_alone_does_not_bind_a_chapter_to_its_side(tmp_path: Path) -> None:
    page = last_page(tmp_path, "@page { bleed: 9pt }")
    assert (page.edge, page.other_edge) == (40, 60)
    painted = last_page(tmp_path, "@page { bleed: 9pt; background: #eee }")
    assert painted.edge == 0
