"""The sheet of a cover: its panels, its folds, its spine."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chapbook.cover import Wrap, fold_lines, spine_width
from chapbook.print_shop import TRIMS, Paper, Trim

SIZES = st.floats(50, 500).map(lambda size: round(size, 1))
WRAPS = st.builds(
    Wrap,
    page=st.builds(Trim, name=st.just("own"), width=SIZES, height=SIZES),
    spine=st.floats(0, 80).map(lambda size: round(size, 2)),
    flaps=st.sampled_from((0.0, 70.0, 92.5)),
    is_rtl=st.booleans(),
)
A5 = TRIMS["a5"]


@given(WRAPS)
def test_panels_cover_the_sheet_without_gap_or_overlap(wrap: Wrap) -> None:
    panels = wrap.panels
    assert panels[0].left == 0
    assert panels[-1].right == pytest.approx(wrap.width, abs=0.001)
    for one, other in itertools.pairwise(panels):
        assert other.left == pytest.approx(one.right, abs=0.001)


@given(WRAPS)
def test_a_book_from_right_to_left_is_the_mirror_image(wrap: Wrap) -> None:
    other = Wrap(wrap.page, wrap.spine, wrap.flaps, not wrap.is_rtl)
    for panel in wrap.panels:
        mirrored = other.panel(panel.name)
        assert mirrored.left == pytest.approx(wrap.width - panel.right, abs=0.001)


@given(WRAPS)
def test_folds_stand_between_panels_and_are_symmetrical(wrap: Wrap) -> None:
    folds = fold_lines(wrap)
    expected = (4 if wrap.flaps else 2) - (wrap.spine == 0)
    assert len(folds) == expected
    assert list(folds) == sorted(folds)
    for left, right in zip(folds, reversed(folds), strict=True):
        assert left + right == pytest.approx(wrap.width, abs=0.001)


def test_the_order_of_panels_follows_the_reading_direction() -> None:
    plain = [panel.name for panel in Wrap(A5, 10, 80).panels]
    assert plain == ["back-flap", "back", "spine", "front", "front-flap"]
    assert [panel.name for panel in Wrap(A5, 10, is_rtl=True).panels] == ["front", "spine", "back"]


@pytest.mark.parametrize(
    ("pages", "paper", "width"),
    [
        (64, Paper(caliper=0.12), 3.84),
        (63, Paper(caliper=0.12), 3.84),
        (400, Paper(stock="kdp white"), 400 * 0.002252 * 25.4),
        (300, Paper(stock="kdp cream"), 300 * 0.0025 * 25.4),
        (250, Paper(grams=90, bulk=1.0), 11.25),
    ],
)
def test_the_spine_is_as_wide_as_the_leaves_are_thick(
    pages: int, paper: Paper, width: float
) -> None:
    assert spine_width(pages, paper) == pytest.approx(width, abs=0.03)


def test_the_card_of_the_cover_lies_on_both_sides() -> None:
    bare = spine_width(100, Paper(caliper=0.1))
    assert spine_width(100, Paper(caliper=0.1), board=0.3) == pytest.approx(bare + 0.6)
