"""Set each line of text no oftener than is needed.

The engine sets a line to measure it, throws what was set away, and sets the line again to draw
it; and it sets the same words in the same style again wherever they stand. Here what was set is
kept until it is drawn, and words that stood in one line before are taken from there. On a
Linotype such a line, cast in one piece, is a slug.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.layout import inline, preferred
from weasyprint.text import line_break
from weasyprint.text.ffi import ffi, pango
from weasyprint.text.line_break import Layout

from chapbook.typeset.galley.swap import swapped
from chapbook.typeset.quick.founts import Fount, Founts

MOST = 8000  # lines that are kept at a time; each takes some 3 KB
SPACE = re.compile(b" |\xc2\xa0")
SPREAD = re.compile("[ \u00a0\u2e80-\U0010ffff]")  # what may be set apart in a justified line
WRAPPING = frozenset({"normal", "pre-wrap", "pre-line"})
SPARE = 1.0  # pixels: what fits so well would not be broken


class Line(Layout):  # type: ignore[misc]
    """A line of text, as the engine's `Layout`; `is_cast` where it is set as it will be drawn.

    Such lines of the same words share their `drawn`, where the press notes how they are drawn.
    """

    founts: Any = None
    layout: Any = None
    is_cast = is_loose = False
    second: int | None = 0

    def setup(self, style: Any) -> None:
        """Begin to set text in a style."""
        self.style = style
        self.fount: Fount = self.founts(style)
        self.__dict__.update(self.fount.measures)
        self.is_cast = self.is_loose = False
        self.layout = self.fount.blank()
        if self.fount.is_spaced:
            self._set_attributes(self.fount.new_attributes())

    def get_first_line(self) -> tuple[Any, int | None]:
        """Give the first line, and where the second begins."""
        first = pango.pango_layout_get_line_readonly(self.layout, 0)
        second = pango.pango_layout_get_line_readonly(self.layout, 1)
        self.second = None if second == ffi.NULL else second.start_index
        self.first_line_direction = first.resolved_dir
        return first, self.second

    def set_text(self, text: str, justify: bool = False) -> None:
        """Set the text up to the end of its first line."""
        fount = self.fount
        spacing = self.justification_spacing if justify else 0
        if fount.is_spaced or "\t" in text or "\n" in text or (spacing and text == " "):
            if not fount.is_spaced:
                self._set_attributes(fount.new_attributes())
            super().set_text(text, justify)
            return
        self.text = text
        content = text.encode().replace(b"\0", b"")
        pango.pango_layout_set_text(self.layout, content, -1)
        if spacing:
            self._set_attributes(fount.spaced(spacing, _spaces(content)))

    def _set_attributes(self, attributes: Any) -> None:
        """Have a list of its own; Pango would keep the old one where both are equal."""
        pango.pango_layout_set_attributes(self.layout, ffi.NULL)
        pango.pango_layout_set_attributes(self.layout, attributes)

    def deactivate(self) -> None:
        """Stay as it was set, unless it was set for the drawing alone."""
        if self.is_loose:
            self.melt()

    def reactivate(self, style: Any) -> None:
        """Be set as it is to be drawn."""
        is_spread = self.justification_spacing and SPREAD.search(self.text)
        if self.style is not style or not self.is_cast or is_spread:
            self.setup(style)
            self.set_text(self.text, justify=True)
            self.is_loose = True

    def cast(self) -> None:
        """Keep what was set for the drawing."""
        self.is_cast = True
        self.drawn: list[Any] = []

    def melt(self) -> None:
        """Throw away what was set."""
        self.is_cast = self.is_loose = False
        self.layout = None

    def twin(self, **fields: Any) -> "Line":
        """Give another line of the same words, which differs in some fields."""
        twin = Line.__new__(Line)
        twin.__dict__.update(self.__dict__)
        twin.__dict__.update(fields)
        return twin


def _spaces(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Give (start, end, factor) of each space: at an edge Pango gives but half of what is asked."""
    last = len(content) - 1
    for space in SPACE.finditer(content):
        start, end = space.span()
        yield start, end, 2 if start in (0, last) else 1


@contextmanager
def slugs() -> Iterator[None]:
    """While the block runs, set lines so; it must run until they are drawn."""
    founts = Founts(MOST)
    engine_split = line_break.split_first_line
    engine_create = line_break.create_layout

    def split(
        text: str,
        style: Any,
        context: Any,
        max_width: float | None,
        justification_spacing: float,
        is_line_start: bool = True,
        minimum: bool = False,
    ) -> Any:
        """Give (line, length, resume index, width, height, baseline) of what fits."""
        fount = founts(style)
        slug = fount.slugs.get(text)
        width = max_width if style["white_space"] in WRAPPING else None
        if slug is not None and (width is None or slug[3] + SPARE <= width):
            line = slug[0].twin(
                style=style, max_width=max_width, justification_spacing=justification_spacing
            )
            return line, *slug[1:]
        result = engine_split(
            text, style, context, max_width, justification_spacing, is_line_start, minimum
        )
        line = result[0]
        is_narrow = width is None or result[3] <= width
        if line.second is not None or not (is_narrow or text[-1:] != " ") or founts.is_full():
            line.melt()
            return result
        line.cast()
        if is_narrow and result[2] is None and line.text == text and "\t" not in text:
            fount.slugs[text] = (line.twin(), *result[1:])
        return result

    def create(
        text: str, style: Any, context: Any, max_width: float | None, justification_spacing: float
    ) -> Any:
        """Give a line that is not set before it is drawn."""
        fount = founts(style)
        if fount.is_spaced or "\n" in text or max_width is not None:
            return engine_create(text, style, context, max_width, justification_spacing)
        line = Line.__new__(Line)
        line.__dict__.update(fount.measures)
        line.text, line.style, line.fount = text, style, fount
        line.max_width, line.justification_spacing = max_width, justification_spacing
        return line

    with swapped(
        (Line, "founts", founts),
        (line_break, "Layout", Line),
        (inline, "create_layout", create),
        (inline, "split_first_line", split),
        (preferred, "split_first_line", split),
    ):
        yield
