"""How the pages of one side are laid on the sheet: which way it lies, what stays free around them.

All pages stand upright on a front, side by side, the whole in the middle of the sheet.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from chapbook.imposition import Box, Tick
from chapbook.print_shop import SHEETS, Binding, Booklet, Flip, Trim

EXACT = 0.01
# A mark begins this far from what is printed; it is no shorter and no longer than this.
AWAY, SHORTEST, LONGEST = 1.0, 2.0, 6.0

_METRIC = ("a6", "a5", "a4", "a3", "a2")
_JAPANESE = ("b6", "b5", "b4", "b3")
_AMERICAN = ("5.5x8.5", "letter", "tabloid")
_SERIES = {
    **dict.fromkeys(("B5", "B6"), _JAPANESE),
    **dict.fromkeys(("6x9", "5.5x8.5", "5x8"), _AMERICAN),
}
_GRIDS = {
    Binding.SADDLE: ((2, 1),),
    Binding.PERFECT: ((2, 1),),
    Binding.CUT_2: ((2, 1), (1, 2)),
    Binding.CUT_4: ((2, 2),),
}


@dataclass(frozen=True, slots=True)
class Layout:
    """The sheet as it lies in the printer, and the pages on it.

    `width` and `height` are those of a page as it is printed, `scale` times what it was. `gap`
    is what is cut away between neighbours, across and up.
    """

    sheet: Trim
    columns: int
    rows: int
    width: float
    height: float
    scale: float
    bleed: float
    gap: tuple[float, float]
    is_folded: bool

    @property
    def margins(self) -> tuple[float, float]:
        """Give what is free at the left and at the right, and at the foot and at the head."""
        across = self.columns * self.width + (self.columns - 1) * self.gap[0]
        up = self.rows * self.height + (self.rows - 1) * self.gap[1]
        return (self.sheet.width - across) / 2, (self.sheet.height - up) / 2

    def corner(self, column: int, row: int) -> tuple[float, float]:
        """Give the lower left corner of a page; rows count from the top."""
        left, bottom = self.margins
        up = self.rows - 1 - row
        return (
            left + column * (self.width + self.gap[0]),
            bottom + up * (self.height + self.gap[1]),
        )

    def area(self, column: int, row: int) -> Box:
        """Give what a page may ink: its bleed, as far as that meets no other page."""
        x, y = self.corner(column, row)
        out, off = (min(self.bleed, margin) for margin in self.margins)
        across, up = self.gap[0] / 2, self.gap[1] / 2
        return (
            x - (out if column == 0 else across),
            y - (off if row == self.rows - 1 else up),
            x + self.width + (out if column == self.columns - 1 else across),
            y + self.height + (off if row == 0 else up),
        )

    def turns_over_head(self, flip: Flip) -> bool:
        """Whether the back of the sheet has its head where the front has its foot."""
        is_wide = self.sheet.width >= self.sheet.height
        return is_wide is (flip is Flip.LONG)


def sheet_for(booklet: Booklet, trim: Trim) -> Trim:
    """Give the paper asked for, or the smallest usual one that holds the pages.

    What no usual one holds goes on a sheet of exactly the size of its pages.
    """
    if booklet.sheet is not None:
        return booklet.sheet
    columns, rows = _GRIDS[booklet.binding][0]
    width, height = columns * trim.width, rows * trim.height
    for name in _SERIES.get(trim.name, _METRIC):
        sheet = SHEETS[name]
        if any(one.width >= width and one.height >= height for one in _turned(sheet)):
            return sheet
    return Trim(f"{width:g} \u00d7 {height:g} mm", width, height)


def lay_out(booklet: Booklet, trim: Trim, bleed: float) -> Layout | None:
    """Lay the pages on the sheet, the way that leaves most free around them.

    None where the sheet is too small and no scaling is asked for.
    """
    tried = list(_layouts(booklet, trim, bleed))
    fitting = [one for one in tried if min(one.margins) >= -EXACT]
    if fitting:
        first = (fitting[0].columns, fitting[0].rows)
        return max(
            (one for one in fitting if (one.columns, one.rows) == first),
            key=lambda one: min(one.margins),
        )
    return None


def largest_scale(booklet: Booklet, trim: Trim) -> float:
    """Say how large pages may be, of their size, to fit on the sheet; 1.0 at most."""
    return min(
        1.0,
        max(
            min(sheet.width / (columns * trim.width), sheet.height / (rows * trim.height))
            for sheet in _turned(sheet_for(booklet, trim))
            for columns, rows in _GRIDS[booklet.binding]
        ),
    )


def ticks(layout: Layout) -> tuple[Tick, ...]:
    """Mark where to cut and where to fold, outside the pages and where there is room."""
    across = [layout.corner(column, 0)[0] for column in range(layout.columns)]
    up = [layout.corner(0, row)[1] for row in range(layout.rows)]
    fold = {_key(layout.sheet.width / 2)} if layout.is_folded else set()
    found = [
        Tick((x, start), (x, end), _key(x) in fold)
        for x in _edges(across, layout.width)
        for start, end in _strokes(layout.margins[1], layout.bleed, layout.sheet.height)
    ]
    found += [
        Tick((start, y), (end, y))
        for y in _edges(up, layout.height)
        for start, end in _strokes(layout.margins[0], layout.bleed, layout.sheet.width)
    ]
    return tuple(found)


def _turned(sheet: Trim) -> tuple[Trim, Trim]:
    return Trim(sheet.name, *sorted((sheet.width, sheet.height), reverse=True)), Trim(
        sheet.name, *sorted((sheet.width, sheet.height))
    )


def _layouts(booklet: Booklet, trim: Trim, bleed: float) -> Iterator[Layout]:
    is_folded = booklet.binding in (Binding.SADDLE, Binding.PERFECT)
    scale = largest_scale(booklet, trim) if booklet.fit else 1.0
    width, height, bleed = trim.width * scale, trim.height * scale, bleed * scale
    for columns, rows in _GRIDS[booklet.binding]:
        for sheet in _turned(sheet_for(booklet, trim)):
            wanted = (0.0 if is_folded else (columns - 1) * 2 * bleed, (rows - 1) * 2 * bleed)
            free = (sheet.width - columns * width, sheet.height - rows * height)
            gap = tuple(
                2 * bleed if 0 < cut <= room else 0.0
                for cut, room in zip(wanted, free, strict=True)
            )
            yield Layout(
                sheet, columns, rows, width, height, scale, bleed, (gap[0], gap[1]), is_folded
            )


def _edges(starts: list[float], size: float) -> list[float]:
    """Give both edges of each page, one where two meet."""
    return sorted({_key(edge) for start in starts for edge in (start, start + size)})


def _key(length: float) -> float:
    return round(length, 4)


def _strokes(margin: float, bleed: float, size: float) -> list[tuple[float, float]]:
    start = margin - min(bleed, margin) - AWAY
    if start < SHORTEST:
        return []
    end = max(start - LONGEST, 0.0)
    return [(start, end), (size - start, size - end)]
