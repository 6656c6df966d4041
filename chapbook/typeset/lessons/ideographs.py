"""Justify lines of Chinese and Japanese between their signs; the engine widens spaces alone.

https://www.w3.org/TR/jlreq/#line_adjustment. In a book of another language Japanese words stand in
lines that have spaces enough.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text import line_break
from weasyprint.text.ffi import TO_UNITS, ffi, pango

from chapbook.typeset.galley.boxes import Box
from chapbook.typeset.galley.swap import swapped

LANGUAGES = frozenset({"ja", "zh"})
SIGNS = "\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
MARKS = "\u2014-\u2026\u2e80-\u303f\u3200-\u33ff\ufe30-\ufe4f\uff00-\uffef"
# Letters and figures of other scripts between the signs stay as they are.
RUN = re.compile(f"[{MARKS}]*[{SIGNS}][{SIGNS}{MARKS}]*")


@contextmanager
def signs_apart() -> Iterator[None]:
    """While the block runs, let justified lines be widened between ideographs and kana too.

    It must run until the pages are drawn: the engine shapes each line anew for that.
    """
    engine_count = inline.count_expandable_spaces
    engine_text = line_break.Layout.set_text

    def count(box: Box) -> float:
        places: float = engine_count(box)
        if isinstance(box, boxes.TextBox) and _is_of_signs(box.style):
            places += count_gaps(box.text)
        return places

    def set_text(layout: Any, text: str, justify: bool = False) -> None:
        engine_text(layout, text, justify)
        if justify and layout.justification_spacing and _is_of_signs(layout.style):
            _space(layout)

    with swapped(
        (inline, "count_expandable_spaces", count), (line_break.Layout, "set_text", set_text)
    ):
        yield


def count_gaps(text: str) -> float:
    """Count the places between signs; at the edge of a text Pango gives a sign but half of one."""
    return sum(
        len(run[0]) - (run.start() == 0) / 2 - (run.end() == len(text)) / 2
        for run in RUN.finditer(text)
    )


def _is_of_signs(style: Any) -> bool:
    """Whether the book is written in a language whose lines have no spaces."""
    language = (style.root_style or style)["lang"] or ""
    return language.partition("-")[0].lower() in LANGUAGES


def _space(layout: Any) -> None:
    """Set the signs of a line apart by the spacing that it was given."""
    runs = list(RUN.finditer(layout.text))
    if not runs:
        return
    attributes = pango.pango_layout_get_attributes(layout.layout)
    if attributes == ffi.NULL:
        attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
    own = layout.style["letter_spacing"]
    spacing = layout.justification_spacing + (0 if own == "normal" else own)
    for run in runs:
        attribute = pango.pango_attr_letter_spacing_new(int(spacing * TO_UNITS))
        attribute.start_index = len(layout.text[: run.start()].encode())
        attribute.end_index = attribute.start_index + len(run[0].encode())
        pango.pango_attr_list_change(attributes, attribute)
    pango.pango_layout_set_attributes(layout.layout, attributes)
