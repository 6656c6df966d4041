"""Chapters come to rest: each where it must stand, with the numbers that it must show."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from chapbook.cache import Cache
from chapbook.diagnostics import Code
from chapbook.laid import LaidChapter, LaidPage
from chapbook.typeset import typeset
from chapbook.typeset.settle import MOST_ROUNDS, folio_of, numbers_of, settle, stand, turns
from chapbook.typeset.task import Sheet, Task
from tests.laid_books import chapter
from tests.paged_books import faces, publication
from tests.presses import InPlace

SHEET = Sheet("", {}, "en", "")


def task(name: str) -> Task:
    return Task(SHEET, (), {}, Path(), name)


def laid(name: str, pages: int = 1, opening: str = "", is_recto: bool = True) -> LaidChapter:
    """Lay out pages that are counted on and could stand on the other side."""
    made = chapter(name, *([f"page {n}"] for n in range(pages)))
    return replace(made, opening=opening, pages=tuple(_counted(made, is_recto)))


def _counted(made: LaidChapter, is_recto: bool) -> list[LaidPage]:
    return [
        replace(
            page,
            goes_on=True,
            folio=n + 1,
            other_edge=1.0,
            kind=replace(page.kind, is_recto=is_recto == (n % 2 == 0)),
        )
        for n, page in enumerate(made.pages)
    ]


def blank(is_recto: bool) -> LaidChapter:
    return replace(laid("blank", 1, is_recto=is_recto), digest=f"blank {is_recto}")


def press(*books: Callable[[Task], LaidChapter]) -> Callable[[Sequence[Task]], list[LaidChapter]]:
    """Lay out tasks that are named by the place of their chapter."""
    return lambda tasks: [books[int(one.digest)](one) for one in tasks]


def test_a_chapter_begins_on_the_page_after_the_one_before() -> None:
    standings = stand([laid("a", 3), laid("b", 2), laid("c", 1)], blank)
    assert [(one.is_recto, one.folio, one.blank) for one in standings] == [
        (True, 0, None),
        (False, 3, None),
        (False, 5, None),
    ]


@pytest.mark.parametrize(("pages", "opening"), [(1, "recto"), (2, "verso")])
def test_a_blank_page_goes_before_a_chapter_that_needs_the_other_side(
    pages: int, opening: str
) -> None:
    _, second = stand([laid("a", pages), laid("b", 1, opening)], blank)
    assert second.is_recto == (opening == "recto")
    assert second.blank == blank(not second.is_recto)
    assert (second.blank_folio, second.folio) == (pages, pages + 1)


@pytest.mark.parametrize(("pages", "opening"), [(2, "recto"), (1, "verso")])
def test_no_blank_page_goes_before_a_chapter_that_is_on_its_side(pages: int, opening: str) -> None:
    _, second = stand([laid("a", pages), laid("b", 1, opening)], blank)
    assert (second.blank, second.folio) == (None, pages)


def test_the_first_chapter_of_a_book_is_on_its_first_page_whatever_it_needs() -> None:
    (only,) = stand([laid("a", 1, "verso")], blank)
    assert (only.is_recto, only.blank) == (True, None)


def test_a_blank_page_may_be_left_uncounted() -> None:
    def uncounted(is_recto: bool) -> LaidChapter:
        made = blank(is_recto)
        return replace(made, pages=(replace(made.pages[0], folio=0),))

    _, second = stand([laid("a", 1), laid("b", 1, "recto")], uncounted)
    assert second.folio == 1


def test_a_chapter_that_counts_anew_hands_its_own_count_on() -> None:
    anew = laid("b", 2)
    anew = replace(anew, pages=tuple(replace(page, goes_on=False) for page in anew.pages))
    chapters = [laid("a", 4), anew, laid("c", 2)]
    standings = stand(chapters, blank)
    assert [one.folio for one in standings] == [0, 4, 2]
    assert [folio_of(one, 1, s.folio) for one, s in zip(chapters, standings, strict=True)] == [
        2,
        2,
        4,
    ]
    assert numbers_of(chapters, standings) == {"a": 1, "b": 1, "c": 3}


def test_of_two_anchors_of_one_name_the_first_gives_the_number() -> None:
    chapters = [laid("a", 2), laid("a", 1)]
    assert numbers_of(chapters, stand(chapters, blank)) == {"a": 1}


def test_a_chapter_turns_where_it_was_laid_out_for_the_other_side() -> None:
    chapters = [laid("a", 1), laid("b", 1, is_recto=True), laid("c", 1, is_recto=True)]
    turned = [turns(*pair) for pair in zip(chapters, stand(chapters, blank), strict=True)]
    assert turned == [False, True, False]


def test_nothing_is_laid_out_again_where_nothing_has_changed() -> None:
    calls: list[Task] = []

    def lay_out(tasks: Sequence[Task]) -> list[LaidChapter]:
        calls.extend(tasks)
        return [laid(one.digest) for one in tasks]

    settled = settle([task("a"), task("b")], lay_out, blank)
    assert settled is not None
    assert (settled.restless, len(calls)) == ((), 2)


def test_a_chapter_is_laid_out_again_with_the_numbers_that_it_asks_for() -> None:
    asking = replace(laid("a", 2), asked=("b", "gone"))
    seen: list[Task] = []

    def lay_out(tasks: Sequence[Task]) -> list[LaidChapter]:
        seen.extend(tasks)
        return press(lambda _: asking, lambda _: laid("b"))(tasks)

    settle([task("0"), task("1")], lay_out, blank)
    assert [(one.digest, one.numbers) for one in seen] == [
        ("0", {}),
        ("1", {}),
        ("0", {"b": 3, "gone": None}),
    ]


def test_numbers_that_move_the_pages_that_move_the_numbers_come_to_rest() -> None:
    def growing(one: Task) -> LaidChapter:
        number = one.numbers.get("b") or 0
        return replace(laid("a", min(number + 1, 4)), asked=("b",))

    settled = settle([task("0"), task("1")], press(growing, lambda _: laid("b")), blank)
    assert settled is not None
    assert (len(settled.chapters[0].pages), settled.restless) == (4, ())


def test_numbers_that_never_rest_are_given_up_and_told() -> None:
    rounds = []

    def restless(one: Task) -> LaidChapter:
        number = one.numbers.get("b")
        rounds.append(number)
        return replace(laid("a", 1 if number == 3 else 2), asked=("b",))

    settled = settle([task("0"), task("1")], press(restless, lambda _: laid("b")), blank)
    assert settled is not None
    assert settled.restless == (0,)
    assert len(rounds) == MOST_ROUNDS + 1


def test_a_chapter_that_can_not_turn_is_laid_out_for_its_side() -> None:
    def stiff(one: Task) -> LaidChapter:
        made = laid("b", 1, is_recto=one.is_recto)
        return replace(made, pages=(replace(made.pages[0], other_edge=None),))

    settled = settle([task("0"), task("1")], press(lambda _: laid("a"), stiff), blank)
    assert settled is not None
    assert not settled.chapters[1].pages[0].kind.is_recto
    assert not turns(settled.chapters[1], settled.standings[1])


def test_a_chapter_that_can_not_be_parted_leaves_the_book_whole() -> None:
    joined = replace(laid("b"), opening=None)
    assert (
        settle([task("0"), task("1")], press(lambda _: laid("a"), lambda _: joined), blank) is None
    )


STYLE = (
    faces()
    + """
