"""Draw bars, lines, pies and dots to SVG (https://www.w3.org/TR/SVG11/), by hand and alike every time.

A drawing is as wide as `Theme.width`, in points; a page scales it to its measure.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, cos, floor, log10, pi, sin
from unicodedata import east_asian_width
from xml.etree.ElementTree import Element, SubElement

STEPS = (1, 2, 2.5, 5, 10)
LETTER = 0.5  # of the size, the usual width of one
GAP = 0.6  # of the size, between words and what they are for
DASHES = ("", "5 2.5", "1.5 2", "7 2 1.5 2")


@dataclass(frozen=True, slots=True)
class Theme:
    """How charts look. Lengths are points, `series` are the colours, one for each column."""

    font: str
    size: float
    width: float
    ink: str
    rule: str
    series: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """What is to be drawn: a name for each column, and for each row a label and its values.

    `written` are the values as they are printed.
    """

    kind: str
    units: str
    x: str
    y: str
    names: tuple[str, ...]
    labels: tuple[str, ...]
    written: tuple[tuple[str, ...], ...]
    values: tuple[tuple[float, ...], ...]

    @property
    def is_parted(self) -> bool:
        """Whether there is more than one series."""
        return len(self.names) > 1

    def print(self, row: int, column: int) -> str:
        """Give a value with its units, as it is printed."""
        return f"{self.written[row][column]}{_unit(self.units)}"


def _unit(units: str) -> str:
    return f"\u00a0{units}" if units else ""


def plot(what: Plot, theme: Theme) -> Element:
    """Draw a chart: an `<svg>` with a `viewBox`."""
    sheet = _Sheet(theme)
    kinds = {"bar": _bars, "line": _lines, "pie": _pie, "dot": _dots}
    kinds[what.kind](sheet, what)
    return sheet.finish()


class _Sheet:
    """The drawing so far; `y` is how far down it reaches."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.width = theme.width
        self.size = theme.size
        self.y = 0.0
        self.svg = Element("svg", {"font-family": theme.font, "font-size": _n(theme.size)})

    def colour(self, series: int) -> str:
        return self.theme.series[series % len(self.theme.series)]

    def text(self, x: float, y: float, words: str, anchor: str = "start") -> None:
        place = {"x": _n(x), "y": _n(y), "text-anchor": anchor, "fill": self.theme.ink}
        SubElement(self.svg, "text", place).text = words

    def line(self, x1: float, y1: float, x2: float, y2: float, width: float = 0.4) -> None:
        ends = {"x1": _n(x1), "y1": _n(y1), "x2": _n(x2), "y2": _n(y2)}
        SubElement(self.svg, "line", ends | {"stroke": self.theme.rule, "stroke-width": _n(width)})

    def box(self, x: float, y: float, width: float, height: float, fill: str) -> None:
        place = {"x": _n(x), "y": _n(y), "width": _n(width), "height": _n(height)}
        SubElement(self.svg, "rect", place | {"fill": fill})

    def dot(self, x: float, y: float, series: int) -> None:
        """Draw the mark of a series: full, hollow, then square and hollow square."""
        radius, colour = self.size * 0.32, self.colour(series)
        paint = {"fill": colour, "stroke": colour, "stroke-width": "1"}
        if series % 2:
            paint["fill"] = "#fff"
        if series % 4 < 2:
            SubElement(self.svg, "circle", {"cx": _n(x), "cy": _n(y), "r": _n(radius)} | paint)
        else:
            place = {"x": _n(x - radius), "y": _n(y - radius)}
            size = {"width": _n(radius * 2), "height": _n(radius * 2)}
            SubElement(self.svg, "rect", place | size | paint)

    def wide(self, words: str) -> float:
        """Give about how wide a text is."""
        signs = (1.0 if east_asian_width(char) in "WF" else LETTER for char in words)
        return sum(signs) * self.size

    def wrap(self, words: str, width: float) -> list[str]:
        """Break a label into lines that are about so wide."""
        lines = [""]
        for word in filter(None, words.split(" ")):
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and self.wide(longer) > width:
                lines.append(word)
            else:
                lines[-1] = longer
        return lines

    def label(self, x: float, middle: float, lines: Sequence[str], anchor: str = "end") -> None:
        """Write the lines of a label, centred on a height."""
        top = middle - (len(lines) - 1) * self.size * 0.575 + self.size * 0.34
        for number, words in enumerate(lines):
            self.text(x, top + number * self.size * 1.15, words, anchor)

    def legend(self, what: Plot, are_dots: bool) -> None:
        """Name the series, side by side, above the drawing."""
        if not what.is_parted:
            return
        x, mark = 0.0, self.size * 0.8
        self.y += self.size
        for series, name in enumerate(what.names):
            length = mark + self.size * GAP / 1.5 + self.wide(name) + self.size * 1.6
            if x and x + length - self.size > self.width:
                x, self.y = 0.0, self.y + self.size * 1.4
            if are_dots:
                self.dot(x + mark / 2, self.y - self.size * 0.33, series)
            else:
                self.box(x, self.y - mark * 0.85, mark, mark, self.colour(series))
            self.text(x + mark + self.size * GAP / 1.5, self.y, name)
            x += length
        self.y += self.size * 0.9

    def finish(self) -> Element:
        self.svg.set("viewBox", f"0 0 {_n(self.width)} {_n(self.y)}")
        self.svg.set("width", _n(self.width))
        self.svg.set("height", _n(self.y))
        return self.svg


