# ruff: noqa: RUF001  # signs that look alike are the matter here
"""The page numbers of an index are those of the pages on which the words stand."""

import re
from dataclasses import replace
from random import Random

import pypdfium2
import pytest

from chapbook.cache import Cache
from chapbook.diagnostics import Code
from chapbook.laid import Typeset
from chapbook.publication import PagedPublication
from chapbook.settings import Edition
from chapbook.typeset.apart import typeset_apart
from chapbook.typeset.galley.plain import lay_out_plainly
from chapbook.typeset.page_lists import listed_anchors
from tests.presses import InPlace
from tests.pressing import apart, compose, linked, said_otherwise, whole

BOOK = """title = "Orchard"
language = "en"
front = ["title-page", "preface.md"]
back = ["index"]

[page]
trim = "A6"
"""
ENTRY = re.compile(r"^\s*(entry\d+), ([ivx\d, –]+)$", re.MULTILINE)
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}


@pytest.fixture(scope="module")
def publication(tmp_path_factory: pytest.TempPathFactory) -> PagedPublication:
    folder = tmp_path_factory.mktemp("orchard")
    random = Random(7)
    (folder / "book.toml").write_text(BOOK, "utf-8")
    for name in ("preface", "01-one", "02-two"):
        paragraphs = [_paragraph(random) for _ in range(9)]
        (folder / f"{name}.md").write_text(f"# {name}\n\n" + "\n\n".join(paragraphs), "utf-8")
    return compose(folder, Edition.PRINT)


@pytest.fixture(scope="module")
def laid(publication: PagedPublication) -> Typeset:
    return apart(publication)


def _paragraph(random: Random) -> str:
    words = [random.choice(("leaf", "root", "soil", "bee")) for _ in range(60)]
    for _ in range(4):
        number = random.randrange(14)
        words[random.randrange(60)] = f"word{number:02d}x{{index: entry{number:02d}}}"
    return " ".join(words)


def _pages(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document]


def _said(text: str) -> dict[str, set[tuple[bool, int]]]:
    """Give the pages that each entry says, and whether they are roman."""
    found: dict[str, set[tuple[bool, int]]] = {}
    for entry, pages in ENTRY.findall(text):
        said = found.setdefault(entry.removeprefix("entry"), set())
        for item in pages.split(", "):
            first, _, last = item.partition("–")
            is_roman = first in ROMAN
            numbers = [ROMAN.get(end) or int(end) for end in (first, last or first)]
            said |= {(is_roman, number) for number in range(numbers[0], numbers[1] + 1)}
    return found


def _standing(pages: list[str], labels: list[str]) -> dict[str, set[tuple[bool, int]]]:
    found: dict[str, set[tuple[bool, int]]] = {}
    for text, label in zip(pages, labels, strict=True):
        for number in re.findall(r"word(\d\d)x", text):
            is_roman = label in ROMAN
            found.setdefault(number, set()).add((is_roman, ROMAN.get(label) or int(label)))
    return found


def _check(laid: Typeset, pdf: bytes) -> None:
    pages = _pages(pdf)
    standing = _standing(pages, [leaf.label for leaf in laid.leaves])
    said = _said("\n".join(pages))
    assert len(standing) > 10
    assert {label for places in standing.values() for label, _ in places} == {True, False}
    assert said == standing


def test_every_entry_says_just_the_pages_of_its_words(
    publication: PagedPublication, laid: Typeset
) -> None:
    _check(laid, linked(laid, publication))


def test_a_book_laid_out_in_one_piece_says_the_same(
    publication: PagedPublication, laid: Typeset
) -> None:
    other = whole(publication)
    assert said_otherwise(laid, other) == []
    _check(other, linked(other, publication))


def test_an_unknown_engine_says_them_too(publication: PagedPublication) -> None:
    plain = lay_out_plainly(publication).value
    _check(plain, plain.pdf)


def test_every_number_is_a_link_to_its_page(laid: Typeset) -> None:
    index = laid.chapters[-1].chapter
    targets = {link.target for page in index.pages for link in page.links}
    assert len(targets) > 20
    assert targets <= laid.anchors.keys()
    assert set(index.asked) >= targets


def test_a_place_that_is_on_no_page_is_told(publication: PagedPublication) -> None:
    *others, index = publication.sections
    name = sorted(listed_anchors(index.html))[0]
    sections = (replace(one, html=one.html.replace(f'id="{name}"', "")) for one in others)
    short = replace(publication, sections=(*sections, index))
    outcome = typeset_apart(short, InPlace(), Cache(None))
    told = [one for one in outcome.diagnostics if one.code is Code.UNPLACED_MARK]
    assert any(f"“{name}”" in one.message for one in told)
