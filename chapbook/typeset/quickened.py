"""Let the engine do the same in less time."""

from collections.abc import Iterator
from contextlib import contextmanager

from chapbook.typeset.quick_boxes import quick_boxes
from chapbook.typeset.quick_drawing import quick_press
from chapbook.typeset.quick_html import quick_html
from chapbook.typeset.quick_lines import slugs
from chapbook.typeset.quick_styles import quick_styles


@contextmanager
def quickened() -> Iterator[None]:
    """While the block runs, lay out and draw with quicker parts that give the same."""
    with quick_html(), quick_styles(), quick_boxes(), slugs(), quick_press():
        yield
