"""The notes of a whole book, gathered at its end."""

from dataclasses import replace

from chapbook.compose.book_notes import with_book_notes
from chapbook.compose.markup import parse_fragment
from chapbook.compose.passages import list_passages
from chapbook.model import Book, Division, DivisionKind, Kind, Matter, Passage
from tests.compose_books import AT, book, call, chapter, english, note


def two_chapters() -> Book:
    one = chapter(
        "one",
        f'<p data-block="1">a{call("x")}b{call("y")}c{call("x")}</p>'
        '<p data-block="2"><a href="book:one#note x">note 1</a></p>',
        notes=(
            note("x", 1, f'<p data-block="note-x" id="here">X {call("y")}</p>'),
            note("y", 2, '<p data-block="note-y"><a href="book:one#here">Y</a></p>'),
        ),
    )
    passages = (
        Passage("1", Kind.TEXT, "abc", AT),
        Passage("note-x", Kind.NOTE, "X", AT),
        Passage("note-y", Kind.NOTE, "Y", AT),
    )
    two = chapter("two", f"<p>{call('x')}</p>", notes=(note("x", 1, "<p>Z</p>"),))
    page = Division("colophon", DivisionKind.PAGE, Matter.BACK, "colophon", "Colophon")
    return book(replace(one, passages=passages), two, replace(page, page="colophon"))


def test_a_division_of_their_own_has_them_by_chapter_before_the_made_pages() -> None:
    whole = with_book_notes(two_chapters(), english())
    assert [division.id for division in whole.divisions] == ["one", "two", "endnotes", "colophon"]
    assert not any(division.notes for division in whole.divisions)
    groups = list(parse_fragment(whole.divisions[2].xhtml))
    words = [["".join(row.itertext()) for row in group[1]] for group in groups]
    assert words == [["1 X 2 ↩2", "2 Y ↩2"], ["1 Z"]]


def test_calls_and_notes_lead_to_each_other() -> None:
    one, _, notes, _ = with_book_notes(two_chapters(), english()).divisions
    calls = [(a.get("href"), a.get("id"), a.text) for a in parse_fragment(one.xhtml).iter("a")]
    assert calls == [
        ("book:endnotes#note-one-1", "call-1", "1"),
        ("book:endnotes#note-one-2", "call-2", "2"),
        ("book:endnotes#note-one-1", "call-1-2", "1"),
        ("book:endnotes#note-one-1", None, "note 1"),
    ]
    rows = [row for row in parse_fragment(notes.xhtml).iter("li")]
    ways = [[a.get("href") for a in row.iter("a")] for row in rows[:2]]
    assert [ways[0][0], ways[0][-1]] == ["book:one#call-1", "book:one#call-1-2"]
    assert "book:endnotes#one-here" in ways[1]


def test_every_word_is_still_to_be_shown() -> None:
    before = two_chapters()
    after = with_book_notes(before, english())
    listed = [list_passages(one.settings, one.divisions) for one in (before, after)]
    texts = [sorted(p.text for p in passages if p.text != "Notes") for passages in listed]
    assert texts[0] == texts[1]
    assert "endnotes:one.note-x" in {passage.block for passage in listed[1]}


def test_a_book_without_notes_stays_as_it_is() -> None:
    plain = book(chapter("one", "<p>a</p>"))
    assert with_book_notes(plain, english()) is plain
