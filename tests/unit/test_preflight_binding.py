"""Page counts, gutters and blanks that a binder would send back."""

from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from chapbook.diagnostics import Code, Location
from chapbook.print_shop import Paper
from tests.preflight_books import PLAIN, TOML, Pressed, press

THREE = "# One\n\nWords.\n\n# Two\n\nMore words.\n"
RECTO = TOML + '[page]\nchapter-start = "recto"\n'


def _pages(pressed: Pressed, count: int) -> Pressed:
    """Make more pages of the first."""

    def change(file: pikepdf.Pdf) -> None:
        while len(file.pages) < count:
            file.pages.append(file.pages[0])

    return pressed.changed(change)


def _bound(root: Path, binding: str, css: str = "") -> Pressed:
    return press(root, PLAIN, css, TOML + f'[booklet]\nbinding = "{binding}"\n')


def test_too_many_pages_to_be_stapled_are_told(tmp_path: Path) -> None:
    pressed = _bound(tmp_path, "saddle").asked(paper=Paper(caliper=0.1))
    found = _pages(pressed, 84).one(Code.BEYOND_BINDING)
    assert found.at == Location("book.toml", 7, 1)
    assert found.message == (
        "84 pages of this paper are 4.2 mm thick when folded, and staples hold 4 mm"
    )
    assert "up to 80 pages" in found.hints[0]
    assert not _pages(pressed, 80).of(Code.BEYOND_BINDING)
    assert _pages(pressed.asked(paper=Paper(caliper=0.16)), 80).of(Code.BEYOND_BINDING)


def test_too_few_pages_to_be_glued_are_told(tmp_path: Path) -> None:
    pressed = _bound(tmp_path, "perfect")
    assert "36 pages are too thin" in _pages(pressed, 36).one(Code.BEYOND_BINDING).message
    assert not _pages(pressed, 40).of(Code.BEYOND_BINDING)


def test_a_binding_that_the_book_does_not_name_is_no_matter(tmp_path: Path) -> None:
    assert not _pages(press(tmp_path), 200).of(Code.BEYOND_BINDING)


@pytest.mark.parametrize(
    ("inside", "pages", "is_told"),
    [(9, 24, True), (9, 20, False), (11, 24, False), (11, 160, True), (13, 160, False)],
)
def test_a_thick_book_asks_for_a_wide_gutter(
    tmp_path: Path, inside: int, pages: int, is_told: bool
) -> None:
    css = f"@page :right {{ margin-left: {inside}mm }} @page :left {{ margin-right: {inside}mm }}"
    found = _pages(press(tmp_path, PLAIN, css), pages).of(Code.NARROW_GUTTER)
    assert bool(found) == is_told
    if found:
        assert "from the spine, and a book of" in found[0].message
        assert found[0].at == Location("book.toml")


def test_stapled_pages_open_flat(tmp_path: Path) -> None:
    css = "@page :right { margin-left: 6mm }"
    assert not _pages(_bound(tmp_path, "saddle", css), 28).of(Code.NARROW_GUTTER)


def test_a_blank_page_that_shows_something_is_told(tmp_path: Path) -> None:
    css = '@page :blank { @bottom-left { content: "no blank" } }'
    found = press(tmp_path, THREE, css, RECTO).one(Code.BLANK_NOT_BLANK)
    assert found.message == "page 2: a page that should be blank shows “no blank”"


def test_blank_pages_and_tinted_paper_are_fine(tmp_path: Path) -> None:
    blank = press(tmp_path / "blank", THREE, "", RECTO)
    assert any(leaf.is_blank for leaf in blank.typeset.leaves)
    assert not blank.of(Code.BLANK_NOT_BLANK)
    tinted = press(tmp_path / "tinted", THREE, "@page { background: #fff8e8 }", RECTO)
    assert not tinted.of(Code.BLANK_NOT_BLANK)


def test_a_book_bound_at_the_right_has_its_gutter_there(tmp_path: Path) -> None:
    css = "@page :right { margin-left: 20mm; margin-right: 7mm }"
    text = "# One\n\n" + "words that fill the lines of a page " * 20
    pressed = _pages(press(tmp_path, text, css), 24)
    booklet = replace(pressed.book.settings.booklet, right_to_left=True)
    settings = replace(pressed.book.settings, booklet=booklet)
    turned = replace(pressed, book=replace(pressed.book, settings=settings))
    # The copies of one recto page stand for versos too.
    assert turned.one(Code.NARROW_GUTTER).message.startswith("pages 1, 3, 5,")
    assert pressed.one(Code.NARROW_GUTTER).message.startswith("pages 2, 4, 6,")
