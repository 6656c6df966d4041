"""Preflight: read the finished print file back, and say in the Markdown what a printer would.

The file is read with pdfium, its colours from its content streams; nothing that made it is
trusted. What is wrong is said at the line that the author wrote, where that can be known. The
checks are listed, in order, in `checks`.
"""

from chapbook.diagnostics import Diagnostic
from chapbook.laid import Typeset
from chapbook.model import Book
from chapbook.preflight.checks import CHECKS, SHEET_CHECKS
from chapbook.preflight.findings import diagnostics_of
from chapbook.preflight.inks import read_paint
from chapbook.preflight.places import Places
from chapbook.preflight.proof import Proof
from chapbook.preflight.reader import Drawn, read_pages
from chapbook.preflight.sides import Painted, Side
from chapbook.print_job import PrintJob
from chapbook.print_shop import Colour
from chapbook.publication import PagedPublication
from chapbook.settings import Edition


def preflight(
    pdf: bytes, typeset: Typeset, publication: PagedPublication, book: Book, job: PrintJob
) -> tuple[Diagnostic, ...]:
    """Say what a printer would refuse (errors), and what would print or read badly (warnings).

    `pdf` is the print file with the pages of `typeset` in order, and maybe others after them; or
    the sheet of the cover, which is not bound and not read as pages are.
    """
    painted = read_paint(pdf, job.settings.colour is Colour.CMYK)
    sides = tuple(
        _side(number, drawn, painted[number - 1] if number <= len(painted) else Painted(), typeset)
        for number, drawn in enumerate(read_pages(pdf), 1)
    )
    places = Places(typeset, publication.passages, book)
    proof = Proof(sides, typeset, book, job, places)
    checks = SHEET_CHECKS if job.edition is Edition.COVER else CHECKS
    return diagnostics_of((found for check in checks for found in check(proof)), sides)


def _side(number: int, drawn: Drawn, painted: Painted, typeset: Typeset) -> Side:
    leaf = typeset.leaves[number - 1] if number <= len(typeset.leaves) else None
    return Side(
        number,
        (leaf.label if leaf else "") or str(number),
        drawn.trim,
        drawn.bleed,
        leaf.is_blank if leaf else False,
        leaf.is_recto if leaf else number % 2 == 1,
        drawn.runs,
        drawn.pictures,
        drawn.strokes,
        painted,
        drawn.figures,
    )
