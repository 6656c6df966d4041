"""Set the words of the spine: as large as it lets them, and fewer where it is short."""

from dataclasses import dataclass

from chapbook.cover.fitting import POINTS, ems
from chapbook.cover.spine import LEAST_SPINE, Cell, runs_left, spine_direction, stack
from chapbook.cover.wrap import Wrap
from chapbook.print_shop import SpineText
from chapbook.settings import BookSettings

SIDE = 1.0  # millimetres that words keep from both folds
SMALLEST = 6.5  # points
LARGEST = 0.125  # of the page's width, in points to the millimetre
GAP = 1.4  # ems between title and authors
SHRUNK = 0.8
LESS = 0.8  # the authors' size to the title's
PUBLISHER = 0.72


@dataclass(frozen=True, slots=True)
class SpineRoom:
    """Where words may stand, in millimetres from the head.

    The title between `head` and `middle`, the imprint between `lower` and `foot`. Where `lower`
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
    not fit is ''; `imprint` is the publisher, or the authors where the title leaves them no room.
    """

    title: str
    authors: str
    imprint: str
    size: float
    turn: int
    starts_at_head: bool
    room: SpineRoom
    title_cells: tuple[Cell, ...] = ()
    authors_cells: tuple[Cell, ...] = ()
    imprint_cells: tuple[Cell, ...] = ()


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
    lines = [
        _Lines(*words, direction is None) for words in _ways(settings.title, authors, publisher)
    ]
    sizes = [_size(line, wrap, room) for line in lines]
    # More words are better, but not at the price of a title that is much smaller for them.
    wanted = SHRUNK * max(sizes)
    for line, size in zip(lines, sizes, strict=True):
        if size and size >= wanted:
            return SetSpine(_words(line, size, direction, room))
    return SetSpine(fault="the title is too long for the spine", is_whole=False)


@dataclass(frozen=True, slots=True)
class _Lines:
    """What is to stand on the spine: `imprint` in the lower stretch, the others above."""

    title: str
    authors: str
    imprint: str
    is_stacked: bool

    @property
    def above(self) -> float:
        """The length of title and authors, in ems of the title."""
        beside = GAP + LESS * self._length(self.authors) if self.authors else 0
        return self._length(self.title) + beside

    @property
    def below(self) -> float:
        """The length of the imprint, in ems of the title."""
        return PUBLISHER * self._length(self.imprint)

    def _length(self, text: str) -> float:
        return sum(cell.ems for cell in stack(text)) if self.is_stacked else ems(text)


def _ways(title: str, authors: str, publisher: str) -> tuple[tuple[str, str, str], ...]:
    """Give what may stand on the spine, the best first."""
    return (
        (title, authors, publisher),
        (title, authors, ""),
        (title, "", authors),
        (title, "", publisher),
        (title, "", ""),
    )


def _size(line: _Lines, wrap: Wrap, room: SpineRoom) -> float:
    """Give the largest size that fits, in quarters of a point; 0 where none does."""
    above, below = line.above, line.below
    if room.is_one:
        above += GAP + below if line.imprint else 0
        below = 0
    size = min(
        (wrap.spine - 2 * SIDE) * POINTS,
        LARGEST * wrap.page.width,
        (room.middle - room.head) * POINTS / above,
        (room.foot - room.lower) * POINTS / below if below else LARGEST * wrap.page.width,
    )
    size = int(size * 4) / 4
    return size if size >= SMALLEST else 0.0


def _words(line: _Lines, size: float, direction: SpineText | None, room: SpineRoom) -> SpineWords:
    is_down = direction is not SpineText.UP
    words = (line.title, line.authors, line.imprint)
    if direction is None:
        return SpineWords(*words, size, 0, True, room, *(stack(text) for text in words))
    # The line of a script that runs to the left begins at the other end.
    turn = 90 if is_down is not runs_left(line.title) else -90
    return SpineWords(*words, size, turn, is_down, room)
