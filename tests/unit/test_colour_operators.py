"""Colours that a content stream sets, mark by mark."""

import re

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name

from chapbook.diagnostics import Code
from chapbook.prepress.colour import convert_colours
from chapbook.prepress.colour.press import press_for
from chapbook.prepress.colour.syntax import instructions
from chapbook.print_job import PrintJob
from chapbook.print_shop import Colour
from tests.printed_colours import content, converted, job, numbers, page, spaces

CMYK, GRAY = job(Colour.CMYK), job(Colour.GRAY)
SETTER = re.compile(rb"((?:[\d.]+ )+)(?:g|G|k|K|rg|RG)\n")
channel = st.integers(0, 255).map(lambda step: step / 255)


def inks(drawn: bytes, work: PrintJob = CMYK) -> list[tuple[float, ...]]:
    after = content(converted(page(drawn), work))
    return [tuple(map(float, found.split())) for found in SETTER.findall(after)]


def test_a_gray_of_rgb_is_printed_by_black_alone() -> None:
    assert inks(b"0.5 0.5 0.5 rg 0 0 9 9 re f") == [(0, 0, 0, 0.5)]


def test_a_colour_is_printed_by_the_inks_that_the_profile_says() -> None:
    cyan, magenta, yellow, black = inks(b"1 0 0 rg 0 0 9 9 re f")[0]
    assert (cyan, black) == (0, 0)
    assert magenta > 0.9
    assert yellow > 0.9


def test_text_that_is_nearly_black_is_black_but_an_area_is_not() -> None:
    drawn = b"0.1 0.1 0.15 rg BT /F 9 Tf (a) Tj ET 0 0 9 9 re f"
    text, area = inks(drawn)
    assert text == (0, 0, 0, 1)
    assert min(area) > 0.3


@pytest.mark.parametrize("dark", [b"0.2 0.2 0.2", b"0 0 0.6", b"0.545 0 0", b"0.1 0.17 0.3"])
def test_one_ink_prints_dark_text_solid(dark: bytes) -> None:
    assert inks(dark + b" rg BT /F 9 Tf (a) Tj ET", GRAY) == [(0,)]


def test_one_ink_keeps_a_tint_of_text_as_light_as_it_was() -> None:
    assert inks(b"0.5 0.5 0.5 rg BT /F 9 Tf (a) Tj ET", GRAY) == [(0.5,)]
    (red,) = inks(b"1 0 0 rg 0 0 9 9 re f", GRAY)
    assert red[0] == pytest.approx(0.509, abs=0.01)  # L* 54, as red has it


def test_the_colour_is_set_before_the_path_since_nothing_may_stand_inside_it() -> None:
    after = content(converted(page(b"1 1 1 rg 0 0 m 9 9 l 9 0 l h f"), CMYK))
    assert after == b"0 0 0 0 k\n 0 0 m 9 9 l 9 0 l h f"


def test_what_is_saved_comes_back_with_its_ink() -> None:
    drawn = b"1 1 1 rg 0 0 1 1 re f q 0 0 0 rg 0 0 1 1 re f Q 0 0 1 1 re f 0 0 0 rg 0 0 1 1 re f"
    assert inks(drawn) == [(0, 0, 0, 0), (0, 0, 0, 1), (0, 0, 0, 1)]


def test_a_page_that_sets_no_colour_is_black() -> None:
    assert inks(b"0 0 9 9 re f") == [(0, 0, 0, 1)]


def test_strokes_and_fills_have_inks_of_their_own() -> None:
    assert inks(b"0 g 1 G 0 0 9 9 re B") == [(0, 0, 0, 1), (0, 0, 0, 0)]


def test_a_string_that_reads_like_an_operator_stays() -> None:
    drawn = b"BT /F 9 Tf (1 0 0 rg (nested (deep (deeper))) \\) 0 g) Tj ET"
    after = converted(page(drawn), CMYK)
    shown = [i for i in pikepdf.parse_content_stream(after.pages[0]) if str(i.operator) == "Tj"]
    assert bytes(shown[0].operands[0]) == b"1 0 0 rg (nested (deep (deeper))) ) 0 g"


def test_small_black_text_overprints_and_large_does_not() -> None:
    drawn = b"BT /F 9 Tf (a) Tj /F 30 Tf (b) Tj ET 0 0 9 9 re f"
    after = converted(page(drawn), CMYK)
    text = content(after)
    assert text.index(b"/InkOver gs") < text.index(b"(a)") < text.index(b"/InkOut gs")
    assert text.index(b"/InkOut gs") < text.index(b"(b)")
    on = after.pages[0].Resources.ExtGState.InkOver
    assert bool(on.op)
    assert bool(on.OP)
    assert int(on.OPM) == 1


def test_the_size_of_text_is_that_on_paper() -> None:
    after = content(converted(page(b"3 0 0 3 0 0 cm BT 2 0 0 2 0 0 Tm /F 5 Tf (a) Tj ET"), CMYK))
    assert b"InkOver" not in after


def test_black_that_an_author_made_rich_stays_so_only_where_asked() -> None:
    drawn = b"0.6 0.4 0.4 1 k 0 0 9 9 re f"
    assert inks(drawn) == [(0, 0, 0, 1)]
    assert inks(drawn, job(Colour.CMYK, rich_black=True)) == [(0.6, 0.4, 0.4, 1)]


def test_inks_above_the_limit_are_brought_under_it_and_told_of() -> None:
    file = page(b"1 1 1 0.8 k 0 0 9 9 re f")
    (found,) = convert_colours(file, job(Colour.CMYK, ink_limit=240))
    laid = [float(value) for value in SETTER.findall(content(file))[0].split()]
    assert found.code is Code.TOO_MUCH_INK
    assert "page 1" in found.message
    assert sum(laid) == pytest.approx(2.4, abs=0.001)
    assert laid[3] == 0.8


