"""Barcodes: their bars read back by a reader that shares nothing with their maker."""

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from chapbook.cover.barcode import (
    MODULE,
    BadBarcodeError,
    Barcode,
    check_digit,
    isbn_digits,
    japanese_line,
    make_barcode,
    second_row,
)

PIXELS = 3  # to a module
CODES = st.integers(0, 10**12 - 1).map(lambda n: f"{n:012d}{check_digit(f'{n:012d}')}")
ADD_ONS = st.one_of(
    st.just(""),
    st.integers(0, 99).map("{:02d}".format),
    st.integers(0, 99999).map("{:05d}".format),
)


def read_back(code: Barcode) -> str:
    """Draw the bars and have them read: the digits, a space, those of the add-on."""
    width, height = (code.width + 18) * PIXELS, 90
    picture = Image.new("L", (width, height), 255)
    pen = ImageDraw.Draw(picture)
    for bar in code.bars:
        left = (11 + bar.left) * PIXELS
        pen.rectangle((left, 0, left + bar.width * PIXELS - 1, height), fill=0)
    mode = zxingcpp.EanAddOnSymbol.Require if code.add_on else zxingcpp.EanAddOnSymbol.Ignore
    (found,) = zxingcpp.read_barcodes(picture, ean_add_on_symbol=mode)
    return found.text.replace(" ", "")


@given(CODES, ADD_ONS)
@settings(max_examples=40)
def test_every_code_reads_as_its_digits(digits: str, add_on: str) -> None:
    assert read_back(make_barcode(digits, add_on)) == digits + add_on


def test_the_second_row_reads_as_its_digits() -> None:
    row = second_row("192-0036-01500-9")
    assert read_back(row) == "1920036015009"
    assert row.is_plain
    assert japanese_line("1920036015009") == "C0036 ¥1500E"


def test_sizes_are_the_nominal_ones() -> None:
    code = make_barcode("9783161484100")
    assert MODULE == 0.33
    assert code.width_mm == pytest.approx(31.35)
    assert code.height == 22.85
    assert code.quiet_left == pytest.approx(3.63)
    assert code.quiet_right == pytest.approx(2.31)
    japanese = make_barcode("9783161484100", is_japanese=True)
    assert japanese.width_mm == pytest.approx(31.35)
    assert japanese.drawn_height == 11


def test_guards_reach_down_between_the_digits() -> None:
    guards = [bar.left for bar in make_barcode("9783161484100").bars if bar.is_guard]
    assert guards == [0, 2, 46, 48, 92, 94]


def test_the_add_on_keeps_its_distance() -> None:
    code = make_barcode("9783161484100", "52495")
    assert 7 <= code.add_on_left - 95 <= 12
    assert code.width - code.add_on_left == 47


@pytest.mark.parametrize(
    ("digits", "add_on", "told"),
    [
        ("9783161484101", "", "0 does"),
        ("978316148410", "", "13 digits"),
        ("٩٧٨٣١٦١٤٨٤١٠٠", "", "13 digits"),
        ("9783161484100", "123", "2 or 5"),
        ("9783161484100", "ab", "2 or 5"),
    ],
)
def test_other_digits_are_refused(digits: str, add_on: str, told: str) -> None:
    with pytest.raises(BadBarcodeError, match=told):
        make_barcode(digits, add_on)


def test_a_second_row_begins_with_192() -> None:
    with pytest.raises(BadBarcodeError, match="192"):
        second_row("9783161484100")


@pytest.mark.parametrize(
    "written",
    ["978-3-16-148410-0", "3-16-148410-X", "ISBN 978 3 16 148410 0", "ISBN-10: 316148410X"],
)
def test_an_isbn_of_ten_digits_gets_thirteen(written: str) -> None:
    assert isbn_digits(written) == "9783161484100"
