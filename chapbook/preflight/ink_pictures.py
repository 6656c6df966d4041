"""Measure how much ink the images of a print file lay on paper."""

import pikepdf
from pikepdf import Array, Stream

# As fine as is needed to find an area: a dot or two of too much ink dries with the rest.
_SIDE = 256
_SHARE = 0.005
_FULL = 255


def darkest(image: Stream) -> tuple[float, ...]:
    """Give the four inks, in per cent, which no more than 0.5 % of an image is darker than.

    Nothing where it has other inks, or can not be read.
    """
    try:
        picture = pikepdf.PdfImage(image).as_pil_image()
        picture.draft("CMYK", (_SIDE, _SIDE))  # a JPEG is read no larger than needed
        if picture.mode != "CMYK":
            return ()
        factor = max(max(picture.size) // _SIDE, 1)
        dots = picture.reduce(factor).tobytes()
        # Pillow turns the JPEGs of Adobe, which hold their inks upside down; PDF does not.
        if ("adobe" in picture.info) != _is_turned(image):
            dots = bytes(_FULL - dot for dot in dots)
    except (pikepdf.PdfError, NotImplementedError, OSError, ValueError, TypeError):
        return ()
    inks = sorted(zip(dots[0::4], dots[1::4], dots[2::4], dots[3::4], strict=True), key=sum)
    if not inks:
        return ()
    return tuple(round(ink * 100 / _FULL, 2) for ink in inks[-int(len(inks) * _SHARE) - 1])


def _is_turned(image: Stream) -> bool:
    """Tell whether 0 stands for full ink (ISO 32000-1, 8.9.5.2)."""
    decode = image.get("/Decode")
    return isinstance(decode, Array) and len(decode) > 0 and float(decode[0]) == 1
