"""Printer's marks, looked at as a printer would: where they stand, in which ink, what they say."""

from dataclasses import replace

import pikepdf
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageStat

from chapbook.prepress import prepare_print
from chapbook.prepress.frame import frame_of
from chapbook.prepress.outlines import Lettering
from chapbook.prepress.slug import cut_short
from chapbook.print_shop import Colour, Print, PrintMark
from chapbook.settings import Edition
from tests.prepress_files import (
    FACES,
    HEIGHT,
    POINT,
    WIDTH,
    job,
    opened,
    pages,
    prepared,
    shown,
    written,
)

SCALE = 8
FRAME = frame_of((0, 0, WIDTH, HEIGHT), Print())

LETTERING = Lettering(FACES)


def marked(**asked: object) -> Image.Image:
    return shown(prepared(pages(b""), multiple=1, **asked), scale=SCALE)


def pixel(x: float, y: float) -> tuple[int, int]:
    """Give the pixel of a place on the page, in points from the trim's lower left corner."""
    margin = -FRAME.media[0]
    return round((margin + x) * SCALE), round((margin + HEIGHT - y) * SCALE)


def is_inked(image: Image.Image, x: float, y: float) -> bool:
    across, down = pixel(x, y)
    darkest = min(image.crop((across - 1, down - 1, across + 2, down + 2)).tobytes())
    return darkest < 160


@pytest.mark.parametrize("x", [0, WIDTH])
@pytest.mark.parametrize("y", [0, HEIGHT])
def test_crop_marks_point_at_the_corners_of_the_trim(x: float, y: float) -> None:
    image = marked(marks=(PrintMark.CROP,))
    away, up = (1 if x else -1), (1 if y else -1)
    for far in (4.2, 6.5, 8.8):
        assert is_inked(image, x + away * far * POINT, y)
        assert is_inked(image, x, y + up * far * POINT)
    for far in (0.5, 2, 3.5, 9.5):
        assert not is_inked(image, x + away * far * POINT, y)
        assert not is_inked(image, x, y + up * far * POINT)


def test_a_target_stands_on_each_side() -> None:
    image = marked(marks=(PrintMark.REGISTRATION,))
    far = 6.5 * POINT
    for x, y in (
        (-far, HEIGHT / 2),
        (WIDTH + far, HEIGHT / 2),
        (WIDTH / 2, -far),
        (WIDTH / 2, HEIGHT + far),
    ):
        assert is_inked(image, x, y)
        for across, up in ((1.5, 0), (-1.5, 0), (0, 1.5), (0, -1.5), (2.4, 0), (0, -2.4)):
            assert is_inked(image, x + across * POINT, y + up * POINT)
        assert is_inked(image, x + 1.06 * POINT, y + 1.06 * POINT)
        assert not is_inked(image, x + 0.6 * POINT, y + 0.6 * POINT)


def test_marks_that_were_not_asked_for_are_not_drawn() -> None:
    nothing = marked(marks=(PrintMark.SLUG,)).crop((0, 0, *pixel(WIDTH + 20, 0)))
    assert nothing.getextrema() == (255, 255)


@pytest.mark.parametrize("colour", Colour)
def test_marks_print_on_every_plate(colour: Colour) -> None:
    with opened(prepared(pages(b""), colour=colour, multiple=1)) as file:
        page = file.pages[0]
        (form,) = page.Resources.XObject.values()
        for resources in (page.Resources, form.Resources):
            (space,) = resources.ColorSpace.values()
            assert [str(space[0]), str(space[1])] == ["/Separation", "/All"]
        inks = {
            str(step.operator)
            for stream in (page, form)
            for step in pikepdf.parse_content_stream(stream)
        }
        assert {"cs", "scn"} <= inks
        assert not {"g", "G", "rg", "RG", "k", "K"} & inks


def test_marks_are_thin_artifacts_and_no_text() -> None:
    with opened(prepared(pages(b""), multiple=1)) as file:
        page = file.pages[0]
        steps = [
            (str(step.operator), [str(one) for one in step.operands])
            for step in pikepdf.parse_content_stream(page)
        ]
        (form,) = page.Resources.XObject.values()
        widths = [
            float(step.operands[0])
            for step in pikepdf.parse_content_stream(form)
            if str(step.operator) == "w"
        ]
    assert widths == [0.25]
    names = [name for name, _ in steps]
    assert names.index("BDC") < names.index("Do") < names.index("EMC")
    assert next(operands[0] for name, operands in steps if name == "BDC") == "/Artifact"
    assert "Tj" not in names


