"""Images that are too coarse, cut off, or too dark for the press."""

import base64
import io
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from chapbook.diagnostics import Code, Location, Severity
from chapbook.print_shop import Colour
from tests.paged_books import png
from tests.preflight_books import Pressed, press

TEXT = """# One

A few words before the picture.

![A ramp of gray](ramp.png)

And a few after it.

![The same ramp again](ramp.png)
"""
WIDE = "img { max-width: none; position: absolute; left: 0 }"


def _ramp(root: Path, pixels: int, width: str, css: str = "") -> Pressed:
    sheet = f"img {{ width: {width}; height: 30mm }} {css}"
    return press(root, TEXT, sheet, files={"ramp.png": png(pixels, pixels)})


def test_an_image_with_few_pixels_is_told_at_its_line(tmp_path: Path) -> None:
    pressed = _ramp(tmp_path, 590, "50mm")
    first, second = pressed.asked(image_ppi=400).of(Code.LOW_RESOLUTION)
    assert first.at == Location("one.md", 5, 3)
    assert second.at is not None
    assert second.at.line == 9
    assert first.message == "page 1: ramp.png is printed at 300 ppi, 50 mm wide: it will look soft"
    assert first.hints == (
        "400 ppi are wanted: its 590 pixels are sharp up to 37 mm; "
        "for 50 mm it needs 788 pixels across",
    )
    assert not pressed.of(Code.LOW_RESOLUTION)


def test_an_image_with_less_than_half_is_blurred(tmp_path: Path) -> None:
    found = _ramp(tmp_path, 290, "50mm").of(Code.LOW_RESOLUTION)
    assert all(one.message.endswith("it will be blurred") for one in found)
    assert {one.severity for one in found} == {Severity.WARNING}


def test_an_image_of_a_drawing_is_told_at_the_drawing(tmp_path: Path) -> None:
    dots = base64.b64encode(png(20, 20)).decode()
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="0 0 40 40" width="400" height="400"><image width="40" height="40" '
        f'xlink:href="data:image/png;base64,{dots}"/></svg>'
    )
    pressed = press(
        tmp_path, "# One\n\nWords.\n\n![A drawing](a.svg)\n", files={"a.svg": drawing.encode()}
    )
    found = pressed.one(Code.LOW_RESOLUTION)
    assert found.at == Location("one.md", 5, 3)
    assert "a.svg is printed at 5 ppi" in found.message


@pytest.mark.parametrize(
    ("css", "said"),
    [
        (WIDE, "is cut off"),
        ("img { position: absolute; left: -19.5mm; top: 0 }", "short of the bleed"),
    ],
)
def test_an_image_that_passes_the_trim_is_told(tmp_path: Path, css: str, said: str) -> None:
    width = "190mm" if css == WIDE else "40mm"
    found = _ramp(tmp_path, 1200, width, css).of(Code.IMAGE_CROPPED)
    assert found
    assert all(said in one.message for one in found)
    assert found[0].at == Location("one.md", 5, 3)


def test_an_image_that_bleeds_off_in_full_is_fine(tmp_path: Path) -> None:
    css = "img { position: absolute; left: -21mm; top: 0 }"
    assert not _ramp(tmp_path, 1200, "40mm", css).of(Code.IMAGE_CROPPED)


def _four_inks(pressed: Pressed, inks: tuple[int, int, int, int]) -> Pressed:
    """Put an image of four inks in the place of each that the file has."""
    packed = io.BytesIO()
    Image.new("CMYK", (400, 400), inks).save(packed, "JPEG", quality=95)

    def change(file: pikepdf.Pdf) -> None:
        for thing in file.objects:
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image":
                thing.write(packed.getvalue(), filter=pikepdf.Name.DCTDecode)
                thing.ColorSpace = pikepdf.Name.DeviceCMYK
                thing.Width = thing.Height = 400
                thing.Decode = pikepdf.Array([1, 0] * 4)

    return pressed.changed(change).asked(colour=Colour.CMYK, rich_black=True)


def test_an_image_with_too_much_ink_is_told(tmp_path: Path) -> None:
    pressed = _ramp(tmp_path, 400, "30mm")
    dark = _four_inks(pressed, (255, 230, 230, 200)).of(Code.TOO_MUCH_INK)
    assert [one.at.line for one in dark if one.at] == [5, 9]
    assert "an image has 359 % of ink" in dark[0].message
    assert not _four_inks(pressed, (200, 200, 200, 100)).of(Code.TOO_MUCH_INK)
