"""What stands on the pages of a finished print file, as the checks need it.

All lengths are points, in the coordinates of the page.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from chapbook.laid import Rectangle

MILLIMETRE = 72 / 25.4
NO_MARK = -1


class Space(StrEnum):
    """What kind of colour is asked for."""

    GRAY = "gray"
    RGB = "RGB"
    CMYK = "CMYK"
    LAB = "Lab"
    SPOT = "spot ink"


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text that is drawn at once.

    `size` is that of the type as printed. `mark` is the number of its marked content (MCID), -1
    for none; `is_figure`: it stands in a picture. `gaps` are the word spaces, left and right.
    `is_level` tells text that runs from left to right from text that is turned.
    """

    text: str
    box: Rectangle
    size: float
    baseline: float
    font: str
    is_embedded: bool
    mark: int = NO_MARK
    is_furniture: bool = False
    is_figure: bool = False
    is_level: bool = True
    is_seen: bool = True
    gaps: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """An image of pixels: how many, and how wide and high they are printed."""

    pixels: tuple[int, int]
    printed: tuple[float, float]
    box: Rectangle
    space: Space | None
    mark: int = NO_MARK
    is_furniture: bool = False
    is_figure: bool = False


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line or an area that is drawn; `width` is that of the line, None for an area."""

    box: Rectangle
    width: float | None
    is_filled: bool
    mark: int = NO_MARK
    is_figure: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Ink:
    """A colour that a page asks for, in per cent of each ink; of an image, what is darkest.

    `what` is `colour`, `shading` or `image`. `name` is that of a spot ink.
    """

    space: Space
    values: tuple[float, ...] = ()
    what: str = "colour"
    mark: int = NO_MARK
    name: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Veil:
    """Something that the page shows through (ISO 32000-1, 11)."""

    what: str
    mark: int = NO_MARK


@dataclass(frozen=True, slots=True)
class Painted:
    """What the content streams of a page ask for, once each; `notdefs` marks missing glyphs."""

    inks: tuple[Ink, ...] = ()
    veils: tuple[Veil, ...] = ()
    notdefs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """One page. `number` counts from 1; `label` is what a reader calls it.

    `is_blank` and `is_recto` are what the layout meant it to be. `figures` are the marks of its
    pictures in order, with the pixels of the first image in each, None for a drawing.
    """

    number: int
    label: str
    trim: Rectangle
    bleed: Rectangle
    is_blank: bool = False
    is_recto: bool = True
    runs: tuple[Run, ...] = field(default=(), repr=False)
    pictures: tuple[Picture, ...] = field(default=(), repr=False)
    strokes: tuple[Stroke, ...] = field(default=(), repr=False)
    painted: Painted = field(default=Painted(), repr=False)
    figures: Mapping[int, tuple[int, int] | None] = field(default_factory=dict, repr=False)


def is_inside(box: Rectangle, other: Rectangle, slack: float = 0.0) -> bool:
    """Tell whether a box lies in another."""
    return (
        other[0] - slack <= box[0]
        and other[1] - slack <= box[1]
        and box[2] <= other[2] + slack
        and box[3] <= other[3] + slack
    )


def touches(box: Rectangle, other: Rectangle) -> bool:
    """Tell whether a box shows anything of itself in another."""
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
