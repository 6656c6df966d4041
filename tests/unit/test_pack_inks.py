"""Each ink is measured alone, whatever the colour was asked for in."""

from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name

from chapbook.pack.coverage import measure_inks
from tests.prepress_files import HEIGHT, WIDTH, pages, written

WHOLE = b"0 0 %d %d re f" % (WIDTH, HEIGHT)
HALF = b"0 0 %d %d re f" % (WIDTH / 2, HEIGHT)
SPOT = Array(
    [
        Name.Separation,
        Name("/PANTONE 2745 C"),
        Name.DeviceCMYK,
        Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0.8, 0.9, 0, 0], N=1),
    ]
)


def measured(*drawn: bytes, **resources: Any) -> dict[str, float]:
    named = {f"/{kind}": Dictionary(entries) for kind, entries in resources.items()}
    return shares(pages(*drawn, resources=named))


def shares(file: pikepdf.Pdf) -> dict[str, float]:
    return {use.name: use.share for use in measure_inks(written(file))}


def near(**wanted: float) -> Any:
    return pytest.approx(wanted, abs=0.006)


tints = st.integers(0, 10).map(lambda tenths: tenths / 10)


@given(tints, tints, tints, tints)
@settings(max_examples=25)
def test_four_inks_are_told_apart(c: float, m: float, y: float, k: float) -> None:
    found = measured(b"%.1f %.1f %.1f %.1f k %b" % (c, m, y, k, HALF))
    wanted = {"Cyan": c / 2, "Magenta": m / 2, "Yellow": y / 2, "Black": k / 2}
    assert found == near(**{name: share for name, share in wanted.items() if share})


def test_gray_is_black_ink_and_no_other() -> None:
    assert measured(b"0.4 g " + HALF) == near(Black=0.3)
    assert measured(b"1 0 0 0 k 150 9 1 1 re f 0.4 g " + HALF).keys() == {"Cyan", "Black"}


def test_what_sets_no_colour_is_black() -> None:
    assert measured(HALF) == near(Black=0.5)


def test_a_spot_is_an_ink_of_its_own() -> None:
    found = measured(b"/S cs 0.5 scn " + HALF, ColorSpace={"/S": SPOT})
    assert found == {"PANTONE 2745 C": pytest.approx(0.25, abs=0.006)}


def test_strokes_count_as_areas_do() -> None:
    assert measured(b"0 1 0 0 K 100 w 50 0 m 50 300 l S") == near(Magenta=0.5)


def test_words_and_remarks_are_left_alone() -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    content = b"% 1 0 0 0 k\n0 0 1 0 k " + HALF + b" BT 3 Tr /F 9 Tf (0 1 0 0 k \\) 1 g) Tj ET"
    assert measured(content, Font={"/F": font}) == near(Yellow=0.5)


def test_pages_that_have_an_ink_are_told() -> None:
    black, cyan = b"0 g " + HALF, b"1 0 0 0 k " + WHOLE
    uses = {use.name: use.pages for use in measure_inks(written(pages(black, cyan, b"")))}
    assert uses == {"Black": {1}, "Cyan": {2}}


def with_thing(kind: str, thing: Any, content: bytes) -> pikepdf.Pdf:
    file = pages(content)
    file.pages[0].obj.Resources[f"/{kind}"] = Dictionary(X=thing(file))
    return file


def test_a_picture_of_four_inks() -> None:
    def picture(file: pikepdf.Pdf) -> pikepdf.Stream:
        stream = file.make_stream(bytes([255, 0, 0, 51]) * 4)
        stream.stream_dict = Dictionary(
            Type=Name.XObject, Subtype=Name.Image, Width=2, Height=2, BitsPerComponent=8,
            ColorSpace=Name.DeviceCMYK,
        )  # fmt: skip
        return stream

    found = shares(with_thing("XObject", picture, b"q 100 0 0 300 0 0 cm /X Do Q"))
    assert found == near(Cyan=0.5, Black=0.1)


def test_a_palette_of_four_inks() -> None:
    def picture(file: pikepdf.Pdf) -> pikepdf.Stream:
        stream = file.make_stream(bytes([0, 1, 1, 0]))
        palette = pikepdf.String(bytes([255, 0, 0, 0, 0, 0, 255, 0]))
        stream.stream_dict = Dictionary(
            Type=Name.XObject, Subtype=Name.Image, Width=2, Height=2, BitsPerComponent=8,
            ColorSpace=Array([Name.Indexed, Name.DeviceCMYK, 1, palette]),
        )  # fmt: skip
        return stream

    found = shares(with_thing("XObject", picture, b"q 100 0 0 300 0 0 cm /X Do Q"))
    assert found == near(Cyan=0.25, Yellow=0.25)


def test_a_form_goes_on_in_the_colour_of_its_page() -> None:
    def form(file: pikepdf.Pdf) -> pikepdf.Stream:
        stream = file.make_stream(HALF + b" 0 0 1 0 k 100 0 100 300 re f")
        stream.stream_dict = Dictionary(
            Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 999, 999])
        )
        return stream

    found = shares(with_thing("XObject", form, b"0 1 0 0 k /X Do"))
    assert found == near(Magenta=0.5, Yellow=0.5)


def test_a_gradient_between_two_inks() -> None:
    def shading(file: pikepdf.Pdf) -> pikepdf.Object:
        tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[1, 0, 0, 0], C1=[0, 1, 0, 0], N=1)
        return file.make_indirect(
            Dictionary(
                ShadingType=2,
                ColorSpace=Name.DeviceCMYK,
                Coords=Array([0, 0, 200, 0]),
                Function=tint,
            )
        )

    found = shares(with_thing("Shading", shading, b"/X sh"))
    assert found == pytest.approx({"Cyan": 0.5, "Magenta": 0.5}, abs=0.012)


def test_a_soft_mask_lets_as_much_through_as_ever() -> None:
    def state(file: pikepdf.Pdf) -> Dictionary:
        group = file.make_stream(b"0.5 g 0 0 999 999 re f")
        group.stream_dict = Dictionary(
            Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 999, 999]),
            Group=Dictionary(S=Name.Transparency, CS=Name.DeviceGray),
        )  # fmt: skip
        return Dictionary(SMask=Dictionary(S=Name.Luminosity, G=group))

    found = shares(with_thing("ExtGState", state, b"/X gs 0 1 0 0 k " + HALF))
    assert found == near(Magenta=0.25)


def test_nothing_outside_the_trim_counts() -> None:
    assert measured(b"1 0 0 0 k -30 -30 29 400 re f 0 g " + HALF) == near(Black=0.5)
