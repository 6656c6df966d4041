"""Numbers, names, links and images of the whole book are settled."""

from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chapbook.diagnostics import Code, Diagnostic, Location
from chapbook.model import (
    Asset,
    Book,
    Caption,
    CaptionKind,
    Chapter,
    Heading,
    Image,
    Link,
    Manuscript,
    Matter,
    PartHead,
    Place,
)
from chapbook.resolve import resolve_book
from chapbook.resolve.divisions import letters, roman, slug
from chapbook.resolve.spelling import nearest
from chapbook.resolve.tags import TAG, read_tag
from chapbook.settings import BookSettings, FrontMatter, Numbering
from chapbook.words import read_words

WORDS = read_words((Path(__file__).parents[2] / "templates",), "en")
RUNNING = Numbering()
PICTURE = Asset("images/a.svg", Path("/x/a.svg"), "image/svg+xml", "0", 1)


def chapter(source: str, xhtml: str = "", **facts: object) -> Chapter:
    links = tuple(
        Link(piece.split('"')[0], Location(source, n))
        for n, piece in enumerate(xhtml.split('href="')[1:], 1)
    )
    images = tuple(
        Image(piece.split('"')[0], "", Location(source, n))
        for n, piece in enumerate(xhtml.split('src="')[1:], 1)
    )
    plain = Chapter(
        source, FrontMatter(), "top", source.title(), source.title(), xhtml, Location(source, 1)
    )
    return replace(plain, links=links, images=images, **facts)  # type: ignore[arg-type]


def resolve(
    *chapters: Chapter,
    parts: tuple[int | None, ...] = (),
    numbering: Numbering = RUNNING,
    matter: Matter = Matter.BODY,
) -> tuple[Book, tuple[Diagnostic, ...]]:
    inside = parts or (None,) * len(chapters)
    manuscript = Manuscript(
        BookSettings("T", numbering=numbering),
        tuple(Place(matter, c.source, part=p) for c, p in zip(chapters, inside, strict=True)),
        tuple(PartHead(f"Part {n}", "", None) for n in range(3)),
        (),
        {PICTURE.path: PICTURE},
    )
    outcome = resolve_book(manuscript, {c.source: (c,) for c in chapters}, WORDS)
    return outcome.value, outcome.diagnostics


def labels(book: Book) -> list[tuple[str, str]]:
    return [(division.id, division.label) for division in book.divisions]


def test_chapters_run_on_across_parts() -> None:
    book, _ = resolve(chapter("a.md"), chapter("b.md"), chapter("c.md"), parts=(0, 0, 1))
    assert labels(book) == [
        ("part-1", "I"),
        ("a", "1"),
        ("b", "2"),
        ("part-2", "II"),
        ("c", "3"),
    ]
    assert [d.part for d in book.divisions] == ["", "part-1", "part-1", "", "part-2"]


def test_chapters_restart_where_the_book_asks() -> None:
    numbering = Numbering(restart_chapters=True)
    book, _ = resolve(chapter("a.md"), chapter("b.md"), parts=(0, 1), numbering=numbering)
    assert [label for _, label in labels(book)] == ["I", "1", "II", "1"]


def test_an_unnumbered_chapter_takes_no_number() -> None:
    plain = chapter("a.md", front_matter=FrontMatter(numbered=False))
    book, _ = resolve(plain, chapter("b.md"))
    assert labels(book) == [("a", ""), ("b", "1")]


def test_appendices_have_letters_where_the_book_or_the_chapter_asks() -> None:
    names = ("appendix-a.md", "glossary.md", "appendix-b.md")
    numbering = Numbering(appendices=True)
    book, _ = resolve(*map(chapter, names), numbering=numbering, matter=Matter.BACK)
    assert [label for _, label in labels(book)] == ["A", "", "B"]
    assert [entry.kind for entry in book.contents] == ["appendix", "chapter", "appendix"]
    own = chapter("tools.md", front_matter=FrontMatter(appendix=True))
    named = chapter("one.md", '<a href="tools.md"></a>')
    book, _ = resolve(named, own, chapter("two.md"))
    assert labels(book) == [("one", "1"), ("tools", "A"), ("two", "2")]
    assert "Appendix A" in book.divisions[0].xhtml
    plain, _ = resolve(chapter("appendix.md"), matter=Matter.BACK)
    assert labels(plain) == [("appendix", "")]


def test_letters_go_on_after_z() -> None:
    assert [letters(n) for n in (1, 26, 27, 52, 53, 702, 703)] == [
        *("A", "Z", "AA", "AZ", "BA", "ZZ", "AAA")
    ]


