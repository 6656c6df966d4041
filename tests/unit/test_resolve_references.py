"""References say a number, a title or both, and mean one place of the book or are errors."""

import re
from pathlib import Path

import pytest

from chapbook.diagnostics import Code, Diagnostic
from chapbook.model import Book, Manuscript, Matter, PartHead, Place, SourceFile
from chapbook.parse import parse_source
from chapbook.resolve import resolve_book
from chapbook.settings import BookSettings, CaptionNumbers, FrontMatter, Numbering
from chapbook.words import read_words

TEMPLATES = (Path(__file__).parents[2] / "templates",)
LANGUAGES = ("en", "ja", "fr", "de", "es", "it", "pt", "nl", "pl", "sv")
ORCHARD = """# Orchard

## Pruning {: #cut }

![A tree](a.svg "An *old* tree."){: #tree }

Table: Apples. {: #apples }

| a | b |
|---|---|
| 1 | 2 |

    code

Listing: How to prune {: #code }

$$ a $$ {: #formula }

!!! figures "Two trees" {: #trees }
    ![One](a.svg "Young"){: #young }
    ![Two](a.svg "Old"){: #old }

A vow.[^bee]

<span id="bare"></span>Here.

[^bee]: A note.
"""
PREFACE = "+++\nnumbered = false\n+++\n# Preface\n\n"


def resolve(
    files: dict[str, str],
    language: str = "en",
    front: tuple[str, ...] = (),
    numbering: Numbering = Numbering(),  # noqa: B008  # it is frozen
    in_part: bool = False,
    index: tuple[str, ...] = (),
) -> tuple[Book, tuple[Diagnostic, ...]]:
    """Resolve a book of Markdown files; those of `front` and `index` stand around the others."""
    sources = [SourceFile(path, text, FrontMatter()) for path, text in files.items()]
    order = tuple(
        Place(
            Matter.FRONT if path in front else Matter.BACK if path in index else Matter.BODY,
            path,
            part=0 if in_part and path not in front else None,
        )
        for path in files
    )
    heads = (PartHead("Growing", "", None, "growing"),) if in_part else ()
    settings = BookSettings("T", language=language, numbering=numbering)
    manuscript = Manuscript(settings, order, heads, tuple(sources), {})
    chapters = {source.path: parse_source(source, language).value for source in sources}
    outcome = resolve_book(manuscript, chapters, read_words(TEMPLATES, language))
    found = tuple(one for one in outcome.diagnostics if one.code is not Code.MISSING_IMAGE)
    return outcome.value, found


def shown(book: Book, name: str = "a") -> list[str]:
    """Give what the links of a division say, without their tags."""
    (division,) = (one for one in book.divisions if one.id == name)
    links = re.findall(r'<a [^>]*href="[^>]*(?<!/)>(.*?)</a>', division.xhtml)
    return [re.sub(r"<[^>]*>", "", link) for link in links]


@pytest.mark.parametrize(
    ("target", "plain", "number", "title", "both"),
    [
        ("b.md", "Chapter 2", "2", "Orchard", "Chapter 2, “Orchard”"),
        ("#tree", "Figure 1", "1", "An old tree", "Figure 1, “An old tree”"),
        ("#apples", "Table 1", "1", "Apples", "Table 1, “Apples”"),
        ("#code", "Listing 1", "1", "How to prune", "Listing 1, “How to prune”"),
        ("#trees", "Figure 2", "2", "Two trees", "Figure 2, “Two trees”"),
        ("#young", "Figure 2a", "2a", "Young", "Figure 2a, “Young”"),
        ("b.md#old", "Figure 2b", "2b", "Old", "Figure 2b, “Old”"),
        ("#cut", "Pruning", None, "Pruning", "Pruning"),
        ("#formula", "Equation 1", "1", None, "Equation 1"),
        ("#note:bee", "note 1", "1", None, "note 1"),
        ("#growing", "Part I", "I", "Growing", "Part I, “Growing”"),
        ("#part-1", "Part I", "I", "Growing", "Part I, “Growing”"),
        ("#bare", "Chapter 2", "2", "Orchard", "Chapter 2, “Orchard”"),
    ],
)
def test_a_reference_has_four_forms(
    target: str, plain: str, number: str | None, title: str | None, both: str
) -> None:
    forms = {"": plain, "{: .number }": number, "{: .title }": title, "{: .both }": both}
    links = {form: words for form, words in forms.items() if words is not None}
    text = "# A\n\n" + " ".join(f"[]({target}){form}" for form in links)
    book, found = resolve({"a.md": text, "b.md": ORCHARD}, in_part=True)
    assert shown(book) == list(links.values())
    assert found == ()


