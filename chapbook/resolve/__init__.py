"""Stage 4, `resolve`: number, name, link and order the whole book.

In: the manuscript and its parsed chapters. Out: a `Book` in which every number, every link and
every image is settled, and the contents and the lists of what has captions are made.
"""

from collections.abc import Iterable, Mapping

from chapbook.diagnostics import Outcome
from chapbook.model import Asset, Book, CaptionKind, Chapter, Manuscript
from chapbook.resolve.apparatus import ApparatusMaker
from chapbook.resolve.asked import fill_asked
from chapbook.resolve.captions import number_captions
from chapbook.resolve.contents import contents_of, lists_of, name_lists
from chapbook.resolve.divisions import divide
from chapbook.resolve.left_out import left_out
from chapbook.resolve.links import Linker
from chapbook.resolve.titles import fill_titles
from chapbook.words import Words

__all__ = ["resolve_book"]


def resolve_book(
    manuscript: Manuscript, chapters: Mapping[str, tuple[Chapter, ...]], words: Words
) -> Outcome[Book]:
    """Make the book out of its chapters, which are keyed by the path of their source.

    Findings: links, references and images that lead nowhere, each at its place in the source.
    """
    numbering = manuscript.settings.numbering
    drafts = number_captions(divide(manuscript, chapters, words), words, numbering)
    drafts, found = fill_titles(drafts, words)
    lists = lists_of(drafts)
    drafts = name_lists(drafts, lists, words)
    linker = Linker(drafts, manuscript.assets, words)
    linked = tuple(linker.link(draft) for draft in drafts)
    apparatus = ApparatusMaker(drafts, manuscript.settings, words)
    divisions = apparatus.complete(linked)
    contents = contents_of(divisions)
    book = Book(
        settings=manuscript.settings,
        divisions=fill_asked(divisions, contents, words),
        contents=contents,
        figures=lists[CaptionKind.FIGURE],
        tables=lists[CaptionKind.TABLE],
        assets=_used(manuscript, linker.used),
        listings=lists[CaptionKind.LISTING],
        equations=lists[CaptionKind.EQUATION],
    )
    astray = left_out(linked, linker.led)
    return Outcome(book, (*found, *linker.diagnostics, *astray, *apparatus.diagnostics))


def _used(manuscript: Manuscript, shown: Iterable[str]) -> Mapping[str, Asset]:
    paths = sorted({*shown, manuscript.settings.cover.image})
    return {path: manuscript.assets[path] for path in paths if path in manuscript.assets}
