"""Draw what is on a page from the left edge of its text, wherever on the sheet that will be.

So a chapter has the same content streams on a recto and on a verso, and the linker can turn it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint import document, layout
from weasyprint.draw import draw_page

from chapbook.typeset.galley.boxes import POINTS_PER_PIXEL, Box
from chapbook.typeset.galley.swap import swapped

SIDES = ("top", "right", "bottom", "left")


@contextmanager
def drawn_from_the_edge() -> Iterator[None]:
    """While the block runs, lay out and draw so; anchors and links are told from there too."""
    engine_backgrounds = layout.layout_backgrounds

    def lay_out_backgrounds(page: Box, get_image: Any) -> None:
        edge = edge_of(page)
        for child in page.children if edge else ():
            child.translate(dx=-edge)
        engine_backgrounds(page, get_image)

    def paint(page: Any, stream: Any, scale: float = 1) -> None:
        left, top, width, height = stream.page_rectangle
        stream.page_rectangle = (left - edge_of(page._page_box), top, width, height)
        with stream.stacked():
            stream.transform(a=scale, d=scale)
            draw_page(page._page_box, stream)

    with swapped(
        (layout, "layout_backgrounds", lay_out_backgrounds), (document.Page, "paint", paint)
    ):
        yield


def edge_of(page: Box) -> float:
    """Give the left edge of a page's text, in pixels; 0 where the page itself is painted."""
    edge: float = 0 if _is_painted(page) else page.content_box_x()
    return edge


def _is_painted(page: Box) -> bool:
    """Whether something is drawn that belongs to the sheet, not to what stands on it."""
    if page.style["marks"] or any(getattr(page, f"border_{side}_width") for side in SIDES):
        return True
    roots = [child for child in page.children if child.element_tag == "html"]
    bodies = [box for root in roots for box in root.children if box.element_tag == "body"]
    return any(_has_background(box.style) for box in (page, *roots, *bodies))


def _has_background(style: Any) -> bool:
    color = style["background_color"]
    alpha = 1 if color == "currentcolor" else color.alpha
    images = any(kind != "none" for kind, _ in style["background_image"])
    return bool(alpha or images or style["box_shadow"])


def in_points(edge: float) -> float:
    """Give a length in points as content streams have it."""
    return round(edge * POINTS_PER_PIXEL, 6)
