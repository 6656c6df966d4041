"""Large initials on pages; verse and pull quotes as e-readers tell them."""

from dataclasses import replace
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from chapbook.compose.epub_forms import TYPE, settle_forms
from chapbook.compose.initials import set_initials
from chapbook.compose.paged import compose_paged
from chapbook.settings import Break, Edition, Numerals, Typography
from tests.compose_books import FOLDERS, SETTINGS, book, chapter, english


def settled(xhtml: str) -> Element:
    root = ElementTree.fromstring(f"<x>{xhtml}</x>")
    settle_forms(root)
    return root


@pytest.mark.parametrize(
    ("paragraph", "letter"),
    [
        ("<p>When it came.</p>", "W"),
        ("<p>“When it came.”</p>", "“W"),
        ("<p>« Quand il vint. »</p>".replace(" ", "\u202f", 1), "«\u202fQ"),
        ("<p><em>When</em> it came.</p>", "W"),
        ("<p>Élan.</p>", "É"),
        ("<p>A tree.</p>", "A"),
    ],
)
def test_a_chapter_begins_with_a_large_letter(paragraph: str, letter: str) -> None:
    root = ElementTree.fromstring(f'<x><header class="opener initial"/>{paragraph}<p>Two.</p></x>')
    before = "".join(root.itertext())
    set_initials(root)
    assert [e.text for e in root.iter("span")] == [letter]
    assert "".join(root.itertext()) == before


@pytest.mark.parametrize(
    "paragraph", ["<p>… and so.</p>", "<p><img/>So</p>", "<p><code>x y</code></p>"]
)
def test_what_begins_with_no_letter_stays(paragraph: str) -> None:
    root = ElementTree.fromstring(f'<x><header class="opener initial"/>{paragraph}</x>')
    set_initials(root)
    assert not list(root.iter("span"))


def test_a_paragraph_may_ask_for_one() -> None:
    root = ElementTree.fromstring('<x><h2>H</h2><p class="drop-cap">One.</p><p>Two.</p></x>')
    set_initials(root)
    assert [e.text for e in root.iter("span")] == ["O"]


def test_lines_are_numbered_for_those_who_see() -> None:
    root = settled(
        '<div class="verse"><div class="stanza"><div class="line" data-line="5">A</div></div></div>'
    )
    (number,) = root.iter("span")
    assert (number.text, number.tail, number.get("aria-hidden")) == ("5", "A", "true")
    assert root[0].get(TYPE) == "z3998:poem"


QUOTE = '<aside class="pull-quote"><p>Trees are poems.</p><p class="attribution">— G.</p></aside>'


def test_a_pull_quote_that_repeats_the_text_is_passed_over() -> None:
    quote = settled(f"<p>He said: “trees are poems”, and left.</p>{QUOTE}").find("aside")
    assert quote is not None
    assert quote.get("aria-hidden") == "true"
    assert quote.get("role") == "doc-pullquote"


def test_a_pull_quote_of_its_own_words_is_told() -> None:
    quote = settled(f"<p>Other words.</p>{QUOTE}").find("aside")
    assert quote is not None
    assert "aria-hidden" not in quote.attrib


def composed(typography: Typography) -> tuple[str, str]:
    """Give the HTML and the style sheet of a small book on pages."""
    settings = replace(SETTINGS, typography=typography)
    whole = book(
        chapter("one", '<p data-block="1">Nine trees.</p><hr class="break"/>'), settings=settings
    )
    made = compose_paged(whole, Edition.PRINT, FOLDERS, english()).value
    return "".join(section.html for section in made.sections), made.stylesheet


def test_a_book_says_how_it_is_set() -> None:
    html, style = composed(Typography(Numerals.LINING, drop_caps=True, breaks=Break.STARS))
    assert '<span class="initial-letter">' in html
    assert "breaks-stars" in html
    assert "--numerals: lining-nums" in style


def test_a_book_that_says_nothing_is_set_as_the_house_does() -> None:
    html, style = composed(Typography())
    assert "initial" not in html
    assert "breaks-" not in html
    assert "--numerals: lining-nums" not in style
