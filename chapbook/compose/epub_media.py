"""The images and fonts of an e-book: what each is called there, and what is in it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from chapbook.cache import Cache
from chapbook.compose.epub_cover import draw_cover
from chapbook.compose.epub_files import name_images
from chapbook.compose.epub_fonts import embed_fonts
from chapbook.compose.epub_images import SVG, ScreenImage, screen_images
from chapbook.compose.folders import Folders
from chapbook.compose.fragments import images_in, texts_of
from chapbook.compose.styles import Stylesheet
from chapbook.diagnostics import BookError, Code, Outcome, error
from chapbook.model import Book, Division
from chapbook.settings import BookSettings, Store

DRAWN = " drawn"  # after the path of a cover that was drawn: no file of a book is named so
FONTS = ("fonts/**/*.ttf", "fonts/**/*.otf")


@dataclass(frozen=True, slots=True)
class Media:
    """The images: their names by their paths in the book, and what each name holds.

    `cover` is the name of the cover image, '' where there is none.
    """

    names: Mapping[str, str]
    resources: Mapping[str, Path | bytes]
    media_types: Collection[str]
    cover: str = ""


def gather_images(
    book: Book, divisions: Iterable[Division], folders: Folders, cache: Cache | None
) -> Media:
    """Make the images fit for screens, and draw the cover if it is a drawing.

    A cover that no division shows is left out where it was drawn. Raises `BookError` where there
    is no cover image of that name, or it cannot be drawn.
    """
    cover, assets = book.settings.cover.image, book.assets
    if cover and cover not in assets:
        at = book.settings.locations.get("cover.image")
        raise BookError([error(Code.MISSING_IMAGE, f"no image “{cover}” for the cover", at)])
    images = dict(screen_images(assets, book.settings, cache))
    key = cover
    if cover and assets[cover].media_type == SVG:
        key = cover + DRAWN
        found = (folders.find(name) for pattern in FONTS for name in folders.names(pattern))
        fonts = sorted((one.path for one in found if one), key=_plainness)
        at = book.settings.locations.get("cover.image")
        images[key] = draw_cover(assets[cover], fonts, at, cache)
        if all(cover not in images_in(text) for d in divisions for text in texts_of(d)):
            del images[cover]
    names = name_images({path: image.media_type for path, image in images.items()})
    return Media(
        names={path: name for path, name in names.items() if path != cover + DRAWN},
        resources={names[path]: _content(book, path, image) for path, image in images.items()},
        media_types={image.media_type for image in images.values()},
        cover=names[key] if key else "",
    )


def _plainness(font: Path) -> tuple[bool, bool, str]:
    """Sort fonts so that signs which only some have are taken from a plain one with serifs."""
    return "Regular" not in font.stem, "Serif" not in font.stem, font.name


def _content(book: Book, path: str, image: ScreenImage) -> Path | bytes:
    return book.assets[path].file if image.content is None else image.content


def embed(
    style: Stylesheet,
    documents: Iterable[str],
    settings: BookSettings,
    folders: Folders,
    cache: Cache | None,
) -> Outcome[tuple[str, Mapping[str, Path | bytes]]]:
    """Give the text of the style sheet, and what stands behind the addresses in it.

    Fonts are cut down to the letters of the `documents`. Kindle has better ones of its own.
    """
    epub = settings.epub
    letters: set[str] = set()
    for content in documents:
        letters.update(content)
    wanted = epub.fonts and Store.KINDLE not in epub.stores

    def shown(name: str) -> str:
        found = folders.find(name)
        return found.shown if found else name

    embedded = embed_fonts(style, letters, wanted, shown, cache)
    sheet, fonts = embedded.value
    return Outcome((sheet.text, {**sheet.resources, **fonts}), embedded.diagnostics)
