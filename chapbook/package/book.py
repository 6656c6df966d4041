"""Have ebooklib write what leads through the package; put the files in afterwards."""

import io
import logging
import re
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from ebooklib import epub

from chapbook.diagnostics import BookError, Code, error
from chapbook.package.archive import read_archive, write_archive
from chapbook.package.metadata import entries
from chapbook.package.opf import name_language
from chapbook.publication import EpubPublication

IDENTIFIER = "pub-id"
FOLDER = "EPUB/"
OPF = f"{FOLDER}content.opf"
SAFE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*")
# https://www.w3.org/TR/epub-33/#sec-core-media-types
MEDIA_TYPES = {
    "gif": "image/gif",
    "jpg": "image/jpeg",
    "otf": "font/otf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "ttf": "font/ttf",
    "webp": "image/webp",
    "woff": "font/woff",
    "woff2": "font/woff2",
}
OPTIONS = {
    "epub2_guide": False,
    "epub3_landmark": False,
    "epub3_pages": False,
    "raise_exceptions": True,
}


def make_package(publication: EpubPublication) -> bytes:
    """Give the EPUB file; raises `BookError` as `package_epub` says."""
    _check_names(publication)
    book = _book(publication)
    modified = datetime.strptime(publication.modified, "%Y-%m-%dT%H:%M:%SZ")
    target = io.BytesIO()
    with _nothing_unsaid():
        written = epub.write_epub(target, book, {**OPTIONS, "mtime": modified})
    if not written:
        raise _fault("the package was not written")
    files = read_archive(target.getvalue())
    files[OPF] = name_language(files[OPF], publication.metadata.language, publication.direction)
    try:
        return write_archive({**files, **_contents(publication)})
    except OSError as fault:
        name = Path(fault.filename).name
        raise _fault(f"{name} cannot be read: {fault.strerror}") from fault


def _contents(publication: EpubPublication) -> Mapping[str, bytes | Path]:
    documents = {FOLDER + d.name: d.content.encode() for d in publication.documents}
    return {**documents, **{FOLDER + name: file for name, file in publication.resources.items()}}


def _check_names(publication: EpubPublication) -> None:
    names = [d.name for d in publication.documents] + list(publication.resources)
    if unsafe := [name for name in names if not SAFE_NAME.fullmatch(name)]:
        raise _fault(f"not a name for a file of an e-book: {unsafe[0]}")
    unknown = [n for n in publication.resources if n.rpartition(".")[2] not in MEDIA_TYPES]
    if unknown:
        raise _fault(f"not a kind of file that every e-reader knows: {unknown[0]}")
    for kind, given in (("name", names), ("id", [d.id for d in publication.documents])):
        count = Counter(one.casefold() for one in given)
        if doubles := [one for one in given if count[one.casefold()] > 1]:
            raise _fault(f"two files of the e-book have the {kind} {doubles[0]}")


def _book(publication: EpubPublication) -> epub.EpubBook:
    book = epub.EpubBook()
    book.IDENTIFIER_ID = IDENTIFIER
    book.metadata.clear()
    book.direction = publication.progression or publication.direction or None
    cover_id = ""
    for document in publication.documents:
        item = _item(document.id, document.name, document.media_type)
        item.properties = list(document.properties)
        item.is_linear = document.linear
        book.add_item(item)
        if document.in_spine:
            book.spine.append(item)
    for number, name in enumerate(sorted(publication.resources), 1):
        item = _item(f"file-{number}", name, MEDIA_TYPES[name.rpartition(".")[2]])
        if name == publication.cover:
            item.properties = ["cover-image"]
            cover_id = item.id
        book.add_item(item)
    for entry in entries(publication, IDENTIFIER, cover_id):
        book.add_metadata(entry.namespace, entry.name, entry.text, entry.attributes)
    return book


def _item(key: str, name: str, media_type: str) -> Any:
    """Make a plain item: ebooklib parses and rewrites the content of every other kind."""
    return epub.EpubItem(uid=key, file_name=name, media_type=media_type, content=b"")


@contextmanager
def _nothing_unsaid() -> Iterator[None]:
    """Turn every warning and every log record of ebooklib into a fault."""
    said: list[str] = []
    root = logging.getLogger()
    listener = _Listener(said)
    level = root.level
    root.addHandler(listener)
    root.setLevel(logging.NOTSET)
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            yield
        said += [str(one.message) for one in caught]
    except Exception as fault:
        raise _fault(f"ebooklib: {fault}") from fault
    finally:
        root.setLevel(level)
        root.removeHandler(listener)
    if said:
        raise _fault("ebooklib: " + "; ".join(dict.fromkeys(said)))


class _Listener(logging.Handler):
    """Keeps what is said."""

    def __init__(self, said: list[str]) -> None:
        super().__init__()
        self._said = said

    def emit(self, record: logging.LogRecord) -> None:
        self._said.append(record.getMessage())


def _fault(message: str) -> BookError:
    return BookError([error(Code.BAD_EPUB, message)])
