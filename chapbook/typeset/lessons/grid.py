"""Keep the text on one grid of lines, which the engine cannot do.

A picture has the height that it has, a table in smaller type too, and the text after them would
stand between the lines of the page behind. So each block of a division is rounded up to a whole
number of lines (https://www.w3.org/TR/css-rhythm-1/#block-step).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.layout import block
from weasyprint.text.line_break import strut

from chapbook.typeset.galley.boxes import Box
from chapbook.typeset.galley.swap import swapped

NEAR = 0.02  # CSS pixels; sums of lengths differ by less
DISPLAYED = frozenset({"figure", "pre", "table"})


@contextmanager
def lines_on_a_grid() -> Iterator[None]:
    """While the block runs, round up what stands directly in a `<section>`."""
    engine_layout = block.block_box_layout

    def lay_out(
        context: Any,
        box: Box,
        bottom_space: float,
        skip_stack: Any,
        containing_block: Any,
        *rest: Any,
        **named: Any,
    ) -> Any:
        result = engine_layout(
            context, box, bottom_space, skip_stack, containing_block, *rest, **named
        )
        laid, resume_at, *_, collapses_through, _ = result
        is_end = laid is not None and resume_at is None and not collapses_through
        if is_end and getattr(containing_block, "element_tag", "") == "section":
            _round_up(context, laid, context.page_bottom - bottom_space, skip_stack is None)
        return result

    with swapped((block, "block_box_layout", lay_out)):
        yield


def _round_up(context: Any, box: Box, lowest: float, is_whole: bool) -> None:
    """Let a box end where a line of the page ends, or at the foot of the page.

    What is shown between the text gets half of the space above it, unless it stands at the head
    of the page or began on an earlier one.
    """
    page = context.current_footnote_area.page
    line, _ = strut(box.style.root_style)
    bottom = box.border_box_y() + box.border_height()
    over = (bottom - page.content_box_y()) % line
    if not NEAR < over < line - NEAR:
        return
    space = max(0, min(line - over, lowest - bottom))
    is_below = box.border_box_y() - page.content_box_y() > NEAR
    if is_whole and is_below and box.element_tag in DISPLAYED:
        box.translate(dy=space / 2)
        space /= 2
    box.padding_bottom += space
