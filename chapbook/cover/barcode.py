"""The book's number as bars: EAN-13 with its add-on, and the two rows of Japanese books.

Bars come from Zint (https://www.zint.org.uk/manual/); sizes from the GS1 General Specifications,
5.2 (https://ref.gs1.org/standards/genspecs/), and for the two rows from the Japanese ISBN agency's
guide to book JAN codes (https://isbn.jpo.or.jp/): 31.35 mm wide, 11 mm high, black on white,
10 mm from the head and 12 mm from the spine. Lengths are millimetres.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import zint

MODULE = 0.33  # the nominal width of the narrowest bar
HEIGHT = 22.85
JAPANESE_HEIGHT = 11.0
QUIET_LEFT, QUIET_RIGHT = 11, 7  # modules; after an add-on 5
QUIET_AFTER_ADD_ON = 5
MODULES = 95
GUARD_DESCENT = 5  # modules that the guards reach down between the digits
GUARDS = (range(3), range(45, 50), range(92, 95))


class BadBarcodeError(ValueError):
    """Raised for digits that no such code can hold."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its left edge and its width, in modules from the first bar of the code."""

    left: int
    width: int
    is_guard: bool = False


@dataclass(frozen=True, slots=True)
class Barcode:
    """A code as it is drawn.

    `digits` are those of the code, `add_on` the 2 or 5 beside it. `width` is that of all bars,
    `add_on_left` where those of the add-on begin, all in modules. `height` is that of the bars in
    millimetres; `is_plain`: the guards are no longer than the others, as in Japan.
    """

    digits: str
    add_on: str
    height: float
    bars: tuple[Bar, ...] = field(repr=False)
    width: int
    add_on_left: int = 0
    is_plain: bool = False
    module: float = MODULE

    @property
    def quiet_left(self) -> float:
        """What must stay white before the bars, in millimetres."""
        return QUIET_LEFT * self.module

    @property
    def quiet_right(self) -> float:
        """What must stay white after the bars, in millimetres."""
        return (QUIET_AFTER_ADD_ON if self.add_on else QUIET_RIGHT) * self.module

    @property
    def width_mm(self) -> float:
        """The width of all bars, without the quiet zones, in millimetres."""
        return round(self.width * self.module, 4)

    @property
    def path(self) -> str:
        """The bars as an SVG path in modules across and millimetres down, from the upper left."""
        return "".join(self._path())

    @property
    def drawn_height(self) -> float:
        """How far down the longest bar reaches, in millimetres."""
        return self.height if self.is_plain else self.height + GUARD_DESCENT * self.module

    @property
    def add_on_top(self) -> float:
        """Where the bars of the add-on begin: its digits stand above them."""
        return 3.4

    def _path(self) -> Iterator[str]:
        for bar in self.bars:
            beside = self.add_on and bar.left >= self.add_on_left
            top = self.add_on_top if beside else 0.0
            longer = beside or (bar.is_guard and not self.is_plain)
            bottom = self.drawn_height if longer else self.height
            yield f"M{bar.left} {top:g}h{bar.width}V{bottom:g}h-{bar.width}z"


def isbn_digits(isbn: str) -> str:
    """Give the 13 digits of an ISBN; one of 10 digits gets its prefix 978 and a new check digit.

    https://www.isbn-international.org/content/isbn-users-manual
    """
    digits = re.sub(r"[^0-9Xx]", "", re.sub(r"^ISBN(-1[03])?", "", isbn.strip()))
    if len(digits) != 10:
        return digits
    stem = "978" + digits[:9]
    return stem + str(check_digit(stem))


def check_digit(stem: str) -> int:
    """Reckon the 13th digit of the 12 before it (ISO/IEC 15420)."""
    return -sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(stem)) % 10


def make_barcode(digits: str, add_on: str = "", is_japanese: bool = False) -> Barcode:
    """Make a code of 13 digits, with 2 or 5 beside it.

    Raises `BadBarcodeError` where their number is another, or the check digit does not fit.
    """
    if not re.fullmatch(r"[0-9]{13}", digits):
        raise BadBarcodeError(f"“{digits}” is not 13 digits")
    if not re.fullmatch(r"([0-9]{2}|[0-9]{5})?", add_on):
        raise BadBarcodeError(f"the add-on “{add_on}” is not 2 or 5 digits")
    if (right := str(check_digit(digits[:12]))) != digits[12]:
        raise BadBarcodeError(f"the last digit of “{digits}” does not fit the others: {right} does")
    row, width = _modules(digits, add_on)
    bars = tuple(_bars(row))
    gap = next((b.left for b in bars if b.left >= MODULES), 0)
    height = JAPANESE_HEIGHT if is_japanese else HEIGHT
    return Barcode(digits, add_on, height, bars, width, gap, is_plain=is_japanese)


def second_row(jan: str) -> Barcode:
    """Make the second row of a Japanese book; raises `BadBarcodeError`."""
    digits = re.sub(r"[\s-]", "", jan)
    if not digits.startswith("192"):
        raise BadBarcodeError(f"“{jan}” does not begin with 192")
    return make_barcode(digits, is_japanese=True)


def japanese_line(jan: str) -> str:
    """Write what the second row says, for people: the class and the price without tax."""
    digits = re.sub(r"[\s-]", "", jan)
    return f"C{digits[3:7]} ¥{int(digits[7:12]):04d}E"


def _modules(digits: str, add_on: str) -> tuple[str, int]:
    symbol = zint.Symbol()
    symbol.symbology = zint.Symbology.EANX
    symbol.encode(f"{digits}+{add_on}" if add_on else digits)
    # One row; the first module is the lowest bit of its first byte.
    bits = "".join(f"{byte:08b}"[::-1] for byte in bytes(symbol.encoded_data))
    return bits[: symbol.width], symbol.width


def _bars(row: str) -> Iterator[Bar]:
    for run in re.finditer("1+", row):
        is_guard = any(run.start() in guard for guard in GUARDS)
        yield Bar(run.start(), len(run[0]), is_guard)
