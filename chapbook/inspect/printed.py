"""Read a PDF as its reader will see it; only this file and `pdfium_calls` know pdfium.

pdfium shares no code with the makers of the file. A character counts where its middle lies
inside the trimmed page (TrimBox, ISO 32000-1, 14.11.2) and inside what clips it. What is marked
as an artifact (14.8.2.2), running heads and folios, is no part of the text.
"""

import ctypes
import hashlib
from collections.abc import Container, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as pdfium

from chapbook import pdfium_calls as calls

_SLACK = 1.0
_ARTIFACT = "Artifact\0".encode("utf-16-le")
_NAME = (ctypes.c_ushort * 16)()
_SIZE = (ctypes.c_ulong * 1)()
_SIDES = (ctypes.c_float * 4)()
_TEXT, _FORM = pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_FORM


_SIDES_AT = calls.places(_SIDES)


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    bottom: float
    right: float
    top: float

    def shows(self, other: "_Box") -> bool:
        x, y = (other.left + other.right) / 2, (other.bottom + other.top) / 2
        return self.left <= x <= self.right and self.bottom <= y <= self.top

    def meet(self, other: "_Box") -> "_Box":
        return _Box(
            max(self.left, other.left),
            max(self.bottom, other.bottom),
            min(self.right, other.right),
            min(self.top, other.top),
        )


@dataclass(frozen=True, slots=True)
class Printed:
    """What one page shows: pieces of text in the order drawn, and its images' alternatives.

    `draws_forms` says whether it shows any in forms (8.10). A page that can not be read shows
    nothing.
    """

    pieces: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    draws_forms: bool = False


class PrintedFile:
    """A file that is open."""

    def __init__(self, document: pypdfium2.PdfDocument | None) -> None:
        """Read a document; None stands for one that can not be read, which has no pages."""
        self._document = document

    def __len__(self) -> int:
        """Count the pages."""
        return 0 if self._document is None else len(self._document)

    def read(self, numbers: Iterable[int], illustrated: Container[int] = ()) -> Iterator[Printed]:
        """Read pages, counted from 0, in turn; only one is in memory at a time.

        The alternatives, which cost time, are read on the pages that are `illustrated`.
        """
        for number in numbers:
            yield self._read(number, number in illustrated)

    def _read(self, number: int, is_illustrated: bool) -> Printed:
        if self._document is None:
            return Printed()
        try:
            return _read_page(self._document[number], is_illustrated)
        except pypdfium2.PdfiumError:
            return Printed()