@dataclass(frozen=True, slots=True)
class _Scale:
    """The values between two round numbers, on a stretch of the drawing."""

    low: float
    high: float
    step: float
    start: float
    end: float

    def at(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)

    def ticks(self) -> Iterator[float]:
        count = round((self.high - self.low) / self.step)
        yield from (self.low + n * self.step for n in range(count + 1))


def _scale(what: Plot, start: float, end: float, from_zero: bool) -> _Scale:
    every = [value for row in what.values for value in row]
    low, high = min(every), max(every)
    if from_zero or low > 0 and low < high * 0.4:
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        low, high = min(low, 0.0), max(high, low + 1)
    rough = (high - low) / 4
    power = 10 ** floor(log10(rough))
    step = next(power * n for n in STEPS if power * n >= rough * 0.999)
    return _Scale(floor(low / step + 1e-9) * step, ceil(high / step - 1e-9) * step, step, start, end)


def _tick(value: float, what: Plot) -> str:
    text = f"{value:.6g}".replace("-", "\u2212")
    has_comma = any("," in written for row in what.written for written in row)
    return text.replace(".", ",") if has_comma else text


def _labels(sheet: _Sheet, what: Plot) -> tuple[float, list[list[str]]]:
    """Give the width of the column of labels, and the lines of each."""
    widest = max((sheet.wide(label) for label in what.labels), default=0)
    column = min(widest, sheet.width * 0.36)
    return column, [sheet.wrap(label, column) for label in what.labels]


def _bars(sheet: _Sheet, what: Plot) -> None:
    sheet.legend(what, are_dots=False)
    column, labels = _labels(sheet, what)
    size = sheet.size
    values = max(sheet.wide(what.print(r, c)) for r, c in _cells(what)) + size * GAP
    has_minus = any(value < 0 for row in what.values for value in row)
    left = column + size * GAP + (values if has_minus else 0)
    scale = _scale(what, left, sheet.width - values, from_zero=True)
    every = [value for row in what.values for value in row]
    scale = _Scale(min(*every, 0.0), max(*every, 0.0) or 1.0, 1, scale.start, scale.end)
    thick = size * (1.05 if what.is_parted else 1.35)
    zero = scale.at(0)
    top = sheet.y
    for row, lines in enumerate(labels):
        height = max(thick * len(what.names), len(lines) * size * 1.15)
        first = sheet.y + (height - thick * len(what.names)) / 2
        sheet.label(column, sheet.y + height / 2, lines)
        for series, value in enumerate(what.values[row]):
            y, end = first + series * thick, scale.at(value)
            bar = thick * (0.94 if what.is_parted else 1)
            sheet.box(min(zero, end), y, abs(end - zero), bar, sheet.colour(series))
            after = end + size * GAP / 2 if value >= 0 else end - size * GAP / 2
            anchor = "start" if value >= 0 else "end"
            sheet.text(after, y + bar / 2 + size * 0.34, what.print(row, series), anchor)
        sheet.y += height + size * (0.8 if what.is_parted else 0.55)
    sheet.y -= size * 0.3
    sheet.line(zero, top - size * 0.2, zero, sheet.y, 0.5)
    _name_below(sheet, what.y or what.x, zero)


