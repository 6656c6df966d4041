"""The front of a cover as a picture, for the e-book and for the web. Knows pdfium."""

from io import BytesIO

import pypdfium2

from chapbook.cover.fitting import POINTS
from chapbook.cover.wrap import FRONT, Wrap

LONG_SIDE = 2560  # pixels, as e-book shops ask for
FORMATS = {"png": "PNG", "jpeg": "JPEG"}
JPEG_QUALITY = 88


def front_image(pdf: bytes, wrap: Wrap, kind: str = "png", long_side: int = LONG_SIDE) -> bytes:
    """Draw the front panel of a cover's PDF, cut at the trim, in the proportions of the page.

    `pdf` has one page, its TrimBox the whole sheet; marks and bleed around it are left out. `kind`
    is `png` or `jpeg`; `long_side` counts pixels. The same input gives the same bytes. Raises
    `KeyError` for another kind, and pypdfium2's error where the file can not be read.
    """
    form = FORMATS[kind]
    panel, page_size = wrap.panel(FRONT), wrap.page
    scale = long_side / max(page_size.width, page_size.height)
    size = (round(page_size.width * scale), round(page_size.height * scale))
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        left, bottom, _, top = page.get_trimbox()
        page.set_cropbox(left + panel.left * POINTS, bottom, left + panel.right * POINTS, top)
        drawn = page.render(scale=scale / POINTS).to_pil().convert("RGB")
    finally:
        document.close()
    out = BytesIO()
    options = {"optimize": True} if form == "PNG" else {"quality": JPEG_QUALITY, "subsampling": 0}
    drawn.crop((0, 0, *size)).save(out, form, **options)
    return out.getvalue()
