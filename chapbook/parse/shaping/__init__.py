"""Shape the sanitised tree into the markup of the book, one small step after the other."""

from collections.abc import Callable
from xml.etree.ElementTree import Element

from chapbook.parse.marks import is_signed, restore
from chapbook.parse.shaping.addresses import link_addresses
from chapbook.parse.shaping.boxes import name_boxes, shape_boxes
from chapbook.parse.shaping.breaks import join_lines
from chapbook.parse.shaping.captions import caption_blocks
from chapbook.parse.shaping.conditions import settle_languages
from chapbook.parse.shaping.details import (
    attribute_quotes,
    draw_rules,
    draw_ticks,
    mark_breaks,
    set_small_caps,
)
from chapbook.parse.shaping.glossaries import name_glossaries
from chapbook.parse.shaping.leaves import turn_leaves
from chapbook.parse.shaping.loose import move_anchors, remove_empty, unlink, wrap_loose
from chapbook.parse.shaping.punctuation import set_punctuation
from chapbook.parse.shaping.rubies import frame_readings
from chapbook.parse.shaping.subfigures import gather_figures
from chapbook.parse.shaping.table_frames import frame_tables, size_columns
from chapbook.parse.shaping.tables import align_cells, name_heads
from chapbook.parse.tree import inner_text

Step = Callable[[Element], None]

STEPS: tuple[Step, ...] = (
    unlink,
    wrap_loose,
    remove_empty,
    move_anchors,
    draw_rules,
    turn_leaves,
    name_glossaries,
    shape_boxes,
    attribute_quotes,
    mark_breaks,
    set_small_caps,
    frame_readings,
    link_addresses,
    draw_ticks,
    align_cells,
    name_heads,
    size_columns,
    caption_blocks,
    frame_tables,
    gather_figures,
)


def shape(root: Element, language: str) -> None:
    """Shape the tree of a chapter or of a note."""
    for step in STEPS:
        step(root)
    settle_languages(root, language)
    name_boxes(root, language)
    join_lines(root, language)
    set_punctuation(root, language)
    _restore(root)


def _restore(root: Element) -> None:
    has_signs = is_signed(inner_text(root))
    for element in root.iter():
        if has_signs:
            element.text = restore(element.text or "")
            element.tail = restore(element.tail or "")
        for name, value in element.items():
            if is_signed(value):
                element.set(name, restore(value))
