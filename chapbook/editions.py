"""Make one edition after the other: which stages each goes through, and what they share.

No rule about books lives here. The layout of the print edition is made once, however many of
print, booklet and cover are wanted.
"""

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from chapbook.compose.language import is_bound_at_right
from chapbook.composing_room import ComposingRoom, Copy, Laid, Pages, Say
from chapbook.diagnostics import BookError, Diagnostic, Outcome
from chapbook.laid import PrintedPages
from chapbook.paper import caliper
from chapbook.print_job import PrintJob
from chapbook.publication import OnixDetail, PagedPublication
from chapbook.settings import BookSettings, Edition, PageList
from chapbook.workers import Workers

if TYPE_CHECKING:  # the room loads what only a pack has use for
    from chapbook.imposition import Plan
    from chapbook.pack import PackNames, SpecSheet

# The house's, for the slug.
FACES = ("fonts/source-sans-3/SourceSans3-Regular.ttf", "fonts/noto-sans-jp/NotoSansJP-Regular.ttf")
FOLDING, FRONT = "-booklet-folding.svg", "-cover.png"
FEW_FINDINGS = 12  # of more, not all have room on one page
PACKED = (Edition.PRINT, Edition.COVER, Edition.BOOKLET)


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
        self._room = ComposingRoom(copy, workers, say)
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

    def printed_pages(self, edition: Edition) -> Outcome[PrintedPages | None]:
        """Tell where the pages of the screen or the print edition begin; None where none is known.

        Makes no PDF yet. What keeps the pages from being laid out is in the outcome.
        """
        try:
            laid = self._room.laid(edition)
        except BookError as fault:
            return Outcome(None, fault.diagnostics)
        starts = ((leaf.label, leaf.start) for leaf in laid.typeset.leaves)
        pages = tuple((label, start) for label, start in starts if start is not None)
        return Outcome(PrintedPages(edition, pages)) if pages else Outcome(None, laid.found)

    def _make_screen(self) -> EditionMade:
        pages = self._room.pages(Edition.SCREEN)
        lost = self._room.inspect(pages, pages.pdf)
        return EditionMade(Edition.SCREEN, pages.pdf, len(pages), (*pages.found, *lost))

    def _make_print(self) -> EditionMade:
        pages = self._room.print_pages
        job = self._job(Edition.PRINT, pages.publication)
        prepared = self._prepare(pages, job)
        lost = self._room.inspect(pages, prepared.value, self._room.padding)
        flaws = self._preflight(pages, prepared.value, job)
        found = (*pages.found, *prepared.diagnostics, *lost, *flaws)
        return EditionMade(Edition.PRINT, prepared.value, len(pages) + self._room.padding, found)

    def _make_booklet(self) -> EditionMade:
        from chapbook.compose.folding import compose_folding
        from chapbook.impose import impose, plan_booklet

        settings = self._settings
        booklet, trim, locations = settings.booklet, settings.page.trim, settings.locations
        thickness, is_rtl = caliper(settings.print.paper), is_bound_at_right(self._settings)
        # A sheet that is too small is found before the pages are laid out.
        plan_booklet(1, booklet, trim, thickness, is_rtl, locations=locations)
        pages = self._room.print_pages
        cover = self._room.lay_out_wrapper() if booklet.cover else None
        lost = self._room.inspect(pages, pages.pdf)
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

        count = len(self._room.print_pages) + self._room.padding
        pages = self._room.lay_out_cover(self._copy, count)
        wrap = cover_wrap(self._settings, count)
        job = replace(self._job(Edition.COVER, pages.publication), folds=fold_lines(wrap))
        prepared = self._prepare(pages, job)
        lost = self._room.inspect(pages, prepared.value)
        flaws = self._preflight(pages, prepared.value, job)
        found = (*pages.found, *prepared.diagnostics, *lost, *flaws)
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
        plan = plan_booklet(len(self._room.print_pages), booklet, trim, 0.0, is_rtl)
        compose = partial(compose_model, self._copy, plan)
        leaves = self._room.finish(self._room.lay_out(Edition.PACK, compose))
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
        pages, trim = len(self._room.print_pages), settings.page.trim
        made = Made(
            interior=printed,
            cover=read_print_file(cover),
            wrap=cover_wrap(settings, printed.pages),
            plan=plan_booklet(pages, settings.booklet, trim, thickness, is_rtl),
            blanks=self._room.padding,
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
        laid = self._lay_out_shown(sheet, most)
        while len(laid) > 1 and most:
            most = min(most - 1, FEW_FINDINGS)
            laid = self._lay_out_shown(sheet, most)
        pages = self._room.finish(laid)
        if lost := [one for one in self._room.inspect(pages, pages.pdf) if one.is_error]:
            raise BookError(lost)
        return pages.pdf

    def _lay_out_shown(self, sheet: "SpecSheet", most: int) -> Laid:
        shown = sheet.shortened(most)
        return self._room.lay_out(Edition.PACK, partial(compose_sheet, self._copy, shown))

    def _prepare(self, pages: Pages, job: PrintJob) -> Outcome[bytes]:
        from chapbook.prepress import prepare_print

        self._say("prepress", job.edition)
        return prepare_print(pages.pdf, job)

    def _preflight(self, pages: Pages, pdf: bytes, job: PrintJob) -> tuple[Diagnostic, ...]:
        from chapbook.preflight import preflight

        self._say("preflight", job.edition)
        return preflight(pdf, pages.typeset, pages.publication, self._copy.book, job)

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


def edition_of_pages(settings: BookSettings, editions: tuple[Edition, ...]) -> Edition | None:
    """Say which edition's pages the e-book names, where these are made; None for no pages."""
    wanted = settings.epub.page_list
    if wanted is PageList.NEVER or Edition.EPUB not in editions:
        return None
    asked = {*editions, *(settings.editions if wanted is PageList.ALWAYS else ())}
    if asked & {*PACKED, Edition.PACK}:
        return Edition.PRINT
    if Edition.SCREEN in asked:
        return Edition.SCREEN
    return Edition.PRINT if wanted is PageList.ALWAYS else None


def compose_sheet(copy: Copy, sheet: "SpecSheet") -> Outcome[PagedPublication]:
    """Compose the sheet that tells a print shop of the book."""
    from chapbook.compose.pack import compose_specification

    settings = copy.book.settings
    return compose_specification(sheet, settings, copy.folders, copy.words, copy.cache)


def compose_model(copy: Copy, plan: "Plan") -> Outcome[PagedPublication]:
    """Compose the pages of a model of the booklet."""
    from chapbook.compose.pack import compose_dummy

    settings = copy.book.settings
    trim = settings.page.trim
    return compose_dummy(plan, trim, settings, copy.folders, copy.words, copy.cache)
