"""The book that ships is whole in every edition, and any word taken out of it is missed."""

import random
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from chapbook.cache import Cache
from chapbook.compose import compose_epub, compose_paged
from chapbook.configure import read_settings
from chapbook.diagnostics import Code, Diagnostic
from chapbook.finish import finish_pdf
from chapbook.inspect import inspect_epub, inspect_pdf
from chapbook.model import Book, Kind, Passage
from chapbook.package import package_epub
from chapbook.parse import parse_source
from chapbook.publication import EpubPublication, PagedPublication
from chapbook.read import read_manuscript
from chapbook.resolve import resolve_book
from chapbook.settings import Edition, Limits
from chapbook.words import read_words
from tests.conftest import ROOT
from tests.presses import InPlace
from tests.presses import press as typeset

HOUSE = (ROOT / "templates",)
TAKEN = 24


@pytest.fixture(scope="module")
def book() -> Book:
    source = ROOT / "source"
    settings = read_settings(source).value
    manuscript = read_manuscript(source, settings, Limits()).value
    language = settings.language
    chapters = {s.path: parse_source(s, language).value for s in manuscript.sources}
    return resolve_book(manuscript, chapters, read_words(HOUSE, language)).value


@pytest.fixture(scope="module")
def pages(book: Book) -> PagedPublication:
    return _compose_paged(book, Edition.SCREEN)


@pytest.fixture(scope="module")
def ebook(book: Book) -> EpubPublication:
    words = read_words(HOUSE, book.settings.language)
    return compose_epub(book, HOUSE, words, datetime(2026, 1, 1, tzinfo=UTC)).value


def _compose_paged(book: Book, edition: Edition) -> PagedPublication:
    words = read_words(HOUSE, book.settings.language)
    return compose_paged(book, edition, HOUSE, words).value


def _inspect_pages(publication: PagedPublication) -> tuple[Diagnostic, ...]:
    laid = typeset(publication).value
    pdf = finish_pdf(laid, publication, Cache(None))
    return inspect_pdf(pdf, laid, publication.passages, InPlace(), Cache(None))


@pytest.mark.parametrize("edition", [Edition.SCREEN, Edition.PRINT])
def test_the_pages_are_whole(book: Book, edition: Edition) -> None:
    assert not _inspect_pages(_compose_paged(book, edition))


def test_the_ebook_is_whole(ebook: EpubPublication) -> None:
    assert not inspect_epub(package_epub(ebook), ebook.passages)


def _without_a_word(text: str, choice: random.Random) -> str:
    words = [found for found in re.finditer(r"\w+", text) if found.group().isalpha()]
    gone = choice.choice(words)
    return text[: gone.start()] + text[gone.end() :]


def _missed(found: tuple[Diagnostic, ...], robbed: list[Passage]) -> None:
    """Every robbed passage has its finding, at a line of its own, and no other passage has."""
    assert {d.code for d in found} == {Code.LOST_TEXT}
    assert sorted(str(d.at and d.at.path) for d in found) == sorted(p.at.path for p in robbed)
    lines = {(d.at.path, d.at.line) for d in found if d.at}
    for passage in robbed:
        last = passage.at.line + passage.text.count("\n")
        assert lines & {(passage.at.path, n) for n in range(passage.at.line, last + 1)}


def _sample(passages: list[Passage], choice: random.Random) -> list[Passage]:
    """Choose some passages, no two of them neighbours: those might be told of together."""
    return choice.sample(passages[::3], TAKEN)


def test_words_taken_out_of_the_pages_are_missed(pages: PagedPublication) -> None:
    choice = random.Random(20)
    html = {section.id: section.html for section in pages.sections}
    written = {
        p.block: re.search(rf'data-block="{re.escape(p.block)}"[^>]*>([^<]*)', html[division])
        for p in pages.passages
        if p.kind is not Kind.ALT and (division := p.block.partition(":")[0]) in html
    }
    with_words = [
        p
        for p in pages.passages
        if p.kind not in (Kind.ALT, Kind.HEADING)  # the words of a heading may follow at once
        and (found := written.get(p.block))
        and re.search(r"\b[^\W\d_]+\b", found[1])
    ]
    robbed = _sample(with_words, choice)
    for passage in robbed:
        found = written[passage.block]
        assert found
        division = passage.block.partition(":")[0]
        cut = found.group()[: -len(found[1])] + _without_a_word(found[1], choice)
        html[division] = html[division].replace(found.group(), cut, 1)
    sections = tuple(replace(section, html=html[section.id]) for section in pages.sections)
    _missed(_inspect_pages(replace(pages, sections=sections)), robbed)


def test_words_taken_out_of_the_ebook_are_missed(ebook: EpubPublication) -> None:
    choice = random.Random(20)
    # The index calls a place by its title, which may be the entry once more.
    whole = "".join(document.content for document in ebook.documents).casefold()
    texts = [p for p in ebook.passages if p.kind is Kind.TEXT]
    once = [p for p in texts if whole.count(p.text.casefold()) == 1]
    robbed = _sample(once, choice)
    content = {document.name: document.content for document in ebook.documents}
    for passage in robbed:
        name = next(name for name in content if passage.text in content[name])
        cut = _without_a_word(passage.text, choice)
        content[name] = content[name].replace(passage.text, cut)
    documents = tuple(replace(d, content=content[d.name]) for d in ebook.documents)
    epub = package_epub(replace(ebook, documents=documents))
    _missed(inspect_epub(epub, ebook.passages), robbed)
