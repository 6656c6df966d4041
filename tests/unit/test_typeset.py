import gc
import io
import socket
import warnings
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
import weasyprint

from chapbook.diagnostics import BookError, Code, Outcome
from chapbook.laid import Typeset
from chapbook.model import Matter
from tests.paged_books import CONTENTS, FRONT, ONE, TWO, prose, publication, whole_book
from tests.presses import press as typeset
from tests.presses import print_pdf


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome[Typeset]:
    return typeset(publication(tmp_path_factory.mktemp("book"), *whole_book(6)))


@pytest.fixture(scope="module")
def book(outcome: Outcome[Typeset]) -> Typeset:
    return outcome.value


def test_a_sound_book_gives_no_diagnostics(outcome: Outcome[Typeset]) -> None:
    assert outcome.diagnostics == ()


def test_pages_are_labelled_by_their_matter(book: Typeset) -> None:
    assert [leaf.label for leaf in book.leaves[:5]] == ["i", "ii", "1", "2", "3"]
    assert [leaf.matter for leaf in book.leaves[:4]] == [
        Matter.FRONT,
        Matter.FRONT,
        Matter.BODY,
        Matter.BODY,
    ]
    assert book.leaves[-1].matter is Matter.BACK


def test_a_chapter_that_starts_on_the_right_leaves_a_blank_page(book: Typeset) -> None:
    blank = [leaf for leaf in book.leaves if leaf.is_blank]
    assert blank
    for leaf in blank:
        assert (leaf.matter, leaf.words, leaf.is_recto) == (None, ("", ""), False)


def test_odd_pages_are_rectos(book: Typeset) -> None:
    assert all(leaf.is_recto == (leaf.number % 2 == 1) for leaf in book.leaves)


def test_pages_have_the_size_of_the_trim_in_points(book: Typeset) -> None:
    assert {(leaf.width, leaf.height) for leaf in book.leaves} == {(419.528, 595.276)}


def test_the_words_of_a_page_are_those_of_its_text_alone(book: Typeset) -> None:
    assert book.leaves[0].words == ("A", "Author")
    assert book.leaves[1].words == ("Contents", "3")
    assert book.leaves[-1].words == ("Afterword", "bye.")


def test_anchors_and_blocks_know_their_pages(book: Typeset) -> None:
    assert {name: book.anchors[name] for name in ("title", "one", "two")} == {
        "title": 1,
        "one": 3,
        "two": 5,
    }
    assert book.blocks["one:1"] == (3, 3)
    spans = [last - first for first, last in book.blocks.values()]
    assert max(spans) == 1, "some paragraph of the long chapter runs over a page's end"


def test_a_note_is_found_on_its_page(book: Typeset) -> None:
    assert book.anchors["n1"] == book.blocks["one:n1"][0] == 3


def test_nothing_opens_a_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    hostile = """<section data-matter="body"><h1>x</h1>
    <img src="http://127.0.0.1/a.png" alt="a"><img src="//127.0.0.1/b.png" alt="b">
    <img src="file:///etc/hostname" alt="c"><link rel="stylesheet" href="http://127.0.0.1/c.css">
    <p style="background: url(http://127.0.0.1/d.png)">words</p>
    <svg width="9" height="9"><image href="http://127.0.0.1/e.png" width="9" height="9"/></svg>
    <a rel="attachment" href="http://127.0.0.1/f">g</a>
    <a rel="attachment" href="file:///etc/hostname">h</a></section>"""
    style = """@import url(http://127.0.0.1/i.css);
    @font-face { font-family: J; src: url(http://127.0.0.1/j.ttf) } p { font-family: J }"""
    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    book = replace(publication(tmp_path, hostile), stylesheet=style)
    found = typeset(book).diagnostics
    outside = [d.message for d in found if d.code is Code.FILE_OUTSIDE_BOOK]
    addresses = [f"http://127.0.0.1/{name}" for name in ("a.png", "c.css", "d.png", "e.png")]
    addresses += ["http://127.0.0.1/f", "http://127.0.0.1/i.css", "http://127.0.0.1/j.ttf"]
    addresses += ["file:///etc/hostname", "https://127.0.0.1/b.png"]
    assert sorted(message.rpartition(": ")[0] for message in outside) == sorted(addresses)


def test_markup_that_spills_out_of_its_section_is_named(tmp_path: Path) -> None:
    broken = publication(tmp_path, FRONT, "<section><p>a</section></div><p>b</p>", TWO)
    with pytest.raises(BookError) as caught:
        typeset(broken)
    assert [d.code for d in caught.value.diagnostics] == [Code.TEMPLATE_ERROR]


def test_a_layout_that_fails_names_its_section(tmp_path: Path) -> None:
    deep = '<section id="deep" data-matter="body">' + "<div>" * 900 + "x" + "</div>" * 900
    with pytest.raises(BookError) as caught:
        typeset(publication(tmp_path, FRONT, deep + "</section>"))
    (fault,) = caught.value.diagnostics
    assert fault.code is Code.LAYOUT_FAILED
    assert "recursion" in fault.message


def test_the_collector_runs_again_afterwards(tmp_path: Path) -> None:
    typeset(publication(tmp_path, FRONT))
    assert gc.isenabled()


def test_the_engine_tags_its_own_documents_again_afterwards(tmp_path: Path) -> None:
    typeset(publication(tmp_path, FRONT))
    with warnings.catch_warnings():
        pdf = weasyprint.HTML(string="<html lang=en><p>x").write_pdf(
            pdf_tags=True, uncompressed_pdf=True
        )
    assert b"/StructTreeRoot" in pdf


def test_the_same_book_gives_the_same_bytes(tmp_path: Path) -> None:
    book = publication(tmp_path, FRONT, CONTENTS, ONE, TWO)
    assert typeset(book) == typeset(book)


def test_a_publication_without_a_date_does_not_ask_the_clock(tmp_path: Path) -> None:
    book = publication(tmp_path, FRONT)
    undated = replace(book, metadata=replace(book.metadata, date=""))
    with pikepdf.open(io.BytesIO(print_pdf(undated))) as pdf:
        dates = {str(pdf.docinfo[key]) for key in ("/CreationDate", "/ModDate")}
    assert dates == {"D:20000101"}


def test_pages_of_a_long_chapter_follow_each_other(tmp_path: Path) -> None:
    section = f'<section data-matter="body"><h1>x</h1>{prose(40, "x")}</section>'
    book = typeset(publication(tmp_path, section)).value
    firsts = [book.blocks[f"x:{n}"][0] for n in range(40)]
    assert firsts == sorted(firsts)
    assert firsts[-1] > 5
