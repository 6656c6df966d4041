"""How many pages a printed book has."""

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chapbook.diagnostics import Code
from chapbook.prepress import pages_missing, prepare_print
from chapbook.print_shop import Padding, Print, PrintMark
from tests.prepress_files import AT, HEIGHT, WIDTH, job, pages, prepared, shown, written


@given(pages=st.integers(1, 2000), multiple=st.integers(1, 64))
def test_what_is_missing_makes_the_next_multiple_and_no_more(pages: int, multiple: int) -> None:
    missing = pages_missing(pages, Print(multiple=multiple))
    assert (pages + missing) % multiple == 0
    assert 0 <= missing < multiple


@pytest.mark.parametrize("padding", [Padding.BLANK, Padding.NOTES])
@pytest.mark.parametrize(("count", "full"), [(1, 4), (4, 4), (5, 8)])
def test_blank_pages_are_added_at_the_end(padding: Padding, count: int, full: int) -> None:
    pdf = prepared(pages(*[b"0 g 0 0 9 9 re f"] * count), padding=padding, marks=())
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == full
    for number in range(full):
        assert document[number].get_trimbox() == (0, 0, WIDTH, HEIGHT)
        is_blank = shown(pdf, number).getextrema() == (255, 255)
        assert is_blank == (number >= count)


def test_added_pages_have_marks_too() -> None:
    pdf = prepared(pages(b""), marks=(PrintMark.CROP,))
    assert [shown(pdf, n).tobytes() for n in range(3)] == [shown(pdf, 3).tobytes()] * 3


def test_a_warning_tells_how_many_are_missing() -> None:
    outcome = prepare_print(written(pages(b"", b"", b"")), job(padding=Padding.WARN, multiple=16))
    (found,) = outcome.diagnostics
    assert (found.code, found.at, found.is_error) == (Code.PAGE_COUNT, AT, False)
    assert found.message == "the book has 3 pages, 13 short of a multiple of 16"
    assert len(pypdfium2.PdfDocument(outcome.value)) == 3
