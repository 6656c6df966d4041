"""The editions of the print shop: what each is made of, and what they share."""

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pypdfium2
import pytest

from chapbook.cache import Cache
from chapbook.diagnostics import Code, Location
from chapbook.impose import plan_booklet
from chapbook.ledger import find_build, read_state
from chapbook.paper import caliper
from chapbook.pipeline import Build, Request, make_book
from chapbook.print_shop import TRIMS, Booklet, Paper
from chapbook.settings import Edition

ROOT = Path(__file__).parents[2]
A5 = TRIMS["a5"]
POINTS = 72 / 25.4
SHOP = (Edition.PRINT, Edition.BOOKLET, Edition.COVER)
PAPER = '[print.paper]\nstock = "offset 90"\n'
Calls = list[tuple[str, str]]


class Shop:
    """A book of some numbered chapters, and what is made of it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.calls: Calls = []

    def build(
        self, settings: str = PAPER, editions: tuple[Edition, ...] = SHOP, **wanted: Any
    ) -> Build:
        book = self.root / "book"
        book.mkdir(exist_ok=True)
        (book / "book.toml").write_text(f'title = "Sheets"\n{settings}', "utf-8")
        for chapter in range(1, 8):
            text = f"# Marker{chapter}\n\n" + "Words that fill a line, and then another. " * 8
            (book / f"{chapter}.md").write_text(text + "\n", "utf-8")
        self.request = Request(book, self.root / "output", ROOT / "templates", editions, **wanted)
        self.calls = []
        return make_book(self.request, lambda stage, what: self.calls.append((stage, what)))

    def made(self, name: str) -> Path:
        return self.root / "output" / f"sheets{name}"


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Shop, Build]:
    """Make all three editions, and remember the build."""
    shop = Shop(tmp_path_factory.mktemp("whole"))
    return shop, shop.build(cache=shop.root / "cache")


def texts(file: Path) -> list[str]:
    document = pypdfium2.PdfDocument(file)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def trim_of(file: Path) -> tuple[float, float]:
    document = pypdfium2.PdfDocument(file)
    try:
        left, bottom, right, top = document[0].get_trimbox()
    finally:
        document.close()
    return (right - left) / POINTS, (top - bottom) / POINTS


def test_the_record_lists_every_file(whole: tuple[Shop, Build]) -> None:
    shop, built = whole
    assert built.diagnostics == ()
    record = json.loads(shop.made("").with_name("build.json").read_text("utf-8"))
    assert [(made["edition"], made["name"]) for made in record["artifacts"]] == [
        ("print", "sheets-print.pdf"),
        ("booklet", "sheets-booklet.pdf"),
        ("booklet", "sheets-booklet-folding.svg"),
        ("cover", "sheets-cover.pdf"),
        ("cover", "sheets-cover.png"),
    ]
    assert all(shop.made(made.name.removeprefix("sheets")).is_file() for made in built.artifacts)
    pages = {made.name: made.pages for made in built.artifacts}
    assert pages["sheets-booklet.pdf"] == len(texts(shop.made("-booklet.pdf")))
    assert pages["sheets-print.pdf"] == len(texts(shop.made("-print.pdf")))


def test_the_pages_are_laid_out_once_for_all_three(whole: tuple[Shop, Build]) -> None:
    shop, _ = whole
    assert [call for call in shop.calls if call[0] == "typeset"] == [
        ("typeset", "print"),
        ("typeset", "cover"),
    ]


def test_every_chapter_is_on_the_side_that_the_plan_says(whole: tuple[Shop, Build]) -> None:
    shop, _ = whole
    pages, sides = texts(shop.made("-print.pdf")), texts(shop.made("-booklet.pdf"))
    plan = plan_booklet(len(pages), Booklet(), A5, caliper(Paper("offset 90")), False)
    marker = re.compile(r"^Marker\d", re.MULTILINE)
    found = 0
    for (sheet, is_front), text in zip(plan.sides(), sides, strict=True):
        places = sheet.front if is_front else sheet.back
        expected = {m for place in places for m in marker.findall(pages[place.page - 1])}
        assert set(marker.findall(text)) == expected
        found += len(expected)
    assert found >= 7


@pytest.mark.parametrize("padding", ["blank", "notes", "warn"])
def test_the_spine_is_as_wide_as_the_padded_pages_are_thick(shop: Shop, padding: str) -> None:
    built = shop.build(f'[print]\npadding = "{padding}"\nmultiple = 16\n{PAPER}')
    pages = texts(shop.made("-print.pdf"))
    width, height = trim_of(shop.made("-cover.pdf"))
    spine = -(-len(pages) // 2) * caliper(Paper("offset 90"))
    assert width == pytest.approx(2 * A5.width + spine, abs=0.02)
    assert height == pytest.approx(A5.height, abs=0.02)
    assert (len(pages) % 16 == 0) is (padding != "warn")
    codes = [found.code for found in built.diagnostics]
    assert (Code.PAGE_COUNT in codes) is (padding == "warn")
    assert any("Notes" in page for page in pages) is (padding == "notes")


@pytest.mark.parametrize(
    ("booklet", "has_spine"),
    [('binding = "saddle"', False), ("cover = true", True), ("signature = 16", True)],
)
def test_what_is_stapled_has_a_fold_and_no_spine(shop: Shop, booklet: str, has_spine: bool) -> None:
    shop.build(f"[booklet]\n{booklet}\n{PAPER}", (Edition.COVER,))
    width, _ = trim_of(shop.made("-cover.pdf"))
    assert (width > 2 * A5.width + 0.1) is has_spine


def test_the_slug_tells_apart_files_of_books_that_differ_in_their_settings_alone(
    shop: Shop,
) -> None:
    made = set()
    for blurb in ("One.", "Two.", "One."):  # no page shows it
        shop.build(f'{PAPER}[cover]\nblurb = "{blurb}"\n', (Edition.PRINT,))
        made.add(shop.made("-print.pdf").read_bytes())
    assert len(made) == 2


def test_the_booklet_bears_the_notes_too(shop: Shop) -> None:
    shop.build(f'[print]\npadding = "notes"\nmultiple = 16\n{PAPER}')
    told = "".join(texts(shop.made("-booklet.pdf")))
    assert told.count("Notes") == "".join(texts(shop.made("-print.pdf"))).count("Notes")


def test_a_sheet_too_small_is_found_before_pages_are_laid_out(shop: Shop) -> None:
    built = shop.build('[booklet]\nsheet = "A5"\n', (Edition.BOOKLET,))
    (found,) = built.diagnostics
    assert (found.code, found.at) == (Code.SHEET_TOO_SMALL, Location("book.toml", 3, 1))
    assert "typeset" not in dict(shop.calls)
    assert built.artifacts == ()


def test_a_booklet_in_its_cover(shop: Shop) -> None:
    built = shop.build(f"[booklet]\ncover = true\n{PAPER}[cover]\nflaps = 80\n", (Edition.BOOKLET,))
    assert built.diagnostics == ()
    sides = texts(shop.made("-booklet.pdf"))
    assert "Sheets" in sides[0]
    assert sides[1].strip() == ""
    assert not shop.made("-cover.pdf").exists()


def test_a_book_read_from_right_to_left_has_its_first_page_at_the_left(shop: Shop) -> None:
    shop.build(f"[booklet]\nright-to-left = true\n{PAPER}", (Edition.BOOKLET,))
    document = pypdfium2.PdfDocument(shop.made("-booklet.pdf"))
    try:
        page = document[0].get_textpage()
        left, _, right, _ = page.get_rect(page.count_rects() - 1)
        assert right / POINTS < A5.width
        assert left > 0
    finally:
        document.close()


def test_the_instruction_is_in_the_language_of_the_book(shop: Shop) -> None:
    shop.build(f'language = "de"\n{PAPER}', (Edition.BOOKLET,))
    svg = ElementTree.parse(shop.made("-booklet-folding.svg"))
    assert "Heft" in "".join(svg.getroot().itertext())


def test_an_error_stops_all_that_need_the_pages_and_is_said_once(shop: Shop) -> None:
    templates = shop.root / "book" / "templates" / "pages"
    templates.mkdir(parents=True)
    (templates / "title-page.html.j2").write_text("{{ nothing_such }}", "utf-8")
    built = shop.build()
    assert [found.code for found in built.diagnostics] == [Code.TEMPLATE_ERROR]
    assert built.artifacts == ()
    assert shop.calls.count(("compose", "print")) == 1


def test_the_same_book_gives_the_same_files(whole: tuple[Shop, Build], shop: Shop) -> None:
    shop.build()
    first = {file.name: file.read_bytes() for file in whole[0].made("").parent.iterdir()}
    assert {file.name: file.read_bytes() for file in shop.made("").parent.iterdir()} == first


def test_what_lies_beside_belongs_to_a_remembered_build(shop: Shop) -> None:
    kept = shop.root / "cache"
    shop.build(editions=(Edition.BOOKLET,), cache=kept)
    state = read_state(shop.request)
    build = make_book(shop.request, lambda *_: None, state=state)
    assert find_build(shop.request, state, Cache(kept)) == build
    shop.made("-booklet-folding.svg").unlink()
    assert find_build(shop.request, state, Cache(kept)) is None
