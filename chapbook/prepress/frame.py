"""The boundaries of a page for the press, and how far out of them the marks stand.

All lengths are points, in the coordinates of the page (ISO 32000-1, 14.11.2).
"""

from dataclasses import dataclass

from chapbook.print_shop import Print

Rectangle = tuple[float, float, float, float]  # left, bottom, right, top

MILLIMETRE = 72 / 25.4
LENGTH = 5 * MILLIMETRE  # of a crop mark
GAP = 1 * MILLIMETRE  # between the bleed and the marks
# A knife that strays must not leave a mark on the page, even where nothing bleeds.
NEAREST = 3 * MILLIMETRE
AIR = 1 * MILLIMETRE  # outside the marks


@dataclass(frozen=True, slots=True)
class Frame:
    """A page: its trim, its bleed, the sheet, and how far from the trim the marks begin."""

    trim: Rectangle
    bleed: Rectangle
    media: Rectangle
    start: float

    @property
    def end(self) -> float:
        """How far from the trim the marks end."""
        return self.start + LENGTH


def frame_of(trim: Rectangle, settings: Print) -> Frame:
    """Give the boundaries that `settings` ask for, around the trim of a page."""
    bleed = settings.bleed * MILLIMETRE
    start = max(bleed + GAP, NEAREST)
    margin = start + LENGTH + AIR if settings.marks else bleed
    return Frame(trim, around(trim, bleed), around(trim, margin), start)


def around(box: Rectangle, margin: float) -> Rectangle:
    """Give a rectangle that is larger by a margin on all sides."""
    left, bottom, right, top = box
    return (
        round(left - margin, 4),
        round(bottom - margin, 4),
        round(right + margin, 4),
        round(top + margin, 4),
    )
