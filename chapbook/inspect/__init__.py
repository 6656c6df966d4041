"""Stage 9, `inspect`: prove from the finished files that nothing of the book was lost.

The proof does not trust the makers: pages are read back with pdfium, e-books with the standard
library alone. In go the bytes and the passages that every edition must show; out come the
diagnostics, empty where all words stand in their places.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from chapbook.diagnostics import Code, Diagnostic, error
from chapbook.inspect.container import BrokenPackageError, open_package
from chapbook.inspect.ebook import Document, read_documents
from chapbook.inspect.ebook_structure import check_structure
from chapbook.inspect.letters import UNSEEN
from chapbook.inspect.losses import Grounds, compare, lost_alternatives
from chapbook.inspect.printed import read_pages
from chapbook.inspect.sheet import Sheet, make_sheet
from chapbook.laid import Typeset
from chapbook.model import Kind, Passage

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
    pdf: bytes, typeset: Typeset, passages: tuple[Passage, ...]
) -> tuple[Diagnostic, ...]:
    """Find the words and alternatives of `passages` that a PDF does not show.

    A word is lost when it stands on none of the pages that its block occupies, inside the
    trimmed page. Characters that no font has are a finding of the layout, and left out here.
    """
    windows = {block: range(first - 1, last) for block, (first, last) in typeset.blocks.items()}
    unseen = dict.fromkeys(map(ord, typeset.missing_glyphs), UNSEEN)
    alternatives: list[str] = []
    sheets = tuple(_page_sheets(pdf, typeset, _illustrated(passages, windows), alternatives))
    sought = tuple(replace(p, text=p.text.translate(unseen)) for p in passages)
    grounds = Grounds(windows, _PDF_HINTS, is_text=False)
    return (
        *compare(sought if unseen else passages, sheets, grounds),
        *lost_alternatives(passages, alternatives, sheets),
    )


def _page_sheets(
    pdf: bytes, typeset: Typeset, illustrated: frozenset[int] | range, alternatives: list[str]
) -> Iterator[Sheet]:
    unseen = dict.fromkeys(map(ord, typeset.missing_glyphs), UNSEEN)
    labels = {leaf.number: leaf.label for leaf in typeset.leaves}
    for number, page in enumerate(read_pages(pdf, illustrated), start=1):
        alternatives += page.alternatives
        pieces = [piece.translate(unseen) for piece in page.pieces] if unseen else page.pieces
        yield make_sheet(f"page {labels.get(number) or number}", pieces)


def _illustrated(
    passages: tuple[Passage, ...], windows: Mapping[str, range]
) -> frozenset[int] | range:
    """Give the pages, from 0, on which an image's alternative must be."""
    blocks = [passage.block for passage in passages if passage.kind is Kind.ALT]
    if any(block not in windows for block in blocks):
        return range(1 << 30)
    return frozenset(number for block in blocks for number in windows[block])


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
