"""Where the panels of a cover lie on its one sheet. Lengths are millimetres."""

from collections.abc import Iterator
from dataclasses import dataclass

from chapbook.paper import caliper
from chapbook.print_shop import Paper, Trim

BACK, SPINE, FRONT, BACK_FLAP, FRONT_FLAP = "back", "spine", "front", "back-flap", "front-flap"


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel of the sheet; `left` is counted from the left edge of the trimmed sheet."""

    name: str
    left: float
    width: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width


@dataclass(frozen=True, slots=True)
class Wrap:
    """The sheet of a cover, its panels as one sees them on the outer side.

    A book that is read from left to right has its back at the left; the other its front.
    """

    page: Trim
    spine: float
    flaps: float = 0.0
    is_rtl: bool = False

    @property
    def width(self) -> float:
        """The width of the trimmed sheet."""
        return round(2 * (self.page.width + self.flaps) + self.spine, 4)

    @property
    def height(self) -> float:
        """The height of the trimmed sheet."""
        return self.page.height

    @property
    def trim(self) -> Trim:
        """The size of the trimmed sheet."""
        return Trim(f"{self.width:g} × {self.height:g} mm", self.width, self.height)  # noqa: RUF001

    @property
    def panels(self) -> tuple[Panel, ...]:
        """The panels from left to right."""
        return tuple(self._panels())

    def panel(self, name: str) -> Panel:
        """Give a panel by its name, which must be there."""
        return next(panel for panel in self.panels if panel.name == name)

    def _panels(self) -> Iterator[Panel]:
        order = [(BACK, self.page.width), (SPINE, self.spine), (FRONT, self.page.width)]
        if self.flaps:
            order = [(BACK_FLAP, self.flaps), *order, (FRONT_FLAP, self.flaps)]
        left = 0.0
        for name, width in reversed(order) if self.is_rtl else order:
            yield Panel(name, round(left, 4), width)
            left += width


def spine_width(pages: int, paper: Paper, board: float = 0.0) -> float:
    """Give the width of the spine, in millimetres.

    `pages` are those of the bound block, two to a leaf; `board` is the thickness of the cover's
    card, which lies on both sides of the block.
    """
    return round((pages + 1) // 2 * caliper(paper) + 2 * board, 3)


def fold_lines(wrap: Wrap) -> tuple[float, ...]:
    """Give where the sheet is folded: millimetres from the left edge of the trimmed sheet.

    A sheet without a spine (stapled) has one fold between back and front.
    """
    edges = [panel.left for panel in wrap.panels[1:]]
    return tuple(dict.fromkeys(edges))
