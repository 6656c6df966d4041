"""The house's drawing: six threads that run over the whole sheet, part, cross and hold.

They come from the fore-edge of the back side by side, part towards the spine, cross over and under
each other on the front, and leave it side by side. Lengths are millimetres.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import cos, pi

THREADS = 6
STEP = 0.6
WIDTH = 0.0082  # of the page
HALO = 2.7  # of the thread, what it leaves free around it where it crosses over another
REACH = 4.6  # of the thread, to both sides of a crossing

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Thread:
    """A line to be drawn, as an SVG path. `is_ground`: in the colour of the ground."""

    path: str
    width: float
    is_ground: bool = False


@dataclass(frozen=True, slots=True)
class Loom:
    """What the threads are strung on, before the sheet is mirrored for a book from right to left.

    They run from `start` to `end` (the bleed's edges); the spine ends and the front begins at
    `fold`, the front ends at `fore_edge`. They stand between `top` and `bottom`.
    """

    start: float
    fold: float
    fore_edge: float
    end: float
    top: float
    bottom: float


def weave(loom: Loom, visible_from: float) -> tuple[Thread, ...]:
    """Give what is to be drawn, the lowest first; nothing left of `visible_from`."""
    width = round((loom.fore_edge - loom.fold) * WIDTH, 3)
    lines = [list(_line(loom, number)) for number in range(THREADS)]
    drawn = [Thread(_path(_visible(line, visible_from)), width) for line in lines]
    for over, place in _crossings(lines):
        reach = round(REACH * width / STEP)
        piece = lines[over][max(place - reach, 0) : place + reach + 1]
        shorter = piece[1:-1]
        drawn.append(Thread(_path(shorter), round(HALO * width, 3), is_ground=True))
        drawn.append(Thread(_path(piece), width))
    return tuple(drawn)


def _visible(line: Sequence[Point], left: float) -> list[Point]:
    """Cut a line off at the left; it begins there exactly, as a fold asks."""
    seen = [point for point in line if point[0] > left]
    return [(left, seen[0][1]), *seen]


def _line(loom: Loom, number: int) -> Iterator[Point]:
    """Draw one thread: `number` is its place, from the top, where the threads are apart."""
    apart = (loom.bottom - loom.top) / (THREADS - 1)
    close = apart * 0.34
    middle = (loom.top + loom.bottom) / 2
    wide = loom.top + apart * number
    last = THREADS - 1 - number
    before = middle + (number - (THREADS - 1) / 2) * close
    after = middle + (last - (THREADS - 1) / 2) * close
    span = loom.fore_edge - loom.fold
    back = loom.fold - loom.start
    # Each pair of neighbours sets out in turn, so that the crossings spread over the front.
    delay = (0.0, 0.16, 0.08, 0.08, 0.16, 0.0)[number] * span
    steps = round((loom.end - loom.start) / STEP)
    for step in range(steps + 1):
        x = loom.start + (loom.end - loom.start) * step / steps
        parted = _ease((x - loom.start - back * 0.28) / (back * 0.5))
        y = before + (wide - before) * parted
        crossed = _ease((x - loom.fold - 0.04 * span - delay) / (0.74 * span))
        yield x, y + (after - wide) * crossed


def _ease(share: float) -> float:
    return (1 - cos(pi * min(max(share, 0.0), 1.0))) / 2


def _crossings(lines: Sequence[Sequence[Point]]) -> Iterator[tuple[int, int]]:
    """Give for each crossing the thread that lies on top, and where: over and under in turn."""
    found = []
    for one, other in combinations(range(THREADS), 2):
        for place in range(1, len(lines[one])):
            was = lines[one][place - 1][1] - lines[other][place - 1][1]
            now = lines[one][place][1] - lines[other][place][1]
            if was < 0 <= now:
                found.append((place, one, other))
    for place, one, other in sorted(found):
        above = sum(line[place][1] < lines[one][place][1] - 0.01 for line in lines)
        yield (one if above % 2 else other), place


def _path(line: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in line)
