"""Chapters take the book up where they begin, or leave it in one piece where they can not."""

from pathlib import Path

import pytest

from tests.likeness import differences
from tests.paged_books import WORDS, faces, publication
from tests.pressing import apart, linked, said_otherwise, whole

STYLE = (
    faces()
    + """
@page { size: 78mm 92mm; margin: 11mm 9mm; @bottom-center { content: counter(page) } }
html { font: 9pt/12pt Book Serif } p { margin: 0; text-indent: 1em } h1 { font-size: 12pt }
section { break-before: page }
.note { float: footnote } .run { position: running(head) } .aside { float: left; width: 40% }
"""
)
NUMBERS = "::footnote-call, ::footnote-marker { content: attr(data-n) }"
HEAD = "@page { @top-left { content: element(head) } @top-right { content: element(head, last) } }"


def section(name: str, words: int = 12, more: str = "") -> str:
    text = f"<h1>{name}</h1><p>{WORDS * words}</p>{more}"
    return f'<section id="{name}" data-matter="body">{text}</section>'


def note(words: int, number: str = "1") -> str:
    return f'<p>{WORDS}<span class="note" data-n="{number}">{WORDS * words}</span></p>'


BOOK = (section("a"), section("b", 3), section("c"))

PARTED = {
    "a note that runs on": ("", (section("a", 9, note(3) + note(9)), section("b", 3))),
    "a frame around all": (
        "html { padding: 5mm 0; border: 1pt solid } body { border: 2pt solid red; padding: 3mm }",
        BOOK,
    ),
    "margins of the body": ("body { margin: 9mm 0 }", BOOK),
    "no margins of the body": ("body { margin: 0 }", BOOK),
    "what is before and after all": (
        "body::before { content: 'before'; display: block } body::after { content: 'after' }",
        BOOK,
    ),
    "margins at the head of a page": ("section, h1 { margin: 9mm 0 }", BOOK),
    "margins that breaks discard": ("h1, p { margin: 9mm 0; margin-break: discard }", BOOK),
    "blank pages": ("section { break-before: recto }", BOOK),
    "blank pages that are not counted": (
        "section { break-before: recto } @page :blank { counter-increment: page 0 }",
        BOOK,
    ),
    "blank pages that begin to count": (
        "section { break-before: verso } @page :blank { counter-reset: page 7 }",
        BOOK,
    ),
    "pages counted by twos": ("@page { counter-increment: page 2 }", BOOK),
    "pages counted backwards": ("@page { counter-increment: page -1 }", BOOK),
    "a side after the last": ("#c { break-after: verso }", BOOK),
    "sides by their names": ("#b { break-before: left } #c h1 { break-before: right }", BOOK),
    "sides from right to left": (
        "html { direction: rtl } #b { break-before: left } #c { break-before: recto }",
        BOOK,
    ),
    "groups of pages": (
        "section { page: x } @page x:nth(1 of x) { @top-left { content: 'first' } }",
        BOOK,
    ),
    "empty sections": ("", (section("a"), "<section></section>", section("b"))),
    "notes": ("", (section("a", 12, note(2)), section("b", 3, note(1)))),
    "running elements": (
        HEAD + "#b .run { color: red } section > :first-child b { color: blue }",
        (
            section("a", 12, '<div class="run">Head <b>a</b></div>'),
            section("b", 20, '<div class="run">Head <b>b</b></div><div class="run">More</div>'),
        ),
    ),
    "the sibling of a running element": (
        HEAD + "p + .run { color: red } section > :last-child { font-size: 14pt }",
        (section("a", 9, '<div class="run">Head</div>'), section("b")),
    ),
}
IN_ONE_PIECE = {
    "a side after a chapter": ("#a { break-after: verso }", BOOK),
    "a chapter on the page of another": ("#b { break-before: auto }", BOOK),
    "a chapter that is not shown": ("#b { display: none }", BOOK),
    "a chapter that floats": ("#b { float: left }", BOOK),
    "a chapter in a line": ("#b { display: inline-block }", BOOK),
    "columns of the body": ("body { columns: 2 }", BOOK),
    "a body of another kind": ("body { display: flex; flex-direction: column }", BOOK),
    "a book that begins on the left": ("html { break-before: left }", BOOK),
    "pages counted through the body": (
        "body { page: x } @page x:nth(3 of x) { background: #eee }",
        BOOK,
    ),
    "a float that runs on": (
        "",
        (section("a", 9, f'<div class="aside">{WORDS * 9}</div>'), section("b", 3)),
    ),
    "a named running element": (
        HEAD,
        (section("a", 9, '<div class="run" id="x">Head</div>'), section("b")),
    ),
    "a running heading": (HEAD + "h1 { position: running(head) }", BOOK),
    "a running picture": (
        HEAD,
        (
            section("a", 9, '<div class="run"><img src="images/ramp.png" alt=""></div>'),
            section("b"),
        ),
    ),
    "a running element known by what is beside it": (
        HEAD + "section > p:nth-of-type(2) + .run { color: red }",
        (section("a", 3, '<p>x</p><div class="run">Head</div>'), section("b")),
    ),
}


@pytest.mark.parametrize(("style", "html"), PARTED.values(), ids=PARTED)
def test_what_is_laid_out_apart_is_what_it_is_in_one_piece(
    style: str, html: tuple[str, ...], tmp_path: Path
) -> None:
    book = publication(tmp_path, *html, style=STYLE + NUMBERS + style)
    laid, engine = apart(book), whole(book)
    assert len(laid.chapters) >= len(html)
    assert said_otherwise(laid, engine) == []
    assert differences(linked(laid, book), linked(engine, book)) == []


@pytest.mark.parametrize(("style", "html"), IN_ONE_PIECE.values(), ids=IN_ONE_PIECE)
def test_what_can_not_be_laid_out_apart(style: str, html: tuple[str, ...], tmp_path: Path) -> None:
    book = publication(tmp_path, *html, style=STYLE + NUMBERS + style)
    assert len(apart(book).chapters) == 1


def test_notes_that_the_engine_numbers_keep_a_book_in_one_piece(tmp_path: Path) -> None:
    first, second = section("a", 3, note(1)), section("b", 3, note(1))
    assert len(apart(publication(tmp_path, first, second, style=STYLE)).chapters) == 1
    assert len(apart(publication(tmp_path, first, section("b"), style=STYLE)).chapters) == 2
