"""Draw the cover of an e-book in pixels: shops and many readers know no cover in SVG."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from PIL import Image

from chapbook.cache import Cache, code_digest, digest, installed_version
from chapbook.compose.epub_images import COVER_SIDE, ScreenImage
from chapbook.diagnostics import BookError, Code, Location, error
from chapbook.model import Asset

QUALITY = 90
PAPER = "#ffffff"
SERIF, SANS, MONOSPACED = "Source Serif 4", "Source Sans 3", "Source Code Pro"


def draw_cover(
    cover: Asset, fonts: Sequence[Path], at: Location | None, cache: Cache | None = None
) -> ScreenImage:
    """Give a drawing as a JPEG, 2560 pixels along its longer side.

    `fonts` are the only ones that its words are set in: those of the machine do not count. What
    was drawn before is taken from `cache`. Raises `BookError` where it cannot be drawn.
    """
    if cache is None:
        return _draw(cover, fonts, at)
    named = cover.sha256 or digest(cover.file.read_bytes())
    versions = [code_digest(), *map(installed_version, ("resvg_py", "pillow"))]
    faces = [(font.name, font.stat().st_size) for font in fonts]
    key = digest(named, cover.width, cover.height, faces, versions)
    return cache.recall("screen", key, lambda: _draw(cover, fonts, at))


def _draw(cover: Asset, fonts: Sequence[Path], at: Location | None) -> ScreenImage:
    # Imported here: few builds draw a cover.
    import resvg_py

    is_tall = cover.height >= cover.width
    try:
        drawn = resvg_py.svg_to_bytes(
            svg_string=cover.file.read_text("utf-8-sig"),
            background=PAPER,
            skip_system_fonts=True,
            font_files=[str(font) for font in fonts],
            width=None if is_tall else COVER_SIDE,
            height=COVER_SIDE if is_tall else None,
            font_family=SERIF,
            serif_family=SERIF,
            sans_serif_family=SANS,
            monospace_family=MONOSPACED,
        )
    except (ValueError, OSError) as fault:
        message = f"the cover cannot be drawn: {str(fault).rstrip('.')}"
        hint = "save it as plain SVG, or give it as PNG or JPEG"
        raise BookError([error(Code.COVER_NOT_DRAWN, message, at, hint)]) from fault
    out = BytesIO()
    with Image.open(BytesIO(drawn)) as image:
        image.convert("RGB").save(out, "JPEG", quality=QUALITY, subsampling=0, optimize=True)
    return ScreenImage("image/jpeg", out.getvalue())
