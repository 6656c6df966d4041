from hypothesis import given
from hypothesis import strategies as st

from chapbook.model import Matter
from chapbook.typeset.folios import folio_labels, roman

FRONT, BODY, BACK = Matter.FRONT, Matter.BODY, Matter.BACK


def test_front_matter_is_roman_and_the_body_starts_anew() -> None:
    assert folio_labels([FRONT, FRONT, BODY, BODY, BACK]) == ["i", "ii", "1", "2", "3"]


def test_a_blank_page_counts_with_the_pages_before_it() -> None:
    assert folio_labels([FRONT, None, BODY, None, BODY]) == ["i", "ii", "1", "2", "3"]


def test_a_book_without_a_body_counts_its_back_matter_from_one() -> None:
    assert folio_labels([FRONT, BACK, BACK]) == ["i", "1", "2"]


def test_a_book_without_front_matter_has_no_roman_numerals() -> None:
    assert folio_labels([BODY, None, BACK]) == ["1", "2", "3"]


@given(st.integers(1, 3999))
def test_a_roman_numeral_can_be_read_back(number: int) -> None:
    values = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
    digits = [values[letter] for letter in roman(number)]
    signed = [
        -digit if digit < after else digit
        for digit, after in zip(digits, [*digits[1:], 0], strict=True)
    ]
    assert sum(signed) == number


@given(st.lists(st.sampled_from([FRONT, BODY, BACK, None]), max_size=60))
def test_every_page_has_a_folio_and_none_is_given_twice(matters: list[Matter | None]) -> None:
    labels = folio_labels(matters)
    assert len(labels) == len(matters)
    assert len(set(labels)) == len(labels)
