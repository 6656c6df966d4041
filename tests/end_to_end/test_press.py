"""Chapters laid out apart and linked are the book as it is in one piece."""

from contextlib import nullcontext
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from chapbook.cache import Cache
from chapbook.compose import compose_paged
from chapbook.diagnostics import Code
from chapbook.finish import finish_pdf
from chapbook.publication import PagedPublication
from chapbook.settings import Edition
from chapbook.typeset import doors, typeset
from chapbook.typeset.apart import typeset_apart
from chapbook.typeset.galley import chapter, hooks
from chapbook.typeset.galley.chapter import lay_out
from chapbook.typeset.task import Task, chapter_tasks, make_sheet
from chapbook.workers import Fallen, Workers
from tests import compose_books
from tests.compose_books import FOLDERS, english
from tests.likeness import differences
from tests.paged_books import CONTENTS, FRONT, ONE, STYLE, TWO, publication, whole_book
from tests.presses import InPlace
from tests.pressing import apart, told, whole
from tests.random_books import RandomBook, books

# Notes are counted through the book by default, which asks for the book in one piece.
APART = STYLE + '::footnote-call { content: "*" } ::footnote-marker { content: "* " }'
SEVERAL = settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


class Counting(Cache):
    """A memory that counts the chapters laid out since it was last asked."""

    def __init__(self, folder: Path | None = None) -> None:
        super().__init__(folder)
        self._before = 0

    def laid_out(self) -> int:
        before, self._before = self._before, self.made.get("chapter", 0)
        return self._before - before


def pdf_of(book: PagedPublication, cache: Cache) -> bytes:
    return finish_pdf(typeset_apart(book, InPlace(), cache).value, book, cache)


def linked(book: PagedPublication) -> bytes:
    return finish_pdf(apart(book), book, Cache(None))


@pytest.mark.parametrize("edition", [Edition.SCREEN, Edition.PRINT])
def test_the_house_theme_is_the_same(tmp_path: Path, edition: Edition) -> None:
    book = compose_paged(compose_books.whole_book(tmp_path), edition, FOLDERS, english()).value
    assert len(apart(book).chapters) > 1
    assert differences(linked(book), finish_pdf(whole(book), book, Cache(None))) == []


def test_a_book_of_all_kinds_of_content_is_the_same(tmp_path: Path) -> None:
    book = publication(tmp_path, *whole_book(6), style=APART)
    assert len(apart(book).chapters) > 1
    assert differences(linked(book), finish_pdf(whole(book), book, Cache(None))) == []


@given(drawn=books())
@SEVERAL
def test_a_random_book_is_the_same(tmp_path: Path, drawn: RandomBook) -> None:
    book = drawn.publish(tmp_path)
    in_one_piece = finish_pdf(told(book, whole(book)), book, Cache(None))
    assert differences(linked(book), in_one_piece) == []


def test_a_memory_does_not_show(tmp_path: Path) -> None:
    book = publication(tmp_path, *whole_book(6), style=APART)
    edited = replace(
        book,
        sections=(
            *book.sections[:3],
            replace(book.sections[3], html=book.sections[3].html.replace("試験", "検査")),
            *book.sections[4:],
        ),
    )
    cache = Counting(tmp_path / "cache")
    assert pdf_of(book, cache) == linked(book)
    cache.laid_out()
    assert pdf_of(edited, cache) == linked(edited)
    assert cache.laid_out() == 1
    assert pdf_of(book, Counting(tmp_path / "cache")) == linked(book)


def test_workers_do_not_show(tmp_path: Path) -> None:
    book = publication(tmp_path, *whole_book(6), style=APART)
    with Workers(2, 300.0) as workers:
        made = typeset_apart(book, workers, Cache(None)).value
    assert made == apart(book)


