"""Notes, on paper and on screens."""

from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chapbook.compose.markup import parse_fragment
from chapbook.compose.notes import EpubNotes, PagedNotes, extent, fits_a_page_foot
from chapbook.compose.places import EpubPlaces, PagedPlaces
from chapbook.compose.rewriting import Rewriter
from chapbook.model import Division
from chapbook.print_shop import TRIMS
from chapbook.scholarship import NotePlace
from tests.compose_books import ONE, book, call, chapter, english, note


def paged(division: Division, trim: str = "a5", place: NotePlace = NotePlace.FOOT) -> Rewriter:
    places = PagedPlaces(book(division))
    notes = PagedNotes(division, places, english(), TRIMS[trim], place)
    return Rewriter(division, places, notes, str, keep_blocks=True)


def epub(division: Division, place: NotePlace = NotePlace.FOOT) -> Rewriter:
    places = EpubPlaces(book(division), {division.id: "c.xhtml", "two": "2.xhtml"})
    notes = EpubNotes(division, places, english(), place)
    return Rewriter(division, places, notes, str, False)


def tree(xhtml: str) -> Element:
    return parse_fragment(xhtml)


def chapter_with(*blocks: str, body: str = "") -> Division:
    notes = tuple(note(f"n{i}", i, block) for i, block in enumerate(blocks, 1))
    body = body or "<p>" + "".join(f"w{call(n.key)}" for n in notes) + "</p>"
    return chapter("c", body, notes=notes)


def test_a_short_note_stands_at_the_foot_of_its_page() -> None:
    division = chapter_with('<p data-block="2">One <em>note</em>.</p><p data-block="3">B.</p>')
    rewriter = paged(division)
    assert rewriter.rewrite(division.xhtml) == (
        '<p>w<span class="footnote" id="c--note-1" data-number="1">'
        '<span class="p" data-block="c:2">One <em>note</em>.</span>'
        '<span class="p" data-block="c:3">B.</span></span></p>'
    )
    assert rewriter.end_notes() == ""


def test_a_second_call_leads_to_the_same_note() -> None:
    division = chapter_with("<p>A.</p>", body=f"<p>{call('n1')}</p><p>{call('n1')}</p>")
    second = tree(paged(division).rewrite(division.xhtml))[1][0]
    assert (second.get("href"), second.text) == ("#c--note-1", "1")
    link = tree(epub(division).rewrite(division.xhtml))[1][0][0]
    assert (link.get("href"), link.text, link.get("id")) == ("#note-1", "1", "call-1-2")


def test_a_note_leads_back_to_each_of_its_calls() -> None:
    division = chapter_with("<p>A.</p>", body=f"<p>{call('n1')}</p><p>{call('n1')}</p>")
    for place in (NotePlace.FOOT, NotePlace.CHAPTER):
        rewriter = epub(division, place)
        rewriter.rewrite(division.xhtml)
        links = [a.get("href") for a in tree(rewriter.end_notes()).iter("a")]
        assert links == ["#call-1", "#call-1-2"]


def test_notes_at_the_chapters_end_are_a_list_in_either_edition() -> None:
    division = chapter_with("<p>A.</p>", "<ul><li>b</li></ul>")
    for rewriter in (paged(division, place=NotePlace.CHAPTER), epub(division, NotePlace.CHAPTER)):
        rewriter.rewrite(division.xhtml)
        section = tree(rewriter.end_notes())[0]
        assert section.get("class") == "endnotes"
        assert [row.get("value") for row in section.iter("li") if row.get("value")] == ["1", "2"]
        assert ["".join(row.itertext()) for row in section[1]] == ["1 A.", "2 b"]


def test_a_note_beside_the_text_stands_with_its_call() -> None:
    division = chapter_with("<p>One.</p><p>Two.</p>")
    rewriter = paged(division, place=NotePlace.SIDE)
    (side,) = tree(rewriter.rewrite(division.xhtml))[0]
    mark, note = side
    assert (side.get("class"), mark.get("href"), mark.get("id")) == (
        "side", "#c--note-1", "c--call-1",
    )  # fmt: skip
    assert (note.get("class"), note.get("id"), note[0].get("href")) == (
        "sidenote", "c--note-1", "#c--call-1",
    )  # fmt: skip
    assert [p.text for p in note[1]] == ["One.", "Two."]
    assert rewriter.end_notes() == ""


def test_beside_the_text_are_no_more_notes_than_the_text_has_room_for() -> None:
    blocks = [f"<p>{'word ' * 60}</p>"] * 4
    for words, beside in ((5, 1), (400, 4)):
        body = "".join(
            f'<p data-block="{n}">{"text " * words}{call(f"n{n}")}</p>' for n in range(1, 5)
        )
        rewriter = paged(chapter_with(*blocks, body=body), place=NotePlace.SIDE)
        made = rewriter.rewrite(body)
        assert made.count('class="sidenote"') == beside
        assert rewriter.end_notes().count("<li") == 4 - beside


