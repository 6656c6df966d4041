"""What a colour space of a PDF means (ISO 32000-1, 8.6), as gray, sRGB or four inks."""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cache

import pikepdf
from PIL import Image, ImageCms

from chapbook.prepress.colour.functions import (
    UnconvertibleError,
    Values,
    numbers,
    stretches,
    value_at,
)
from chapbook.prepress.colour.separation import Colour, encoded, screen_colours

_DEPTH = 6
_DEVICE = {
    "DeviceGray": 1,
    "G": 1,
    "CalGray": 1,
    "DeviceRGB": 3,
    "RGB": 3,
    "DeviceCMYK": 4,
    "CMYK": 4,
}
# From XYZ, scaled so that white is 1, to the light of the primaries of sRGB (D65).
_WHITE = (0.95046, 1.0, 1.08906)
_TO_LIGHT = (
    (3.24045, -1.53714, -0.49853),
    (-0.96927, 1.87601, 0.04156),
    (0.05564, -0.20403, 1.05723),
)


class Family(Enum):
    """How a space is to be treated."""

    DEVICE = auto()  # gray, sRGB or CMYK already
    MEASURED = auto()  # another way to say a colour: CalRGB, Lab, a profile
    INDEXED = auto()
    INK = auto()  # Separation or DeviceN
    KEPT = auto()  # Separation All and None
    PATTERN = auto()


@dataclass(frozen=True, slots=True, eq=False)
class Space:
    """A colour space: how many values a colour has in it, and what they mean.

    `base` is that of a palette or an uncoloured pattern; `ink` names a separation; `ranges` are
    what the values of an image run through.
    """

    family: Family
    count: int
    colour: Callable[[Values], Colour] = lambda values: values
    initial: Values = ()
    base: "Space | None" = None
    ink: str = ""
    ranges: Values = field(default=())
    palette: tuple[Colour, ...] = ()
    profile: bytes = field(default=b"", repr=False)


def device(count: int) -> Space:
    """Give DeviceGray, DeviceRGB or DeviceCMYK."""
    return _DEVICES[count]


def device_name(count: int) -> str:
    """Give the name of the device space of so many values."""
    return {1: "DeviceGray", 3: "DeviceRGB", 4: "DeviceCMYK"}[count]


_DEVICES = {
    1: Space(Family.DEVICE, 1, initial=(0.0,)),
    3: Space(Family.DEVICE, 3, initial=(0.0, 0.0, 0.0)),
    4: Space(Family.DEVICE, 4, initial=(0.0, 0.0, 0.0, 1.0)),
}


def read_space(
    named: pikepdf.Object | None, resources: pikepdf.Object | None = None, depth: int = 0
) -> Space:
    """Read a colour space, by its name in the resources or written out.

    Raises `UnconvertibleError` for one that is unknown or broken.
    """
    if depth > _DEPTH or named is None:
        raise UnconvertibleError("a colour space that is not there")
    if isinstance(named, pikepdf.Name):
        return _named(str(named)[1:], resources, depth)
    if not isinstance(named, pikepdf.Array) or not len(named):
        raise UnconvertibleError("a colour space that is none")
    kind = str(named[0])[1:]
    if len(named) == 1:
        return _named(kind, resources, depth)
    if kind in _READERS:
        return _READERS[kind](named, resources, depth)
    raise UnconvertibleError(f"the colour space {kind}")


def _named(name: str, resources: pikepdf.Object | None, depth: int) -> Space:
    if name in _DEVICE:
        return _DEVICES[_DEVICE[name]]
    if name == "Pattern":
        return Space(Family.PATTERN, 0)
    spaces = resources.get("/ColorSpace") if resources is not None else None
    if spaces is None or "/" + name not in spaces:
        raise UnconvertibleError(f"the colour space {name}, which is not there,")
    return read_space(spaces["/" + name], resources, depth + 1)


def _gray(_array: pikepdf.Array, _resources: pikepdf.Object | None, _depth: int) -> Space:
    return _DEVICES[1]


def _calibrated(array: pikepdf.Array, _resources: pikepdf.Object | None, _depth: int) -> Space:
    facts = array[1]
    gamma = numbers(facts.get("/Gamma", [1, 1, 1]))
    matrix = numbers(facts.get("/Matrix", [1, 0, 0, 0, 1, 0, 0, 0, 1]))
    white = numbers(facts.WhitePoint)

    def colour(values: Values) -> Colour:
        light = [max(value, 0.0) ** power for value, power in zip(values, gamma, strict=True)]
        return _of_xyz(
            [
                sum(light[at] * matrix[3 * at + row] for at in range(3)) / white[row]
                for row in range(3)
            ]
        )

    return Space(Family.MEASURED, 3, cache(colour), (0.0, 0.0, 0.0))


