"""Make one edition after the other: which stages each goes through, and what they share.

No rule about books lives here. The layout of the print edition is made once, however many of
print, booklet and cover are wanted.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from chapbook.cache import Cache
from chapbook.compose import compose_paged
from chapbook.compose.cover import compose_cover, cover_wrap
from chapbook.compose.folding import compose_folding
from chapbook.compose.language import direction
from chapbook.cover import fold_lines
from chapbook.diagnostics import BookError, Code, Diagnostic, Location, Outcome, error
from chapbook.inspect import inspect_pdf
from chapbook.laid import PrintedPages, Typeset
from chapbook.model import Book
from chapbook.paper import caliper
from chapbook.print_job import PrintJob
from chapbook.print_shop import Padding, SpineText
from chapbook.publication import OnixDetail, PagedPublication
from chapbook.settings import BookSettings, Edition, PageList
from chapbook.words import Words
from chapbook.workers import OUT_OF_TIME, Fallen, Workers

T = TypeVar("T")
Say = Callable[[str, str], None]
FOLDING, FRONT = "-booklet-folding.svg", "-cover.png"


@dataclass(frozen=True, slots=True)
class Copy:
    """What the editions are made from."""

    book: Book = field(repr=False)
    words: Words = field(repr=False)
    folders: tuple[Path, ...]
    cache: Cache


@dataclass(frozen=True, slots=True)
class Imprint:
    """What the printer's files are made with besides: a profile, the digest of the sources."""

    profile: bytes | None = field(default=None, repr=False)
    sources: str = ""


@dataclass(frozen=True, slots=True)
class EditionMade:
    """The bytes of one edition; None where it could not be made.

    `beside` are the files that go with it: how their names end, and their bytes.
    """

    edition: Edition
    content: bytes | None = field(repr=False)
    pages: int
    diagnostics: tuple[Diagnostic, ...]
    beside: tuple[tuple[str, bytes], ...] = field(default=(), repr=False)
    onix_196: tuple[OnixDetail, ...] = ()


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


