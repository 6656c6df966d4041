"""What `book.toml` may say of print, paper, inks, booklet and cover."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from chapbook.diagnostics import BookError, Code, Diagnostic, Severity
from chapbook.folder import read_bytes
from chapbook.paper import check_paper
from chapbook.print_shop import Binding
from chapbook.schema import Structurer, UnfitError
from chapbook.settings import BookSettings

MOST_OF_A_PROFILE = 32 * 2**20
# An ICC profile begins with its size, and has this at byte 36 (https://www.color.org, ICC.1, 7.2).
HEADER, SIGNATURE = 128, b"acsp"
CUT = (Binding.CUT_2, Binding.CUT_4)
# The names that PDF gives to inks of its own (ISO 32000-1, 8.6.6.4).
PROCESS = frozenset({"all", "none", "cyan", "magenta", "yellow", "black"})


def no_twice(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Check that a list has nothing twice."""
    for index, value in enumerate(values):
        if value in values[:index]:
            raise UnfitError(f'"{value}" stands twice')
    return values


def multiple(pages: int) -> int:
    """Check what the number of pages is to be a multiple of."""
    if pages != 1 and (pages % 2 or not 2 <= pages <= 128):
        raise UnfitError(f"{pages} is not 1, nor an even number up to 128", "usual are 4, 8 and 16")
    return pages


def signature(pages: int) -> int:
    """Check the number of pages of a gathering."""
    if pages % 4 or not 0 <= pages <= 128:
        hint = "a folded sheet has 4 pages; usual are 16 and 32, and 0 is all in one"
        raise UnfitError(f"{pages} is not a multiple of 4 up to 128", hint)
    return pages


def ink_name(name: str) -> str:
    """Check the name of an ink of its own."""
    if not name.strip() or len(name.encode()) > 127:
        raise UnfitError(f'"{name}" is not the name of an ink')
    if name.strip().casefold() in PROCESS:
        raise UnfitError(f'"{name}" is no ink of its own', "write the printer's name of the spot")
    return name.strip()


def ink_colour(written: str) -> str:
    """Check the colour that an ink of its own has on the screen."""
    short = re.fullmatch(r"#([0-9a-f])([0-9a-f])([0-9a-f])", written.casefold())
    if short:
        return "#" + "".join(2 * digit for digit in short.groups())
    if not re.fullmatch(r"#[0-9a-f]{6}", written.casefold()):
        raise UnfitError(f'"{written}" is not a colour', 'write it as in "#2b4a8b"')
    return written.casefold()


def four_inks(shares: tuple[float, ...]) -> tuple[float, ...]:
    """Check the shares of cyan, magenta, yellow and black."""
    if len(shares) not in (0, 4):
        raise UnfitError(
            f"{len(shares)} numbers are not four", "give cyan, magenta, yellow, black in per cent"
        )
    return shares


def add_on(digits: str) -> str:
    """Check the digits beside the ISBN."""
    plain = re.sub(r"[\s-]", "", digits)
    if not re.fullmatch(r"([0-9]{2}|[0-9]{5})?", plain):
        raise UnfitError(f'"{digits}" is not 2 or 5 digits', 'as in "51299", for 12.99 US dollars')
    return plain


def jan(digits: str) -> str:
    """Check the digits of the second row of a Japanese book."""
    plain = re.sub(r"[\s-]", "", digits)
    if plain and not re.fullmatch(r"192[0-9]{10}", plain):
        hint = "it has 13: 192, the C code, the price, and a check digit"
        raise UnfitError(f'"{digits}" is not the second row of a Japanese book', hint)
    return plain


PRINT_SHOP_CHECKS: dict[str, Callable[[Any], Any]] = {
    "print.marks": no_twice,
    "print.multiple": multiple,
    "print.spots.*.name": ink_name,
    "print.spots.*.colour": ink_colour,
    "print.spots.*.cmyk": four_inks,
    "booklet.signature": signature,
    "cover.price.add-on": add_on,
    "cover.price.jan": jan,
}


def check_print_shop(settings: BookSettings, structurer: Structurer, folder: Path) -> None:
    """Check what no single key can tell of the print shop."""
    locations = {".".join(path): place for path, place in structurer.places.items()}
    found = [d for d in check_paper(settings.print.paper, locations) if d.is_error]
    structurer.findings += found
    _check_spots(settings, structurer)
    if settings.print.profile:
        structurer.findings += _faults_of_profile(settings.print.profile, structurer, folder)
    booklet = settings.booklet
    if booklet.signature and booklet.binding in CUT:
        message = f'a booklet bound as "{booklet.binding}" has no signatures'
        path = ("booklet", "signature")
        severity = Severity.WARNING
        structurer.report(Code.CONFIG_BAD_VALUE, message, path, "leave it out", severity=severity)


def _check_spots(settings: BookSettings, structurer: Structurer) -> None:
    spots = settings.print.spots
    given = {"name": [one.name for one in spots], "colour": [one.colour for one in spots]}
    for key, values in given.items():
        for index, value in enumerate(values):
            if value and value in values[:index]:
                path = ("print", "spots", str(index), key)
                structurer.report(Code.CONFIG_BAD_VALUE, f'two inks have the {key} "{value}"', path)


def _faults_of_profile(name: str, structurer: Structurer, folder: Path) -> tuple[Diagnostic, ...]:
    path = ("print", "profile")
    try:
        profile = read_bytes(folder, name, MOST_OF_A_PROFILE, structurer.place(path))
    except BookError as fault:
        return fault.diagnostics
    size = int.from_bytes(profile[:4], "big")
    if not HEADER < size <= len(profile) or profile[36:40] != SIGNATURE:
        hint = "ask the printer for the file again; its name ends in .icc or .icm"
        structurer.report(Code.CONFIG_BAD_VALUE, f'"{name}" is no ICC profile', path, hint)
    return ()
