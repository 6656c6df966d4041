"""Which page lies where on which side of which sheet: what is planned, drawn and told of.

Lengths are millimetres. A place on a sheet is counted from the lower left corner of the side as
it is printed, the back as the printer turns it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from chapbook.print_shop import Binding, Booklet, Trim

Box = tuple[float, float, float, float]  # left, bottom, right, top


@dataclass(frozen=True, slots=True)
class Place:
    """A page on a side of a sheet.

    `page` counts the pages of the booklet from 1, its cover and its blanks too. `left` and
    `bottom` are the corner of the trimmed page, `area` is all that it may ink. `shift` is how far
    creep has moved it, to the right where positive; `left` has it in already.
    """

    page: int
    left: float
    bottom: float
    area: Box
    shift: float = 0.0
    is_turned: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of paper with the pages of both sides.

    `depth` counts from 0, the outermost of its gathering. `bar` is the collation mark on its
    fold, which tells the order of the gatherings.
    """

    gathering: int
    depth: int
    front: tuple[Place, ...]
    back: tuple[Place, ...]
    bar: Box | None = None


@dataclass(frozen=True, slots=True)
class Tick:
    """A line outside the pages: where to cut, or, where it `is_fold`, to fold."""

    start: tuple[float, float]
    end: tuple[float, float]
    is_fold: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """All the sheets of a booklet.

    `sheet` is the paper as it is printed, `page` the trimmed page as it comes out, `scale` what
    makes it so (1.0: as large as it was laid out). `columns` and `rows` are of the pages on one
    side. `pages` is their number with cover and blanks, `blanks` that of those at the end.
    """

    booklet: Booklet
    sheet: Trim
    page: Trim
    scale: float
    columns: int
    rows: int
    pages: int
    blanks: int
    right_to_left: bool
    sheets: tuple[Sheet, ...]
    ticks: tuple[Tick, ...] = ()

    @property
    def is_folded(self) -> bool:
        """Whether the sheets are folded, not cut apart."""
        return self.booklet.binding in (Binding.SADDLE, Binding.PERFECT)

    @property
    def gatherings(self) -> int:
        """Count the gatherings, or the stacks to cut."""
        return self.sheets[-1].gathering + 1

    @property
    def has_bars(self) -> bool:
        """Whether the gatherings bear collation marks."""
        return any(sheet.bar for sheet in self.sheets)

    def sides(self) -> Iterator[tuple[Sheet, bool]]:
        """Give each side in the order of printing, and whether it is a front."""
        for sheet in self.sheets:
            yield sheet, True
            yield sheet, False
