import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chapbook.finish.metadata import pdf_date
from chapbook.finish.patterns import moved_pattern
from chapbook.finish.syntax import address, extended, number, referred, renumber, text

WORDS = st.text(st.characters(exclude_categories=["Cs"]))


@given(WORDS, st.booleans())
def test_whatever_the_words_a_reader_reads_them(words: str, is_wide: bool) -> None:
    assert str(pikepdf.Object.parse(text(words, is_wide))) == words


@given(st.floats(-1e6, 1e6))
def test_numbers_keep_their_value(value: float) -> None:
    written = number(value)
    assert b"e" not in written
    assert float(written) == pytest.approx(value, abs=1e-6)


@pytest.mark.parametrize(
    ("value", "written"), [(12.0, b"12"), (0.5, b"0.5"), (-3.25, b"-3.25"), (100, b"100")]
)
def test_numbers_are_short(value: float, written: bytes) -> None:
    assert number(value) == written


def test_references_are_renumbered_and_nothing_else() -> None:
    head = b"<</A 7 0 R/B[1 0 0 1 3 0 R 0 0]/x1.0 12 0 R/C 0 0 R>>"
    assert referred(head) == [7, 3, 12, 0]
    moved = renumber(head, lambda own: own + 100)
    assert moved == b"<</A 107 0 R/B[1 0 0 1 103 0 R 0 0]/x1.0 112 0 R/C 100 0 R>>"


def test_a_dictionary_is_extended() -> None:
    assert extended(b"<</A<<>>>>", b"/B 1", b"/C 2") == b"<</A<<>>/B 1/C 2>>"


def test_addresses_are_ascii() -> None:
    assert address("https://e.org/a b?ä=%20#(x)") == b"(https://e.org/a%20b?%C3%A4=%20#\\(x\\))"


@pytest.mark.parametrize(
    ("head", "moved"),
    [
        (b"<</XStep 4>>", b"<</XStep 4/Matrix[1 0 0 1 2.5 0]>>"),
        (b"<</Matrix [1 0 0 -1 3 400]/XStep 4>>", b"<</Matrix[1 0 0 -1 5.5 400]/XStep 4>>"),
    ],
)
def test_a_pattern_is_moved(head: bytes, moved: bytes) -> None:
    assert moved_pattern(head, 2.5) == moved
    assert moved_pattern(head, 0) == head


@pytest.mark.parametrize(
    ("date", "written"),
    [
        ("2024", "D:2024"),
        ("2024-02", "D:202402"),
        ("2024-02-29", "D:20240229"),
        ("2024-02-29T12:30Z", "D:20240229123000Z"),
        ("2024-02-29T12:30:15.5+05:30", "D:20240229123015+05'30"),
        ("last spring", ""),
    ],
)
def test_dates_are_written_as_pdf_has_them(date: str, written: str) -> None:
    assert pdf_date(date) == written
