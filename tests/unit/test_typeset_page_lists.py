# ruff: noqa: RUF001  # signs that look alike are the matter here
"""The page numbers of an index: each page once, neighbours as ranges, roman ones first."""

import re

from hypothesis import given
from hypothesis import strategies as st

from chapbook.typeset.page_lists import fill_page_lists, listed_anchors

TAG = re.compile(r"<[^>]+>")


def _list(pages: str) -> str:
    return f'<p>apple, <span class="locators" data-pages="{pages}"></span></p>'


def _shown(pages: str, numbers: dict[str, int | None]) -> str:
    return TAG.sub("", fill_page_lists(_list(pages), numbers)).removeprefix("apple, ")


def test_neighbouring_pages_are_a_range_and_no_page_stands_twice() -> None:
    numbers: dict[str, int | None] = {"a": 14, "b": 12, "c": 15, "d": 16, "e": 12}
    assert _shown("#a #b #c #d #e", numbers) == "12, 14–16"


def test_two_pages_are_a_range_only_where_the_text_goes_on() -> None:
    numbers: dict[str, int | None] = {"a": 4, "b": 5, "c": 8, "d": 9}
    assert _shown("#a #b #c|#d", numbers) == "4, 5, 8–9"


def test_a_stretch_takes_up_what_it_touches() -> None:
    numbers: dict[str, int | None] = {"a": 4, "b": 5, "c": 7, "d": 8}
    assert _shown("#a #b|#c #d", numbers) == "4–8"
    assert _shown("#b|#b #b", numbers) == "5"


def test_roman_numbers_come_first_and_a_stretch_may_leave_them() -> None:
    numbers: dict[str, int | None] = {"a": 4, "b": 2, "c": 3}
    assert _shown("#c r#a r#b", numbers) == "ii, iv, 3"
    assert _shown("r#a|#c", numbers) == "iv–3"


def test_the_chief_place_stands_out_and_alone() -> None:
    filled = fill_page_lists(_list("#a m#b #c #d"), {"a": 2, "b": 3, "c": 3, "d": 4})
    assert '<a class="locator main" href="#b">3</a>' in filled
    assert TAG.sub("", filled) == "apple, 2, 3, 4"


def test_each_number_is_a_link_and_room_is_kept_for_the_unknown() -> None:
    filled = fill_page_lists(_list("#x%C3%A9 #b|#c #d"), {"xé": 3, "b": 5, "c": 7, "d": None})
    assert '<a class="locator" href="#x%C3%A9">3</a>' in filled
    assert '<a class="locator" href="#b">5</a>–<a class="locator" href="#c">7</a>' in filled
    assert _shown("#a #b", {}) == "00, 00"
    assert listed_anchors(_list("m#x%C3%A9 r#b|#c")) == {"xé", "b", "c"}


def _pages(shown: str) -> list[int]:
    found: list[int] = []
    for item in shown.split(", "):
        first, _, last = item.partition("–")
        found += range(int(first), int(last or first) + 1)
    return found


@given(st.lists(st.integers(1, 40), min_size=1, max_size=30))
def test_just_the_pages_given_are_said_in_order(pages: list[int]) -> None:
    numbers: dict[str, int | None] = {f"p{n}": page for n, page in enumerate(pages)}
    shown = _shown(" ".join(f"#{name}" for name in numbers), numbers)
    assert _pages(shown) == sorted(set(pages))


@given(st.lists(st.tuples(st.integers(1, 40), st.integers(0, 5)), min_size=1, max_size=12))
def test_stretches_never_overlap_once_written(stretches: list[tuple[int, int]]) -> None:
    numbers: dict[str, int | None] = {}
    for n, (first, length) in enumerate(stretches):
        numbers |= {f"a{n}": first, f"b{n}": first + length}
    shown = _shown(" ".join(f"#a{n}|#b{n}" for n in range(len(stretches))), numbers)
    wanted = {page for first, length in stretches for page in range(first, first + length + 1)}
    assert _pages(shown) == sorted(wanted)