def _lab(array: pikepdf.Array, _resources: pikepdf.Object | None, _depth: int) -> Space:
    ranges = numbers(array[1].get("/Range", [-100, 100, -100, 100]))

    def colour(values: Values) -> Colour:
        middle = (values[0] + 16) / 116
        return _of_xyz(
            [_cube(middle + values[1] / 500), _cube(middle), _cube(middle - values[2] / 200)]
        )

    return Space(Family.MEASURED, 3, cache(colour), (0.0, 0.0, 0.0), ranges=(0.0, 100.0, *ranges))


def _cube(root: float) -> float:
    return root**3 if root >= 6 / 29 else 108 / 841 * (root - 4 / 29)


def _of_xyz(relative: list[float]) -> Colour:
    """Give sRGB for XYZ relative to white, white staying white."""
    xyz = [value * white for value, white in zip(relative, _WHITE, strict=True)]
    light = (sum(a * b for a, b in zip(row, xyz, strict=True)) for row in _TO_LIGHT)
    return tuple(encoded(min(max(value, 0.0), 1.0)) for value in light)


def _profiled(array: pikepdf.Array, resources: pikepdf.Object | None, depth: int) -> Space:
    stream = array[1]
    count = int(stream.get("/N", 0))
    if count not in _DEVICES:
        return read_space(stream.get("/Alternate"), resources, depth + 1)
    profile = stream.read_bytes()
    if count != 3 or profile[16:20] != b"RGB " or _is_srgb(profile):
        return _DEVICES[count]

    def colour(values: Values) -> Colour:
        dot = Image.new("RGB", (1, 1), tuple(round(255 * min(max(v, 0), 1)) for v in values))
        return tuple(value / 255 for value in screen_colours(dot, profile).tobytes())

    return Space(Family.MEASURED, 3, cache(colour), (0.0, 0.0, 0.0), profile=profile)


def _is_srgb(profile: bytes) -> bool:
    try:
        opened = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        name = ImageCms.getProfileDescription(opened)
    except (ImageCms.PyCMSError, OSError):
        raise UnconvertibleError("a broken ICC profile") from None
    return re.search(r"sRGB", name, re.IGNORECASE) is not None


def _indexed(array: pikepdf.Array, resources: pikepdf.Object | None, depth: int) -> Space:
    base = read_space(array[1], resources, depth + 1)
    if base.family in (Family.PATTERN, Family.INDEXED, Family.KEPT):
        raise UnconvertibleError("a palette of patterns")
    table = array[3]
    packed = table.read_bytes() if isinstance(table, pikepdf.Stream) else bytes(table)
    lows, highs = (
        (base.ranges or (0.0, 1.0) * base.count)[::2],
        (base.ranges or (0.0, 1.0) * base.count)[1::2],
    )
    palette = tuple(
        base.colour(
            tuple(
                low + (high - low) * value / 255
                for low, high, value in zip(lows, highs, packed[at : at + base.count], strict=True)
            )
        )
        for at in range(0, len(packed) - base.count + 1, base.count)
    )[: int(array[2]) + 1]
    if not palette:
        raise UnconvertibleError("an empty palette")
    last = len(palette) - 1
    return Space(
        Family.INDEXED,
        1,
        lambda values: palette[min(max(int(values[0]), 0), last)],
        (0.0,),
        base,
        palette=palette,
    )


def _separated(array: pikepdf.Array, resources: pikepdf.Object | None, depth: int) -> Space:
    name = str(array[1])[1:]
    if name in ("All", "None"):
        return Space(Family.KEPT, 1, initial=(1.0,), ink=name)
    if name == "Black":
        return Space(Family.INK, 1, lambda values: (0.0, 0.0, 0.0, values[0]), (1.0,), ink=name)
    base = read_space(array[2], resources, depth + 1)
    tints = stretches(array[3])
    return Space(
        Family.INK, 1, lambda values: base.colour(value_at(tints, values[0])), (1.0,), ink=name
    )


def _pattern(array: pikepdf.Array, resources: pikepdf.Object | None, depth: int) -> Space:
    return Space(Family.PATTERN, 0, base=read_space(array[1], resources, depth + 1))


_READERS: dict[str, Callable[[pikepdf.Array, pikepdf.Object | None, int], Space]] = {
    "CalGray": _gray,
    "CalRGB": _calibrated,
    "Lab": _lab,
    "ICCBased": _profiled,
    "Indexed": _indexed,
    "I": _indexed,
    "Separation": _separated,
    "Pattern": _pattern,
}
