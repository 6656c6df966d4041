"""All that draws besides the page itself: forms, masks, patterns, letters, notes."""

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

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
    reopened,
    spaces,
)

CMYK, GRAY = job(Colour.CMYK), job(Colour.GRAY)
RED = b"1 0 0 rg 0 0 100 100 re f"


def form(file: pikepdf.Pdf, drawn: bytes, **more: pikepdf.Object) -> pikepdf.Stream:
    made = file.make_stream(drawn)
    made.Type, made.Subtype, made.BBox = Name.XObject, Name.Form, numbers(0, 0, 100, 100)
    for key, value in more.items():
        made["/" + key] = value
    return made


def group(space: str = "/DeviceRGB") -> Dictionary:
    return Dictionary(S=Name.Transparency, I=True, CS=Name(space))


@pytest.mark.parametrize("work", [CMYK, GRAY])
def test_forms_in_forms_are_converted_and_so_is_their_transparency(work: PrintJob) -> None:
    file = page(b"/outer Do")
    inner = form(file, RED, Group=group())
    file.pages[0].Resources.XObject = Dictionary(
        outer=form(file, b"/inner Do", Resources=Dictionary(XObject=Dictionary(inner=inner)))
    )
    file.pages[0].obj.Group = group()
    after = converted(file, work)
    assert spaces(after) == {"DeviceCMYK" if work is CMYK else "DeviceGray"}
    assert Name("/DeviceCMYK" if work is CMYK else "/DeviceGray") == after.pages[0].obj.Group.CS


def test_a_form_nobody_draws_is_converted_too() -> None:
    file = page(b"")
    file.pages[0].Resources.XObject = Dictionary(idle=form(file, RED))
    assert spaces(converted(file, CMYK)) == {"DeviceCMYK"}


def test_a_form_inherits_the_colour_of_where_it_is_drawn() -> None:
    file = page(b"1 0 0 rg /f Do")
    file.pages[0].Resources.XObject = Dictionary(f=form(file, b"0 0 100 100 re f"))
    after = converted(file, CMYK)
    red, green, _ = dot(after, 50, 50)
    assert (red > 180, green < 90) == (True, True)
    assert content(after).endswith(b" K\n /f Do")


def test_a_form_without_resources_calls_those_of_its_page() -> None:
    file = page(b"/f Do", ColorSpace={"/c": Array([Name.Indexed, Name.DeviceRGB, 0, b"\xff\0\0"])})
    file.pages[0].Resources.XObject = Dictionary(f=form(file, b"/c cs 0 sc 0 0 9 9 re f"))
    assert spaces(converted(file, CMYK)) == {"DeviceCMYK"}


def test_text_in_a_form_is_as_small_as_it_is_drawn() -> None:
    file = page(b"0.5 0 0 0.5 0 0 cm /f Do")
    file.pages[0].Resources.XObject = Dictionary(f=form(file, b"0 g BT /F 20 Tf (a) Tj ET"))
    after = converted(file, CMYK)
    assert b"InkOver gs" in after.pages[0].Resources.XObject.f.read_bytes()


def masked(mask: pikepdf.Stream) -> Dictionary:
    return Dictionary(SMask=Dictionary(S=Name.Luminosity, G=mask, BC=numbers(0, 0, 0)))


@pytest.mark.parametrize("work", [CMYK, GRAY])
def test_a_soft_mask_lets_as_much_through_as_before(work: PrintJob) -> None:
    file = page(b"/m gs 0 0 0 rg 0 0 100 100 re f")
    mask = form(file, b"0 1 0 rg 0 0 50 100 re f 1 1 1 rg 50 0 50 100 re f", Group=group())
    resources = file.pages[0].Resources
    resources.ExtGState = Dictionary(m=masked(mask))
    resources.XObject = Dictionary(m=mask)  # the typesetter lists masks among the objects, too
    before = reopened(file)
    after = converted(file, work)
    state = after.pages[0].Resources.ExtGState.m
    assert Name.DeviceGray == state.SMask.G.Group.CS
    assert [float(value) for value in state.SMask.BC] == [0]
    assert b"0.5900 g" in state.SMask.G.read_bytes()
    for x in (25, 75):
        assert dot(after, x, 50)[0] == pytest.approx(dot(before, x, 50)[0], abs=40)


