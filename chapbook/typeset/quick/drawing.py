"""Draw lines of text with what is known of each glyph from the lines before.

The engine asks Pango for the font of every run, and works out the width of every glyph anew.
What is rare (letters that are pictures, or that the font has not, raised ones, ellipses,
underlines) is left to the engine.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from weasyprint import draw
from weasyprint.text.ffi import FROM_UNITS, ffi, pango

from chapbook.typeset.galley.swap import swapped
from chapbook.typeset.quick.lines import Line

NUMBERS = ffi.sizeof("PangoGlyphInfo") // ffi.sizeof("int")  # glyph, width, offsets, flags
NO_GLYPH = pango.PANGO_GLYPH_EMPTY
SMALLEST = 1e-6  # pixels; the engine draws no smaller type

Glyph = tuple[int, int, int]  # its number, its width, how far it stands to the right
Piece = tuple[str, float, bytes]  # the name of the font, its size, what is shown


class _RareError(Exception):
    """Raised where a line has something that the engine had better draw."""


class _Face:
    """A font at a size: how each glyph that was met is written."""

    def __init__(self, stream: Any, pango_font: Any, keeper: Any) -> None:
        self.font, self.size = stream.add_font(pango_font)
        self.written: dict[Glyph, str] = {}
        font = self.font
        self.is_rare = bool(font.bitmap or font.png or font.svg or font.colr)
        self._pango_font = pango_font
        self._keeper = keeper  # the layout that keeps the font alive

    def write(self, stream: Any, item: Any, text: str) -> str:
        """Write the glyphs of a run in the syntax of PDF; raises `_RareError`."""
        string = item.glyphs
        count = string.num_glyphs
        numbers = ffi.unpack(ffi.cast("int *", string.glyphs), count * NUMBERS)
        if any(numbers[3::NUMBERS]):
            raise _RareError
        glyphs = list(zip(*(numbers[n::NUMBERS] for n in range(3)), strict=True))
        try:
            return "".join(map(self.written.__getitem__, glyphs))
        except KeyError:
            self._learn(stream, item, text, glyphs)
            return "".join(map(self.written.__getitem__, glyphs))

    def _learn(self, stream: Any, item: Any, text: str, glyphs: Sequence[Glyph]) -> None:
        if max(glyphs)[0] > NO_GLYPH or item.item.analysis.level % 2:
            raise _RareError
        clusters = [*item.glyphs.log_clusters[0 : len(glyphs)], item.item.length]
        content = text.encode()[item.item.offset :]
        for place, glyph in enumerate(glyphs):
            if glyph not in self.written:
                if glyph[0] != NO_GLYPH:
                    meaning = content[clusters[place] : clusters[place + 1]]
                    self.font.to_unicode.setdefault(glyph[0], meaning.decode())
                self.written[glyph] = self._written(stream, glyph)

    def _written(self, stream: Any, glyph: Glyph) -> str:
        number, width, shift = glyph
        if number == NO_GLYPH:
            return f">{-width / self.size}<"
        offset = shift / self.size
        kerning = self._width(stream, number) + offset - width * 1000 * FROM_UNITS / self.size
        before = f">{-offset}<" if offset else ""
        after = f">{int(kerning)}<" if kerning else ""
        return f"{before}{number:04x}{after}"

    def _width(self, stream: Any, number: int) -> float:
        widths: dict[int, float] = self.font.widths
        if number not in widths:
            pango.pango_font_get_glyph_extents(
                self._pango_font, number, stream.ink_rect, stream.logical_rect
            )
            widths[number] = round(stream.logical_rect.width * 1000 * FROM_UNITS / self.size)
        return widths[number]


class _Press:
    """Draws text onto the streams of one document."""

    def __init__(self, fonts: Any) -> None:
        self.fonts = fonts
        self._faces: dict[Any, _Face] = {}

    def pieces(self, stream: Any, line: Line) -> list[Piece]:
        """Give what is drawn for a line; raises `_RareError`."""
        known = line.drawn if line.is_cast else []
        if known and known[0] is self:
            pieces: list[Piece] = known[1]
            return pieces
        pieces = list(self._runs(stream, line))
        known[:] = self, pieces
        return pieces

    def _runs(self, stream: Any, line: Line) -> Iterator[Piece]:
        first, _ = line.get_first_line()
        run = first.runs
        last, text = None, ""
        while run != ffi.NULL:
            item = run.data
            face = self._face(stream, item.item.analysis.font, line)
            if face is not last:
                if last is not None:
                    yield last.font.hash, last.size, text.encode()
                last, text = face, ""
            written = f"<{face.write(stream, item, line.text)}>"
            text += written[:-2] if written.endswith("<>") else written
            run = run.next
        if last is None:
            raise _RareError
        yield last.font.hash, last.size, text.encode()

    def _face(self, stream: Any, pango_font: Any, line: Line) -> _Face:
        face = self._faces.get(pango_font)
        if face is None:
            face = self._faces[pango_font] = _Face(stream, pango_font, line.layout)
        if face.is_rare:
            raise _RareError
        return face


@contextmanager
def quick_press() -> Iterator[None]:
    """While the block runs, draw text so."""
    engine_text = draw.draw_text
    presses: list[_Press] = []

    def draw_text(
        stream: Any, box: Any, offset_x: float, text_overflow: str, block_ellipsis: Any
    ) -> None:
        if not presses or presses[0].fonts is not stream._fonts:
            presses[:] = [_Press(stream._fonts)]
        style, line = box.style, box.pango_layout
        try:
            if text_overflow == "ellipsis" or block_ellipsis != "none":
                line.melt()  # the engine will change it, and others may share it
                raise _RareError
            if not _is_common(style):
                raise _RareError
            pieces = None
            if box.text.strip():
                line.reactivate(style)
                pieces = presses[0].pieces(stream, line)
        except _RareError:
            engine_text(stream, box, offset_x, text_overflow, block_ellipsis)
            return
        stream.set_color(style["color"])
        stream.begin_text()
        if pieces:
            stream.set_text_matrix(1, 0, 0, -1, box.position_x, box.position_y + box.baseline)
            _show(stream, pieces)
        stream.end_text()
        line.deactivate()

    with swapped((draw, "draw_text", draw_text)):
        yield


def _is_common(style: Any) -> bool:
    is_shown: bool = style["visibility"] == "visible" and style["font_size"] >= SMALLEST
    return is_shown and bool(style["text_decoration_line"] == "none")


def _show(stream: Any, pieces: Sequence[Piece]) -> None:
    before = b""
    for name, size, text in pieces:
        if before:
            stream.show_text(before)
        stream.set_font_size(name, size)
        before = text
    stream.show_text(before)
