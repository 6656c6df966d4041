"""Make one edition after the other: which stages each goes through, and what they share.

No rule about books lives here. The layout of the print edition is made once, however many of
print, booklet and cover are wanted.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from chapbook.cache import Cache
from chapbook.compose import compose_paged
from chapbook.compose.language import is_bound_at_right
from chapbook.diagnostics import BookError, Code, Diagnostic, Location, Outcome, error
from chapbook.imposition import Plan
from chapbook.inspect import inspect_pdf
from chapbook.laid import Typeset
from chapbook.model import Book
from chapbook.paper import caliper
from chapbook.print_job import PrintJob
from chapbook.print_shop import Padding, SpineText
from chapbook.publication import PagedPublication
from chapbook.settings import Edition
from chapbook.words import Words
from chapbook.workers import OUT_OF_TIME, Fallen, Workers

if TYPE_CHECKING:  # the room loads what only a pack has use for
    from chapbook.pack import PackNames, SpecSheet

Say = Callable[[str, str], None]
# The house's, for the slug.
FACES = ("fonts/source-sans-3/SourceSans3-Regular.ttf", "fonts/noto-sans-jp/NotoSansJP-Regular.ttf")
FOLDING, FRONT = "-booklet-folding.svg", "-cover.png"
FEW_FINDINGS = 12  # of more, not all have room on one page
PACKED = (Edition.PRINT, Edition.COVER, Edition.BOOKLET)


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
        self._fault: BookError | None = None
        self._made: dict[Edition, EditionMade] = {}

    def make(self, edition: Edition) -> EditionMade:
        """Take an edition from `compose` to its last proof, once."""
        if edition not in self._made:
            self._made[edition] = self._make(edition)
        return self._made[edition]

    def _make(self, edition: Edition) -> EditionMade:
        makers = {
            Edition.SCREEN: self._make_screen,
            Edition.PRINT: self._make_print,
            Edition.BOOKLET: self._make_booklet,
            Edition.COVER: self._make_cover,
            Edition.PACK: self._make_pack,
        }
        try:
            return makers[edition]()
        except BookError as fault:
            return EditionMade(edition, None, 0, fault.diagnostics)

    def _make_screen(self) -> EditionMade:
        pages = self._lay_out(Edition.SCREEN, partial(compose_one, self._copy, Edition.SCREEN))
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
        from chapbook.compose.folding import compose_folding
        from chapbook.impose import impose, plan_booklet

        settings = self._settings
        booklet, trim, locations = settings.booklet, settings.page.trim, settings.locations
        thickness, is_rtl = caliper(settings.print.paper), is_bound_at_right(self._settings)
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
        from chapbook.compose.cover import cover_wrap
        from chapbook.cover import fold_lines
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

    def _make_pack(self) -> EditionMade:
        """Put all that a print shop needs together, unless any of it has an error."""
        from chapbook.compose.cover import cover_wrap
        from chapbook.cover import fold_lines

        made = [self.make(edition) for edition in PACKED]
        found = tuple(dict.fromkeys(one for each in made for one in each.diagnostics))
        if any(one.is_error for one in found):
            return EditionMade(Edition.PACK, None, 0, found)
        from chapbook.pack import PackNames, draw_sheet, with_sums, zip_files

        names = PackNames(self._settings.slug)
        interior, cover, booklet = (one.content or b"" for one in made)
        folds = fold_lines(cover_wrap(self._settings, made[0].pages))
        files = {
            names.interior: interior,
            names.cover: cover,
            names.booklet: booklet,
            names.folding: dict(made[2].beside)[FOLDING],
            names.dummy: self._make_dummy(),
            names.spread("cover"): draw_sheet(cover, folds),
        }
        files = with_sums(files | self._describe(interior, cover, names, found))
        content = zip_files(files, names.folder, self._settings.date)
        beside = tuple((f"-pack/{name}", held) for name, held in files.items())
        return EditionMade(Edition.PACK, content, made[0].pages, found, beside)

    def _make_dummy(self) -> bytes:
        """Impose pages with nothing but numbers, as the booklet is."""
        from chapbook.impose import impose, plan_booklet

        booklet, trim = self._settings.booklet, self._settings.page.trim
        is_rtl = is_bound_at_right(self._settings)
        plan = plan_booklet(len(self._print_pages), booklet, trim, 0.0, is_rtl)
        leaves = self._lay_out(Edition.PACK, partial(compose_model, self._copy, plan))
        # The leaf of the cover is among the pages, and paper with numbers alone needs no creep.
        model = replace(booklet, cover=False, creep=False)
        return impose(leaves.pdf, model, trim, 0.0, is_rtl).value

    def _describe(
        self, interior: bytes, cover: bytes, names: "PackNames", found: tuple[Diagnostic, ...]
    ) -> dict[str, bytes]:
        """Draw the spreads, and say on a sheet and in a text what is in the files."""
        from chapbook.compose.cover import cover_wrap
        from chapbook.impose import plan_booklet
        from chapbook.pack import (
            Made,
            draw_proofs,
            measure_cover,
            read_print_file,
            specify,
            write_text,
        )

        settings, is_rtl = self._settings, is_bound_at_right(self._settings)
        printed, thickness = read_print_file(interior), caliper(settings.print.paper)
        self._say("draw", Edition.PACK)
        proofs = draw_proofs(interior, printed.pages, settings.print, is_rtl, names, self._workers)
        pages, trim = len(self._print_pages), settings.page.trim
        made = Made(
            interior=printed,
            cover=read_print_file(cover),
            wrap=cover_wrap(settings, printed.pages),
            plan=plan_booklet(pages, settings.booklet, trim, thickness, is_rtl),
            blanks=self._padding,
            inks=proofs.inks,
            cover_inks=measure_cover(cover, settings.print, self._workers),
            coloured=proofs.coloured,
            found=found,
        )
        sheet = specify(settings, made, names, self._copy.words)
        texts = {names.sheet: self._lay_out_sheet(sheet), names.text: write_text(sheet).encode()}
        return texts | dict(proofs.spreads)

    def _lay_out_sheet(self, sheet: "SpecSheet") -> bytes:
        """Lay the sheet out on one page, with as many findings as have room."""
        most = len(sheet.findings)
        pages = self._lay_out_shown(sheet, most)
        while len(pages) > 1 and most:
            most = min(most - 1, FEW_FINDINGS)
            pages = self._lay_out_shown(sheet, most)
        if lost := [one for one in self._inspect(pages, pages.pdf) if one.is_error]:
            raise BookError(lost)
        return pages.pdf

    def _lay_out_shown(self, sheet: "SpecSheet", most: int) -> Pages:
        shown = sheet.shortened(most)
        return self._lay_out(Edition.PACK, partial(compose_sheet, self._copy, shown))

    @property
    def _print_pages(self) -> Pages:
        """Give the pages of the print edition, or fail as they did before."""
        if self._fault is not None:
            raise self._fault
        try:
            return self._pages_once
        except BookError as fault:
            self._fault = fault
            raise

    @cached_property
    def _pages_once(self) -> Pages:
        from chapbook.prepress import pages_missing

        compose = partial(compose_one, self._copy, Edition.PRINT)
        pages = self._lay_out(Edition.PRINT, compose)
        missing = pages_missing(len(pages), self._settings.print)
        if missing and self._settings.print.padding is Padding.NOTES:
            return self._lay_out(Edition.PRINT, partial(compose, notes_pages=missing))
        return pages

    @property
    def _padding(self) -> int:
        """Count the blank pages that the print file has at its end."""
        from chapbook.prepress import pages_missing

        is_padded = self._settings.print.padding is not Padding.WARN
        return pages_missing(len(self._print_pages), self._settings.print) if is_padded else 0

    def _lay_out(self, edition: Edition, compose: Callable[[], Outcome[PagedPublication]]) -> Pages:
        """Compose, in a worker that can be stopped, and typeset and finish what comes of it."""
        from chapbook.finish import finish_pdf
        from chapbook.typeset import typeset

        self._say("compose", edition)
        (composed,) = self._workers.each(_call, [compose], in_place=True)
        if isinstance(composed, Fallen):
            raise BookError([fallen("the templates", composed)])
        publication = composed.value
        self._say("typeset", edition)
        laid = typeset(publication, self._workers, self._copy.cache)
        self._say("finish", edition)
        pdf = finish_pdf(laid.value, publication, self._copy.cache)
        found = (*composed.diagnostics, *laid.diagnostics)
        return Pages(publication, laid.value, pdf, found)

    def _lay_out_cover(self, copy: Copy, count: int) -> Pages:
        return self._lay_out(Edition.COVER, partial(compose_the_cover, copy, count))

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

        self._say("prepress", job.edition)
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
            faces=tuple(
                file for name in FACES if (file := self._copy.folders[-1] / name).is_file()
            ),
        )


def compose_one(copy: Copy, edition: Edition, notes_pages: int = 0) -> Outcome[PagedPublication]:
    """Compose a paged edition; a template that has no end is then stopped."""
    return compose_paged(copy.book, edition, copy.folders, copy.words, copy.cache, notes_pages)


def compose_the_cover(copy: Copy, pages: int) -> Outcome[PagedPublication]:
    """Compose the cover of a book of so many pages."""
    from chapbook.compose.cover import compose_cover

    return compose_cover(copy.book, pages, copy.folders, copy.words, copy.cache)


def compose_sheet(copy: Copy, sheet: "SpecSheet") -> Outcome[PagedPublication]:
    """Compose the sheet that tells a print shop of the book."""
    from chapbook.compose.pack import compose_specification

    settings = copy.book.settings
    return compose_specification(sheet, settings, copy.folders, copy.words, copy.cache)


def compose_model(copy: Copy, plan: Plan) -> Outcome[PagedPublication]:
    """Compose the pages of a model of the booklet."""
    from chapbook.compose.pack import compose_dummy

    settings = copy.book.settings
    trim = settings.page.trim
    return compose_dummy(plan, trim, settings, copy.folders, copy.words, copy.cache)


def fallen(what: str, how: Fallen, at: Location | None = None) -> Diagnostic:
    """Say that what was at work on something was brought down."""
    code = Code.TIME_LIMIT if how.reason == OUT_OF_TIME else Code.LAYOUT_FAILED
    return error(code, f"{what}: the worker {how.reason}", at)


def _call(compose: Callable[[], Outcome[PagedPublication]]) -> Outcome[PagedPublication]:
    return compose()
