"""Read the pages of a print file with pdfium, which shares no code with those who made it."""

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as pdfium

from chapbook import pdfium_calls as calls
from chapbook.laid import Rectangle
from chapbook.preflight.sides import NO_MARK, Picture, Run, Space, Stroke, touches

Matrix = tuple[float, float, float, float, float, float]

_AS_IT_IS: Matrix = (1, 0, 0, 1, 0, 0)
_DEEPEST = 12
_FRAME = 10  # segments of two rectangles
_NO_SIDE = 0.01
_TEXT, _PATH, _IMAGE, _FORM = (
    pdfium.FPDF_PAGEOBJ_TEXT,
    pdfium.FPDF_PAGEOBJ_PATH,
    pdfium.FPDF_PAGEOBJ_IMAGE,
    pdfium.FPDF_PAGEOBJ_FORM,
)
_UNSEEN = {pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP}
_SPACES = {
    pdfium.FPDF_COLORSPACE_DEVICEGRAY: Space.GRAY,
    pdfium.FPDF_COLORSPACE_CALGRAY: Space.GRAY,
    pdfium.FPDF_COLORSPACE_DEVICERGB: Space.RGB,
    pdfium.FPDF_COLORSPACE_CALRGB: Space.RGB,
    pdfium.FPDF_COLORSPACE_DEVICECMYK: Space.CMYK,
    pdfium.FPDF_COLORSPACE_LAB: Space.LAB,
    pdfium.FPDF_COLORSPACE_SEPARATION: Space.SPOT,
    pdfium.FPDF_COLORSPACE_DEVICEN: Space.SPOT,
}
_FURNITURE, _FIGURE = "Artifact", "Figure"


@dataclass(frozen=True, slots=True)
class Drawn:
    """What one page shows; `figures` has the marks of its pictures, in order."""

    trim: Rectangle
    bleed: Rectangle
    runs: tuple[Run, ...] = field(repr=False)
    pictures: tuple[Picture, ...] = field(repr=False)
    strokes: tuple[Stroke, ...] = field(repr=False)
    figures: dict[int, tuple[int, int] | None] = field(repr=False)


def read_pages(pdf: bytes) -> Iterator[Drawn]:
    """Read the pages in turn; nothing where pdfium can not open the file."""
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError:
        return
    try:
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage()
            try:
                yield _Reader(page, text).read()
            finally:
                text.close()
                page.close()
    finally:
        document.close()


@dataclass(frozen=True, slots=True)
class _Mark:
    """What the content around an object says of it."""

    number: int = NO_MARK
    name: str = ""


@dataclass(slots=True)
class _Letters:
    """The characters of a text object, and the spaces between its words."""

    characters: list[str] = field(default_factory=list)
    gaps: list[tuple[float, float]] = field(default_factory=list)
    last: int = -1
    is_apart: bool = False


