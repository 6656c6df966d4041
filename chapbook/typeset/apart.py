"""Lay out each chapter by itself, once; then set the chapters one after the other."""

from pathlib import Path
from tempfile import TemporaryDirectory

from chapbook.cache import Cache
from chapbook.diagnostics import Outcome
from chapbook.laid import Typeset
from chapbook.publication import PagedPublication
from chapbook.typeset.binding import bind
from chapbook.typeset.compositor import Compositor
from chapbook.typeset.settle import Settled, Standing, settle
from chapbook.typeset.sheet_rules import needs_whole_book
from chapbook.typeset.task import chapter_tasks, make_sheet, whole_task
from chapbook.workers import Workers


def typeset_apart(
    publication: PagedPublication, workers: Workers, cache: Cache
) -> Outcome[Typeset]:
    """Lay out and draw a publication, by chapters where its style sheet lets it."""
    with TemporaryDirectory(prefix="chapbook-") as folder:
        compositor = Compositor(workers, cache, Path(folder))
        return bind(publication, compositor, _settle(publication, compositor))


def typeset_whole(
    publication: PagedPublication, workers: Workers, cache: Cache
) -> Outcome[Typeset]:
    """Do the same in one piece, as the engine would: what chapters must not differ from."""
    with TemporaryDirectory(prefix="chapbook-") as folder:
        compositor = Compositor(workers, cache, Path(folder))
        return bind(publication, compositor, _in_one_piece(publication, compositor))


def _settle(publication: PagedPublication, compositor: Compositor) -> Settled:
    if len(publication.sections) > 1 and not needs_whole_book(publication):
        sheet = make_sheet(publication)
        settled = settle(chapter_tasks(publication, sheet, compositor.faces), compositor.lay_out)
        if settled is not None:
            return settled
    return _in_one_piece(publication, compositor)


def _in_one_piece(publication: PagedPublication, compositor: Compositor) -> Settled:
    task = whole_task(publication, make_sheet(publication), compositor.faces)
    chapters = compositor.lay_out([task])
    return Settled(tuple(chapters), (Standing(is_recto=True, folio=0),), is_whole=True)
