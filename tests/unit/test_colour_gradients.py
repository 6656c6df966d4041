"""Gradients, as CSS and SVG make them and as other programs do."""

from itertools import pairwise

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import ImageChops

from chapbook.diagnostics import Code
from chapbook.prepress.colour import convert_colours
from chapbook.prepress.colour.functions import stretches, value_at
from chapbook.print_shop import Colour, Spot
from tests.printed_colours import converted, job, numbers, page, seen, spaces

CMYK, GRAY = job(Colour.CMYK), job(Colour.GRAY)


def even(first: Array, last: Array, power: float = 1) -> Dictionary:
    return Dictionary(FunctionType=2, Domain=numbers(0, 1), C0=first, C1=last, N=power)


def shading(function: object, kind: int = 2, space: object = Name.DeviceRGB) -> Dictionary:
    coords = numbers(0, 0, 100, 0) if kind == 2 else numbers(50, 50, 0, 50, 50, 60)
    return Dictionary(
        ShadingType=kind,
        ColorSpace=space,
        Coords=coords,
        Function=function,
        Domain=numbers(0, 1),
        Extend=Array([True, True]),
    )


def painted(gradient: object) -> pikepdf.Pdf:
    return page(b"/s sh", Shading={"/s": gradient})


RED, LIME, BLUE = numbers(1, 0, 0), numbers(0, 1, 0), numbers(0, 0, 1)
STITCHED = Dictionary(
    FunctionType=3,
    Domain=numbers(0, 1),
    Bounds=numbers(0.3, 0.6, 0.6),
    Encode=numbers(0, 1, 1, 0, 0, 1, 0, 1),
    Functions=Array([even(RED, LIME), even(BLUE, LIME), even(RED, RED), even(RED, BLUE, 3)]),
)
CHANNELS = Array(
    [even(numbers(0), numbers(1)), even(numbers(1), numbers(0)), even(numbers(0), numbers(0))]
)


def sampled() -> pikepdf.Pdf:
    file = page(b"/s sh")
    function = file.make_stream(bytes((255, 0, 0, 255, 255, 0, 0, 0, 255)))
    function.stream_dict = Dictionary(
        FunctionType=0,
        Domain=numbers(0, 1),
        BitsPerSample=8,
        Range=numbers(0, 1, 0, 1, 0, 1),
        Size=Array([3]),
    )
    file.pages[0].Resources.Shading = Dictionary(s=shading(function))
    return file


def assert_alike(file: pikepdf.Pdf, far: int = 75) -> None:
    before = seen(file)
    after = converted(file, CMYK)
    assert spaces(after) == {"DeviceCMYK"}
    highest = ImageChops.difference(before.convert("L"), seen(after).convert("L")).getextrema()[1]
    assert isinstance(highest, int)
    assert highest < far


@pytest.mark.parametrize("kind", [2, 3])
@pytest.mark.parametrize(
    "function",
    [even(RED, LIME), even(RED, BLUE, 4), STITCHED, CHANNELS],
    ids=["even", "hint", "stops", "three"],
)
def test_a_gradient_runs_through_the_same_colours_in_ink(function: object, kind: int) -> None:
    assert_alike(painted(shading(function, kind)))


def test_a_sampled_gradient_runs_through_the_same_colours_in_ink() -> None:
    assert_alike(sampled())


def test_a_gradient_of_grays_is_printed_by_black_alone() -> None:
    after = converted(painted(shading(even(numbers(0, 0, 0), numbers(1, 1, 1)))), CMYK)
    function = after.pages[0].Resources.Shading.s.Function
    assert [float(ink) for ink in function.C0] == [0, 0, 0, 1]
    assert [float(ink) for ink in function.C1] == [0, 0, 0, 0]


def test_one_ink_prints_a_gradient_as_light_as_it_was() -> None:
    after = converted(painted(shading(even(RED, BLUE))), GRAY)
    assert spaces(after) == {"DeviceGray"}
    values = [
        value_at(stretches(after.pages[0].Resources.Shading.s.Function), at)[0] for at in (0, 1)
    ]
    assert values == pytest.approx([0.509, 0.273], abs=0.01)


def test_a_gradient_from_a_spot_to_paper_is_of_that_ink() -> None:
    work = job(Colour.GRAY, (Spot("Red", "#ff0000"),))
    after = converted(painted(shading(even(RED, numbers(1, 1, 1)))), work)
    made = after.pages[0].Resources.Shading.s
    assert made.ColorSpace[1] == Name.Red
    assert (float(made.Function.C0[0]), float(made.Function.C1[0])) == (1, 0)


def test_a_gradient_pattern_and_its_background_are_converted() -> None:
    gradient = shading(even(RED, LIME))
    gradient.Background = BLUE
    file = page(
        b"/Pattern cs /p scn 0 0 100 100 re f",
        Pattern={"/p": Dictionary(PatternType=2, Shading=gradient)},
    )
    assert_alike(file)


def test_a_mesh_is_refused_with_its_page() -> None:
    file = page(b"/s sh")
    mesh = file.make_stream(bytes(40))
    mesh.stream_dict = Dictionary(
        ShadingType=4,
        ColorSpace=Name.DeviceRGB,
        BitsPerCoordinate=8,
        BitsPerComponent=8,
        BitsPerFlag=8,
        Decode=numbers(0, 1, 0, 1, 0, 1, 0, 1, 0, 1),
    )
    file.pages[0].Resources.Shading = Dictionary(s=mesh)
    (found,) = convert_colours(file, CMYK)
    assert found.code is Code.COLOUR_UNCONVERTED
    assert found.message == "a mesh of colours on page 1 cannot be printed in four inks"


def test_a_function_is_read_as_stretches_without_gaps() -> None:
    read = stretches(STITCHED)
    assert read[0].start == 0
    assert read[-1].end == 1
    assert all(one.end == pytest.approx(next_.start) for one, next_ in pairwise(read))
    assert value_at(read, 0.15) == pytest.approx((0.5, 0.5, 0))
    assert read[1].first == pytest.approx((0, 1, 0))  # the second part runs backwards