def test_contents_and_pages_for_notes_stand_where_they_are_asked_for() -> None:
    asked = (
        '<div id="x" data-directive="contents" data-argument="short" data-at="3:1"></div>'
        '<div class="wide" data-directive="notes page" data-at="5:1"></div>'
    )
    section = Heading(2, "cut", "Cut &amp; dry", "Cut &amp; <em>dry</em>", Location("b.md", 3))
    full = '<div data-directive="contents" data-argument="full" data-at="3:1"></div>'
    book, _ = resolve(chapter("a.md", asked), chapter("b.md", full, headings=(section,)))
    short, whole = (division.xhtml for division in book.divisions)
    assert short.startswith('<div class="contents-here" id="x"><ol class="entries">')
    assert short.count("<li") == 2
    assert 'href="book:b"' in short
    assert '<div class="notes-page wide"><p class="heading">Notes</p>' in short
    assert 'href="book:b#cut"' in whole
    assert "Cut &amp; <em>dry</em>" in whole
    assert "data-" not in short + whole
    own = full.replace("full", "chapter")
    book, _ = resolve(chapter("a.md", own), chapter("b.md", own, headings=(section,)))
    without, with_one = (division.xhtml for division in book.divisions)
    assert without == '<div class="contents-here"></div>'
    assert with_one.count("<li") == 1


def test_front_matter_has_no_numbers_and_its_own_roles() -> None:
    book, _ = resolve(chapter("00-preface.md"), matter=Matter.FRONT)
    assert labels(book) == [("preface", "")]
    assert book.divisions[0].role == "preface"


def test_two_files_of_one_name_have_two_ids() -> None:
    book, _ = resolve(chapter("x/intro.md"), chapter("y/intro.md"), chapter("01.md"))
    assert [name for name, _ in labels(book)] == ["intro", "intro-2", "chapter"]


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("b.md", "book:b"),
        ("b.md#sec", "book:b#sec"),
        ("b.html#sec", "book:b#sec"),
        ("./b.md", "book:b"),
        ("#top", "book:a"),
        ("https://example.org/b.md", "https://example.org/b.md"),
        ("https://example.org/日本?a=b#c", "https://example.org/日本?a=b#c"),
        ("https://example.org/a`b#/c#d%", "https://example.org/a%60b#/c%23d%25"),
    ],
)
def test_links_find_their_place(written: str, means: str) -> None:
    head = Heading(2, "sec", "A section", "A section", Location("b.md", 3))
    book, found = resolve(
        chapter("a.md", f'<p><a href="{written}">x</a></p>'), chapter("b.md", headings=(head,))
    )
    assert found == ()
    assert book.divisions[0].xhtml == f'<p><a href="{means}">x</a></p>'


def test_links_climb_out_of_their_folder() -> None:
    book, found = resolve(chapter("x/a.md", '<a href="../y/b.md">x</a>'), chapter("y/b.md"))
    assert found == ()
    assert 'href="book:b"' in book.divisions[0].xhtml


@pytest.mark.parametrize("written", ["ガ.md", "カ\u3099.md", "%E3%82%AB%E3%82%99.md"])
def test_a_name_may_be_spelt_in_more_than_one_way(written: str) -> None:
    _, found = resolve(chapter("a.md", f'<a href="{written}">x</a>'), chapter("ガ.md"))
    assert found == ()


def test_an_empty_link_is_called_by_its_name() -> None:
    head = Heading(2, "sec", "A section", "A section", Location("b.md", 3))
    figure = Caption(CaptionKind.FIGURE, "fig", "Text", "Text", Location("b.md", 5))
    source = "".join(f'<a href="b.md{end}"></a>;' for end in ("", "#sec", "#fig"))
    body = '<figure id="fig"><figcaption data-caption="0">Text</figcaption></figure>'
    book, _ = resolve(
        chapter("a.md", source), chapter("b.md", body, headings=(head,), captions=(figure,))
    )
    assert ">Chapter 2</a>" in book.divisions[0].xhtml
    assert ">A section</a>" in book.divisions[0].xhtml
    assert ">Figure 1</a>" in book.divisions[0].xhtml
    assert '<span class="label">Figure 1</span> Text' in book.divisions[1].xhtml
    assert [(e.label, e.title) for e in book.figures] == [("Figure 1", "Text")]


def test_a_dead_link_is_a_warning_and_keeps_its_text() -> None:
    book, (found,) = resolve(chapter("a.md", '<p><a href="bb.md">x</a></p>'), chapter("b.md"))
    assert (found.code, found.is_error, str(found.at)) == (Code.BROKEN_LINK, False, "a.md:1")
    assert found.hints == ("did you mean “b.md”?",)
    assert book.divisions[0].xhtml == "<p><span>x</span></p>"