class Press:
    """Makes the paged editions of one build.

    The libraries are imported where they are used: that of the layout fails to load where the
    machine lacks Pango, and a build of the screen edition has no use for those of the print shop.
    """

    def __init__(self, copy: Copy, imprint: Imprint, workers: Workers, say: Say) -> None:
        """Make the editions of a copy."""
        self._copy, self._imprint = copy, imprint
        self._workers, self._say = workers, say
        self._settings = copy.book.settings
        self._known: dict[tuple[str, Edition], Any] = {}

    def make(self, edition: Edition) -> EditionMade:
        """Take an edition from `compose` to its last proof."""
        makers = {
            Edition.SCREEN: self._make_screen,
            Edition.PRINT: self._make_print,
            Edition.BOOKLET: self._make_booklet,
            Edition.COVER: self._make_cover,
        }
        try:
            return makers[edition]()
        except BookError as fault:
            return EditionMade(edition, None, 0, fault.diagnostics)

    def printed_pages(self, edition: Edition) -> Outcome[PrintedPages | None]:
        """Tell where the pages of the screen or the print edition begin; None where none is known.

        Makes no PDF yet. What keeps the pages from being laid out is in the outcome.
        """
        try:
            laid = self._laid(edition)
        except BookError as fault:
            return Outcome(None, fault.diagnostics)
        starts = ((leaf.label, leaf.start) for leaf in laid.typeset.leaves)
        pages = tuple((label, start) for label, start in starts if start is not None)
        return Outcome(PrintedPages(edition, pages)) if pages else Outcome(None, laid.found)

    def _make_screen(self) -> EditionMade:
        pages = self._pages(Edition.SCREEN)
        lost = self._inspect(pages, pages.pdf)
        return EditionMade(Edition.SCREEN, pages.pdf, len(pages), (*pages.found, *lost))

    def _make_print(self) -> EditionMade:
        from chapbook.preflight import preflight

        pages = self._print_pages
        job = self._job(Edition.PRINT, pages.publication)
        prepared = self._prepare(pages, job)
        lost = self._inspect(pages, prepared.value, self._padding)
        self._say("preflight", Edition.PRINT)
        book, publication = self._copy.book, pages.publication
        flaws = preflight(prepared.value, pages.typeset, publication, book, job)
        found = (*pages.found, *prepared.diagnostics, *lost, *flaws)
        return EditionMade(Edition.PRINT, prepared.value, len(pages) + self._padding, found)

    def _make_booklet(self) -> EditionMade:
        from chapbook.impose import impose, plan_booklet

        settings = self._settings
        booklet, trim, locations = settings.booklet, settings.page.trim, settings.locations
        thickness, is_rtl = caliper(settings.print.paper), self._is_right_to_left()
        # A sheet that is too small is found before the pages are laid out.
        plan_booklet(1, booklet, trim, thickness, is_rtl, locations=locations)
        pages = self._print_pages
        cover = self._lay_out_wrapper() if booklet.cover else None
        lost = self._inspect(pages, pages.pdf)
        self._say("impose", Edition.BOOKLET)
        wrapper = cover.pdf if cover else b""
        made = impose(pages.pdf, booklet, trim, thickness, is_rtl, wrapper, locations)
        plan = plan_booklet(len(pages), booklet, trim, thickness, is_rtl)
        words, folders = self._copy.words, self._copy.folders
        folding = compose_folding(plan, settings.title, folders, words, self._copy.cache)
        found = (*pages.found, *(cover.found if cover else ()), *lost, *made.diagnostics)
        sides, beside = 2 * len(plan.sheets), ((FOLDING, folding.encode()),)
        return EditionMade(Edition.BOOKLET, made.value, sides, found, beside)

    def _make_cover(self) -> EditionMade:
        from chapbook.cover.front_image import front_image

        count = len(self._print_pages) + self._padding
        pages = self._lay_out_cover(self._copy, count)
        wrap = cover_wrap(self._settings, count)
        job = replace(self._job(Edition.COVER, pages.publication), folds=fold_lines(wrap))
        prepared = self._prepare(pages, job)
        lost = self._inspect(pages, prepared.value)
        found = (*pages.found, *prepared.diagnostics, *lost)
        beside = ((FRONT, front_image(pages.pdf, wrap)),)
        return EditionMade(Edition.COVER, prepared.value, len(pages), found, beside)

    @property
    def _print_pages(self) -> Pages:
        return self._pages(Edition.PRINT)

    def _pages(self, edition: Edition) -> Pages:
        """Give the pages of the screen or the print edition, or fail as they did before."""
        return self._once("pages", edition, lambda: self._finish(self._laid(edition)))

    def _laid(self, edition: Edition) -> Laid:
        def lay_out() -> Laid:
            compose = partial(compose_one, self._copy, edition)
            laid = self._lay_out(edition, compose)
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
            return self._lay_out(Edition.PRINT, partial(compose, notes_pages=missing))
        return laid

    @property
    def _padding(self) -> int:
        """Count the blank pages that the print file has at its end."""
        from chapbook.prepress import pages_missing

        is_padded = self._settings.print.padding is not Padding.WARN
        return pages_missing(len(self._print_pages), self._settings.print) if is_padded else 0

    def _lay_out(self, edition: Edition, compose: Callable[[], Outcome[PagedPublication]]) -> Laid:
        """Compose, in a worker that can be stopped, and typeset what comes of it."""
        from chapbook.typeset import typeset

        self._say("compose", edition)
        (composed,) = self._workers.each(_call, [compose], in_place=True)
        if isinstance(composed, Fallen):
            raise BookError([fallen("the templates", composed)])
        publication = composed.value
        self._say("typeset", edition)
        laid = typeset(publication, self._workers, self._copy.cache)
        return Laid(publication, laid.value, (*composed.diagnostics, *laid.diagnostics))

    def _finish(self, laid: Laid) -> Pages:
        from chapbook.finish import finish_pdf

        self._say("finish", laid.publication.edition)
        pdf = finish_pdf(laid.typeset, laid.publication, self._copy.cache)
        return Pages(laid.publication, laid.typeset, pdf, laid.found)

    def _lay_out_cover(self, copy: Copy, count: int) -> Pages:
        return self._finish(self._lay_out(Edition.COVER, partial(compose_the_cover, copy, count)))

    def _lay_out_wrapper(self) -> Pages:
        """Lay out the cover of the booklet, whose spine is no more than a fold."""
        plain = replace(self._settings.cover, flaps=0.0, spine=SpineText.NONE)
        book = replace(self._copy.book, settings=replace(self._settings, cover=plain))
        pages = self._lay_out_cover(replace(self._copy, book=book), len(self._print_pages))
        found = tuple(one for one in pages.found if one.code is not Code.PAPER_ASSUMED)
        return replace(pages, found=found)

    def _inspect(self, pages: Pages, pdf: bytes, padding: int = 0) -> tuple[Diagnostic, ...]:
        self._say("inspect", pages.publication.edition)
        passages, cache = pages.publication.passages, self._copy.cache
        return inspect_pdf(pdf, pages.typeset, passages, self._workers, cache, padding)

    def _prepare(self, pages: Pages, job: PrintJob) -> Outcome[bytes]:
        from chapbook.prepress import prepare_print

        self._say("prepare", job.edition)
        return prepare_print(pages.pdf, job)

    def _job(self, edition: Edition, publication: PagedPublication) -> PrintJob:
        return PrintJob(
            settings=self._settings.print,
            metadata=publication.metadata,
            trim=publication.trim,
            profile=self._imprint.profile,
            sources=self._imprint.sources,
            locations=self._settings.locations,
            edition=edition,
        )

    def _is_right_to_left(self) -> bool:
        asked = self._settings.booklet.right_to_left
        return direction(self._settings.language) == "rtl" if asked is None else asked


def edition_of_pages(settings: BookSettings, editions: tuple[Edition, ...]) -> Edition | None:
    """Say which edition's pages the e-book names, where these are made; None for no pages."""
    wanted = settings.epub.page_list
    if wanted is PageList.NEVER or Edition.EPUB not in editions:
        return None
    asked = {*editions, *(settings.editions if wanted is PageList.ALWAYS else ())}
    if asked & {Edition.PRINT, Edition.BOOKLET, Edition.COVER}:
        return Edition.PRINT
    if Edition.SCREEN in asked:
        return Edition.SCREEN
    return Edition.PRINT if wanted is PageList.ALWAYS else None


def compose_one(copy: Copy, edition: Edition, notes_pages: int = 0) -> Outcome[PagedPublication]:
    """Compose a paged edition; a template that has no end is then stopped."""
    return compose_paged(copy.book, edition, copy.folders, copy.words, copy.cache, notes_pages)


def compose_the_cover(copy: Copy, pages: int) -> Outcome[PagedPublication]:
    """Compose the cover of a book of so many pages."""
    return compose_cover(copy.book, pages, copy.folders, copy.words, copy.cache)


def fallen(what: str, how: Fallen, at: Location | None = None) -> Diagnostic:
    """Say that what was at work on something was brought down."""
    code = Code.TIME_LIMIT if how.reason == OUT_OF_TIME else Code.LAYOUT_FAILED
    return error(code, f"{what}: the worker {how.reason}", at)


def _call(compose: Callable[[], Outcome[PagedPublication]]) -> Outcome[PagedPublication]:
    return compose()
