"""The page that says in plain words how everyone can read the e-book."""

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from chapbook.compose import compose_epub, compose_paged
from chapbook.model import Book
from chapbook.settings import Accessibility, Edition, Exemption
from chapbook.words import read_words
from tests.compose_books import FOLDERS, HOUSE, MODIFIED, book, chapter, english, whole_book

SAID = Accessibility(
    certifier="Ann <Bee>",
    report="https://example.org/?a=1&b=2",
    contact="mailto:help@example.org",
    statement=True,
)
LANGUAGES = sorted(path.stem for path in (HOUSE / "words").glob("??.toml"))


def told(made: Book, said: Accessibility = SAID, language: str = "en") -> str:
    settings = replace(made.settings, accessibility=said)
    words = read_words(FOLDERS, language)
    publication = compose_epub(replace(made, settings=settings), FOLDERS, words, MODIFIED).value
    (page,) = (d for d in publication.documents if d.name == "accessibility.xhtml")
    spine = [d.name for d in publication.documents if d.in_spine]
    assert spine[-1] == page.name
    nav = next(d for d in publication.documents if d.name == "nav.xhtml")
    assert 'href="accessibility.xhtml"' in nav.content
    return page.content


def lines(content: str) -> list[str]:
    root = ElementTree.fromstring(content.encode())
    body = root.find("{http://www.w3.org/1999/xhtml}body")
    assert body is not None
    return [text.strip() for text in body.itertext() if text.strip()]


def test_it_says_what_was_computed_and_who_to_turn_to(tmp_path: Path) -> None:
    said = lines(told(whole_book(tmp_path)))
    words = english().accessibility
    assert said[:2] == [words["title"], words["intro"]]
    for key in ("ways", "appearance", "aloud", "navigation", "contents", "headings", "order"):
        assert words[key] in said
    assert words["index"] not in said
    assert "It conforms to EPUB Accessibility 1.1 - WCAG 2.2 Level AA." in said
    assert "This was checked by Ann <Bee>." in said
    assert said[-3:] == [words["report"], words["contact"], "help@example.org"]


def test_it_claims_nothing_without_proof() -> None:
    bare = book(chapter("a", "<h4>Deep</h4>"))
    said = lines(told(bare, replace(SAID, exemption=Exemption.MICROENTERPRISE)))
    words = english().accessibility
    assert words["unclaimed"] in said
    assert words["exempt"] in said
    assert words["headings"] not in said
    assert not any("Ann" in line for line in said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_ten_languages(language: str, tmp_path: Path) -> None:
    words = read_words(FOLDERS, language).accessibility
    assert words.keys() == english().accessibility.keys()
    assert words["conforms"].count("{standard}") == words["certified"].count("{name}") == 1
    if language != "en":
        assert not {text for text in words.values()} & set(english().accessibility.values())
    said = lines(told(whole_book(tmp_path), language=language))
    assert words["title"] in said
    assert not any("{" in line for line in said)


def test_no_book_has_it_unasked_nor_any_pdf(tmp_path: Path) -> None:
    made = whole_book(tmp_path)
    names = [d.name for d in compose_epub(made, FOLDERS, english(), MODIFIED).value.documents]
    assert "accessibility.xhtml" not in names
    asked = replace(made, settings=replace(made.settings, accessibility=SAID))
    paged = compose_paged(asked, Edition.SCREEN, FOLDERS, english()).value
    assert all("accessibility" not in section.id for section in paged.sections)


def test_a_chapter_of_the_same_name_keeps_its_own() -> None:
    made = book(chapter("accessibility", "<p>Mine.</p>"))
    content = told(made)
    assert english().accessibility["intro"] in content
