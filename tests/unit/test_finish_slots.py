"""What is kept of a linked book from build to build, and how large a book may be."""

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2

from chapbook.cache import Cache
from chapbook.laid import Closed, LaidChapter, Mark, Typeset
from chapbook.settings import Edition
from tests.laid_books import book, chapter, element, furniture
from tests.linked_files import linked, opened


def made(cache: Cache, laid: Typeset, edition: Edition = Edition.SCREEN) -> dict[str, int]:
    """Link a book; give how many of each kind had to be made."""
    before = dict(cache.made)
    assert linked(laid, edition, cache) == linked(laid, edition, Cache(None))
    return {kind: count - before.get(kind, 0) for kind, count in cache.made.items()}


def many(edit: str = "", at: int = 4) -> list[LaidChapter]:
    return [
        chapter(f"c{number}", ["# Head", "Words" + edit * (number == at), "> #c1 To it", "! R"])
        for number in range(8)
    ]


def test_nothing_is_made_twice() -> None:
    cache = Cache(None)
    assert made(cache, book(*many())) == {"measure": 8, "slot": 8}
    assert made(cache, book(*many())) == {"measure": 0, "slot": 0}


def test_an_edit_makes_one_chapter_anew() -> None:
    cache = Cache(None)
    made(cache, book(*many()))
    assert made(cache, book(*many(" and more"))) == {"measure": 1, "slot": 1}


def test_furniture_makes_no_chapter_anew() -> None:
    cache = Cache(None)
    made(cache, book(*many()))
    assert made(cache, book(*many(), heads=[furniture("Head")])) == {"measure": 0, "slot": 0}


def test_a_heading_before_makes_no_chapter_anew() -> None:
    cache = Cache(None)
    chapters = many()
    made(cache, book(*chapters))
    chapters[3] = chapter("c3", ["# Head", "## Words"])
    assert made(cache, book(*chapters)) == {"measure": 1, "slot": 1}


def test_an_anchor_lost_makes_those_anew_that_lead_there() -> None:
    cache = Cache(None)
    chapters = [*many(), chapter("end", ["# End"])]
    made(cache, book(*chapters))
    chapters[1] = chapter("other", ["# Other"])
    assert made(cache, book(*chapters)) == {"measure": 8, "slot": 8}


def test_the_cache_on_disk_gives_the_same_file(tmp_path: Path) -> None:
    laid = book(*many())
    first = linked(laid, cache=Cache(tmp_path))
    again = Cache(tmp_path)
    assert linked(laid, cache=again) == first
    assert again.made == {}


def test_a_thousand_chapters_fit() -> None:
    chapters = [chapter(f"c{n}", [f"# {n}", "Words"], ["More"], ["! R"]) for n in range(1000)]
    pdf = linked(book(*chapters))
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == 3000
    assert "999" in document[2997].get_textpage().get_text_bounded()
    with pikepdf.open(io.BytesIO(pdf)) as read:
        assert read.check_pdf_syntax() == []
        assert int(read.trailer.Size) < 4_194_304


def test_a_chapter_may_have_more_elements_than_one_stream_can_hold() -> None:
    text = element("p", Mark(1, 0))
    body = element("body", element("section", *[replace(text) for _ in range(70_000)]))
    with opened(
        book(replace(chapter("long", ["Words"]), digest="long", body=Closed.of(body)))
    ) as pdf:
        assert len(pdf.Root.StructTreeRoot.K.K[0].K) == 70_000
        assert pdf.check_pdf_syntax() == []
