"""Reads an image: what it is, how large, and whether it is whole.

What was found out of its bytes is remembered; then none of the libraries for it need be loaded.
"""

import hashlib
from pathlib import Path

from chapbook.cache import Cache, code_digest, digest
from chapbook.diagnostics import Diagnostic, Location, Outcome
from chapbook.folder import find_file, read_bytes
from chapbook.model import Asset
from chapbook.settings import Limits

_XML_STARTS = (b"<", b"\xff\xfe<", b"\xfe\xff\x00<")

Facts = tuple[str, float, float, tuple[Diagnostic, ...]]  # media type, width, height, warnings


def read_image(folder: Path, path: str, real: str, limits: Limits, cache: Cache) -> Outcome[Asset]:
    """Read the image that the book names `path` and that stands at `folder/real`.

    Its type is that of its content, whatever its name ends in. Raises BookError where it cannot
    be read, is too large, or is not safe.
    """
    at = Location(path)
    content = read_bytes(folder, real, limits.image_bytes, at)
    sha256 = hashlib.sha256(content).hexdigest()
    key = digest(sha256, path, limits, code_digest())
    facts = cache.recall("image", key, lambda: _look_at(content, path, limits))
    media_type, width, height, found = facts
    file = find_file(folder, real, at)
    return Outcome(Asset(path, file, media_type, sha256, len(content), width, height), found)


def _look_at(content: bytes, path: str, limits: Limits) -> Facts:
    # Imported here: most builds find every image looked at.
    from chapbook.read.raster import inspect_raster
    from chapbook.read.svg import inspect_svg

    at = Location(path)

    def check_inner(inner: bytes) -> None:
        inspect_raster(inner, at, limits)

    if content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(_XML_STARTS):
        width, height = inspect_svg(content, path, check_inner)
        return "image/svg+xml", width, height, ()
    media_type, size, found = inspect_raster(content, at, limits)
    return media_type, *size, found
