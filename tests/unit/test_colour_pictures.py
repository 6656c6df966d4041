"""Pictures of every kind that a page may show."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageChops, ImageDraw

from chapbook.diagnostics import Code
from chapbook.prepress.colour import convert_colours
from chapbook.print_job import PrintJob
from chapbook.print_shop import Colour
from tests.printed_colours import (
    INK_SPACES,
    content,
    converted,
    dot,
    job,
    numbers,
    page,
    picture,
    reopened,
    seen,
    spaces,
)

CMYK, GRAY = job(Colour.CMYK), job(Colour.GRAY)
SHOW = b"100 0 0 100 0 0 cm /i Do"


def rainbow(mode: str = "RGB") -> Image.Image:
    bands = [Image.linear_gradient("L").rotate(90 * turn).resize((40, 40)) for turn in range(4)]
    return Image.merge(mode, bands[: len(mode)])


def shown(image: Image.Image, space: pikepdf.Object, **more: pikepdf.Object) -> pikepdf.Pdf:
    file = page(SHOW)
    file.pages[0].Resources.XObject = Dictionary(i=picture(file, image, space, **more))
    return file


def drawn(file: pikepdf.Pdf) -> pikepdf.Stream:
    found = file.pages[0].Resources.XObject.i
    assert isinstance(found, pikepdf.Stream)
    return found


def difference(one: Image.Image, other: Image.Image) -> int:
    highest = ImageChops.difference(one.convert("L"), other.convert("L")).getextrema()[1]
    assert isinstance(highest, int)
    return highest


def jpeg(image: Image.Image) -> bytes:
    packed = io.BytesIO()
    image.save(packed, "JPEG", quality=95)
    return packed.getvalue()


def test_a_picture_of_many_colours_is_separated_and_looks_alike() -> None:
    file = shown(rainbow(), Name.DeviceRGB)
    before = seen(file)
    after = converted(file, CMYK)
    assert spaces(after) == {"DeviceCMYK"}
    assert len(drawn(after).read_bytes()) == 40 * 40 * 4
    assert difference(before, seen(after)) < 60  # the press has no such green and blue


def test_one_ink_shows_a_picture_as_light_as_it_was() -> None:
    file = shown(Image.new("RGB", (4, 4), (255, 0, 0)), Name.DeviceRGB)
    after = converted(file, GRAY)
    assert drawn(after).ColorSpace[1] == Name.DeviceGray
    assert pikepdf.PdfImage(drawn(after)).as_pil_image().convert("L").getpixel((0, 0)) == 130


def test_a_photograph_that_is_gray_throughout_is_printed_by_black_alone() -> None:
    gray = rainbow().convert("L").convert("RGB")
    assert spaces(converted(shown(gray, Name.DeviceRGB), CMYK)) == {"DeviceGray"}


def test_a_drawing_of_few_colours_keeps_its_grays_pure() -> None:
    flat = Image.new("RGB", (8, 8), "white")
    ImageDraw.Draw(flat).rectangle((0, 0, 3, 7), fill="black")
    ImageDraw.Draw(flat).rectangle((4, 4, 7, 7), fill=(200, 0, 0))
    after = converted(shown(flat, Name.DeviceRGB), CMYK)
    table = drawn(after).ColorSpace[3]
    palette = table.read_bytes() if isinstance(table, pikepdf.Stream) else bytes(table)
    inks = {palette[at : at + 4] for at in range(0, len(palette), 4)}
    assert bytes((0, 0, 0, 255)) in inks
    assert bytes(4) in inks
    assert len(drawn(after).read_bytes()) == 64


@pytest.mark.parametrize("work", [CMYK, GRAY])
@pytest.mark.parametrize("bits", [1, 2, 4, 8])
def test_a_palette_changes_and_the_dots_stay(bits: int, work: PrintJob) -> None:
    file = page(SHOW)
    dots = file.make_stream(b"\x55" * 8)
    dots.stream_dict = Dictionary(
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=8,
        Height=1,
        BitsPerComponent=bits,
        ColorSpace=Array([Name.Indexed, Name.DeviceRGB, 1, b"\xff\xff\xff\xc8\x00\x00"]),
    )
    file.pages[0].Resources.XObject = Dictionary(i=dots)
    after = converted(file, work)
    assert drawn(after).read_bytes() == b"\x55" * 8
    assert spaces(after) <= INK_SPACES


@pytest.mark.parametrize("work", [CMYK, GRAY])
def test_a_soft_mask_stays_as_it_is(work: PrintJob) -> None:
    file = shown(rainbow(), Name.DeviceRGB)
    mask = Image.linear_gradient("L").resize((40, 40))
    drawn(file).SMask = picture(file, mask, Name.DeviceGray)
    before = seen(file)
    after = converted(file, work)
    assert drawn(after).SMask.read_bytes() == mask.tobytes()
    assert difference(before, seen(after)) < 60


def test_a_jpeg_stays_a_jpeg_and_looks_alike() -> None:
    file = shown(rainbow(), Name.DeviceRGB)
    drawn(file).write(jpeg(rainbow()), filter=Name.DCTDecode)
    before = seen(file)
    after = converted(file, CMYK)
    assert drawn(after).Filter == Name.DCTDecode
    assert spaces(after) == {"DeviceCMYK"}
    assert difference(before, seen(after)) < 60


def cmyk_jpeg() -> pikepdf.Pdf:
    file = shown(rainbow("CMYK"), Name.DeviceCMYK)
    pale = rainbow("CMYK").point(lambda ink: ink // 2)
    drawn(file).write(jpeg(pale), filter=Name.DCTDecode)
    drawn(file).Decode = numbers(1, 0, 1, 0, 1, 0, 1, 0)
    return reopened(file)


def test_a_jpeg_in_four_inks_is_left_alone() -> None:
    file = cmyk_jpeg()
    raw = drawn(file).read_raw_bytes()
    assert drawn(converted(file, CMYK)).read_raw_bytes() == raw


def test_a_jpeg_in_four_inks_becomes_gray_for_one_ink_and_looks_alike() -> None:
    file = cmyk_jpeg()
    before = seen(file)
    after = converted(file, GRAY)
    assert spaces(after) == {"DeviceGray"}
    assert difference(before, seen(after)) < 60


def test_a_cmyk_picture_above_the_limit_is_told_of() -> None:
    solid = Image.new("CMYK", (4, 4), (255, 255, 255, 200))
    (found,) = convert_colours(shown(solid, Name.DeviceCMYK), CMYK)
    assert found.code is Code.TOO_MUCH_INK
    assert not found.is_error


def test_no_dot_of_a_picture_lays_more_ink_than_the_limit() -> None:
    dark = rainbow().point(lambda value: value // 4)
    after = converted(shown(dark, Name.DeviceRGB), job(Colour.CMYK, ink_limit=220))
    dots = drawn(after).read_bytes()
    heaviest = max(sum(dots[at : at + 4]) for at in range(0, len(dots), 4)) / 255
    assert 2.1 < heaviest <= 2.22


def test_one_bit_pictures_and_stencils_stay() -> None:
    file = page(b"1 0 0 rg 9 0 0 9 0 0 cm /m Do /b Do")
    bits = Image.new("1", (8, 8), 1)
    stencil, plain = (file.make_stream(bits.tobytes()) for _ in range(2))
    stencil.stream_dict = Dictionary(
        Type=Name.XObject, Subtype=Name.Image, Width=8, Height=8, ImageMask=True, BitsPerComponent=1
    )
    plain.stream_dict = Dictionary(
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=8,
        Height=8,
        ColorSpace=Name.DeviceGray,
        BitsPerComponent=1,
    )
    file.pages[0].Resources.XObject = Dictionary(m=stencil, b=plain)
    after = converted(file, CMYK)
    assert spaces(after) == {"DeviceCMYK", "DeviceGray"}
    assert content(after).index(b" k\n") < content(after).index(b"/m Do")


def test_a_picture_in_the_line_becomes_one_of_the_resources() -> None:
    dots = Image.new("RGB", (2, 2), (255, 0, 0)).tobytes().hex().encode()
    file = page(
        b"q 50 0 0 50 0 0 cm BI /W 2 /H 2 /CS /RGB /BPC 8 /F /AHx ID " + dots + b"> EI Q "
        b"q 50 0 0 50 50 50 cm BI /W 2 /H 2 /CS [/I /RGB 1 <ff00000000ff>] /BPC 8 "
        b"/F /AHx ID 00010100> EI Q"
    )
    before = seen(file)
    after = converted(file, CMYK)
    assert spaces(after) == {"DeviceCMYK", "Indexed"}
    assert b"BI" not in content(after)
    assert difference(before, seen(after)) < 60


def test_what_a_mask_by_colour_hides_stays_hidden() -> None:
    striped = rainbow()
    striped.paste((255, 0, 255), (0, 0, 20, 40))
    file = shown(striped, Name.DeviceRGB, Mask=Array([255, 255, 0, 0, 255, 255]))
    after = converted(file, CMYK)
    assert dot(after, 25, 50) == (255, 255, 255)
    assert dot(after, 75, 50) != (255, 255, 255)


@pytest.mark.parametrize("bits", [1, 2, 4, 16])
def test_other_depths_are_read(bits: int) -> None:
    file = shown(Image.new("RGB", (2, 2)), Name.DeviceRGB)
    drawn(file).write(b"\xff" * (2 * -(-2 * 3 * bits // 8)))
    drawn(file).BitsPerComponent = bits
    after = converted(file, CMYK)
    assert drawn(after).BitsPerComponent == 8
    assert dot(after, 50, 50) == (255, 255, 255)


def test_a_broken_picture_is_told_of() -> None:
    file = shown(rainbow(), Name.DeviceRGB)
    drawn(file).write(b"no photograph", filter=Name.DCTDecode)
    (found,) = convert_colours(file, CMYK)
    assert found.code is Code.COLOUR_UNCONVERTED
    assert found.message == "a picture that cannot be read on page 1 cannot be printed in four inks"