class _Reader:
    """Reads one page."""

    def __init__(self, page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage) -> None:
        self._page = calls.address(page.raw)
        self._text = calls.address(text.raw)
        self._trim: Rectangle = page.get_trimbox()
        self._bleed: Rectangle = page.get_bleedbox()
        self._letters: dict[int, _Letters] = {}
        self._runs: list[Run] = []
        self._pictures: list[Picture] = []
        self._strokes: list[Stroke] = []
        self._figures: dict[int, tuple[int, int] | None] = {}
        self._fonts: dict[int, tuple[str, bool]] = {}
        self._sides = (ctypes.c_float * 4)()
        self._sides_at = calls.places(self._sides)
        self._matrix = (ctypes.c_float * 6)()
        self._number = ctypes.c_float()

    def read(self) -> Drawn:
        self._read_letters()
        for index in range(calls.count_objects(self._page)):
            thing = calls.object_at(self._page, index)
            self._take(thing, _AS_IT_IS, self._mark_of(thing), 0)
        return Drawn(
            self._trim,
            self._bleed,
            tuple(self._runs),
            tuple(self._pictures),
            tuple(self._strokes),
            self._figures,
        )

    def _take(self, thing: int, matrix: Matrix, mark: _Mark, depth: int) -> None:
        kind = calls.kind_of(thing)
        if kind == _FORM:
            inner = _times(self._matrix_of(thing), matrix)
            for index in range(calls.count_in_form(thing) if depth < _DEEPEST else 0):
                self._take(calls.object_in_form(thing, index), inner, mark, depth + 1)
            return
        box = self._bounds(thing, matrix)
        if not touches(box, self._bleed):
            return
        if mark.name == _FIGURE:
            self._figures.setdefault(mark.number, None)
        if kind == _TEXT:
            self._take_text(thing, _times(self._matrix_of(thing), matrix), box, mark)
        elif kind == _IMAGE:
            self._take_image(thing, _times(self._matrix_of(thing), matrix), box, mark)
        elif kind == _PATH:
            self._take_path(thing, _times(self._matrix_of(thing), matrix), box, mark)

    def _take_text(self, thing: int, matrix: Matrix, box: Rectangle, mark: _Mark) -> None:
        letters = self._letters.get(thing)
        if letters is None:
            return
        calls.font_size(thing, ctypes.addressof(self._number))
        name, is_embedded = self._font(calls.font_of(thing))
        self._runs.append(
            Run(
                text="".join(letters.characters),
                box=box,
                size=self._number.value * _height(matrix),
                baseline=matrix[5],
                font=name,
                is_embedded=is_embedded,
                mark=mark.number,
                is_furniture=mark.name == _FURNITURE,
                is_figure=mark.name == _FIGURE,
                is_level=matrix[0] > 0 and abs(matrix[1]) < abs(matrix[0]) / 100,
                is_seen=calls.render_mode(thing) not in _UNSEEN,
                gaps=tuple(letters.gaps),
            )
        )

    def _take_image(self, thing: int, matrix: Matrix, box: Rectangle, mark: _Mark) -> None:
        facts = pdfium.FPDF_IMAGEOBJ_METADATA()
        calls.image_facts(thing, self._page, ctypes.addressof(facts))
        pixels = facts.width, facts.height
        if mark.name == _FIGURE and self._figures[mark.number] is None:
            self._figures[mark.number] = pixels
        self._pictures.append(
            Picture(
                pixels=pixels,
                printed=(_width(matrix), _height(matrix)),
                box=box,
                space=_SPACES.get(facts.colorspace),
                mark=mark.number,
                is_furniture=mark.name == _FURNITURE,
                is_figure=mark.name == _FIGURE,
            )
        )

    def _take_path(self, thing: int, matrix: Matrix, box: Rectangle, mark: _Mark) -> None:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        calls.draw_mode(thing, ctypes.addressof(fill), ctypes.addressof(stroke))
        if not fill.value and not stroke.value:
            return
        calls.stroke_width(thing, ctypes.addressof(self._number))
        scale = _scale(matrix)
        width = self._number.value * scale if stroke.value else self._frame(thing, scale)
        is_figure = mark.name == _FIGURE
        self._strokes.append(Stroke(box, width, bool(fill.value), mark.number, is_figure))

    def _frame(self, path: int, scale: float) -> float | None:
        """Give the thinnest side of what is filled between two rectangles, as borders are drawn."""
        if calls.count_segments(path) != _FRAME:
            return None
        points = [self._point_of(calls.segment_at(path, index)) for index in range(_FRAME)]
        outer, inner = (_box_of(part) for part in (points[: _FRAME // 2], points[_FRAME // 2 :]))
        sides = [abs(one - other) * scale for one, other in zip(outer, inner, strict=True)]
        return min((side for side in sides if side > _NO_SIDE), default=None)

    def _point_of(self, segment: int) -> tuple[float, float]:
        calls.point_of(segment, *self._sides_at[:2])
        return self._sides[0], self._sides[1]

    def _read_letters(self) -> None:
        text, box = self._text, pdfium.FS_RECTF()
        where, letters = ctypes.addressof(box), self._letters
        for index in range(calls.count_characters(text)):
            thing = calls.object_of_character(text, index)
            if not thing:
                continue
            own = letters.get(thing)
            if own is None:
                own = letters[thing] = _Letters()
            code = calls.code_of_character(text, index)
            own.characters.append(chr(code))
            if code == 0x20 or code == 0xA0:
                own.is_apart = True
                continue
            if own.is_apart and own.last >= 0:
                calls.loose_box_of_character(text, own.last, where)
                left = box.right
                calls.loose_box_of_character(text, index, where)
                own.gaps.append((left, box.left))
            own.is_apart = False
            own.last = index

    def _bounds(self, thing: int, matrix: Matrix) -> Rectangle:
        """Give the bounds on the page; an object in a form knows only those in the form."""
        calls.bounds_of(thing, *self._sides_at)
        left, bottom, right, top = self._sides
        if matrix is _AS_IT_IS:
            return left, bottom, right, top
        return _box_of([_point(matrix, x, y) for x in (left, right) for y in (bottom, top)])

    def _matrix_of(self, thing: int) -> Matrix:
        calls.matrix_of(thing, ctypes.addressof(self._matrix))
        a, b, c, d, e, f = self._matrix
        return a, b, c, d, e, f

    def _mark_of(self, thing: int) -> _Mark:
        number, name = calls.content_id(thing), ""
        for index in range(calls.count_marks(thing)):
            name = _name(calls.mark_at(thing, index))
            if name in (_FURNITURE, _FIGURE):
                break
        return _Mark(number, name)

    def _font(self, font: int) -> tuple[str, bool]:
        if font not in self._fonts:
            buffer = ctypes.create_string_buffer(256)
            calls.font_name(font, ctypes.addressof(buffer), len(buffer))
            name = buffer.value.decode("utf-8", "replace")
            self._fonts[font] = name, calls.is_embedded(font) == 1
        return self._fonts[font]


_NAME = (ctypes.c_ushort * 32)()
_SIZE = ctypes.c_ulong()


def _name(mark: int) -> str:
    where = ctypes.addressof(_NAME)
    calls.name_of_mark(mark, where, ctypes.sizeof(_NAME), ctypes.addressof(_SIZE))
    return ctypes.string_at(where, max(_SIZE.value - 2, 0)).decode("utf-16-le", "replace")


def _times(one: Matrix, other: Matrix) -> Matrix:
    """Give the matrix that does one, then the other."""
    if other is _AS_IT_IS:
        return one
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def _box_of(points: Sequence[tuple[float, float]]) -> Rectangle:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _point(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _width(matrix: Matrix) -> float:
    return float((matrix[0] ** 2 + matrix[1] ** 2) ** 0.5)


def _height(matrix: Matrix) -> float:
    return float((matrix[2] ** 2 + matrix[3] ** 2) ** 0.5)


def _scale(matrix: Matrix) -> float:
    return float(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]) ** 0.5)
