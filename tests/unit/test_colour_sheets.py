"""Whole pages as the typesetter makes them: CSS and SVG in, inks out, alike to the eye."""

import base64
import io
from dataclasses import replace
from functools import cache

import pikepdf
import pytest
import weasyprint
from PIL import Image, ImageChops, ImageCms, ImageFilter, ImageStat

from chapbook.prepress.colour import convert_colours
from chapbook.prepress.colour.press import press_for
from chapbook.prepress.profiles import HOUSE, house_profile
from chapbook.print_shop import Colour, Spot
from tests.colour_census import colours_used
from tests.printed_colours import job, reopened, seen, spaces

SPOT = Spot("PANTONE 186 C", "#c8102e", (0, 100, 75, 4))


def address(image: Image.Image, kind: str) -> str:
    packed = io.BytesIO()
    image.save(packed, kind)
    return f"data:image/{kind.lower()};base64,{base64.b64encode(packed.getvalue()).decode()}"


def pictures() -> list[str]:
    photo = Image.merge(
        "RGB", [Image.linear_gradient("L").rotate(90 * turn).resize((60, 40)) for turn in range(3)]
    )
    see_through = photo.copy()
    see_through.putalpha(Image.radial_gradient("L").resize((60, 40)))
    inks = photo.convert("CMYK").point(lambda ink: ink // 2)
    kinds = [
        (photo, "JPEG"), (photo, "PNG"), (see_through, "PNG"), (photo.quantize(8), "PNG"),
        (photo.convert("L"), "PNG"), (photo.convert("1"), "PNG"), (inks, "JPEG"),
    ]  # fmt: skip
    return [address(image, kind) for image, kind in kinds]


DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" width="280" height="50"><defs>
<linearGradient id="a"><stop offset="0" stop-color="#e00"/><stop offset=".5" stop-color="#0c0"
stop-opacity=".5"/><stop offset="1" stop-color="#00e"/></linearGradient>
<radialGradient id="r"><stop offset="0" stop-color="white"/><stop offset="1"/></radialGradient>
<pattern id="p" width="9" height="9" patternUnits="userSpaceOnUse"><rect width="5" height="5"
fill="#f80"/></pattern><mask id="m"><rect width="280" height="50" fill="#888"/></mask></defs>
<rect width="60" height="50" fill="url(#a)"/><circle cx="90" cy="25" r="20" fill="url(#r)"/>
<rect x="120" width="50" height="50" fill="url(#p)" stroke="#06c"/>
<g mask="url(#m)"><rect x="180" width="50" height="50" fill="#a0a"/></g>
<text x="240" y="30" fill="#222">text</text></svg>"""
PAGE = """<style>@page{{size:100mm 140mm;margin:6mm;bleed:3mm}}body{{font:9pt serif;
color:#1a1a2e}}img{{width:25mm;height:15mm}}div{{height:6mm;margin:1mm 0}}</style>
<p>dark <b style="color:#c8102e">spot</b> <i style="color:#808080">gray</i>
<a href="https://example.org" style="color:#0645ad">link</a>
<span style="opacity:.5;color:#c8102e">half</span>
<span style="color:device-cmyk(60% 40% 40% 100%)">rich</span>
<span style="color:lab(50% 40 -60)">lab</span> <span style="color:oklch(60% .2 150)">lch</span></p>
<div style="background:linear-gradient(90deg,red,lime,blue)"></div>
<div style="background:linear-gradient(90deg,black,white)"></div>
<div style="background:linear-gradient(90deg,#c8102e,white)"></div>
<div style="background:radial-gradient(yellow,rgba(0,0,255,.2))"></div>
<div style="background:#808080;opacity:.6">on gray</div>
<div style="background:#000;color:#fff;box-shadow:1mm 1mm red">white on black</div>{}<p>{}</p>"""


@cache
def sheet() -> bytes:
    images = "".join(f'<img src="{source}" alt="a">' for source in pictures())
    made: bytes = weasyprint.HTML(string=PAGE.format(images, DRAWING)).write_pdf()
    return made


def printed(colour: Colour, spots: tuple[Spot, ...] = ()) -> pikepdf.Pdf:
    file = pikepdf.open(io.BytesIO(sheet()))
    assert not [found for found in convert_colours(file, job(colour, spots)) if found.is_error]
    return reopened(file)


def test_the_sheet_is_full_of_rgb_before() -> None:
    before = spaces(pikepdf.open(io.BytesIO(sheet())))
    assert {"DeviceRGB", "Lab", "DeviceCMYK"} <= before


@pytest.mark.parametrize(
    ("colour", "spots", "left"),
    [
        (Colour.GRAY, (), {"DeviceGray", "Indexed"}),
        (Colour.CMYK, (), {"DeviceGray", "DeviceCMYK", "Indexed"}),
        (Colour.CMYK, (SPOT,), {"DeviceGray", "DeviceCMYK", "Indexed", f"Separation {SPOT.name}"}),
        (Colour.GRAY, (SPOT,), {"DeviceGray", "DeviceCMYK", "Indexed", f"Separation {SPOT.name}"}),
    ],
)
def test_nothing_is_left_but_the_inks_of_the_press(
    colour: Colour, spots: tuple[Spot, ...], left: set[str]
) -> None:
    assert spaces(printed(colour, spots)) <= left


def test_beside_a_spot_four_inks_only_stand_for_it() -> None:
    uses = colours_used(printed(Colour.GRAY, (SPOT,)))
    assert {use.by for use in uses if use.space == "DeviceCMYK"} <= {"/InkSpot1", "/ColorSpace"}
    assert not {use for use in uses if use.space == "DeviceCMYK" and use.by in ("k", "K", "cs")}


def blurred(file: pikepdf.Pdf, mode: str) -> Image.Image:
    return seen(file).convert(mode).filter(ImageFilter.BoxBlur(2))


def test_four_inks_look_alike() -> None:
    before = blurred(pikepdf.open(io.BytesIO(sheet())), "RGB")
    off = ImageStat.Stat(ImageChops.difference(before, blurred(printed(Colour.CMYK), "RGB")))
    assert max(off.mean) < 9  # of 255; what a press cannot print is among it


def test_one_ink_is_as_light_as_the_screen() -> None:
    lab = ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB"
    )
    before, after = (
        ImageCms.applyTransform(blurred(file, "RGB"), lab)
        for file in (pikepdf.open(io.BytesIO(sheet())), printed(Colour.GRAY))
    )
    assert before is not None
    assert after is not None
    off = ImageStat.Stat(ImageChops.difference(before.getchannel(0), after.getchannel(0)))
    assert off.mean[0] < 5


def test_the_same_file_gives_the_same_bytes() -> None:
    made = []
    for _ in range(2):
        target = io.BytesIO()
        printed(Colour.CMYK, (SPOT,)).save(target, deterministic_id=True)
        made.append(target.getvalue())
    assert made[0] == made[1]


def test_the_house_profile_is_one_of_a_press() -> None:
    profile = house_profile()
    assert profile[12:20] == b"prtrCMYK"
    assert profile[36:40] == b"acsp"
    assert (HOUSE.identifier, HOUSE.registry) == ("FOGRA39", "http://www.color.org")


def test_a_profile_of_the_printer_is_used_and_says_its_own_limit() -> None:
    press = press_for(replace(job(Colour.CMYK), profile=house_profile()))
    assert press.separation.ink_limit == HOUSE.ink_limit