def _cells(what: Plot) -> list[tuple[int, int]]:
    return [(r, c) for r in range(len(what.labels)) for c in range(len(what.names))]


def _name_below(sheet: _Sheet, words: str, x: float) -> None:
    if words:
        sheet.y += sheet.size * 1.3
        sheet.text(x, sheet.y, words)
    sheet.y += sheet.size * 0.3


def _dots(sheet: _Sheet, what: Plot) -> None:
    sheet.legend(what, are_dots=True)
    column, labels = _labels(sheet, what)
    size = sheet.size
    room = sheet.wide("0000") / 2
    scale = _scale(what, column + size * 2 * GAP, sheet.width - room, from_zero=False)
    for row, lines in enumerate(labels):
        height = max(size * 1.6, (len(lines) * 1.15 + 0.4) * size)
        middle = sheet.y + height / 2
        sheet.label(column, middle, lines)
        sheet.line(scale.start, middle, scale.end, middle)
        for series, value in reversed(list(enumerate(what.values[row]))):
            sheet.dot(scale.at(value), middle, series)
        sheet.y += height
    sheet.line(scale.start, sheet.y + size * 0.2, scale.end, sheet.y + size * 0.2, 0.5)
    _ticks_below(sheet, what, scale)
    _name_below(sheet, what.y or what.x, scale.start)


def _ticks_below(sheet: _Sheet, what: Plot, scale: _Scale) -> None:
    size = sheet.size
    sheet.y += size * 0.2
    ticks = list(scale.ticks())
    for tick in ticks:
        sheet.line(scale.at(tick), sheet.y, scale.at(tick), sheet.y + size * 0.3, 0.5)
        unit = _unit(what.units) if tick == ticks[-1] else ""
        anchor = "end" if unit and len(unit) > 3 else "middle"
        sheet.text(scale.at(tick), sheet.y + size * 1.3, _tick(tick, what) + unit, anchor)
    sheet.y += size * 1.4


def _lines(sheet: _Sheet, what: Plot) -> None:
    size = sheet.size
    sheet.y = size * (2.2 if what.y or what.units else 0.8)
    scale = _scale(what, sheet.y + sheet.width * 0.46, sheet.y, from_zero=False)
    ticks = [(tick, _tick(tick, what)) for tick in scale.ticks()]
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
    _labels_below(sheet, what.labels, places)
    _name_below(sheet, what.x, left)


def _draw_line(sheet: _Sheet, series: int, points: Sequence[tuple[float, float]]) -> None:
    path = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
    paint = {"fill": "none", "stroke": sheet.colour(series), "stroke-width": "1.5"}
    if dash := DASHES[series % len(DASHES)]:
        paint["stroke-dasharray"] = dash
    SubElement(sheet.svg, "polyline", {"points": path, "stroke-linejoin": "round"} | paint)
    if len(points) <= 24:
        for x, y in points:
            sheet.dot(x, y, series)


def _name_lines(sheet: _Sheet, what: Plot, scale: _Scale, x: float) -> None:
    """Write the name of each line behind its end, none over another."""
    ends = sorted((scale.at(what.values[-1][series]), name) for series, name in enumerate(what.names))
    last = -sheet.size
    for wish, name in ends:
        y = max(wish + sheet.size * 0.34, last + sheet.size * 1.15)
        sheet.text(x + sheet.size * 0.2, y, name)
        last = y


