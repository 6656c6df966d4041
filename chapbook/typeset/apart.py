"""Lay out each chapter by itself, once; then set the chapters one after the other."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from chapbook.cache import Cache, code_digest, digest
from chapbook.diagnostics import Outcome
from chapbook.laid import LaidChapter, Typeset
from chapbook.publication import PagedPublication
from chapbook.typeset.binding import bind
from chapbook.typeset.compositor import Compositor, LostFaceError
from chapbook.typeset.settle import Settled, settle, settle_whole
from chapbook.typeset.sheet_rules import own_rule, reach_of
from chapbook.typeset.task import (
    Sheet,
    blank_task,
    chapter_tasks,
    keep_sheet,
    make_sheet,
    whole_task,
)
from chapbook.workers import Workers


def typeset_apart(
    publication: PagedPublication, workers: Workers, cache: Cache
) -> Outcome[Typeset]:
    """Lay out and draw a publication, by chapters where its style sheet lets it."""
    try:
        return _typeset(publication, workers, cache, is_wary=False)
    except LostFaceError:
        return _typeset(publication, workers, cache, is_wary=True)


def typeset_whole(
    publication: PagedPublication, workers: Workers, cache: Cache
) -> Outcome[Typeset]:
    """Do the same in one piece, as the engine would: what chapters must not differ from."""
    sheet = make_sheet(publication)
    with _compositor(workers, cache) as compositor:
        settled = _in_one_piece(publication, sheet, compositor)
        return bind(publication, sheet, compositor, settled)


def _typeset(
    publication: PagedPublication, workers: Workers, cache: Cache, is_wary: bool
) -> Outcome[Typeset]:
    sheet = make_sheet(publication)
    keep_sheet(publication.metadata, sheet, cache)
    with _compositor(workers, cache, is_wary) as compositor:
        settled = _in_chapters(publication, sheet, compositor)
        if settled is None:
            settled = _in_one_piece(publication, sheet, compositor)
        return bind(publication, sheet, compositor, settled)


@contextmanager
def _compositor(workers: Workers, cache: Cache, is_wary: bool = False) -> Iterator[Compositor]:
    with TemporaryDirectory(prefix="chapbook-") as folder:
        yield Compositor(workers, cache, Path(folder), is_wary)


def _in_chapters(
    publication: PagedPublication, sheet: Sheet, compositor: Compositor
) -> Settled | None:
    """Lay the chapters out apart; None where a rule, or a chapter, does not let us."""
    stylesheet = publication.stylesheet
    reach = compositor.cache.recall(
        "reach", digest(stylesheet, code_digest()), lambda: reach_of(stylesheet)
    )
    if len(publication.sections) < 2 or reach.whole or own_rule(publication):
        return None
    tasks = chapter_tasks(publication, sheet, compositor.faces, reach.is_far)

    def make_blank(is_recto: bool) -> LaidChapter:
        return compositor.lay_out([blank_task(sheet, compositor.faces, is_recto)])[0]

    return settle(tasks, compositor.lay_out, make_blank)


def _in_one_piece(publication: PagedPublication, sheet: Sheet, compositor: Compositor) -> Settled:
    return settle_whole(whole_task(publication, sheet, compositor.faces), compositor.lay_out)
