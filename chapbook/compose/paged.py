"""Compose a paged edition: the sections of one HTML document, its stylesheet, its files."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from chapbook.cache import Cache
from chapbook.compose.book_notes import with_book_notes
from chapbook.compose.charts import desk_of, draw_charts, has_chart, measured_by, theme_of
from chapbook.compose.conditions import book_for
from chapbook.compose.context import Context, deciding, shared_context
from chapbook.compose.divisions import (
    named_for,
    parts_of,
    render_division,
    template_of,
    without_proofs,
)
from chapbook.compose.folders import Folders
from chapbook.compose.formulas import draw_formulas
from chapbook.compose.fragments import texts_of
from chapbook.compose.initials import set_initials
from chapbook.compose.japanese import set_japanese
from chapbook.compose.language import missing_words
from chapbook.compose.markup import write_html
from chapbook.compose.metadata import describe_edition
from chapbook.compose.notes import PagedNotes
from chapbook.compose.notes_pages import with_notes_pages
from chapbook.compose.passages import list_passages, places_of_blocks
from chapbook.compose.places import PagedPlaces
from chapbook.compose.proofs import Trace, join, prove_addresses, trace
from chapbook.compose.qr import show_codes
from chapbook.compose.recall import Recall
from chapbook.compose.rendering import Renderer
from chapbook.compose.rewriting import Rewriter
from chapbook.compose.styles import Stylesheet, compose_stylesheet
from chapbook.diagnostics import BookError, Code, Diagnostic, Outcome, error
from chapbook.model import Book, Division
from chapbook.print_shop import Trim
from chapbook.publication import PagedPublication, Section
from chapbook.scholarship import NotePlace
from chapbook.settings import Edition
from chapbook.words import Words

STYLESHEETS = ("css/page.css.j2", "css/base.css", "css/paged.css")
OPTIONAL = ("css/{edition}.css?", "css/book.css?")


def compose_paged(
    book: Book,
    edition: Edition,
    folders: tuple[Path, ...],
    words: Words,
    cache: Cache | None = None,
    notes_pages: int = 0,
) -> Outcome[PagedPublication]:
    """Make the publication of a paged edition.

    `folders` are the template folders, the book's own before the house's. Divisions that would
    come out as before are taken from `cache`. So many `notes_pages` to write on follow at the end.
    Raises `BookError` where a template or a stylesheet
    is at fault, with every fault found.
    """
    composer = _Composer(
        with_notes_pages(book_for(book, edition), notes_pages, words),
        edition,
        Folders(folders),
        words,
        cache,
    )
    return composer.compose()


@dataclass(frozen=True, slots=True)
class _Made:
    """A section as made: its HTML, what is to be proved of it, the images that it shows."""

    html: str
    trace: Trace
    images: tuple[str, ...]


class _Composer:
    def __init__(
        self, book: Book, edition: Edition, folders: Folders, words: Words, cache: Cache | None
    ) -> None:
        self.notes = book.settings.notes.place_in(edition)
        if self.notes is NotePlace.BOOK:
            book = with_book_notes(book, words)
        self.book = book
        self.edition = edition
        self.words = words
        self.renderer = Renderer(folders, cache)
        self.places = PagedPlaces(book)
        self.parts = parts_of(book)
        self.context: Context = shared_context(book, edition, words, self.places)
        decided = deciding(book, words, self.places)
        self.recall = Recall(cache, self.renderer, self.context, decided)
        self.found: list[Diagnostic] = []

    def compose(self) -> Outcome[PagedPublication]:
        divisions = self.book.divisions
        made = [one for division in divisions if (one := self._division(division)) is not None]
        style = self._style()
        resources = self._resources(style, {path for one in made for path in one.images})
        whole = join(one.trace for one in made)
        if faults := self.found or prove_addresses({"": whole}, resources):
            raise BookError(dict.fromkeys(faults))
        settings = self.book.settings
        publication = PagedPublication(
            edition=self.edition,
            metadata=describe_edition(settings, self.edition),
            trim=settings.page.trim,
            sections=tuple(
                Section(division.id, division.matter, one.html)
                for division, one in zip(divisions, made, strict=True)
            ),
            stylesheet=style.text,
            body_class=self.edition.value,
            resources=resources,
            passages=list_passages(settings, divisions, is_paged=True),
        )
        return Outcome(publication, missing_words(settings, self.words))

    def _division(self, division: Division) -> _Made | None:
        try:
            template = template_of(division, self.renderer)
            named = named_for(division, self.parts, self.context)
            trim = self.book.settings.page.trim
            others = (
                "paged",
                without_proofs(division),
                self.places.met_in(division),
                self.words.notes,
                trim,
                self.notes,
                self._has_codes(division) and (self.book.settings.links,),
                measured_by(division, self.renderer),
            )
            templates = (template, *theme_of(division))
            return self.recall.recall(
                templates, named, others, lambda: self._make(division, template, named, trim)
            )
        except BookError as fault:
            self.found += fault.diagnostics
            return None

    def _make(self, division: Division, template: str, named: Context, trim: Trim) -> _Made:
        notes = PagedNotes(division, self.places, self.words, trim, self.notes)
        shown: set[str] = set()

        def image(path: str) -> str:
            shown.add(path)
            return quote(path)

        rewriter = Rewriter(division, self.places, notes, image, keep_blocks=True)
        context = {**self.context, **named}
        root = render_division(division, template, self.renderer, rewriter, context)
        places = places_of_blocks(division)
        if has_chart(division):
            draw_charts(root, desk_of(self.renderer, self.context), places)
        draw_formulas(root, places)
        if self._has_codes(division):
            show_codes(root, self.book.settings.links.qr)
        set_initials(root)
        set_japanese(root, self.book.settings.language)
        return _Made(write_html(root), trace(root), tuple(sorted(shown)))

    def _has_codes(self, division: Division) -> bool:
        is_asked = self.book.settings.links.qr or any("qr" in text for text in texts_of(division))
        return self.edition is Edition.PRINT and is_asked

    def _style(self) -> Stylesheet:
        optional = (name.format(edition=self.edition.value) for name in OPTIONAL)
        try:
            return compose_stylesheet(self.renderer, (*STYLESHEETS, *optional), self.context)
        except BookError as fault:
            self.found += fault.diagnostics
            return Stylesheet("")

    def _resources(self, style: Stylesheet, shown: set[str]) -> Mapping[str, Path]:
        assets = self.book.assets
        images = {path: assets[path].file for path in sorted(shown) if path in assets}
        for address in sorted(images.keys() & style.resources.keys()):
            message = f"both an image of the book and a stylesheet mean “{address}”"
            self.found.append(error(Code.TEMPLATE_ERROR, message, None, "rename one of the files"))
        return {**images, **style.resources}
