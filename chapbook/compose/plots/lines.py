"""Lines over an axis of labels."""

from collections.abc import Sequence
from math import ceil
from xml.etree.ElementTree import SubElement

from chapbook.compose.plots.plot import Plot
from chapbook.compose.plots.scales import Scale, scale_of, write_tick
from chapbook.compose.plots.sheet import GAP, Sheet, name_below, number

DASHES = ("", "5 2.5", "1.5 2", "7 2 1.5 2")


def draw_lines(sheet: Sheet, what: Plot) -> None:
    """Draw lines of a plot."""
    size = sheet.size
    sheet.y = size * (2.2 if what.y or what.units else 0.8)
    scale = scale_of(what, sheet.y + sheet.width * 0.46, sheet.y, from_zero=False)
    ticks = [(tick, write_tick(tick, what)) for tick in scale.ticks()]
    left = max(sheet.wide(words) for _, words in ticks) + size * GAP
    ends = max(sheet.wide(name) for name in what.names) + size if what.is_parted else size
    right = sheet.width - min(ends, sheet.width * 0.3)
    if what.y or what.units:
        sheet.text(0, size * 0.9, what.y or what.units)
    for tick, words in ticks:
        sheet.line(left, scale.at(tick), right, scale.at(tick), 0.6 if tick == scale.low else 0.3)
        sheet.text(left - size * GAP, scale.at(tick) + size * 0.34, words, "end")
    inset = size * 0.8
    step = (right - left - 2 * inset) / (len(what.labels) - 1)
    places = [left + inset + n * step for n in range(len(what.labels))]
    for series in range(len(what.names)):
        heights = [scale.at(row[series]) for row in what.values]
        _draw_line(sheet, series, list(zip(places, heights, strict=True)))
    if what.is_parted:
        _name_lines(sheet, what, scale, right)
    sheet.y = scale.start
    labels_below(sheet, what.labels, places)
    name_below(sheet, what.x, left)


def _draw_line(sheet: Sheet, series: int, points: Sequence[tuple[float, float]]) -> None:
    path = " ".join(f"{number(x)},{number(y)}" for x, y in points)
    paint = {"fill": "none", "stroke": sheet.colour(series), "stroke-width": "1.5"}
    if dash := DASHES[series % len(DASHES)]:
        paint["stroke-dasharray"] = dash
    SubElement(sheet.svg, "polyline", {"points": path, "stroke-linejoin": "round"} | paint)
    if len(points) <= 24:
        for x, y in points:
            sheet.dot(x, y, series)


def _name_lines(sheet: Sheet, what: Plot, scale: Scale, x: float) -> None:
    """Write the name of each line behind its end, none over another."""
    ends = sorted(
        (scale.at(what.values[-1][series]), name) for series, name in enumerate(what.names)
    )
    last = -sheet.size
    for wish, name in ends:
        y = max(wish + sheet.size * 0.34, last + sheet.size * 1.15)
        sheet.text(x + sheet.size * 0.2, y, name)
        last = y


def labels_below(sheet: Sheet, labels: Sequence[str], places: Sequence[float]) -> None:
    """Write the labels of an axis; where they are too many, every second one, or third …."""
    size = sheet.size
    step = places[1] - places[0]
    widest = max(sheet.wide(label) for label in labels) + size
    every = max(ceil(widest / step), 1) if len(labels) > 6 else 1
    wrapped = [sheet.wrap(label, step - size * 0.6) for label in labels]
    for place, (x, lines) in enumerate(zip(places, wrapped, strict=True)):
        if place % every == 0:
            for row, words in enumerate(lines if every == 1 else [labels[place]]):
                sheet.text(x, sheet.y + size * (1.4 + row * 1.15), words, "middle")
    rows = max(len(lines) for lines in wrapped) if every == 1 else 1
    sheet.y += size * (0.5 + rows * 1.15)
