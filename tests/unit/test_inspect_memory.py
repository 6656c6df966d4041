"""What was read back is not read again, and what the linker spoils is found all the same."""

import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache as cache_once
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chapbook import inspect as room
from chapbook.cache import Cache
from chapbook.diagnostics import Code, Diagnostic, Location
from chapbook.finish import finish_pdf
from chapbook.inspect import inspect_pdf
from chapbook.inspect.chapters import pieces_of
from chapbook.inspect.objects import UnknownShapeError
from chapbook.inspect.traces import Traces
from chapbook.laid import Typeset
from chapbook.model import Kind, Matter, Passage
from chapbook.publication import PagedPublication, Section
from chapbook.workers import Workers
from tests.inspected_pages import paragraph, passages_of, publish
from tests.presses import InPlace, press

CHAPTERS = 4
STYLE = "section { break-before: page } .gone { display: none }"


class Counting(InPlace):
    """Notes the first page of each piece that is read."""

    def __init__(self) -> None:
        super().__init__()
        self.read: list[int] = []

    def each(self, task: Any, items: Sequence[Any], *others: Any, **more: Any) -> Any:
        self.read += [piece.first for _, pieces in items for piece in pieces]
        return super().each(task, items, *others, **more)


def chapter(number: int, more: str = "") -> str:
    name = f"ch{number}"
    return (
        f'<section id="{name}"><h2 data-block="{name}:1">Heading of {name}</h2>'
        f'<p data-block="{name}:2">{paragraph(150, number * 1000)} {more}</p></section>'
    )


def compose(*chapters: str, style: str = "") -> PagedPublication:
    sections = tuple(Section(f"ch{n}", Matter.BODY, html) for n, html in enumerate(chapters, 1))
    html = "".join(chapters)
    return replace(publish("", STYLE + style), sections=sections, passages=passages_of(html))


def whole() -> list[str]:
    return [chapter(number) for number in range(1, CHAPTERS + 1)]


def check(
    book: PagedPublication,
    cache: Cache,
    spoil: Callable[[Typeset], Typeset] | None = None,
    workers: Workers | None = None,
) -> tuple[tuple[Diagnostic, ...], list[int]]:
    """Inspect a book whose file is linked from what `spoil` makes of it; say what was read."""
    laid = press(book).value
    pdf = finish_pdf(spoil(laid) if spoil else laid, book, Cache(None))
    counting = Counting()
    found = inspect_pdf(pdf, laid, book.passages, workers or counting, cache)
    return found, counting.read


@pytest.fixture
def cache() -> Cache:
    """Give a cache that knows the whole book."""
    known = Cache(None)
    assert check(compose(*whole()), known) == ((), [0, 2, 4, 6])
    return known


def test_what_is_known_is_not_read_again(cache: Cache) -> None:
    assert check(compose(*whole()), cache) == ((), [])


def test_only_the_chapter_that_changed_is_read(cache: Cache) -> None:
    book = whole()
    book[1] = chapter(2, "one word more")
    assert check(compose(*book), cache) == ((), [2])


def test_pages_that_move_are_not_read_again(cache: Cache) -> None:
    book = whole()
    book[0] = chapter(1, paragraph(80))
    assert check(compose(*book), cache) == ((), [0])


def test_a_letter_that_is_new_to_a_face_leaves_the_others_alone(cache: Cache) -> None:
    book = whole()
    book[2] = chapter(3, "Quite Extraordinary § Zebras")
    assert check(compose(*book), cache) == ((), [4])
    assert check(compose(*whole()), cache) == ((), [])


def test_a_lost_word_in_one_chapter(cache: Cache) -> None:
    book = whole()
    book[2] = chapter(3, '<i class="gone">vanished</i>')
    found, read = check(compose(*book), cache)
    assert [(d.code, d.at) for d in found] == [(Code.LOST_TEXT, Location("a.md", 6))]
    assert read == [4]
    assert check(compose(*book), cache) == (found, [])


def change(laid: Typeset, place: int, pages: Sequence[int]) -> Typeset:
    """Let a chapter show other ones of its pages, or other numbers of them."""
    bound = laid.chapters[place]
    shown = tuple(bound.chapter.pages[n] for n in pages)
    chapter = replace(bound.chapter, pages=shown, digest="spoilt")
    other = replace(
        bound,
        chapter=chapter,
        shifts=tuple(bound.shifts[n] for n in pages),
        furniture=tuple(bound.furniture[n] for n in pages),
    )
    chapters = (*laid.chapters[:place], other, *laid.chapters[place + 1 :])
    return replace(laid, chapters=chapters)


def swap_chapters(laid: Typeset) -> Typeset:
    one, two, *others = laid.chapters
    return replace(laid, chapters=(two, one, *others))


