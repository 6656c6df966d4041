"""Images with too few pixels for the size at which they are printed."""

from collections.abc import Iterator
from math import ceil, hypot

from chapbook.diagnostics import Code
from chapbook.preflight.findings import Finding
from chapbook.preflight.proof import Proof, millimetres, name_of
from chapbook.preflight.sides import Picture, Side

_SLACK = 0.99
_POINTS = 72
_LEAST = 1.0  # points; what is smaller is a dot, not an image


def check_resolution(proof: Proof) -> Iterator[Finding]:
    """Find images below `print.image_ppi` at their printed size."""
    wanted = proof.job.settings.image_ppi
    for side in proof.sides:
        for picture in side.pictures:
            ppi = _resolution(picture)
            if ppi is not None and ppi < wanted * _SLACK:
                yield _finding(proof, side, picture, ppi)


def _resolution(picture: Picture) -> float | None:
    """Give the pixels to the inch, across or down, whichever are fewer."""
    if hypot(*picture.printed) < _LEAST or not all(picture.pixels):
        return None
    pairs = zip(picture.pixels, picture.printed, strict=True)
    return min(pixels * _POINTS / size for pixels, size in pairs if size)


def _finding(proof: Proof, side: Side, picture: Picture, ppi: float) -> Finding:
    wanted = proof.job.settings.image_ppi
    width, (pixels, _) = picture.printed[0], picture.pixels
    looks = "it will be blurred" if ppi < wanted / 2 else "it will look soft"
    what = (
        f"{name_of(proof, side, picture)} is printed at {ppi:.0f} ppi, "
        f"{millimetres(width)} wide: {looks}"
    )
    hint = (
        f"{wanted:.0f} ppi are wanted: its {pixels} pixels are sharp up to "
        f"{millimetres(width * ppi / wanted)}; for {millimetres(width)} it needs "
        f"{ceil(pixels * wanted / ppi)} pixels across"
    )
    at = proof.of_thing(side, picture)
    return Finding(Code.LOW_RESOLUTION, what, side.number, at, (hint,), weight=wanted / ppi)
