"""Reads an image of pixels: what it is, how large, and whether it is whole.

Only GIF and WebP are decoded for it; of the others a glance at their parts will do.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from PIL import Image, ImageFile, UnidentifiedImageError

from chapbook.diagnostics import BookError, Code, Diagnostic, Location, error, warning
from chapbook.settings import Limits

# What both editions can show: https://www.w3.org/TR/epub-33/#sec-core-media-types
_MEDIA_TYPES = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",  # a JPEG with further pictures behind it, as telephones make them
    "GIF": "image/gif",
    "WEBP": "image/webp",
}
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
_ORIENTATION = 0x0112
_TURNED = (5, 6, 7, 8)
_START_OF_SCAN, _END_OF_IMAGE = 0xDA, b"\xff\xd9"


def inspect_raster(
    content: bytes, at: Location, limits: Limits
) -> tuple[str, tuple[int, int], tuple[Diagnostic, ...]]:
    """Give media type, width and height as shown, and what Pillow warned of.

    Raises BookError at `at` where the image is too large, damaged or of another kind.
    """
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            with Image.open(BytesIO(content), formats=_FORMATS) as image:
                size = image.size
                _check_size(size, at, limits)
                media_type = _MEDIA_TYPES[image.format or ""]
                if media_type != "image/png" and image.getexif().get(_ORIENTATION) in _TURNED:
                    size = size[::-1]
                _check_whole(image, content)
        except Image.DecompressionBombError:
            raise _too_large("an image", at, limits) from None
        except BookError:
            raise
        except Exception as fault:  # a decoder meets hostile bytes, and raises whatever it likes
            raise _unreadable(fault, content, at) from None
    return media_type, size, _warnings(caught, at)


def _check_size(size: tuple[int, int], at: Location, limits: Limits) -> None:
    if size[0] * size[1] > limits.image_pixels:
        raise _too_large(f"{size[0]:,} by {size[1]:,} pixels", at, limits)


def _check_whole(image: ImageFile.ImageFile, content: bytes) -> None:
    """Raise whatever Pillow raises where the end of an image is missing."""
    if image.format == "PNG":
        image.verify()
    elif image.format in ("JPEG", "MPO"):
        if content.find(_END_OF_IMAGE, _start_of_scan(content)) < 0:
            raise OSError("its end is missing")
    else:
        with _strictly():
            image.load()


@contextmanager
def _strictly() -> Iterator[None]:
    """Let Pillow refuse half an image, though another library may have told it not to."""
    is_lax = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = is_lax


def _start_of_scan(content: bytes) -> int:
    """Find where the pixels of a JPEG begin, past any small picture in its header.

    https://www.w3.org/Graphics/JPEG/itu-t81.pdf, B.1.1
    """
    at = 2
    while content[at + 1] != _START_OF_SCAN:
        is_fill = content[at + 1] == 0xFF
        at += 1 if is_fill else 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return at


def _too_large(what: str, at: Location, limits: Limits) -> BookError:
    message = (
        f"{what} of more than {limits.image_pixels:,} pixels"
        if what == "an image"
        else (f"{what} are more than {limits.image_pixels:,}")
    )
    return BookError([error(Code.IMAGE_TOO_LARGE, message, at, "make it smaller")])


def _unreadable(fault: Exception, content: bytes, at: Location) -> BookError:
    if not content:
        message = "the image is empty"
    elif isinstance(fault, UnidentifiedImageError):
        message = "not a PNG, JPEG, GIF, WebP or SVG image"
    elif isinstance(fault, OSError | SyntaxError) and str(fault):
        message = f"the image is damaged: {str(fault).lower()}"
    else:
        message = "the image is damaged"
    return BookError([error(Code.IMAGE_UNREADABLE, message, at, "export it again")])


def _warnings(caught: list[warnings.WarningMessage], at: Location) -> tuple[Diagnostic, ...]:
    """Pass on what Pillow warned of; how many pixels there may be, our limits say."""
    messages = dict.fromkeys(
        str(each.message).lower()
        for each in caught
        if not issubclass(each.category, Image.DecompressionBombWarning)
    )
    return tuple(
        warning(Code.IMAGE_UNREADABLE, f"the image is odd: {message}", at) for message in messages
    )
