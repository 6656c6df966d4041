"""The page of a reference is left out where what it refers to is in sight, and that settles."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chapbook.cache import Cache
from chapbook.laid import LaidChapter, Typeset
from chapbook.typeset import typeset
from chapbook.typeset.apart import typeset_whole
from chapbook.typeset.settle import settle
from chapbook.typeset.sight import MOST_ROUNDS, Sight, faces
from chapbook.typeset.standing import Standing
from chapbook.typeset.task import Sheet, Task
from tests.laid_books import chapter
from tests.paged_books import faces as faces_of_type
from tests.paged_books import publication
from tests.presses import InPlace

STYLE = (
    faces_of_type()
    + """
@page { size: 78mm 92mm; margin: 11mm 9mm }
html { font: 9pt/12pt Book Serif } body { margin: 0 } p { margin: 0; orphans: 1; widows: 1 }
section { break-before: page }
a::after { content: attr(data-before) target-counter(attr(href), page) attr(data-after) }
a.in-sight::after { content: none }
.note { float: footnote }
"""
)
LINE = "<p>A line of text</p>"
LINES = 16  # that a page has


def link(target: str, words: str = "it") -> str:
    before = 'data-before=" on page " data-after="!"'
    return f'<p><a class="on-page" href="#{target}" {before}>{words}</a></p>'


def section(name: str, *inside: str) -> str:
    return f'<section id="{name}" data-matter="body">{"".join(inside)}</section>'


def near(made: Typeset) -> list[list[str]]:
    """Give, for each page, the targets of the references on it whose page is left out."""
    return [
        [
            bound.chapter.references[number]
            for number in page.references
            if bound.chapter.references[number] not in bound.chapter.asked
        ]
        for bound in made.chapters
        for page in bound.chapter.pages
    ]


def lay_out(folder: Path, *html: str, cache: Cache | None = None) -> Typeset:
    book = publication(folder, *html, style=STYLE)
    return typeset(book, InPlace(), cache or Cache(None)).value


@pytest.mark.parametrize(
    ("one", "other", "are_seen_together"),
    [(1, 1, True), (1, 2, False), (2, 3, True), (3, 2, True), (3, 4, False), (4, 4, True)],
)
def test_sides_face_each_other_in_the_open_book(
    one: int, other: int, are_seen_together: bool
) -> None:
    assert faces(one, other) is are_seen_together


def test_the_page_is_left_out_on_the_same_and_on_the_facing_page(tmp_path: Path) -> None:
    start, target = LINE * LINES, f'<p id="x">{"X"}</p>'
    links = link("x")
    book = section("a", start, links, LINE * (LINES - 1), target, links, LINE * LINES, links)
    made = lay_out(tmp_path, book, section("b", LINE))
    # Pages 2 and 3 face each other, and page 4 is over the leaf.
    assert [len(one.chapter.pages) for one in made.chapters] == [4, 1]
    (laid,) = [one.chapter for one in made.chapters if one.chapter.references]
    assert laid.references == ("x", "x", "x")
    assert [page.references for page in laid.pages] == [(), (0,), (1,), (2,)]
    assert laid.asked == ("x",)


def test_what_stands_in_another_chapter_may_be_in_sight(tmp_path: Path) -> None:
    target = '<p id="x">X</p>'
    far = lay_out(tmp_path, section("a", link("x")), section("b", target))
    assert near(far) == [[], []]
    facing = [section("a", LINE), section("b", link("x")), section("c", target)]
    assert near(lay_out(tmp_path, *facing)) == [[], ["x"], []]


def test_a_reference_in_a_note_is_where_the_note_is(tmp_path: Path) -> None:
    note = f'<p>Word<span class="note">{link("x")[3:-4]}</span></p>'
    book = (section("a", LINE), section("b", note), section("c", '<p id="x">X</p>'))
    assert near(lay_out(tmp_path, *book)) == [[], ["x"], []]


def test_a_book_in_one_piece_leaves_out_the_same(tmp_path: Path) -> None:
    html = [section("a", LINE), section("b", link("x")), section("c", '<p id="x">X</p>', link("b"))]
    book = publication(tmp_path, *html, style=STYLE)
    whole = typeset_whole(book, InPlace(), Cache(None)).value
    apart = typeset(book, InPlace(), Cache(None)).value
    # The engine asks for no number in one piece, so what is shown is read off the words.
    words = [
        [page.words for one in made.chapters for page in one.chapter.pages]
        for made in (whole, apart)
    ]
    assert words[0] == words[1]
    assert words[0][1] == ("it", "it")


def test_what_is_remembered_is_what_would_be_made(tmp_path: Path) -> None:
    cache = Cache(None)
    book = [section("a", LINE), section("b", link("x")), section("c", '<p id="x">X</p>')]
    first = lay_out(tmp_path, *book, cache=cache)
    count = cache.made["chapter"]
    again = lay_out(tmp_path, *book, cache=cache)
    assert (again.chapters, cache.made["chapter"]) == (first.chapters, count)
    moved = [section("a", LINE * 20), *book[1:]]
    assert near(lay_out(tmp_path, *moved, cache=cache)) == near(lay_out(tmp_path, *moved))


SHEET = Sheet("", {}, "en", "")


def swinging(one: Task) -> LaidChapter:
    """Lay out a page that grows by one where the page of its reference is left out."""
    made = chapter("a", *([f"page {n}"] for n in range(2 if one.near else 1)))
    pages = [replace(page, references=(0,) if n == 0 else ()) for n, page in enumerate(made.pages)]
    return replace(made, pages=tuple(pages), references=("b",), asked=() if one.near else ("b",))


def test_what_would_swing_for_ever_shows_its_page() -> None:
    rounds = []

    def lay_out(tasks: Sequence[Task]) -> list[LaidChapter]:
        made = []
        for one in tasks:
            rounds.append((one.digest, one.near))
            first = chapter("z", ["page"])
            made.append({"0": first, "1": swinging(one), "2": chapter("b", ["page"])}[one.digest])
        return made

    tasks = [Task(SHEET, (), {}, Path(), name) for name in "012"]
    settled = settle(tasks, lay_out, lambda _: chapter("blank", ["page"]))
    assert settled is not None
    assert [near for name, near in rounds if name == "1"] == [(), (0,), ()]
    assert len(settled.chapters[1].pages) == 1
    assert settled.restless == ()


@given(st.lists(st.lists(st.integers(1, 9), min_size=3, max_size=3), min_size=1, max_size=30))
def test_wherever_things_move_it_comes_to_rest_with_no_page_missing(
    moves: list[list[int]],
) -> None:
    """Three references, each in a chapter of its own, to a place that moves in every round."""
    sight, standing = Sight(), Standing(is_recto=True, folio=0)
    before: list[tuple[int, ...]] = [()]
    changes = 0
    for sides in [*moves, *[moves[-1]] * 2]:
        made = chapter("a", *([f"page {n}"] for n in range(9)))
        pages = [
            replace(
                page,
                references=tuple(n for n, side in enumerate(sides) if side == number),
                anchors={"x": (0.0, 0.0)} if number == 4 else {},
            )
            for number, page in enumerate(made.pages, 1)
        ]
        laid = replace(made, pages=tuple(pages), references=("x",) * 3)
        (now,) = sight.look([laid], [standing])
        changes += len(set(now) ^ set(before[-1]))
        before.append(now)
    assert all(faces(moves[-1][n], 4) for n in before[-1])
    assert changes <= 6
    assert before[-1] == before[-2]
    if len(moves) <= MOST_ROUNDS:
        kept = {number for _, number in sight.for_good}
        left_out = {n for n, side in enumerate(moves[-1]) if faces(side, 4)} - kept
        assert set(before[-1]) == left_out