@given(st.tuples(channel, channel, channel), st.sampled_from([0, 200, 260]), st.booleans())
def test_no_colour_of_the_screen_lays_more_ink_than_the_limit(
    colour: tuple[float, float, float], limit: int, is_text: bool
) -> None:
    laid = press_for(job(Colour.CMYK, ink_limit=limit)).ink(colour, is_text).values
    assert sum(laid) <= (limit or 300) / 100 + 0.001
    assert len(laid) == 4


OPERAND = st.sampled_from(
    [
        "1",
        "-.5",
        "/N#20x",
        "(a\\)b)",
        "((x) rg)",
        "<00a0>",
        "[(g) -3 <01>]",
        "<</A true/B[1 2]>>",
        "%c\n",
    ]
)
INSTRUCTION = st.tuples(
    st.lists(OPERAND, max_size=3), st.sampled_from(["rg", "f*", "'", "Tj", "T*", "d0", "BDC"])
)


@given(st.lists(INSTRUCTION, min_size=1, max_size=6), st.sampled_from([" ", "\n", " \r\n"]))
def test_the_fast_reader_reads_what_the_library_reads(
    written: list[tuple[list[str], str]], gap: str
) -> None:
    drawn = gap.join(gap.join([*operands, operator]) for operands, operator in written).encode()
    fast = [found.operator.decode() for found in instructions(drawn)]
    file = pikepdf.new()
    slow = pikepdf.parse_content_stream(file.make_stream(drawn))
    assert fast == [str(found.operator) for found in slow]


SPACES = {
    "calibrated": Array(
        [
            Name.CalRGB,
            Dictionary(
                WhitePoint=numbers(0.9505, 1, 1.089),
                Gamma=numbers(2.2, 2.2, 2.2),
                Matrix=numbers(
                    0.4124, 0.2126, 0.0193, 0.3576, 0.7152, 0.1192, 0.1805, 0.0722, 0.9505
                ),
            ),
        ]
    ),
    "measured": Array([Name.Lab, Dictionary(WhitePoint=numbers(0.9642, 1, 0.8251))]),
}


def test_calibrated_rgb_is_read_as_the_colour_that_it_measures() -> None:
    file = page(b"/a cs 1 0 0 sc 0 0 9 9 re f", ColorSpace={"/a": SPACES["calibrated"]})
    after = content(converted(file, CMYK))
    plain = inks(b"1 0 0 rg 0 0 9 9 re f")[0]
    assert tuple(map(float, SETTER.findall(after)[0].split())) == pytest.approx(plain, abs=0.02)


def test_lab_is_read_as_the_colour_that_it_measures() -> None:
    file = page(b"/a cs 54.29 80.8 69.9 sc 0 0 9 9 re f", ColorSpace={"/a": SPACES["measured"]})
    after = converted(file, CMYK)
    plain = inks(b"1 0 0 rg 0 0 9 9 re f")[0]
    assert tuple(map(float, SETTER.findall(content(after))[0].split())) == pytest.approx(
        plain, abs=0.02
    )
    assert "/a" not in after.pages[0].Resources.ColorSpace


@pytest.mark.parametrize("work", [CMYK, GRAY])
def test_palettes_inks_and_profiles_become_inks_of_the_press(work: PrintJob) -> None:
    file = page(b"")
    profile = file.make_stream(b"\0" * 128)
    profile.N = 4
    tint = Dictionary(
        FunctionType=2, Domain=numbers(0, 1), C0=numbers(1, 1, 1), C1=numbers(1, 0, 0), N=1
    )
    file.pages[0].Resources.ColorSpace = Dictionary(
        {
            "/palette": Array([Name.Indexed, Name.DeviceRGB, 1, b"\xff\x00\x00\x00\x00\xff"]),
            "/ink": Array([Name.Separation, Name.Red, Name.DeviceRGB, tint]),
            "/profile": Array([Name.ICCBased, profile]),
        }
    )
    drawn = (
        b"/palette cs 1 sc 0 0 9 9 re f /ink cs 0.5 scn 0 0 9 9 re f "
        b"/profile CS 0 0 0 1 SC 0 0 m 9 9 l S /palette cs 0 0 9 9 re f"
    )
    file.pages[0].Contents = file.make_stream(drawn)
    after = converted(file, work)
    assert spaces(after) == {"DeviceCMYK" if work is CMYK else "DeviceGray"}


def test_registration_black_stays_on_every_plate() -> None:
    tint = Dictionary(
        FunctionType=2, Domain=numbers(0, 1), C0=numbers(0, 0, 0, 0), C1=numbers(1, 1, 1, 1), N=1
    )
    every = Array([Name.Separation, Name.All, Name.DeviceCMYK, tint])
    after = converted(page(b"/r CS 1 SCN 0 0 m 9 9 l S", ColorSpace={"/r": every}), CMYK)
    assert b"/r CS 1 SCN" in content(after)
    assert "Separation All" in spaces(after)


def test_what_cannot_be_converted_is_told_with_its_page() -> None:
    file = page(
        b"/n cs 1 1 scn 0 0 9 9 re f",
        ColorSpace={"/n": Array([Name.DeviceN, Array([Name.A, Name.B]), Name.DeviceRGB])},
    )
    (found,) = convert_colours(file, CMYK)
    assert found.code is Code.COLOUR_UNCONVERTED
    assert found.is_error
    assert found.message == "the colour space DeviceN on page 1 cannot be printed in four inks"
