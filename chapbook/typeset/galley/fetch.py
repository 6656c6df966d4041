"""Hand the layout engine the book's own files, and nothing else in the world.

No request ever leaves this module: there is no handler behind it that could open a socket or a
path. A picture inside a `data:` address is served where it is small.
"""

import base64
import binascii
import posixpath
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes

from weasyprint.urls import URLFetcher, URLFetcherResponse

# https://www.rfc-editor.org/rfc/rfc6761#section-6.4: the name can never be anyone's.
ROOT = "https://book.invalid/"

# All that the engine asks a file's type for; pictures and fonts it knows by their content.
MEDIA_TYPES = {".svg": "image/svg+xml", ".css": "text/css"}

DATA_BYTES = 256 * 1024
DATA_TYPES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


class RefusedError(ValueError):
    """Raised for an address that the book does not own; the engine reports and goes on."""


class BookFetcher(URLFetcher):  # type: ignore[misc]
    """Serves the publication's resources by their address below `ROOT`.

    `refused` tells, by address, why it was not served.
    """

    def __init__(self, resources: Mapping[str, Path]) -> None:
        """Take the resources: file by name, which may be in any Unicode form."""
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=False)
        self._files = {unicodedata.normalize("NFC", name): file for name, file in resources.items()}
        self.refused: dict[str, str] = {}

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002
        """Give the file behind an address; raises `RefusedError` for any other."""
        try:
            return self._data(url) if url[:5].lower() == "data:" else self._file(url)
        except RefusedError as refusal:
            self.refused[url] = str(refusal)
            raise

    def _file(self, url: str) -> URLFetcherResponse:
        if not url.startswith(ROOT):
            raise RefusedError("nothing outside the book is fetched")
        name = resource_name(url)
        file = self._files.get(name)
        if file is None:
            raise RefusedError("the book has no such file")
        extension = posixpath.splitext(name)[1].lower()
        media_type = MEDIA_TYPES.get(extension, "application/octet-stream")
        try:
            content = file.read_bytes()
        except OSError as fault:
            raise RefusedError(f"cannot be read: {fault.strerror}") from fault
        return URLFetcherResponse(url, content, {"Content-Type": media_type})

    def _data(self, url: str) -> URLFetcherResponse:
        """Decode a picture from its address (https://www.rfc-editor.org/rfc/rfc2397)."""
        head, _, body = url[5:].partition(",")
        media_type, *parameters = head.lower().split(";")
        if media_type not in DATA_TYPES:
            raise RefusedError(f"a data: address may hold a small picture, not {media_type!r}")
        if len(body) > DATA_BYTES * 4 // 3 + 4:
            raise RefusedError(f"a data: address may hold at most {DATA_BYTES // 1024} KiB")
        try:
            content = unquote_to_bytes(body)
            if "base64" in parameters:
                content = base64.b64decode(content, validate=True)
        except binascii.Error as fault:
            raise RefusedError("the data: address is not proper base64") from fault
        return URLFetcherResponse(url, content, {"Content-Type": media_type})


def resource_name(url: str) -> str:
    """Give the name of a resource from its address: no query, decoded, in NFC."""
    path = url.removeprefix(ROOT).partition("#")[0].partition("?")[0]
    return unicodedata.normalize("NFC", unquote(path))
