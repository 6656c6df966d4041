"""Each page knows where in the text it begins, whatever is drawn there."""

from pathlib import Path

import pytest

from chapbook.laid import PageStart
from chapbook.typeset.galley.page_starts import Drawn
from tests.paged_books import WORDS, faces, prose, publication
from tests.pressing import apart, whole

STYLE = (
    faces()
    + """
@page { size: 78mm 92mm; margin: 11mm 9mm; @top-center { content: "Running head" } }
html { font: 9pt/12pt Book Serif; hyphens: auto; text-align: justify } p { margin: 0 }
section { break-before: page } .recto { break-before: recto }
.footnote { float: footnote } .new { break-before: page } .empty { height: 40mm }
.loud { text-transform: uppercase } .gone { display: none } li { list-style: inside disc }
"""
)
HYPHEN = "\u2010"


def starts(folder: Path, *html: str) -> list[PageStart | None]:
    made = publication(folder, *html, style=STYLE)
    found = [leaf.start for leaf in apart(made).leaves]
    assert found == [leaf.start for leaf in whole(made).leaves]
    return found


def section(*inner: str, kind: str = "") -> str:
    return f'<section id="s" class="{kind}">{"".join(inner)}</section>'


def second(folder: Path, *inner: str) -> PageStart | None:
    """Give where the second page of a section begins."""
    return starts(folder, section(*inner))[1]


@pytest.mark.parametrize(
    ("source", "pieces", "count"),
    [
        ("One hyphenated", [("One hyphen\u2010", HYPHEN)], 9),
        ("One well-known", [("One well-", "-")], 8),
        ("One hy\u00adphen", [("One hy\u00ad\u2010", HYPHEN)], 5),
        ("One two three", [("ONE", HYPHEN), ("TWO", HYPHEN)], 6),
        ("One hidden two", [("One", HYPHEN), ("two", HYPHEN)], 12),
        ("One", [("One and more", HYPHEN)], 3),
        ("Straße", [("STRASSE", HYPHEN)], 6),
    ],
)
def test_drawn_signs_are_those_of_the_source(
    source: str, pieces: list[tuple[str, str]], count: int
) -> None:
    drawn = Drawn(source)
    for text, hyphen in pieces:
        drawn.draw(text, hyphen)
    assert drawn.count == count


def test_a_section_begins_a_page_and_a_blank_one_has_no_beginning(tmp_path: Path) -> None:
    first, blank, third = starts(tmp_path, section("<p>A</p>"), section("<p>B</p>", kind="recto"))
    assert first == PageStart("s0", opens=True)
    assert blank is None
    assert third == PageStart("s1", opens=True)


def test_a_paragraph_goes_on(tmp_path: Path) -> None:
    start = second(tmp_path, f'<p data-block="a">{WORDS * 12}</p>')
    assert start is not None
    assert (start.section, start.block, start.opens) == ("s0", "a", False)
    signs = "".join((WORDS * 12).split())
    assert 0 < start.before < len(signs)


def test_a_page_begins_with_a_block(tmp_path: Path) -> None:
    list_ = '<ul><li class="new" data-block="b">B</li></ul>'
    assert second(tmp_path, '<p data-block="a">A</p>', list_) == PageStart("s0", block="b")


def test_notes_and_their_calls_are_not_counted(tmp_path: Path) -> None:
    note = '<span class="footnote"><span class="p" data-block="n">A note.</span></span>'
    call = '<a class="note-call" href="#s">17</a>'
    text = f'<p data-block="a">One{note} two{call}<br class="new"/></p>'
    more = '<p class="new">Three</p>'
    assert second(tmp_path, text, more) == PageStart("s0")
    broken = f'<div data-block="a">One{note} two{call}<div class="new">three</div></div>'
    assert second(tmp_path, broken) == PageStart("s0", block="a", before=6)


def test_a_picture_is_counted_in_its_section(tmp_path: Path) -> None:
    image = '<img src="images/ramp.png" alt="A ramp"/>'
    figure = f'<figure class="new">{image}<figcaption data-block="b">B</figcaption></figure>'
    start = second(tmp_path, f"<p>{image}</p>", figure)
    assert start == PageStart("s0", picture=2, next_block="b")


def test_the_head_of_a_table_is_not_read_again(tmp_path: Path) -> None:
    rows = "".join(f'<tr><td data-block="r{n}">Row {n}</td></tr>' for n in range(40))
    head = '<thead><tr><th data-block="h">Head</th></tr></thead>'
    start = second(tmp_path, f"<table>{head}<tbody>{rows}</tbody></table>")
    assert start is not None
    assert start.block.startswith("r")
    assert start.before == 0


def test_text_in_no_block_is_counted_by_itself(tmp_path: Path) -> None:
    text = '<p>One</p><p data-block="a">words</p><p>two</p>'
    link = '<p class="new"><a href="#s">three</a></p><p data-block="b">B</p>'
    wanted = PageStart("s0", before=6, next_block="b", link="#s")
    assert second(tmp_path, text, link) == wanted


def test_a_page_without_text_begins_where_the_text_before_it_ends(tmp_path: Path) -> None:
    empty = '<div class="new empty"></div>'
    text = '<p data-block="a">One <span class="loud">two</span></p>'
    assert second(tmp_path, text, empty) == PageStart("s0", block="a", before=6)


def test_every_page_has_a_beginning_further_on(tmp_path: Path) -> None:
    found = starts(tmp_path, section(prose(9, "a")), section(prose(3, "b")))
    assert None not in found
    places = [(s.section, s.block, s.before) for s in found if s]
    assert places == sorted(set(places))
