"""Read the pages of a piece back, and look for its passages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from chapbook.diagnostics import Diagnostic
from chapbook.inspect.chapters import Piece
from chapbook.inspect.letters import UNSEEN
from chapbook.inspect.losses import Grounds, compare, lost_alternatives
from chapbook.inspect.printed import Printed, opened, text_digest
from chapbook.inspect.sheet import make_sheet
from chapbook.model import Kind

_UNBREAKABLE = (
    "a block that floats, or is placed, or can not break, ends where its page ends: "
    "let it stand in the flow, or make it shorter"
)
_HINTS = {
    Kind.HEADING: _UNBREAKABLE,
    Kind.TEXT: _UNBREAKABLE,
    Kind.CAPTION: _UNBREAKABLE,
    Kind.CELL: "a table wider than its page is cut off: use fewer columns, or part the table",
    Kind.CODE: "a line longer than the page is cut off: break it, or let the code wrap",
    Kind.NOTE: "a note longer than its page is cut off: part it into paragraphs, or shorten it",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read back: the findings, and a digest of the text of each page.

    `draws_forms` says whether some of it stands in forms, which content calls by name.
    """

    found: tuple[Diagnostic, ...]
    texts: tuple[str, ...] = field(repr=False)
    draws_forms: bool = False


def read_pieces(task: tuple[str, Sequence[Piece]]) -> list[Reading]:
    """Read pieces of the file with that path; may run in a worker."""
    path, pieces = task
    with opened(path) as file:
        return [_read(piece, list(file.read(piece.pages, piece.illustrated))) for piece in pieces]


def _read(piece: Piece, pages: Sequence[Printed]) -> Reading:
    unseen = re.compile(f"[{re.escape(piece.missing)}]") if piece.missing else None
    sheets = [
        make_sheet(f"page {label}", _seen(page.pieces, unseen))
        for label, page in zip(piece.labels, pages, strict=True)
    ]
    sought = [
        replace(passage, text=unseen.sub(UNSEEN, passage.text))
        if unseen and unseen.search(passage.text)
        else passage
        for passage in piece.passages
    ]
    alternatives = [text for page in pages for text in page.alternatives]
    found = (
        *compare(sought, sheets, Grounds(piece.windows, _HINTS, is_text=False)),
        *lost_alternatives(piece.passages, alternatives, sheets),
    )
    digests = tuple(text_digest(page.pieces) for page in pages)
    return Reading(found, digests, any(page.draws_forms for page in pages))


def _seen(pieces: Sequence[str], unseen: re.Pattern[str] | None) -> Sequence[str]:
    """Leave out the characters that no font has."""
    if unseen is None or not unseen.search("".join(pieces)):
        return pieces
    return [unseen.sub(UNSEEN, text) for text in pieces]
