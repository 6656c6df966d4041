"""Bars: one for each value, with the value behind it."""

from chapbook.compose.plots.plot import Plot
from chapbook.compose.plots.scales import Scale
from chapbook.compose.plots.sheet import GAP, Sheet, label_column, name_below


def draw_bars(sheet: Sheet, what: Plot) -> None:
    """Draw bars of a plot."""
    sheet.legend(what, are_dots=False)
    column, labels = label_column(sheet, what)
    size = sheet.size
    values = max(sheet.wide(what.print(r, c)) for r, c in _cells(what)) + size * GAP
    has_minus = any(value < 0 for row in what.values for value in row)
    left = column + size * GAP + (values if has_minus else 0)
    every = [value for row in what.values for value in row]
    least, most = min(*every, 0.0), max(*every, 0.0)
    scale = Scale(least, most if most > least else 1.0, 1, left, sheet.width - values)
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
    name_below(sheet, what.y or what.x, zero)


def _cells(what: Plot) -> list[tuple[int, int]]:
    return [(r, c) for r in range(len(what.labels)) for c in range(len(what.names))]
