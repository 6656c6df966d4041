"""Anchors of printed pages stand before the word that begins the page, and change no text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chapbook.compose.markup import parse_fragment, write_xhtml
from chapbook.compose.page_breaks import mark_pages, marked_pages
from chapbook.laid import PageStart

ANCHOR = re.compile(r'<span [^<>]*?aria-label="([^"]*)"[^<>]*>')


def mark(xhtml: str, *starts: PageStart) -> str:
    """Mark pages in a section that holds this; each anchor is shown as `|12|`."""
    root = parse_fragment(f'<section id="s">{xhtml}</section>')
    mark_pages(root, [(str(12 + n), start) for n, start in enumerate(starts)])
    made = write_xhtml(root).removeprefix('<section id="s">').removesuffix("</section>")
    return ANCHOR.sub(r"|\1|", made).replace(' data-block="a"', "")


def at(before: int, block: str = "a", **more: object) -> PageStart:
    return PageStart("s", block=block, before=before, **more)  # type: ignore[arg-type]


CASES = (
    ("One two three.", 6, "One two |12|three."),
    ("One two.", 0, "|12|One two."),
    ("One <em>two</em> three.", 3, "One |12|<em>two</em> three."),
    ("One <em>two <b>three</b></em>.", 6, "One <em>two |12|<b>three</b></em>."),
    ("One <b><em>two</em></b>.", 3, "One |12|<b><em>two</em></b>."),
    ("One <em>two</em> three.", 6, "One <em>two</em> |12|three."),
    ("One hyphenated word", 6, "One |12|hyphenated word"),
    ("One hy\u00adphen<em>ated</em> word", 11, "One |12|hy\u00adphen<em>ated</em> word"),
    ("It wasn\u2019t so", 7, "It |12|wasn\u2019t so"),
    ("well-known", 5, "well-|12|known"),
    ("word—word", 5, "word—|12|word"),
    ("日本語の本", 3, "日本語|12|の本"),
    ("ไทยไทย", 3, "ไทย|12|ไทย"),
    ("한국어 책", 2, "|12|한국어 책"),
    ("Line<br/>line", 4, "Line<br />|12|line"),
    (
        "<ruby>糸<rt>いと</rt></ruby>が交わる",
        1,
        "<ruby>糸<rt>いと</rt></ruby>|12|が交わる",
    ),
    (
        'One<sup class="note-call"><a href="#n">1</a></sup> two',
        3,
        'One<sup class="note-call"><a href="#n">1</a></sup> |12|two',
    ),
    ("One two", 99, "One two|12|"),
)


@pytest.mark.parametrize(("text", "before", "marked"), CASES)
def test_an_anchor_stands_before_the_word(text: str, before: int, marked: str) -> None:
    assert mark(f'<p data-block="a">{text}</p>', at(before)) == f"<p>{marked}</p>"


@pytest.mark.parametrize(
    ("xhtml", "marked"),
    [
        ('<h2 data-block="a">T</h2>', "|12|<h2>T</h2>"),
        (
            '<ul><li><h3 data-block="a">T</h3></li></ul>',
            "<ul><li>|12|<h3>T</h3></li></ul>",
        ),
        ('<ul><li data-block="a">T</li></ul>', "<ul><li>|12|T</li></ul>"),
        (
            '<figure><figcaption data-block="a">T</figcaption><table/></figure>',
            "|12|<figure><figcaption>T</figcaption><table /></figure>",
        ),
        (
            '<figure><table/><figcaption data-block="a">T</figcaption></figure>',
            "<figure><table /><figcaption>|12|T</figcaption></figure>",
        ),
        (
            '<table><tbody><tr><td data-block="a">T</td></tr></tbody></table>',
            "<table><tbody><tr><td>|12|T</td></tr></tbody></table>",
        ),
        (
            '<details><summary data-block="a">T</summary><p>x</p></details>',
            "|12|<details><summary>T</summary><p>x</p></details>",
        ),
        ('<pre data-block="a"><code>x</code></pre>', "<pre>|12|<code>x</code></pre>"),
    ],
)
def test_a_page_that_begins_with_a_block(xhtml: str, marked: str) -> None:
    assert mark(xhtml, at(0)) == marked


def test_a_page_begins_with_its_section() -> None:
    assert mark("\n<header><h1>T</h1></header>", PageStart("s", opens=True)).startswith("|12|\n")


def test_a_page_begins_with_a_picture() -> None:
    xhtml = "<p>x</p><div><figure><p><img src='a'/></p></figure></div><p>y <img src='b'/></p>"
    made = mark(xhtml, PageStart("s", picture=1), PageStart("s", picture=2))
    assert '<div>|12|<figure><p><img src="a" />' in made
    assert '<p>y |13|<img src="b" />' in made


def test_text_in_no_block_is_counted_by_itself() -> None:
    xhtml = '<p>One</p><p data-block="a">words</p><p>two <a href="#">three</a></p>'
    assert '<p>two |12|<a href="#">' in mark(xhtml, PageStart("s", before=6))


def test_what_the_ebook_has_not_is_marked_at_the_next_block() -> None:
    xhtml = '<p>One</p><p data-block="b">words</p><p data-block="a">more</p>'
    lost = PageStart("s", before=9, next_block="b")
    assert '<p data-block="b">|12|words' in mark(xhtml, lost)
    assert "<p>|12||13|more" in mark(xhtml, at(0, "gone"), at(0))
    assert mark(xhtml, at(0, "gone")).endswith("more</p>|12|")


def test_pages_of_one_block_come_in_their_order() -> None:
    made = mark('<p data-block="a">one two three</p>', at(0), at(3), at(3), at(6))
    assert made == "<p>|12|one |13||14|two |15|three</p>"


def test_an_id_of_the_author_stays() -> None:
    root = parse_fragment('<section><p id="page-12" data-block="a">one two</p></section>')
    mark_pages(root, [("12", at(3))])
    ((label, name),) = marked_pages(root)
    assert label == "12"
    assert name != "page-12"


TEXTS = st.text("ab \u00ad\u2019-é日の한글", min_size=1, max_size=12)
INLINE = st.sampled_from(("{}", "<em>{}</em>", "<b><i>{}</i></b>", "{}<br/>", "<q>{}</q>"))
PIECES = st.lists(
    st.builds(lambda form, text: form.format(text), INLINE, TEXTS), min_size=1, max_size=6
)


@given(PIECES, st.lists(st.integers(0, 40), max_size=4))
def test_no_text_is_changed_and_no_word_parted(pieces: list[str], places: list[int]) -> None:
    xhtml = f'<p data-block="a">{"".join(pieces)}</p>'
    made = mark(xhtml, *(at(before) for before in sorted(places)))
    plain = mark(xhtml)
    assert re.sub(r"\|\d+\|", "", made) == plain
    assert re.findall(r"\|(\d+)\|", made) == [str(12 + n) for n in range(len(places))]
    text = re.sub(r"<br[^<>]*>", " ", made)
    text = re.sub(r"<[^<>]*>", "", text)
    assert not re.search(r"[abé한글]\u00ad*(\|\d+\|)+\u00ad*[abé한글]", text)
