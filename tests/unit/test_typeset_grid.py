"""What the engine is taught: blocks on the grid, and lines of Japanese with a straight edge."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import weasyprint
from hypothesis import given
from hypothesis import strategies as st
from weasyprint.formatting_structure import boxes

from chapbook.typeset.galley.boxes import Box, walk
from chapbook.typeset.lessons.grid import lines_on_a_grid
from chapbook.typeset.lessons.ideographs import RUN, count_gaps, signs_apart

STYLE = (
    "<style>@page{size:300px;margin:20px 20px 25px}html{font:10px/20px serif}"
    "body,p{margin:0}</style>"
)


def lay_out(body: str) -> list[Box]:
    """Give the boxes of the first page."""
    document = weasyprint.HTML(string=body + STYLE).render()
    return list(walk(document.pages[0]._page_box))


def tops(laid: list[Box]) -> list[float]:
    return [b.position_y for b in laid if isinstance(b, boxes.BlockBox) and b.element_tag == "p"]


@pytest.fixture
def on_the_grid() -> Iterator[None]:
    with lines_on_a_grid():
        yield


@pytest.mark.usefixtures("on_the_grid")
@pytest.mark.parametrize("height", [1, 19, 20, 21, 47.5])
def test_what_follows_a_block_of_any_height_begins_on_a_line(height: float) -> None:
    laid = lay_out(f'<section><div style="height:{height}px"></div><p>a</p></section>')
    assert [(top - 20) % 20 for top in tops(laid)] == [0]


@pytest.mark.usefixtures("on_the_grid")
def test_a_block_that_ends_on_a_line_is_left_alone() -> None:
    laid = lay_out("<section><p>a</p><p>b</p><p>c</p></section>")
    assert tops(laid) == [20, 40, 60]


@pytest.mark.usefixtures("on_the_grid")
def test_what_stands_inside_a_block_is_left_alone() -> None:
    laid = lay_out('<section><div><div style="height:7px"></div><p>a</p></div></section>')
    assert tops(laid) == [27]


@pytest.mark.usefixtures("on_the_grid")
def test_a_figure_has_the_same_space_above_and_below() -> None:
    laid = lay_out('<section><p>a</p><pre style="height:30px;margin:0"></pre><p>b</p></section>')
    shown = next(b for b in laid if b.element_tag == "pre")
    assert tops(laid) == [20, 80]
    assert shown.border_box_y() == 45


@pytest.mark.usefixtures("on_the_grid")
def test_a_figure_at_the_head_of_a_page_stays_there() -> None:
    laid = lay_out('<section><pre style="height:30px;margin:0"></pre><p>b</p></section>')
    assert next(b for b in laid if b.element_tag == "pre").border_box_y() == 20
    assert tops(laid) == [60]


@pytest.mark.usefixtures("on_the_grid")
def test_rounding_up_drives_nothing_off_the_page() -> None:
    laid = lay_out('<section><div style="height:250px"></div></section><p>next</p>')
    block = next(b for b in laid if b.element_tag == "div")
    assert block.border_box_y() + block.border_height() == 275


def test_the_engine_is_as_it_was_afterwards() -> None:
    body = '<section><div style="height:7px"></div><p>a</p></section>'
    before = tops(lay_out(body))
    with lines_on_a_grid():
        assert tops(lay_out(body)) != before
    assert tops(lay_out(body)) == before


FACE = Path(__file__).parents[2] / "templates/fonts/noto-serif-jp/NotoSerifJP-Regular.ttf"
SIGNS = (
    f"<style>@font-face{{font-family:J;src:url({FACE.as_uri()})}}</style>"
    '<p style="width:105px;text-align:justify;font-family:J">'
    "あいうえおかきくけこさしすせそたちつてとなにぬねの</p>"
)

JAPANESE = f'<html lang="ja">{SIGNS}'


def widths(body: str) -> list[float]:
    lines = [b for b in lay_out(body) if isinstance(b, boxes.LineBox)]
    return [sum(child.width for child in line.children) for line in lines[:-1]]


def test_signs_are_set_apart_until_the_line_is_full() -> None:
    ragged = widths(JAPANESE)
    with signs_apart():
        justified = widths(JAPANESE)
    assert ragged
    assert all(width < 104 for width in ragged)
    assert justified == pytest.approx([105.0] * len(justified), abs=0.01)


def test_a_drawn_line_is_as_wide_as_it_was_laid_out() -> None:
    with signs_apart():
        document = weasyprint.HTML(string=JAPANESE + STYLE).render()
        text = next(b for b in walk(document.pages[0]._page_box) if isinstance(b, boxes.TextBox))
        layout = text.pango_layout
        layout.reactivate(text.style)
        line, _ = layout.get_first_line()
        drawn, _ = weasyprint.text.line_break.line_size(line, text.style)
    assert drawn == pytest.approx(text.width, abs=0.1)


def test_in_a_book_of_another_language_spaces_alone_are_widened() -> None:
    with signs_apart():
        assert all(width < 104 for width in widths(f'<html lang="en">{SIGNS}'))


@given(st.text(alphabet="aZ 1", max_size=20))
def test_latin_text_has_no_gaps_of_this_kind(text: str) -> None:
    assert count_gaps(text) == 0


@given(st.text(alphabet="日本語かな、。「」", min_size=1, max_size=20))
def test_a_text_of_signs_alone_has_one_gap_less_than_signs(text: str) -> None:
    expected = len(text) - 1 if RUN.fullmatch(text) else 0
    assert count_gaps(text) == expected