def test_a_reference_to_nothing_is_an_error() -> None:
    _, (found,) = resolve(chapter("a.md", '<a href="#figg"></a>', ids=("fig",)))
    assert (found.code, found.is_error) == (Code.UNKNOWN_REFERENCE, True)
    assert found.hints == ("did you mean “#fig”?",)


def test_images_are_found_from_the_file_or_from_the_book() -> None:
    html = '<img src="../images/a.svg"/><img src="/images/a.svg"/><img src="images/a.svg"/>'
    book, found = resolve(chapter("text/a.md", html))
    assert found == ()
    assert book.divisions[0].xhtml.count('src="asset:images/a.svg"') == 3
    assert list(book.assets) == ["images/a.svg"]


def test_a_missing_image_is_an_error_with_the_nearest_name() -> None:
    _, (found,) = resolve(chapter("a.md", '<img src="images/b.svg" alt="it"/>'))
    assert (found.code, found.is_error) == (Code.MISSING_IMAGE, True)
    assert found.hints == ("did you mean “images/a.svg”?",)


def test_a_remote_image_is_left_out_and_its_alt_text_stays() -> None:
    book, (found,) = resolve(chapter("a.md", '<img src="https://x.org/b.png" alt="it"/>'))
    assert (found.code, found.is_error) == (Code.REMOTE_IMAGE, False)
    assert book.divisions[0].xhtml == '<span class="missing-image">it</span>'


def test_the_markup_around_a_link_stays_as_it_was_written() -> None:
    inside = '<em>x</em><a id="y"></a><br/>&lt;a href="no.md"&gt;'
    html = f"<p class='q'>{inside}<a href=\"no.md\" title='a \"b\"'>{inside}</a>{inside}</p>"
    book, (found,) = resolve(chapter("a.md", html))
    assert found.code is Code.BROKEN_LINK
    inside = inside.replace('<a id="y"></a>', '<a id="y" />')
    title = 'title="a &quot;b&quot;"'
    assert (
        book.divisions[0].xhtml == f"<p class='q'>{inside}<span {title}>{inside}</span>{inside}</p>"
    )


MARKUP = st.text(st.characters(blacklist_categories=["Cs", "Cc"]) | st.sampled_from("\n\t\"'"))


@given(st.dictionaries(st.sampled_from(["href", "title", "id"]), MARKUP), MARKUP, st.booleans())
def test_a_tag_is_read_and_written_as_xml_would(
    attributes: dict[str, str], text: str, is_open: bool
) -> None:
    element = ElementTree.Element("a", attributes)
    inside = ElementTree.SubElement(element, "b") if is_open else None
    found = TAG.match(ElementTree.tostring(element, "unicode"))
    assert found is not None
    tag = read_tag(found)
    assert (tag.name, tag.attributes, tag.is_open) == ("a", attributes, inside is not None)
    tag.text = text
    read = ElementTree.fromstring(tag.write() + ("</a>" if is_open else ""))
    assert (dict(read.attrib), read.text or "") == (attributes, text)


NAMES = st.text("ab.c-", min_size=1, max_size=7)


@given(NAMES, st.lists(NAMES, max_size=8), st.sampled_from([0.3, 0.5, 0.6]))
def test_the_nearest_name_is_that_of_the_standard_library(
    word: str, names: list[str], cutoff: float
) -> None:
    close = get_close_matches(word, names, n=1, cutoff=cutoff)
    assert nearest(word, names, cutoff) == "".join(close)


def test_contents_nest_sections_in_chapters_in_parts() -> None:
    at = Location("a.md", 2)
    heads = tuple(Heading(level, f"h{n}", f"H{n}", "", at) for n, level in enumerate((2, 3, 2)))
    book, _ = resolve(chapter("a.md", headings=heads), parts=(0,))
    (part,) = book.contents
    (first,) = part.children
    assert (part.level, first.level, first.label) == (1, 2, "1")
    assert [(e.title, e.level, len(e.children)) for e in first.children] == [
        ("H0", 3, 1),
        ("H2", 3, 0),
    ]


@given(st.integers(1, 3999))
def test_roman_numerals_read_back(number: int) -> None:
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
    digits = [values[sign] for sign in roman(number)]
    pairs = zip(digits, [*digits[1:], 0], strict=True)
    assert sum(-here if here < after else here for here, after in pairs) == number


@given(st.text())
def test_a_slug_can_always_be_an_id(stem: str) -> None:
    name = slug(stem)
    assert name == "" or (name[0].isalpha() and name.isascii() and name == slug(name))
