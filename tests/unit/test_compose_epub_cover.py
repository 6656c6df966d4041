"""A cover in SVG is drawn in pixels, with the fonts of the house and no others."""

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from chapbook.cache import Cache
from chapbook.compose import compose_epub
from chapbook.compose.epub_cover import draw_cover
from chapbook.diagnostics import BookError, Code, Location
from chapbook.model import Asset
from chapbook.print_shop import Cover
from tests.compose_books import FOLDERS, HOUSE, MODIFIED, SETTINGS, SVG, book, chapter, english

SERIF = HOUSE / "fonts/source-serif-4/SourceSerif4-Regular.ttf"
AT = Location("book.toml", 9)
WORDS = """<svg xmlns="http://www.w3.org/2000/svg" width="100" height="160">
<rect width="100" height="160" fill="#fff"/><text x="5" y="80" font-family="serif"
font-size="30">Words</text></svg>"""


def drawing(folder: Path, svg: str, size: tuple[float, float] = (100, 160)) -> Asset:
    file = folder / "cover.svg"
    file.write_text(svg, "utf-8")
    return Asset("cover.svg", file, "image/svg+xml", "", len(svg), *size)


def drawn(cover: Asset, fonts: Sequence[Path] = (SERIF,)) -> Image.Image:
    made = draw_cover(cover, fonts, AT)
    assert made.media_type == "image/jpeg"
    assert made.content is not None
    return Image.open(BytesIO(made.content))


def darkest(image: Image.Image) -> float:
    least = image.convert("L").getextrema()[0]
    assert isinstance(least, int | float)
    return least


def test_a_cover_is_as_large_as_shops_ask(tmp_path: Path) -> None:
    assert drawn(drawing(tmp_path, WORDS)).size == (1600, 2560)
    wide = SVG.replace('width="100" height="60"', 'width="200" height="120"')
    assert drawn(drawing(tmp_path, wide, (200, 120))).size == (2560, 1536)


def test_its_words_are_set_in_the_fonts_that_are_given(tmp_path: Path) -> None:
    cover = drawing(tmp_path, WORDS)
    assert darkest(drawn(cover)) < 20
    assert darkest(drawn(cover, ())) > 240


def test_the_same_cover_is_the_same_bytes(tmp_path: Path) -> None:
    cover = drawing(tmp_path, WORDS)
    cache = Cache(tmp_path / "cache")
    first = draw_cover(cover, [SERIF], AT, cache)
    assert draw_cover(cover, [SERIF], AT) == first
    assert draw_cover(cover, [SERIF], AT, cache) == first
    assert cache.made == {"screen": 1}


def test_a_drawing_that_can_not_be_drawn_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(BookError) as fault:
        drawn(drawing(tmp_path, "<svg"))
    (finding,) = fault.value.diagnostics
    assert (finding.code, finding.at) == (Code.COVER_NOT_DRAWN, AT)


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("<p>Text</p>", {"images/cover.jpg"}),
        (
            '<p><img src="asset:cover.svg" alt="x"/></p>',
            {"images/cover.svg", "images/cover-2.jpg"},
        ),
    ],
)
def test_a_drawing_stays_only_where_it_is_shown(tmp_path: Path, body: str, names: set[str]) -> None:
    cover = drawing(tmp_path, WORDS)
    settings = replace(SETTINGS, cover=Cover("cover.svg", "Words"))
    made = book(chapter("one", body), settings=settings, assets={"cover.svg": cover})
    publication = compose_epub(made, FOLDERS, english(), MODIFIED).value
    assert {name for name in publication.resources if name.startswith("images/")} == names
    assert publication.cover in names
    assert publication.cover.endswith(".jpg")