def tile(file: pikepdf.Pdf, drawn: bytes, paint: int) -> pikepdf.Stream:
    made = file.make_stream(drawn)
    made.PatternType, made.PaintType, made.TilingType = 1, paint, 1
    made.BBox, made.XStep, made.YStep = numbers(0, 0, 10, 10), 10, 10
    made.Resources = Dictionary()
    return made


def test_tiles_are_converted_with_their_own_colours() -> None:
    file = page(b"/Pattern cs /p scn 0 0 100 100 re f")
    file.pages[0].Resources.Pattern = Dictionary(p=tile(file, RED, 1))
    after = converted(file, CMYK)
    assert spaces(after) == {"DeviceCMYK"}
    assert b"/Pattern cs /p scn" in content(after)


def test_tiles_without_colour_are_painted_with_ink() -> None:
    file = page(
        b"/c cs 1 0 0 /p scn 0 0 100 100 re f",
        ColorSpace={"/c": Array([Name.Pattern, Name.DeviceRGB])},
    )
    file.pages[0].Resources.Pattern = Dictionary(p=tile(file, b"0 0 10 10 re f", 2))
    after = converted(file, CMYK)
    assert spaces(after) == {"DeviceCMYK"}
    red, green, _ = dot(after, 50, 50)
    assert (red > 180, green < 90) == (True, True)


def test_letters_that_are_drawings_are_converted() -> None:
    file = page(b"BT /F 10 Tf (a) Tj ET")
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=numbers(0, 0, 1000, 1000),
        FontMatrix=numbers(0.001, 0, 0, 0.001, 0, 0), FirstChar=97, LastChar=97,
        Widths=numbers(1000), Encoding=Dictionary(Differences=Array([97, Name.a])),
        CharProcs=Dictionary(a=file.make_stream(b"1000 0 d0 1 0 0 rg 0 0 900 900 re f")),
        Resources=Dictionary(),
    )  # fmt: skip
    file.pages[0].Resources.Font = Dictionary(F=file.make_indirect(font))
    assert spaces(converted(file, CMYK)) == {"DeviceCMYK"}


def test_notes_are_converted_with_their_looks() -> None:
    file = page(b"")
    note = Dictionary(
        Type=Name.Annot, Subtype=Name.Square, Rect=numbers(0, 0, 9, 9), C=numbers(1, 0, 0),
        AP=Dictionary(N=Dictionary(On=form(file, RED))), MK=Dictionary(BG=numbers(1, 0, 0)),
    )  # fmt: skip
    file.pages[0].obj.Annots = Array([note])
    after = converted(file, CMYK)
    assert spaces(after) == {"DeviceCMYK"}
    assert len(after.pages[0].obj.Annots[0].MK.BG) == 4


def test_content_in_pieces_is_read_as_one() -> None:
    file = page(b"")
    pieces = [b"1 0 0", b"rg 0 0 9", b"9 re f"]
    file.pages[0].obj.Contents = Array([file.make_stream(piece) for piece in pieces])
    assert spaces(converted(file, CMYK)) == {"DeviceCMYK"}


def test_resources_of_the_tree_of_pages_are_found() -> None:
    file = page(b"/c cs 0 sc 0 0 9 9 re f")
    del file.pages[0].obj.Resources
    palette = Array([Name.Indexed, Name.DeviceRGB, 0, b"\xff\0\0"])
    file.Root.Pages.Resources = Dictionary(ColorSpace=Dictionary(c=palette))
    assert spaces(converted(file, CMYK)) <= INK_SPACES
