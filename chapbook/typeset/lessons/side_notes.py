"""Set notes beside the text: in the outer margin, each at its call, none upon another.

CSS can put a box beside the line in which it stands, but on the same side of every page, and two
that are near each other stand one upon the other. So when a page is made its side notes are moved
to the outer margin, then down until each is clear of the one above, and up again as far as they
reach below the text.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from weasyprint.layout import page

from chapbook.typeset.galley.boxes import Box, side_notes
from chapbook.typeset.galley.swap import swapped

GAP = 0.5  # of a line of the note, between two of them


@contextmanager
def notes_beside() -> Iterator[None]:
    """While the block runs, place the side notes of each page as it is made."""
    engine_remake = page.remake_page

    def remake(index: int, context: Any, root_box: Any, html: Any) -> Any:
        """Give (page, resume position)."""
        made, resume_at = engine_remake(index, context, root_box, html)
        if notes := side_notes(made):
            _place(notes, made)
        return made, resume_at

    with swapped((page, "remake_page", remake)):
        yield


def _place(notes: Sequence[Box], page_box: Box) -> None:
    left, top = page_box.content_box_x(), page_box.content_box_y()
    bottom = top + page_box.height
    if page_box.page_type.side == "left":
        for box in notes:
            away = box.position_x - (left + page_box.width)  # as the style sheet sets it
            box.translate(dx=left - away - box.margin_width() - box.position_x)
    order = sorted(notes, key=lambda box: box.position_y)
    heights = [box.margin_height() for box in order]
    gap = GAP * order[0].style["font_size"]
    places = clear([box.position_y for box in order], heights, gap, top, bottom)
    for box, y in zip(order, places, strict=True):
        box.translate(dy=y - box.position_y)


def clear(
    wished: Sequence[float], heights: Sequence[float], gap: float, top: float, bottom: float
) -> list[float]:
    """Give places for boxes one below the other, near those wished, between `top` and `bottom`.

    Where there is not room enough for all, they begin at the top and go on below the bottom.
    """
    places: list[float] = []
    least = top
    for wish, height in zip(wished, heights, strict=True):
        places.append(max(wish, least))
        least = places[-1] + height + gap
    most = bottom
    for n in range(len(places) - 1, -1, -1):
        places[n] = min(places[n], most - heights[n])
        most = places[n] - gap
    shift = max(top - places[0], 0.0) if places else 0.0
    return [place + shift for place in places]
