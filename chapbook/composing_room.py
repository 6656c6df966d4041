"""Lay out what the editions are made of: each once, however many editions share it.

The libraries are imported where they are used: that of the layout fails to load where the machine
lacks Pango, and a build of the screen edition has no use for those of the print shop.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar

from chapbook.cache import Cache
from chapbook.compose import compose_paged
from chapbook.diagnostics import BookError, Code, Diagnostic, Location, Outcome, error
from chapbook.laid import Typeset
from chapbook.model import Book
from chapbook.print_shop import Padding, SpineText
from chapbook.publication import PagedPublication
from chapbook.settings import Edition
from chapbook.words import Words
from chapbook.workers import OUT_OF_TIME, Fallen, Workers

T = TypeVar("T")
Say = Callable[[str, str], None]
AFTER = ("chapbook.finish", "chapbook.inspect")


@dataclass(frozen=True, slots=True)
class Copy:
    """What the editions are made from."""

    book: Book = field(repr=False)
    words: Words = field(repr=False)
    folders: tuple[Path, ...]
    cache: Cache


@dataclass(frozen=True, slots=True)
class Laid:
    """The pages of a paged edition, laid out."""

    publication: PagedPublication = field(repr=False)
    typeset: Typeset = field(repr=False)
    found: tuple[Diagnostic, ...]

    def __len__(self) -> int:
        """Count them."""
        return len(self.typeset.leaves)


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a paged edition, laid out and bound into a PDF."""

    publication: PagedPublication = field(repr=False)
    typeset: Typeset = field(repr=False)
    pdf: bytes = field(repr=False)
    found: tuple[Diagnostic, ...]

    def __len__(self) -> int:
        """Count them."""
        return len(self.typeset.leaves)


class ComposingRoom:
    """Lays out the pages of one build, and binds them."""

    def __init__(self, copy: Copy, workers: Workers, say: Say) -> None:
        """Lay out a copy."""
        self._copy, self._workers, self._say = copy, workers, say
        self._settings = copy.book.settings
        self._known: dict[tuple[str, Edition], Any] = {}

    @property
    def print_pages(self) -> Pages:
        """Give those of the print edition, which the booklet and the cover share."""
        return self.pages(Edition.PRINT)

    def pages(self, edition: Edition) -> Pages:
        """Give the pages of the screen or the print edition, or fail as they did before."""
        return self._once("pages", edition, lambda: self.finish(self.laid(edition)))

    def laid(self, edition: Edition) -> Laid:
        """Lay out the screen or the print edition, without a PDF, or fail as it did before."""

        def lay_out() -> Laid:
            compose = partial(compose_one, self._copy, edition)
            laid = self.lay_out(edition, compose)
            return self._with_notes(laid, compose) if edition is Edition.PRINT else laid

        return self._once("laid", edition, lay_out)

    def _once(self, what: str, edition: Edition, make: Callable[[], T]) -> T:
        if (what, edition) not in self._known:
            try:
                self._known[what, edition] = make()
            except BookError as fault:
                self._known[what, edition] = fault
        made = self._known[what, edition]
        if isinstance(made, BookError):
            raise made
        known: T = made
        return known

    def _with_notes(self, laid: Laid, compose: "partial[Outcome[PagedPublication]]") -> Laid:
        """Add the pages to write on that the printer's count of pages asks for."""
        from chapbook.prepress import pages_missing

        missing = pages_missing(len(laid), self._settings.print)
        if missing and self._settings.print.padding is Padding.NOTES:
            return self.lay_out(Edition.PRINT, partial(compose, notes_pages=missing))
        return laid

    @property
    def padding(self) -> int:
        """Count the blank pages that the print file has at its end."""
        from chapbook.prepress import pages_missing

        is_padded = self._settings.print.padding is not Padding.WARN
        return pages_missing(len(self.print_pages), self._settings.print) if is_padded else 0

    def lay_out(self, edition: Edition, compose: Callable[[], Outcome[PagedPublication]]) -> Laid:
        """Compose, in a worker that can be stopped, and typeset what comes of it."""
        from chapbook.typeset import typeset

        Thread(target=_load_ahead).start()
        self._say("compose", edition)
        (composed,) = self._workers.each(_call, [compose], in_place=True)
        if isinstance(composed, Fallen):
            raise BookError([fallen("the templates", composed)])
        publication = composed.value
        self._say("typeset", edition)
        laid = typeset(publication, self._workers, self._copy.cache)
        return Laid(publication, laid.value, (*composed.diagnostics, *laid.diagnostics))

    def finish(self, laid: Laid) -> Pages:
        """Bind pages into a PDF."""
        from chapbook.finish import finish_pdf

        self._say("finish", laid.publication.edition)
        pdf = finish_pdf(laid.typeset, laid.publication, self._copy.cache)
        return Pages(laid.publication, laid.typeset, pdf, laid.found)

    def lay_out_cover(self, copy: Copy, count: int) -> Pages:
        """Lay out the cover of a book of so many pages."""
        return self.finish(self.lay_out(Edition.COVER, partial(compose_the_cover, copy, count)))

    def lay_out_wrapper(self) -> Pages:
        """Lay out the cover of the booklet, whose spine is no more than a fold."""
        plain = replace(self._settings.cover, flaps=0.0, spine=SpineText.NONE)
        book = replace(self._copy.book, settings=replace(self._settings, cover=plain))
        pages = self.lay_out_cover(replace(self._copy, book=book), len(self.print_pages))
        found = tuple(one for one in pages.found if one.code is not Code.PAPER_ASSUMED)
        return replace(pages, found=found)

    def inspect(self, pages: Pages, pdf: bytes, padding: int = 0) -> tuple[Diagnostic, ...]:
        """Find what a finished file has lost; it may have so many blank pages more."""
        from chapbook.inspect import inspect_pdf

        self._say("inspect", pages.publication.edition)
        passages, cache = pages.publication.passages, self._copy.cache
        return inspect_pdf(pdf, pages.typeset, passages, self._workers, cache, padding)


def compose_one(copy: Copy, edition: Edition, notes_pages: int = 0) -> Outcome[PagedPublication]:
    """Compose a paged edition; a template that has no end is then stopped."""
    return compose_paged(copy.book, edition, copy.folders, copy.words, copy.cache, notes_pages)


def compose_the_cover(copy: Copy, pages: int) -> Outcome[PagedPublication]:
    """Compose the cover of a book of so many pages."""
    from chapbook.compose.cover import compose_cover

    return compose_cover(copy.book, pages, copy.folders, copy.words, copy.cache)


def fallen(what: str, how: Fallen, at: Location | None = None) -> Diagnostic:
    """Say that what was at work on something was brought down."""
    code = Code.TIME_LIMIT if how.reason == OUT_OF_TIME else Code.LAYOUT_FAILED
    return error(code, f"{what}: the worker {how.reason}", at)


def _call(compose: Callable[[], Outcome[PagedPublication]]) -> Outcome[PagedPublication]:
    return compose()


def _load_ahead() -> None:
    """Load what comes after the layout, while workers lay out and this process waits."""
    for stage in AFTER:
        import_module(stage)
