"""Read a PDF as its reader will see it; only this file knows pdfium.

pdfium shares no code with the makers of the file. A character counts where its middle lies
inside the trimmed page (TrimBox, ISO 32000-1, 14.11.2) and inside what clips it. What is marked
as an artifact (14.8.2.2), running heads and folios, is no part of the text.
"""

import ctypes
import hashlib
from collections.abc import Container, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

_SLACK = 1.0
_ARTIFACT = "Artifact\0".encode("utf-16-le")
_NAME = (ctypes.c_ushort * 16)()
_SIZE = ctypes.c_ulong()
_TEXT, _FORM = pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_FORM


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
        reader = _PageText(page, text)
        pieces = tuple(reader.pieces())
        alternatives = tuple(_alternatives(page)) if is_illustrated else ()
        return Printed(pieces, alternatives, reader.draws_forms)
    finally:
        text.close()
        page.close()


@dataclass(slots=True)
class _PageText:
    page: pypdfium2.PdfPage
    text: pypdfium2.PdfTextPage
    buffer: ctypes.Array[ctypes.c_ushort] = field(default_factory=(ctypes.c_ushort * 1024))
    sides: tuple[ctypes.c_float, ...] = field(
        default_factory=lambda: tuple(ctypes.c_float() for _ in range(4))
    )
    characters: dict[int, list[tuple[str, _Box]]] = field(default_factory=dict)
    draws_forms: bool = False

    def pieces(self) -> Iterator[str]:
        """Give what each object shows of its text."""
        trim = _Box(*self.page.get_trimbox())
        raw = self.page.raw
        for index in range(pdfium.FPDFPage_CountObjects(raw)):
            thing = pdfium.FPDFPage_GetObject(raw, index)
            kind = pdfium.FPDFPageObj_GetType(thing)
            if kind == _TEXT and not _is_artifact(thing):
                yield self._shown(thing, trim)
            elif kind == _FORM and not _is_artifact(thing):
                self.draws_forms = True
                yield from self._inside(thing, self._clipped(thing, trim))

    def _shown(self, thing: object, trim: _Box) -> str:
        window = self._clipped(thing, trim)
        left, bottom, right, top = self.sides
        pdfium.FPDFPageObj_GetBounds(thing, left, bottom, right, top)
        if (
            window.left - _SLACK <= left.value
            and window.bottom - _SLACK <= bottom.value
            and right.value <= window.right + _SLACK
            and top.value <= window.top + _SLACK
        ):
            return self._whole(thing)
        return self._part(thing, window)

    def _inside(self, form: object, window: _Box) -> Iterator[str]:
        """Give what is seen of the text in a form; its objects' bounds are not the page's."""
        for index in range(pdfium.FPDFFormObj_CountObjects(form)):
            thing = pdfium.FPDFFormObj_GetObject(form, index)
            kind = pdfium.FPDFPageObj_GetType(thing)
            if kind == _TEXT:
                yield self._part(thing, window)
            elif kind == _FORM:
                yield from self._inside(thing, window)

    def _whole(self, thing: object) -> str:
        size = pdfium.FPDFTextObj_GetText(thing, self.text, self.buffer, len(self.buffer) * 2)
        if size > len(self.buffer) * 2:
            self.buffer = (ctypes.c_ushort * size)()
            size = pdfium.FPDFTextObj_GetText(thing, self.text, self.buffer, size)
        return ctypes.string_at(self.buffer, max(size - 2, 0)).decode("utf-16-le", "replace")

    def _part(self, thing: object, window: _Box) -> str:
        if not self.characters:
            self._read_characters()
        drawn = self.characters.get(_address(thing), ())
        return "".join(character for character, box in drawn if window.shows(box))

    def _read_characters(self) -> None:
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        for index in range(pdfium.FPDFText_CountChars(self.text)):
            thing = pdfium.FPDFText_GetTextObject(self.text, index)
            if not thing:
                continue
            pdfium.FPDFText_GetCharBox(self.text, index, left, right, bottom, top)
            box = _Box(left.value, bottom.value, right.value, top.value)
            code = pdfium.FPDFText_GetUnicode(self.text, index)
            self.characters.setdefault(_address(thing), []).append((chr(code), box))

    def _clipped(self, thing: object, window: _Box) -> _Box:
        """Give what the clip of an object leaves of a window; a clip counts as its bounds."""
        clip = pdfium.FPDFPageObj_GetClipPath(thing)
        for path in range(pdfium.FPDFClipPath_CountPaths(clip) if clip else 0):
            points = list(_points(clip, path))
            if points:
                xs, ys = zip(*points, strict=True)
                window = window.meet(_Box(min(xs), min(ys), max(xs), max(ys)))
        return window


def _points(clip: object, path: int) -> Iterator[tuple[float, float]]:
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(pdfium.FPDFClipPath_CountPathSegments(clip, path)):
        segment = pdfium.FPDFClipPath_GetPathSegment(clip, path, index)
        if pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            yield x.value, y.value


def _address(thing: Any) -> int:
    return ctypes.addressof(thing.contents)


def _is_artifact(thing: object) -> bool:
    for index in range(pdfium.FPDFPageObj_CountMarks(thing)):
        mark = pdfium.FPDFPageObj_GetMark(thing, index)
        pdfium.FPDFPageObjMark_GetName(mark, _NAME, ctypes.sizeof(_NAME), _SIZE)
        if _SIZE.value == len(_ARTIFACT) and ctypes.string_at(_NAME, len(_ARTIFACT)) == _ARTIFACT:
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