def test_a_chapter_that_only_changes_sides_is_not_laid_out_again(tmp_path: Path) -> None:
    extra = '<section id="more" data-matter="body"><h1>More</h1><p>A page.</p></section>'
    style = APART.replace("break-before: recto;", "break-before: page;")
    book = publication(tmp_path, FRONT, ONE, TWO, style=style)
    longer = publication(tmp_path, FRONT, ONE, extra, TWO, style=style)
    cache = Counting()
    pdf_of(book, cache)
    cache.laid_out()
    again = pdf_of(longer, cache)
    assert again == linked(longer)
    # The new one, and its neighbours, whose style rules may look at it.
    assert cache.laid_out() <= 3


def test_numbers_that_do_not_come_to_rest_are_told(tmp_path: Path) -> None:
    """The first chapter is longer by turns, and tells where the last stands."""
    style = APART + (
        "section { break-before: page }.far::after { content: target-counter(attr(href), page) }"
    )
    front = '<section id="a" data-matter="body"><p><a class="far" href="#z">to</a></p></section>'
    end = '<section id="z" data-matter="body"><p>end</p></section>'
    book = publication(tmp_path, front, end, style=style)
    turns = count()

    def restless(task: Task) -> object:
        laid = lay_out(task)
        if task.sections[0].id == "s0" and next(turns) % 2:
            (page,) = laid.pages
            laid = replace(laid, pages=(page, replace(page, folio=page.folio + 1)))
        return laid

    class Restless(InPlace):
        def each(self, task, items, in_place=True, keep=None, meanwhile=None):  # type: ignore[no-untyped-def]
            is_layout = task is doors.try_to_lay_out
            return super().each(restless if is_layout else task, items, in_place, keep, meanwhile)

    found = typeset_apart(book, Restless(), Cache(None)).diagnostics
    assert Code.PAGES_UNSETTLED in {one.code for one in found}


def test_a_chapter_that_brings_its_worker_down_is_set_plainly(tmp_path: Path) -> None:
    book = publication(tmp_path, FRONT, CONTENTS, ONE, TWO, style=APART)

    class Falling(InPlace):
        def each(self, task, items, in_place=True, keep=None, meanwhile=None):  # type: ignore[no-untyped-def]
            results = super().each(task, items, in_place, keep, meanwhile)
            return [
                Fallen("died")
                if isinstance(item, Task) and item.sections[0].id == "s2" and not item.is_plain
                else result
                for item, result in zip(items, results, strict=True)
            ]

    outcome = typeset_apart(book, Falling(), Cache(None))
    codes = [found.code for found in outcome.diagnostics]
    assert codes.count(Code.PLAIN_LAYOUT) >= 1
    assert "one" in outcome.value.anchors


def test_an_unknown_engine_does_all_of_it_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = publication(tmp_path, FRONT, CONTENTS, ONE, TWO, style=APART)
    monkeypatch.setitem(hooks.HOOKS, "weasyprint.layout:make_margin_boxes", ("other",))
    outcome = typeset(book, InPlace(), Cache(None))
    assert next(found.code for found in outcome.diagnostics) == Code.PLAIN_LAYOUT
    assert finish_pdf(outcome.value, book, Cache(None)).startswith(b"%PDF-")
    assert len(outcome.value.leaves) == len(whole(book).leaves)


def test_the_quicker_parts_give_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = publication(tmp_path, *whole_book(6), style=APART)
    faces = tmp_path / "faces"
    faces.mkdir()
    tasks = chapter_tasks(book, make_sheet(book), faces, is_far=False)
    quick = [lay_out(task) for task in tasks]
    monkeypatch.setattr(chapter, "quickened", nullcontext)
    assert [lay_out(task) for task in tasks] == quick


def test_an_entry_that_was_tampered_with_is_made_anew(tmp_path: Path) -> None:
    book = publication(tmp_path, FRONT, CONTENTS, ONE, TWO, style=APART)
    folder = tmp_path / "cache"
    expected = pdf_of(book, Cache(folder))
    for kind in ("chapter", "font", "furnished", "slot"):
        files = sorted(path for path in (folder / kind).rglob("*") if path.is_file())
        for file in files:
            content = file.read_bytes()
            file.write_bytes(content[: len(content) // 2] + b"x" + content[len(content) // 2 + 1 :])
        assert pdf_of(book, Cache(folder)) == expected, kind
