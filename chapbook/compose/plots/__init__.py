"""Draw bars, lines, pies and dots to SVG (https://www.w3.org/TR/SVG11/), alike every time.

A drawing is as wide as `Theme.width`, in points; a page scales it to its measure.
"""

from xml.etree.ElementTree import Element

from chapbook.compose.plots.bars import draw_bars
from chapbook.compose.plots.dots import draw_dots
from chapbook.compose.plots.lines import draw_lines
from chapbook.compose.plots.pie import draw_pie
from chapbook.compose.plots.plot import Plot, Theme
from chapbook.compose.plots.sheet import Sheet

__all__ = ["Plot", "Theme", "plot"]

KINDS = {"bar": draw_bars, "line": draw_lines, "pie": draw_pie, "dot": draw_dots}


def plot(what: Plot, theme: Theme) -> Element:
    """Draw a chart: an `<svg>` with a `viewBox`."""
    sheet = Sheet(theme)
    KINDS[what.kind](sheet, what)
    return sheet.finish()
