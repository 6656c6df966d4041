"""Which barcodes a book bears."""

import re
from collections.abc import Callable

from chapbook.cover.barcode import (
    BadBarcodeError,
    Barcode,
    isbn_digits,
    make_barcode,
    second_row,
)
from chapbook.diagnostics import Code, Diagnostic, Location, error
from chapbook.settings import BookSettings

SETTINGS_FILE = "book.toml"


def book_codes(settings: BookSettings) -> tuple[tuple[Barcode, ...], tuple[Diagnostic, ...]]:
    """Give the barcodes of the printed edition, and what is wrong with their digits.

    None without an ISBN, or where the book wants none; two where the price is that of a Japanese
    book.
    """
    isbn, price = settings.identifiers.print, settings.cover.price
    if not (isbn and settings.cover.barcode):
        return (), ()
    digits = isbn_digits(isbn)
    made: list[Barcode] = []
    found: list[Diagnostic] = []

    def make(key: str, code: Callable[[], Barcode]) -> None:
        try:
            made.append(code())
        except BadBarcodeError as fault:
            at = settings.locations.get(key, Location(SETTINGS_FILE))
            found.append(error(Code.BAD_BARCODE, str(fault), at))

    if price.jan:
        make("identifiers.print", lambda: make_barcode(digits, is_japanese=True))
        make("cover.price.jan", lambda: second_row(price.jan))
        return tuple(made), tuple(found)
    make("identifiers.print", lambda: make_barcode(digits))
    add_on = re.sub(r"[\s-]", "", price.add_on)
    if made and add_on:
        made.clear()
        make("cover.price.add-on", lambda: make_barcode(digits, add_on))
    return tuple(made), tuple(found)
