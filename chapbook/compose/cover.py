"""Compose the printed cover: one page that is the whole sheet, back, spine and front."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

from chapbook.cache import Cache
from chapbook.compose.divisions import proved_html
from chapbook.compose.folders import Folders
from chapbook.compose.language import direction, is_bound_at_right, missing_words
from chapbook.compose.metadata import WROTE, describe_edition
from chapbook.compose.rendering import Renderer, paragraphs
from chapbook.compose.styles import compose_stylesheet
from chapbook.cover import CoverPlan, Wrap, plan_cover, plan_wrap
from chapbook.diagnostics import BookError, Code, Location, Outcome, error
from chapbook.model import Book, Kind, Matter, Passage
from chapbook.publication import PagedPublication, Section
from chapbook.settings import BookSettings, Edition
from chapbook.words import Words

TEMPLATE = "cover/cover.html.j2"
# The book's own rules stand before those of the sheet: its colours hold, its pages do not.
STYLESHEETS = (
    "css/base.css", "css/paged.css", "css/book.css?", "css/cover-sheet.css.j2", "css/cover.css",
)  # fmt: skip
MARK = "cover/mark.svg"
CREDITED = ("edt", "trl", "ill")
SECTION = "cover"
SETTINGS_FILE = "book.toml"


def compose_cover(
    book: Book,
    pages: int,
    folders: tuple[Path, ...],
    words: Words,
    cache: Cache | None = None,
) -> Outcome[PagedPublication]:
    """Make the publication of the cover: one section on one page, the size of the whole sheet.

    `pages` are those of the bound block, padded as the printer binds it. Raises `BookError` where
    a template or a stylesheet is at fault, and where what the book says can make no cover.
    """
    return _CoverComposer(book, folders, words, cache).compose(pages)


def cover_wrap(settings: BookSettings, pages: int) -> Wrap:
    """Say how large the sheet of a book's cover is, where its panels lie and where it folds."""
    return plan_wrap(settings, pages, is_rtl=is_bound_at_right(settings))


class _CoverComposer:
    def __init__(
        self, book: Book, folders: tuple[Path, ...], words: Words, cache: Cache | None
    ) -> None:
        self.settings = book.settings
        self.assets = book.assets
        self.words = words
        self.renderer = Renderer(Folders(folders), cache)
        wrote = [c.name for c in self.settings.contributors if c.role in WROTE]
        self.authors = words.join(wrote)

    def compose(self, pages: int) -> Outcome[PagedPublication]:
        settings = self.settings
        told = paragraphs(settings.cover.blurb or settings.description)
        planned = plan_cover(settings, pages, self.authors, told, is_bound_at_right(settings))
        if faults := [found for found in planned.diagnostics if found.is_error]:
            raise BookError(faults)
        plan = planned.value
        context = self._context(plan)
        style = compose_stylesheet(self.renderer, STYLESHEETS, context)
        resources = {**self._files(plan), **style.resources}
        html = proved_html(self.renderer, TEMPLATE, context, resources)
        publication = PagedPublication(
            edition=Edition.COVER,
            metadata=describe_edition(settings, Edition.PRINT),
            trim=plan.wrap.trim,
            sections=(Section(SECTION, Matter.BODY, html),),
            stylesheet=style.text,
            body_class=Edition.COVER.value,
            resources=resources,
            passages=tuple(self._passages(plan)),
        )
        return Outcome(publication, (*planned.diagnostics, *missing_words(settings, self.words)))

    def _context(self, plan: CoverPlan) -> Mapping[str, object]:
        settings = self.settings
        return {
            "book": settings,
            "words": self.words,
            "cover": plan,
            "wrap": plan.wrap,
            "trim": settings.page.trim,
            "direction": direction(settings.language),
            "authors": self.authors,
            "credits": self._credits(),
            "image": quote(settings.cover.image) if plan.shows_image else "",
            "alt": self._alt(),
            "isbn_line": self._isbn_line(plan),
            "mark": MARK if self.renderer.folders.find(MARK) else "",
        }

    def _credits(self) -> tuple[str, ...]:
        people = self.settings.contributors
        by_role = ((role, [c.name for c in people if c.role == role]) for role in CREDITED)
        return tuple(self.words.credit_line(role, names) for role, names in by_role if names)

    def _alt(self) -> str:
        settings = self.settings
        return settings.cover.alt or self.words.cover_alt.format(title=settings.title)

    def _files(self, plan: CoverPlan) -> Mapping[str, Path]:
        files = {}
        if plan.shows_image:
            image = self.settings.cover.image
            if image not in self.assets:
                at = self.settings.locations.get("cover.image")
                fault = error(Code.MISSING_IMAGE, f"no image “{image}” for the cover", at)
                raise BookError([fault])
            files[image] = self.assets[image].file
        if mark := self.renderer.folders.find(MARK):
            files[MARK] = mark.path
        return files

    def _passages(self, plan: CoverPlan) -> Iterator[Passage]:
        settings, price = self.settings, self.settings.cover.price
        if plan.shows_image:
            yield self._said("", "cover.alt", self._alt(), Kind.ALT)
        else:
            yield self._said("title", "title", settings.title, Kind.HEADING)
            yield from self._all(("subtitle", "subtitle", settings.subtitle))
            yield from self._all(("authors", "contributors.0.name", self.authors))
            for number, line in enumerate(self._credits(), 1):
                yield self._said(f"credit-{number}", "contributors", line)
        if spine := plan.spine:
            yield from self._all(
                ("spine-title", "title", spine.title),
                ("spine-authors", "contributors.0.name", spine.authors),
                ("spine-imprint", "publisher", spine.imprint),
            )
        for number, paragraph in enumerate(plan.back.paragraphs, 1):
            key = "cover.blurb" if settings.cover.blurb else "description"
            yield self._said(f"blurb-{number}", key, paragraph)
        yield from self._all(
            ("price", "cover.price.text", price.text),
            ("publisher", "publisher", settings.publisher),
        )
        for number, code in enumerate(plan.codes, 1):
            yield self._said(f"digits-{number}", "identifiers.print", code.digits)
            if code.add_on:
                yield self._said("add-on", "cover.price.add-on", code.add_on)
        yield from self._all(
            ("isbn", "identifiers.print", plan.isbn and self._isbn_line(plan)),
            ("code-line", "cover.price.jan", plan.code_line),
        )

    def _isbn_line(self, plan: CoverPlan) -> str:
        """Write the number as its agencies do: with a space, in Japan without."""
        return f"{self.words.isbn}{'' if plan.is_japanese else ' '}{plan.isbn}"

    def _all(self, *said: tuple[str, str, str]) -> Iterator[Passage]:
        for block, key, text in said:
            if text:
                yield self._said(block, key, text)

    def _said(self, block: str, key: str, text: str, kind: Kind = Kind.TEXT) -> Passage:
        at = self.settings.locations.get(key, Location(SETTINGS_FILE))
        return Passage(f"{SECTION}:{block}" if block else "", kind, text, at)
