"""The drawing while it is made: words, lines, boxes and marks on a sheet that grows downwards."""

import re
from collections.abc import Sequence
from unicodedata import east_asian_width
from xml.etree.ElementTree import Element, SubElement

from chapbook.compose.plots.plot import Plot, Theme

LETTER = 0.5  # of the size, the usual width of one
# Between two ideographs a line may end, but not before what closes.
WORD = re.compile("( *)([\u3000-\u9fff\uf900-\uffef]|[^ \u3000-\u9fff\uf900-\uffef]+)")
CLOSING = frozenset("、。，．」』）・ー！？")  # noqa: RUF001
GAP = 0.6  # of the size, between words and what they are for


class Sheet:
    """The drawing so far; `y` is how far down it reaches."""

    def __init__(self, theme: Theme) -> None:
        """Begin an empty drawing in these looks."""
        self.theme = theme
        self.width = theme.width
        self.size = theme.size
        self.y = 0.0
        self.svg = Element("svg", {"font-family": theme.font, "font-size": number(theme.size)})

    def colour(self, series: int) -> str:
        """Give the colour of a series, counted from 0."""
        return self.theme.series[series % len(self.theme.series)]

    def text(self, x: float, y: float, words: str, anchor: str = "start") -> None:
        """Write words on a base line."""
        place = {"x": number(x), "y": number(y), "text-anchor": anchor, "fill": self.theme.ink}
        SubElement(self.svg, "text", place).text = words

    def line(self, x1: float, y1: float, x2: float, y2: float, width: float = 0.4) -> None:
        """Draw a rule."""
        ends = {"x1": number(x1), "y1": number(y1), "x2": number(x2), "y2": number(y2)}
        SubElement(
            self.svg, "line", ends | {"stroke": self.theme.rule, "stroke-width": number(width)}
        )

    def box(self, x: float, y: float, width: float, height: float, fill: str) -> None:
        """Draw a filled box."""
        place = {"x": number(x), "y": number(y), "width": number(width), "height": number(height)}
        SubElement(self.svg, "rect", place | {"fill": fill})

    def dot(self, x: float, y: float, series: int) -> None:
        """Draw the mark of a series: full, hollow, then square and hollow square."""
        radius, colour = self.size * 0.32, self.colour(series)
        paint = {"fill": colour, "stroke": colour, "stroke-width": "1"}
        if series % 2:
            paint["fill"] = "#fff"
        if series % 4 < 2:
            SubElement(
                self.svg, "circle", {"cx": number(x), "cy": number(y), "r": number(radius)} | paint
            )
        else:
            place = {"x": number(x - radius), "y": number(y - radius)}
            size = {"width": number(radius * 2), "height": number(radius * 2)}
            SubElement(self.svg, "rect", place | size | paint)

    def wide(self, words: str) -> float:
        """Give about how wide a text is."""
        signs = (1.0 if east_asian_width(char) in "WF" else LETTER for char in words)
        return sum(signs) * self.size

    def wrap(self, words: str, width: float) -> list[str]:
        """Break a label into lines that are about so wide."""
        lines = [""]
        for room, word in WORD.findall(words):
            longer = f"{lines[-1]}{room}{word}" if lines[-1] else word
            if lines[-1] and self.wide(longer) > width and word not in CLOSING:
                lines.append(word)
            else:
                lines[-1] = longer
        return lines

    def label(self, x: float, middle: float, lines: Sequence[str], anchor: str = "end") -> None:
        """Write the lines of a label, centred on a height."""
        top = middle - (len(lines) - 1) * self.size * 0.575 + self.size * 0.34
        for row, words in enumerate(lines):
            self.text(x, top + row * self.size * 1.15, words, anchor)

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
        """Give the whole drawing; where it has paper of its own, with a margin."""
        edge = self.size * 0.7 if self.theme.paper else 0.0
        width, height = number(self.width + 2 * edge), number(self.y + 2 * edge)
        if self.theme.paper:
            place = {"x": number(-edge), "y": number(-edge), "width": width, "height": height}
            self.svg.insert(0, Element("rect", place | {"fill": self.theme.paper}))
        self.svg.set("viewBox", f"{number(-edge)} {number(-edge)} {width} {height}")
        self.svg.set("width", width)
        self.svg.set("height", height)
        return self.svg


def label_column(sheet: Sheet, what: Plot) -> tuple[float, list[list[str]]]:
    """Give the width of the column of labels, and the lines of each."""
    widest = max((sheet.wide(label) for label in what.labels), default=0)
    column = min(widest, sheet.width * 0.36)
    return column, [sheet.wrap(label, column) for label in what.labels]


def name_below(sheet: Sheet, words: str, x: float) -> None:
    """Write a name below all that is drawn."""
    if words:
        sheet.y += sheet.size * 1.3
        sheet.text(x, sheet.y, words)
    sheet.y += sheet.size * 0.3


def number(value: float) -> str:
    """Write a number the same way everywhere."""
    return f"{value + 0.0:.2f}".rstrip("0").rstrip(".") if round(value, 2) else "0"
