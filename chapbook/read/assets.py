"""Finds the images that the book uses."""

import html
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

from chapbook.cache import Cache
from chapbook.diagnostics import BookError, Code, Diagnostic, error
from chapbook.model import Asset
from chapbook.read.images import read_image
from chapbook.read.listing import IMAGES, Listing, find_fault, has_suffix, in_book
from chapbook.settings import BookSettings, Limits

_SUFFIX = re.compile("|".join(map(re.escape, IMAGES)), re.IGNORECASE)


def read_assets(
    folder: Path, listing: Listing, wanted: Iterable[str], limits: Limits, cache: Cache
) -> tuple[Mapping[str, Asset], tuple[Diagnostic, ...]]:
    """Read the images of a listing that are wanted, by their path in the book."""
    assets: dict[str, Asset] = {}
    findings: list[Diagnostic] = []
    for path in wanted:
        try:
            outcome = read_image(folder, path, listing.get(path, path), limits, cache)
        except BookError as fault:
            findings.extend(fault.diagnostics)
        else:
            assets[path] = outcome.value
            findings.extend(outcome.diagnostics)
    return assets, tuple(findings)


def mentioned(listing: Listing, texts: Iterable[str]) -> set[str]:
    """Give the images whose file name stands somewhere in the texts, however it is written.

    An image that no text names cannot be used, and need not be sound.
    """
    paths = [path for path in listing if has_suffix(path, IMAGES)]
    names = {path.rpartition("/")[2] for path in paths}
    lengths = {len(name) for name in names}
    longest = max(lengths, default=0)
    stretches = (stretch for text in texts for stretch in _before_suffixes(text, longest))
    met = {stretch[-n:] for stretch in stretches for n in lengths} & names
    return {path for path in paths if path.rpartition("/")[2] in met}


@lru_cache(maxsize=2048)
def _before_suffixes(text: str, length: int) -> frozenset[str]:
    """Give what stands up to and with each suffix of an image, at most `length` characters."""
    return frozenset(
        spelling[max(0, found.end() - length) : found.end()]
        for spelling in {_nfc(text), _nfc(_decoded(text))}
        for found in _SUFFIX.finditer(spelling)
    )


def find_cover(
    folder: Path, settings: BookSettings, listing: Listing
) -> tuple[set[str], tuple[Diagnostic, ...]]:
    """Give the path of the cover image, if the book has one and it stands there."""
    if not settings.cover.image:
        return set(), ()
    path, at = in_book(settings.cover.image), settings.locations.get("cover.image")
    if not has_suffix(path, IMAGES):
        message = f'the cover "{path}" is not an image that every edition can show'
        hint = "PNG, JPEG, GIF, WebP and SVG are"
        return set(), (error(Code.CONFIG_BAD_VALUE, message, at, hint),)
    faults = find_fault(folder, path, at, listing)
    return set() if faults else {path}, faults


def _decoded(text: str) -> str:
    """Undo what Markdown, HTML and addresses do to the letters of a name."""
    return unquote(html.unescape(text.replace("\\", "")))


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
