"""Tell what kind of colour a colour space of PDF asks for (ISO 32000-1, 8.6)."""

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, Object

from chapbook.preflight.sides import Space

_NAMED = {
    "/DeviceGray": Space.GRAY,
    "/CalGray": Space.GRAY,
    "/G": Space.GRAY,
    "/DeviceRGB": Space.RGB,
    "/CalRGB": Space.RGB,
    "/RGB": Space.RGB,
    "/DeviceCMYK": Space.CMYK,
    "/CMYK": Space.CMYK,
    "/Lab": Space.LAB,
}
_COUNTED = {1: Space.GRAY, 3: Space.RGB, 4: Space.CMYK}
_INDEXED = {"/Indexed", "/I"}
_SPOTS = {"/Separation", "/DeviceN"}
_DEEPEST = 6

Known = tuple[Space | None, str]


def space_of(written: Object | None, resources: Object, depth: int = 0) -> Known:
    """Give the kind of a colour space, and the names of its spot inks; None for a pattern."""
    if written is None or depth > _DEEPEST:
        return None, ""
    if isinstance(written, Name):
        return _of_name(written, resources, depth)
    if not isinstance(written, Array) or not len(written):
        return None, ""
    family = str(written[0])
    if family in _NAMED:
        return _NAMED[family], ""
    if family == "/ICCBased":
        return _COUNTED.get(int(written[1].get("/N", 0))), ""
    if family in _INDEXED:
        return space_of(written[1], resources, depth + 1)
    if family in _SPOTS:
        return Space.SPOT, _inks(written[1])
    if family == "/Pattern" and len(written) > 1:
        return space_of(written[1], resources, depth + 1)
    return None, ""


def _of_name(name: Object, resources: Object, depth: int) -> Known:
    spaces = resources.get("/ColorSpace")
    listed = spaces.get(str(name)) if isinstance(spaces, Dictionary) else None
    if listed is not None:
        return space_of(listed, resources, depth + 1)
    return _NAMED.get(str(name)), ""


def _inks(written: Object) -> str:
    names = list(written) if isinstance(written, Array) else [written]
    return ", ".join(str(name).lstrip("/") for name in names)


def inks_of_function(function: Object | None, depth: int = 0) -> Iterator[tuple[float, ...]]:
    """Give the colours that a shading runs between (7.10): the ends of each of its stretches."""
    if function is None or depth > _DEEPEST:
        return
    if isinstance(function, Array):
        return  # one function for each ink: they are not known together
    if function.get("/FunctionType") == 3:
        for one in function.get("/Functions", Array()):
            yield from inks_of_function(one, depth + 1)
    for key in ("/C0", "/C1"):
        if key in function:
            yield tuple(number(value) for value in function[key])


def number(written: object) -> float:
    """Read a number; what is none counts as 0."""
    try:
        return float(written)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return 0.0
