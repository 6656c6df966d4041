"""Files for the tests of the print shop: small, drawn by hand, and read with other libraries."""

import io
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name
from PIL import Image

from chapbook.diagnostics import Location
from chapbook.prepress import prepare_print
from chapbook.print_job import PrintJob
from chapbook.print_shop import Colour, Print, Standard, Trim
from chapbook.publication import Metadata
from tests.paged_books import FONTS

WIDTH, HEIGHT = 200.0, 300.0
POINT = 72 / 25.4
AT = Location("book.toml", 9, 1)
FACES = tuple(
    FONTS / name
    for name in ("source-sans-3/SourceSans3-Regular.ttf", "noto-sans-jp/NotoSansJP-Regular.ttf")
)
# A ground that runs far over the edge, and a square with a corner at 50, 60.
INK = b"0.5 g -99 -99 999 999 re f 0 g 50 60 40 40 re f\n"


def pages(
    *drawn: bytes, resources: Mapping[str, Any] | None = None, bleed: float = 30.0
) -> pikepdf.Pdf:
    """Draw a file whose pages are 200 by 300 points, with room around."""
    file = pikepdf.new()
    shared = file.make_indirect(Dictionary(dict(resources or {})))
    for content in drawn or (INK,):
        page = Dictionary(
            Type=Name.Page,
            MediaBox=Array([-bleed, -bleed, WIDTH + bleed, HEIGHT + bleed]),
            TrimBox=Array([0, 0, WIDTH, HEIGHT]),
            Resources=shared,
            Contents=file.make_stream(content),
        )
        file.pages.append(pikepdf.Page(file.make_indirect(page)))
    return file


def written(file: pikepdf.Pdf, **options: Any) -> bytes:
    """Give the bytes of a file."""
    target = io.BytesIO()
    file.save(target, **({"deterministic_id": True} | options))
    return target.getvalue()


def job(**asked: Any) -> PrintJob:
    """Make a job of these settings of print."""
    return PrintJob(
        settings=replace(Print(), **asked),
        metadata=Metadata("A Book & More", "en", "urn:isbn:9783161484100", date="2024-02-29"),
        trim=Trim("own", WIDTH / POINT, HEIGHT / POINT),
        sources="0123456789abcdef" * 4,
        locations={"print.standard": AT, "print.padding": AT},
        faces=FACES,
    )


def prepared(file: pikepdf.Pdf, **asked: Any) -> bytes:
    """Prepare a file, which must be without fault."""
    outcome = prepare_print(written(file), job(**asked))
    assert outcome.diagnostics == ()
    return outcome.value


def strict(standard: Standard, file: pikepdf.Pdf | None = None) -> bytes:
    """Prepare a file for a standard, with nothing but what it asks for."""
    asked = {"standard": standard, "colour": Colour.CMYK, "multiple": 1}
    return prepared(file or pages(), **asked)


def shown(pdf: bytes, page: int = 0, scale: float = 2.0) -> Image.Image:
    """Draw a page in shades of gray."""
    bitmap = pypdfium2.PdfDocument(pdf)[page].render(scale=scale, grayscale=True)
    image: Image.Image = bitmap.to_pil().convert("L")
    return image


def opened(pdf: bytes) -> pikepdf.Pdf:
    """Open a file to look into it."""
    return pikepdf.open(io.BytesIO(pdf))
