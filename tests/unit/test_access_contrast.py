"""Text can be read by day and by night: the house's style by computation, and any other."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chapbook.compose.contrast import (
    BLACK,
    WHITE,
    Colour,
    contrast,
    faults_of_style,
    read_colour,
    yields,
)
from tests.compose_books import HOUSE

STYLES = sorted((HOUSE / "css").glob("epub*.css"))


@pytest.mark.parametrize("file", STYLES, ids=lambda file: file.name)
def test_the_houses_style_can_be_read_by_day_and_by_night(file: Path) -> None:
    style = file.read_text("utf-8")
    assert faults_of_style(style) == ()
    assert yields(style)


def test_the_ratio_is_that_of_wcag() -> None:
    assert contrast(WHITE, BLACK) == pytest.approx(21)
    grey = read_colour("#767676")
    assert grey is not None
    assert contrast(grey, WHITE) == pytest.approx(4.54, abs=0.01)


CHANNELS = st.tuples(*3 * [st.floats(0, 1)]).map(lambda rgb: (*rgb, 1.0))


@given(CHANNELS, CHANNELS)
def test_a_ratio_lies_between_1_and_21_whichever_is_the_ground(one: Colour, other: Colour) -> None:
    assert 1 <= contrast(one, other) <= 21.0001
    assert contrast(one, other) == contrast(other, one)


@given(st.integers(0, 0xFFFFFF))
def test_a_colour_is_read_in_each_way_of_writing_it(number: int) -> None:
    parts = [number >> 16, number >> 8 & 255, number & 255]
    written = f"rgb({', '.join(map(str, parts))})"
    assert read_colour(f"#{number:06x}") == read_colour(written)
    assert read_colour(f"#{number:06x}ff") == read_colour(f"#{number:06x}")


@pytest.mark.parametrize(
    ("style", "fault"),
    [
        ("p { color: #000 }", "1.0"),
        ("p { color: white }", "1.0"),
        ("p { background: #fff }", "1.0"),
        ("p { color: #767676 }", ""),
        ("p { color: #000; background-color: #fff }", ""),
        ("p { color: #777; background: #fff }", "4.5"),
        ("p { color: rgba(0, 0, 0, .5); background: #fff }", "4.0"),
        ("p { color: inherit; background: none }", ""),
        ("img { background: #fff }", ""),
        ('img[src$=".svg"], svg { background: #fff }', ""),
        ("figure img, p { background: #fff }", "1.0"),
        ("@media (prefers-color-scheme: dark) { p { color: #333 } }", "1.7"),
        ("/* p { color: red } */ p { margin: 0 }", ""),
        ("p { color: var(--ink) }", "cannot be judged"),
        ("@font-face { font-family: x; src: url(y.ttf) }", ""),
        ("p { border-top-color: rgba(128, 128, 128, .35) }", ""),
    ],
)
def test_a_rule_is_judged_on_white_and_on_black(style: str, fault: str) -> None:
    found = faults_of_style(style)
    assert len(found) == bool(fault)
    assert fault in "".join(found)


@pytest.mark.parametrize(
    ("declarations", "is_yielding"),
    [
        ("font-size: 1.2em", True),
        ("font-size: 12px", False),
        ("font: 10pt serif", False),
        ("line-height: 1.5", True),
        ("line-height: 14pt", False),
        ("margin: 3px", True),
        ("color: inherit", True),
        ("color: #333", False),
        ("font-size: 1em !important", False),
    ],
)
def test_the_readers_own_choice_holds(declarations: str, is_yielding: bool) -> None:
    assert yields(f"p {{ {declarations} }}") is is_yielding
