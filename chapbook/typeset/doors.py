"""The doors to the layout engine, which is loaded when one of them is opened, and not before.

What goes through them and comes out can be pickled: they may be opened in a worker.
"""

from collections.abc import Sequence

from chapbook.diagnostics import BookError, Outcome
from chapbook.laid import FontSet, FontUse, LaidChapter, Typeset
from chapbook.publication import PagedPublication
from chapbook.typeset.findings import Findings
from chapbook.typeset.margins import Furnished, FurnitureTask, Gaps
from chapbook.typeset.task import Sheet, Task
from chapbook.workers import Workers


def missing_hook() -> str:
    """Name the first part of the engine that is not as it is known here, '' where all are."""
    from chapbook.typeset.galley import hooks

    return hooks.missing_hook()


def typeset_plainly(
    publication: PagedPublication, workers: Workers, unknown: str
) -> Outcome[Typeset]:
    """Let the engine do all of it by itself, since its part `unknown` is not as known here."""
    from chapbook.typeset.galley import plain

    return plain.typeset_plainly(publication, workers, unknown)


def get_ready(sheet: Sheet) -> None:
    """Load the engine, and let it read a style sheet that will be asked for."""
    from chapbook.typeset.galley.engine import engine_for

    engine_for(sheet)


def sheet_findings(sheet: Sheet) -> Findings:
    """Give what is wrong with a style sheet itself."""
    from chapbook.typeset.galley.engine import engine_for

    return engine_for(sheet).findings


def try_to_lay_out(task: Task) -> LaidChapter | BookError:
    """Lay out a chapter; give its fault in its place, so that every chapter's can be told."""
    from chapbook.typeset.galley.chapter import lay_out

    try:
        return lay_out(task)
    except BookError as fault:
        return fault


def draw_furniture(task: FurnitureTask) -> Furnished:
    """Furnish the pages of a chapter; the process keeps what it drew for the next."""
    from chapbook.typeset.galley.furniture import draw_furniture

    return draw_furniture(task)


def fill_gaps(gaps: Gaps) -> list[Furnished]:
    """Furnish the pages of some chapters; what was drawn before is not drawn again."""
    from chapbook.typeset.galley.engine import engine_for
    from chapbook.typeset.galley.furniture import Furnisher, furnish_chapter

    furnisher = Furnisher(engine_for(gaps.sheet), gaps.faces, dict(gaps.before))
    return [furnish_chapter(furnisher, margins) for margins in gaps.chapters]


def embed_fonts(uses: Sequence[tuple[FontUse, bytes]]) -> FontSet:
    """Embed every face once, with the glyphs of its use; with each comes its font file."""
    from chapbook.typeset.galley.faces import embed

    return embed([use for use, _ in uses], {use.file: content for use, content in uses})
