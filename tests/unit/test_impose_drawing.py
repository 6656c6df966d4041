"""The drawn sheets, read back with pdfium: every page is where the plan says, and as large."""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Dictionary, Pdf

from chapbook.diagnostics import Code, Location
from chapbook.impose import impose, plan_booklet
from chapbook.imposition import Place, Plan
from chapbook.print_shop import SHEETS, TRIMS, Binding, Booklet, Flip, Trim
from tests.conftest import TESTS
from tests.numbered_pages import DROP, INDENT, MILLIMETRE, numbered_pages

A5 = TRIMS["a5"]
GOLDEN = TESTS / "golden" / "signatures"
CALIPER = 0.12

Spots = dict[str, tuple[float, float]]


def read(pdf: bytes) -> list[Spots]:
    """Find for each side the numbers on it, and where the first digit stands, in millimetres."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [dict(_words(page)) for page in document]
    finally:
        document.close()


def _words(page: Any) -> Iterator[tuple[str, tuple[float, float]]]:
    text = page.get_textpage()
    runs: list[tuple[str, tuple[float, float]]] = []
    for rect in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(rect)
        word = text.get_text_bounded(left, bottom, right, top).strip()
        middle = ((left + right) / 2 / MILLIMETRE, (bottom + top) / 2 / MILLIMETRE)
        runs.append((word, middle))
    yield from runs


def expected(plan: Plan, place: Place, source: tuple[float, float]) -> tuple[float, float]:
    """Say where a spot of the source page comes to lie, from its left edge and its foot."""
    x, y = (offset * plan.scale for offset in source)
    if place.is_turned:
        x, y = plan.page.width - x, plan.page.height - y
    return place.left + x, place.bottom + y


def test_the_numbers_of_the_source_stand_where_they_should() -> None:
    (spots,) = read(numbered_pages(1, A5, 3))
    x, y = spots["1"]
    assert x == pytest.approx(3 + INDENT + 1.5, abs=1.5)
    assert y == pytest.approx(3 + A5.height - DROP + 2, abs=1)


@settings(max_examples=40, deadline=None)
@given(
    st.integers(1, 50),
    st.sampled_from(Binding),
    st.sampled_from((0, 8, 16)),
    st.sampled_from(Flip),
    st.booleans(),
    st.sampled_from((None, SHEETS["sra3"], SHEETS["a4"])),
    st.sampled_from((0.0, 3.0)),
)
def test_every_page_is_found_where_the_plan_says(
    pages: int,
    binding: Binding,
    signature: int,
    flip: Flip,
    right_to_left: bool,
    sheet: Trim | None,
    bleed: float,
) -> None:
    booklet = Booklet(sheet, binding, signature, flip, fit=True)
    source = numbered_pages(pages, A5, bleed)
    laid = read(source)
    made = impose(source, booklet, A5, CALIPER, right_to_left).value
    plan = plan_booklet(pages, booklet, A5, CALIPER, right_to_left, bleed)
    sides = [sheet.front if is_front else sheet.back for sheet, is_front in plan.sides()]
    found = read(made)
    assert len(found) == len(sides)
    for spots, places in zip(found, sides, strict=True):
        filled = {str(place.page): place for place in places if place.page <= pages}
        assert spots.keys() == filled.keys()
        for number, place in filled.items():
            x, y = laid[int(number) - 1][number]
            assert spots[number] == pytest.approx(
                expected(plan, place, (x - bleed, y - bleed)), abs=0.05
            )


@pytest.mark.parametrize("right_to_left", [False, True])
def test_the_cover_is_the_outermost_leaf(right_to_left: bool) -> None:
    spread = _spread(Trim("spread", 2 * A5.width + 4, A5.height))
    made = impose(numbered_pages(5, A5), Booklet(cover=True), A5, CALIPER, right_to_left, spread)
    # Five pages, four of the cover and three blanks: three sheets.
    assert [sorted(side) for side in read(made.value)] == [[], [], ["1"], ["2"], ["3"], ["4", "5"]]
    outside = _pixels(made.value, 0)
    level, width = outside.height / 2, outside.width
    left, right = (outside.getpixel((width * part, level)) for part in (0.02, 0.98))
    assert (left, right) == ((255, 0, 0), (0, 0, 255))
    assert outside.getpixel((width * 0.49, level)) == (255, 0, 0)
    assert outside.getpixel((width * 0.51, level)) == (0, 0, 255)


def _spread(size: Trim) -> bytes:
    """Make a cover whose left panel is red and whose right one is blue, the spine green."""
    with Pdf.open(BytesIO(numbered_pages(1, size, 3))) as pdf:
        panel, height = (A5.width + 3) * MILLIMETRE, 1000
        spine = (size.width - 2 * A5.width) * MILLIMETRE
        drawn = (
            b"1 0 0 rg 0 0 %.4f %d re f 0 1 0 rg %.4f 0 %.4f %d re f 0 0 1 rg %.4f 0 %.4f %d re f"
        )
        numbers = (panel, height, panel, spine, height, panel + spine, panel, height)
        pdf.pages[0].obj.Contents = pdf.make_stream(drawn % numbers)
        written = BytesIO()
        pdf.save(written, static_id=True)
        return written.getvalue()


def _pixels(pdf: bytes, page: int) -> Any:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return document[page].render(scale=2).to_pil()
    finally:
        document.close()


def test_ink_stays_in_the_bleed_and_creep_leaves_no_white_edge() -> None:
    booklet = Booklet(sheet=SHEETS["a3"], marks=False)
    made = impose(numbered_pages(16, A5, 3, tint=True), booklet, A5, 0.5, False).value
    plan = plan_booklet(16, booklet, A5, 0.5, False, 3)
    sheet = plan.sheets[-1]
    assert sheet.front[0].shift == 1.5
    picture = _pixels(made, 2 * len(plan.sheets) - 2)
    level = picture.height / 2

    def shade(millimetres: float) -> tuple[int, ...]:
        return tuple(picture.getpixel((round(millimetres * MILLIMETRE * 2), level)))

    left = (plan.sheet.width - 2 * A5.width) / 2
    assert shade(left - 3.6) == (255, 255, 255)
    assert shade(left + 0.3) != (255, 255, 255)
    assert shade(plan.sheet.width / 2) != (255, 255, 255)


SIGNATURES = {
    "saddle": Booklet(),
    "saddle-right-to-left": Booklet(flip=Flip.LONG),
    "perfect": Booklet(SHEETS["sra4"], Binding.PERFECT, 8),
    "cut-4": Booklet(SHEETS["sra3"], Binding.CUT_4, flip=Flip.LONG),
}


@pytest.mark.parametrize("name", SIGNATURES)
def test_a_signature(name: str, check_golden: Callable[[str, Path], None]) -> None:
    is_rtl = name.endswith("right-to-left")
    source = numbered_pages(16, A5, 3)
    made = impose(source, SIGNATURES[name], A5, CALIPER, is_rtl).value
    plan = plan_booklet(16, SIGNATURES[name], A5, CALIPER, is_rtl, 3)
    lines = [f"sheet {plan.sheet.width:g} by {plan.sheet.height:g} mm, {len(plan.ticks)} marks"]
    for number, spots in enumerate(read(made)):
        side = f"sheet {number // 2 + 1} {'back' if number % 2 else 'front'}"
        told = [f"{word} at {x:.1f}, {y:.1f}" for word, (x, y) in sorted(spots.items(), key=_spot)]
        lines.append(f"{side}: {'; '.join(told)}")
    check_golden("\n".join(lines) + "\n", GOLDEN / f"{name}.txt")


def _spot(found: tuple[str, tuple[float, float]]) -> tuple[float, float]:
    _, (x, y) = found
    return -round(y), x


def test_fonts_and_pages_stand_once_in_the_file() -> None:
    made = impose(numbered_pages(40, A5), Booklet(), A5, CALIPER, False).value
    with Pdf.open(BytesIO(made)) as pdf:
        kinds = [
            thing
            for thing in pdf.objects
            if isinstance(thing, Dictionary) and thing.get("/Type") == "/Font"
        ]
        forms = {form.objgen for page in pdf.pages for form in page.obj.Resources.XObject.values()}
        assert len(kinds) == 1
        assert len(forms) == 40
        assert pdf.docinfo["/Title"] == "Numbers"
        assert "/PageMode" not in pdf.Root


@pytest.mark.parametrize(("flip", "duplex"), [(Flip.SHORT, "Short"), (Flip.LONG, "Long")])
def test_the_file_asks_for_both_sides_in_true_size(flip: Flip, duplex: str) -> None:
    made = impose(numbered_pages(4, A5), Booklet(flip=flip), A5, CALIPER, False).value
    with Pdf.open(BytesIO(made)) as pdf:
        wishes = pdf.Root.ViewerPreferences
        assert wishes.Duplex == f"/DuplexFlip{duplex}Edge"
        assert wishes.PrintScaling == "/None"


@pytest.mark.parametrize(
    ("pages", "booklet", "is_told"),
    [
        (80, Booklet(), False),
        (84, Booklet(), True),
        (84, Booklet(signature=16), False),
        (84, Booklet(binding=Binding.CUT_2), False),
    ],
)
def test_more_sheets_than_staples_hold_are_told_of(
    pages: int, booklet: Booklet, is_told: bool
) -> None:
    here = Location("book.toml", 7, 1)
    source = numbered_pages(pages, A5)
    found = impose(source, booklet, A5, 0.1, False, locations={"booklet": here}).diagnostics
    assert [(one.code, one.at) for one in found] == [(Code.BEYOND_BINDING, here)] * is_told


def test_the_same_book_gives_the_same_bytes() -> None:
    source = numbered_pages(13, A5, 3)
    one, other = (impose(source, Booklet(), A5, CALIPER, False).value for _ in range(2))
    assert one == other
