"""A pie, each slice with its name beside it."""

from math import cos, pi, sin
from xml.etree.ElementTree import SubElement

from chapbook.compose.plots.plot import Plot
from chapbook.compose.plots.sheet import Sheet, number


def draw_pie(sheet: Sheet, what: Plot) -> None:
    """Draw a pie of a plot."""
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
    sheet: Sheet, circle: tuple[float, float, float], turn: float, share: float, row: int
) -> None:
    x, y, radius = circle
    paint = {"fill": sheet.colour(row), "stroke": "#fff", "stroke-width": "1"}
    if share > 2 * pi - 1e-6:
        SubElement(
            sheet.svg, "circle", {"cx": number(x), "cy": number(y), "r": number(radius)} | paint
        )
        return
    ends = ((x + cos(a) * radius, y + sin(a) * radius) for a in (turn, turn + share))
    (x1, y1), (x2, y2) = ends
    large = int(share > pi)
    arc = f"A{number(radius)} {number(radius)} 0 {large} 1 {number(x2)} {number(y2)}"
    SubElement(
        sheet.svg,
        "path",
        {"d": f"M{number(x)} {number(y)}L{number(x1)} {number(y1)}{arc}Z"} | paint,
    )


def _name_side(
    sheet: Sheet,
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
