"""The boundaries of pages for the press, read back with PDFium, and what lies between them."""

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chapbook.print_shop import PrintMark
from tests.prepress_files import HEIGHT, INK, POINT, WIDTH, opened, pages, prepared, shown

SCALE = 4
SETS = st.sets(st.sampled_from(PrintMark)).map(tuple)


def boxes(pdf: bytes) -> tuple[tuple[float, ...], ...]:
    page = pypdfium2.PdfDocument(pdf)[0]
    return page.get_mediabox(), page.get_bleedbox(), page.get_trimbox()


@settings(max_examples=40, deadline=None)
@given(bleed=st.floats(0, 15), marks=SETS)
def test_boxes_are_what_was_asked_for(bleed: float, marks: tuple[PrintMark, ...]) -> None:
    media, bled, trim = boxes(prepared(pages(), bleed=bleed, marks=marks, multiple=1))
    over = bleed * POINT
    assert trim == (0, 0, WIDTH, HEIGHT)
    assert bled == pytest.approx((-over, -over, WIDTH + over, HEIGHT + over), abs=0.001)
    margin = -media[0]
    assert media == pytest.approx((-margin, -margin, WIDTH + margin, HEIGHT + margin), abs=0.001)
    assert margin >= over + 5 * POINT if marks else margin == pytest.approx(over, abs=0.001)


@pytest.mark.parametrize("marks", [(), tuple(PrintMark)])
def test_no_other_box_is_left(marks: tuple[PrintMark, ...]) -> None:
    file = pages()
    file.pages[0].CropBox = file.pages[0].ArtBox = file.pages[0].TrimBox
    with opened(prepared(file, marks=marks)) as made:
        assert not [name for name in ("/CropBox", "/ArtBox") if name in made.pages[0]]


@pytest.mark.parametrize("bleed", [0, 1.5, 3, 10])
def test_the_ground_ends_where_the_bleed_does(bleed: float) -> None:
    pdf = prepared(pages(), bleed=bleed, multiple=1)
    image = shown(pdf, scale=SCALE)
    edge = (-boxes(pdf)[0][0] - bleed * POINT) * SCALE
    far, near = round(edge) - 2, round(edge) + 2
    inside = image.crop((near, near, image.width - near, image.height - near))
    assert inside.getextrema() == (0, 128)
    assert inside.getpixel((0, 0)) == inside.getpixel((inside.width - 1, 5)) == 128
    for x, y in ((far, 99), (image.width - far, 99), (99, far), (99, image.height - far)):
        assert image.getpixel((x, y)) == 255


def test_what_is_drawn_stays_where_it_was_from_the_trim() -> None:
    pdf = prepared(pages(b"0 g 50 60 40 40 re f"), multiple=1)
    margin = -boxes(pdf)[0][0]
    page = shown(pdf, scale=SCALE)
    trim = page.crop(
        (
            round(margin * SCALE),
            round(margin * SCALE),
            round((margin + WIDTH) * SCALE),
            round((margin + HEIGHT) * SCALE),
        )
    )
    ink = trim.point([255 * (v < 128) for v in range(256)]).getbbox()
    assert ink
    left, top, right, bottom = ink
    found = (left / SCALE, HEIGHT - bottom / SCALE, right / SCALE, HEIGHT - top / SCALE)
    assert found == pytest.approx((50, 60, 90, 100), abs=0.5)


def test_content_that_leaves_its_mark_on_the_state_does_not_move_the_marks() -> None:
    still = prepared(pages(INK), multiple=1)
    unruly = prepared(pages(INK + b"3 0 0 3 77 77 cm 9 w 1 0 0 RG\n"), multiple=1)
    assert shown(still).tobytes() == shown(unruly).tobytes()
