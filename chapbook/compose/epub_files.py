"""Name the files of an e-book: in ASCII, short, no two alike even where case is not heeded."""

import posixpath
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping

from chapbook.compose.places import free
from chapbook.model import Division, DivisionKind

COVER = "cover.xhtml"
NAV = "nav.xhtml"
NCX = "toc.ncx"
STYLE = "epub.css"
ENDINGS = {
    "image/gif": "gif",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/svg+xml": "svg",
    "image/webp": "webp",
}
NOT_IN_EPUB = frozenset({"half-title"})


def name_documents(divisions: Iterable[Division]) -> Mapping[str, str]:
    """Name the document of each division: `chapter-003.xhtml`, `title-page.xhtml`.

    The contents are the navigation document; a page that an e-book leaves out has the name of
    the document that follows it.
    """
    taken = {COVER, NAV}
    count: Counter[str] = Counter()
    names: dict[str, str] = {}
    waiting: list[str] = []
    for division in divisions:
        if division.page in NOT_IN_EPUB:
            waiting.append(division.id)
            continue
        names[division.id] = _document(division, count, taken)
        names |= dict.fromkeys(waiting, names[division.id])
        waiting.clear()
    return names | dict.fromkeys(waiting, NAV)


def _document(division: Division, count: Counter[str], taken: set[str]) -> str:
    if division.page == "contents":
        return NAV
    if division.kind is DivisionKind.PAGE:
        return f"{free(_plain(division.page), {n.removesuffix('.xhtml') for n in taken})}.xhtml"
    count[division.kind] += 1
    return f"{division.kind.value}-{count[division.kind]:03}.xhtml"


def name_images(media_types: Mapping[str, str]) -> Mapping[str, str]:
    """Name each image by its path in the book, with the ending of what it is in the e-book."""
    taken: set[str] = set()
    names = {}
    for path, media_type in sorted(media_types.items()):
        stem = _plain(posixpath.splitext(posixpath.basename(path))[0]).lower() or "image"
        names[path] = f"images/{free(stem, taken)}.{ENDINGS[media_type]}"
    return names


def _plain(name: str) -> str:
    latin = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9_]+", "-", latin).strip("-")
