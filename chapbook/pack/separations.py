"""Take a print file apart into its inks, so that each can be looked at alone. Knows pikepdf.

Every colour is left as it is, but asked for in a space of ours, whose tint transform (ISO 32000-1,
8.6.6.5) shows one ink of it as gray and nothing of the others.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

PROCESS = ("Cyan", "Magenta", "Yellow", "Black")
BLACK = "Black"
NO_INK = frozenset({"All", "None"})
ONE, FOUR = "/ChapbookOne", "/ChapbookFour"
DEEPEST = 12
_OPERATORS = {b"g": ONE, b"G": ONE, b"k": FOUR, b"K": FOUR}
_DEVICES = {b"DeviceGray": ONE, b"G": ONE, b"DeviceCMYK": FOUR, b"CMYK": FOUR}
# Black at first, as ever (8.6.5.1), but black of ours.
_START = b"%b cs 0 scn %b CS 0 SCN\n" % (ONE.encode(), ONE.encode())
_COLOURED = 1
_GRAYS = (Name.DeviceGray, Name.G, Name.CalGray)
_CMYKS = (Name.DeviceCMYK, Name.CMYK)
# Strings, remarks and inline images are passed over whole, so that nothing in them is changed.
_TOKEN = re.compile(
    rb"""
      \((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*+\))*+\)
    | %[^\r\n]*+
    | (?<!\S)BI\s.*?\sEI(?!\S)
    | /(?P<device>DeviceGray|DeviceCMYK|G|CMYK)\s++(?P<chosen>cs|CS)(?!\S)
    | (?<![^\s\])>}])(?P<numbers>(?:[+-]?[\d.]++\s++)++)(?P<operator>[gGkK])(?![^\s/\[(<%])
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(slots=True)
class Separable:
    """A file whose inks can be shown one at a time; `inks` names those that it may use."""

    file: pikepdf.Pdf = field(repr=False)
    inks: tuple[str, ...] = ()
    _shown: dict[str, Stream] = field(default_factory=dict, repr=False)

    def show(self, ink: str) -> bytes:
        """Give the file with this ink as gray, as dark as it is laid, and no other."""
        for name, tint in self._shown.items():
            tint.write(_tint(name, ink))
        target = io.BytesIO()
        self.file.save(target, compress_streams=False, static_id=True)
        return target.getvalue()


def make_separable(pdf: bytes) -> Separable:
    """Open a file that has no colours but gray, four inks, and inks of their own."""
    file = pikepdf.open(io.BytesIO(pdf))
    maker = _Maker(file)
    for page in file.pages:
        maker.page(page)
    return Separable(file, tuple(maker.inks()), maker.tints)


def _tint(space: str, ink: str) -> bytes:
    """Write the transform of a space, as PostScript (7.10.5): dark where this ink is laid."""
    if space == FOUR:
        if ink not in PROCESS:
            return b"{ pop pop pop pop 1 }"
        place = PROCESS.index(ink)
        return b"{ %d index 5 1 roll pop pop pop pop 1 exch sub }" % (3 - place)
    if space == ONE:
        return b"{ }" if ink == BLACK else b"{ pop 1 }"
    return b"{ 1 exch sub }" if space == ink else b"{ pop 1 }"


class _Maker:
    """Puts spaces of ours in place of those of the file, in all that its pages show."""

    def __init__(self, file: pikepdf.Pdf) -> None:
        self.file = file
        self.tints: dict[str, Stream] = {}
        self._spaces: dict[str, Object] = {}
        self._seen: set[tuple[int, int]] = set()

    def inks(self) -> Iterator[str]:
        process = PROCESS if FOUR in self.tints else (BLACK,)
        yield from process
        yield from sorted(name for name in self.tints if name not in (ONE, FOUR, *process))

    def page(self, page: pikepdf.Page) -> None:
        contents = page.obj.get("/Contents", Array())
        streams = list(contents) if isinstance(contents, Array) else [contents]
        whole = b"\n".join(stream.read_bytes() for stream in streams)
        page.obj.Contents = self.file.make_stream(_START + _rewritten(whole))
        page.obj.Resources = page.resources
        self._resources(page.resources, 0)

    def _resources(self, resources: Object, depth: int) -> None:
        """Change all that the content may call by name, and name the spaces of ours."""
        if depth > DEEPEST or not self._is_new(resources):
            return
        spaces = resources.get("/ColorSpace", Dictionary())
        for name, space in list(spaces.items()):
            spaces[name] = self._space(space)
        for name in (ONE, FOUR):
            spaces[name] = self._own(name)
        resources.ColorSpace = spaces
        for kind in ("/XObject", "/Pattern", "/Shading"):
            for thing in resources.get(kind, Dictionary()).values():
                self._thing(thing, resources, depth)

    def _thing(self, thing: Any, resources: Object, depth: int) -> None:
        if not self._is_new(thing):
            return
        if "/Shading" in thing:
            thing = thing.Shading
        if "/ShadingType" in thing or thing.get("/Subtype") == Name.Image:
            if "/ColorSpace" in thing:
                thing.ColorSpace = self._space(thing.ColorSpace)
            return
        if isinstance(thing, Stream):
            # A form goes on in the colours of the page, a pattern begins anew.
            start = _START if thing.get("/PaintType") == _COLOURED else b""
            thing.write(start + _rewritten(thing.read_bytes()))
            if "/Resources" not in thing:
                thing.Resources = resources
            self._resources(thing.Resources, depth + 1)

    def _is_new(self, thing: Object) -> bool:
        key = thing.objgen
        if key[0] and key in self._seen:
            return False
        self._seen.add(key)
        return True

    def _space(self, space: Object) -> Object:
        if space in _GRAYS:
            return self._own(ONE)
        if space in _CMYKS:
            return self._own(FOUR)
        if not isinstance(space, Array) or len(space) < 2:
            return space
        kind = str(space[0])
        if kind in ("/Indexed", "/I", "/Pattern"):
            return Array([space[0], self._space(space[1]), *list(space)[2:]])
        if kind == "/ICCBased":
            own = {1: ONE, 4: FOUR}.get(int(space[1].get("/N", 0)))
            return self._own(own) if own else space
        if kind == "/Separation" and (name := str(space[1])[1:]) not in NO_INK:
            return self._own(name)
        return space

    def _own(self, name: str) -> Object:
        """Give the space of ours for gray, for four inks, or for an ink of its own."""
        if name not in self._spaces:
            count = 4 if name == FOUR else 1
            tint = self.file.make_stream(_tint(name, ""))
            tint.FunctionType = 4
            tint.Domain = Array([0, 1] * count)
            tint.Range = Array([0, 1])
            names = Array([Name("/" + ink) for ink in PROCESS[:count]])
            space = Array([Name.DeviceN, names, Name.DeviceGray, tint])
            self.tints[name] = tint
            self._spaces[name] = self.file.make_indirect(space)
        return self._spaces[name]


def _rewritten(content: bytes) -> bytes:
    """Ask for gray and for four inks in spaces of ours."""
    return _TOKEN.sub(_in_ours, content)


def _in_ours(found: re.Match[bytes]) -> bytes:
    if found["device"]:
        return b"%b %b" % (_DEVICES[found["device"]].encode(), found["chosen"])
    operator = found["operator"]
    if operator is None:
        return found[0]
    space = _OPERATORS[operator].encode()
    set_space, set_colour = (b"CS", b"SCN") if operator.isupper() else (b"cs", b"scn")
    return b"%b %b %b%b" % (space, set_space, found["numbers"], set_colour)