def _labels_below(sheet: _Sheet, labels: Sequence[str], places: Sequence[float]) -> None:
    """Write the labels of an axis; where they are too many, every second one, or third …."""
    size = sheet.size
    step = places[1] - places[0]
    widest = max(sheet.wide(label) for label in labels) + size
    every = max(ceil(widest / step), 1) if len(labels) > 6 else 1
    wrapped = [sheet.wrap(label, step - size * 0.6) for label in labels]
    for number, (x, lines) in enumerate(zip(places, wrapped, strict=True)):
        if number % every == 0:
            for row, words in enumerate(lines if every == 1 else [labels[number]]):
                sheet.text(x, sheet.y + size * (1.4 + row * 1.15), words, "middle")
    rows = max(len(lines) for lines in wrapped) if every == 1 else 1
    sheet.y += size * (0.5 + rows * 1.15)


def _pie(sheet: _Sheet, what: Plot) -> None:
    size = sheet.size
    labels = [(name, what.print(row, 0)) for row, name in enumerate(what.labels)]
    column = sheet.width * 0.3
    wrapped = [sheet.wrap(f"{name} {value}", column) for name, value in labels]
    radius = min(sheet.width * 0.19, 75)
    x, y = sheet.width / 2, radius + size * 2
    total = sum(row[0] for row in what.values)
    turn = -pi / 2
    sides: dict[bool, list[tuple[float, float, list[str]]]] = {True: [], False: []}
    for row, (value,) in enumerate(what.values):
        share = value / total * 2 * pi
        if value:
            _slice(sheet, (x, y, radius), turn, share, row)
        middle = turn + share / 2
        edge = (x + cos(middle) * radius, y + sin(middle) * radius)
        sides[cos(middle) >= 0].append((*edge, wrapped[row]))
        turn += share
    lowest = max(_name_side(sheet, x, radius, sides[right], right) for right in (True, False))
    sheet.y = max(y + radius + size, lowest + size * 0.6)


def _slice(
    sheet: _Sheet, circle: tuple[float, float, float], turn: float, share: float, row: int
) -> None:
    x, y, radius = circle
    paint = {"fill": sheet.colour(row), "stroke": "#fff", "stroke-width": "1"}
    if share > 2 * pi - 1e-6:
        SubElement(sheet.svg, "circle", {"cx": _n(x), "cy": _n(y), "r": _n(radius)} | paint)
        return
    ends = ((x + cos(a) * radius, y + sin(a) * radius) for a in (turn, turn + share))
    (x1, y1), (x2, y2) = ends
    large = int(share > pi)
    arc = f"A{_n(radius)} {_n(radius)} 0 {large} 1 {_n(x2)} {_n(y2)}"
    SubElement(sheet.svg, "path", {"d": f"M{_n(x)} {_n(y)}L{_n(x1)} {_n(y1)}{arc}Z"} | paint)


def _name_side(
    sheet: _Sheet,
    x: float,
    radius: float,
    names: list[tuple[float, float, list[str]]],
    is_right: bool,
) -> float:
    """Write the names at one side of a pie, each led to its slice; give how far down they reach."""
    size = sheet.size
    way = 1 if is_right else -1
    last = 0.0
    for edge_x, edge_y, lines in sorted(names, key=lambda one: one[1]):
        height = len(lines) * size * 1.15
        middle = max(edge_y, last + height / 2 + size * 0.15)
        start = x + way * (radius + size * 1.4)
        sheet.line(edge_x + way * 0.5, edge_y, start - way * size * 0.4, middle)
        sheet.label(start, middle, lines, "start" if is_right else "end")
        last = middle + height / 2
    return last


def _n(value: float) -> str:
    """Write a number the same way everywhere."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value else "0"
