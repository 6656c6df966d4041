"""Keep the notes of a line that displaces the notes of its page.

Where a paragraph ends a page with one line too few, the engine sends the page's footnotes on until
the next line fits. It never looks at that line's own notes then, and they are set nowhere.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.layout import block

from chapbook.typeset.galley.boxes import Box
from chapbook.typeset.galley.swap import swapped


@contextmanager
def displaced_notes() -> Iterator[None]:
    """While the block runs, send the notes of such a line on, after those that it displaced."""
    engine_layout = block._linebox_layout

    def lay_out(context: Any, box: Box, index: int, child: Box, lines: Any, *rest: Any) -> Any:
        """Give (abort, stop, resume position, …); fills `lines`."""
        result = engine_layout(context, box, index, child, lines, *rest)
        is_given_up, *_ = result
        if context.footnotes and lines and not is_given_up:
            _send_on(context, lines[-1])
        return result

    with swapped((block, "_linebox_layout", lay_out)):
        yield


def _send_on(context: Any, line: Box) -> None:
    """Hand the notes of a line that are not yet set to the next page."""
    for box in line.descendants():
        if box.footnote in context.footnotes:
            context.footnotes.remove(box.footnote)
            context.reported_footnotes.append(box.footnote)
