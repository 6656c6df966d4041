"""Trees, ids and addresses."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from chapbook.compose.entries import list_entries, name_entry, name_plainly
from chapbook.compose.epub_markup import settle_for_epub
from chapbook.compose.markup import parse_fragment, remove, unwrap, write_html, write_xhtml
from chapbook.compose.places import EpubPlaces, PagedPlaces, xml_name
from chapbook.compose.rewriting import plain_title
from tests.compose_books import ONE, TWO, book, chapter, english, entry, page, section

TEXTS = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=8)


def test_each_reader_gets_empty_elements_as_it_knows_them() -> None:
    root = parse_fragment('a<br/><a id="x"></a><td></td>&amp;')
    assert write_html(root) == 'a<br><a id="x"></a><td></td>&amp;'
    assert write_xhtml(root) == 'a<br /><a id="x" /><td />&amp;'
    assert write_xhtml(parse_fragment("")) == ""
    assert write_html(parse_fragment("")) == ""


def test_drawings_and_formulas_have_their_namespace_in_an_ebook_alone() -> None:
    inner = '<svg viewBox="0 0 1 1"><linearGradient /></svg>'
    spaced = inner.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"')
    assert write_html(parse_fragment(spaced)) == inner.replace(
        "<linearGradient />", "<linearGradient></linearGradient>"
    )
    written = write_xhtml(parse_fragment(inner))
    svg = ElementTree.fromstring(written)
    assert svg.tag == "{http://www.w3.org/2000/svg}svg"
    assert svg.get("viewBox") == "0 0 1 1"


def test_the_namespace_of_epub_is_not_declared_again() -> None:
    text = '<a epub:type="noteref">1</a>'
    assert write_xhtml(parse_fragment(text)) == text


@given(st.lists(st.tuples(st.sampled_from(["a", "b", "i"]), TEXTS, TEXTS), max_size=5), TEXTS)
def test_taking_elements_out_keeps_every_word_in_its_place(
    parts: list[tuple[str, str, str]], first: str
) -> None:
    root = ElementTree.Element("x")
    root.text = first
    for tag, text, tail in parts:
        child = ElementTree.SubElement(root, tag)
        child.text, child.tail = text, tail
        ElementTree.SubElement(child, "a").tail = text
    before = "".join(root.itertext())
    unwrap(root, lambda element: element.tag == "a")
    assert "".join(root.itertext()) == before
    assert root.find(".//a") is None


def test_removing_an_element_leaves_the_text_after_it() -> None:
    root = parse_fragment("a<b>c<i>d</i></b>e<u/>f")
    remove(root, root[0])
    assert write_xhtml(root) == "ae<u />f"
    remove(root, root[0])
    assert write_xhtml(root) == "aef"


@given(st.text(st.characters(blacklist_categories=["Cs"]), min_size=1))
def test_every_id_becomes_a_name_of_xml(wish: str) -> None:
    name = xml_name(wish)
    assert ":" not in name
    assert etree.fromstring(f"<{name}/>").tag == name


@given(st.text(max_size=6), st.text(max_size=6))
def test_two_ids_never_become_one(first: str, second: str) -> None:
    if first and second and first != second:
        assert xml_name(first) != xml_name(second)


def test_plain_ids_stay_as_they_are() -> None:
    assert [xml_name(n) for n in ("fig-1", "日本", "a.b_c")] == ["fig-1", "日本", "a.b_c"]


def test_ids_are_unique_in_the_paged_book_even_where_names_meet() -> None:
    first = chapter("a", '<p id="b--c"/>')
    second = chapter("a--b", '<p id="c"/>')
    places = PagedPlaces(book(first, second))
    assert places.anchor(first, "b--c") != places.anchor(second, "c")
    assert places.url(second, "c") == "#" + places.anchor(second, "c")


def test_a_link_leads_to_the_start_where_its_anchor_is_not() -> None:
    places = PagedPlaces(book(ONE, TWO))
    assert places.url("two", "日本 語") == "#two--%E6%97%A5%E6%9C%AC%20%E8%AA%9E"
    assert places.url("two", "nowhere") == "#two"
    epub = EpubPlaces(book(ONE, TWO), {"one": "1.xhtml", "two": "2.xhtml"})
    assert epub.url("two", "nowhere") == "2.xhtml"
    assert epub.url(entry(TWO)) == "2.xhtml"
    assert epub.url(section("one", "note-1", "x")) == "1.xhtml#note-1"


def test_an_authors_id_keeps_its_name_and_ours_gives_way() -> None:
    epub = EpubPlaces(book(ONE), {"one": "1.xhtml"})
    assert epub.anchor(ONE, "note-1") == "note-1"
    assert epub.note(ONE, "a") == "note-1-2"
    assert epub.anchor(ONE, "one") == "one-2"


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ('On <a href="book:x">this</a> &amp; that', "On this &amp; that"),
        ('A<a class="note-call" data-note="k"></a>, b', "A, b"),
        ('<em id="x" data-block="1">A</em>', "<em>A</em>"),
        ('<span class="y">A</span> <span lang="ja">日</span>', 'A <span lang="ja">日</span>'),
        ('One<br/>two <img src="asset:a.png" alt="three"/>', "One two three"),
        ('<a href="x"><strong>A</strong></a>', "<strong>A</strong>"),
    ],
)
def test_a_title_in_a_list_has_no_links_notes_or_ids(title: str, plain: str) -> None:
    assert plain_title(title) == plain


def test_depth_counts_from_the_chapters() -> None:
    deep = entry(ONE, (section("one", "a", "A", (section("one", "b", "B"),)),), 2)
    part = replace(entry(ONE, (deep,)), kind="part")
    for depth, expected in ((1, ["On one", "On one"]), (2, ["On one", "On one", "A"])):
        (listed,) = list_entries([part], depth)
        found = re.findall(r"title='([^']*)'", repr(listed))
        assert found == expected
    (whole,) = list_entries([part], 3)
    assert "title='B'" in repr(whole)


def test_entries_are_named_in_the_words_of_the_language() -> None:
    words = english()
    kinds = {
        "part": "Part 1: On &lt;one&gt;",
        "chapter": "1. On &lt;one&gt;",
        "figure": "1. On &lt;one&gt;",
    }
    for kind, name in kinds.items():
        one = replace(entry(ONE), kind=kind, title="On <one>", title_xhtml="")
        (listed,) = list_entries([one], 1)
        assert name_entry(listed, words) == name
        assert name_plainly(listed, words) == name.replace("&lt;", "<").replace("&gt;", ">")
    bare = replace(entry(page("colophon")), label="")
    assert name_plainly(bare, words) == "Colophon"


def test_a_caption_in_the_middle_of_a_figure_goes_to_its_end() -> None:
    root = ElementTree.fromstring("<x><figure><img/><figcaption>A</figcaption><br/></figure></x>")
    settle_for_epub(root)
    assert [element.tag for element in root[0]] == ["img", "br", "figcaption"]


def test_what_is_unwrapped_within_another_is_there_once() -> None:
    root = parse_fragment("<p>a <span><b>b</b> <span>c</span> d</span> e</p>")
    unwrap(root, lambda element: element.tag == "span")
    assert write_xhtml(root) == "<p>a <b>b</b> c d e</p>"
