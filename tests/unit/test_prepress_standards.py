"""Files made into PDF/X: what they say, what they lose, and when they are refused."""

import io
import subprocess
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from chapbook.cache import Cache
from chapbook.diagnostics import BookError, Code
from chapbook.finish import finish_pdf
from chapbook.prepress import prepare_print
from chapbook.prepress.profiles import house_profile
from chapbook.print_shop import Colour, Standard
from chapbook.settings import Edition
from tests.laid_books import book, chapter, publication
from tests.linked_files import annotations, elements, linked, tree
from tests.prepress_files import AT, job, opened, pages, prepared, shown, strict, written

X4, X1A = Standard.X4, Standard.X1A
LINKS = chapter("one", ["# One", "Words", "> #one To one", "> https://e.org/ Away", "! A ramp"])


def picture(file: pikepdf.Pdf, alpha: bytes | None, width: int = 3, height: int = 2) -> Any:
    image = file.make_stream(bytes(range(0, 240, 40))[: width * height])
    image.Type, image.Subtype = Name.XObject, Name.Image
    image.Width, image.Height = width, height
    image.BitsPerComponent, image.ColorSpace = 8, Name.DeviceGray
    if alpha is not None:
        mask = file.make_stream(alpha)
        mask.Type, mask.Subtype = Name.XObject, Name.Image
        mask.Width, mask.Height = width, height
        mask.BitsPerComponent, mask.ColorSpace = 8, Name.DeviceGray
        image.SMask = mask
    return image


def with_picture(alpha: bytes | None) -> pikepdf.Pdf:
    file = pages(b"q 90 0 0 60 20 20 cm /P Do Q")
    file.pages[0].Resources.XObject = Dictionary(P=picture(file, alpha))
    return file


@pytest.mark.parametrize(("standard", "version"), [(X4, "1.6"), (X1A, "1.4")])
def test_poppler_and_qpdf_read_the_file_as_what_it_is(
    standard: Standard, version: str, tmp_path: Path
) -> None:
    path = tmp_path / "book.pdf"
    path.write_bytes(strict(standard))
    run: Any = {"capture_output": True, "text": True, "check": True}
    said = subprocess.run(["pdfinfo", path], **run).stdout
    assert f"PDF version:     {version}" in said
    assert "Title:           A Book & More" in said
    assert ("PDF/X-1a:2003" in said) == (standard is X1A)
    assert "No syntax or stream encoding errors" in (
        subprocess.run(["qpdf", "--check", path], **run).stdout
    )


@pytest.mark.parametrize("standard", [X4, X1A])
def test_the_same_input_gives_the_same_bytes(standard: Standard) -> None:
    assert strict(standard) == strict(standard)


def test_the_output_intent_is_that_of_the_house_or_of_the_printer() -> None:
    with opened(strict(X4)) as file:
        (intent,) = file.Root.OutputIntents
        assert str(intent.OutputConditionIdentifier) == "FOGRA39"
        assert str(intent.RegistryName) == "http://www.color.org"
        assert intent.DestOutputProfile.read_bytes() == house_profile()
        assert int(intent.DestOutputProfile.N) == 4
    own = prepared(pages(), standard=X4, colour=Colour.CMYK, condition="Our press, Tuesday")
    with opened(own) as file:
        (intent,) = file.Root.OutputIntents
        assert str(intent.OutputConditionIdentifier) == "Our press, Tuesday"
        assert "/RegistryName" not in intent
        assert len(str(intent.Info)) > 5


def test_links_go_and_the_tags_stay_sound() -> None:
    pdf = linked(book(LINKS), Edition.SCREEN)
    before = opened(pdf)
    assert len(annotations(before)) == 2
    asked = job(standard=X4, colour=Colour.CMYK)
    made = opened(prepare_print(pdf, asked).value)
    assert annotations(made) == []
    shape = tree(before.Root.StructTreeRoot.K)
    assert tree(made.Root.StructTreeRoot.K) == shape.replace("Link(! .)", "Span(.)")
    owners = dict(pikepdf.NumberTree(made.Root.StructTreeRoot.ParentTree).items())
    assert {int(made.pages[0].StructParents)} == set(owners)
    assert str(made.Root.Lang) == str(before.Root.Lang)
    assert all("/OBJR" not in str(one.get("/K", "")) for one in elements(made))


def test_without_a_standard_links_may_stay() -> None:
    pdf = linked(book(LINKS), Edition.SCREEN)
    made = opened(prepare_print(pdf, job()).value)
    assert len(annotations(made)) == 2
    assert "/OutputIntents" not in made.Root


def test_an_opaque_group_is_none_and_looks_the_same() -> None:
    file = pages(b"/F Do")
    form = file.make_stream(b"0.3 g 20 20 50 50 re f")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 200, 300])
    form.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
    file.pages[0].Resources.XObject = Dictionary(F=form)
    file.pages[0].Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
    plain = prepared(file, colour=Colour.CMYK, multiple=1)
    pdf = strict(X1A, file)
    assert b"/Group" not in pdf
    assert shown(pdf).tobytes() == shown(plain).tobytes()


