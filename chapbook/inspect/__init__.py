"""Stage 12, `inspect`: prove from the finished files that nothing of the book was lost.

The proof does not trust the makers: pages are read back with pdfium, e-books with the standard
library alone. In go the bytes and the passages that every edition must show; out come the
diagnostics, empty where all words stand in their places.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from chapbook.cache import Cache
from chapbook.diagnostics import BookError, Code, Diagnostic, error
from chapbook.inspect.chapters import Piece, pieces_of
from chapbook.inspect.container import BrokenPackageError, open_package
from chapbook.inspect.ebook import Document, read_documents
from chapbook.inspect.ebook_rules import check_rules
from chapbook.inspect.ebook_stores import check_stores
from chapbook.inspect.losses import Grounds, compare, lost_alternatives
from chapbook.inspect.memory import Memory
from chapbook.inspect.printed import opened
from chapbook.inspect.reading import Reading, read_pieces
from chapbook.inspect.sheet import make_sheet
from chapbook.laid import Typeset
from chapbook.model import Kind, Passage
from chapbook.settings import BookSettings
from chapbook.workers import OUT_OF_TIME, Fallen, Workers

FEW = 60  # pages that are read sooner than a worker is started

_EPUB_HINTS = dict.fromkeys(Kind, "see that the template of the e-book shows this text")


def inspect_pdf(
    pdf: bytes,
    typeset: Typeset,
    passages: tuple[Passage, ...],
    workers: Workers,
    cache: Cache,
    padding: int = 0,
) -> tuple[Diagnostic, ...]:
    """Find the words and alternatives of `passages` that a PDF does not show.

    After the pages that were laid out it has `padding` more, which are blank.

    A word is lost when it stands on none of the pages that its block occupies, inside the
    trimmed page. Characters that no font has are a finding of the layout, and left out here.
    What was read before is not read again where the file holds the same; `memory` tells why
    that is enough. Raises `BookError` where the pages bring down their reader.
    """
    pieces = pieces_of(typeset, passages)
    memory = Memory(pdf, pieces, cache)
    with TemporaryDirectory(prefix="chapbook-", ignore_cleanup_errors=True) as folder:
        path = Path(folder, "book.pdf")
        path.write_bytes(pdf)
        with opened(str(path)) as file:
            if len(file) != len(typeset.leaves) + padding:
                return (_miscounted(len(file), len(typeset.leaves) + padding),)
            readings = memory.recall(file)
        new = [n for n, reading in enumerate(readings) if reading is None]
        portions = _portions([pieces[n] for n in new])
        for n, reading in zip(new, _read(str(path), list(portions), workers), strict=True):
            readings[n] = reading
            memory.keep(n, reading)
    return tuple(found for reading in readings if reading for found in reading.found)


def _miscounted(pages: int, laid_out: int) -> Diagnostic:
    message = f"the file has {pages} pages, and {laid_out} were laid out"
    return error(Code.LOST_TEXT, message, None, "tell us: the pages were not joined as they should")


def _read(path: str, portions: Sequence[Sequence[Piece]], workers: Workers) -> Iterator[Reading]:
    """Read pieces, many of them side by side."""
    tasks = [(path, portion) for portion in portions]
    for result in workers.each(read_pieces, tasks, in_place=len(tasks) < 2):
        if isinstance(result, Fallen):
            code = Code.TIME_LIMIT if result.reason == OUT_OF_TIME else Code.LAYOUT_FAILED
            message = f"the pages can not be read back: the worker {result.reason}"
            raise BookError([error(code, message)])
        yield from result


def _portions(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Give pieces in lots that are worth opening the file for."""
    portion: list[Piece] = []
    for piece in pieces:
        if portion and sum(len(one.pages) for one in (*portion, piece)) > FEW:
            yield portion
            portion = []
        portion.append(piece)
    if portion:
        yield portion


def inspect_epub(
    epub: bytes, passages: tuple[Passage, ...], settings: BookSettings | None = None
) -> tuple[Diagnostic, ...]:
    """Find the words and alternatives of `passages` that an e-book lacks, and what is broken.

    Where the `settings` name stores, also what these refuse.
    """
    try:
        package = open_package(epub)
    except BrokenPackageError as fault:
        return (error(Code.BAD_EPUB, str(fault)),)
    documents = tuple(read_documents(package))
    sheets = tuple(make_sheet(d.name, d.pieces, shaped=False) for d in documents)
    alternatives = [text for document in documents for text in document.alternatives]
    return (
        *check_rules(package, passages),
        *compare(passages, sheets, Grounds(_documents(passages, documents), _EPUB_HINTS, True)),
        *lost_alternatives(passages, alternatives, sheets),
        *(check_stores(package, settings, passages, len(epub)) if settings else ()),
    )


def _documents(passages: tuple[Passage, ...], documents: tuple[Document, ...]) -> dict[str, range]:
    """Say in which documents each block must stand: from that with its division's id to the next.

    A long division goes on in documents without any. Notes may stand in one of their own.
    """
    of_blocks = {passage.block.partition(":")[0] for passage in passages} - {""}
    starts = {id: n for n, page in enumerate(documents) for id in page.ids & of_blocks}
    ends = sorted({*starts.values(), len(documents)})
    homes = {id: range(n, ends[bisect_right(ends, n)]) for id, n in starts.items()}
    return {
        passage.block: homes[division]
        for passage in passages
        if passage.kind is not Kind.NOTE and (division := passage.block.partition(":")[0]) in homes
    }