@pytest.mark.parametrize(
    "block",
    [
        f"<p>{'word ' * 200}</p>",
        "<p>" + "日本語" * 120 + "</p>",
        "<ul><li>A</li></ul>",
        "<pre>x</pre>",
        "<p>a</p><table><tr><td>b</td></tr></table>",
        '<p><img src="asset:a.png" alt="b"/></p>',
        "",
    ],
    ids=["long", "long-japanese", "list", "code", "table", "image", "empty"],
)
def test_what_may_not_fit_goes_to_the_end_of_the_chapter(block: str) -> None:
    division = chapter_with("<p>Short.</p>", block)
    rewriter = paged(division)
    body = tree(rewriter.rewrite(division.xhtml))
    assert body[0][0].get("data-number") == "1"
    assert (body[0][1].text, body[0][1].get("href")) == ("2", "#c--note-2")
    section = tree(rewriter.end_notes())[0]
    assert (section.get("class"), section[0].text) == ("endnotes", "Notes")
    assert [row.get("value") for row in section[1]] == ["2"]


@pytest.mark.parametrize(
    "place", ["<h2>w{}</h2>", "<table><thead><tr><th>{}</th></tr></thead></table>"]
)
def test_no_footnote_hangs_on_a_heading_or_a_tables_head(place: str) -> None:
    division = chapter_with("<p>Short.</p>", body=place.format(call("n1")))
    rewriter = paged(division)
    assert "footnote" not in rewriter.rewrite(division.xhtml)
    assert "Short." in rewriter.end_notes()


def test_a_note_with_a_call_in_it_never_holds_another_footnote() -> None:
    division = chapter_with(
        f"<p>Outer{call('n2')}</p>", "<p>Inner.</p>", body=f"<p>{call('n1')}</p>"
    )
    for rewriter, mark in ((paged(division), "li"), (epub(division), "aside")):
        rewriter.rewrite(division.xhtml)
        notes = tree(rewriter.end_notes())
        assert len(list(notes.iter(mark))) == 2
        assert "".join(notes.itertext()).count("Inner.") == 1


def test_a_note_that_calls_itself_ends() -> None:
    division = chapter_with(f"<p>Me{call('n1')}</p>")
    for rewriter in (paged(division), epub(division)):
        rewriter.rewrite(division.xhtml)
        assert rewriter.end_notes().count("Me") == 1


def test_a_larger_page_holds_a_longer_note() -> None:
    division = chapter_with(f"<p>{'word ' * 180}</p>")
    assert "footnote" not in paged(division).rewrite(division.xhtml)
    assert "footnote" in paged(division, "a4").rewrite(division.xhtml)
    assert "footnote" not in paged(division, "a6").rewrite(division.xhtml)


def test_a_paragraph_full_of_long_notes_keeps_only_some_at_its_foot() -> None:
    blocks = [f"<p>{'word ' * 100}</p>"] * 9
    for parted, feet in ((False, 3), (True, 9)):
        between = '</p><p data-block="2">' if parted else ""
        calls = between.join(call(f"n{n}") for n in range(1, 10))
        division = chapter_with(*blocks, body=f'<p data-block="1">{calls}</p>')
        rewriter = paged(division)
        assert rewriter.rewrite(division.xhtml).count('class="footnote"') == feet
        assert rewriter.end_notes().count("<li") == 9 - feet


def test_a_call_without_a_note_leaves_no_trace() -> None:
    division = chapter("c", f"<p>a{call('gone')}b</p>")
    for rewriter in (paged(division), epub(division)):
        assert rewriter.rewrite(division.xhtml) == "<p>a<span />b</p>"


def test_an_ereader_finds_the_note_and_the_way_back() -> None:
    division = chapter_with("<p>A <b>b</b>.</p>", "<ul><li>c</li></ul>")
    rewriter = epub(division)
    body = rewriter.rewrite(division.xhtml)
    assert (
        '<sup class="note-call"><a epub:type="noteref" role="doc-noteref" href="#note-1" '
        'id="call-1">1</a></sup>'
    ) in body
    asides = tree(rewriter.end_notes())[0]
    for number, aside in enumerate(asides, 1):
        assert aside.tag == "aside"
        assert aside.get("id") == f"note-{number}"
        assert aside.get("role") == "doc-footnote"
        back = aside[0][0]
        assert (back.get("href"), back.text) == (f"#call-{number}", str(number))
        assert aside[0].text is None
    assert "".join(asides[0].itertext()) == "1 A b."


def test_every_note_of_a_chapter_is_set_once_in_either_edition() -> None:
    for rewriter in (paged(ONE), epub(ONE)):
        whole = rewriter.rewrite(ONE.xhtml) + rewriter.end_notes()
        for words in ("Twice.", "In a head.", "Inside."):
            assert whole.count(words) == 1
        ids = [e.get("id") for e in tree(whole).iter() if e.get("id")]
        assert len(ids) == len(set(ids))


@given(
    st.lists(st.text("ab 日", min_size=1, max_size=30), min_size=1, max_size=3), st.integers(0, 90)
)
def test_the_measure_of_a_note_is_that_of_its_words(texts: list[str], longest: int) -> None:
    blocks = tree("".join(f"<p>{text}</p>" for text in texts))
    assert fits_a_page_foot(blocks, longest) == (extent("".join(texts)) <= longest)
