"""Stage 9, `inspect`: prove from the finished files that nothing of the book was lost.

The proof does not trust the makers: pages are read back with pdfium, e-books with the standard
library alone. In go the bytes and the passages that every edition must show; out come the
diagnostics, empty where all words stand in their places.
"""

from collections.abc import Container, Sequence
from dataclasses import replace
from tempfile import NamedTemporaryFile

from chapbook.cache import Cache, digest
from chapbook.diagnostics import BookError, Code, Diagnostic, error
from chapbook.inspect.chapters import Piece, Reading, pieces_of, sampled
from chapbook.inspect.container import BrokenPackageError, open_package
from chapbook.inspect.ebook import Document, read_documents
from chapbook.inspect.ebook_structure import check_structure
from chapbook.inspect.letters import UNSEEN
from chapbook.inspect.losses import Grounds, compare, lost_alternatives
from chapbook.inspect.printed import count_pages, page_digest, read_pages, text_digest
from chapbook.inspect.sheet import make_sheet
from chapbook.laid import Typeset
from chapbook.model import Kind, Passage
from chapbook.workers import Fallen, Workers

FEW = 60  # pages that are read sooner than a worker is started

_UNBREAKABLE = (
    "a block that floats, or is placed, or can not break, ends where its page ends: "
    "let it stand in the flow, or make it shorter"
)
_PDF_HINTS = {
    Kind.HEADING: _UNBREAKABLE,
    Kind.TEXT: _UNBREAKABLE,
    Kind.CAPTION: _UNBREAKABLE,
    Kind.CELL: "a table wider than its page is cut off: use fewer columns, or part the table",
    Kind.CODE: "a line longer than the page is cut off: break it, or let the code wrap",
    Kind.NOTE: "a note longer than its page is cut off: part it into paragraphs, or shorten it",
}
_EPUB_HINTS = dict.fromkeys(Kind, "see that the template of the e-book shows this text")


def inspect_pdf(
    pdf: bytes, typeset: Typeset, passages: tuple[Passage, ...], workers: Workers, cache: Cache
) -> tuple[Diagnostic, ...]:
    """Find the words and alternatives of `passages` that a PDF does not show.

    A word is lost when it stands on none of the pages that its block occupies, inside the
    trimmed page. Characters that no font has are a finding of the layout, and left out here.
    Chapters of which nothing has changed are remembered; `chapters` tells why that is enough.
    """
    with NamedTemporaryFile(prefix="chapbook-", suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        reader = _Reader(file.name, pdf, typeset, workers, cache)
        return reader.read(pieces_of(typeset, passages))


class _Reader:
    """Reads the chapters of one file, or remembers what was read of them."""

    def __init__(
        self, path: str, pdf: bytes, typeset: Typeset, workers: Workers, cache: Cache
    ) -> None:
        self._path = path
        self._pdf = pdf
        self._pages = len(typeset.leaves)
        self._fonts = digest(typeset.fonts.entries, [part.payload for part in typeset.fonts.parts])
        self._workers = workers
        self._cache = cache

    def read(self, pieces: Sequence[Piece]) -> tuple[Diagnostic, ...]:
        """Give the findings of all pieces."""
        count = count_pages(self._path)
        if count != self._pages:
            message = f"the file has {count} pages, and {self._pages} were laid out"
            return (error(Code.LOST_TEXT, message),)
        keys = [piece.key for piece in pieces]
        readings: list[Reading | None] = [self._cache.get("read", key) for key in keys]
        known = zip(pieces, readings, strict=True)
        if not all(self._still_stands(piece, one) for piece, one in known if one is not None):
            readings = [None] * len(pieces)
        new = [n for n, reading in enumerate(readings) if reading is None]
        for n, reading in zip(new, self._read([pieces[n] for n in new]), strict=True):
            readings[n] = reading
            self._cache.put("read", keys[n], reading)
        return tuple(found for reading in readings if reading for found in reading.found)

    def _still_stands(self, piece: Piece, reading: Reading) -> bool:
        """Whether the pages that are read again are as they were when they were read before."""
        places = dict.fromkeys(sampled(piece, reading, self._pdf, self._fonts))
        return all(
            page_digest(self._path, piece.first + place) == reading.pages[place] for place in places
        )

    def _read(self, pieces: Sequence[Piece]) -> list[Reading]:
        few = sum(len(piece.labels) for piece in pieces) <= FEW
        tasks = [(self._path, piece, self._fonts) for piece in pieces]
        results = self._workers.each(read_piece, tasks, few)
        for result in results:
            if isinstance(result, Fallen):
                message = f"the pages cannot be read back: the worker {result.reason}"
                raise BookError([error(Code.TIME_LIMIT, message)])
        return [result for result in results if isinstance(result, Reading)]


def read_piece(task: tuple[str, Piece, str]) -> Reading:
    """Read the pages of a piece back, and look for its passages; may run in a worker."""
    path, piece, fonts = task
    unseen = dict.fromkeys(map(ord, piece.missing), UNSEEN)
    alternatives: list[str] = []
    sheets, digests = [], []
    pages = range(piece.first, piece.first + len(piece.labels))
    illustrated = _illustrated(piece)
    for label, page in zip(piece.labels, read_pages(path, pages, illustrated), strict=True):
        alternatives += page.alternatives
        digests.append(text_digest(page.pieces))
        pieces = [drawn.translate(unseen) for drawn in page.pieces] if unseen else page.pieces
        sheets.append(make_sheet(f"page {label}", pieces))
    sought = piece.passages
    if unseen:
        sought = tuple(replace(p, text=p.text.translate(unseen)) for p in sought)
    grounds = Grounds(piece.windows, _PDF_HINTS, is_text=False)
    found = (
        *compare(sought, sheets, grounds),
        *lost_alternatives(piece.passages, alternatives, sheets),
    )
    return Reading(found, tuple(digests), fonts)


def _illustrated(piece: Piece) -> Container[int]:
    """Give the pages, from 0 in the file, on which an image's alternative must be."""
    blocks = [passage.block for passage in piece.passages if passage.kind is Kind.ALT]
    if any(block not in piece.windows for block in blocks):
        return range(1 << 30)
    return frozenset(piece.first + place for block in blocks for place in piece.windows[block])


def inspect_epub(epub: bytes, passages: tuple[Passage, ...]) -> tuple[Diagnostic, ...]:
    """Find the words and alternatives of `passages` that an e-book lacks, and what is broken."""
    try:
        package = open_package(epub)
    except BrokenPackageError as fault:
        return (error(Code.BAD_EPUB, str(fault)),)
    documents = tuple(read_documents(package))
    sheets = tuple(make_sheet(d.name, d.pieces, shaped=False) for d in documents)
    alternatives = [text for document in documents for text in document.alternatives]
    return (
        *check_structure(package),
        *compare(passages, sheets, Grounds(_documents(passages, documents), _EPUB_HINTS, True)),
        *lost_alternatives(passages, alternatives, sheets),
    )


def _documents(passages: tuple[Passage, ...], documents: tuple[Document, ...]) -> dict[str, range]:
    """Say in which document each block must stand: the one that has its division's id.

    Notes may stand in a document of their own.
    """
    homes = {id: range(n, n + 1) for n, page in enumerate(documents) for id in page.ids}
    return {
        passage.block: homes[division]
        for passage in passages
        if passage.kind is not Kind.NOTE and (division := passage.block.partition(":")[0]) in homes
    }