@contextmanager
def opened(path: str) -> Iterator[PrintedFile]:
    """Open a file for reading."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        yield PrintedFile(None)
        return
    try:
        yield PrintedFile(document)
    finally:
        document.close()


def text_digest(pieces: Iterable[str]) -> str:
    """Name pieces of text by their digest."""
    return hashlib.sha256("\0".join(pieces).encode("utf-8", "surrogatepass")).hexdigest()


def _read_page(page: pypdfium2.PdfPage, is_illustrated: bool) -> Printed:
    text = page.get_textpage()
    try:
        reader = _PageText(calls.address(page.raw), calls.address(text.raw))
        pieces = tuple(reader.pieces(_Box(*page.get_trimbox())))
        alternatives = tuple(_alternatives(page)) if is_illustrated else ()
        return Printed(pieces, alternatives, reader.draws_forms)
    finally:
        text.close()
        page.close()


@dataclass(slots=True)
class _PageText:
    """The text of one page; it and all things on it are addresses."""

    page: int
    text: int
    buffer: ctypes.Array[ctypes.c_ushort] = field(default_factory=(ctypes.c_ushort * 1024))
    characters: dict[int, list[tuple[str, _Box]]] = field(default_factory=dict)
    draws_forms: bool = False

    def pieces(self, trim: _Box) -> Iterator[str]:
        """Give what each object shows of its text."""
        for index in range(calls.count_objects(self.page)):
            thing = calls.object_at(self.page, index)
            kind = calls.kind_of(thing)
            if kind == _TEXT and not _is_artifact(thing):
                yield self._shown(thing, trim)
            elif kind == _FORM and not _is_artifact(thing):
                self.draws_forms = True
                yield from self._inside(thing, _clipped(thing, trim))

    def _shown(self, thing: int, trim: _Box) -> str:
        window = _clipped(thing, trim)
        calls.bounds_of(thing, *_SIDES_AT)
        left, bottom, right, top = _SIDES
        if (
            window.left - _SLACK <= left
            and window.bottom - _SLACK <= bottom
            and right <= window.right + _SLACK
            and top <= window.top + _SLACK
        ):
            return self._whole(thing)
        return self._part(thing, window)

    def _inside(self, form: int, window: _Box) -> Iterator[str]:
        """Give what is seen of the text in a form; its objects' bounds are not the page's."""
        for index in range(calls.count_in_form(form)):
            thing = calls.object_in_form(form, index)
            kind = calls.kind_of(thing)
            if kind == _TEXT:
                yield self._part(thing, window)
            elif kind == _FORM:
                yield from self._inside(thing, window)

    def _whole(self, thing: int) -> str:
        size = calls.text_of(thing, self.text, self.buffer, len(self.buffer) * 2)
        if size > len(self.buffer) * 2:
            self.buffer = (ctypes.c_ushort * size)()
            size = calls.text_of(thing, self.text, self.buffer, size)
        return ctypes.string_at(self.buffer, max(size - 2, 0)).decode("utf-16-le", "replace")

    def _part(self, thing: int, window: _Box) -> str:
        if not self.characters:
            self._read_characters()
        drawn = self.characters.get(thing, ())
        return "".join(character for character, box in drawn if window.shows(box))

    def _read_characters(self) -> None:
        sides = (ctypes.c_double * 4)()
        left, right, bottom, top = calls.places(sides)
        for index in range(calls.count_characters(self.text)):
            thing = calls.object_of_character(self.text, index)
            if not thing:
                continue
            calls.box_of_character(self.text, index, left, right, bottom, top)
            box = _Box(sides[0], sides[2], sides[1], sides[3])
            code = calls.code_of_character(self.text, index)
            self.characters.setdefault(thing, []).append((chr(code), box))


def _clipped(thing: int, window: _Box) -> _Box:
    """Give what the clip of an object leaves of a window; a clip counts as its bounds."""
    clip = calls.clip_of(thing)
    for path in range(calls.count_clip_paths(clip) if clip else 0):
        points = list(_points(clip, path))
        if points:
            xs, ys = zip(*points, strict=True)
            window = window.meet(_Box(min(xs), min(ys), max(xs), max(ys)))
    return window


def _points(clip: int, path: int) -> Iterator[tuple[float, float]]:
    point = (ctypes.c_float * 2)()
    for index in range(calls.count_clip_segments(clip, path)):
        if calls.point_of(calls.clip_segment_at(clip, path, index), *calls.places(point)):
            yield point[0], point[1]


def _is_artifact(thing: int) -> bool:
    marks = calls.count_marks(thing)
    if marks == 1 and calls.content_id(thing) >= 0:
        return False  # what has a number of its own is tagged content
    for index in range(marks):
        calls.name_of_mark(calls.mark_at(thing, index), _NAME, ctypes.sizeof(_NAME), _SIZE)
        if _SIZE[0] == len(_ARTIFACT) and ctypes.string_at(_NAME, len(_ARTIFACT)) == _ARTIFACT:
            return True
    return False


def _alternatives(page: pypdfium2.PdfPage) -> Iterator[str]:
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    if not tree:
        return
    try:
        for index in range(pdfium.FPDF_StructTree_CountChildren(tree)):
            yield from _alternatives_below(pdfium.FPDF_StructTree_GetChildAtIndex(tree, index))
    finally:
        pdfium.FPDF_StructTree_Close(tree)


def _alternatives_below(top: object) -> Iterator[str]:
    """Walk the structure; a stack, since a page's tree may be deeper than Python's own."""
    waiting = [top]
    while waiting:
        element = waiting.pop()
        if not element:
            continue
        size = pdfium.FPDF_StructElement_GetAltText(element, None, 0)
        if size > 2:
            buffer = ctypes.create_string_buffer(size)
            pdfium.FPDF_StructElement_GetAltText(element, buffer, size)
            yield buffer.raw[: size - 2].decode("utf-16-le", "replace")
        count = pdfium.FPDF_StructElement_CountChildren(element)
        for index in range(count - 1, -1, -1):
            waiting.append(pdfium.FPDF_StructElement_GetChildAtIndex(element, index))
