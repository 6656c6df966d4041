"""How much of the paper each ink covers. Knows pdfium.

A tint of half an ink on half a page covers a quarter of it. What an ink prints over another is
counted for both, as the press lays both.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pypdfium2

from chapbook.pack.separations import make_separable

SCALE = 0.5  # 36 dots to the inch: an area is the same at any resolution


@dataclass(frozen=True, slots=True)
class InkUse:
    """An ink, the part of the trimmed pages that it covers from 0 to 1, the pages that have it.

    The inks of a press are named as PDF does: Cyan, Magenta, Yellow, Black.
    """

    name: str
    share: float
    pages: frozenset[int] = field(default=frozenset(), repr=False)


def measure_inks(pdf: bytes) -> tuple[InkUse, ...]:
    """Measure every ink that a file of gray, four inks or spots lays; others are left out.

    It is for a worker: a book of four inks is drawn four times.
    """
    separable = make_separable(pdf)
    try:
        uses = [_use(ink, _shares(separable.show(ink))) for ink in separable.inks]
    finally:
        separable.file.close()
    return tuple(use for use in uses if use.pages)


def _use(ink: str, shares: Sequence[float]) -> InkUse:
    pages = frozenset(number for number, share in enumerate(shares, 1) if share)
    return InkUse(ink, sum(shares) / max(len(shares), 1), pages)


def _shares(pdf: bytes) -> list[float]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_share(page) for page in document]
    finally:
        document.close()


def _share(page: pypdfium2.PdfPage) -> float:
    left, bottom, right, top = page.get_trimbox()
    page.set_mediabox(left, bottom, right, top)
    page.set_cropbox(left, bottom, right, top)
    counts = page.render(scale=SCALE, grayscale=True).to_pil().histogram()
    light = sum(value * count for value, count in enumerate(counts))
    return float(1 - light / (255 * sum(counts)))
