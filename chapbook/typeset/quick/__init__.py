"""Let the engine do the same in less time."""

from collections.abc import Iterator
from contextlib import contextmanager

from chapbook.typeset.quick.boxes import quick_boxes
from chapbook.typeset.quick.drawing import quick_press
from chapbook.typeset.quick.html import quick_html
from chapbook.typeset.quick.lines import slugs
from chapbook.typeset.quick.styles import quick_styles


@contextmanager
def quickened() -> Iterator[None]:
    """While the block runs, lay out and draw with quicker parts that give the same."""
    with quick_html(), quick_styles(), quick_boxes(), slugs(), quick_press():
        yield