def test_a_chapter_without_a_number_is_called_by_its_title() -> None:
    text = "# A\n\n[](p.md) [](p.md){: .both } [](p.md){: .number }"
    book, found = resolve({"p.md": "# Preface\n\nText.", "a.md": text}, front=("p.md",))
    assert shown(book) == ["Preface"] * 3
    assert [(one.code, str(one.at)) for one in found] == [(Code.REFERENCE_FORM, "a.md:3:32")]


def test_what_has_no_title_shows_its_number_and_that_is_told() -> None:
    text = "# A\n\n$$ a $$ {: #eq }\n\n[](#eq){: .title }"
    book, (found,) = resolve({"a.md": text})
    assert shown(book) == ["Equation 1"]
    assert (found.code, found.is_error, str(found.at)) == (Code.REFERENCE_FORM, False, "a.md:5:4")


@pytest.mark.parametrize("language", LANGUAGES)
def test_references_are_in_the_words_of_the_language(language: str) -> None:
    words = read_words(TEMPLATES, language)
    text = (
        "# A\n\n[](#tree) [](#tree){: .both } [](#note:bee) [](#tree){: .page } [](#bare){: .page }"
    )
    book, _ = resolve({"a.md": text, "b.md": ORCHARD}, language)
    figure = words.figure_label.format(label="1")
    both = words.both.format(label=figure, title="An old tree")
    chapter = words.chapter_label.format(label="2")
    note = words.note_label.format(label="1")
    assert shown(book) == [figure, both, note, figure, chapter]
    before, after = words.on_page.split("{page}")
    alone = words.page_label.split("{page}")
    xhtml = book.divisions[0].xhtml
    assert f'data-before="{before}" data-after="{after}"' in xhtml
    assert f'data-before="{alone[0]}" data-after="{alone[1]}"' in xhtml
    assert book.listings[0].label == words.listing_label.format(label="1")


def test_an_own_place_goes_before_those_of_other_files() -> None:
    texts = {name: "# X\n\n## Sum\n\n[](#sum)" for name in ("a.md", "b.md")}
    book, found = resolve(texts)
    assert found == ()
    assert 'href="book:b#sum"' in book.divisions[1].xhtml


def test_a_name_in_several_other_files_is_an_error_that_spells_them() -> None:
    texts = {name: "# X\n\n## Sum\n\nText." for name in ("b.md", "c/d.md")}
    _, (reference, link) = resolve({"a.md": "# A\n\n[](#sum) [it](#sum)", **texts})
    assert (reference.code, reference.is_error) == (Code.AMBIGUOUS_REFERENCE, True)
    assert reference.hints == ("name the file as well: “b.md#sum” or “c/d.md#sum”",)
    assert (str(reference.at), link.is_error) == ("a.md:3:4", False)


def test_a_name_that_is_nowhere_is_an_error_with_the_nearest_here_and_elsewhere() -> None:
    text = "# A\n\n## Trees {: #treed }\n\n[](#treesz)"
    _, (found,) = resolve({"a.md": text, "b.md": ORCHARD})
    assert (found.code, found.is_error, str(found.at)) == (
        Code.UNKNOWN_REFERENCE,
        True,
        "a.md:5:4",
    )
    assert found.hints == ("did you mean “#treed” or “b.md#trees”?",)


def test_a_page_of_the_house_can_be_referred_to() -> None:
    source = SourceFile("a.md", "# A\n\n[](#contents)", FrontMatter())
    order = (Place(Matter.FRONT, page="contents"), Place(Matter.BODY, "a.md"))
    manuscript = Manuscript(BookSettings("T"), order, (), (source,), {})
    chapters = {"a.md": parse_source(source, "en").value}
    outcome = resolve_book(manuscript, chapters, read_words(TEMPLATES, "en"))
    assert shown(outcome.value) == ["Contents"]
    assert outcome.diagnostics == ()


def test_a_note_is_that_of_the_chapter_at_hand() -> None:
    chapters = "# A\n\nOne[^a], two[^b], [](#note:b).\n\n# B\n\nTwo[^b], [](#note:b).\n\n"
    book, _ = resolve({"a.md": chapters + "[^a]: A.\n\n[^b]: B."})
    assert [shown(book, name)[-1] for name in ("a", "a-2")] == ["note 2", "note 1"]


def test_the_page_is_written_in_roman_numerals_in_front_and_after_a_comma_in_an_index() -> None:
    files = {
        "p.md": "# Preface\n\nText.",
        "a.md": "# A\n\n[](p.md){: .page } [words](#a){: .page }",
        "index.md": "# Index\n\n- [words](a.md){: .page }\n- [more](p.md){: .page }",
    }
    book, _ = resolve(files, front=("p.md",), index=("index.md",))
    _, text, index = (division.xhtml for division in book.divisions)
    assert re.findall(r'class="([^"]*)" href', text) == [
        "page reference front-page on-page",
        "page on-page",
    ]
    assert re.findall(r'class="([^"]*)" href', index) == ["page", "page front-page"]
    assert "data-before" not in index