def test_a_group_that_is_drawn_with_an_opacity_stays_one() -> None:
    file = pages(b"/H gs /F Do")
    form = file.make_stream(b"/O gs 0.3 g 20 20 50 50 re f 40 40 50 50 re f")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 200, 300])
    form.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
    resources = file.pages[0].Resources
    resources.ExtGState = Dictionary(H=Dictionary(ca=0.5), O=Dictionary(ca=1))
    form.Resources = resources
    resources.XObject = Dictionary(F=form)
    plain = prepared(file, colour=Colour.CMYK, multiple=1)
    assert shown(strict(X4, file)).tobytes() == shown(plain).tobytes()


@pytest.mark.parametrize("standard", [X4, X1A])
@pytest.mark.parametrize(
    ("alpha", "key"),
    [(b"\xff" * 6, ""), (b"\xff\0\xff\0\xff\0", "/Mask")],
)
def test_a_hard_mask_becomes_a_stencil_that_shows_the_same(
    standard: Standard, alpha: bytes, key: str
) -> None:
    file = with_picture(alpha)
    plain = prepared(file, colour=Colour.CMYK, multiple=1)
    pdf = strict(standard, file)
    with opened(pdf) as made:
        (image,) = [one for one in made.objects if _is_picture(one)]
        assert "/SMask" not in image
        assert [name for name in ("/Mask",) if name in image] == [key] * bool(key)
    wide = [shown(one).crop((80, 560, 300, 680)) for one in (pdf, plain)]
    counts = [sum(image.histogram()[:200]) for image in wide]
    assert counts[0] == pytest.approx(counts[1], rel=0.05)


def _is_picture(one: object) -> bool:
    return isinstance(one, pikepdf.Stream) and "/ColorSpace" in one and "/Width" in one


def test_a_soft_mask_is_refused_by_x1a_and_blended_in_inks_by_x4() -> None:
    file = with_picture(b"\x80" * 6)
    outcome = prepare_print(written(file), job(standard=X1A, colour=Colour.CMYK, multiple=1))
    (found,) = outcome.diagnostics
    assert (found.code, found.is_error, found.at) == (Code.PRINT_TRANSPARENCY, True, AT)
    assert "page 1 (1 of the file): the picture has soft edges" in found.message
    with opened(strict(X4, file)) as made:
        assert Name.DeviceCMYK == made.pages[0].Group.CS


def test_a_refused_picture_is_named_by_its_words() -> None:
    pdf = linked(book(LINKS), Edition.PRINT)
    with pikepdf.open(io.BytesIO(pdf)) as file:
        for image in [one for one in file.objects if _is_picture(one)]:
            mask = file.make_stream(b"\x80" * int(image.Width) * int(image.Height))
            mask.Type, mask.Subtype = Name.XObject, Name.Image
            mask.Width, mask.Height = image.Width, image.Height
            mask.BitsPerComponent, mask.ColorSpace = 8, Name.DeviceGray
            image.SMask = mask
        soft = written(file)
    found = prepare_print(soft, job(standard=X1A, colour=Colour.GRAY)).diagnostics
    assert any("the picture “A ramp” has soft edges" in one.message for one in found)


def test_a_font_that_is_not_in_the_file_is_told_of() -> None:
    pdf = finish_pdf(book(LINKS), publication(Edition.PRINT), Cache(None))
    found = prepare_print(pdf, job(standard=X4, colour=Colour.CMYK)).diagnostics
    assert [one.code for one in found] == [Code.PRINT_STANDARD]
    assert "Helvetica is not embedded (rule fonts of ISO 15930-7:2010, 6.5)" in found[0].message


def test_rgb_means_srgb_where_the_press_has_inks() -> None:
    pdf = prepared(pages(b"1 0 0 rg 9 9 99 99 re f"), standard=X4, colour=Colour.RGB, multiple=1)
    with opened(pdf) as file:
        space = file.pages[0].Resources.ColorSpace.DefaultRGB
        assert [str(space[0]), int(space[1].N)] == ["/ICCBased", 3]
        assert space[1].read_bytes()[8:12] == b"\x04\x20\x00\x00"


@pytest.mark.parametrize(
    ("standard", "colour", "profile", "words"),
    [
        (X1A, Colour.RGB, None, "knows inks alone"),
        (X4, Colour.CMYK, b"mntr", "not that of a press"),
    ],
)
def test_what_contradicts_itself_is_refused(
    standard: Standard, colour: Colour, profile: bytes | None, words: str
) -> None:
    from dataclasses import replace

    asked = job(standard=standard, colour=colour)
    if profile:
        house = house_profile()
        asked = replace(asked, profile=house[:12] + profile + house[16:])
    with pytest.raises(BookError, match=words) as caught:
        prepare_print(written(pages()), asked)
    assert {one.code for one in caught.value.diagnostics} == {Code.PRINT_STANDARD}
