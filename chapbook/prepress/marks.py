"""Printer's marks: where to cut, where to fold, and how the inks must meet.

Everything is drawn in the current colour, outside the bleed, in points of the page.
"""

from collections.abc import Iterator, Sequence

from chapbook.prepress.frame import LENGTH, MILLIMETRE, Frame, around
from chapbook.print_shop import PrintMark

WEIGHT = 0.25  # points, the thinnest line that every press holds
RADIUS = 1.5 * MILLIMETRE
ARM = LENGTH / 2
# Four curves that are a circle as near as any eye can tell.
CURVE = 0.5523
DASHES = b"[2 1.5] 0 d\n"


def draw_marks(frame: Frame, marks: Sequence[PrintMark], folds: Sequence[float]) -> bytes:
    """Draw the marks; `folds` are where to fold, in points from the left trim."""
    steps = [b"%g w\n" % WEIGHT]
    if PrintMark.CROP in marks:
        steps += _crops(frame)
    if PrintMark.REGISTRATION in marks:
        steps += _targets(frame, folds)
    if folds:
        steps += [DASHES, *_folds(frame, folds)]
    return b"".join(steps)


def _crops(frame: Frame) -> Iterator[bytes]:
    left, bottom, right, top = frame.trim
    start, end = frame.start, frame.end
    for x, away in ((left, -1), (right, 1)):
        for y, up in ((bottom, -1), (top, 1)):
            yield _line(x + away * start, y, x + away * end, y)
            yield _line(x, y + up * start, x, y + up * end)


def _folds(frame: Frame, folds: Sequence[float]) -> Iterator[bytes]:
    left, bottom, _, top = frame.trim
    for fold in folds:
        x = left + fold
        yield _line(x, bottom - frame.start, x, bottom - frame.end)
        yield _line(x, top + frame.start, x, top + frame.end)


def _targets(frame: Frame, folds: Sequence[float]) -> Iterator[bytes]:
    """Draw a target on each side, half way along it or where no fold stands in its way."""
    left, bottom, right, top = around(frame.trim, (frame.start + frame.end) / 2)
    across, along = middle_of(frame, folds), (bottom + top) / 2
    for x, y in ((left, along), (right, along), (across, bottom), (across, top)):
        yield _line(x - ARM, y, x + ARM, y)
        yield _line(x, y - ARM, x, y + ARM)
        yield _circle(x, y, RADIUS)


def middle_of(frame: Frame, folds: Sequence[float]) -> float:
    """Give where the targets above and below a page stand."""
    left, _, right, _ = frame.trim
    return left + (right - left) / (4 if folds else 2)


def _line(x: float, y: float, to_x: float, to_y: float) -> bytes:
    return b"%.3f %.3f m %.3f %.3f l S\n" % (x, y, to_x, to_y)


def _circle(x: float, y: float, radius: float) -> bytes:
    pull = radius * CURVE
    turns = ((1, 0, 0, 1), (0, 1, -1, 0), (-1, 0, 0, -1), (0, -1, 1, 0))
    steps = [b"%.3f %.3f m\n" % (x + radius, y)]
    for from_x, from_y, to_x, to_y in turns:
        points = (
            x + from_x * radius + to_x * pull,
            y + from_y * radius + to_y * pull,
            x + to_x * radius + from_x * pull,
            y + to_y * radius + from_y * pull,
            x + to_x * radius,
            y + to_y * radius,
        )
        steps.append(b" ".join([b"%.3f" % point for point in points]) + b" c\n")
    return b"".join(steps) + b"s\n"
