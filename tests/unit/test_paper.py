"""Papers: how thick a sheet is, and what is said where that is not known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chapbook.diagnostics import Code, Location
from chapbook.paper import STOCKS, Stock, caliper, check_paper, find_stock, near_stocks
from chapbook.print_shop import Paper

PLACES = {"print.paper.stock": Location("book.toml", 7, 1)}


@pytest.mark.parametrize(
    ("name", "published"),
    [
        ("offset 90", 90 * 1.22 / 1000),
        ("silk 115", 115 * 0.90 / 1000),
        ("gloss 150", 150 * 0.80 / 1000),
        ("cream 80 1.75", 0.14),
        ("kdp white", 2 * 0.002252 * 25.4),
        ("kdp cream", 2 * 0.0025 * 25.4),
        ("上質紙 55kg", 0.08),
        ("淡クリームキンマリ 72.5kg", 0.097),
    ],
)
def test_a_usual_paper_is_as_thick_as_its_source_says(name: str, published: float) -> None:
    assert caliper(Paper(stock=name)) == pytest.approx(published, abs=0.0001)


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("Offset-90", "offset 90"),
        ("offset 90 g", "offset 90"),
        ("offset 90 g/m²", "offset 90"),
        ("OFFSET90gsm", "offset 90"),
        ("matt 130", "silk 130"),
        ("KDP colour", "kdp color"),
        ("上質 70kg", "上質紙 70kg"),
    ],
)
def test_a_name_may_be_written_in_many_ways(written: str, known: str) -> None:
    found = find_stock(written)
    assert found is not None
    assert found.name == known


def test_names_are_told_apart() -> None:
    names = [name for stock in STOCKS for name in (stock.name, *stock.also)]
    for name in names:
        found = find_stock(name)
        assert found is not None
        assert name in (found.name, *found.also)


def test_all_calipers_are_those_of_papers() -> None:
    assert all(0.04 < stock.caliper < 0.3 for stock in STOCKS)
    assert all(0.6 < stock.bulk < 2.1 for stock in STOCKS)


def test_an_unknown_stock_is_an_error_that_names_the_nearest() -> None:
    (found,) = check_paper(Paper(stock="ofset 90"), PLACES)
    assert found.code is Code.UNKNOWN_STOCK
    assert found.is_error
    assert found.at == PLACES["print.paper.stock"]
    assert "offset 90" in found.hints[0]
    assert near_stocks("kinmari")


def test_a_stock_like_none_other_still_has_a_remedy() -> None:
    (found,) = check_paper(Paper(stock="⁂"), {})
    assert "caliper" in found.hints[-1]


@pytest.mark.parametrize("paper", [Paper(), Paper(grams=80), Paper(bulk=1.5)])
def test_what_is_assumed_is_said(paper: Paper) -> None:
    (found,) = check_paper(paper, {})
    assert found.code is Code.PAPER_ASSUMED
    assert not found.is_error
    assert f"{caliper(paper):.3g} mm" in found.message


@pytest.mark.parametrize(
    "paper", [Paper(stock="silk 115"), Paper(caliper=0.1), Paper(grams=80, bulk=1.5)]
)
def test_what_is_known_needs_no_word(paper: Paper) -> None:
    assert check_paper(paper, {}) == ()


@given(st.floats(40, 300), st.floats(0.7, 2.5), st.floats(0.03, 0.5))
def test_the_caliper_holds_before_grams_and_bulk(grams: float, bulk: float, thick: float) -> None:
    assert caliper(Paper(grams=grams, bulk=bulk)) == pytest.approx(grams * bulk / 1000, abs=1e-4)
    assert caliper(Paper("offset 90", grams, bulk, thick)) == thick


@given(st.sampled_from(STOCKS), st.integers(50, 200))
def test_another_weight_of_a_stock_keeps_its_bulk(stock: Stock, grams: int) -> None:
    paper = Paper(stock=stock.name, grams=grams)
    assert caliper(paper) == pytest.approx(grams * stock.bulk / 1000, abs=1e-4)
