"""Where a chapter stands in the book."""

from dataclasses import dataclass

from chapbook.laid import LaidChapter


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a chapter stands: its side, and the folio before it.

    `blank` is the page that is left blank before it, `blank_folio` the folio before that page.
    """

    is_recto: bool
    folio: int
    blank: LaidChapter | None = None
    blank_folio: int = 0
