"""Colours without an ink, too much ink, and what shows through."""

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chapbook.diagnostics import Code, Location, Severity
from chapbook.preflight.inks import read_paint
from chapbook.preflight.sides import Ink, Space
from chapbook.prepress import prepare_print
from chapbook.print_shop import Colour, Spot, Standard
from tests.preflight_books import Pressed, press

TEXT = "# One\n\nA paragraph in plain black.\n\n## Two\n\nA paragraph after it.\n"
RED = "h2 { color: #a01020 }"


def _one_page(content: bytes, resources: str = "<<>>") -> bytes:
    file = pikepdf.new()
    file.add_blank_page(page_size=(200, 200))
    page = file.pages[0]
    page.obj.Resources = pikepdf.Object.parse(resources.encode())
    page.obj.Contents = file.make_stream(content)
    target = io.BytesIO()
    file.save(target)
    return target.getvalue()


def _inks(content: bytes, resources: str = "<<>>") -> tuple[Ink, ...]:
    (painted,) = read_paint(_one_page(content, resources))
    return painted.inks


def _added(content: bytes) -> Callable[[pikepdf.Pdf], None]:
    def change(file: pikepdf.Pdf) -> None:
        file.pages[0].contents_add(file.make_stream(content))

    return change


@pytest.fixture(scope="module")
def red(tmp_path_factory: pytest.TempPathFactory) -> Pressed:
    return press(tmp_path_factory.mktemp("red"), TEXT, RED)


def test_red_green_and_blue_are_told_where_they_were_written(red: Pressed) -> None:
    found = red.asked(colour=Colour.CMYK).of(Code.WRONG_INK)
    assert Location("one.md", 5, 4) in [one.at for one in found]
    assert {one.severity for one in found} == {Severity.ERROR}
    assert all("a colour in RGB is left in a file for four inks" in one.message for one in found)


def test_a_digital_press_takes_red_green_and_blue(red: Pressed) -> None:
    assert not red.of(Code.WRONG_INK)


@pytest.mark.parametrize("colour", [Colour.GRAY, Colour.CMYK])
@pytest.mark.parametrize("standard", [Standard.NONE, Standard.X4, Standard.X1A])
def test_what_the_prepress_made_is_in_the_inks_asked_for(
    red: Pressed, colour: Colour, standard: Standard
) -> None:
    asked = red.asked(colour=colour, standard=standard)
    prepared = prepare_print(asked.pdf, asked.job)
    made = Pressed(prepared.value, asked.typeset, asked.publication, asked.book, asked.job)
    assert made.told() == ()


def test_one_ink_takes_no_other(red: Pressed) -> None:
    asked = red.asked(colour=Colour.GRAY)
    prepared = prepare_print(asked.pdf, asked.job).value
    made = Pressed(prepared, asked.typeset, asked.publication, asked.book, asked.job)
    assert "in CMYK is left" in made.changed(_added(b"0 1 0 0 k")).one(Code.WRONG_INK).message
    assert not made.changed(_added(b"0 0 0 .5 k")).of(Code.WRONG_INK)


def test_a_spot_ink_must_be_asked_for(red: Pressed) -> None:
    def change(file: pikepdf.Pdf) -> None:
        space = pikepdf.Array([pikepdf.Name.Separation, pikepdf.Name.Teal, pikepdf.Name.DeviceCMYK])
        tint = pikepdf.Dictionary(
            FunctionType=2, Domain=[0, 1], N=1, C0=[0, 0, 0, 0], C1=[1, 0, 0.3, 0]
        )
        space.append(file.make_indirect(tint))
        resources = file.pages[0].obj.Resources
        resources.ColorSpace = pikepdf.Dictionary(S=space)
        _added(b"/S cs 1 scn")(file)

    asked = red.asked(colour=Colour.CMYK)
    prepared = prepare_print(asked.pdf, asked.job).value
    made = Pressed(prepared, asked.typeset, asked.publication, asked.book, asked.job)
    teal = made.changed(change)
    assert "the ink Teal" in teal.one(Code.WRONG_INK).message
    assert not teal.asked(spots=(Spot("Teal", "#008080"),)).of(Code.WRONG_INK)


def test_a_colour_of_too_much_ink_is_told(red: Pressed) -> None:
    dark = red.changed(_added(b"1 .9 .8 .7 k 0 0 10 10 re f")).asked(colour=Colour.CMYK)
    found = dark.one(Code.TOO_MUCH_INK)
    assert "340 % of ink, and the paper takes 300 %" in found.message
    assert found.severity is Severity.WARNING
    assert not dark.asked(ink_limit=340.0).of(Code.TOO_MUCH_INK)


