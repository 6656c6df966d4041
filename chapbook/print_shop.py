"""What `book.toml` says of the paper, the inks and the sheets: trim, print, booklet, cover.

Defaults here and only here. Lengths are millimetres.
"""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Trim:
    """The size of a page after cutting, in millimetres; `name` as the trade knows it."""

    name: str
    width: float
    height: float


TRIMS = {
    trim.name.casefold(): trim
    for trim in (
        Trim("A4", 210, 297),
        Trim("A5", 148, 210),
        Trim("A6", 105, 148),
        Trim("B5", 182, 257),  # JIS sizes: the ISO B series is not what a Japanese printer means
        Trim("B6", 128, 182),
        Trim("6x9", 152.4, 228.6),
        Trim("5.5x8.5", 139.7, 215.9),
        Trim("5x8", 127, 203.2),
    )
}
# The papers that booklets are printed on.
SHEETS = {
    sheet.name.casefold(): sheet
    for sheet in (
        *(TRIMS[name] for name in ("a6", "a5", "a4")),
        Trim("A3", 297, 420),
        Trim("A2", 420, 594),
        *(TRIMS[name] for name in ("b6", "b5")),
        Trim("B4", 257, 364),
        Trim("B3", 364, 515),
        TRIMS["5.5x8.5"],
        Trim("Letter", 215.9, 279.4),
        Trim("Legal", 215.9, 355.6),
        Trim("Tabloid", 279.4, 431.8),
        Trim("SRA4", 225, 320),
        Trim("SRA3", 320, 450),
        Trim("SRA2", 450, 640),
    )
}


class Panel(StrEnum):
    """What the front panel of the printed cover shows."""

    IMAGE = "image"
    TYPE = "type"


class SpineText(StrEnum):
    """Which way the words on the spine run.

    `auto` follows the language; `down` is read from the top, `up` from the foot.
    """

    AUTO = "auto"
    DOWN = "down"
    UP = "up"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Price:
    """What stands beside the ISBN on the back.

    `text` is printed for people. `add_on` are the 2 or 5 digits right of the EAN-13; `jan` the
    13 digits of the second row that Japanese books bear (192…).
    """

    text: str = ""
    add_on: str = ""
    jan: str = ""


@dataclass(frozen=True, slots=True)
class Cover:
    """The cover. `image` is that of the e-book, relative to the book's folder; `alt` says it.

    The printed cover is one sheet: back, spine, front. `front` says whether its front shows the
    image or is set in type; None means the image where there is one. `blurb` is the text on the
    back, its paragraphs parted by a blank line. `flaps` is their width, 0 for none. `board` is the
    thickness of the cover's own card, which the spine is wider by, twice.
    """

    image: str = ""
    alt: str = ""
    front: Panel | None = None
    blurb: str = ""
    spine: SpineText = SpineText.AUTO
    barcode: bool = True
    price: Price = Price()
    flaps: float = 0.0
    board: float = 0.0


class Colour(StrEnum):
    """The inks of the print edition: black alone, four inks, or those of a digital press."""

    GRAY = "gray"
    CMYK = "cmyk"
    RGB = "rgb"


class Standard(StrEnum):
    """What the print file claims to be (ISO 15930)."""

    NONE = "none"
    X4 = "X-4"
    X1A = "X-1a"


class PrintMark(StrEnum):
    """What stands outside the bleed."""

    CROP = "crop"
    REGISTRATION = "registration"
    SLUG = "slug"


class Padding(StrEnum):
    """How the page count is made a multiple of `Print.multiple`."""

    BLANK = "blank"
    NOTES = "notes"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Spot:
    """An ink of its own. What the style sheet gives `colour`, exactly, is printed in it.

    `name` is the printer's (`PANTONE 2745 C`). `colour` is `#rrggbb`; the style sheet knows it as
    `var(--spot-1)` too, counted from 1. `cmyk` is the alternate in per cent; empty means that it
    is reckoned from `colour`.
    """

    name: str
    colour: str
    cmyk: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """The paper of the pages. One sheet is `caliper` millimetres thick.

    Where `caliper` is 0, it is reckoned: `grams` (per square metre) times `bulk` (cubic centimetres
    per gram) / 1000. `stock` names a usual one, of which the others then are known.
    """

    stock: str = ""
    grams: float = 0.0
    bulk: float = 0.0
    caliper: float = 0.0


@dataclass(frozen=True, slots=True)
class Print:
    """The file for the printer. Lengths are millimetres, inks per cent.

    `profile` is an ICC output profile in the book's folder, '' for the house's. `condition` is
    the identifier of its printing condition (`FOGRA39`), read from the profile where empty.
    `ink_limit` 0 means that of the profile. `rich_black`: black stays of four inks where the
    author made it so. `safety` is how far text keeps from the trim. `contact` are the lines that
    tell the printer whom to ask.
    """

    bleed: float = 3.0
    marks: tuple[PrintMark, ...] = tuple(PrintMark)
    colour: Colour = Colour.RGB
    standard: Standard = Standard.NONE
    profile: str = ""
    condition: str = ""
    ink_limit: float = 0.0
    rich_black: bool = False
    multiple: int = 4
    padding: Padding = Padding.BLANK
    safety: float = 5.0
    image_ppi: float = 300.0
    paper: Paper = Paper()
    spots: tuple[Spot, ...] = ()
    contact: str = ""


class Binding(StrEnum):
    """How the booklet's sheets become a booklet."""

    SADDLE = "saddle"
    PERFECT = "perfect"
    CUT_2 = "cut-2"
    CUT_4 = "cut-4"


class Flip(StrEnum):
    """About which edge the printer turns the sheet to print its back."""

    SHORT = "short"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class Booklet:
    """The file to print on an office printer and fold.

    `sheet` is the paper in the printer; None means the smallest usual one that holds the pages
    (A4 for A5, Letter for half letter). `fit`: pages too large for the sheet are made smaller.
    `signature` is the number of pages in one folded gathering, 0 for all in one where it is
    `saddle`, for 16 where it is `perfect`. `cover`: the outermost leaf is the cover.
    `creep`: pages move towards the spine by what the paper's thickness pushes them out.
    `right_to_left`: the spine is at the right; None means where the language is read so.
    """

    sheet: Trim | None = None
    binding: Binding = Binding.SADDLE
    signature: int = 0
    flip: Flip = Flip.SHORT
    cover: bool = False
    creep: bool = True
    marks: bool = True
    fit: bool = False
    right_to_left: bool | None = None