def empty_a_page(laid: Typeset) -> Typeset:
    bound = laid.chapters[1]
    drawing = bound.chapter.drawing
    spoilt = bound.chapter.pages[1].content
    parts = [
        replace(part, payload=zlib.compress(b"q Q")) if number == spoilt else part
        for number, part in enumerate(drawing.parts, 1)
    ]
    chapter = replace(bound.chapter, drawing=replace(drawing, parts=tuple(parts)), digest="spoilt")
    others = laid.chapters
    return replace(laid, chapters=(others[0], replace(bound, chapter=chapter), *others[2:]))


def shift_a_page(laid: Typeset) -> Typeset:
    bound = replace(laid.chapters[1], shifts=(0.0, -400.0))
    return replace(laid, chapters=(laid.chapters[0], bound, *laid.chapters[2:]))


def mistake_a_letter(laid: Typeset) -> Typeset:
    """Let the font say that each w is a v."""
    parts = []
    for part in laid.fonts.parts:
        if part.payload and b"FlateDecode" in part.head:
            content = zlib.decompress(part.payload)
            if b"beginbfchar" in content:
                content = content.replace(b" <0077>", b" <0076>")
                part = replace(part, payload=zlib.compress(content))
        parts.append(part)
    return replace(laid, fonts=replace(laid.fonts, parts=tuple(parts)))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda laid: change(laid, 1, (1, 0)),
        lambda laid: change(laid, 1, (0, 0)),
        swap_chapters,
        empty_a_page,
        shift_a_page,
        mistake_a_letter,
    ],
    ids=["swapped pages", "one page twice", "swapped chapters", "emptied", "shifted", "wrong map"],
)
def test_what_the_linker_spoils_is_found(cache: Cache, spoil: Callable[[Typeset], Typeset]) -> None:
    found, read = check(compose(*whole()), cache, spoil)
    assert read
    assert {d.code for d in found} & {Code.LOST_TEXT, Code.TEXT_OUT_OF_ORDER}


def test_pages_that_the_linker_lost(cache: Cache) -> None:
    def lose(laid: Typeset) -> Typeset:
        return replace(laid, chapters=(laid.chapters[0], *laid.chapters[2:]))

    found, _ = check(compose(*whole()), cache, lose)
    assert [d.message for d in found] == ["the file has 6 pages, and 8 were laid out"]


def test_in_workers_as_in_place(monkeypatch: pytest.MonkeyPatch) -> None:
    book = whole()
    book[1] = chapter(2, '<i class="gone">vanished</i>')
    book[3] = chapter(4, '<i class="gone">gone</i>')
    expected, _ = check(compose(*book), Cache(None))
    assert len(expected) == 2
    monkeypatch.setattr(room, "FEW", 3)
    with Workers(2, 60) as workers:
        found, _ = check(compose(*book), Cache(None), workers=workers)
    assert found == expected


def piece_of(laid: Typeset, passages: Sequence[Passage]) -> list[tuple[int, int]]:
    return [(piece.first, len(piece.labels)) for piece in pieces_of(laid, passages)]


def test_passages_without_a_place_join_their_neighbours() -> None:
    book = compose(*whole())
    laid, known = press(book).value, list(book.passages)
    at = Location("book.toml", 1)
    homeless = Passage("", Kind.TEXT, "Heading of ch1", at)
    assert piece_of(laid, known) == [(0, 2), (2, 2), (4, 2), (6, 2)]
    assert piece_of(laid, [homeless, *known]) == [(0, 2), (2, 2), (4, 2), (6, 2)]
    assert piece_of(laid, [*known[:2], homeless, *known[2:]]) == [(0, 4), (4, 2), (6, 2)]
    beside = replace(homeless, at=known[1].at)
    assert piece_of(laid, [*known[:2], beside, *known[2:]]) == [(0, 2), (2, 2), (4, 2), (6, 2)]
    assert piece_of(laid, [*known[2:], *known[:2]]) == [(0, 8)]


def test_a_file_of_another_shape_is_known_as_a_whole(cache: Cache) -> None:
    book = compose(*whole())
    laid = press(book).value
    pdf = finish_pdf(laid, book, Cache(None)).replace(b"startxref\n", b"startxref \n\n")
    pdf += b"% more behind the end\n"
    first, second = Counting(), Counting()
    assert inspect_pdf(pdf, laid, book.passages, first, cache) == ()
    assert inspect_pdf(pdf, laid, book.passages, second, cache) == ()
    assert (first.read, second.read) == ([0, 2, 4, 6], [])


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_damaged_file_is_of_another_shape_or_names_its_pages(data: st.DataObject) -> None:
    pdf = bytearray(_sound_file())
    for _ in range(data.draw(st.integers(1, 4))):
        pdf[data.draw(st.integers(0, len(pdf) - 1))] = data.draw(st.integers(0, 255))
    with suppress(UnknownShapeError):
        traces = Traces(bytes(pdf))
        assert [traces.page(n) for n in range(len(traces))]
        assert traces.faces


@cache_once
def _sound_file() -> bytes:
    book = compose(*whole())
    return finish_pdf(press(book).value, book, Cache(None))
