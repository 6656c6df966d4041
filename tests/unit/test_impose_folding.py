"""Sheets are printed, turned, folded and cut here as hands do it; the pages must come in order.

The model knows nothing of how pages are ordered. It follows the paper: a spot of the sheet has a
front and a back, the printer's flip decides which place of the back side lies behind it, folding
brings leaves on each other, cutting parts them into piles.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chapbook.diagnostics import BookError, Code, Location
from chapbook.impose import plan_booklet
from chapbook.imposition import Place, Plan, Sheet
from chapbook.print_shop import SHEETS, TRIMS, Binding, Booklet, Flip, Trim

A5 = TRIMS["a5"]
CALIPER = 0.1
NEAR = 0.001


@dataclass(frozen=True)
class Side:
    """What is seen on one side of a leaf: a page, and whether its head is up."""

    page: int
    is_upright: bool


@dataclass(frozen=True)
class Leaf:
    """A piece of paper with a page on either side, where its middle lies on the sheet."""

    x: float
    y: float
    front: Side
    back: Side


def leaves(plan: Plan, sheet: Sheet) -> list[Leaf]:
    """Find what lies behind each page of a front."""
    behind = {spot: side for spot, side in (_turn(plan, place) for place in sheet.back)}
    found = []
    for place in sheet.front:
        x, y = _middle(plan, place)
        (back,) = (
            side for (u, v), side in behind.items() if abs(u - x) < NEAR and abs(v - y) < NEAR
        )
        found.append(Leaf(x, y, Side(place.page, not place.is_turned), back))
    return found


def _middle(plan: Plan, place: Place) -> tuple[float, float]:
    return place.left + plan.page.width / 2, place.bottom + plan.page.height / 2


def _turn(plan: Plan, place: Place) -> tuple[tuple[float, float], Side]:
    """See a place of the back from the front, through the paper.

    The printer turns the sheet about its short or its long edge. About an upright edge, right
    becomes left and the head stays up; about a level one, the head goes down and right stays.
    """
    x, y = _middle(plan, place)
    width, height = plan.sheet.width, plan.sheet.height
    is_short = plan.booklet.flip is Flip.SHORT
    edge_is_upright = (height <= width) if is_short else (height > width)
    if edge_is_upright:
        return (width - x, y), Side(place.page, not place.is_turned)
    return (x, height - y), Side(place.page, place.is_turned)


def fold(plan: Plan) -> Iterator[Side]:
    """Nest the sheets of each gathering, fold their backs inwards, and read from cover to cover."""
    for _, group in groupby(plan.sheets, key=lambda sheet: sheet.gathering):
        nest = sorted(group, key=lambda sheet: sheet.depth)
        halves = [sorted(leaves(plan, sheet), key=lambda leaf: leaf.x) for sheet in nest]
        near, far = (0, 1) if plan.right_to_left else (1, 0)
        for half in halves:
            yield from (half[near].front, half[near].back)
        for half in reversed(halves):
            yield from (half[far].back, half[far].front)


def cut(plan: Plan) -> Iterator[Side]:
    """Cut the stack, lay the piles on each other as a line of text is read, read downwards."""
    stack = [leaves(plan, sheet) for sheet in plan.sheets]
    sign = -1 if plan.right_to_left else 1
    spots = sorted((-leaf.y, sign * leaf.x, n) for n, leaf in enumerate(stack[0]))
    for _, _, spot in spots:
        for sheet in stack:
            yield from (sheet[spot].front, sheet[spot].back)


COUNTS = st.integers(1, 400)
SIGNATURES = st.sampled_from((0, 4, 8, 12, 16, 20, 24, 32))
FLIPS = st.sampled_from(Flip)
TRIM_SIZES = st.builds(Trim, st.just("own"), st.floats(50, 400), st.floats(50, 400))
PAPERS = st.sampled_from((None, *SHEETS.values()))


@given(
    COUNTS,
    st.sampled_from((Binding.SADDLE, Binding.PERFECT)),
    SIGNATURES,
    FLIPS,
    st.booleans(),
    st.booleans(),
    TRIM_SIZES,
    PAPERS,
)
def test_folded_sheets_read_from_first_to_last_page(
    count: int,
    binding: Binding,
    signature: int,
    flip: Flip,
    right_to_left: bool,
    cover: bool,
    trim: Trim,
    paper: Trim | None,
) -> None:
    booklet = Booklet(paper, binding, signature, flip, cover, creep=False, fit=True)
    plan = plan_booklet(count, booklet, trim, CALIPER, right_to_left)
    expected = -(-(count + 4 * cover) // 4) * 4
    assert list(fold(plan)) == [Side(page, True) for page in range(1, expected + 1)]


@given(
    COUNTS,
    st.sampled_from((Binding.CUT_2, Binding.CUT_4)),
    FLIPS,
    st.booleans(),
    st.booleans(),
    TRIM_SIZES,
    PAPERS,
    st.floats(0, 10),
)
def test_cut_sheets_pile_from_first_to_last_page(
    count: int,
    binding: Binding,
    flip: Flip,
    right_to_left: bool,
    cover: bool,
    trim: Trim,
    paper: Trim | None,
    bleed: float,
) -> None:
    booklet = Booklet(paper, binding, 0, flip, cover, fit=True)
    plan = plan_booklet(count, booklet, trim, CALIPER, right_to_left, bleed)
    portion = 4 if binding is Binding.CUT_2 else 8
    expected = -(-(count + 4 * cover) // portion) * portion
    assert list(cut(plan)) == [Side(page, True) for page in range(1, expected + 1)]


def test_every_page_count_up_to_three_hundred_folds_in_every_way() -> None:
    for count in range(1, 301):
        for flip in Flip:
            for right_to_left in (False, True):
                for signature in (0, 16):
                    booklet = Booklet(signature=signature, flip=flip, creep=False)
                    plan = plan_booklet(count, booklet, A5, CALIPER, right_to_left)
                    pages = [side.page for side in fold(plan) if side.is_upright]
                    assert pages == list(range(1, plan.pages + 1))


@given(COUNTS, SIGNATURES, FLIPS, st.booleans(), st.floats(0.05, 0.3))
def test_creep_pushes_towards_the_spine_by_one_caliper_a_sheet(
    count: int, signature: int, flip: Flip, right_to_left: bool, caliper: float
) -> None:
    booklet = Booklet(signature=signature, flip=flip)
    plan = plan_booklet(count, booklet, A5, caliper, right_to_left)
    flat = plan_booklet(
        count, Booklet(signature=signature, flip=flip, creep=False), A5, caliper, right_to_left
    )
    fold_at = plan.sheet.width / 2
    for sheet, still in zip(plan.sheets, flat.sheets, strict=True):
        for place, old in zip(
            (*sheet.front, *sheet.back), (*still.front, *still.back), strict=True
        ):
            is_left = old.left < fold_at - 1
            moved = place.left - old.left if is_left else old.left - place.left
            assert moved == pytest.approx(sheet.depth * caliper)
            assert place.bottom == old.bottom
            assert place.area == old.area


def test_creep_is_nothing_outermost_and_grows_inwards() -> None:
    plan = plan_booklet(64, Booklet(signature=32), A5, CALIPER, False)
    for _, group in groupby(plan.sheets, key=lambda sheet: sheet.gathering):
        pushes = [abs(sheet.front[0].shift) for sheet in group]
        assert pushes[0] == 0
        assert all(a < b for a, b in pairwise(pushes))


@given(COUNTS, st.sampled_from(Binding), FLIPS, TRIM_SIZES, PAPERS, st.floats(0, 10))
def test_pages_stay_on_the_sheet_and_off_each_other(
    count: int, binding: Binding, flip: Flip, trim: Trim, paper: Trim | None, bleed: float
) -> None:
    booklet = Booklet(paper, binding, 0, flip, fit=True)
    plan = plan_booklet(count, booklet, trim, 0.0, False, bleed)
    for sheet in plan.sheets[:2]:
        for side in (sheet.front, sheet.back):
            for place in side:
                left, bottom, right, top = place.area
                assert left >= -NEAR
                assert bottom >= -NEAR
                assert right <= plan.sheet.width + NEAR
                assert top <= plan.sheet.height + NEAR
                for other in side:
                    apart = (
                        other is place
                        or other.area[0] >= right - NEAR
                        or left >= other.area[2] - NEAR
                        or other.area[1] >= top - NEAR
                        or bottom >= other.area[3] - NEAR
                    )
                    assert apart


@pytest.mark.parametrize(
    ("trim", "binding", "sheet"),
    [
        ("a5", Binding.SADDLE, (297, 210)),
        ("a6", Binding.SADDLE, (210, 148)),
        ("b6", Binding.SADDLE, (257, 182)),
        ("5.5x8.5", Binding.SADDLE, (279.4, 215.9)),
        ("6x9", Binding.SADDLE, (431.8, 279.4)),
        ("a6", Binding.CUT_4, (210, 297)),
    ],
)
def test_the_usual_paper_is_taken(trim: str, binding: Binding, sheet: tuple[float, float]) -> None:
    plan = plan_booklet(8, Booklet(binding=binding), TRIMS[trim], CALIPER, False)
    assert (plan.sheet.width, plan.sheet.height) == sheet
    assert plan.scale == 1


def test_a_sheet_too_small_is_named_where_it_stands() -> None:
    here = Location("book.toml", 9, 1)
    booklet = Booklet(sheet=SHEETS["letter"])
    with pytest.raises(BookError) as caught:
        plan_booklet(8, booklet, A5, CALIPER, False, locations={"booklet.sheet": here})
    (found,) = caught.value.diagnostics
    assert (found.code, found.at) == (Code.SHEET_TOO_SMALL, here)
    assert "94 per cent" in found.hints[1]


def test_pages_are_made_smaller_only_where_asked() -> None:
    plan = plan_booklet(8, Booklet(sheet=SHEETS["letter"], fit=True), A5, CALIPER, False)
    assert plan.scale == pytest.approx(279.4 / 296)
    plan = plan_booklet(8, Booklet(sheet=SHEETS["a3"], fit=True), A5, CALIPER, False)
    assert plan.scale == 1


def test_bars_step_down_the_spine_of_the_gatherings() -> None:
    plan = plan_booklet(64, Booklet(binding=Binding.PERFECT), A5, CALIPER, False)
    bars = [sheet.bar for sheet in plan.sheets if sheet.bar]
    assert len(bars) == plan.gatherings == 4
    for one, next_one in pairwise(bars):
        assert next_one[3] == pytest.approx(one[1])


def test_no_bar_shows_on_the_cover() -> None:
    plan = plan_booklet(64, Booklet(binding=Binding.PERFECT, cover=True), A5, CALIPER, False)
    assert not plan.has_bars


def test_marks_are_outside_what_pages_may_ink() -> None:
    plan = plan_booklet(8, Booklet(sheet=SHEETS["a3"]), A5, CALIPER, False, 3.0)
    assert sum(tick.is_fold for tick in plan.ticks) == 2
    left, bottom = (min(place.area[n] for place in plan.sheets[0].front) for n in (0, 1))
    right, top = (max(place.area[n] for place in plan.sheets[0].front) for n in (2, 3))
    for tick in plan.ticks:
        for x, y in (tick.start, tick.end):
            assert x < left or x > right or y < bottom or y > top


def test_no_marks_where_there_is_no_room() -> None:
    assert not plan_booklet(8, Booklet(), A5, CALIPER, False).ticks
