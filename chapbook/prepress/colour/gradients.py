"""Gradients (ISO 32000-1, 8.7.4.5): their colours become those of the press.

Between two stops inks run evenly; where that would look otherwise than the gradient did, a stop is
put between them.
"""

import pikepdf
from pikepdf import Array, Dictionary, Name

from chapbook.prepress.colour.functions import (
    Stretch,
    UnconvertibleError,
    Values,
    between,
    numbers,
    stretches,
)
from chapbook.prepress.colour.press import Press
from chapbook.prepress.colour.spaces import Family, Space, device_name, read_space
from chapbook.prepress.colour.spots import spot_space

_SPLITS = 5
_SEEN = 0.02  # a difference of five steps of 255
_WITH_FUNCTION = (2, 3)
_MESHES = (4, 5, 6, 7)


def convert_gradient(
    shading: pikepdf.Object, press: Press, resources: pikepdf.Object | None
) -> None:
    """Put a shading's colours into ink, in place.

    Raises `UnconvertibleError` for kinds that cannot be.
    """
    space = read_space(shading.get("/ColorSpace"), resources)
    kind = int(shading.ShadingType)
    if space.family is Family.DEVICE and space.count == 1:
        shading.ColorSpace = Name.DeviceGray
        return
    if space.family in (Family.INDEXED, Family.PATTERN, Family.KEPT):
        raise UnconvertibleError("a gradient in a palette")
    if kind not in _WITH_FUNCTION and not (kind in _MESHES and "/Function" in shading):
        raise UnconvertibleError(
            "a mesh of colours" if kind in _MESHES else "a gradient of two variables"
        )
    _paint(shading, _in_colours(stretches(shading.Function), space), press)
    if "/Background" in shading:
        behind = press.mix(space.colour(numbers(shading.Background)))
        shading.Background = Array([round(value, 4) for value in behind])


def _in_colours(parts: tuple[Stretch, ...], space: Space) -> list[Stretch]:
    """Say a gradient in gray, sRGB or four inks; in other spaces evenness is theirs, not ours."""
    if space.family is Family.DEVICE:
        return list(parts)
    finer: list[Stretch] = []
    for part in parts:
        stops = [part.start + (part.end - part.start) * step / 8 for step in range(9)]
        colours = [space.colour(part.at(stop)) for stop in stops]
        finer += map(Stretch, stops, stops[1:], colours, colours[1:])
    return finer


def _paint(shading: pikepdf.Object, parts: list[Stretch], press: Press) -> None:
    if "/Background" not in shading and (spot := _only_spot(parts, press)):
        tints = [Stretch(part.start, part.end, *_tints(part, press, spot)) for part in parts]
        shading.ColorSpace = spot_space(press, spot)
    else:
        tints = [piece for part in parts for piece in _pieces(part, press, _SPLITS)]
        shading.ColorSpace = Name("/" + device_name(len(tints[0].first)))
    shading.Function = _function(tints)


def _only_spot(parts: list[Stretch], press: Press) -> int:
    """Give the spot that a gradient runs from or to, where all else in it is paper."""
    ends = {end for part in parts for end in (part.first, part.last)}
    spots = {press.spot_of(end) for end in ends if min(end) < 1}
    return spots.pop() if len(spots) == 1 else 0


def _tints(part: Stretch, press: Press, spot: int) -> tuple[Values, Values]:
    first, last = (float(press.spot_of(end) == spot) for end in (part.first, part.last))
    return (first,), (last,)


def _pieces(part: Stretch, press: Press, splits: int) -> list[Stretch]:
    first, last = press.mix(part.first), press.mix(part.last)
    middle = between(part.first, part.last, 0.5)
    wanted = press.look(press.mix(middle))
    given = press.look(between(first, last, 0.5))
    far = max(abs(a - b) for a, b in zip(wanted, given, strict=True))
    if not splits or far <= _SEEN:
        return [Stretch(part.start, part.end, first, last)]
    half = (part.start + part.end) / 2
    left = Stretch(part.start, half, part.first, middle)
    right = Stretch(half, part.end, middle, part.last)
    return _pieces(left, press, splits - 1) + _pieces(right, press, splits - 1)


def _function(parts: list[Stretch]) -> Dictionary:
    even = [_even(part) for part in parts]
    if len(parts) == 1 and (parts[0].start, parts[0].end) == (0, 1):
        return even[0]
    return Dictionary(
        FunctionType=3,
        Domain=Array([parts[0].start, parts[-1].end]),
        Functions=Array(even),
        Bounds=Array([round(part.start, 6) for part in parts[1:]]),
        Encode=Array([0, 1] * len(parts)),
    )


def _even(part: Stretch) -> Dictionary:
    first, last = ([round(value, 4) for value in ends] for ends in (part.first, part.last))
    return Dictionary(FunctionType=2, Domain=[0, 1], C0=Array(first), C1=Array(last), N=1)
