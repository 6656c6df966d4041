"""Rules about colour: every value must mean an ink of the press that the file is made for."""

import re
from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, Object, Stream

from chapbook.prepress.names import Content, called
from chapbook.prepress.standard.rules import Claim, both, only
from chapbook.print_shop import Standard

# What stands in strings and inline pictures is no instruction.
QUOTED = re.compile(rb"\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f\s]*>|\bID\s.*?\sEI\b", re.DOTALL)
RGB = re.compile(rb"[\d.]\s+(?:rg|RG)\b|/DeviceRGB\b|/CS\s*/RGB\b|/ColorSpace\s*/RGB\b")
CMYK = re.compile(rb"[\d.]\s+[kK]\b|/DeviceCMYK\b|/CS\s*/CMYK\b|/ColorSpace\s*/CMYK\b")
OF_LIGHT = frozenset({"/CalRGB", "/CalGray", "/Lab", "/ICCBased", "/DeviceRGB"})
OF_PRESS = {b"RGB ": "/DeviceRGB", b"CMYK": "/DeviceCMYK"}
DEFAULTS = {"/DeviceRGB": "/DefaultRGB", "/DeviceCMYK": "/DefaultCMYK"}


def _spaces(content: Content) -> Iterator[Object]:
    """Give every colour space that some content names, or the pictures and gradients it calls."""
    for _, space in called(content, "/ColorSpace"):
        yield space
    for _, item in called(content, "/XObject"):
        if item.get("/Subtype") == Name.Image and "/ColorSpace" in item:
            yield item.ColorSpace
    for _, shading in called(content, "/Shading"):
        yield shading.ColorSpace
    for _, pattern in called(content, "/Pattern"):
        if "/Shading" in pattern:
            yield pattern.Shading.ColorSpace


def _names(space: Object) -> Iterator[str]:
    """Give the families that a colour space is made of; a spot's alternate is one of them."""
    if isinstance(space, Name):
        yield str(space)
    elif isinstance(space, Array) and len(space):
        family = str(space[0])
        yield family
        if family in ("/Indexed", "/Pattern") and len(space) > 1:
            yield from _names(space[1])
        elif family in ("/Separation", "/DeviceN"):
            yield from _names(space[2])


def _used(content: Content) -> set[str]:
    drawn = QUOTED.sub(b"", content.drawn)
    found = {name for space in _spaces(content) for name in _names(space)}
    found |= {"/DeviceRGB"} if RGB.search(drawn) else set()
    return found | ({"/DeviceCMYK"} if CMYK.search(drawn) else set())


def _inks_alone(claim: Claim) -> Iterator[str]:
    for content in claim.contents:
        for name in sorted(_used(content) & OF_LIGHT):
            yield f"something is drawn in {name[1:]}, which is no ink"


def _device(claim: Claim) -> Iterator[str]:
    press = OF_PRESS.get(claim.profile[16:20], "")
    for content in claim.contents:
        defaults = content.resources.get("/ColorSpace", Dictionary())
        for name in sorted(_used(content) & DEFAULTS.keys() - {press}):
            if DEFAULTS[name] not in defaults:
                yield f"something is drawn in {name[1:]}, which the output intent does not know"


def _groups(claim: Claim) -> Iterator[str]:
    press = OF_PRESS.get(claim.profile[16:20], "")
    pages = [page.obj for page in claim.file.pages]
    forms = [item for item in claim.objects if isinstance(item, Stream)]
    for owner in (*pages, *forms):
        space = owner.get("/Group", Dictionary()).get("/CS")
        for name in {*_names(space)} if space is not None else ():
            if name in DEFAULTS and name != press:
                yield f"something is blended in {name[1:]}, which the output intent does not know"


RULES = (
    only(Standard.X1A, "inks", "6", _inks_alone),
    both("device-colours", "6.4", "6", _device),
    only(Standard.X4, "blending", "6.20", _groups),
)
