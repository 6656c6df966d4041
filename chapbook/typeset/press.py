"""Run the layout engine: lay the pages out, read the facts off them, write the PDF.

The engine, which is pinned for it, hands its marked content to `structure` instead of tagging it
itself. The collector of cyclic garbage rests meanwhile, which saves a fifth of the time.
"""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import weasyprint
import weasyprint.pdf

from chapbook.laid import LaidElement
from chapbook.publication import PagedPublication
from chapbook.typeset.document import number_lists, write_document
from chapbook.typeset.facts import Facts, read_facts
from chapbook.typeset.fetch import ROOT, BookFetcher
from chapbook.typeset.links import tidy_links
from chapbook.typeset.structure import BodyBuilder, forms_of


class StrayMarkupError(Exception):
    """Raised where the sections are not each one element; names the first that is not."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What came off the press."""

    pdf: bytes
    facts: Facts
    body: LaidElement


class Press:
    """Prints one publication; `html` is the engine's document, once it is read."""

    def __init__(self, publication: PagedPublication, fetcher: BookFetcher) -> None:
        """Take the publication, and the fetcher that serves its files."""
        self._publication = publication
        self._fetcher = fetcher
        self.html: Any = None

    def run(self) -> Printed:
        """Print; whatever the engine raises for a faulty book goes through."""
        self.html = weasyprint.HTML(
            string=write_document(self._publication),
            base_url=ROOT,
            url_fetcher=self._fetcher,
        )
        number_lists(self.html.etree_element)
        matters = dict(zip(self.roots(), self._matters(), strict=True))
        document = self.html.render()
        facts = read_facts(document.pages, matters)
        tidy_links(document.pages)
        with _structure_instead_of_tags() as built:
            pdf = document.write_pdf(pdf_tags=True, pdf_version="1.7")
        return Printed(pdf, facts, built[0])

    def roots(self) -> list[Any]:
        """Give the root element of each section; raises `StrayMarkupError`."""
        body = self.html.etree_element.find("body")
        roots = list(body) if body is not None else []
        sections = self._publication.sections
        if len(roots) != len(sections):
            ids = [root.get("id") for root in roots]
            stray = next((s.id for s, i in zip(sections, ids, strict=False) if s.id != i), "")
            raise StrayMarkupError(stray or (sections[-1].id if sections else "the book"))
        return roots

    def pictures_without_words(self) -> list[str]:
        """Give the addresses of the pictures whose markup has no `alt` at all, not even empty."""
        pictures = self.html.etree_element.iter("img") if self.html is not None else ()
        return [p.get("src", "") for p in pictures if p.get("alt") is None]

    def _matters(self) -> list[Any]:
        return [section.matter for section in self._publication.sections]


@contextmanager
def resting_collector() -> Iterator[None]:
    """Collect no cyclic garbage while the block runs, and all of it afterwards."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
            gc.collect()


@contextmanager
def _structure_instead_of_tags() -> Iterator[list[LaidElement]]:
    """While the block runs, read the structure where the engine would write its tags."""
    built: list[LaidElement] = []

    def read(pdf: Any, document: Any, _version: Any, streams: Sequence[Any]) -> None:
        built.append(BodyBuilder().read(document.pages, streams, forms_of(pdf, streams)))

    engine_tags = weasyprint.pdf.add_tags
    weasyprint.pdf.add_tags = read
    try:
        yield built
    finally:
        weasyprint.pdf.add_tags = engine_tags
