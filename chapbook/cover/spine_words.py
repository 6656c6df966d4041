"""Set the words of the spine: as large as it lets them, and fewer where it is short."""

from dataclasses import dataclass

from chapbook.cover.fitting import POINTS, ems
from chapbook.cover.spine import LEAST_SPINE, Cell, spine_direction, stack
from chapbook.cover.wrap import Wrap
from chapbook.print_shop import SpineText
from chapbook.settings import BookSettings

SIDE = 1.0  # millimetres that words keep from both folds
SMALLEST = 6.5  # points
LARGEST = 0.105  # of the page's width, in points to the millimetre
GAP = 1.4  # ems between title and authors
LESS = 0.8  # the authors' size to the title's
PUBLISHER = 0.72


@dataclass(frozen=True, slots=True)
class SpineRoom:
    """Where words may stand, in millimetres from the head.

    The title between `head` and `middle`, the publisher between `lower` and `foot`. Where `lower`
    is `foot` they share one stretch.
    """

    head: float
    middle: float
    lower: float
    foot: float

    @property
    def is_one(self) -> bool:
        """Whether all words share one stretch."""
        return self.lower == self.foot


@dataclass(frozen=True, slots=True)
class SpineWords:
    """The words of a spine: the size of the title in points, and how they stand.

    `turn` is how far the line is turned clockwise, in degrees; 0 where signs stand one below the
    other, which the `…_cells` then give. `starts_at_head` tells where the line begins. What does
    not fit is ''.
    """

    title: str
    authors: str
    publisher: str
    size: float
    turn: int
    starts_at_head: bool
    room: SpineRoom
    title_cells: tuple[Cell, ...] = ()
    authors_cells: tuple[Cell, ...] = ()
    publisher_cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class SetSpine:
    """A spine as set. `fault` says why words that were asked for are left out.

    `is_whole`: the title has found its place, or none was wanted.
    """

    words: SpineWords | None = None
    fault: str = ""
    is_whole: bool = True


def set_spine(settings: BookSettings, authors: str, wrap: Wrap, room: SpineRoom) -> SetSpine:
    """Set title, authors and publisher on the spine; nothing where it is too thin."""
    asked = settings.cover.spine
    direction = spine_direction(asked, settings.language, settings.title)
    if direction is SpineText.NONE:
        return SetSpine()
    if wrap.spine < LEAST_SPINE:
        if asked is SpineText.AUTO:
            return SetSpine()
        thin = f"the spine is {wrap.spine:.1f} mm wide, too thin for words"
        return SetSpine(fault=f"{thin}: they need {LEAST_SPINE:g} mm")
    publisher = settings.publisher if settings.publisher != authors else ""
    is_stacked = direction is None
    for title, people, imprint in (
        (settings.title, authors, publisher),
        (settings.title, authors, ""),
        (settings.title, "", publisher),
        (settings.title, "", ""),
    ):
        size = _size(title, people, imprint, is_stacked, wrap, room)
        if size:
            return SetSpine(_words(title, people, imprint, size, direction, wrap, room))
    return SetSpine(fault="the title is too long for the spine", is_whole=False)


def _size(
    title: str, authors: str, publisher: str, is_stacked: bool, wrap: Wrap, room: SpineRoom
) -> float:
    """Give the largest size that fits, 0 where none does."""

    def length(text: str) -> float:
        return sum(cell.ems for cell in stack(text)) if is_stacked else ems(text)

    above = length(title) + (GAP + LESS * length(authors) if authors else 0)
    below = PUBLISHER * length(publisher)
    if room.is_one:
        above += GAP + below if publisher else 0
        below = 0
    size = min((wrap.spine - 2 * SIDE) * POINTS, LARGEST * wrap.page.width)
    size = int(size * 4) / 4
    while size >= SMALLEST:
        if (
            above * size <= (room.middle - room.head) * POINTS
            and below * size <= (room.foot - room.lower) * POINTS
        ) or (room.is_one and above * size <= (room.middle - room.head) * POINTS):
            return size
        size -= 0.25
    return 0.0


def _words(
    title: str,
    authors: str,
    publisher: str,
    size: float,
    direction: SpineText | None,
    wrap: Wrap,
    room: SpineRoom,
) -> SpineWords:
    is_down = direction is not SpineText.UP
    if direction is None:
        return SpineWords(
            title, authors, publisher, size, 0, True, room,
            stack(title), stack(authors), stack(publisher),
        )  # fmt: skip
    # The line of a script that runs to the left begins at the other end.
    turn = 90 if is_down is not wrap.is_rtl else -90
    return SpineWords(title, authors, publisher, size, turn, is_down, room)
