"""Spreads show what will be printed, two and two as the pages lie open."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from chapbook.pack.spreads import (
    AROUND,
    INCH,
    PPI,
    Picture,
    Portion,
    draw_portion,
    draw_sheet,
    facing,
    name_of,
)
from tests.prepress_files import HEIGHT, WIDTH, pages, prepared, written

SCALE = PPI / 72
LEFT = round(AROUND * PPI / INCH)
GRAYS = [b"%.1f g -99 -99 999 999 re f" % (n / 10) for n in range(9)]


def drawn(folder: Path, pdf: bytes, *pairs: tuple[int, ...]) -> tuple[Picture, ...]:
    file = folder / "print.pdf"
    file.write_bytes(pdf)
    return draw_portion(Portion(str(file), pairs))


def image_of(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def seen(png: bytes, place: int, x: float = WIDTH / 2, y: float = HEIGHT / 2) -> tuple[int, ...]:
    """Give the colour at a point of a page, counted from its upper left corner."""
    left = LEFT + place * round(WIDTH * SCALE)
    colour = image_of(png).getpixel((left + round(x * SCALE), LEFT + round(y * SCALE)))
    assert isinstance(colour, tuple)
    return colour


@given(st.integers(1, 400), st.booleans())
def test_every_page_lies_open_once_in_its_order(count: int, rtl: bool) -> None:
    pairs = facing(count, rtl)
    read = [page for pair in pairs for page in (reversed(pair) if rtl else pair) if page]
    assert read == list(range(1, count + 1))
    # A recto is at the right of the spine where one reads from left to right.
    assert all(
        page % 2 == (place == (0 if rtl else 1))
        for p in pairs
        for place, page in enumerate(p)
        if page
    )


@given(st.integers(1, 3000))
def test_names_in_order_are_pages_in_order(count: int) -> None:
    names = [name_of(pair, count) for pair in facing(count, False)]
    assert names == sorted(names)
    assert len(set(names)) == len(names)
    assert name_of((3, 2), 40) == "002-003"


@pytest.mark.parametrize("pair", [(2, 3), (3, 2)])
def test_each_page_stands_on_its_side(tmp_path: Path, pair: tuple[int, int]) -> None:
    (one,) = drawn(tmp_path, written(pages(*GRAYS)), pair)
    for place, page in enumerate(pair):
        assert seen(one.png, place)[0] == pytest.approx(255 * (page - 1) / 10, abs=2)


def test_marks_and_bleed_are_cut_away(tmp_path: Path) -> None:
    pdf = prepared(pages(b"1 0 0 rg -30 -30 29 400 re f"), multiple=1)
    (one,) = drawn(tmp_path, pdf, (0, 1))
    shown = image_of(one.png)
    width, height = round(WIDTH * SCALE), round(HEIGHT * SCALE)
    assert shown.size == (2 * width + 2 * LEFT, height + 2 * LEFT)
    page = shown.crop((LEFT + width, LEFT, LEFT + 2 * width, LEFT + height))
    assert page.getcolors() == [(width * height, (255, 255, 255))]


def test_a_line_is_drawn_where_the_page_is_cut(tmp_path: Path) -> None:
    (one,) = drawn(tmp_path, written(pages(b"1 g 0 0 999 999 re f")), (0, 1))
    width = round(WIDTH * SCALE)
    line = image_of(one.png).getpixel((LEFT + 2 * width, LEFT + 50))
    table = image_of(one.png).getpixel((LEFT + 20, LEFT + 50))
    assert line == (0x8C, 0x8C, 0x8C)
    assert table == (0xE2, 0xE2, 0xE2)


def test_coloured_pages_are_told(tmp_path: Path) -> None:
    red = b"1 0 0 rg 50 50 30 30 re f"
    made = drawn(tmp_path, written(pages(b"", red, b"0.5 g 0 0 9 9 re f", b"")), (0, 1), (2, 3))
    assert [one.coloured for one in made] == [frozenset(), frozenset({2})]
    assert Image.open(io.BytesIO(made[0].png)).mode == "L"
    assert Image.open(io.BytesIO(made[1].png)).mode == "RGB"


def test_the_folds_of_a_cover_are_ticked_outside_it() -> None:
    plain = image_of(draw_sheet(written(pages(b""))))
    folded = image_of(draw_sheet(written(pages(b"")), (20.0, 30.0)))
    assert plain.size == folded.size
    ticks = [x for x in range(folded.width) if folded.getpixel((x, 4)) == (0x8C, 0x8C, 0x8C)]
    assert ticks == [LEFT + round(mm * PPI / INCH) for mm in (20, 30)]
    inner = (LEFT, LEFT, plain.width - LEFT, plain.height - LEFT)
    assert plain.crop(inner).tobytes() == folded.crop(inner).tobytes()