def test_a_bare_place_has_its_page_alone() -> None:
    book, _ = resolve({"a.md": "# A\n\n[](#bare){: .page }", "b.md": ORCHARD})
    words = 'data-before="page\xa0" data-after=""'
    link = f'<a class="page reference page-alone" href="book:b#bare" {words}>'
    assert f'{link}<span class="place-name">Chapter 2</span></a>' in book.divisions[0].xhtml


def test_a_title_says_in_the_lists_what_its_references_say_in_the_text() -> None:
    text = "# As [](#tree)\n\n## Like [](#apples){: .number } & more {: #like }\n\n"
    text += (
        '![A](a.svg "Not as [](#young)."){: #a }\n\n[](#like) [](#a){: .title } [](a.md){: .title }'
    )
    book, found = resolve({"a.md": text, "b.md": ORCHARD})
    (chapter, _), (figure, *_) = book.contents, book.figures
    assert (chapter.title, chapter.children[0].title) == ("As Figure 2", "Like 1 & more")
    assert chapter.children[0].title_xhtml == "Like 1 &amp; more"
    assert figure.title == "Not as Figure 3a."
    assert shown(book, "a")[-3:] == ["Like 1 &amp; more", "Not as Figure 3a", "As Figure 2"]
    assert found == ()


def test_a_title_that_refers_to_nothing_is_told() -> None:
    _, (found,) = resolve({"a.md": "# As [](#gone)\n\nText."})
    assert (found.code, str(found.at)) == (Code.UNKNOWN_REFERENCE, "a.md:1:3")


CAPTIONED = "![A](a.svg){: #x }\n\n![B](b.svg){: #y }"


@pytest.mark.parametrize(
    ("numbering", "labels"),
    [
        (Numbering(), ["1", "2", "3", "4", "5", "6"]),
        (Numbering(captions=CaptionNumbers.CHAPTER), ["1", "2", "1.1", "1.2", "2.1", "2.2"]),
        (
            Numbering(captions=CaptionNumbers.CHAPTER, restart_chapters=True),
            ["1", "2", "I.1.1", "I.1.2", "I.2.1", "I.2.2"],
        ),
        (
            Numbering(captions=CaptionNumbers.CHAPTER, chapters=False),
            ["1", "2", "3", "4", "5", "6"],
        ),
    ],
)
def test_captions_are_counted_through_the_book_or_by_chapters(
    numbering: Numbering, labels: list[str]
) -> None:
    files = {name: f"# X\n\n{CAPTIONED}" for name in ("p.md", "a.md", "b.md")}
    book, _ = resolve(files, front=("p.md",), numbering=numbering, in_part=True)
    assert [entry.label for entry in book.figures] == [f"Figure {label}" for label in labels]


def test_each_kind_has_its_own_row_and_list() -> None:
    book, _ = resolve({"b.md": ORCHARD})
    lists = [book.figures, book.tables, book.listings, book.equations]
    assert [[entry.label for entry in entries] for entries in lists] == [
        ["Figure 1", "Figure 2"],
        ["Table 1"],
        ["Listing 1"],
        [],
    ]
    labels = re.findall(r'<span class="label">([^<]*)</span>', book.divisions[0].xhtml)
    assert labels == ["Figure 1", "Table 1", "Listing 1", "(1)", "(a)", "(b)", "Figure 2"]


def test_a_formula_with_words_is_listed() -> None:
    text = "# A\n\n$$ a $$\n\nEquation: The law. {: #law }\n\n$$ b $$ {: #b }"
    book, _ = resolve({"a.md": text})
    assert [(entry.label, entry.title) for entry in book.equations] == [("Equation 1", "The law.")]
    labels = re.findall(r'<span class="label">([^<]*)</span>', book.divisions[0].xhtml)
    assert labels == ["Equation 1", "(2)"]


@pytest.mark.parametrize(
    ("language", "title"),
    [("en", "Figures, Tables and Listings"), ("fr", "Figures, tableaux et codes")],
)
def test_the_page_of_the_lists_is_called_by_what_stands_on_it(language: str, title: str) -> None:
    source = SourceFile("b.md", ORCHARD, FrontMatter())
    order = (Place(Matter.FRONT, page="figures-and-tables"), Place(Matter.BODY, "b.md"))
    manuscript = Manuscript(BookSettings("T", language=language), order, (), (source,), {})
    chapters = {"b.md": parse_source(source, language).value}
    book = resolve_book(manuscript, chapters, read_words(TEMPLATES, language)).value
    assert book.divisions[0].title == title
