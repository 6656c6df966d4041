"""The walk over a file: every page, and all that its content streams call by name."""

from collections.abc import Callable, Iterator
from functools import cached_property

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from chapbook.prepress.colour.functions import UnconvertibleError, numbers
from chapbook.prepress.colour.gradients import convert_gradient
from chapbook.prepress.colour.painting import (
    OVERPRINT,
    Painter,
    Reader,
    pattern_name,
)
from chapbook.prepress.colour.pictures import convert_picture
from chapbook.prepress.colour.press import Ink, Mask, Press
from chapbook.prepress.colour.spaces import Space, device_name, read_space
from chapbook.prepress.colour.spots import spot_space
from chapbook.prepress.colour.syntax import UnreadableError

_OURS = "Ink"  # how the names that we add begin
_DEPTH = 64


class Walk:
    """Puts one file into ink. `trouble` are what could not be, with the pages they are on."""

    def __init__(self, file: pikepdf.Pdf, press: Press) -> None:
        """Keep the file, which is changed in place, and the press."""
        self._file, self._press = file, press
        self._done: set[tuple[int, int]] = set()
        self._resources: list[pikepdf.Object] = []
        self._waiting: list[tuple[pikepdf.Object, Press]] = []
        self.trouble: dict[str, dict[int, None]] = {}

    def run(self) -> None:
        """Convert all pages."""
        for number, page in enumerate(self._file.pages, 1):
            self._press.page = number
            self._page(page.obj)
        for resources in self._resources:
            _drop_spaces(resources)

    @cached_property
    def _mask(self) -> Press:
        return Mask(self._press.separation)

    def _page(self, page: pikepdf.Object) -> None:
        resources = _inherited(page, "/Resources")
        if resources is None:
            resources = page.Resources = Dictionary()
        self._group(page, self._press)
        if "/Thumb" in page:
            del page.Thumb
        content = _joined(page.get("/Contents"))
        changed = self._repaint(content, resources, self._press, is_page=True)
        if changed != content:
            page.Contents = self._file.make_stream(changed)
        self._waiting.append((resources, self._press))
        for note in page.get("/Annots", []):
            self._annotation(note)
        while self._waiting:
            self._all(*self._waiting.pop())

    def _annotation(self, note: pikepdf.Object) -> None:
        for look in _streams(note.get("/AP", Dictionary())):
            self._form(look, self._press, Dictionary(), 1.0)
        for at in (note, note.get("/MK", Dictionary())):
            for key in ("/C", "/IC", "/BC", "/BG"):
                if key in at and len(at[key]) in (1, 3, 4):
                    values = self._press.mix(numbers(at[key]))
                    at[key] = Array([round(value, 4) for value in values])

    def _first(self, thing: pikepdf.Object) -> bool:
        """Tell whether a thing is met for the first time; direct ones always are."""
        if thing.objgen == (0, 0):
            return True
        if thing.objgen in self._done:
            return False
        self._done.add(thing.objgen)
        return True

    def _attempt(self, work: Callable[[], None]) -> None:
        try:
            work()
        except UnconvertibleError as found:
            self._report(str(found))
        except (AttributeError, LookupError, OSError, TypeError, ValueError, pikepdf.PdfError):
            self._report("a broken object")

    def _report(self, what: str) -> None:
        self.trouble.setdefault(what, {})[self._press.page] = None

    # Content streams

    def _repaint(
        self,
        content: bytes,
        resources: pikepdf.Object,
        press: Press,
        *,
        is_page: bool = False,
        scale: float = 1.0,
    ) -> bytes:
        reader = self._reader(resources, press)
        try:
            try:
                return Painter(press, reader, is_page=is_page, scale=scale).repaint(content)
            except UnreadableError:
                plain = self._plain(content, resources, press)
                return Painter(press, reader, is_page=is_page, scale=scale).repaint(plain)
        except UnconvertibleError as found:
            self._report(str(found))
        except (UnreadableError, pikepdf.PdfError):
            self._report("a content stream that cannot be read")
        return content

    def _plain(self, content: bytes, resources: pikepdf.Object, press: Press) -> bytes:
        """Write a stream plainly; a picture in the line becomes one of the resources."""
        parsed = []
        for found in pikepdf.parse_content_stream(self._file.make_stream(content)):
            if isinstance(found, pikepdf.ContentStreamInlineImage):
                name = self._named_picture(found.iimage, resources, press)
                found = pikepdf.ContentStreamInstruction([Name("/" + name)], pikepdf.Operator("Do"))
            parsed.append(found)
        return pikepdf.unparse_content_stream(parsed)

    def _named_picture(
        self, inline: pikepdf.PdfInlineImage, resources: pikepdf.Object, press: Press
    ) -> str:
        picture = self._file.make_stream(inline.read_raw_bytes(), inline.obj)
        picture.Type, picture.Subtype = Name.XObject, Name.Image
        self._first(picture)
        self._attempt(lambda: self._picture(picture, press, resources))
        if "/XObject" not in resources:
            resources.XObject = Dictionary()
        name = f"InkPicture{picture.objgen[0]}"
        resources.XObject["/" + name] = picture
        return name

    def _reader(self, resources: pikepdf.Object, press: Press) -> Reader:
        spaces: dict[str, Space] = {}

        def space(name: str) -> Space:
            if name not in spaces:
                spaces[name] = read_space(Name("/" + name), resources)
            return spaces[name]

        def draw(name: str, scale: float) -> bool:
            drawn = resources.get("/XObject", Dictionary()).get("/" + name)
            if not isinstance(drawn, Stream):
                return False
            if drawn.get("/Subtype") == Name.Form:
                self._form(drawn, press, resources, scale)
                return True
            return bool(drawn.get("/ImageMask", False))

        def call(name: str, ink: Ink | None) -> None:
            self._add(resources, name, ink)

        return Reader(space, draw, call)

    def _add(self, resources: pikepdf.Object, name: str, ink: Ink | None) -> None:
        """See to it that a name of ours is among the resources."""
        kind = "/ColorSpace" if ink else "/ExtGState"
        if kind not in resources:
            resources[kind] = Dictionary()
        if "/" + name in resources[kind]:
            return
        if ink is None:
            on = name == OVERPRINT
            resources[kind]["/" + name] = Dictionary(OP=on, op=on, OPM=int(on))
            return
        base = spot_space(self._press, ink.spot) if ink.spot else None
        if name == pattern_name(ink):
            under = base or Name("/" + device_name(len(ink.values)))
            resources[kind]["/" + name] = Array([Name.Pattern, under])
        elif base is not None:
            resources[kind]["/" + name] = base

    # What content calls by name

    def _all(self, resources: pikepdf.Object, press: Press) -> None:
        """Convert what is among the resources, drawn or not."""
        if resources.objgen != (0, 0) and not self._first(resources):
            return
        self._resources.append(resources)
        # Masks first: they may stand among the objects that are drawn, too.
        for state in _values(resources, "/ExtGState"):
            self._state(state, resources)
        for drawn in _values(resources, "/XObject"):
            self._object(drawn, press, resources)
        for shading in _values(resources, "/Shading"):
            self._gradient(shading, press, resources)
        for pattern in _values(resources, "/Pattern"):
            self._pattern(pattern, press, resources)
        for font in _values(resources, "/Font"):
            if font.get("/Subtype") == Name.Type3 and self._first(font):
                self._letters(font, press, resources)

    def _object(self, drawn: pikepdf.Object, press: Press, resources: pikepdf.Object) -> None:
        if not isinstance(drawn, Stream):
            return
        if drawn.get("/Subtype") == Name.Form:
            self._form(drawn, press, resources, 1.0)
        elif drawn.get("/Subtype") == Name.Image and self._first(drawn):
            self._attempt(lambda: self._picture(drawn, press, resources))

    def _pattern(self, pattern: pikepdf.Object, press: Press, resources: pikepdf.Object) -> None:
        if isinstance(pattern, Stream):
            self._form(pattern, press, resources, 1.0)
        elif self._first(pattern):
            self._gradient(pattern.Shading, press, resources)
            self._state(pattern.get("/ExtGState"), resources)

    def _picture(self, drawn: Stream, press: Press, resources: pikepdf.Object) -> None:
        convert_picture(drawn, press, self._file, resources)
        for key in ("/SMask", "/Mask"):
            mask = drawn.get(key)
            if isinstance(mask, Stream) and self._first(mask):
                convert_picture(mask, self._mask, self._file, resources)

    def _gradient(self, shading: pikepdf.Object, press: Press, resources: pikepdf.Object) -> None:
        if self._first(shading):
            self._attempt(lambda: convert_gradient(shading, press, resources))

    def _form(self, form: Stream, press: Press, outer: pikepdf.Object, scale: float) -> None:
        if not self._first(form):
            return
        resources = form.get("/Resources", outer)
        self._group(form, press)
        content = form.read_bytes()
        changed = self._repaint(content, resources, press, scale=scale)
        if changed != content:
            form.write(changed)
        self._waiting.append((resources, press))

    def _letters(self, font: pikepdf.Object, press: Press, outer: pikepdf.Object) -> None:
        for drawn in _values(font, "/CharProcs"):
            if isinstance(drawn, Stream):
                self._form(drawn, press, font.get("/Resources", outer), 1.0)

    def _state(self, state: pikepdf.Object | None, resources: pikepdf.Object) -> None:
        if state is None or not isinstance(state.get("/SMask"), Dictionary):
            return
        mask = state.SMask
        group = mask.G
        if not isinstance(group, Stream):
            return
        if "/BC" in mask and self._first(mask):
            space = read_space(group.Group.get("/CS", Name.DeviceGray), resources)
            mask.BC = Array(self._mask.mix(space.colour(numbers(mask.BC))))
        self._form(group, self._mask, resources, 1.0)

    def _group(self, owner: pikepdf.Object, press: Press) -> None:
        """Reckon transparency in the inks of the press."""
        group = owner.get("/Group")
        if isinstance(group, Dictionary) and "/CS" in group and press.device:
            group.CS = Name("/" + press.device)


