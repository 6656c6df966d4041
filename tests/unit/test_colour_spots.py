"""Spot colours: an ink of its own beside black, or beside the four."""

import pikepdf
import pytest
from pikepdf import Name

from chapbook.print_shop import Colour, Spot
from tests.printed_colours import content, converted, dot, job, page, spaces

RED = Spot("PANTONE 186 C", "#c8102e", (0, 100, 75, 4))
AREA = b"0.784314 0.062745 0.180392 rg 0 0 100 100 re f"


def space_of(file: pikepdf.Pdf) -> pikepdf.Object:
    found: pikepdf.Object = file.pages[0].Resources.ColorSpace.InkSpot1
    return found


@pytest.mark.parametrize("colour", [Colour.GRAY, Colour.CMYK])
def test_exactly_the_colour_of_a_spot_is_printed_in_it(colour: Colour) -> None:
    after = converted(page(AREA), job(colour, (RED,)))
    assert b"/InkSpot1 cs 1 scn" in content(after)
    assert space_of(after)[1] == Name("/PANTONE 186 C")
    assert space_of(after)[2] == Name.DeviceCMYK
    assert [float(ink) for ink in space_of(after)[3].C1] == [0, 1, 0.75, 0.04]
    assert "DeviceRGB" not in spaces(after)


def test_a_colour_beside_it_is_not() -> None:
    after = converted(page(AREA.replace(b"0.784314", b"0.79")), job(Colour.GRAY, (RED,)))
    assert spaces(after) == {"DeviceGray"}


def test_a_proof_shows_a_spot_in_its_colour_though_the_rest_is_gray() -> None:
    after = converted(page(AREA), job(Colour.GRAY, (RED,)))
    red, green, blue = dot(after, 50, 50)
    assert (red > 190, green < 60, blue < 110) == (True, True, True)


def test_the_alternate_of_a_spot_is_reckoned_where_none_is_given() -> None:
    after = converted(page(AREA), job(Colour.CMYK, (Spot("Red", "#c8102e"),)))
    cyan, magenta, *_ = (float(ink) for ink in space_of(after)[3].C1)
    assert (cyan < 0.3, magenta > 0.85) == (True, True)


def test_a_digital_press_gets_the_colour_of_the_screen_as_alternate() -> None:
    after = converted(page(AREA), job(Colour.RGB, (RED,)))
    assert space_of(after)[2] == Name.DeviceRGB
    assert [round(255 * float(value)) for value in space_of(after)[3].C1] == [200, 16, 46]


def test_text_and_lines_are_printed_in_a_spot_and_never_overprint() -> None:
    drawn = b"0.784314 0.062745 0.180392 rg BT /F 9 Tf (a) Tj ET "
    stroke = b"0.784314 0.062745 0.180392 RG 0 0 m 9 9 l S"
    after = content(converted(page(drawn + stroke), job(Colour.GRAY, (RED,))))
    assert b"/InkSpot1 cs 1 scn" in after
    assert b"/InkSpot1 CS 1 SCN" in after
    assert b"InkOver" not in after


def test_black_overprints_where_there_is_a_spot_beside_it() -> None:
    text = b"0 g BT /F 9 Tf (a) Tj ET"
    assert b"InkOver" in content(converted(page(text), job(Colour.GRAY, (RED,))))
    assert b"InkOver" not in content(converted(page(text), job(Colour.GRAY)))


def test_a_digital_press_keeps_rgb_and_turns_four_inks_into_it() -> None:
    after = converted(page(b"0 1 1 0 k 0 0 9 9 re f 1 0 0 rg 0 0 9 9 re f"), job(Colour.RGB))
    assert spaces(after) == {"DeviceRGB"}
    assert b"1 0 0 rg" in content(after)