def set_by_hand(text: str, face: int = 0) -> Image.Image:
    """Set a line with another library."""
    font = ImageFont.truetype(str(FACES[face]), round(6 * SCALE))
    left, top, right, bottom = font.getbbox(text)
    image = Image.new("L", (int(right - left), int(bottom - top)), 255)
    ImageDraw.Draw(image).text((-left, -top), text, font=font, fill=0)
    return image


def inked(image: Image.Image) -> Image.Image:
    box = image.point([255 * (v < 250) for v in range(256)]).getbbox()
    return image.crop(box)


def unlike(one: Image.Image, other: Image.Image) -> float:
    """Say how much two pictures differ, once they are of one size."""
    difference = ImageChops.difference(one, other.resize(one.size))
    return float(ImageStat.Stat(difference).mean[0]) / 255


@pytest.mark.parametrize(
    ("title", "face"), [("A Book & More", 0), ("Łódź, Çelik", 0), ("六つの糸", 1)]
)
def test_the_slug_says_the_title(title: str, face: int) -> None:
    asked = job(marks=(PrintMark.SLUG,), multiple=1)
    asked = replace(asked, metadata=replace(asked.metadata, title=title))
    image = shown(prepare_print(written(pages(b"")), asked).value, scale=SCALE)
    half = image.crop((0, 0, image.width // 2, image.height))
    seen, wanted = inked(half), set_by_hand(title, face)
    assert seen.width == pytest.approx(wanted.width, abs=SCALE)
    assert unlike(seen, wanted) < 0.14


def test_the_slug_tells_edition_date_sources_folio_and_place() -> None:
    file = pages(b"", b"")
    file.Root.PageLabels = pikepdf.Dictionary(
        Nums=pikepdf.Array([0, pikepdf.Dictionary(S=pikepdf.Name.r, St=4)])
    )
    pdf = prepared(file, marks=(PrintMark.SLUG,), multiple=1)
    image = shown(pdf, 1, SCALE)
    half = image.crop((image.width // 2, 0, image.width, image.height))
    seen = inked(half)
    wanted = set_by_hand("print · 2024-02-29 · 0123456789ab · v · 2/2")
    assert wanted.width * 0.5 < seen.width <= image.width // 2
    assert seen.width / seen.height == pytest.approx(wanted.width / wanted.height, rel=0.05)
    assert unlike(seen, wanted) < 0.14


def test_a_title_in_letters_that_the_house_has_not_is_told_by_its_number() -> None:
    assert not LETTERING.can_draw("ספר")
    asked = job(marks=(PrintMark.SLUG,), multiple=1)
    strange = replace(asked, metadata=replace(asked.metadata, title="ספר"))
    known = replace(asked, metadata=replace(asked.metadata, title="isbn:9783161484100"))
    strange_pdf, known_pdf = (
        prepare_print(written(pages(b"")), one).value for one in (strange, known)
    )
    assert shown(strange_pdf).tobytes() == shown(known_pdf).tobytes()


def test_a_long_title_ends_in_an_ellipsis_before_it_meets_a_mark() -> None:
    long = "On the many threads that a book may have, and on how they are held together"
    short = cut_short(LETTERING, long, 9000)
    assert short.endswith("…")
    assert long.startswith(short[:-1])
    assert LETTERING.width_of(short) <= 9000 < LETTERING.width_of(long)
    assert cut_short(LETTERING, "Short", 9000) == "Short"
    assert cut_short(LETTERING, "Short", 10) == ""


def test_a_cover_has_marks_where_to_fold_and_none_stands_on_another() -> None:
    asked = replace(
        job(marks=(PrintMark.CROP, PrintMark.REGISTRATION)),
        edition=Edition.COVER,
        folds=(WIDTH / POINT / 2 - 2, WIDTH / POINT / 2 + 2),
    )
    outcome = prepare_print(written(pages(b"")), asked)
    with opened(outcome.value) as file:
        assert len(file.pages) == 1, "a cover is one sheet"
    image = shown(outcome.value, scale=SCALE)
    for fold in asked.folds:
        column = [is_inked(image, fold * POINT, -far / 10 * POINT) for far in range(41, 89)]
        assert 10 < sum(column) < len(column), "a line of dashes"
    assert not is_inked(image, WIDTH / 2, -6.5 * POINT)
    assert is_inked(image, WIDTH / 4, -6.5 * POINT)