def _joined(contents: pikepdf.Object | None) -> bytes:
    if contents is None:
        return b""
    parts = [contents] if isinstance(contents, Stream) else list(contents)
    return b"\n".join(part.read_bytes() for part in parts)


def _inherited(page: pikepdf.Object, key: str) -> pikepdf.Object | None:
    for _ in range(_DEPTH):
        if key in page:
            found: pikepdf.Object = page[key]
            return found
        if "/Parent" not in page:
            return None
        page = page.Parent
    return None


def _values(owner: pikepdf.Object, key: str) -> Iterator[pikepdf.Object]:
    entries = owner.get(key)
    if isinstance(entries, Dictionary):
        for name in sorted(entries.keys()):
            if isinstance(entries[name], Dictionary | Stream):
                yield entries[name]


def _streams(looks: pikepdf.Object) -> Iterator[Stream]:
    if isinstance(looks, Stream):
        yield looks
    elif isinstance(looks, Dictionary):
        for name in sorted(looks.keys()):
            yield from _streams(looks[name])


def _drop_spaces(resources: pikepdf.Object) -> None:
    """Take out the spaces that content no longer calls."""
    spaces = resources.get("/ColorSpace")
    if not isinstance(spaces, Dictionary):
        return
    for name in sorted(spaces.keys()):
        if not name.startswith("/" + _OURS) and not _is_kept(spaces[name]):
            del spaces[name]


def _is_kept(space: pikepdf.Object) -> bool:
    if isinstance(space, Array) and len(space) > 1 and space[0] == Name.Separation:
        return str(space[1]) in ("/All", "/None")
    return False