def test_what_shows_through_is_told_in_x1a_alone(tmp_path: Path) -> None:
    pressed = press(tmp_path, TEXT, "h2 { opacity: .5 }")
    found = pressed.asked(standard=Standard.X1A).of(Code.TRANSPARENCY_LEFT)
    assert found
    assert {one.severity for one in found} == {Severity.ERROR}
    assert not pressed.asked(standard=Standard.X4).of(Code.TRANSPARENCY_LEFT)


@pytest.mark.parametrize(
    ("content", "space"),
    [
        (b"1 0 0 rg", Space.RGB),
        (b"0 0 1 RG", Space.RGB),
        (b".5 g", Space.GRAY),
        (b"0 0 0 1 K", Space.CMYK),
        (b"/DeviceRGB cs 1 0 0 sc", Space.RGB),
        (b"/DeviceCMYK CS 1 0 0 0 SCN", Space.CMYK),
        (b"q BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI Q", Space.RGB),
    ],
)
def test_each_operator_that_asks_for_a_colour_is_read(content: bytes, space: Space) -> None:
    assert {ink.space for ink in _inks(content)} == {space}


@pytest.mark.parametrize(
    "content",
    [
        b"(1 0 0 rg) Tj",
        b"(a \\) 1 0 0 rg) Tj",
        b"(a (nested) 1 0 0 rg ) Tj",
        b"% 1 0 0 rg\n",
        b"q BI /W 1 /H 1 /BPC 8 /CS /G ID 1 0 0 rg \nEI Q",
        b"/rg gs",
        b"1 0 0 rgx",
    ],
)
def test_what_is_no_operator_is_not_taken_for_one(content: bytes) -> None:
    assert Space.RGB not in {ink.space for ink in _inks(content)}


def test_forms_patterns_and_shadings_are_walked() -> None:
    file = pikepdf.new()
    file.add_blank_page(page_size=(200, 200))
    inner = file.make_stream(b"0 1 0 rg 0 0 1 1 re f")
    inner.Type, inner.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    outer = file.make_stream(b"/In Do")
    outer.Type, outer.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    outer.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(In=inner))
    tile = file.make_stream(b"1 0 1 RG")
    tile.PatternType = 1
    fade = pikepdf.Dictionary(
        ShadingType=2,
        ColorSpace=pikepdf.Name.DeviceCMYK,
        Function=pikepdf.Dictionary(FunctionType=2, C0=[1, 1, 1, 0.5], C1=[0, 0, 0, 0], N=1),
    )
    page = file.pages[0].obj
    page.Resources = pikepdf.Dictionary(
        XObject=pikepdf.Dictionary(Out=outer),
        Pattern=pikepdf.Dictionary(P=tile),
        Shading=pikepdf.Dictionary(F=fade),
    )
    page.Contents = file.make_stream(
        b"/Figure <</MCID 7>> BDC /Out Do EMC /Pattern cs /P scn /F sh"
    )
    target = io.BytesIO()
    file.save(target)
    (painted,) = read_paint(target.getvalue())
    assert Ink(Space.RGB, (0, 100, 0), "colour", 7) in painted.inks
    assert Ink(Space.RGB, (100, 0, 100)) in painted.inks
    assert Ink(Space.CMYK, (100, 100, 100, 50), "shading") in painted.inks


def test_a_form_that_calls_itself_ends() -> None:
    file = pikepdf.new()
    file.add_blank_page(page_size=(200, 200))
    form = file.make_stream(b"1 0 0 rg /Me Do")
    form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Me=form))
    file.pages[0].obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Me=form))
    file.pages[0].obj.Contents = file.make_stream(b"/Me Do")
    target = io.BytesIO()
    file.save(target)
    (painted,) = read_paint(target.getvalue())
    assert {ink.space for ink in painted.inks} == {Space.RGB}


NUMBERS = st.floats(0, 1).map(lambda one: f"{one:.3f}".encode())
STRINGS = st.binary(max_size=20).map(
    lambda one: b"(" + one.replace(b"\\", b"").replace(b"(", b"\\(").replace(b")", b"\\)") + b") Tj"
)
HEX = st.binary(max_size=8).map(lambda one: b"[<" + one.hex().encode() + b">-20<00> 3] TJ")
PATHS = st.lists(NUMBERS, min_size=2, max_size=6).map(lambda one: b" ".join(one) + b" l")


@given(
    st.lists(st.one_of(STRINGS, HEX, PATHS), max_size=12), st.lists(NUMBERS, min_size=4, max_size=4)
)
def test_a_colour_is_found_among_whatever_stands_around_it(
    around: list[bytes], values: list[bytes]
) -> None:
    content = b"\n".join([*around, b" ".join(values) + b" k", *around])
    (ink,) = _inks(content)
    assert ink.values == tuple(round(float(value) * 100, 2) for value in values)
