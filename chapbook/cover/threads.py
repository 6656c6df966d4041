"""The house's drawing: six threads that run over the whole sheet, part, cross and hold.

They come from the fore-edge of the back side by side, part towards the spine, cross over and under
each other on the front, and leave it side by side. Lengths are millimetres.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from math import cos, pi

THREADS = 6
COLUMNS = 6  # in each, every other pair of neighbours changes places: in the end all are reversed
STEP = 0.5
WIDTH = 0.144  # of a thread, of the distance to the next where they are apart
HALO = 2.6  # of the thread: what it leaves free around it where it crosses over another
FIRST_COLUMN, LAST_COLUMN = 0.07, 0.86  # of the page's width
CLOSE = 0.34  # the same, at the ends: more than what a thread leaves free around it

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Thread:
    """A line to be drawn, as an SVG path. `is_ground`: in the colour of the ground."""

    path: str
    width: float
    is_ground: bool = False


@dataclass(frozen=True, slots=True)
class Loom:
    """What the threads are strung on, in a book that is read from left to right.

    They run from `start` to `end` (the bleed's edges); the spine ends and the front begins at
    `fold`, the front ends at `fore_edge`. They stand between `top` and `bottom`.
    """

    start: float
    fold: float
    fore_edge: float
    end: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class _Crossing:
    """Where two threads meet: the one on top, and from where to where in its line they are near."""

    over: int
    first: int
    last: int


def weave(loom: Loom, visible_from: float) -> tuple[Thread, ...]:
    """Give what is to be drawn, the lowest first; nothing left of `visible_from`."""
    width = round((loom.bottom - loom.top) / (THREADS - 1) * WIDTH, 3)
    lines = [list(_line(loom, number)) for number in range(THREADS)]
    drawn = [Thread(_path(_visible(line, visible_from)), width) for line in lines]
    for crossing in _crossings(lines, width):
        line = lines[crossing.over]
        around = _path(line[crossing.first : crossing.last + 1])
        within = _path(line[crossing.first - 2 : crossing.last + 3])
        drawn.append(Thread(around, round(HALO * width, 3), is_ground=True))
        drawn.append(Thread(within, width))
    return tuple(drawn)


def _visible(line: Sequence[Point], left: float) -> list[Point]:
    """Cut a line off at the left; it begins there exactly, as a fold asks."""
    seen = [point for point in line if point[0] > left]
    return [(left, seen[0][1]), *seen]


def _line(loom: Loom, number: int) -> Iterator[Point]:
    """Draw the thread that is the `number`th from above where they are apart."""
    span = loom.fore_edge - loom.fold
    back = loom.fold - loom.start
    apart = (loom.bottom - loom.top) / (THREADS - 1)
    middle = (loom.top + loom.bottom) / 2
    ranks = _ranks(number)
    steps = round((loom.end - loom.start) / STEP)
    for step in range(steps + 1):
        x = loom.start + (loom.end - loom.start) * step / steps
        front = (x - loom.fold) / span
        column = (front - FIRST_COLUMN) / (LAST_COLUMN - FIRST_COLUMN) * COLUMNS
        parted = _ease((x - loom.start - back * 0.26) / (back * 0.5))
        joined = _ease((front - 0.2) / 0.78)
        spread = CLOSE + (1 - CLOSE) * (parted - joined)
        yield x, middle + (_rank_at(ranks, column) - (THREADS - 1) / 2) * apart * spread


def _ranks(number: int) -> tuple[int, ...]:
    """Give the place of a thread, from above, before each column and after the last."""
    order = list(range(THREADS))
    ranks = [number]
    for column in range(COLUMNS):
        for upper in range(column % 2, THREADS - 1, 2):
            order[upper], order[upper + 1] = order[upper + 1], order[upper]
        ranks.append(order.index(number))
    return tuple(ranks)


def _rank_at(ranks: Sequence[int], column: float) -> float:
    """Go from place to place in straight lines, their corners rounded off."""
    ways = 24
    offsets = ((way + 0.5) / ways - 0.5 for way in range(ways))
    weighted = [(offset * 1.3, cos(pi * offset)) for offset in offsets]
    total = sum(weight for _, weight in weighted)
    return sum(_straight(ranks, column + shift) * weight for shift, weight in weighted) / total


def _straight(ranks: Sequence[int], column: float) -> float:
    column = min(max(column, 0.0), float(COLUMNS))
    before = min(int(column), COLUMNS - 1)
    return ranks[before] + (ranks[before + 1] - ranks[before]) * (column - before)


def _ease(share: float) -> float:
    return (1 - cos(pi * min(max(share, 0.0), 1.0))) / 2


def _crossings(lines: Sequence[Sequence[Point]], width: float) -> Iterator[_Crossing]:
    """Find where threads meet; each lies over and under the others in turn."""
    order = list(range(THREADS))
    for place in range(1, len(lines[0])):
        for upper in range(THREADS - 1):
            one, other = order[upper], order[upper + 1]
            if lines[one][place][1] < lines[other][place][1]:
                continue
            order[upper], order[upper + 1] = other, one
            far = partial(_are_apart, lines[one], lines[other], (HALO + 1) / 2 * width)
            first = next(near for near in range(place, 0, -1) if far(near))
            last = next(near for near in range(place, len(lines[0])) if far(near))
            yield _Crossing(one if upper % 2 else other, first, last)


def _are_apart(one: Sequence[Point], other: Sequence[Point], least: float, place: int) -> bool:
    return abs(one[place][1] - other[place][1]) > least


def _path(line: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in line)
