"""The cover as printed: composed, laid out, finished, and read back by other libraries."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from chapbook.cache import Cache
from chapbook.compose.cover import compose_cover, cover_wrap
from chapbook.cover import fold_lines
from chapbook.cover.front_image import front_image
from chapbook.diagnostics import BookError, Code, Diagnostic, Location
from chapbook.finish import finish_pdf
from chapbook.inspect import inspect_pdf
from chapbook.model import Asset, Book
from chapbook.print_shop import (
    TRIMS,
    Booklet,
    Colour,
    Cover,
    Panel,
    Paper,
    Price,
    Print,
    SpineText,
    Spot,
    Trim,
)
from chapbook.settings import BookSettings, Contributor, Identifiers, Page
from chapbook.words import read_words
from tests.compose_books import FOLDERS, SETTINGS
from tests.conftest import TESTS
from tests.presses import InPlace, press

# The house has neither words nor a face for it.
HEBREW_MAY_LACK = {Code.MISSING_WORDS, Code.MISSING_GLYPH}
POINTS = 72 / 25.4
PAPER = Print(paper=Paper(caliper=0.12))
GROUND, INDIGO = (244, 241, 233), (43, 58, 107)
BLURB = "Six people meet & talk.\n\nThen they part."
ENGLISH = replace(
    SETTINGS,
    title="Six Threads",
    subtitle="A Companion",
    cover=Cover(blurb=BLURB, price=Price("US$ 24.95", add_on="52495")),
    print=PAPER,
)
JAPANESE = replace(
    SETTINGS,
    title="六本の糸",
    subtitle="読書会の手引き",
    language="ja",
    publisher="チャップブック舎",
    contributors=(Contributor("山田花子"),),
    identifiers=Identifiers(print="978-4-00-310101-8"),
    cover=Cover(blurb="六人が集まる。", price=Price("定価 1,500円", jan="1920036015009")),
    page=Page(TRIMS["b6"]),
    print=PAPER,
)
HEBREW = replace(ENGLISH, title="שישה חוטים", subtitle="", language="he")


@dataclass(frozen=True)
class Made:
    """A cover that was made, its size in millimetres and what was found of it."""

    pdf: bytes
    settings: BookSettings
    pages: int
    found: tuple[Diagnostic, ...]
    lost: tuple[Diagnostic, ...]

    def picture(self, dpi: int = 300, box: str = "trim") -> Image.Image:
        document = pypdfium2.PdfDocument(self.pdf)
        page = document[0]
        page.set_cropbox(*(page.get_trimbox() if box == "trim" else page.get_mediabox()))
        return page.render(scale=dpi / 72).to_pil().convert("RGB")  # type: ignore[no-any-return]

    def words(self) -> Iterator[tuple[str, float, float, float, float]]:
        """Give each run of text with its left, top, right and bottom on the sheet."""
        page = pypdfium2.PdfDocument(self.pdf)[0]
        text = page.get_textpage()
        height = page.get_trimbox()[3]
        for index in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(index)
            said = text.get_text_bounded(left, bottom, right, top)
            sides = (left, height - top, right, height - bottom)
            yield said, *(side / POINTS for side in sides)


def make(
    settings: BookSettings,
    pages: int = 200,
    assets: tuple[Asset, ...] = (),
    folders: tuple[Path, ...] = FOLDERS,
) -> Made:
    book = Book(settings, (), (), (), (), {asset.path: asset for asset in assets})
    words = read_words(folders, settings.language)
    composed = compose_cover(book, pages, folders, words, None)
    laid = press(composed.value)
    pdf = finish_pdf(laid.value, composed.value, Cache(None))
    lost = inspect_pdf(pdf, laid.value, composed.value.passages, InPlace(), Cache(None))
    found = (*composed.diagnostics, *laid.diagnostics)
    return Made(pdf, settings, pages, found, lost)


@cache
def made(name: str) -> Made:
    books = {"english": ENGLISH, "japanese": JAPANESE, "hebrew": HEBREW}
    return make(books[name])


def painted(folder: Path, colour: tuple[int, int, int]) -> Asset:
    """Make an image of one colour."""
    file = folder / "front.png"
    Image.new("RGB", (60, 85), colour).save(file)
    return Asset("front.png", file, "image/png", "", file.stat().st_size, 60, 85)


def colours_of(cover: Made) -> set[tuple[int, int, int]]:
    pixels = cover.picture(50).tobytes()
    return set(zip(pixels[::3], pixels[1::3], pixels[2::3], strict=True))


def codes_of(picture: Image.Image, mode: zxingcpp.EanAddOnSymbol) -> dict[str, zxingcpp.Position]:
    found = zxingcpp.read_barcodes(picture.convert("L"), ean_add_on_symbol=mode)
    return {one.text.replace(" ", ""): one.position for one in found}


@pytest.mark.parametrize("name", ["english", "japanese", "hebrew"])
def test_a_cover_is_one_sheet_with_bleed_and_nothing_lost(name: str) -> None:
    cover = made(name)
    lacking = HEBREW_MAY_LACK if name == "hebrew" else set()
    assert {found.code for found in cover.found} <= lacking
    assert cover.lost == ()
    document = pypdfium2.PdfDocument(cover.pdf)
    assert len(document) == 1
    wrap = cover_wrap(cover.settings, cover.pages)
    left, bottom, right, top = document[0].get_trimbox()
    assert (right - left) / POINTS == pytest.approx(2 * wrap.page.width + 12, abs=0.01)
    assert (top - bottom) / POINTS == pytest.approx(wrap.height, abs=0.01)
    bleed = document[0].get_bleedbox()
    assert [
        abs(a - b) / POINTS for a, b in zip(bleed, (left, bottom, right, top), strict=True)
    ] == (pytest.approx([3] * 4, abs=0.01))


def test_the_ground_and_the_threads_reach_into_the_bleed() -> None:
    picture = made("english").picture(100, "media")
    width, height = picture.size
    corners = [(1, 1), (width - 2, 1), (1, height - 2), (width - 2, height - 2)]
    assert [picture.getpixel(corner) for corner in corners] == [GROUND] * 4
    for column in (1, width - 2):
        assert INDIGO in {picture.getpixel((column, row)) for row in range(height)}


def test_in_one_ink_the_ground_is_the_card_and_the_accent_is_the_second_ink() -> None:
    red = replace(PAPER, colour=Colour.GRAY, spots=(Spot("PANTONE 186 C", "#c8102e"),))
    shown = colours_of(make(replace(ENGLISH, print=red)))
    assert {(255, 255, 255), (200, 16, 46)} <= shown
    assert not shown & {GROUND, INDIGO}
    alone = colours_of(make(replace(ENGLISH, print=replace(PAPER, colour=Colour.GRAY))))
    assert all(red == green == blue for red, green, blue in alone)


def test_the_threads_run_over_spine_and_back() -> None:
    cover = made("english")
    picture = cover.picture(200)
    for fold in fold_lines(cover_wrap(cover.settings, cover.pages)):
        column = round(fold * 200 / 25.4)
        shades = [picture.getpixel((column, row)) == INDIGO for row in range(picture.height)]
        runs = sum(now and not was for was, now in zip([False, *shades], shades, strict=False))
        assert runs == 6


def test_the_isbn_and_its_add_on_are_read_from_the_back() -> None:
    cover = made("english")
    found = codes_of(cover.picture(), zxingcpp.EanAddOnSymbol.Require)
    ((digits, place),) = found.items()
    assert digits == "978316148410052495"
    back = cover_wrap(cover.settings, cover.pages).panel("back")
    assert back.left < place.top_left.x * 25.4 / 300 < place.top_right.x * 25.4 / 300 < back.right


def test_bars_are_exact() -> None:
    picture = made("english").picture(1200).convert("L")
    ((_, place),) = codes_of(picture.resize((picture.width // 4, picture.height // 4)),
                             zxingcpp.EanAddOnSymbol.Ignore).items()  # fmt: skip
    row = (place.top_left.y + place.bottom_left.y) * 2
    left, right = place.top_left.x * 4 - 60, place.top_right.x * 4 + 60
    dark = [picture.getpixel((column, row)) < 128 for column in range(left, right)]  # type: ignore[operator]
    edges = [n for n in range(1, len(dark)) if dark[n] != dark[n - 1]][:60]
    module = 0.33 * 1200 / 25.4
    assert edges[-1] - edges[0] == pytest.approx(95 * module, abs=1.5)
    widths = [(b - a) / module for a, b in pairwise(edges)]
    assert all(abs(width - round(width)) < 0.08 for width in widths)
    assert sum(round(width) for width in widths) == 95


def test_japanese_codes_stand_where_their_agency_says() -> None:
    cover = made("japanese")
    found = codes_of(cover.picture(), zxingcpp.EanAddOnSymbol.Ignore)
    assert set(found) == {"9784003101018", "1920036015009"}
    upper, lower = found["9784003101018"], found["1920036015009"]
    spine = cover_wrap(cover.settings, cover.pages).panel("spine").left
    scale = 25.4 / 300
    assert upper.top_left.y * scale == pytest.approx(10, abs=0.3)
    assert (upper.bottom_left.y - upper.top_left.y) * scale == pytest.approx(11, abs=0.3)
    assert (lower.top_left.y - upper.bottom_left.y) * scale == pytest.approx(10, abs=0.4)
    assert spine - upper.top_right.x * scale == pytest.approx(12, abs=0.3)


def test_a_hebrew_cover_has_its_front_at_the_left() -> None:
    cover = made("hebrew")
    wrap = cover_wrap(cover.settings, cover.pages)
    assert wrap.panel("front").left == 0
    (place,) = codes_of(cover.picture(), zxingcpp.EanAddOnSymbol.Ignore).values()
    assert place.top_left.x * 25.4 / 300 > wrap.panel("spine").right


def test_a_japanese_book_bound_at_the_right_has_its_codes_twelve_millimetres_from_the_spine() -> (
    None
):
    cover = make(replace(JAPANESE, booklet=Booklet(right_to_left=True)))
    spine = cover_wrap(cover.settings, cover.pages).panel("spine")
    found = codes_of(cover.picture(), zxingcpp.EanAddOnSymbol.Ignore)
    assert set(found) == {"9784003101018", "1920036015009"}
    for place in found.values():
        assert place.top_left.x * 25.4 / 300 - spine.right == pytest.approx(12, abs=0.3)


@pytest.mark.parametrize("name", ["english", "japanese", "hebrew"])
def test_words_keep_away_from_trim_and_folds(name: str) -> None:
    cover = made(name)
    wrap = cover_wrap(cover.settings, cover.pages)
    words = list(cover.words())
    assert len(words) > 5
    for said, left, top, right, bottom in words:
        panel = next(one for one in wrap.panels if one.left <= (left + right) / 2 <= one.right)
        side = 1 if panel.name == "spine" else 5
        assert panel.left + side <= left < right <= panel.right - side, said
        assert top >= 5, said
        assert bottom <= wrap.height - 5, said


def test_the_same_book_gives_the_same_bytes() -> None:
    assert make(ENGLISH).pdf == made("english").pdf


@pytest.mark.parametrize("pages", [8, 64, 400])
@pytest.mark.parametrize("trim", [TRIMS["a6"], TRIMS["5.5x8.5"], Trim("own", 210, 148)])
def test_any_format_makes_one_page(trim: Trim, pages: int) -> None:
    cover = make(replace(ENGLISH, page=Page(trim)), pages)
    assert len(pypdfium2.PdfDocument(cover.pdf)) == 1
    assert cover.lost == ()


def test_an_image_fills_the_front_into_the_bleed_and_ends_at_the_fold(tmp_path: Path) -> None:
    red = (200, 30, 40)
    settings = replace(
        ENGLISH, cover=replace(ENGLISH.cover, image="front.png", alt="All red", front=None)
    )
    cover = make(settings, assets=(painted(tmp_path, red),))
    assert cover.lost == ()
    picture = cover.picture(254, "media")  # ten pixels a millimetre
    fold = cover_wrap(settings, cover.pages).panel("front").left + 3
    width, height = picture.size
    for row in (1, height // 2, height - 2):
        assert picture.getpixel((width - 2, row)) == red
        assert picture.getpixel((round(fold * 10) + 2, row)) == red
        assert picture.getpixel((round(fold * 10) - 3, row)) == GROUND


def test_a_book_without_isbn_has_no_barcode() -> None:
    cover = make(replace(ENGLISH, identifiers=Identifiers()))
    assert codes_of(cover.picture(), zxingcpp.EanAddOnSymbol.Ignore) == {}
    assert cover.lost == ()


def test_a_template_that_drops_the_blurb_is_found_out(tmp_path: Path) -> None:
    own = tmp_path / "cover" / "back.html.j2"
    own.parent.mkdir()
    own.write_text('<p class="mine">My own back</p>', "utf-8")
    cover = make(ENGLISH, folders=(tmp_path, *FOLDERS))
    assert "My own back" in {said for said, *_ in cover.words()}
    assert {found.code for found in cover.lost} == {Code.LOST_TEXT}


def test_a_designer_recolours_ground_and_threads_in_one_file(tmp_path: Path) -> None:
    own = tmp_path / "cover" / "colours.j2"
    own.parent.mkdir()
    own.write_text(
        '{%- set ground, accent, ink = "#102030", "#ffcc00", "#ffffff" -%}', encoding="utf-8"
    )
    colours = {
        colour
        for _, colour in make(ENGLISH, folders=(tmp_path, *FOLDERS)).picture(50).getcolors(2**20)
        or ()
    }
    assert {(16, 32, 48), (255, 204, 0)} <= colours
    assert not {GROUND, INDIGO} & colours


def test_a_mark_of_the_publisher_is_shown(tmp_path: Path) -> None:
    mark = tmp_path / "cover" / "mark.svg"
    mark.parent.mkdir()
    mark.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="9" height="9">'
        '<rect width="9" height="9" fill="#00ff00"/></svg>',
        "utf-8",
    )
    picture = make(ENGLISH, folders=(tmp_path, *FOLDERS)).picture(50)
    assert (0, 255, 0) in {colour for _, colour in picture.getcolors(2**20) or ()}


@pytest.mark.parametrize("kind", ["png", "jpeg"])
def test_the_front_alone_is_a_picture_of_the_page(kind: str) -> None:
    cover = made("english")
    wrap = cover_wrap(cover.settings, cover.pages)
    picture = Image.open(BytesIO(front_image(cover.pdf, wrap, kind)))
    assert picture.format == kind.upper()
    assert picture.size == (1804, 2560)
    front = wrap.panel("front")
    scale = 2560 / wrap.height
    box = [round(side * scale) for side in (front.left, 0, front.right, wrap.height)]
    whole = cover.picture(round(scale * 25.4)).resize((round(wrap.width * scale), 2560))
    small = [one.convert("L").resize((74, 105)) for one in (picture, whole.crop(tuple(box)))]  # type: ignore[arg-type]
    apart = [abs(a - b) for a, b in zip(*(one.tobytes() for one in small), strict=True)]
    assert sum(apart) / len(apart) < 3


@pytest.mark.parametrize("name", ["english", "japanese"])
def test_the_words_stand_where_they_stood(
    name: str, check_golden: Callable[[str, Path], None]
) -> None:
    cover = made(name)
    wrap = cover_wrap(cover.settings, cover.pages)
    lines = [f"sheet {wrap.width:g} by {wrap.height:g} mm, bleed {cover.settings.print.bleed:g}"]
    lines += [f"{panel.name}: {panel.left:g} to {panel.right:g}" for panel in wrap.panels]
    lines.append("folds: " + ", ".join(f"{fold:g}" for fold in fold_lines(wrap)))
    for said, left, top, right, bottom in cover.words():
        place = " ".join(f"{round(side):d}" for side in (left, top, right, bottom))
        lines.append(f"{place}  {said.strip()}")
    check_golden("\n".join(lines) + "\n", TESTS / "golden" / "covers" / f"{name}.txt")


def refused(settings: BookSettings) -> Diagnostic:
    with pytest.raises(BookError) as fault:
        make(settings)
    (found,) = fault.value.diagnostics
    return found


def test_what_can_make_no_cover_is_said_with_its_place() -> None:
    at = Location("book.toml", 9, 5)
    places = dict.fromkeys(
        ("print.paper.stock", "cover.front", "cover.price.add-on", "cover.price.jan"), at
    )
    told = replace(ENGLISH, locations=places)
    cases = {
        Code.UNKNOWN_STOCK: replace(told, print=Print(paper=Paper(stock="ofset 90"))),
        Code.NO_COVER_IMAGE: replace(told, cover=Cover(front=Panel.IMAGE)),
        Code.BAD_BARCODE: replace(told, cover=Cover(price=Price(add_on="123"))),
    }
    for code, settings in cases.items():
        found = refused(settings)
        assert (found.code, found.at) == (code, at)
    row = refused(replace(told, cover=Cover(price=Price(jan="1920036015001"))))
    assert (row.code, row.at) == (Code.BAD_BARCODE, at)


def test_what_is_left_out_or_runs_over_is_a_warning() -> None:
    asked = replace(ENGLISH, cover=replace(ENGLISH.cover, spine=SpineText.UP), print=Print())
    assert {found.code for found in make(asked, 16).found} == {Code.THIN_SPINE, Code.PAPER_ASSUMED}
    long = replace(ENGLISH, cover=replace(ENGLISH.cover, blurb="\n\n".join([BLURB * 5] * 40)))
    cover = make(long)
    assert Code.COVER_OVERFULL in {found.code for found in cover.found}
    assert Code.LOST_TEXT in {found.code for found in cover.lost}
