"""Pictures of the pages as they will be printed, two and two as they lie open. Knows pdfium."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO

import pypdfium2
from PIL import Image

PPI = 96
POINTS = 72
INCH = 25.4
TABLE, EDGE = 0xE2, 0x8C  # the grays of what pages lie on, and of the trim edge
AROUND = 5.0  # millimetres of table around the pages

Pair = tuple[int, ...]  # one page or two as they lie from left to right, 0 where there is none


@dataclass(frozen=True, slots=True)
class Portion:
    """Some spreads of a file, to be drawn by one worker; `path` is that of the file."""

    path: str
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A spread as PNG: its pages from left to right, 0 for none.

    `coloured` are those of its pages that are not of grays alone.
    """

    pair: Pair
    png: bytes = field(repr=False)
    coloured: frozenset[int] = frozenset()


def facing(pages: int, right_to_left: bool) -> tuple[Pair, ...]:
    """Say which of so many pages lie open together; the first and maybe the last lie alone."""
    last = pages if pages % 2 == 0 else 0
    pairs = [(0, 1), *((n, n + 1) for n in range(2, pages, 2))]
    if last:
        pairs.append((last, 0))
    return tuple((b, a) if right_to_left else (a, b) for a, b in pairs)


def name_of(pair: Pair, pages: int) -> str:
    """Name a spread by its pages, so that names in order are pages in order: `002-003`."""
    digits = max(len(str(pages)), 3)
    return "-".join(f"{page:0{digits}}" for page in sorted(pair) if page)


def draw_portion(portion: Portion) -> tuple[Picture, ...]:
    """Draw spreads cut at the trim, what lies outside it left out; runs in a worker."""
    document = pypdfium2.PdfDocument(portion.path)
    try:
        return tuple(_draw(document, pair) for pair in portion.pairs)
    finally:
        document.close()


def draw_sheet(pdf: bytes, folds: Sequence[float] = ()) -> bytes:
    """Draw the first page of a file, cut at the trim, as PNG.

    `folds` are where it is folded, in millimetres from its left edge: they are ticked beside it.
    """
    document = pypdfium2.PdfDocument(pdf)
    try:
        drawn = _page(document, 1)
    finally:
        document.close()
    sheet, (left, top) = _table(drawn.width, drawn.height)
    _lay(sheet, drawn, left, top)
    for fold in folds:
        x = left + round(fold * PPI / INCH)
        sheet.paste(_gray(EDGE), (x, 2, x + 1, top - 3))
        sheet.paste(_gray(EDGE), (x, top + drawn.height + 3, x + 1, sheet.height - 2))
    return _png(sheet)


def _draw(document: pypdfium2.PdfDocument, pair: Pair) -> Picture:
    drawn = {page: _page(document, page) for page in pair if page}
    width, height = (max(side) for side in zip(*(one.size for one in drawn.values()), strict=True))
    sheet, (left, top) = _table(width * len(pair), height)
    for place, page in enumerate(pair):
        if page:
            _lay(sheet, drawn[page], left + place * width, top)
    return Picture(
        pair,
        _png(sheet),
        frozenset(page for page in pair if page and not _is_gray(drawn[page])),
    )


def _page(document: pypdfium2.PdfDocument, number: int) -> Image.Image:
    page = document[number - 1]
    left, bottom, right, top = page.get_trimbox()
    page.set_mediabox(left, bottom, right, top)
    page.set_cropbox(left, bottom, right, top)
    drawn: Image.Image = page.render(scale=PPI / POINTS).to_pil().convert("RGB")
    size = round((right - left) * PPI / POINTS), round((top - bottom) * PPI / POINTS)
    return drawn.crop((0, 0, *size))


def _table(width: int, height: int) -> tuple[Image.Image, tuple[int, int]]:
    around = round(AROUND * PPI / INCH)
    size = width + 2 * around, height + 2 * around
    return Image.new("RGB", size, _gray(TABLE)), (around, around)


def _lay(sheet: Image.Image, page: Image.Image, left: int, top: int) -> None:
    """Lay a page on the table, a line around it where it will be cut."""
    right, bottom = left + page.width, top + page.height
    sheet.paste(_gray(EDGE), (left - 1, top - 1, right + 1, bottom + 1))
    sheet.paste(page, (left, top))


def _gray(value: int) -> tuple[int, int, int]:
    return value, value, value


def _is_gray(image: Image.Image) -> bool:
    red, green, blue = (band.tobytes() for band in image.split())
    return red == green == blue


def _png(image: Image.Image) -> bytes:
    out = BytesIO()
    (image.convert("L") if _is_gray(image) else image).save(out, "PNG")
    return out.getvalue()


def portions(path: str, pairs: Sequence[Pair], most: int) -> Iterator[Portion]:
    """Part spreads into lots of at most so many."""
    for start in range(0, len(pairs), most):
        yield Portion(path, tuple(pairs[start : start + most]))
