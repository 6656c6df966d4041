"""The ways through an e-book are all those of the one contents."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from chapbook.compose import compose_epub, compose_paged
from chapbook.model import Book, Entry, Matter
from chapbook.settings import Edition
from tests.compose_books import FOLDERS, MODIFIED, book, chapter, english, entry, whole_book


def documents(made: Book) -> dict[str, str]:
    publication = compose_epub(made, FOLDERS, english(), MODIFIED).value
    return {d.name: d.content for d in publication.documents}


def landmarks(made: Book) -> dict[str, str]:
    nav = documents(made)["nav.xhtml"].partition('epub:type="landmarks"')[2]
    return dict(re.findall(r'<a epub:type="(\w+)" href="([^"]+)"', nav))


def test_figures_and_tables_are_listed_in_nav_and_ncx(tmp_path: Path) -> None:
    made = documents(whole_book(tmp_path))
    for text in (made["nav.xhtml"], made["toc.ncx"]):
        assert "Figure 1. The plan" in text
        assert "Table 1. Table" in text
    lists = re.findall(r'<navList id="(\w+)".*?<text>(.*?)</text>', made["toc.ncx"], re.DOTALL)
    assert lists == [("lof", "Figures"), ("lot", "Tables")]


def test_listings_and_equations_are_listed_on_the_page_in_nav_and_in_ncx(tmp_path: Path) -> None:
    listing = Entry("two", "", "listing", 1, "Listing 1", "Sorting", "Sorting", Matter.BODY)
    equation = Entry("two", "", "equation", 1, "Equation 1", "Law", "Law", Matter.BODY)
    whole = replace(whole_book(tmp_path), listings=(listing,), equations=(equation,))
    made = documents(whole)
    lists = re.findall(r'<navList id="(\w+)".*?<text>(.*?)</text>', made["toc.ncx"], re.DOTALL)
    assert lists[2:] == [("listings", "Listings"), ("equations", "Equations")]
    assert '<nav id="listings" hidden="hidden"' in made["nav.xhtml"]
    page = made["figures-and-tables.xhtml"]
    headings = re.findall(r'<h2 id="figures-and-tables-(\w+)">(\w+)</h2>', page)
    assert headings == [
        ("figures", "Figures"),
        ("tables", "Tables"),
        ("listings", "Listings"),
        ("equations", "Equations"),
    ]
    assert "Equation 1" in page
    printed = compose_paged(whole, Edition.SCREEN, FOLDERS, english()).value
    (shown,) = (one.html for one in printed.sections if one.id == "figures-and-tables")
    assert "Listing 1" in shown


def test_a_book_without_figures_has_no_list_of_them() -> None:
    made = documents(book(chapter("a", "<p>x</p>")))
    assert "navList" not in made["toc.ncx"]
    assert 'epub:type="loi"' not in made["nav.xhtml"]


@pytest.mark.parametrize(
    ("lacking", "expected"),
    [
        ((), {"loi": "", "lot": "#figures-and-tables-tables"}),
        (("figures",), {"lot": ""}),
        (("tables",), {"loi": ""}),
    ],
)
def test_the_page_of_lists_is_a_landmark_for_what_it_lists(
    lacking: tuple[str, ...], expected: dict[str, str], tmp_path: Path
) -> None:
    made = replace(whole_book(tmp_path), **dict.fromkeys(lacking, ()))  # type: ignore[arg-type]
    found = landmarks(made)
    kinds = {kind: place for kind, place in found.items() if kind in ("loi", "lot")}
    page = "figures-and-tables.xhtml"
    assert kinds == {kind: page + anchor for kind, anchor in expected.items()}


def test_glossary_and_index_are_landmarks() -> None:
    glossary = chapter("g", "<p>x</p>", role="glossary", matter=Matter.BACK)
    index = chapter("i", "<p>x</p>", role="index", matter=Matter.BACK)
    found = landmarks(book(chapter("a", "<p>x</p>"), glossary, index))
    assert list(found) == ["bodymatter", "glossary", "index"]


def test_a_title_keeps_its_markup_where_the_format_allows_it() -> None:
    title = '<em>糸</em> <ruby>糸<rt>いと</rt></ruby> <span lang="ja">友</span>'
    one = chapter("a", "<p>x</p>", title="糸 糸 友", title_xhtml=title)
    made = documents(book(one, contents=(entry(one),)))
    assert title.replace("<span lang", '<span xml:lang="ja" lang') in made["nav.xhtml"]
    assert "<text>糸 糸 友</text>" in made["toc.ncx"]