@page { size: 78mm 92mm; margin: 11mm 9mm; @bottom-center { content: counter(page, lower-roman) } }
@page :left { margin-left: 14mm; margin-right: 4mm }
html { font: 9pt/12pt Book Serif } body { margin: 0 } p { margin: 0; orphans: 1; widows: 1 }
section { break-before: page }
.to::after { content: " " target-counter(attr(href), page) }
.roman::after { content: " " target-counter(attr(href), page, lower-roman) }
"""
)
LINE = "<p>A line of text</p>"


def section(name: str, lines: int = 3, more: str = "") -> str:
    return f'<section id="{name}" data-matter="body">{LINE * lines}{more}</section>'


def laid_out(folder: Path, cache: Cache, *html: str, style: str = "") -> int:
    """Lay a book out; give how many chapters were."""
    before = cache.made.get("chapter", 0)
    typeset(publication(folder, *html, style=STYLE + style), InPlace(), cache)
    return cache.made["chapter"] - before


def test_only_what_was_edited_is_laid_out_again(tmp_path: Path) -> None:
    cache = Cache(None)
    book = [section(name) for name in "abcd"]
    assert laid_out(tmp_path, cache, *book) == 4
    assert laid_out(tmp_path, cache, *book) == 0
    book[1] = section("b", 4)
    assert laid_out(tmp_path, cache, *book) == 1


def test_a_page_more_lays_out_again_only_what_shows_a_number_that_has_moved(tmp_path: Path) -> None:
    cache = Cache(None)
    near, far = ('<p><a class="to" href="#b">to</a></p>', '<p><a class="to" href="#d">to</a></p>')
    book = [section("a", 3, near), section("b"), section("c", 3, far), section("d")]
    laid_out(tmp_path, cache, *book)
    book[1] = section("b", 30)
    assert laid_out(tmp_path, cache, *book) == 2, "itself, and the one that shows a later number"


def test_a_page_more_turns_the_chapters_after_it(tmp_path: Path) -> None:
    cache = Cache(None)
    book = [section(name) for name in "abcd"]
    laid_out(tmp_path, cache, *book)
    book[0] = section("a", 30)
    assert laid_out(tmp_path, cache, *book) == 1


@pytest.mark.parametrize(
    ("style", "more"),
    [
        ("@page { background: #eee }", ""),
        ("@page { marks: crop }", ""),
        ("@page :left { margin-top: 20mm }", ""),
        ("", '<p style="break-before: recto">On a recto</p>'),
    ],
)
def test_what_would_change_with_its_side_is_laid_out_for_it(
    tmp_path: Path, style: str, more: str
) -> None:
    book = [section("a"), section("b", 3, more)]
    assert laid_out(tmp_path, Cache(None), *book, style=style) == 3


def test_what_keeps_its_look_on_the_other_side_is_laid_out_once(tmp_path: Path) -> None:
    assert laid_out(tmp_path, Cache(None), section("a"), section("b")) == 2


def test_a_book_whose_numbers_never_rest_is_made_and_the_chapter_named(tmp_path: Path) -> None:
    # As viii the number is so wide that what it names is pushed to page ix, as ix it is not.
    wide = '<a class="roman" href="#end"></a>' * 40
    last = f'<p>{wide}</p><p id="end">End</p>'
    counted = "@page :first { counter-reset: page 8 }"
    book = publication(tmp_path, section("a", 12, last), section("b"), style=STYLE + counted)
    outcome = typeset(book, InPlace(), Cache(None))
    found = [one for one in outcome.diagnostics if one.code is Code.PAGES_UNSETTLED]
    assert [one.message for one in found] == ["'s0': the page numbers in it do not settle"]
    assert outcome.value.chapters


def test_sides_are_right_even_where_numbers_never_rest() -> None:
    def restless(one: Task) -> LaidChapter:
        return replace(laid("a", 1 if one.numbers.get("b") == 3 else 2), asked=("b",))

    def stiff(one: Task) -> LaidChapter:
        made = laid("b", 1, is_recto=one.is_recto)
        return replace(made, pages=(replace(made.pages[0], other_edge=None),))

    books = [restless, *[stiff] * 6]
    settled = settle([task(str(n)) for n in range(len(books))], press(*books), blank)
    assert settled is not None
    assert settled.restless == (0,)
    pairs = zip(settled.chapters, settled.standings, strict=True)
    assert not any(turns(*pair) for pair in pairs)
