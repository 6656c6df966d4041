"""What colours and veils the content streams of a print file ask for (ISO 32000-1, 8.6 and 11).

pdfium tells every colour as red, green and blue; which inks a file asks for stands only in its
content streams and resources. Only this file and the two
beside it know pikepdf, and change nothing.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

from chapbook.preflight.ink_pictures import darkest
from chapbook.preflight.ink_spaces import inks_of_function, number, space_of
from chapbook.preflight.sides import NO_MARK, Ink, Painted, Space, Veil

_DEEPEST = 12
# Strings are passed over whole, so that nothing in them is taken for an operator. What an operator
# begins with is looked for first: that is three times as fast as trying each in turn.
_TOKEN = re.compile(
    rb"""
    [(%/<BE\d.+-](?:
        (?<=\()(?P<string>(?:[^()\\]|\\.|\((?:[^()\\]|\\.)*+\))*+\))
        |(?<=%)(?P<remark>[^\r\n]*+)
        |(?<=[\s\])>][\d.+-])[\d.]*+\s++(?:[-+]?[\d.]++\s++)*+
            (?P<paint>rg|RG|g|G|k|K|scn|SCN|sc|SC)(?![^\s/\[(<])
        |(?<=/)(?P<name>[^\s/\[\]()<>{}%]++)(?:
            \s*+(?P<call>cs|CS|gs|Do|sh|scn|SCN)(?![^\s/\[(<])
            |\s++[-+\d.]++\s++(?P<font>Tf)(?![^\s/\[(<])
            |(?<=/MCID)\s*+(?P<mark>\d++)
        )
        |(?<=\sB)(?P<begin>[MD]C)(?![^\s/\[(<])
        |(?<=\sE)(?P<end>MC)(?!\S)
        |(?<=<)(?:[0-9A-Fa-f]{4})*?(?P<notdef>0000)(?:[0-9A-Fa-f]{4})*>
        |(?<=\sB)(?P<inline>I)(?=[\s/])
    )
    """,
    re.VERBOSE | re.DOTALL,
)
# Most of a stream is the numbers of glyphs, which only matter where one of them is 0.
_GLYPHS = re.compile(rb"\[[<>0-9A-Fa-f\s.+-]*+\]\s*+TJ")
_NO_GLYPH = b"0000"
_INLINE_SPACE = re.compile(rb"/(?:ColorSpace|CS)\s*+/?([^\s/\[\]]++|\[[^\]]*+\])")
_INLINE_END = re.compile(rb"\sEI(?=[\s]|$)")
_DEVICE = {"g": Space.GRAY, "rg": Space.RGB, "k": Space.CMYK}
_DRAWN = {"Do": "/XObject", "sh": "/Shading", "scn": "/Pattern", "SCN": "/Pattern"}
_OPAQUE = {"/Normal", "/Compatible"}


def read_paint(pdf: bytes, are_measured: bool = False) -> tuple[Painted, ...]:
    """Say what each page asks for, nothing where the file can not be read.

    Where images `are_measured`, their ink is told, which takes time.
    """
    try:
        with pikepdf.open(io.BytesIO(pdf)) as file:
            walker = _Walker(are_measured)
            return tuple(walker.page(page.obj) for page in file.pages)
    except pikepdf.PdfError:
        return ()


@dataclass(slots=True)
class _Found:
    """What was met so far."""

    inks: set[Ink] = field(default_factory=set)
    veils: set[Veil] = field(default_factory=set)
    notdefs: set[int] = field(default_factory=set)

    def take(self, inner: "Painted", mark: int) -> None:
        """Take over what a form shows, as shown where it is called."""
        self.inks |= {replace(ink, mark=mark) for ink in inner.inks}
        self.veils |= {replace(veil, mark=mark) for veil in inner.veils}
        self.notdefs |= {mark} if inner.notdefs else set()

    def closed(self) -> Painted:
        return Painted(
            tuple(sorted(self.inks)), tuple(sorted(self.veils)), tuple(sorted(self.notdefs))
        )


class _Walker:
    """Walks pages, and what they call, each thing once."""

    def __init__(self, are_measured: bool) -> None:
        self._are_measured = are_measured
        self._known: dict[tuple[int, int], Painted] = {}
        self._states: dict[tuple[int, int], tuple[str, ...]] = {}

    def page(self, page: Object) -> Painted:
        found = _Found()
        contents = page.get("/Contents", Array())
        streams = list(contents) if isinstance(contents, Array) else [contents]
        data = b"\n".join(one.read_bytes() for one in streams if isinstance(one, Stream))
        _Content(self, _resources(page), found, 0).read(data)
        return found.closed()

    def thing(self, thing: Object, resources: Object, depth: int) -> Painted:
        """Say what a form, an image, a pattern or a shading asks for."""
        key = thing.objgen
        if key in self._known and key[0]:
            return self._known[key]
        self._known[key] = Painted()  # what calls itself adds nothing
        found = _Found()
        if depth < _DEEPEST:
            self._look(thing, resources, found, depth)
        self._known[key] = found.closed()
        return self._known[key]

    def _look(self, thing: Object, resources: Object, found: _Found, depth: int) -> None:
        if "/ShadingType" in thing:
            found.inks |= set(_shading(thing, resources))
        elif "/Shading" in thing:
            found.inks |= set(_shading(thing.Shading, resources))
        elif thing.get("/Subtype") == Name.Image:
            self._image(thing, resources, found)
        elif isinstance(thing, Stream):
            own = thing.get("/Resources", resources)
            _Content(self, own, found, depth).read(thing.read_bytes())

    def _image(self, image: Object, resources: Object, found: _Found) -> None:
        if "/SMask" in image:
            found.veils.add(Veil("a soft mask"))
        if image.get("/ImageMask", False):
            return
        space, name = space_of(image.get("/ColorSpace"), resources)
        if space is not None:
            is_measured = self._are_measured and space is Space.CMYK
            values = darkest(image) if is_measured and isinstance(image, Stream) else ()
            found.inks.add(Ink(space, values, "image", name=name))

    def state(self, state: Object) -> tuple[str, ...]:
        """Name what a graphics state lets show through."""
        key = state.objgen
        if key not in self._states or not key[0]:
            self._states[key] = tuple(_veils_of(state))
        return self._states[key]


class _Content:
    """Reads one content stream."""

    def __init__(self, walker: _Walker, resources: Object, found: _Found, depth: int) -> None:
        self._walker, self._resources = walker, resources
        self._found, self._depth = found, depth
        self._marks: list[int] = []
        self._coming = NO_MARK
        self._spaces: dict[bool, Object | None] = {False: None, True: None}
        self._is_wide = False

    def read(self, data: bytes) -> None:
        if _NO_GLYPH not in data:
            data = _GLYPHS.sub(b"", data)
        data = b"\n" + data
        position = 0
        while token := _TOKEN.search(data, position):
            position = token.end()
            kind = token.lastgroup
            if kind == "paint":
                self._paint(token[0].split()[:-1], token["paint"].decode())
            elif kind == "call":
                self._call("/" + token["name"].decode("latin-1"), token["call"].decode())
            elif kind == "inline":
                position = self._inline(data, position)
            elif kind == "font":
                self._is_wide = self._is_numbered("/" + token["name"].decode("latin-1"))
            elif kind == "notdef" and self._is_wide:
                self._found.notdefs.add(self._mark)
            else:
                self._follow(kind, token)

    def _follow(self, kind: str | None, token: re.Match[bytes]) -> None:
        if kind == "mark":
            self._coming = int(token["mark"])
        elif kind == "begin":
            self._marks.append(self._coming)
            self._coming = NO_MARK
        elif kind == "end" and self._marks:
            self._marks.pop()

    @property
    def _mark(self) -> int:
        return next((mark for mark in reversed(self._marks) if mark != NO_MARK), NO_MARK)

    def _paint(self, operands: list[bytes], operator: str) -> None:
        values = tuple(number(one) for one in operands)
        if operator.lower() in _DEVICE:
            space, name = _DEVICE[operator.lower()], ""
        else:
            own = self._spaces[operator.isupper()]
            known, name = space_of(own, self._resources) if own is not None else (None, "")
            if known is None:
                return
            space = known
        self._found.inks.add(Ink(space, _per_cent(values), "colour", self._mark, name))

    def _call(self, name: str, operator: str) -> None:
        if operator in ("cs", "CS"):
            listed = self._listed("/ColorSpace", name)
            self._spaces[operator == "CS"] = Name(name) if listed is None else listed
        elif operator == "gs" and (state := self._listed("/ExtGState", name)) is not None:
            self._found.veils |= {Veil(what, self._mark) for what in self._walker.state(state)}
        elif operator in _DRAWN:
            thing = self._listed(_DRAWN[operator], name)
            if thing is not None:
                self._take(thing)

    def _take(self, thing: Object) -> None:
        inner = self._walker.thing(thing, self._resources, self._depth + 1)
        self._found.take(inner, self._mark)
        group = thing.get("/Group")
        if group is not None and group.get("/S") == Name.Transparency:
            self._found.veils.add(Veil("a transparency group", self._mark))

    def _listed(self, kind: str, name: str) -> Object | None:
        entries = self._resources.get(kind)
        return entries.get(name) if isinstance(entries, Dictionary) else None

    def _is_numbered(self, name: str) -> bool:
        font = self._listed("/Font", name)
        return font is not None and str(font.get("/Encoding", "")).startswith("/Identity")

    def _inline(self, data: bytes, position: int) -> int:
        """Take an inline image (8.9.7), and pass over what it shows."""
        start = data.find(b"ID", position)
        end = _INLINE_END.search(data, start + 2) if start >= 0 else None
        if end is None:
            return len(data)
        if asked := _INLINE_SPACE.search(data, position, start):
            space, name = space_of(Object.parse(_object(asked[1])), self._resources)
            if space is not None:
                self._found.inks.add(Ink(space, (), "image", self._mark, name))
        return end.end()


def _object(written: bytes) -> bytes:
    return written if written.startswith(b"[") else b"/" + written


def _resources(page: Object) -> Object:
    """Give the resources of a page, its own or those that it inherits."""
    for _ in range(_DEEPEST):
        if "/Resources" in page:
            return page.Resources
        if "/Parent" not in page:
            break
        page = page.Parent
    return Dictionary()


def _shading(shading: Object, resources: Object) -> Iterator[Ink]:
    space, name = space_of(shading.get("/ColorSpace"), resources)
    if space is None:
        return
    yield Ink(space, (), "shading", name=name)
    for values in inks_of_function(shading.get("/Function")):
        yield Ink(space, _per_cent(values), "shading", name=name)


def _veils_of(state: Object) -> Iterator[str]:
    if any(number(state.get(key, 1)) < 1 for key in ("/ca", "/CA")):
        yield "opacity below 100 %"
    if state.get("/SMask", Name.None_) != Name.None_:
        yield "a soft mask"
    blend = state.get("/BM", Name.Normal)
    modes = list(blend) if isinstance(blend, Array) else [blend]
    if not _OPAQUE & {str(mode) for mode in modes}:
        yield "a blend mode"


def _per_cent(values: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(round(value * 100, 2) for value in values)
