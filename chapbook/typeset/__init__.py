"""Lay the pages out, and say what stands where: `PagedPublication` -> `Typeset`.

The one room that knows the layout engine, WeasyPrint (https://doc.courtbouillon.org/weasyprint).
"""

from chapbook.cache import Cache, code_digest
from chapbook.diagnostics import Outcome
from chapbook.laid import Typeset
from chapbook.publication import PagedPublication
from chapbook.typeset.hooks import missing_hook
from chapbook.workers import Workers


def typeset(publication: PagedPublication, workers: Workers, cache: Cache) -> Outcome[Typeset]:
    """Lay out and draw a publication.

    Nothing but the publication's own resources is opened, and no clock is read. Raises
    `BookError` where no PDF can be made; what is wrong with one that was made is in the outcome.
    With an engine whose inner parts are not those known here the engine does all of it by itself.
    """
    unknown = cache.recall("engine", code_digest(), missing_hook)
    if unknown:
        from chapbook.typeset.plain import typeset_plainly

        return typeset_plainly(publication, workers, unknown)
    from chapbook.typeset.apart import typeset_apart

    return typeset_apart(publication, workers, cache)
