"""What colours a file uses, and where: proof that a conversion left nothing behind.

Knows nothing of the conversion: it goes through every object that a page leads to, and reads every
content stream with the library's own parser.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

_OPERATORS = {"g": "DeviceGray", "rg": "DeviceRGB", "k": "DeviceCMYK"}
_SPACES = ("DeviceGray", "DeviceRGB", "DeviceCMYK")
_COMPLEX = ("CalGray", "CalRGB", "Lab", "ICCBased", "Indexed", "Separation", "DeviceN")
_UP = ("/Parent", "/P", "/Dest", "/StructParent", "/StructParents", "/B", "/A")
_NOTE_COLOURS = ("/C", "/IC")
_BY_COUNT = {1: "DeviceGray", 3: "DeviceRGB", 4: "DeviceCMYK"}


@dataclass(frozen=True, slots=True, order=True)
class ColourUse:
    """A colour space in use: its name, by what (an operator, a kind of object), on which page.

    An ICC profile is counted as `ICCBased 3`; what a palette, a pattern or an ink stands on is
    counted too. `page` is the first that leads there.
    """

    page: int
    space: str
    by: str


def colours_used(file: pikepdf.Pdf) -> Counter[ColourUse]:
    """Count every use of a colour space in what the pages of a file show."""
    found: Counter[ColourUse] = Counter()
    seen: set[tuple[int, int]] = set()
    for number, page in enumerate(file.pages, 1):
        for space, by in _page(page.obj, seen):
            found[ColourUse(number, space, by)] += 1
    return found


def _page(page: pikepdf.Object, seen: set[tuple[int, int]]) -> Iterator[tuple[str, str]]:
    yield from _operators(pikepdf.Page(page))
    if "/Resources" not in page:
        yield from _reached(page.get("/Parent", Dictionary()).get("/Resources"), "page", seen)
    yield from _reached(page, "page", seen)


def _reached(thing: object, role: str, seen: set[tuple[int, int]]) -> Iterator[tuple[str, str]]:
    """Go through a thing and all it leads to but what lies above it."""
    waiting = [(thing, role)]
    while waiting:
        at, role = waiting.pop()
        if not isinstance(at, Array | Dictionary | Stream | Name):
            continue
        if at.objgen != (0, 0):
            if at.objgen in seen:
                continue
            seen.add(at.objgen)
        yield from _said(at, role)
        if isinstance(at, Array):
            waiting += [(kid, role) for kid in at]
        elif not isinstance(at, Name):
            waiting += [(at[key], key) for key in sorted(at.keys()) if key not in _UP]


def _said(at: pikepdf.Object, role: str) -> Iterator[tuple[str, str]]:
    if isinstance(at, Name):
        if str(at)[1:] in _SPACES:
            yield str(at)[1:], role
    elif isinstance(at, Array):
        yield from _space(at, role)
    else:
        yield from _in_dictionary(at, role)


def _space(array: pikepdf.Array, role: str) -> Iterator[tuple[str, str]]:
    kind = str(array[0])[1:] if len(array) and isinstance(array[0], Name) else ""
    if kind == "ICCBased":
        yield f"ICCBased {array[1].N}", role
    elif kind == "Separation":
        yield f"Separation {str(array[1])[1:]}", role
    elif kind in _COMPLEX:
        yield kind, role


def _in_dictionary(at: pikepdf.Object, role: str) -> Iterator[tuple[str, str]]:
    if at.get("/Type") == Name.Annot:
        for key in _NOTE_COLOURS:
            if isinstance(at.get(key), Array) and len(at[key]) in _BY_COUNT:
                yield _BY_COUNT[len(at[key])], "annotation"
    if not isinstance(at, Stream):
        return
    is_drawn = at.get("/Subtype") == Name.Form or "/PatternType" in at or role == "/CharProcs"
    if is_drawn or ("/Group" in at):
        yield from _operators(at)


def _operators(content: pikepdf.Stream | pikepdf.Page) -> Iterator[tuple[str, str]]:
    for instruction in pikepdf.parse_content_stream(content):
        if isinstance(instruction, pikepdf.ContentStreamInlineImage):
            picture = instruction.iimage.obj
            if not picture.get("/ImageMask", False):
                yield from _said(picture.get("/ColorSpace", Name.DeviceGray), "BI")
                if isinstance(picture.get("/ColorSpace"), Array):
                    yield from _said(picture.ColorSpace[1], "BI")
            continue
        name = str(instruction.operator)
        if space := _OPERATORS.get(name.lower()):
            yield space, name
        elif name.lower() == "cs" and str(instruction.operands[0])[1:] in _SPACES:
            yield str(instruction.operands[0])[1:], name
