"""Compose a paged edition: the sections of one HTML document, its stylesheet, its files."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote
from xml.etree.ElementTree import Element

from chapbook.compose.context import Context, shared_context
from chapbook.compose.divisions import render_division
from chapbook.compose.folders import Folders
from chapbook.compose.language import missing_words
from chapbook.compose.markup import write_html
from chapbook.compose.metadata import describe_edition
from chapbook.compose.notes import PagedNotes
from chapbook.compose.passages import list_passages
from chapbook.compose.places import PagedPlaces
from chapbook.compose.proofs import prove_addresses
from chapbook.compose.rendering import Renderer
from chapbook.compose.rewriting import Rewriter
from chapbook.compose.styles import Stylesheet, compose_stylesheet
from chapbook.diagnostics import BookError, Code, Diagnostic, Outcome, error
from chapbook.model import Book, Division
from chapbook.publication import PagedPublication, Section
from chapbook.settings import Edition
from chapbook.words import Words

STYLESHEETS = ("css/page.css.j2", "css/base.css", "css/paged.css")
OPTIONAL = ("css/{edition}.css?", "css/book.css?")


def compose_paged(
    book: Book, edition: Edition, folders: tuple[Path, ...], words: Words
) -> Outcome[PagedPublication]:
    """Make the publication of a paged edition.

    `folders` are the template folders, the book's own before the house's. Raises `BookError`
    where a template or a stylesheet is at fault, with every fault found.
    """
    composer = _Composer(book, edition, Folders(folders), words)
    return composer.compose()


class _Composer:
    def __init__(self, book: Book, edition: Edition, folders: Folders, words: Words) -> None:
        self.book = book
        self.edition = edition
        self.words = words
        self.renderer = Renderer(folders)
        self.places = PagedPlaces(book)
        self.context: Context = shared_context(book, edition, words, self.places)
        self.shown: set[str] = set()
        self.found: list[Diagnostic] = []

    def compose(self) -> Outcome[PagedPublication]:
        roots = [root for d in self.book.divisions if (root := self._division(d)) is not None]
        style = self._style()
        resources = self._resources(style)
        whole = Element("x")
        whole.extend(root[0] for root in roots)
        if faults := self.found or prove_addresses({"": whole}, resources):
            raise BookError(dict.fromkeys(faults))
        settings = self.book.settings
        publication = PagedPublication(
            edition=self.edition,
            metadata=describe_edition(settings, self.edition),
            trim=settings.page.trim,
            sections=tuple(
                Section(division.id, division.matter, write_html(root))
                for division, root in zip(self.book.divisions, roots, strict=True)
            ),
            stylesheet=style.text,
            body_class=self.edition.value,
            resources=resources,
            passages=list_passages(settings, self.book.divisions),
        )
        return Outcome(publication, missing_words(settings, self.words))

    def _division(self, division: Division) -> Element | None:
        trim = self.book.settings.page.trim
        notes = PagedNotes(division, self.places, self.words, trim)
        rewriter = Rewriter(division, self.places, notes, self._image, keep_blocks=True)
        try:
            return render_division(division, self.renderer, rewriter, self.context)
        except BookError as fault:
            self.found += fault.diagnostics
            return None

    def _image(self, path: str) -> str:
        self.shown.add(path)
        return quote(path)

    def _style(self) -> Stylesheet:
        optional = (name.format(edition=self.edition.value) for name in OPTIONAL)
        try:
            return compose_stylesheet(self.renderer, (*STYLESHEETS, *optional), self.context)
        except BookError as fault:
            self.found += fault.diagnostics
            return Stylesheet("")

    def _resources(self, style: Stylesheet) -> Mapping[str, Path]:
        assets = self.book.assets
        images = {path: assets[path].file for path in sorted(self.shown) if path in assets}
        for address in sorted(images.keys() & style.resources.keys()):
            message = f"both an image of the book and a stylesheet mean “{address}”"
            self.found.append(error(Code.TEMPLATE_ERROR, message, None, "rename one of the files"))
        return {**images, **style.resources}
