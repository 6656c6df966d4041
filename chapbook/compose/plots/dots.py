"""Dots on a line for each label."""

from chapbook.compose.plots.plot import Plot, unit_of
from chapbook.compose.plots.scales import Scale, scale_of, write_tick
from chapbook.compose.plots.sheet import GAP, Sheet, label_column, name_below


def draw_dots(sheet: Sheet, what: Plot) -> None:
    """Draw dots of a plot."""
    sheet.legend(what, are_dots=True)
    column, labels = label_column(sheet, what)
    size = sheet.size
    room = sheet.wide("0000") / 2
    scale = scale_of(what, column + size * 2 * GAP, sheet.width - room, from_zero=False)
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
    name_below(sheet, what.y or what.x, scale.start)


def _ticks_below(sheet: Sheet, what: Plot, scale: Scale) -> None:
    size = sheet.size
    sheet.y += size * 0.2
    ticks = list(scale.ticks())
    for tick in ticks:
        sheet.line(scale.at(tick), sheet.y, scale.at(tick), sheet.y + size * 0.3, 0.5)
        unit = unit_of(what.units) if tick == ticks[-1] else ""
        anchor = "end" if unit and len(unit) > 3 else "middle"
        sheet.text(scale.at(tick), sheet.y + size * 1.3, write_tick(tick, what) + unit, anchor)
    sheet.y += size * 1.4
