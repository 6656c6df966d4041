"""Lay the pages out, and say what stands where: `PagedPublication` -> `Typeset`.

The one room that knows the layout engine, WeasyPrint (https://doc.courtbouillon.org/weasyprint).
"""

from chapbook.cache import Cache, code_digest
from chapbook.diagnostics import Outcome
from chapbook.laid import Typeset
from chapbook.publication import PagedPublication
from chapbook.typeset import doors
from chapbook.typeset.apart import typeset_apart
from chapbook.typeset.task import last_sheet
from chapbook.workers import Workers


def typeset(publication: PagedPublication, workers: Workers, cache: Cache) -> Outcome[Typeset]:
    """Lay out and draw a publication.

    Nothing but the publication's own resources is opened, and no clock is read. Raises
    `BookError` where no PDF can be made; what is wrong with one that was made is in the outcome.
    With an engine whose inner parts are not those known here the engine does all of it by itself.
    """
    unknown = cache.recall("engine", code_digest(), doors.missing_hook)
    if unknown:
        return doors.typeset_plainly(publication, workers, unknown)
    return typeset_apart(publication, workers, cache)


def get_ready(title: str, language: str, workers: Workers, cache: Cache) -> None:
    """Let a worker load the engine and the style sheet that a book had last, for `typeset`."""
    sheet = last_sheet(title, language, cache)
    if sheet is not None:
        workers.prepare(doors.get_ready, sheet)
