"""Compose the e-book: a document for each division, the ways through it, its style, its files."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from xml.etree.ElementTree import ParseError

from markupsafe import Markup

from chapbook.cache import Cache
from chapbook.compose.access import (
    Access,
    Shown,
    Sight,
    describe_access,
    follow_order,
    look_at,
    withheld,
)
from chapbook.compose.book_notes import with_book_notes
from chapbook.compose.charts import desk_of, draw_charts, has_chart, measured_by, theme_of
from chapbook.compose.conditions import book_for
from chapbook.compose.context import Context, deciding, shared_context
from chapbook.compose.divisions import (
    malformed,
    named_for,
    parts_of,
    render_division,
    template_of,
    without_proofs,
)
from chapbook.compose.entries import list_entries
from chapbook.compose.epub_files import (
    COVER,
    NAV,
    NCX,
    NOT_IN_EPUB,
    STYLE,
    name_documents,
)
from chapbook.compose.epub_markup import (
    properties,
    say_languages_twice,
    semantics,
    settle_for_epub,
)
from chapbook.compose.epub_media import Media, embed, gather_images
from chapbook.compose.epub_parts import part_documents
from chapbook.compose.epub_upright import stand_upright
from chapbook.compose.folders import Folders
from chapbook.compose.fragments import images_in, texts_of
from chapbook.compose.language import direction, missing_words
from chapbook.compose.markup import parse_document, write_xhtml
from chapbook.compose.metadata import describe_edition, name_source
from chapbook.compose.motion import moves
from chapbook.compose.navigation import (
    PageTarget,
    depth_of,
    entries_of,
    in_reading_order,
    landmarks,
    nav_lists,
    nav_points,
    pages_of_contents,
)
from chapbook.compose.notes import EpubNotes
from chapbook.compose.page_breaks import mark_pages, marked_pages
from chapbook.compose.page_shift import shift_pages
from chapbook.compose.passages import list_passages, places_of_blocks
from chapbook.compose.places import EpubPlaces
from chapbook.compose.proofs import Trace, prove_addresses, trace
from chapbook.compose.recall import Recall
from chapbook.compose.rendering import Renderer
from chapbook.compose.rewriting import Rewriter
from chapbook.compose.statement import PAGE as STATEMENT
from chapbook.compose.statement import state, with_statement
from chapbook.compose.styles import Stylesheet, compose_stylesheet
from chapbook.diagnostics import BookError, Diagnostic, Outcome
from chapbook.laid import PageStart, PrintedPages
from chapbook.model import Book, Division
from chapbook.publication import EpubDocument, EpubPublication
from chapbook.scholarship import NotePlace
from chapbook.settings import Edition, Writing
from chapbook.words import Words

STYLESHEETS = ("css/epub.css", "css/book-epub.css?")
STYLESHEETS_UPRIGHT = ("css/epub.css", "css/epub-vertical.css", "css/book-epub.css?")
XHTML_TYPE = "application/xhtml+xml"
DOCUMENT = "epub/document.xhtml.j2"
NCX_TYPE = "application/x-dtbncx+xml"
NOTHING: Context = MappingProxyType({})


def make_publication(
    book: Book,
    folders: tuple[Path, ...],
    words: Words,
    modified: datetime,
    cache: Cache | None = None,
    pages: PrintedPages | None = None,
) -> Outcome[EpubPublication]:
    """Do as `compose_epub` says."""
    whole = book_for(book, Edition.EPUB)
    if whole.settings.notes.epub is NotePlace.BOOK:
        whole = with_book_notes(whole, words)
    whole = with_statement(whole, words)
    pages = shift_pages(pages, book, Edition.EPUB)
    return _Composer(whole, Folders(folders), words, cache, pages).compose(modified)


@dataclass(frozen=True, slots=True)
class _Made:
    """A document, what is to be proved of it, and what there is to be seen in it.

    `pages` are the printed pages that begin in it: their folios and ids, in order.
    """

    document: EpubDocument
    trace: Trace
    sight: Sight
    pages: tuple[tuple[str, str], ...] = ()


class _Composer:
    def __init__(
        self,
        book: Book,
        folders: Folders,
        words: Words,
        cache: Cache | None,
        pages: PrintedPages | None,
    ) -> None:
        self.book = book
        self.words = words
        self.renderer = Renderer(folders, cache)
        self.cache = cache
        self.pages = pages
        self.divisions = tuple(d for d in book.divisions if d.page not in NOT_IN_EPUB)
        self.parts = parts_of(book)
        self.files = name_documents(book.divisions)
        self.is_upright = book.settings.epub.writing is Writing.VERTICAL
        self.found: list[Diagnostic] = []
        self.media = self._gather()
        self.images = self.media.names
        self.places = EpubPlaces(book, self.files)
        self.listed = list_entries(book.contents, book.settings.contents.epub_depth)
        shared = shared_context(book, Edition.EPUB, words, self.places)
        self.context: Context = {
            **shared,
            "metadata": describe_edition(book.settings, Edition.EPUB),
            "style": STYLE,
            "direction": direction(book.settings.language),
        }
        decided = deciding(book, words, self.places)
        self.recall = Recall(cache, self.renderer, self.context, decided)

    def _gather(self) -> Media:
        try:
            folders = self.renderer.folders
            return gather_images(self.book, self.divisions, folders, self.cache)
        except BookError as fault:
            self.found += fault.diagnostics
            return Media({path: path for path in self.book.assets}, {}, ())

    def compose(self, modified: datetime) -> Outcome[EpubPublication]:
        cover = self.media.cover
        style = self._style()
        made = self._documents(cover, style.text)
        texts = [one.document.content for one in made]
        embedded = embed(style, texts, self.book.settings, self.renderer.folders, self.cache)
        sheet, files = embedded.value
        resources = {**self.media.resources, **files}
        pages = {one.document.name: one.trace for one in made}
        if faults := self.found or prove_addresses(pages, resources):
            raise BookError(dict.fromkeys(faults))
        settings = self.book.settings
        has_pages = any(one.pages for one in made)
        whole = (*(one.document for one in made), self._ncx(made))
        access = self._access(made, style.text)
        publication = EpubPublication(
            settings=settings,
            metadata=describe_edition(settings, Edition.EPUB),
            documents=(
                *part_documents(whole, settings.epub.document_bytes),
                EpubDocument(STYLE, "style", "text/css", sheet, in_spine=False),
            ),
            resources=resources,
            cover=cover,
            modified=modified.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            passages=list_passages(settings, self.divisions),
            accessibility=access.properties,
            conformance=access.conformance,
            direction=direction(settings.language),
            progression="rtl" if self.is_upright else direction(settings.language),
            page_source=name_source(settings, self.pages.edition, self.words)
            if self.pages and has_pages
            else "",
        )
        found = (*missing_words(settings, self.words), *embedded.diagnostics)
        return Outcome(publication, (*found, *withheld(access, settings)))

    def _documents(self, cover: str, style: str) -> list[_Made]:
        made = [self._cover(cover)] if cover else []
        nav_place = None
        for division in self.divisions:
            if self.files[division.id] == NAV:
                nav_place = len(made)
                continue
            extra = self._statement(made, style) if division.page == STATEMENT else NOTHING
            try:
                made.append(self._document(division, extra))
            except BookError as fault:
                self.found += fault.diagnostics
        try:
            made.insert(*self._nav(cover, made, nav_place))
        except BookError as fault:
            self.found += fault.diagnostics
        return made

    def _document(self, division: Division, extra: Context = NOTHING) -> _Made:
        template = template_of(division, self.renderer)
        named = {**named_for(division, self.parts, self.context), **extra}
        name = self.files[division.id]
        images = [self._image(p) for text in texts_of(division) for p in images_in(text)]
        others = (
            "epub",
            name,
            without_proofs(division),
            self.places.met_in(division),
            images,
            (self.words.notes, self.words.back_to_text, self.words.chart_table),
            self.is_upright and self.book.settings.language,
            self._starts(division),
            self.book.settings.notes.epub,
            measured_by(division, self.renderer),
        )
        templates = (template, DOCUMENT, *theme_of(division))
        return self.recall.recall(
            templates, named, others, lambda: self._make(division, template, named, name)
        )

    def _make(self, division: Division, template: str, named: Context, name: str) -> _Made:
        notes = EpubNotes(division, self.places, self.words, self.book.settings.notes.epub)
        rewriter = Rewriter(division, self.places, notes, self._image, keep_blocks=True)
        context = {**self.context, **named}
        marks = semantics(division)
        root = render_division(division, template, self.renderer, rewriter, context, marks)
        if has_chart(division):
            desk = desk_of(self.renderer, self.context)
            draw_charts(root, desk, places_of_blocks(division), self.words.chart_table)
        mark_pages(root, self._starts(division))
        settle_for_epub(root)
        if self.is_upright:
            stand_upright(root, self.book.settings.language)
        section = Markup(write_xhtml(root))
        extra = {**named, "division": without_proofs(division), "section": section}
        return self._write(name, DOCUMENT, extra)

    def _starts(self, division: Division) -> tuple[tuple[str, PageStart], ...]:
        """Give the printed pages that begin in a division."""
        pages = self.pages.pages if self.pages else ()
        return tuple(page for page in pages if page[1].section == division.id)

    def _image(self, path: str) -> str:
        return self.images.get(path, path)

    def _cover(self, image: str) -> _Made:
        settings = self.book.settings
        alt = settings.cover.alt or self.words.cover_alt.format(title=settings.title)
        return self._write(COVER, "epub/cover.xhtml.j2", {"image": image, "alt": alt})

    def _nav(self, cover: str, others: list[_Made], place: int | None) -> tuple[int, _Made]:
        """Give the place of the navigation among the documents, and itself.

        It is read where the contents stand, if the book has any.
        """
        template = "epub/nav.xhtml.j2"
        first = COVER if cover else ""
        marks = landmarks(self.book, self.divisions, self.files, self.words, first)
        starts = [p for d in self.divisions if self.files[d.id] == NAV for p in self._starts(d)]
        own = pages_of_contents(starts, self.book, self.listed, self.places)
        in_spine = place is not None
        place = len(others) if place is None else place
        pages = (
            *_targets((one.document.name, one.pages) for one in others[:place]),
            *_targets([(NAV, own.all)]),
            *_targets((one.document.name, one.pages) for one in others[place:]),
        )
        extra = {"landmarks": marks, "contents_pages": own, "printed_pages": pages}
        made = self.recall.recall(
            (template,),
            extra,
            ("nav", in_spine),
            lambda: self._write(NAV, template, extra, in_spine),
        )
        found = made.document.properties
        document = replace(made.document, properties=("nav", *found))
        return place, replace(made, document=document, pages=own.all)

    def _write(self, name: str, template: str, extra: Context, in_spine: bool = True) -> _Made:
        content = say_languages_twice(self.renderer.render(template, {**self.context, **extra}))
        try:
            tree = parse_document(content)
        except ParseError as fault:
            raise BookError([malformed(self.renderer, template, content, fault)]) from fault
        marks = tuple(properties(tree))
        stem = name.removesuffix(".xhtml")
        document = EpubDocument(name, stem, XHTML_TYPE, content, marks, in_spine)
        return _Made(document, trace(tree), look_at(tree), tuple(marked_pages(tree)))

    def _ncx(self, made: list[_Made]) -> EpubDocument:
        template = "epub/toc.ncx.j2"
        points = nav_points(self.listed, self.places, self.words)
        pages = _targets((one.document.name, one.pages) for one in made)
        if pages:
            points, pages = in_reading_order(points, pages, _addresses(made))
        lists = nav_lists(self.book, self.places, self.words)
        extra = {
            "points": points,
            "depth": depth_of(points),
            "printed_pages": pages,
            "lists": lists,
        }
        content = self.recall.recall(
            (template,),
            extra,
            ("ncx",),
            lambda: self.renderer.render(template, {**self.context, **extra}),
        )
        return EpubDocument(NCX, "ncx", NCX_TYPE, content, in_spine=False)

    def _style(self) -> Stylesheet:
        try:
            names = STYLESHEETS_UPRIGHT if self.is_upright else STYLESHEETS
            return compose_stylesheet(self.renderer, names, self.context)
        except BookError as fault:
            self.found += fault.diagnostics
            return Stylesheet("")

    def _statement(self, made: Iterable[_Made], style: str) -> Context:
        access = self._access(made, style)
        return {"statement": state(access, self.book.settings, self.words)}

    def _access(self, made: Iterable[_Made], style: str) -> Access:
        documents = [one for one in made if one.document.in_spine and one.document.name != NAV]
        addresses = (self.places.url(entry) for entry in entries_of(self.listed))
        shown = Shown(
            style=style,
            roles={division.role for division in self.divisions},
            has_contents=bool(self.listed),
            is_in_order=follow_order(addresses, {d.document.name: d.trace.ids for d in documents}),
            is_moving=any(moves(image) for image in self.media.resources.values()),
        )
        sights = [one.sight for one in made]
        return describe_access(sights, shown, self.book.settings.accessibility, self.words)


def _targets(
    documents: Iterable[tuple[str, Iterable[tuple[str, str]]]],
) -> tuple[PageTarget, ...]:
    return tuple(
        PageTarget(label, f"{document}#{name}")
        for document, pages in documents
        for label, name in pages
    )


def _addresses(made: Iterable[_Made]) -> Iterator[str]:
    """Give every address of the e-book in order."""
    for one in made:
        yield one.document.name
        yield from (f"{one.document.name}#{name}" for name in one.trace.ids)
