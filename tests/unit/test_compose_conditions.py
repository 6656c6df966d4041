"""An edition shows what is for it: its passages, notes, entries and pages, and nothing else."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chapbook.compose.conditions import book_for
from chapbook.compose.index_cut import cut_index
from chapbook.compose.page_shift import shift_pages
from chapbook.compose.passages import list_passages
from chapbook.conditions import END, sign_of, words_for
from chapbook.diagnostics import Location
from chapbook.laid import PageStart, PrintedPages
from chapbook.model import Book, Kind, Passage
from chapbook.parse import parse_source
from chapbook.resolve import resolve_book
from chapbook.settings import Edition
from tests.book_folder import Folder
from tests.compose_books import chapter, english

TEXT = """# One [on paper]{.only-print}

Both [print words]{.only-print}[screen words]{.only-screen .only-epub} end[^a][[^b]]{.only-print}.

[^a]: Note a.
[^b]: Note b.

!!! only print
    ## Paper

    Print block.

    ![A plan.](p.svg "Plan."){: #plan }

!!! only epub screen
    ## Glass

    Screen block.

Last ![leaf](l.svg){: .only-epub } words.
"""


def book_of(tmp_path: Path, text: str = TEXT) -> Book:
    """Read, parse and resolve a book of one chapter."""
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1" width="1" height="1"/>'
    folder = Folder(tmp_path)
    folder.write({"a.md": text, "p.svg": svg, "l.svg": svg})
    manuscript, findings = folder.read()
    outcomes = {s.path: parse_source(s, "en") for s in manuscript.sources}
    resolved = resolve_book(manuscript, {p: o.value for p, o in outcomes.items()}, english())
    assert (*findings, *resolved.diagnostics, *outcomes["a.md"].diagnostics) == ()
    return resolved.value


def said(book: Book, edition: Edition) -> list[str]:
    """Give the passages of the chapter that an edition shows."""
    shown = book_for(book, edition)
    passages = list_passages(shown.settings, shown.divisions)
    return [p.text.replace("\ufffc", "") for p in passages if p.at.path == "a.md"]


def test_print_shows_what_is_for_print(tmp_path: Path) -> None:
    assert said(book_of(tmp_path), Edition.PRINT) == [
        "One on paper", "Both print words end.", "Paper", "Print block.", "A plan.", "Plan.",
        "Last words.", "Note a.", "Note b.",
    ]  # fmt: skip


def test_the_ebook_shows_what_is_for_it(tmp_path: Path) -> None:
    assert said(book_of(tmp_path), Edition.EPUB) == [
        "One", "Both screen words end.", "Glass", "Screen block.", "Last  words.", "leaf",
        "Note a.",
    ]  # fmt: skip


def test_titles_entries_notes_and_images_go_too(tmp_path: Path) -> None:
    book = book_of(tmp_path)
    epub, paper = book_for(book, Edition.EPUB), book_for(book, Edition.BOOKLET)
    for shown, title, section, figures, image in (
        (epub, "One", "Glass", 0, "l.svg"),
        (paper, "One on paper", "Paper", 1, "p.svg"),
    ):
        (entry,) = shown.contents
        assert (entry.title, [each.title for each in entry.children]) == (title, [section])
        assert len(shown.figures) == figures
        assert list(shown.assets) == [image]
        assert shown.divisions[-1].title == title
        assert "only-" not in shown.divisions[-1].xhtml
    assert [note.key for note in epub.divisions[-1].notes] == ["a"]


def test_no_heading_is_empty(tmp_path: Path) -> None:
    text = "# [T]{.only-print}\n\na\n\n## [b]{.only-print}\n\nc\n\n## d [e]{.only-print}\n\nf\n"
    shown = book_for(book_of(tmp_path, text), Edition.EPUB)
    (entry,) = shown.contents
    assert (entry.title, [each.title for each in entry.children]) == ("T", ["d"])
    assert shown.divisions[-1].title_xhtml == "T"
    assert shown.divisions[-1].xhtml.count("<h2") == 1


def test_a_book_without_conditions_is_left_as_it_is(tmp_path: Path) -> None:
    book = book_of(tmp_path, "# One\n\nText, and only-print as a word.\n")
    assert said(book, Edition.PRINT) == said(book, Edition.EPUB)


@pytest.mark.parametrize(
    ("before", "expected"),
    [(0, 0), (4, 4), (6, 4), (14, 15), (16, 17)],
)
def test_a_page_begins_where_it_does_on_paper(tmp_path: Path, before: int, expected: int) -> None:
    book = book_of(tmp_path)
    division = book.divisions[-1]
    block = next(p.block for p in division.passages if p.text.startswith("Both"))
    start = PageStart(division.id, block=f"{division.id}:{block}", before=before)
    pages = PrintedPages(Edition.PRINT, (("1", start),))
    shifted = shift_pages(pages, book, Edition.EPUB)
    assert shifted is not None
    assert shifted.pages[0][1].before == expected


def test_a_page_that_begins_in_what_is_gone_begins_with_what_follows(tmp_path: Path) -> None:
    book = book_of(tmp_path)
    division = book.divisions[-1]
    blocks = {p.text: f"{division.id}:{p.block}" for p in division.passages}
    gone = PageStart(division.id, block=blocks["Print block."], before=3)
    picture = PageStart(division.id, picture=1, next_block=blocks["Plan."])
    pages = PrintedPages(Edition.PRINT, (("1", gone), ("2", picture)))
    shifted = shift_pages(pages, book, Edition.EPUB)
    assert shifted is not None
    assert [(s.block, s.before, s.picture) for _, s in shifted.pages] == [
        (blocks["Glass"], 0, 0),
        (blocks["Glass"], 0, 0),
    ]


WORDS = st.lists(st.sampled_from(["a", "bc", "é", "日"]), max_size=4).map(" ".join)
EDITIONS = st.sets(st.sampled_from([Edition.PRINT, Edition.SCREEN, Edition.EPUB]))
PARTS = st.lists(st.tuples(EDITIONS, WORDS), max_size=5)


@given(PARTS, st.sampled_from([Edition.PRINT, Edition.SCREEN, Edition.EPUB]))
@settings(max_examples=60, deadline=None)
def test_words_for_an_edition_are_those_marked_for_it(
    parts: list[tuple[set[Edition], str]], edition: Edition
) -> None:
    text = " ".join(f"x {sign_of(editions)}{words}{END}" for editions, words in parts)
    expected = " ".join(f"x {words if edition in editions else ''}" for editions, words in parts)
    assert words_for(text, edition).split() == expected.split()


def test_a_link_to_what_an_edition_leaves_out_is_found(tmp_path: Path) -> None:
    text = (
        "# One\n\n!!! only print\n    ## A\n\n    See [](#a), [](#b)[^n].\n\n[^n]: And [](#a).\n\n"
        "!!! only epub\n    ## B\n\n    [here](#b)\n\n[](#a) and [](#c)\n\n## C\n"
    )
    folder = Folder(tmp_path)
    folder.write({"a.md": text})
    manuscript, _ = folder.read()
    chapters = {s.path: parse_source(s, "en").value for s in manuscript.sources}
    found = resolve_book(manuscript, chapters, english()).diagnostics
    said_at = [(str(d.at), d.message.rpartition("edition ")[2]) for d in found]
    assert said_at == [("a.md:6:20", "print"), ("a.md:15:4", "epub and screen")]


def test_an_index_leaves_out_what_leads_nowhere() -> None:
    def entry(block: str, *led: str) -> str:
        term = f'<p data-block="{block}"><span class="index-term">{block}</span>'
        return f'<li class="index-entry">{term}, {"; ".join(led)}</p></li>'

    here, gone = (f'<a class="locator" href="book:a#{name}">A</a>' for name in ("here", "gone"))
    kept = entry("k", here) + entry("r", gone, 'see <a class="see" href="#x">X</a>')
    xhtml = f'<div class="index-group"><ul class="index-entries">{kept}%s</ul></div>'
    passages = tuple(Passage(n, Kind.TEXT, n, Location("a.md")) for n in "krg")
    division = chapter("index", xhtml % entry("g", gone), passages=passages)
    cut = cut_index(division, {"book:a#gone"})
    assert cut.xhtml == xhtml % ""
    assert [one.block for one in cut.passages] == ["k", "r"]
    assert cut_index(division, {"book:a#none"}) is division
