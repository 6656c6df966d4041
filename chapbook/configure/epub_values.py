"""What `book.toml` may say of the e-book."""

from collections.abc import Callable
from typing import Any

from chapbook.configure.print_shop_values import no_twice
from chapbook.diagnostics import Code, Severity
from chapbook.schema import Structurer, UnfitError
from chapbook.settings import BookSettings, Store, Writing

LEAST_SIDE, MOST_SIDE = 320, 10_000
LEAST_IMAGE, LEAST_DOCUMENT = 20_000, 10_000


def image_side(pixels: int) -> int:
    """Check the longer side of an image."""
    if pixels and not LEAST_SIDE <= pixels <= MOST_SIDE:
        hint = "2048 is enough for any screen that books are read on; 0 is no limit"
        raise UnfitError(f"{pixels} pixels are not between {LEAST_SIDE} and {MOST_SIDE}", hint)
    return pixels


def image_bytes(size: int) -> int:
    """Check the bytes that an image may have."""
    return _at_least(size, LEAST_IMAGE)


def document_bytes(size: int) -> int:
    """Check the bytes that a document may have."""
    return _at_least(size, LEAST_DOCUMENT)


def _at_least(size: int, least: int) -> int:
    if size and size < least:
        raise UnfitError(f"{size} bytes are fewer than {least}", "0 is no limit")
    return size


EPUB_CHECKS: dict[str, Callable[[Any], Any]] = {
    "epub.image-side": image_side,
    "epub.image-bytes": image_bytes,
    "epub.document-bytes": document_bytes,
    "epub.stores": no_twice,
}


def check_epub(settings: BookSettings, structurer: Structurer) -> None:
    """Check what no single key can tell of the e-book."""
    epub = settings.epub
    is_east_asian = settings.language.partition("-")[0].lower() in ("ja", "zh", "ko")
    if epub.writing is Writing.VERTICAL and not is_east_asian:
        message = f'a book in "{settings.language}" has no upright lines'
        hint = 'take it out, or say language = "ja"'
        path = ("epub", "writing")
        structurer.report(Code.CONFIG_BAD_VALUE, message, path, hint, severity=Severity.WARNING)
    if epub.fonts and Store.KINDLE in epub.stores and ("epub", "fonts") in structurer.places:
        message = "an e-book for Kindle has no fonts of its own"
        hint = 'make one for Kindle and one for others, or write "fonts = false"'
        path = ("epub", "fonts")
        structurer.report(Code.CONFIG_BAD_VALUE, message, path, hint, severity=Severity.WARNING)
