"""Soft masks that are not soft: they become stencils, which every press knows, or go."""

from itertools import starmap

import pikepdf
from pikepdf import Name, PdfError, Stream

OPAQUE, CLEAR = 255, 0
# What hides is 1 in a stencil (ISO 32000-1, 8.9.6.3).
HIDES = bytes(value == CLEAR for value in range(256))


def simplify_mask(file: pikepdf.Pdf, image: Stream) -> None:
    """Give a picture no mask where all of it shows, and a stencil where each point does or not."""
    mask = image.get("/SMask")
    if not isinstance(mask, Stream) or "/Matte" in mask or not _is_bytes(mask):
        return
    try:
        alpha = mask.read_bytes()
    except PdfError:
        return
    width, height = int(mask.Width), int(mask.Height)
    shades = set(alpha)
    if len(alpha) != width * height or not shades <= {OPAQUE, CLEAR}:
        return
    del image.SMask
    if CLEAR in shades:
        image.Mask = _stencil(file, alpha, width, height)


def _is_bytes(mask: Stream) -> bool:
    return int(mask.get("/BitsPerComponent", 0)) == 8 and "/Decode" not in mask


def _stencil(file: pikepdf.Pdf, alpha: bytes, width: int, height: int) -> Stream:
    hidden = alpha.translate(HIDES)
    rows = (hidden[start : start + width] for start in range(0, width * height, width))
    stencil = file.make_stream(b"".join(starmap(_packed, ((row, width) for row in rows))))
    stencil.Type, stencil.Subtype, stencil.ImageMask = Name.XObject, Name.Image, True
    stencil.Width, stencil.Height, stencil.BitsPerComponent = width, height, 1
    return stencil


def _packed(row: bytes, width: int) -> bytes:
    """Pack a row of bytes that are 0 or 1 into bits."""
    length = -(-width // 8)
    bits = row.translate(bytes.maketrans(b"\0\1", b"01")).ljust(length * 8, b"0")
    return int(bits, 2).to_bytes(length, "big")
